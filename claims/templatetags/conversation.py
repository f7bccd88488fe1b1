"""Comments on a row, in any template of the admin: `{% load conversation %}{% comments quote %}`."""

import re
from typing import Any

from django import template
from django.template.defaultfilters import urlize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.inclusion_tag("claims/admin/comments.html", takes_context=True)
def comments(context: dict[str, Any], subject: Any, back: str = "") -> dict[str, Any]:
    """What was said about the row, and the form to say something."""
    from claims.admin.conversation import conversation  # noqa: PLC0415  # tags are read before the admin's modules

    return {**conversation(context["request"], subject, back), "csrf_token": context.get("csrf_token")}


@register.filter
def spoken(text: str, names: list[str]) -> SafeString:
    """A comment's text, escaped: addresses as links, the names it calls on marked, line breaks kept."""
    lines = (_line(line, names) for line in text.split("\n"))
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))


def _line(line: str, names: list[str]) -> SafeString:
    if not names:
        return SafeString(urlize(line, autoescape=True))
    called = re.compile("|".join(re.escape(f"@{name}") for name in sorted(names, key=len, reverse=True)))
    html, at = SafeString(""), 0
    for found in called.finditer(line):
        html += SafeString(urlize(line[at : found.start()], autoescape=True))
        html += format_html('<strong class="fb-called">{}</strong>', found[0])
        at = found.end()
    return html + SafeString(urlize(line[at:], autoescape=True))
