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
from claims.extraction.text.dash_dialogue import find_dash_speech

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
ELISION_PATTERN = re.compile(r"\d\d(?:['’]?s)?\b(?![.,]\d)|(?:em|tis|twas|til|cause|n|round)\b", re.IGNORECASE)
SENTENCE_ENDINGS = frozenset(".!?…")
# A mark that nothing closes before the paragraph ends is stray if more characters follow.
MAX_UNCLOSED_LENGTH = 1_000
# More are marks that do not balance.
MAX_NESTED_QUOTATIONS = 8
APOSTROPHE_ENDING = re.compile(r"(?:[sxz]|in)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A span between quotation marks. `outer` includes the marks, `inner` excludes them and white space beside them.

    `closed` is false if the paragraph ends, or another quotation begins, before a closing mark.
    """

    outer: Span
    inner: Span
    closed: bool = True


class _QuotationMark(NamedTuple):
    position: int
    family: str
    opens: bool
    closes: bool
    # An apostrophe never follows punctuation, and ends a word only after "s" and "in" ("the lads'", "goin'").
    is_no_apostrophe: bool
    # Stands after the end of a sentence and white space.
    begins_sentence: bool
    # Stands after a colon or a comma, as after "said:".
    is_announced: bool


def find_quoted_spans(text: str, paragraph: Span, *, reopening: str = "") -> list[QuotedSpan]:
    """Return the quoted spans of one paragraph in order: non-empty and without overlap.

    `reopening` is the family of the mark that begins the next paragraph; then a quotation still open is intended.
    """
    marks = _read_marks(text, paragraph)
    dash = DASH_PATTERN.match(text, *paragraph)
    closer = _find_lone_closer(marks) if dash else None
    if dash and not any(mark.family != SINGLE_MARKS for mark in marks):
        speech = find_dash_speech(text, paragraph)
        if speech:
            return [QuotedSpan(outer, inner) for outer, inner in speech if inner.start < inner.end]
    if dash is None or closer is None:
        return list(_pair_marks(text, paragraph, marks, reopening))
    position = marks[closer].position
    opened_by_dash = _quoted_span(text, Span(paragraph.start, position + 1), Span(dash.end(), position))
    return [*opened_by_dash, *_pair_marks(text, paragraph, marks[closer + 1 :], reopening)]


def find_all_quoted_spans(text: str, paragraphs: Sequence[Span]) -> list[list[QuotedSpan]]:
    """Return the quoted spans of each paragraph."""
    families = [*(_reopening_family(text, paragraph) for paragraph in paragraphs[1:]), ""]
    # Not strict: without paragraphs, `families` still has one item.
    return [
        find_quoted_spans(text, paragraph, reopening=family)
        for paragraph, family in zip(paragraphs, families, strict=False)
    ]


def _reopening_family(text: str, paragraph: Span) -> str:
    """Return the family of the mark that begins a paragraph and can re-open a quotation; empty if there is none."""
    char = text[paragraph.start]
    family = MARK_FAMILY.get(char, "")
    is_apostrophe = family == SINGLE_MARKS and (char == "’" or ELISION_PATTERN.match(text, paragraph.start + 1))
    return "" if char == "”" or is_apostrophe else family


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
        last_character = text[max(position - 2, paragraph.start) : position - 1] if before.isspace() else before
        is_isolated = before.isspace() and after.isspace()
        precedes_punctuation = after in ".,;:!?)" and not text.startswith("..", position + 1)
        if char in SINGLE_MARKS:
            opens = opens and char != "’" and not ELISION_PATTERN.match(text, position + 1, paragraph.end)
            closes = closes and char != "‘" and not after.isalnum()
        elif before.isspace() and precedes_punctuation:
            opens, closes = False, True
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
        elif is_isolated:
            opens = closes = True
        if opens or closes:
            marks.append(
                _QuotationMark(
                    position,
                    MARK_FAMILY[char],
                    opens,
                    closes,
                    is_no_apostrophe=not APOSTROPHE_ENDING.search(text, max(position - 2, paragraph.start), position),
                    begins_sentence=last_character in SENTENCE_ENDINGS and before.isspace(),
                    is_announced=last_character in {":", ","} and before.isspace(),
                )
            )
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


def _pair_marks(text: str, paragraph: Span, marks: Sequence[_QuotationMark], reopening: str) -> Iterator[QuotedSpan]:
    single_closers = _find_single_closers(marks)
    is_reopened = reopening not in {"", SINGLE_MARKS}
    index = 0
    while index < len(marks):
        mark = marks[index]
        index += 1
        if not mark.opens:
            continue
        if mark.family == SINGLE_MARKS:
            end = single_closers[index - 1]
            begins_utterance = mark.begins_sentence or mark.position == paragraph.start
            if reopening == SINGLE_MARKS and begins_utterance and not (end and marks[end].is_no_apostrophe):
                end = None  # at most an apostrophe
            elif end is None:
                continue
        else:
            end = _find_end(marks, index - 1, is_continued=is_reopened and mark.position == paragraph.start)
            if end == index - 1:
                continue
        if end is not None and marks[end].closes:
            position = marks[end].position
            yield from _quoted_span(text, Span(mark.position, position + 1), Span(mark.position + 1, position))
            index = end + 1
        else:
            position = paragraph.end if end is None else marks[end].position
            if reopening or (position - mark.position <= MAX_UNCLOSED_LENGTH and not mark.closes):
                outer, inner = Span(mark.position, position), Span(mark.position + 1, position)
                yield from _quoted_span(text, outer, inner, closed=False)
                index = len(marks) if end is None else end


def _find_end(marks: Sequence[_QuotationMark], opener: int, *, is_continued: bool) -> int | None:
    """Return the mark that closes what a mark opens, or that opens another quotation although none was closed.

    A quotation within must not begin after the end of a sentence: there, a mark re-opens what was left open. Returns
    the opener itself if that is stray. `is_continued` says that a quotation whose marks do not balance goes on in the
    next paragraph.
    """
    depth = 1
    first_closer: int | None = None
    nested: list[int] = []
    for index in range(opener + 1, len(marks)):
        mark = marks[index]
        if mark.family != marks[opener].family:
            continue
        if mark.opens and not mark.closes:
            if depth == 1 and mark.begins_sentence:
                if not nested:
                    return index
                break
            depth += 1
            nested.append(index)
        else:
            first_closer = index if first_closer is None else first_closer
            depth -= 1
        if not depth:
            return index
        if len(nested) > MAX_NESTED_QUOTATIONS:
            break
    if is_continued:
        return None
    is_stray = nested and nested[0] < (first_closer or 0) and marks[nested[0]].is_announced
    return opener if is_stray else first_closer


def _find_single_closers(marks: Sequence[_QuotationMark]) -> list[int | None]:
    """Return each single mark's closer: one that is no apostrophe before the next opener, else the next one."""
    closers: list[int | None] = [None] * len(marks)
    certain = nearest = opener = None
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if mark.family != SINGLE_MARKS:
            continue
        if mark.opens:
            precedes_opener = certain is not None and (opener is None or certain < opener)
            closers[index] = certain if precedes_opener else nearest
            opener = index
        elif mark.is_no_apostrophe:
            certain = nearest = index
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
