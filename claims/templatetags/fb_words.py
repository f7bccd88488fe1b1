"""What changed from one wording to another, for templates: words struck through that are gone, underlined if new."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.services.history.word_diff import DiffOp, diff_words

register = template.Library()

MAX_WORD_PAIRS = 4_000_000  # pairs of words compared on a page, which may show several
_TAGS = {DiffOp.GONE: "del", DiffOp.NEW: "ins"}


@register.simple_tag
def word_diff(former: str, later: str) -> SafeString:
    """Both texts in one, as HTML."""
    found = diff_words(former or "", later or "", most=MAX_WORD_PAIRS)
    if all(fate is DiffOp.KEPT for fate, _ in found):
        return format_html("{}", later)
    tagged = [(_TAGS.get(fate, "span"), text, _TAGS.get(fate, "span")) for fate, text in found]
    return format_html_join("", "<{}>{}</{}>", tagged)
