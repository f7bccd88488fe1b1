"""Formatting shared by the admin's templates and Python code.

Django loads template libraries before the admin's modules, so this module must not import them.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.models.quote_text import with_marks

register = template.Library()


@register.filter
def truncate_line(text: str, limit: int = 240) -> str:
    """The text on one line, cut after a word if it is longer than `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    whole_words = line[: limit + 1].rpartition(" ")[0]
    return f"{whole_words if len(whole_words) > limit // 2 else line[:limit]}…"


@register.simple_tag
def quoted(text: str, kind: str, limit: int) -> str:
    """The shown text of a quote on one line, cut to `limit` characters, between quotation marks if it is direct."""
    return with_marks(truncate_line(text, limit), kind)


@register.simple_tag
def badge(value: str, text: str) -> SafeString:
    """A coloured badge: `value` selects the colour (`.fb-badge-…` in common/admin.css)."""
    return format_html('<span class="fb-badge fb-badge-{}">{}</span>', value, text)
