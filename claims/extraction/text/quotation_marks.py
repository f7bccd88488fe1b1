"""Quotation marks: which stretches of a paragraph stand between marks.

A paragraph is read once from left to right. Only the outermost pair counts: marks inside it are the speaker's own.
Three things that a plain pairing of marks misses are read here: a dash that opens the paragraph and is closed by a lone
mark, a quotation that every paragraph re-opens and only the last one closes, and an apostrophe, which is no mark.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from claims.extraction.quotation import Span

DOUBLE_MARKS = '"“”„‟'
SINGLE_MARKS = "‘’'"
# Marks of one family pair with each other.
MARK_FAMILY = {
    char: family for family in (DOUBLE_MARKS, SINGLE_MARKS, "«»", "‹›", "「」", "『』", "＂") for char in family
}
MARK_PATTERN = re.compile(f"[{''.join(MARK_FAMILY)}]")
DASH_PATTERN = re.compile(r"[—–―-](?=\s*[^\s\d—–―-])\s*")
OPENS_AFTER = frozenset("([{<—–―-/…:")
# "'90s", "'em": an apostrophe where a mark could open.
ELISION_PATTERN = re.compile(r"\d|(?:em|tis|twas|til|cause|n|round)\b", re.IGNORECASE)
CLOSING_PUNCTUATION = frozenset('.,!?…;:"”»)')


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A stretch between marks. `outer` takes in the marks, `inner` leaves them and the white space beside them out.

    `closed` is false where no mark ends it before the paragraph does; `dash` is true where a dash opened it.
    """

    outer: Span
    inner: Span
    closed: bool = True
    dash: bool = False


class _QuotationMark(NamedTuple):
    at: int
    family: str
    opens: bool
    closes: bool
    # Stands after punctuation, as a closing mark often does and an apostrophe does not.
    strong: bool


def find_quoted_spans(text: str, paragraph: Span, *, reopened: bool = False) -> list[QuotedSpan]:
    """The stretches of one paragraph of `text`, in order, not overlapping, none empty.

    `reopened` says that the next paragraph begins with a mark: then a quotation open at the end is meant to be.
    """
    marks = _read_marks(text, paragraph)
    dash = DASH_PATTERN.match(text, *paragraph)
    lone = _find_lone_closer(marks) if dash else None
    if dash is None or lone is None:
        return list(_pair_marks(text, paragraph, marks, reopened=reopened))
    at = marks[lone].at
    opened = _quoted_span(text, Span(paragraph.start, at + 1), Span(dash.end(), at), dash=True)
    return [*opened, *_pair_marks(text, paragraph, marks[lone + 1 :], reopened=reopened)]


def find_all_quoted_spans(text: str, paragraphs: Sequence[Span]) -> list[list[QuotedSpan]]:
    """The stretches of each of a text's paragraphs, read with what the next one begins with."""
    reopened = [*(opens_with_mark(text, paragraph) for paragraph in paragraphs[1:]), False]
    # No paragraphs, no stretches: there is one answer more than paragraphs then.
    return [
        find_quoted_spans(text, paragraph, reopened=again)
        for paragraph, again in zip(paragraphs, reopened, strict=False)
    ]


def opens_with_mark(text: str, paragraph: Span) -> bool:
    """Whether the paragraph begins with a mark that may re-open a quotation."""
    char = text[paragraph.start]
    return char in MARK_FAMILY and MARK_FAMILY[char] != SINGLE_MARKS and char != "”"


def find_continued_quotations(
    text: str, paragraphs: Sequence[Sequence[QuotedSpan]], spans: Sequence[Span]
) -> list[list[tuple[int, int]]]:
    """Quotations continued over paragraphs: lists of (paragraph, stretch) that are one quotation, two or more each.

    A paragraph continues the one before when that ended inside a quotation and this begins with a mark of its family.
    """
    found: list[list[tuple[int, int]]] = []
    chain: list[tuple[int, int]] = []
    for index, here in enumerate(paragraphs):
        before = paragraphs[index - 1][-1] if chain else None
        if before and here and here[0].outer.start == spans[index].start and _have_same_family(text, before, here[0]):
            chain.append((index, 0))
            if len(chain) == 2:
                found.append(chain)
        else:
            chain = []
        if not here or here[-1].closed:
            chain = []
        elif not chain or len(here) > 1:
            chain = [(index, len(here) - 1)]
    return found


def _have_same_family(text: str, first: QuotedSpan, second: QuotedSpan) -> bool:
    return MARK_FAMILY.get(text[first.outer.start]) == MARK_FAMILY.get(text[second.outer.start])


def _read_marks(text: str, paragraph: Span) -> list[_QuotationMark]:
    """The marks of a paragraph with what their neighbours let them do; apostrophes are left out."""
    found: list[_QuotationMark] = []
    for match in MARK_PATTERN.finditer(text, *paragraph):
        at, char = match.start(), match[0]
        before = text[at - 1] if at > paragraph.start else " "
        after = text[at + 1] if at + 1 < paragraph.end else " "
        # Right behind an opener a mark opens too, unless the pair is empty.
        behind_opener = bool(found) and found[-1].at == at - 1 and found[-1].opens and not found[-1].closes
        behind_opener = behind_opener and (before != char or after.isalnum())
        opens = not after.isspace() and (before.isspace() or before in OPENS_AFTER or behind_opener)
        closes = not before.isspace() and not behind_opener
        if char in SINGLE_MARKS:
            opens = opens and char != "’" and not ELISION_PATTERN.match(text, at + 1, paragraph.end)
            closes = closes and char != "‘" and not after.isalnum()
        elif char in "„‟«‹「『":
            # Danish turns the guillemets round: then « closes.
            opens, closes = opens or not closes or not before.isalnum(), closes and char in "«‹" and not opens
        elif char in "»›」』":
            # French sets white space within the marks.
            closes = closes or not opens
        elif char == "“":
            # German closes „ with it: then a word stands before and none behind.
            closes = closes and not opens and not after.isalnum()
            opens = not closes
        if opens or closes:
            found.append(_QuotationMark(at, MARK_FAMILY[char], opens, closes, before in CLOSING_PUNCTUATION))
    return found


def _find_lone_closer(marks: Sequence[_QuotationMark]) -> int | None:
    """The mark that closes what a dash opened: the first closing one that no mark before it opened."""
    depth = dict.fromkeys(MARK_FAMILY.values(), 0)
    for index, mark in enumerate(marks):
        if mark.family == SINGLE_MARKS:
            continue
        if mark.opens and not mark.closes:
            depth[mark.family] += 1
        elif depth[mark.family]:
            depth[mark.family] -= 1
        else:
            return index
    return None


def _pair_marks(text: str, paragraph: Span, marks: Sequence[_QuotationMark], *, reopened: bool) -> Iterator[QuotedSpan]:
    single_closer = _find_single_closers(marks)
    nests = True  # until marks do not balance; asked once, so that the walk stays linear
    index = 0
    while index < len(marks):
        mark = marks[index]
        close: int | None = None
        if mark.opens and mark.family == SINGLE_MARKS:
            close = single_closer[index]
        elif mark.opens:
            close = _find_balanced_closer(marks, index) if nests else None
            if close is None and not (reopened and mark.at == paragraph.start):
                nests = False
                close = next((i for i in range(index + 1, len(marks)) if _may_close(mark, marks[i])), None)
            if close is None:
                end = Span(mark.at, paragraph.end)
                yield from _quoted_span(text, end, Span(mark.at + 1, end.end), closed=False)
                return
        if close is None:
            index += 1
            continue
        at = marks[close].at
        yield from _quoted_span(text, Span(mark.at, at + 1), Span(mark.at + 1, at))
        index = close + 1


def _may_close(opener: _QuotationMark, mark: _QuotationMark) -> bool:
    return mark.family == opener.family and mark.closes


def _find_balanced_closer(marks: Sequence[_QuotationMark], index: int) -> int | None:
    depth = 0
    for i in range(index, len(marks)):
        mark = marks[i]
        if mark.family != marks[index].family:
            continue
        if mark.opens and not (mark.closes and depth):
            depth += 1
        else:
            depth -= 1
        if not depth:
            return i
    return None


def _find_single_closers(marks: Sequence[_QuotationMark]) -> list[int | None]:
    """For each single mark its closer: one after punctuation before the next opener, else the next that may close."""
    closers: list[int | None] = [None] * len(marks)
    strong = weak = opener = None
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if mark.family != SINGLE_MARKS:
            continue
        if mark.opens:
            closers[index] = strong if strong is not None and (opener is None or strong < opener) else weak
            opener = index
        elif mark.strong:
            strong = weak = index
        else:
            weak = index
    return closers


def _quoted_span(
    text: str, outer: Span, inner: Span, *, closed: bool = True, dash: bool = False
) -> Iterator[QuotedSpan]:
    """The stretch, unless nothing but white space is in it."""
    words = inner.of(text)
    start = inner.start + len(words) - len(words.lstrip())
    end = inner.start + len(words.rstrip())
    if start < end:
        yield QuotedSpan(outer, Span(start, end), closed, dash)
