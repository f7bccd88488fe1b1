"""Finds the spans between quotation marks, in the styles of many languages.

Each paragraph is scanned once, from left to right; only outermost pairs count. Beyond pairing marks this handles a dash
that opens a paragraph and is closed by a lone mark, a quotation that every paragraph re-opens and only the last one
closes, and apostrophes, which are not quotation marks.
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
# "'90s", "'em": an apostrophe where an opening mark could stand.
ELISION_PATTERN = re.compile(r"\d|(?:em|tis|twas|til|cause|n|round)\b", re.IGNORECASE)
CLOSING_PUNCTUATION = frozenset('.,!?…;:"”»)')


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A span between quotation marks. `outer` includes the marks, `inner` excludes them and white space beside them.

    `closed` is false if the paragraph ends before a closing mark.
    """

    outer: Span
    inner: Span
    closed: bool = True


class _QuotationMark(NamedTuple):
    position: int
    family: str
    opens: bool
    closes: bool
    # A closing mark often follows punctuation, an apostrophe never does.
    follows_punctuation: bool


def find_quoted_spans(text: str, paragraph: Span, *, reopened: bool = False) -> list[QuotedSpan]:
    """Return the quoted spans of one paragraph in order: non-empty and without overlap.

    `reopened` says that the next paragraph begins with a mark; then a quotation still open at the end is intended.
    """
    marks = _read_marks(text, paragraph)
    dash = DASH_PATTERN.match(text, *paragraph)
    closer = _find_lone_closer(marks) if dash else None
    if dash is None or closer is None:
        return list(_pair_marks(text, paragraph, marks, reopened=reopened))
    position = marks[closer].position
    opened_by_dash = _quoted_span(text, Span(paragraph.start, position + 1), Span(dash.end(), position))
    return [*opened_by_dash, *_pair_marks(text, paragraph, marks[closer + 1 :], reopened=reopened)]


def find_all_quoted_spans(text: str, paragraphs: Sequence[Span]) -> list[list[QuotedSpan]]:
    """Return the quoted spans of each paragraph."""
    reopened = [*(opens_with_mark(text, paragraph) for paragraph in paragraphs[1:]), False]
    # Not strict: without paragraphs, `reopened` still has one item.
    return [
        find_quoted_spans(text, paragraph, reopened=is_reopened)
        for paragraph, is_reopened in zip(paragraphs, reopened, strict=False)
    ]


def opens_with_mark(text: str, paragraph: Span) -> bool:
    """Whether the paragraph begins with a mark that can re-open a quotation."""
    char = text[paragraph.start]
    return char in MARK_FAMILY and MARK_FAMILY[char] != SINGLE_MARKS and char != "”"


def find_continued_quotations(
    text: str, quoted_spans: Sequence[Sequence[QuotedSpan]], paragraphs: Sequence[Span]
) -> list[list[tuple[int, int]]]:
    """Return the quotations that continue over two or more paragraphs, as lists of (paragraph, quoted span) indexes.

    A paragraph continues the previous one if that ends inside a quotation and this begins with a mark of its family.
    """
    chains: list[list[tuple[int, int]]] = []
    chain: list[tuple[int, int]] = []
    for index, current in enumerate(quoted_spans):
        previous = quoted_spans[index - 1][-1] if chain else None
        if (
            previous
            and current
            and current[0].outer.start == paragraphs[index].start
            and _have_same_family(text, previous, current[0])
        ):
            chain.append((index, 0))
            if len(chain) == 2:
                chains.append(chain)
        else:
            chain = []
        if not current or current[-1].closed:
            chain = []
        elif not chain or len(current) > 1:
            chain = [(index, len(current) - 1)]
    return chains


def _have_same_family(text: str, first: QuotedSpan, second: QuotedSpan) -> bool:
    return MARK_FAMILY.get(text[first.outer.start]) == MARK_FAMILY.get(text[second.outer.start])


def _read_marks(text: str, paragraph: Span) -> list[_QuotationMark]:
    """Return a paragraph's marks with what their neighbours allow them to do; apostrophes are left out."""
    marks: list[_QuotationMark] = []
    for match in MARK_PATTERN.finditer(text, *paragraph):
        position, char = match.start(), match[0]
        before = text[position - 1] if position > paragraph.start else " "
        after = text[position + 1] if position + 1 < paragraph.end else " "
        follows_opener = bool(marks) and marks[-1].position == position - 1 and marks[-1].opens and not marks[-1].closes
        # A mark right after an opening mark opens too, unless the pair is empty.
        follows_opener = follows_opener and (before != char or after.isalnum())
        opens = not after.isspace() and (before.isspace() or before in OPENS_AFTER or follows_opener)
        closes = not before.isspace() and not follows_opener
        if char in SINGLE_MARKS:
            opens = opens and char != "’" and not ELISION_PATTERN.match(text, position + 1, paragraph.end)
            closes = closes and char != "‘" and not after.isalnum()
        elif char in "„‟«‹「『":
            # Danish uses guillemets the other way round: then « closes.
            opens, closes = opens or not closes or not before.isalnum(), closes and char in "«‹" and not opens
        elif char in "»›」』":
            # French puts white space inside the marks.
            closes = closes or not opens
        elif char == "“":
            # German closes „ with “: then a word stands before the mark and none after it.
            closes = closes and not opens and not after.isalnum()
            opens = not closes
        if opens or closes:
            marks.append(_QuotationMark(position, MARK_FAMILY[char], opens, closes, before in CLOSING_PUNCTUATION))
    return marks


def _find_lone_closer(marks: Sequence[_QuotationMark]) -> int | None:
    """Return the mark that closes what a dash opened: the first closing mark that no earlier mark opened."""
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
    single_closers = _find_single_closers(marks)
    is_balanced = True  # checked until marks first fail to balance, so that the scan stays linear
    index = 0
    while index < len(marks):
        mark = marks[index]
        closer: int | None = None
        if mark.opens and mark.family == SINGLE_MARKS:
            closer = single_closers[index]
        elif mark.opens:
            closer = _find_balanced_closer(marks, index) if is_balanced else None
            if closer is None and not (reopened and mark.position == paragraph.start):
                is_balanced = False
                closer = next((i for i in range(index + 1, len(marks)) if _may_close(mark, marks[i])), None)
            if closer is None:
                outer, inner = (Span(start, paragraph.end) for start in (mark.position, mark.position + 1))
                yield from _quoted_span(text, outer, inner, closed=False)
                return
        if closer is None:
            index += 1
            continue
        end = marks[closer].position
        yield from _quoted_span(text, Span(mark.position, end + 1), Span(mark.position + 1, end))
        index = closer + 1


def _may_close(opener: _QuotationMark, mark: _QuotationMark) -> bool:
    return mark.family == opener.family and mark.closes


def _find_balanced_closer(marks: Sequence[_QuotationMark], opener: int) -> int | None:
    depth = 0
    for index in range(opener, len(marks)):
        mark = marks[index]
        if mark.family != marks[opener].family:
            continue
        if mark.opens and not (mark.closes and depth):
            depth += 1
        else:
            depth -= 1
        if not depth:
            return index
    return None


def _find_single_closers(marks: Sequence[_QuotationMark]) -> list[int | None]:
    """Return each single mark's closer: one after punctuation before the next opener, else the next that may close."""
    closers: list[int | None] = [None] * len(marks)
    after_punctuation = nearest = opener = None
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if mark.family != SINGLE_MARKS:
            continue
        if mark.opens:
            precedes_opener = after_punctuation is not None and (opener is None or after_punctuation < opener)
            closers[index] = after_punctuation if precedes_opener else nearest
            opener = index
        elif mark.follows_punctuation:
            after_punctuation = nearest = index
        else:
            nearest = index
    return closers


def _quoted_span(text: str, outer: Span, inner: Span, *, closed: bool = True) -> Iterator[QuotedSpan]:
    """Yield the quoted span, unless it holds nothing but white space."""
    content = inner.of(text)
    start = inner.start + len(content) - len(content.lstrip())
    end = inner.start + len(content.rstrip())
    if start < end:
        yield QuotedSpan(outer, Span(start, end), closed)
