"""The words of a document as the resolver needs them: with their sentence, and whether they are quoted."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from claims.extraction.document import Document, Paragraph
from claims.extraction.english.sentences import (
    MAX_SENTENCE_TOKENS,
    POSSESSIVE_ENDINGS,
    SENTENCE_END_MARKS,
    TOKEN_PATTERN,
    is_capitalized,
)
from claims.extraction.english.truecasing import MIN_WORDS_IN_CAPITALS, CasedWord, find_names, is_in_capitals
from claims.extraction.quotation import Span
from claims.extraction.text.quotation_marks import MARK_FAMILY

# A one-sentence paragraph with a larger share of capitals is a headline, whose capitals do not mark names.
MIN_HEADLINE_SHARE = 0.6
MAX_SMALL_WORD = 4
MAX_SMALL_SHARE = 0.07
# "I'm", "who'd": reduced to the pronoun.
CLITIC_PATTERN = re.compile(r"(i|you|he|she|we|they|who)['’](?:m|re|ve|ll|d)", re.IGNORECASE)


# A word's text, its lower case, and whether it is a word and capitalized: found once, and shared where it repeats.
WordForm = tuple[str, str, bool, bool]


class DocumentWord(NamedTuple):
    """A word or a punctuation mark.

    In sentences all in capitals or all in lower case, `text` has the case that the word would have elsewhere.
    """

    start: int
    end: int
    text: str
    lower: str
    is_word: bool
    is_capitalized: bool
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """The words of a document in order; they are referred to by their index in `all`.

    `sentences` are ranges of indexes, `headlines` the indexes of sentences that are headlines. `sentence_of` and
    `clock_of` have an item for each word: the index of its sentence, and the number of sentences in the reporter's
    words so far, as a long quotation does not make readers forget who was named before it. `lower_case_words` are the
    words that the document also writes in lower case; capitalized at the start of a sentence, they are no names.
    """

    text: str
    all: list[DocumentWord]
    # Returns a word in lower case; an empty string before the start and after the end of the document.
    lower: Callable[[int], str]
    ends: list[int]
    sentences: list[range]
    sentence_of: list[int]
    clock_of: list[int]
    headlines: frozenset[int]
    lower_case_words: frozenset[str]

    @classmethod
    def from_document(cls, document: Document, sources: Sequence[Span] = ()) -> "DocumentWords":
        """Read a document. `sources` are the phrases that name its speakers, which tell names where form does not."""
        words: list[DocumentWord] = []
        sentences: list[range] = []
        sentence_of: list[int] = []
        clock_of: list[int] = []
        headlines: set[int] = set()
        clock = 0
        forms: dict[str, WordForm] = {}
        split_paragraphs = [
            list(_split_into_sentences(list(_paragraph_words(document.text, paragraph, forms))))
            for paragraph in document.paragraphs
        ]
        lower_case_words = _truecase(split_paragraphs, sources)
        for paragraph_sentences in split_paragraphs:
            for sentence in paragraph_sentences:
                if len(paragraph_sentences) == 1 and _is_headline(sentence):
                    headlines.add(len(sentences))
                clock += any(word.is_word and not word.is_quoted for word in sentence)
                sentence_of += [len(sentences)] * len(sentence)
                clock_of += [clock] * len(sentence)
                sentences.append(range(len(words), len(words) + len(sentence)))
                words += sentence
        ends = [word.end for word in words]
        lower = defaultdict[int, str](str, enumerate(word.lower for word in words)).__getitem__
        return cls(
            document.text, words, lower, ends, sentences, sentence_of, clock_of, frozenset(headlines), lower_case_words
        )

    def indexes_in(self, spans: Sequence[Span]) -> list[int]:
        """Return the indexes of the words that the spans touch, in order."""
        indexes: list[int] = []
        for span in sorted(span for span in spans if span.start < span.end):
            words = self.range_of(span)
            indexes += range(max(words.start, indexes[-1] + 1 if indexes else 0), words.stop)
        return indexes

    def range_of(self, span: Span) -> range:
        """Return the indexes of the words that a span touches."""
        start = bisect_right(self.ends, span.start)
        return range(start, bisect_left(self.all, span.end, lo=start, key=itemgetter(0)))

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

    def sentence_around(self, index: int) -> range:
        """Return the sentence of a word, which a full stop within a quotation does not end."""
        first = last = self.sentence_of[index]
        while first and self._continues_quotation(self.sentences[first].start, index):
            first -= 1
        while last + 1 < len(self.sentences) and self._continues_quotation(self.sentences[last].stop, index):
            last += 1
        return range(self.sentences[first].start, self.sentences[last].stop)

    def _continues_quotation(self, start: int, index: int) -> bool:
        """Whether the sentence that begins at `start` continues a quotation of the one before, not far from a word."""
        word = self.all[start]
        return (
            word.is_quoted
            and self.all[start - 1].is_quoted
            and word.text not in MARK_FAMILY
            and abs(start - index) <= MAX_SENTENCE_TOKENS
        )

    def in_same_sentence(self, first: int, second: int) -> bool:
        """Whether both are indexes of words, of one sentence."""
        return (
            0 <= first < len(self.all)
            and 0 <= second < len(self.all)
            and self.sentence_of[first] == self.sentence_of[second]
        )


def _paragraph_words(text: str, paragraph: Paragraph, forms: dict[str, WordForm]) -> Iterator[DocumentWord]:
    spans = iter(paragraph.quoted)
    quoted = next(spans, None)
    for match in TOKEN_PATTERN.finditer(text, *paragraph.span):
        (start, end), word = match.span(), match[0]
        while quoted and quoted.outer.end <= start:
            quoted = next(spans, None)
        form = forms.get(word)
        if form is None:
            clitic = CLITIC_PATTERN.fullmatch(word)
            is_word = word[0].isalnum() or word.lower() in POSSESSIVE_ENDINGS
            form = forms[word] = word, (clitic[1] if clitic else word).lower(), is_word, is_capitalized(word)
        yield DocumentWord(start, end, *form, quoted is not None and quoted.outer.start <= start)


def _split_into_sentences(words: list[DocumentWord]) -> Iterator[list[DocumentWord]]:
    start = last = 0
    for index, (word, next_word) in enumerate(pairwise(words)):
        # Marks right after a full stop close what the sentence ends with.
        if not (word.text in MARK_FAMILY and index > start and words[index - 1].end == word.start):
            last = index
        if index + 1 - start >= MAX_SENTENCE_TOKENS or (
            words[last].text[0] in SENTENCE_END_MARKS
            and not next_word.text[0].islower()
            and not (next_word.text in MARK_FAMILY and next_word.start == word.end)
        ):
            yield words[start : index + 1]
            start = index + 1
    if words:
        yield words[start:]


def _truecase(paragraphs: Sequence[list[list[DocumentWord]]], sources: Sequence[Span]) -> frozenset[str]:
    """Give the words of sentences in one case the case of names and other words, in place.

    Return the words that the other sentences write in lower case.
    """
    in_one_case, others = _split_by_case(paragraphs)
    lower_case = frozenset(word.text for sentence in others for word in sentence if word.text[0].islower())
    if not in_one_case:
        return lower_case
    capitalized = frozenset(word.lower for sentence in others for word in sentence[1:] if word.is_capitalized)
    starts, ends = sorted(span.start for span in sources), sorted(span.end for span in sources)
    cased_words = [
        [
            CasedWord(
                word.text, word.lower, word.is_word, bisect_right(starts, word.start) > bisect_right(ends, word.start)
            )
            for word in sentence
        ]
        for sentence in in_one_case
    ]
    for sentence, flags in zip(
        in_one_case, find_names(cased_words, capitalized=capitalized, lower_case=lower_case), strict=True
    ):
        sentence[:] = [
            word._replace(text=word.text.title() if is_name else word.lower, is_capitalized=is_name)
            for word, is_name in zip(sentence, flags, strict=True)
        ]
    return lower_case


def _split_by_case(
    paragraphs: Sequence[list[list[DocumentWord]]],
) -> tuple[list[list[DocumentWord]], list[list[DocumentWord]]]:
    """Return the sentences in capitals and the others; all are in one case if the document has no capitals at all."""
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    if sentences and not any(word.is_capitalized for sentence in sentences for word in sentence):
        return sentences, []
    in_capitals: list[list[DocumentWord]] = []
    others: list[list[DocumentWord]] = []
    for are_capitals, group in groupby(sentences, lambda sentence: is_in_capitals([word.text for word in sentence])):
        neighbours = list(group)
        is_long = sum(word.is_word for sentence in neighbours for word in sentence) >= MIN_WORDS_IN_CAPITALS
        (in_capitals if are_capitals and is_long else others).extend(neighbours)
    return in_capitals, others


def _is_headline(sentence: Sequence[DocumentWord]) -> bool:
    words = [word for word in sentence if word.is_word]
    capitals = sum(word.is_capitalized for word in words)
    # Headlines in capitals keep only function words small, unlike sentences that are full of names.
    small = sum(len(word.text) > MAX_SMALL_WORD and not word.is_capitalized for word in words)
    return len(words) > 4 and capitals > MIN_HEADLINE_SHARE * len(words) and small <= MAX_SMALL_SHARE * len(words)
