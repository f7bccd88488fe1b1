"""Comments on an object, for any admin template: `{% load comment_threads %}{% comment_thread quote %}`."""

import re
from collections.abc import Iterator
from typing import Any

from django import template
from django.db.models import Model
from django.template.defaultfilters import linebreaksbr, urlize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.inclusion_tag("claims/admin/people/comment_thread.html", takes_context=True)
def comment_thread(context: dict[str, Any], subject: Model, back: str = "") -> dict[str, object]:
    """The comments on `subject` and a form to add one; `back` is the URL to return to, by default this page."""
    # Django loads template libraries before the admin's modules.
    from claims.admin.people.comment_thread import thread_context  # noqa: PLC0415  # as said above

    return {**thread_context(context["request"], subject, back), "csrf_token": context.get("csrf_token")}


@register.filter
def comment_html(text: str, names: list[str]) -> SafeString:
    """A comment as HTML: escaped, with links, line breaks and the mentions of `names` in bold."""
    pieces = ((piece,) for piece in _split_at_mentions(text, names))
    html: SafeString = linebreaksbr(format_html_join("", "{}", pieces))
    return html


def _split_at_mentions(text: str, names: list[str]) -> Iterator[str]:
    """Yields the text between mentions and the mentions, each escaped."""
    position = 0
    if names:
        mention = "|".join(re.escape(f"@{name}") for name in sorted(names, key=len, reverse=True))
        for match in re.finditer(mention, text):
            yield urlize(text[position : match.start()], autoescape=True)
            yield format_html('<strong class="fb-user-mention">{}</strong>', match[0])
            position = match.end()
    yield urlize(text[position:], autoescape=True)
