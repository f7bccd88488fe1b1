"""Word-by-word differences between two texts, in any script and in bounded time."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum

from rapidfuzz.distance import Indel, Opcodes

# Product of the numbers of words up to which two texts are compared word by word: about a third of a second. Longer
# texts are compared line by line, or as a whole.
MAX_COMPARED_PAIRS = 60_000_000
_LINE_PATTERN = re.compile(r"[^\n]*\n|[^\n]+")
_ZERO_WIDTH_JOINER = "\u200d"
_JOINERS = f"\u200c{_ZERO_WIDTH_JOINER}"
_FIRST_SKIN_TONE, _LAST_SKIN_TONE = "\U0001f3fb", "\U0001f3ff"
_MARK, _SINGLE = "mark", "single"
# Scripts written without spaces: each letter with its marks is a word.
_UNSPACED_SCRIPTS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


class DiffOp(Enum):
    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


DiffPart = tuple[DiffOp, str]


def split_into_words(text: str) -> list[str]:
    """Split into words, runs of white space and single symbols, each with its combining marks."""
    words: list[str] = []
    previous_class, is_joined = "", False
    for character in text:
        character_class = _character_class(character)
        continues_word = character_class == previous_class and character_class != _SINGLE
        if words and (is_joined or character_class == _MARK or continues_word):
            words[-1] += character
        else:
            words.append(character)
        if character_class != _MARK:
            previous_class = character_class
        is_joined = character == _ZERO_WIDTH_JOINER
    return words


def _character_class(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "M" or character in _JOINERS or _FIRST_SKIN_TONE <= character <= _LAST_SKIN_TONE:
        return _MARK
    if character == "\n":
        return "line"
    if category[0] == "Z" or character in "\t\r":
        return "blank"
    if category[0] in "LN" and not _UNSPACED_SCRIPTS.match(character):
        return "word"
    return _SINGLE


def diff_words(old: str, new: str, *, max_pairs: int = MAX_COMPARED_PAIRS) -> list[DiffPart]:
    """Both texts as one sequence of kept, removed and added parts, in reading order; no word is cut.

    The kept and removed parts make up the old text, the kept and added parts the new one. Texts with more than
    `max_pairs` pairs of words are compared line by line, or as a whole.
    """
    parts: list[DiffPart] = []
    for op, text in _iter_diff_parts(split_into_words(old), split_into_words(new), max_pairs):
        if not text:
            continue
        if parts and parts[-1][0] is op:
            parts[-1] = op, parts[-1][1] + text
        else:
            parts.append((op, text))
    return parts


def _iter_diff_parts(old: list[str], new: list[str], max_pairs: int) -> Iterator[DiffPart]:
    start = _common_prefix_length(old, new)
    end = _common_prefix_length(old[start:][::-1], new[start:][::-1])
    yield DiffOp.KEPT, "".join(old[:start])
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    if len(old_middle) * len(new_middle) > max_pairs:
        old_text, new_text = "".join(old_middle), "".join(new_middle)
        old_middle, new_middle = _LINE_PATTERN.findall(old_text), _LINE_PATTERN.findall(new_text)
        if len(old_middle) * len(new_middle) > max_pairs:
            old_middle, new_middle = [old_text], [new_text]
    yield from _iter_piece_diff(old_middle, new_middle)
    yield DiffOp.KEPT, "".join(old[len(old) - end :])


def align_pieces(old: Sequence[str], new: Sequence[str]) -> Opcodes:
    """The shortest insertions and deletions that turn one sequence of pieces into the other."""
    numbers: dict[str, int] = {}  # Indel compares integers faster than strings
    old_numbers, new_numbers = ([numbers.setdefault(piece, len(numbers)) for piece in pieces] for pieces in (old, new))
    return Indel.opcodes(old_numbers, new_numbers)


def _iter_piece_diff(old: Sequence[str], new: Sequence[str]) -> Iterator[DiffPart]:
    removed: list[str] = []
    added: list[str] = []
    for opcode in align_pieces(old, new):
        if opcode.tag == "equal":
            kept = "".join(old[opcode.src_start : opcode.src_end])
            if kept.isspace() and removed and added and "\n" not in kept:
                # A space between two changed words: readers see one change.
                removed.append(kept)
                added.append(kept)
                continue
            yield from _flush_replacement(removed, added)
            yield DiffOp.KEPT, kept
        elif opcode.tag == "delete":
            removed += old[opcode.src_start : opcode.src_end]
        else:
            added += new[opcode.dest_start : opcode.dest_end]
    yield from _flush_replacement(removed, added)


def _flush_replacement(removed: list[str], added: list[str]) -> Iterator[DiffPart]:
    """Yield the pending replacement and clear it. White space that ends both sides is kept, not replaced."""
    blank = ""
    if removed and added and removed[-1] == added[-1] and removed[-1].isspace():
        blank = removed.pop()
        added.pop()
    yield DiffOp.GONE, "".join(removed)
    yield DiffOp.NEW, "".join(added)
    yield DiffOp.KEPT, blank
    removed.clear()
    added.clear()


def _common_prefix_length(old: Sequence[str], new: Sequence[str]) -> int:
    length = 0
    for old_piece, new_piece in zip(old, new, strict=False):
        if old_piece != new_piece:
            break
        length += 1
    return length
