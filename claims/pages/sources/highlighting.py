"""Where the quotes of a text are, for showing them in it. Offsets are code points, as everywhere."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from claims.models.quote_text import OMISSION
from claims.services.quotes.proof import Span
from claims.services.sources.anchors import splits_word

QuoteRow = Mapping[str, Any]
MAX_CUT_LENGTH = 20  # code points that are left out so that context does not begin or end within a word
_AFTER_WORDS = " \t\r\n\xa0.,;:!?…)"
_OPENING_MARKS = "\"'“”„‟«»‹›「『《‘‚‛"
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text within the same quotes, the innermost last. `begun` are the quotes whose label goes before it."""

    text: str
    quotes: tuple[QuoteRow, ...] = ()
    begun: tuple[QuoteRow, ...] = ()

    @property
    def innermost(self) -> QuoteRow | None:
        return self.quotes[-1] if self.quotes else None


def split_paragraphs(text: str, quotes: Sequence[QuoteRow]) -> Iterator[list[Run]]:
    """Yields the runs of each paragraph. Quotes may overlap, have several spans, and go across paragraphs.

    They begin in the text, but need not end in it.
    """
    opened = sorted(
        ((start, -quote["end"], index, quote) for quote in quotes for index, (start, _) in enumerate(quote["spans"])),
        key=lambda opening: opening[:3],
    )
    labelled = sorted(
        ((_label_offset(text, quote["start"]), -quote["end"], quote) for quote in quotes), key=lambda label: label[:2]
    )
    bounds = chain.from_iterable(chain.from_iterable(quote["spans"]) for quote in quotes)
    cuts = sorted({*bounds, *(offset for offset, _, _ in labelled)})
    active: list[tuple[int, QuoteRow]] = []  # the end of the span, and its quote
    begun: list[QuoteRow] = []
    next_opened = next_labelled = next_cut = 0
    for match in _PARAGRAPH.finditer(text):
        edges = [match.start()]
        while next_cut < len(cuts) and cuts[next_cut] < match.end():
            if cuts[next_cut] > match.start():
                edges.append(cuts[next_cut])
            next_cut += 1
        runs = []
        for start, end in pairwise([*edges, match.end()]):
            while next_opened < len(opened) and opened[next_opened][0] <= start:
                _, _, index, quote = opened[next_opened]
                active.append((quote["spans"][index][1], quote))
                next_opened += 1
            while next_labelled < len(labelled) and labelled[next_labelled][0] <= start:
                begun.append(labelled[next_labelled][2])
                next_labelled += 1
            active = [(span_end, quote) for span_end, quote in active if span_end > start]
            runs.append(Run(text[start:end], tuple(quote for _, quote in active), tuple(begun)))
            begun.clear()
        yield runs


def _label_offset(text: str, start: int) -> int:
    """Returns where a quote's label goes: before the quotation mark, if that is not one of its characters."""
    return start - (start > 0 and text[start - 1] in _OPENING_MARKS)


def quote_in_context(text: str, quote: QuoteRow, contexts: Sequence[Span]) -> list[Run]:
    """Returns the runs of a quote with the text around it.

    `contexts` are the spans of text that may be shown around each of its spans.
    """
    runs: list[Run] = []
    starts = [start for start, _ in quote["spans"][1:]]
    reached = 0
    for (start, end), (context_start, context_end), limit in zip(
        quote["spans"], contexts, [*starts, len(text)], strict=True
    ):
        shown_from = max(context_start, reached)
        if shown_from > reached:
            shown_from = _start_of_next_word(text, shown_from, start)
            runs.append(Run(OMISSION if runs else "… "))
        runs += [Run(text[shown_from:start]), Run(text[start:end], (quote,))]
        reached = _start_of_cut_word(text, min(context_end, limit), end)
        runs.append(Run(text[end:reached]))
    if reached < len(text):
        runs.append(Run(" …"))
    return [run for run in runs if run.text]


def _start_of_next_word(text: str, at: int, limit: int) -> int:
    """Returns the offset after a word that is cut at `at`, if that is near, and after what ends its sentence."""
    ends = range(at, min(at + MAX_CUT_LENGTH, limit) + 1)
    start = next((end for end in ends if not splits_word(text, end)), at)
    while start < limit and text[start] in _AFTER_WORDS:
        start += 1
    return start


def _start_of_cut_word(text: str, at: int, limit: int) -> int:
    """Returns the offset at which a word that is cut at `at` starts, if that is near and not before the limit."""
    starts = range(at, max(at - MAX_CUT_LENGTH, limit) - 1, -1)
    return next((start for start in starts if not splits_word(text, start)), at)
