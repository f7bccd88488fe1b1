"""Splits tokens into word pieces, the encoder's input, and the pieces into overlapping windows.

Each piece has an id of the encoder's vocabulary, which has no case, and a feature: the case of its word (lower, Title,
UPPER) combined with the side of the quotation marks. The end of a paragraph is a piece of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from claims.extraction.text.tokens import QuoteSide, Token

PARAGRAPH_ID = 1  # the vocabulary's [unused0]
UNKNOWN_ID = 100
START_ID = 101
END_ID = 102
CASE_COUNT = 3
FEATURE_COUNT = CASE_COUNT * len(QuoteSide)
# Pieces in a window besides START_ID and END_ID. The encoder allows 512; it is trained on windows of this length.
WINDOW_LENGTH = 254
# So that every piece has context on both sides.
MIN_WINDOW_OVERLAP = 62
# Enough for the common words of a newspaper; bounds the memory.
MAX_CACHED_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class WordPieces:
    """A document's pieces in order. `first[t]` is the index of token t's first piece."""

    ids: list[int]
    features: list[int]
    first: list[int]

    def __len__(self) -> int:
        return len(self.ids)


# The ids of a word's pieces, and the feature of the word outside quotation marks.
SplitWord = tuple[list[int], int]


class Vocabulary:
    """The encoder's vocabulary, with a cache of split words."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._cache: dict[str, SplitWord] = {}

    def split(self, words: Sequence[str]) -> Mapping[str, SplitWord]:
        """Return the pieces of words, at least one for each, by the word."""
        cache = self._cache
        new_words = list(set(words).difference(cache))
        if len(cache) + len(new_words) > MAX_CACHED_WORDS:
            # A new one, as another thread may read the old one.
            cache = self._cache = {}
            new_words = list(set(words))
        # The tokenizer cannot encode lone surrogates.
        encodable = [[word.encode(errors="replace").decode()] for word in new_words]
        encodings = self._tokenizer.encode_batch(encodable, is_pretokenized=True, add_special_tokens=False)
        for word, encoding in zip(new_words, encodings, strict=True):
            cache[word] = encoding.ids or [UNKNOWN_ID], word_feature(word, QuoteSide.OUTSIDE)
        return cache


def split_into_pieces(tokens: Sequence[Token], vocabulary: Vocabulary) -> WordPieces:
    split_words = vocabulary.split([token.text for token in tokens])
    ids: list[int] = []
    features: list[int] = []
    first: list[int] = []
    previous_paragraph = tokens[0].paragraph if tokens else 0
    for _, text, _, _, paragraph, side in tokens:
        if paragraph != previous_paragraph:
            ids.append(PARAGRAPH_ID)
            features.append(0)
            previous_paragraph = paragraph
        first.append(len(ids))
        piece_ids, feature = split_words[text]
        ids += piece_ids
        features += [feature + side] * len(piece_ids)
    return WordPieces(ids, features, first)


def word_feature(word: str, side: QuoteSide) -> int:
    """Return the feature of a word's pieces."""
    return _case_feature(word) * len(QuoteSide) + side


def _case_feature(word: str) -> int:
    if word.islower():
        return 0
    if len(word) > 1 and word.isupper():
        return 2
    return int(word[0].isupper())


def window_bounds(length: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds (start, end) of windows that cover `length` pieces, with overlaps of about equal length."""
    if length <= WINDOW_LENGTH:
        yield 0, length
        return
    count = -(-(length - MIN_WINDOW_OVERLAP) // (WINDOW_LENGTH - MIN_WINDOW_OVERLAP))
    for number in range(count):
        start = round(number * (length - WINDOW_LENGTH) / (count - 1))
        yield start, start + WINDOW_LENGTH
