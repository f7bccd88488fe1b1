"""What changed from one text to another, word by word: for any script, and in bounded time."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum

from rapidfuzz.distance import Indel

# Two texts are compared word by word as long as the words of the one times those of the other are no more than this
# (about a third of a second); longer ones line by line, and beyond that as a whole.
MAX_COMPARED_PAIRS = 60_000_000
_LINE_PATTERN = re.compile(r"[^\n]*\n|[^\n]+")
_JOINERS = "\u200c\u200d"
_MARK, _ALONE = "mark", "alone"
# Scripts written without spaces: each letter, with its marks, is compared for itself.
_UNSPACED_SCRIPTS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


class DiffOp(Enum):
    """What became of a part of the text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


DiffPart = tuple[DiffOp, str]


def split_into_words(text: str) -> list[str]:
    """The text in pieces that are never cut: words with their marks, runs of blanks, single signs with theirs."""
    pieces: list[str] = []
    former, joined = "", False  # of what sort the piece before is, and whether a joiner ends it
    for letter in text:
        sort = _character_class(letter)
        if pieces and (joined or sort == _MARK or (sort == former and sort != _ALONE)):
            pieces[-1] += letter
        else:
            pieces.append(letter)
        if sort != _MARK:
            former = sort
        joined = letter == "\u200d"  # what follows is part of the same sign
    return pieces


def _character_class(letter: str) -> str:
    category = unicodedata.category(letter)
    if category[0] == "M" or letter in _JOINERS or "\U0001f3fb" <= letter <= "\U0001f3ff":  # the last are skin colours
        return _MARK
    if letter == "\n":
        return "line"
    if category[0] == "Z" or letter in "\t\r":
        return "blank"
    if category[0] in "LN" and not _UNSPACED_SCRIPTS.match(letter):
        return "word"
    return _ALONE


def diff_words(former: str, later: str, *, most: int = MAX_COMPARED_PAIRS) -> list[DiffPart]:
    """Both texts in one: what was kept, what is gone, what is new, in reading order. Neither text is cut in a word.

    All that is kept or gone makes the former text, all that is kept or new the later one. What is longer than `most`
    allows is compared line by line, or as a whole.
    """
    found: list[DiffPart] = []
    for fate, text in _iter_diff_parts(split_into_words(former), split_into_words(later), most):
        if not text:
            continue
        if found and found[-1][0] is fate:
            found[-1] = fate, found[-1][1] + text
        else:
            found.append((fate, text))
    return found


def _iter_diff_parts(old: list[str], new: list[str], most: int) -> Iterator[DiffPart]:
    start = _common_prefix_length(old, new)
    end = _common_prefix_length(old[start:][::-1], new[start:][::-1])
    yield DiffOp.KEPT, "".join(old[:start])
    middle = old[start : len(old) - end], new[start : len(new) - end]
    if len(middle[0]) * len(middle[1]) > most:
        lines = tuple(_LINE_PATTERN.findall("".join(each)) for each in middle)
        if len(lines[0]) * len(lines[1]) <= most:
            middle = lines[0], lines[1]
        else:
            middle = ["".join(middle[0])], ["".join(middle[1])]
    yield from _iter_piece_diff(*middle)
    yield DiffOp.KEPT, "".join(old[len(old) - end :])


def _iter_piece_diff(old: Sequence[str], new: Sequence[str]) -> Iterator[DiffPart]:
    numbers: dict[str, int] = {}
    coded = [[numbers.setdefault(piece, len(numbers)) for piece in each] for each in (old, new)]
    gone: list[str] = []
    fresh: list[str] = []
    for step in Indel.opcodes(*coded):
        if step.tag == "equal":
            kept = "".join(old[step.src_start : step.src_end])
            if kept.isspace() and gone and fresh and "\n" not in kept:
                # A lone blank between two changed words: they are read as one change.
                gone.append(kept)
                fresh.append(kept)
                continue
            yield from _flush_replacement(gone, fresh)
            yield DiffOp.KEPT, kept
        elif step.tag == "delete":
            gone += old[step.src_start : step.src_end]
        else:
            fresh += new[step.dest_start : step.dest_end]
    yield from _flush_replacement(gone, fresh)


def _flush_replacement(gone: list[str], fresh: list[str]) -> Iterator[DiffPart]:
    """What was replaced by what; the blank after both is no part of it."""
    blank = gone.pop() and fresh.pop() if gone and fresh and gone[-1] == fresh[-1] and gone[-1].isspace() else ""
    yield DiffOp.GONE, "".join(gone)
    yield DiffOp.NEW, "".join(fresh)
    yield DiffOp.KEPT, blank
    gone.clear()
    fresh.clear()


def _common_prefix_length(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pieces both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count
