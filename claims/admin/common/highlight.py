"""Marks spans of a text in HTML. Spans may be discontinuous, overlap and be nested."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

MAX_NESTED_MARKS = 4  # browsers fail on very deep trees, and a fifth level is not visible


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMark:
    """A marked passage. `spans` are `[start, end]` in code points of the text, end exclusive.

    `style` is a class of claims/common/admin.css, `anchor` the id of the first marked piece, `url` where a click leads.
    """

    spans: Sequence[Sequence[int]]
    style: str
    anchor: str = ""
    url: str = ""
    title: str = ""


def highlight_spans(text: str, marks: Sequence[TextMark], *, offset: int = 0) -> SafeString:
    """`text` as escaped HTML with the marks. `offset` is its start in the text that the spans refer to.

    The text is cut wherever a span starts or ends; each piece is wrapped in all marks that cover it, the longest
    outermost. Takes time linear in the length of the text and the number of pieces.
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
