"""A text with spans of it marked, as HTML: spans may be discontinuous, overlap and lie within each other."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

MAX_NESTED_MARKS = (
    4  # marks within marks that are drawn; browsers give up on very deep trees, and nobody sees the fifth
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMark:
    """What to mark. `spans` are `[start, end]` in code points of the text, end exclusive.

    `style` is a class of claims/common/admin.css, `anchor` the id of the first marked piece, `url` where a click leads.
    """

    spans: Sequence[Sequence[int]]
    style: str
    anchor: str = ""
    url: str = ""
    title: str = ""


def highlight_spans(text: str, marks: Sequence[TextMark], *, offset: int = 0) -> SafeString:
    """`text` escaped, with the marks; `offset` is where it begins in the text that the spans refer to.

    The text is cut wherever a span begins or ends; each piece is drawn within all the marks that cover it, the longest
    outside. Time grows with the text's length and the number of pieces.
    """
    opens: defaultdict[int, list[int]] = defaultdict(list)
    closes: defaultdict[int, list[int]] = defaultdict(list)
    for number, mark in enumerate(marks):
        for start, end in mark.spans:
            first, last = max(start - offset, 0), min(end - offset, len(text))
            if first < last:
                opens[first].append(number)
                closes[last].append(number)
    lengths = [sum(end - start for start, end in mark.spans) for mark in marks]
    active: dict[int, None] = {}
    anchored: set[int] = set()
    pieces: list[SafeString] = []
    places = sorted({0, len(text), *opens, *closes})
    for start, end in pairwise(places):
        for number in closes[start]:
            active.pop(number, None)
        active.update(dict.fromkeys(opens[start]))
        inside_out = sorted(active, key=lambda number: (lengths[number], -number))[:MAX_NESTED_MARKS]
        pieces.append(_render_marked_piece(text[start:end], marks, inside_out, anchored))
        anchored.update(inside_out)
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _render_marked_piece(text: str, marks: Sequence[TextMark], inside_out: list[int], anchored: set[int]) -> SafeString:
    html = escape(text)
    for number in inside_out:
        mark = marks[number]
        first = mark.anchor and number not in anchored
        anchor = format_html(' id="{}"', mark.anchor) if first else ""
        html = format_html('<mark class="fb-mark fb-{}"{}>{}</mark>', mark.style, anchor, html)
    link = next((marks[number] for number in inside_out if marks[number].url), None)
    if link:
        html = format_html('<a href="{}" title="{}">{}</a>', link.url, link.title, html)
    return html
