"""The parts of a quotation between ellipses and brackets, which must each be verbatim."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from claims.services.drafts.comparable_words import ComparableWords

_GAP_PATTERN = re.compile(
    r"(?P<ellipsis>[\[(]\s?(?:…|\.\s?\.\s?\.)\s?[\])]|…|\.\s?\.\s?\.(?:\s?\.)?)"
    # What an editor has put in, or the end of a word that was changed ("want[ed]"); not a capital ("[T]he").
    r"|(?P<bracket>(?:[^\W_]+(?=\[[^\W\d_]))?\[(?![^\W\d_]\][^\W_])[^\[\]]{1,200}\])"
)


class Gap(Enum):
    """What stands before a part of a quotation, and so may have been left out of it there."""

    NONE = "none"
    ELLIPSIS = "ellipsis"
    BRACKET = "bracket"
    BREAK = "break"  # the quotation is interrupted by who says it, after the end of a sentence


@dataclass(frozen=True, slots=True)
class QuotedPart:
    """Words of a quotation in a row, from `first` to before `last`, and what stands before them."""

    gap: Gap
    first: int
    last: int

    @property
    def word_count(self) -> int:
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """The words of a quotation, and its parts."""

    words: ComparableWords
    parts: tuple[QuotedPart, ...]

    @classmethod
    def read(cls, text: str, spans: Sequence[tuple[int, int]]) -> "QuotedWords":
        """Reads the words at these spans of a text."""
        pieces = list(_split(text, spans))
        words = ComparableWords(text, [(start, end) for _, start, end in pieces])
        parts: list[QuotedPart] = []
        pending, first = Gap.NONE, 0
        for gap, start, end in pieces:
            pending = gap if gap is not Gap.NONE else pending
            last = first
            while last < len(words) and start <= words.starts[last] < end:
                last += 1
            if last == first:
                continue
            if parts and pending is Gap.NONE:
                parts[-1] = QuotedPart(parts[-1].gap, parts[-1].first, last)
            else:
                parts.append(QuotedPart(pending if parts else Gap.NONE, first, last))
            pending, first = Gap.NONE, last
        return cls(words, tuple(parts))

    def __len__(self) -> int:
        return len(self.words)


def _split(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[Gap, int, int]]:
    """Yields the spans between gaps, with the gap before each."""
    reached: int | None = None
    for start, end in spans:
        gap = Gap.NONE
        if reached is not None and _ends_sentence(text[reached:start]):
            gap = Gap.BREAK
        reached = start
        for match in _GAP_PATTERN.finditer(text, start, end):
            yield gap, reached, match.start()
            gap, reached = Gap.ELLIPSIS if match["ellipsis"] else Gap.BRACKET, match.end()
        yield gap, reached, end
        reached = end


def _ends_sentence(text: str) -> bool:
    """Whether words between two spans (`," he said. "`) end a sentence."""
    end = max((offset for offset, character in enumerate(text) if character.isalnum()), default=None)
    return end is not None and any(sign in ".!?" for sign in text[end:])
