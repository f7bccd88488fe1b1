"""What changed from one wording to another, for templates: words struck through that are gone, underlined if new."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.services.worddiff import Fate, parts

register = template.Library()

MOST_PAIRS = 4_000_000  # pairs of words compared on a page, which may show several
_TAGS = {Fate.GONE: "del", Fate.NEW: "ins"}


@register.simple_tag
def word_diff(former: str, later: str) -> SafeString:
    """Both texts in one, as HTML."""
    found = parts(former or "", later or "", most=MOST_PAIRS)
    if all(fate is Fate.KEPT for fate, _ in found):
        return format_html("{}", later)
    tagged = [(_TAGS.get(fate, "span"), text, _TAGS.get(fate, "span")) for fate, text in found]
    return format_html_join("", "<{}>{}</{}>", tagged)
