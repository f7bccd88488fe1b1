"""The words of a document as the resolver needs them: with their sentence, and whether they are quoted."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from claims.extraction.document import Document
from claims.extraction.quotation import Span
from claims.extraction.text.quotation_marks import MARK_PATTERN, find_all_quoted_spans
from claims.extraction.text.sentences import (
    MAX_SENTENCE_TOKENS,
    POSSESSIVE_ENDINGS,
    SENTENCE_END_MARKS,
    TOKEN_PATTERN,
    is_capitalized,
)

# A one-sentence paragraph with a larger share of capitals is a headline, whose capitals do not mark names.
MIN_HEADLINE_SHARE = 0.6
# "I'm", "who'd": reduced to the pronoun.
CLITIC_PATTERN = re.compile(r"(i|you|he|she|we|they|who)['’](?:m|re|ve|ll|d)", re.IGNORECASE)


class DocumentWord(NamedTuple):
    """A word or a punctuation mark. `sentence` is the index of its sentence.

    `clock` counts the sentences in the reporter's words so far: a long quotation does not make readers forget who was
    named before it.
    """

    start: int
    end: int
    text: str
    lower: str
    is_word: bool
    is_capitalized: bool
    is_quoted: bool
    sentence: int = 0
    clock: int = 0


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """The words of a document in order; they are referred to by their index in `all`.

    `sentences` are ranges of indexes, `headlines` the indexes of sentences that are headlines. `lower_case_words` are
    the words that the document also writes in lower case; capitalized at the start of a sentence, they are no names.
    """

    text: str
    all: list[DocumentWord]
    sentences: list[range]
    headlines: frozenset[int]
    lower_case_words: frozenset[str]

    @classmethod
    def from_document(cls, document: Document) -> "DocumentWords":
        words: list[DocumentWord] = []
        sentences: list[range] = []
        headlines: set[int] = set()
        clock = 0
        paragraphs = [paragraph.span for paragraph in document.paragraphs]
        for paragraph, quoted in zip(paragraphs, find_all_quoted_spans(document.text, paragraphs), strict=True):
            paragraph_words = list(_paragraph_words(document.text, paragraph, [span.outer for span in quoted]))
            for sentence in _split_into_sentences(paragraph_words):
                if len(sentence) == len(paragraph_words) and _is_headline(sentence):
                    headlines.add(len(sentences))
                clock += any(word.is_word and not word.is_quoted for word in sentence)
                sentences.append(range(len(words), len(words) + len(sentence)))
                words.extend(word._replace(sentence=len(sentences) - 1, clock=clock) for word in sentence)
        lower_case_words = frozenset(word.text for word in words if word.is_word and word.text[0].islower())
        return cls(document.text, words, sentences, frozenset(headlines), lower_case_words)

    def indexes_in(self, spans: Sequence[Span]) -> list[int]:
        """Return the indexes of the words that the spans touch, in order."""
        indexes: list[int] = []
        for span in sorted(span for span in spans if span.start < span.end):
            index = bisect_left(self.all, span.start, key=lambda word: word.end - 1)
            index = max(index, indexes[-1] + 1 if indexes else 0)
            while index < len(self.all) and self.all[index].start < span.end:
                indexes.append(index)
                index += 1
        return indexes

    def spans(self, indexes: Sequence[int]) -> tuple[Span, ...]:
        """Return the spans of the words, one for each unbroken run."""
        spans: list[Span] = []
        previous = None
        for index in indexes:
            word = self.all[index]
            if previous is not None and index == previous + 1:
                spans[-1] = Span(spans[-1].start, word.end)
            else:
                spans.append(Span(word.start, word.end))
            previous = index
        return tuple(spans)

    def text_of(self, indexes: Sequence[int]) -> str:
        """Return the text of the words, with single spaces."""
        return " ".join(" ".join(span.of(self.text).split()) for span in self.spans(indexes))

    def lower(self, index: int) -> str:
        """Return the word in lower case; empty before the start and after the end of the document."""
        return self.all[index].lower if 0 <= index < len(self.all) else ""

    def in_same_sentence(self, first: int, second: int) -> bool:
        """Whether both are indexes of words, of one sentence."""
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
        clitic = CLITIC_PATTERN.fullmatch(word)
        yield DocumentWord(
            start=match.start(),
            end=match.end(),
            text=word,
            lower=(clitic[1] if clitic else word).lower(),
            is_word=word[0].isalnum() or word in POSSESSIVE_ENDINGS,
            is_capitalized=is_capitalized(word),
            is_quoted=place < len(quoted) and quoted[place].start <= match.start(),
        )


def _split_into_sentences(words: list[DocumentWord]) -> Iterator[list[DocumentWord]]:
    start = 0
    for index, (word, next_word) in enumerate(pairwise(words)):
        # Marks right after a full stop close what the sentence ends with.
        last = index
        while last > start and MARK_PATTERN.fullmatch(words[last].text) and words[last - 1].end == words[last].start:
            last -= 1
        precedes_mark = MARK_PATTERN.fullmatch(next_word.text) and next_word.start == word.end
        is_end = words[last].text[0] in SENTENCE_END_MARKS and not precedes_mark and not next_word.text[0].islower()
        if is_end or index + 1 - start >= MAX_SENTENCE_TOKENS:
            yield words[start : index + 1]
            start = index + 1
    if words:
        yield words[start:]


def _is_headline(sentence: Sequence[DocumentWord]) -> bool:
    words = [word for word in sentence if word.is_word]
    return len(words) > 4 and sum(word.is_capitalized for word in words) > MIN_HEADLINE_SHARE * len(words)
