"""Formatting shared by the admin's templates and Python code.

Django loads template libraries before the admin's modules, so this module must not import them.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

register = template.Library()


@register.filter
def truncate_line(text: str, limit: int = 240) -> str:
    """The text on one line, of at most `limit` characters."""
    return Truncator(" ".join(text.split())).chars(limit)


@register.simple_tag
def badge(value: str, text: str) -> SafeString:
    """A coloured badge: `value` selects the colour (`.fb-badge-…` in common/admin.css)."""
    return format_html('<span class="fb-badge fb-badge-{}">{}</span>', value, text)
