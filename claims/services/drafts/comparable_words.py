"""The words of a text as quotations are compared: without case, punctuation, and the kinds of marks, dashes and spaces.

Groups of digits are one number however they are written ("40,000", "40 000"), and "%" is "per cent". What is left makes
a difference: another word or figure, "do not" for "don't", a currency.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from claims.search.tokenizer import GROUPED_NUMBER, SINGLE_CHARACTER_TOKENS

# One character for another, so that offsets stay.
_ONE_FOR_ONE = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ`´′＇", "'"),
        **dict.fromkeys("\u00a0\u2009\u202f\u2007", " "),
        **dict.fromkeys("‐‑‒–—−", "-"),
    }
)
_OTHER_WORD = r"[^\W_]+(?:'[^\W_]+)*"
_OTHER_SINGLE = rf"(?:(?![{SINGLE_CHARACTER_TOKENS}])[^\W_])"
_START = rf"(?P<number>{GROUPED_NUMBER}|(?<![0-9.,])[0-9]+[.,][0-9]+(?![0-9]|[.,][0-9]))"
_SIGN = r"|(?P<sign>(?:(?<![^\s(\[\"“„«])-(?=[0-9])|[%‰§$€£¥₽₴₹]))"
# "[T]he": an editor's capital in the brackets that say so.
_CAPITAL = r"|(?P<capital>\[[^\W\d_]\][^\W_]+)"
_WORD_PATTERN = re.compile(f"{_START}{_SIGN}{_CAPITAL}|{_OTHER_WORD}")
_SINGLE_PATTERN = re.compile(
    f"{_START}{_SIGN}{_CAPITAL}|[{SINGLE_CHARACTER_TOKENS}]|{_OTHER_SINGLE}+(?:'{_OTHER_SINGLE}+)*"
)
_SINGLE = re.compile(f"[{SINGLE_CHARACTER_TOKENS}]")
_NOT_DIGITS = re.compile("[^0-9]")
_HESITATIONS = {"uh", "uhm", "erm", "hmm"}
_PER_CENT = "percent"
TRIGRAM = 3

Trigram = tuple[str, str, str]


class ComparableWords(Sequence[str]):
    """The words of a text, or of some spans of it, with their offsets in the text: code points, end exclusive."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]] | None = None) -> None:
        self.text = text
        self._words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in spans if spans is not None else [(0, len(text))]:
            self._read(text[start:end], start)

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, index: int | slice) -> str | list[str]:  # type: ignore[override]  # a list for a slice
        return self._words[index]

    def slice_text(self, first: int, last: int) -> str:
        """Returns the text from one word to before another."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def text_between(self, first: int) -> str:
        """Returns the text between a word and the next."""
        return self.text[self.ends[first] : self.starts[first + 1]]

    def find(self, words: Sequence[str], first: int = 0, last: int | None = None) -> Iterator[int]:
        """Yields where these words stand in a row, within a range of words."""
        wanted = f" {' '.join(words)} "
        last = len(self) if last is None else min(last, len(self))
        if not words or first + len(words) > last:
            return
        at, limit = self._offsets[first], self._offsets[last] + 1
        while (at := self._joined.find(wanted, at, limit)) >= 0:
            yield bisect_left(self._offsets, at)
            at += 1

    @cached_property
    def trigrams(self) -> dict[Trigram, list[int]]:
        """Where each three words in a row stand."""
        places: defaultdict[Trigram, list[int]] = defaultdict(list)
        for place, trigram in enumerate(zip(self._words, self._words[1:], self._words[2:], strict=False)):
            places[trigram].append(place)
        return dict(places)

    @cached_property
    def _joined(self) -> str:
        return f" {' '.join(self._words)} "

    @cached_property
    def _offsets(self) -> list[int]:
        """The offset in `_joined` of the space before each word, and of that behind the last."""
        offsets = [0]
        for word in self._words:
            offsets.append(offsets[-1] + len(word) + 1)
        return offsets

    def _read(self, text: str, offset: int) -> None:
        pattern = _SINGLE_PATTERN if _SINGLE.search(text) else _WORD_PATTERN
        for match in pattern.finditer(text.translate(_ONE_FOR_ONE)):
            word = _normalize(match)
            if word in _HESITATIONS:
                continue
            if word == "cent" and self._words and self._words[-1] == "per":
                self._words[-1], self.ends[-1] = _PER_CENT, offset + match.end()
                continue
            self._words.append(word)
            self.starts.append(offset + match.start())
            self.ends.append(offset + match.end())


def _normalize(match: re.Match[str]) -> str:
    word = match[0]
    if match["number"]:
        decimal = re.fullmatch(r"([0-9]+)[.,]([0-9]{1,2}|[0-9]{4,})", word)
        return f"{decimal[1]}.{decimal[2]}" if decimal else _NOT_DIGITS.sub("", word)
    if match["capital"]:
        word = word.replace("[", "").replace("]", "")
    return _PER_CENT if word == "%" else word.casefold()
