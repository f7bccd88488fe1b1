"""Word differences in templates: `{% load diffs %}{% word_diff before after %}`."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.services.history.word_diff import DiffOp, diff_words

register = template.Library()

MAX_WORD_PAIRS = 4_000_000  # pairs of words to compare; a page may show several differences
_TAGS = {DiffOp.GONE: "del", DiffOp.NEW: "ins"}


@register.simple_tag
def word_diff(before: str, after: str) -> SafeString:
    """Both texts as one piece of HTML, deleted words in `<del>` and inserted words in `<ins>`."""
    operations = diff_words(before or "", after or "", max_pairs=MAX_WORD_PAIRS)
    if all(operation is DiffOp.KEPT for operation, _ in operations):
        return format_html("{}", after)
    tagged = [(_TAGS.get(operation, "span"), text, _TAGS.get(operation, "span")) for operation, text in operations]
    return format_html_join("", "<{}>{}</{}>", tagged)
