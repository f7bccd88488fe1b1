"""What the encoder says of a document: how likely each word has each tag, and where its arcs may end."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from claims.extraction.tagger.tags import Tag
from claims.extraction.tagger.word_pieces import END_ID, START_ID, WordPieces, window_bounds

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FloatArray = NDArray[np.float32]
# Numbers in an arc head's query or key.
ARC_SIZE = 64


class ArcHead(IntEnum):
    """The two kinds of arcs: from a content to its cue, and from a content or a cue to its source."""

    CUE = 0
    SOURCE = 1


@dataclass(frozen=True, slots=True)
class EncodedWindow:
    """Pieces `start` to `end` with their arc vectors [1 + piece, 4 * ARC]; row 0 is START."""

    start: int
    end: int
    arcs: FloatArray


@dataclass(frozen=True, slots=True)
class EncoderScores:
    """Log probabilities of the tags of each word [word, tag], and what arcs are drawn from.

    `first` is each word's first piece, `home` the number of the window that reads it best.
    """

    tags: FloatArray
    first: NDArray[np.int64]
    home: NDArray[np.int64]
    windows: list[EncodedWindow]

    def arcs(self, head: ArcHead, words: Sequence[int], targets: Sequence[int | None]) -> FloatArray:
        """How likely (log probability) each word's arc ends at each target [word, target], out of those in its sight.

        A target is a word, or None for nobody. NaN where the target stands outside the window that reads the word.
        """
        goals = np.array([-1 if target is None else self.first[target] for target in targets], dtype=np.int64)
        asked = np.asarray(words, dtype=np.int64)
        fits = np.full((len(asked), len(goals)), np.nan, dtype=np.float32)
        at = 2 * ARC_SIZE * head
        for number in np.unique(self.home[asked]):
            window = self.windows[number]
            rows = np.flatnonzero(self.home[asked] == number)
            columns = np.flatnonzero((goals < 0) | ((goals >= window.start) & (goals < window.end)))
            if not len(columns):
                continue
            queries = window.arcs[self.first[asked[rows]] - window.start + 1, at : at + ARC_SIZE]
            places = np.where(goals[columns] < 0, 0, goals[columns] - window.start + 1)
            keys = window.arcs[places, at + ARC_SIZE : at + 2 * ARC_SIZE]
            fits[np.ix_(rows, columns)] = _log_softmax(queries @ keys.T / np.float32(ARC_SIZE**0.5))
        return fits


def encode_pieces(session: "InferenceSession", pieces: WordPieces) -> EncoderScores:
    """Run the encoder over all windows; each piece is scored by the window in which it has most surroundings."""
    length = len(pieces)
    home = np.zeros(length, dtype=np.int64)
    best = np.full(length, -1, dtype=np.int64)
    tags = np.zeros((length, len(Tag)), dtype=np.float32)
    found: list[EncodedWindow] = []
    # One window at a time: its numbers stay in the processor's cache.
    for number, (start, end) in enumerate(window_bounds(length)):
        ids = np.array([[START_ID, *pieces.ids[start:end], END_ID]], dtype=np.int64)
        features = np.array([[0, *pieces.features[start:end], 0]], dtype=np.int64)
        scores, arcs = session.run(None, {"ids": ids, "features": features})
        inner = np.arange(end - start)
        # The text's own ends are no lack of surroundings.
        left = inner + (length if start == 0 else 0)
        right = inner[::-1] + (length if end == length else 0)
        depth = np.minimum(left, right)
        better = depth > best[start:end]
        best[start:end][better] = depth[better]
        home[start:end][better] = number
        tags[start:end][better] = scores[0, 1:-1][better]
        found.append(EncodedWindow(start, end, arcs[0, :-1]))
    first = np.asarray(pieces.first, dtype=np.int64)
    return EncoderScores(_log_softmax(tags[first]), first, home[first], found)


def _log_softmax(values: FloatArray) -> FloatArray:
    shifted = values - values.max(axis=1, keepdims=True)
    scores: FloatArray = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return scores
