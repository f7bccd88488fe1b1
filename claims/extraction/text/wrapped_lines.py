"""Joins the lines of paragraphs that were broken to a width, as in mail, PDF files and wire copy.

In a block without blank lines, a line continues the one before it if that stops in the middle of a sentence. Where most
lines of a block do, it also continues one that had no room for the next word. List items begin a paragraph.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from claims.extraction.quotation import Span
from claims.extraction.text.edited_text import Edit
from claims.extraction.text.orthography import known_orthography

LINE_BREAKS = r"\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
LINE_PATTERN = re.compile(rf"([^{LINE_BREAKS}]*)(?:\r\n|[{LINE_BREAKS}]|\Z)")
BLANK_CHARACTERS = " \t\xa0\ufeff\u200b\u2009\u202f\u3000"  # some are none to `str.strip`
MAIL_QUOTE = re.compile(r"(?:>[ \t]?)+(?=\S|\Z)")
SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
BULLETS = frozenset("*•·▪●‣◦»")
# Begin a list item or a speaker's turn, unless the line before stops in the middle of a sentence.
LINE_LABEL = re.compile(r"[-–—]\s|\(?\d{1,3}[.)]\s|[A-Z][\w.' -]{0,30}:\s")
HYPHENS = frozenset("-‐")
HYPHENATED_WORD = re.compile(r"\w+(?:-\w+)+")
# A block is wrapped if this share of its lines stop in the middle of a sentence.
MIN_WRAPPED_SHARE = 0.5
# A line that goes on is not shorter than this share of the next, nor of lines of the greatest width.
MIN_LINE_SHARE = 0.4
MAX_WIDTH = 100
# The width is that of this share of the lines that certainly were broken.
WIDTH_QUANTILE = 0.9
# Broken lines are up to this many characters narrower than the width.
RAGGED_MARGIN = 12


class Line(NamedTuple):
    """A line without the white space around it and the ">" of quoted mail before it; empty if it is blank."""

    span: Span
    text: str


def split_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text, at any line break (LF, CRLF, CR, the Unicode separators)."""
    for match in LINE_PATTERN.finditer(text):
        start, end = match.span(1)
        start = end - len(match[1].lstrip(BLANK_CHARACTERS))
        if quote := MAIL_QUOTE.match(text, start, end):
            start = quote.end()
        line = text[start:end].rstrip(BLANK_CHARACTERS)
        if line.isspace():  # control characters that separate, as in old data files
            line = ""
        yield Line(Span(start, start + len(line)), line)


def find_line_joins(text: str) -> Iterator[Edit]:
    """Yield the edits that join the lines of a paragraph: by a space, or by nothing within a divided word."""
    blocks = [list(lines) for is_text, lines in groupby(split_lines(text), key=lambda line: bool(line.text)) if is_text]
    breaks = [list(pairwise(block)) for block in blocks]
    if not any(breaks):
        return
    # In a text in capitals, case says nothing.
    continues = str.isalpha if text.isupper() else str.islower
    unfinished = [[_is_unfinished(first, second, continues) for first, second in block] for block in breaks]
    widths = sorted(
        len(first.text)
        for block, flags in zip(breaks, unfinished, strict=True)
        for (first, _), is_unfinished in zip(block, flags, strict=True)
        if is_unfinished
    )
    if not widths:
        return
    width = widths[int(WIDTH_QUANTILE * len(widths))]
    is_wrapped_text = len(widths) >= MIN_WRAPPED_SHARE * sum(map(len, breaks))
    hyphenated = frozenset(match[0].lower() for match in HYPHENATED_WORD.finditer(text))
    for block, flags in zip(breaks, unfinished, strict=True):
        is_wrapped = is_wrapped_text or sum(flags) >= MIN_WRAPPED_SHARE * len(flags)
        for (first, second), is_unfinished in zip(block, flags, strict=True):
            if is_unfinished or (is_wrapped and _had_no_room(first.text, second.text, width)):
                yield _join(first, second, hyphenated)


def _is_unfinished(first: Line, second: Line, continues: Callable[[str], bool]) -> bool:
    """Whether a line certainly goes on in the next: it ends no sentence, and the next begins as `continues` says."""
    if second.text[0] in BULLETS or SENTENCE_END.search(first.text):
        return False
    # A much shorter line is a label or a heading.
    return continues(second.text[0]) and len(first.text) >= MIN_LINE_SHARE * min(len(second.text), MAX_WIDTH)


def _had_no_room(first: str, second: str, width: int) -> bool:
    """Whether the next line's first word did not fit into the line, and may belong to its paragraph."""
    if second[0] in BULLETS or (SENTENCE_END.search(first) and LINE_LABEL.match(second)):
        return False
    return len(first) + 1 + len(second.split(maxsplit=1)[0]) > width - RAGGED_MARGIN


def _join(first: Line, second: Line, hyphenated: frozenset[str]) -> Edit:
    if first.text[-1] not in HYPHENS or not first.text[:-1] or not first.text[-2].isalpha():
        return Edit(first.span.end, second.span.start, " ")
    start = first.text[:-1].split()[-1].lstrip("\"'“‘(«").lower()
    rest = second.text.split(maxsplit=1)[0].rstrip(".,;:!?\"'”’»)").lower()
    leads = known_orthography().compound_leads
    keeps_hyphen = not second.text[0].islower() or "-" in start or start in leads or f"{start}-{rest}" in hyphenated
    return Edit(first.span.end - (not keeps_hyphen), second.span.start, "")
