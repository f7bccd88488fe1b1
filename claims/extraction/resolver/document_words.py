"""A document as the resolver reads it: words that know their sentence and whether they stand between marks."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from claims.extraction.document import Document
from claims.extraction.quotation import Span
from claims.extraction.text.quotation_marks import MARK_PATTERN, find_all_quoted_spans
from claims.extraction.text.sentences import MAX_SENTENCE_TOKENS, POSSESSIVE_ENDINGS, SENTENCE_END_MARKS, TOKEN_PATTERN

# A paragraph of one sentence with more than this share of capitals is a headline: its capitals name nobody.
MIN_HEADLINE_SHARE = 0.6
# "I'm", "who'd": the pronoun is what counts.
CLITIC_PATTERN = re.compile(r"(i|you|he|she|we|they|who)['’](?:m|re|ve|ll|d)", re.IGNORECASE)


class DocumentWord(NamedTuple):
    """A word or a punctuation mark. `sentence` is the number of its sentence, `quoted` whether it is between marks.

    `clock` counts the sentences in which the reporter speaks: a long quotation takes readers no further from who was
    named before it.
    """

    start: int
    end: int
    text: str
    lower: str
    alphabetic: bool
    capital: bool
    quoted: bool
    sentence: int
    clock: int


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """The words of a document in order.

    `sentences` are ranges of them, `headlines` the numbers of those written in capitals, `common` the words that the
    document also writes in small letters: they are no names where a sentence begins.
    """

    text: str
    all: list[DocumentWord]
    sentences: list[range]
    headlines: frozenset[int]
    common: frozenset[str]

    @classmethod
    def of(cls, document: Document) -> "DocumentWords":
        """Read every paragraph of the document."""
        words: list[DocumentWord] = []
        ranges: list[range] = []
        headlines: set[int] = set()
        clock = 0
        spans = [paragraph.span for paragraph in document.paragraphs]
        for span, found in zip(spans, find_all_quoted_spans(document.text, spans), strict=True):
            quoted = [stretch.outer for stretch in found]
            tokens = list(_paragraph_words(document.text, span, quoted))
            for sentence in _split_into_sentences(tokens):
                if len(sentence) == len(tokens) and _is_headline(sentence):
                    headlines.add(len(ranges))
                clock += any(word.alphabetic and not word.quoted for word in sentence)
                ranges.append(range(len(words), len(words) + len(sentence)))
                words.extend(word._replace(sentence=len(ranges) - 1, clock=clock) for word in sentence)
        common = frozenset(word.text for word in words if word.alphabetic and word.text[0].islower())
        return cls(document.text, words, ranges, frozenset(headlines), common)

    def within(self, spans: Sequence[Span]) -> list[int]:
        """The numbers of the words that the spans touch, in order."""
        found: list[int] = []
        for span in sorted(span for span in spans if span.start < span.end):
            index = bisect_left(self.all, span.start, key=lambda word: word.end - 1)
            index = max(index, found[-1] + 1 if found else 0)
            while index < len(self.all) and self.all[index].start < span.end:
                found.append(index)
                index += 1
        return found

    def spans(self, indexes: Sequence[int]) -> tuple[Span, ...]:
        """The stretches of text that the words cover: one for each unbroken run of them."""
        runs: list[Span] = []
        before = None
        for index in indexes:
            word = self.all[index]
            if before is not None and index == before + 1:
                runs[-1] = Span(runs[-1].start, word.end)
            else:
                runs.append(Span(word.start, word.end))
            before = index
        return tuple(runs)

    def written(self, indexes: Sequence[int]) -> str:
        """The words as the text has them, with single spaces."""
        return " ".join(" ".join(span.of(self.text).split()) for span in self.spans(indexes))

    def lower(self, index: int) -> str:
        """The word in small letters; nothing beyond either end of the document."""
        return self.all[index].lower if 0 <= index < len(self.all) else ""

    def beside(self, first: int, second: int) -> bool:
        """Whether both are words of one sentence."""
        return (
            0 <= first < len(self.all)
            and 0 <= second < len(self.all)
            and self.all[first].sentence == self.all[second].sentence
        )


def _paragraph_words(text: str, paragraph: Span, quoted: Sequence[Span]) -> Iterator[DocumentWord]:
    place = 0
    for match in TOKEN_PATTERN.finditer(text, *paragraph):
        while place < len(quoted) and quoted[place].end <= match.start():
            place += 1
        word = match[0]
        inside = place < len(quoted) and quoted[place].start <= match.start()
        alphabetic = word[0].isalnum() or word in POSSESSIVE_ENDINGS
        capital = word[0].isupper() or (word.startswith(("al-", "el-")) and word[3:4].isupper())
        clitic = CLITIC_PATTERN.fullmatch(word)
        lower = clitic[1].lower() if clitic else word.lower()
        yield DocumentWord(match.start(), match.end(), word, lower, alphabetic, capital, inside, 0, 0)


def _split_into_sentences(words: list[DocumentWord]) -> Iterator[list[DocumentWord]]:
    start = 0
    for index, (word, after) in enumerate(pairwise(words)):
        # A mark right behind the full stop closes what the sentence ends with.
        closed = index
        while (
            closed > start
            and MARK_PATTERN.fullmatch(words[closed].text)
            and words[closed - 1].end == words[closed].start
        ):
            closed -= 1
        glued = MARK_PATTERN.fullmatch(after.text) and after.start == word.end
        ends = words[closed].text[0] in SENTENCE_END_MARKS and not glued and not after.text[0].islower()
        if ends or index + 1 - start >= MAX_SENTENCE_TOKENS:
            yield words[start : index + 1]
            start = index + 1
    if words:
        yield words[start:]


def _is_headline(words: Sequence[DocumentWord]) -> bool:
    alphabetic = [word for word in words if word.alphabetic]
    return len(alphabetic) > 4 and sum(word.capital for word in alphabetic) > MIN_HEADLINE_SHARE * len(alphabetic)
