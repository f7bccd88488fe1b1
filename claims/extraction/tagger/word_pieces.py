"""Word pieces: what the encoder is given for each word, and in which windows.

A word is cut into pieces by the encoder's own vocabulary. Beside its id each piece carries a feature: how its word is
written (lower case, Title, UPPER; the encoder's vocabulary has no case) and on which side of the quotation marks it
stands. A paragraph's end is a piece of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from claims.extraction.text.tokens import QuoteSide, Token

PARAGRAPH_ID = 1  # the vocabulary's [unused0]
UNKNOWN_ID = 100
START_ID = 101
END_ID = 102
CASE_COUNT = 3
FEATURE_COUNT = CASE_COUNT * len(QuoteSide)
# Pieces in a window besides START and END; the encoder was made for 512, and is trained on windows of this length.
WINDOW_LENGTH = 254
# Neighbouring windows share at least this many pieces, so that no piece is read without its surroundings.
MIN_WINDOW_OVERLAP = 62
# Words whose pieces are remembered: a newspaper's common words, and a bound for memory.
MAX_CACHED_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class WordPieces:
    """A document's pieces in order: vocabulary ids, features, and `first[w]`, the place of word w's first piece."""

    ids: list[int]
    features: list[int]
    first: list[int]

    def __len__(self) -> int:
        return len(self.ids)


class Vocabulary:
    """The encoder's word pieces; words that were cut once are remembered."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}

    def cut(self, written: Iterable[str]) -> dict[str, list[int]]:
        """The pieces of each of the words, one or more."""
        known = self._known
        cut: dict[str, list[int]] = {}
        new: list[str] = []
        for word in dict.fromkeys(written):
            if word in known:
                cut[word] = known[word]
            else:
                new.append(word)
        # Half of a surrogate pair is no character that the tokenizer could read.
        sound = [[word.encode(errors="replace").decode()] for word in new]
        encodings = self._tokenizer.encode_batch(sound, is_pretokenized=True, add_special_tokens=False)
        cut.update((word, encoding.ids or [UNKNOWN_ID]) for word, encoding in zip(new, encodings, strict=True))
        if len(known) > MAX_CACHED_WORDS:
            self._known = {}
        self._known.update((word, cut[word]) for word in new)
        return cut


def split_into_pieces(words: Sequence[Token], vocabulary: Vocabulary) -> WordPieces:
    """Cut the words into pieces."""
    cut = vocabulary.cut([word.text for word in words])
    ids: list[int] = []
    features: list[int] = []
    first: list[int] = []
    before: Token | None = None
    for word in words:
        if before and word.paragraph != before.paragraph:
            ids.append(PARAGRAPH_ID)
            features.append(0)
        first.append(len(ids))
        own = cut[word.text]
        ids.extend(own)
        features.extend([word_feature(word)] * len(own))
        before = word
    return WordPieces(ids, features, first)


def word_feature(word: Token, *, cased: bool = True) -> int:
    """The word's feature; `cased` false gives what a text in lower case would."""
    return (_case_feature(word.text) if cased else 0) * len(QuoteSide) + word.side


def _case_feature(written: str) -> int:
    if written.islower():
        return 0
    if len(written) > 1 and written.isupper():
        return 2
    return int(written[0].isupper())


def window_bounds(length: int) -> Iterator[tuple[int, int]]:
    """Windows (start, end) that cover `length` pieces, evenly spread so that each overlaps its neighbours alike."""
    if length <= WINDOW_LENGTH:
        yield 0, length
        return
    count = -(-(length - MIN_WINDOW_OVERLAP) // (WINDOW_LENGTH - MIN_WINDOW_OVERLAP))
    for number in range(count):
        start = round(number * (length - WINDOW_LENGTH) / (count - 1))
        yield start, start + WINDOW_LENGTH
