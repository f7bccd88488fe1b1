"""Comments on a row, in any template of the admin: `{% load conversation %}{% comments quote %}`."""

import re
from collections.abc import Iterator
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr, urlize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.inclusion_tag("claims/admin/people/comment_thread.html", takes_context=True)
def comments(context: dict[str, Any], subject: Any, back: str = "") -> dict[str, Any]:
    """What was said about the row, and the form to say something."""
    from claims.admin.people.comment_thread import thread_context  # noqa: PLC0415  # tags are read before the admin's modules

    return {**thread_context(context["request"], subject, back), "csrf_token": context.get("csrf_token")}


@register.filter
def comment_html(text: str, names: list[str]) -> SafeString:
    """A comment's text, escaped: addresses as links, the names it calls on marked, line breaks kept."""
    pieces = ((piece,) for piece in _split_at_mentions(text, names))
    html: SafeString = linebreaksbr(format_html_join("", "{}", pieces))
    return html


def _split_at_mentions(text: str, names: list[str]) -> Iterator[str]:
    """The text between names, and the names; each is safe as HTML (`urlize` escapes what it is given)."""
    at = 0
    if names:
        called = "|".join(re.escape(f"@{name}") for name in sorted(names, key=len, reverse=True))
        for found in re.finditer(called, text):
            yield urlize(text[at : found.start()], autoescape=True)
            yield format_html('<strong class="fb-called">{}</strong>', found[0])
            at = found.end()
    yield urlize(text[at:], autoescape=True)
