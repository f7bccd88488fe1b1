"""Renders Markdown of the site's editors as HTML that is safe on a page."""

from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

LINK_SCHEMES = {"", "http", "https", "mailto"}
FIRST_HEADING = 2  # the page's title is the only h1
LAST_HEADING = 6


def render_markdown(text: str) -> SafeString:
    """Renders CommonMark with tables.

    HTML in it is shown as text, and an image as its link: no page fetches anything from elsewhere. Headings begin at
    the second level and skip none.
    """
    html: str = _RENDERER.render(text)
    return mark_safe(html)  # noqa: S308  # the renderer escapes all that is not its own


def _is_allowed_link(url: str) -> bool:
    try:
        return urlsplit(url).scheme.lower() in LINK_SCHEMES
    except ValueError:
        return False


def _order_headings(state: StateCore) -> None:
    """Moves the headings below the page's title, without gaps."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    levels = sorted({token.tag for token in headings})
    previous = FIRST_HEADING - 1
    for token in headings:
        if token.type == "heading_open":
            previous = min(FIRST_HEADING + levels.index(token.tag), previous + 1, LAST_HEADING)
        token.tag = f"h{previous}"


def _build_renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").disable("image")
    renderer.validateLink = _is_allowed_link  # type: ignore[method-assign]  # as its documentation says
    renderer.core.ruler.push("order_headings", _order_headings)
    return renderer


_RENDERER = _build_renderer()
