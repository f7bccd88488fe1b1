"""Word pieces: what the encoder is given for each word, and in which windows.

A word is cut into pieces by the encoder's own vocabulary. Beside its id each piece carries a feature: how its word is
written (lower case, Title, UPPER; the encoder's vocabulary has no case) and on which side of the quotation marks it
stands. A paragraph's end is a piece of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from claims.extraction.tagger.words import Side, Word

PARAGRAPH = 1  # the vocabulary's [unused0]
UNKNOWN = 100
START = 101
END = 102
CASES = 3
FEATURES = CASES * len(Side)
# Pieces in a window besides START and END; the encoder was made for 512, and is trained on windows of this length.
WINDOW = 254
# Neighbouring windows share at least this many pieces, so that no piece is read without its surroundings.
OVERLAP = 62
# Words whose pieces are remembered: a newspaper's common words, and a bound for memory.
REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Pieces:
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
        cut.update((word, encoding.ids or [UNKNOWN]) for word, encoding in zip(new, encodings, strict=True))
        if len(known) > REMEMBERED:
            self._known = {}
        self._known.update((word, cut[word]) for word in new)
        return cut


def pieces_of(words: Sequence[Word], vocabulary: Vocabulary) -> Pieces:
    """Cut the words into pieces."""
    cut = vocabulary.cut([word.text for word in words])
    ids: list[int] = []
    features: list[int] = []
    first: list[int] = []
    before: Word | None = None
    for word in words:
        if before and word.paragraph != before.paragraph:
            ids.append(PARAGRAPH)
            features.append(0)
        first.append(len(ids))
        own = cut[word.text]
        ids.extend(own)
        features.extend([feature(word)] * len(own))
        before = word
    return Pieces(ids, features, first)


def feature(word: Word, *, cased: bool = True) -> int:
    """The word's feature; `cased` false gives what a text in lower case would."""
    return (_case(word.text) if cased else 0) * len(Side) + word.side


def _case(written: str) -> int:
    if written.islower():
        return 0
    if len(written) > 1 and written.isupper():
        return 2
    return int(written[0].isupper())


def windows(length: int) -> Iterator[tuple[int, int]]:
    """Windows (start, end) that cover `length` pieces, evenly spread so that each overlaps its neighbours alike."""
    if length <= WINDOW:
        yield 0, length
        return
    count = -(-(length - OVERLAP) // (WINDOW - OVERLAP))
    for number in range(count):
        start = round(number * (length - WINDOW) / (count - 1))
        yield start, start + WINDOW
