"""How the admin says things, for its templates too (which are read before the admin's own modules can be)."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def shortened(text: str, limit: int = 240) -> str:
    """The text on one line, cut after a word if it has more than `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit + 1].rsplit(" ", 1)[0]
    return f"{cut if len(cut) > limit // 2 else line[:limit]}…"


@register.simple_tag(name="labelled")
def label(value: str, text: str) -> SafeString:
    """A coloured label: `value` chooses the colour (see claims/common/admin.css), `text` is what it says."""
    return format_html('<span class="fb-label fb-{}">{}</span>', value, text)
