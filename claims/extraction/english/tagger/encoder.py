"""Runs the encoder over a document: log probabilities of each token's tags, and vectors for the arcs between tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from claims.extraction.english.tagger.tags import Tag
from claims.extraction.english.tagger.word_pieces import END_ID, START_ID, WordPieces, window_bounds

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FloatArray = NDArray[np.float32]
# The length of an arc head's query and key vectors.
ARC_SIZE = 64


class ArcHead(IntEnum):
    """The kinds of arcs: from a content to its cue, and from a content or a cue to its source."""

    CUE = 0
    SOURCE = 1


@dataclass(frozen=True, slots=True)
class EncodedWindow:
    """Pieces `start` to `end` with their arc vectors [1 + piece, 4 * ARC_SIZE]; row 0 is the start piece."""

    start: int
    end: int
    arcs: FloatArray


@dataclass(frozen=True, slots=True)
class EncoderScores:
    """Log probabilities of the tags [token, tag] and the arc vectors of a document.

    `first_pieces` holds each token's first piece, `home_windows` the index of the window with most context around it.
    """

    tags: FloatArray
    first_pieces: NDArray[np.int64]
    home_windows: NDArray[np.int64]
    windows: list[EncodedWindow]

    def sight(self, start: int, end: int) -> range:
        """Return the tokens to which arcs of tokens `start` to `end` (exclusive) can be scored."""
        first, last = self.windows[self.home_windows[start]], self.windows[self.home_windows[end - 1]]
        return range(*np.searchsorted(self.first_pieces, (first.start, last.end)).tolist())

    def arcs(self, head: ArcHead, tokens: Sequence[int], targets: Sequence[int | None]) -> FloatArray:
        """Return [token, target]: the log probability that the token's arc ends at the target, among those in sight.

        A target is a token, or None for "no source". NaN if the target is outside the token's window.
        """
        target_pieces = np.array([-1 if t is None else self.first_pieces[t] for t in targets], dtype=np.int64)
        token_indexes = np.asarray(tokens, dtype=np.int64)
        log_probabilities = np.full((len(token_indexes), len(target_pieces)), np.nan, dtype=np.float32)
        query_start = 2 * ARC_SIZE * head
        key_start = query_start + ARC_SIZE
        for number in np.unique(self.home_windows[token_indexes]):
            window = self.windows[number]
            rows = np.flatnonzero(self.home_windows[token_indexes] == number)
            is_in_window = (target_pieces >= window.start) & (target_pieces < window.end)
            columns = np.flatnonzero((target_pieces < 0) | is_in_window)
            if not len(columns):
                continue
            query_rows = self.first_pieces[token_indexes[rows]] - window.start + 1
            key_rows = np.where(target_pieces[columns] < 0, 0, target_pieces[columns] - window.start + 1)
            queries = window.arcs[query_rows, query_start:key_start]
            keys = window.arcs[key_rows, key_start : key_start + ARC_SIZE]
            log_probabilities[np.ix_(rows, columns)] = _log_softmax(queries @ keys.T / np.float32(ARC_SIZE**0.5))
        return log_probabilities


def encode_pieces(session: "InferenceSession", pieces: WordPieces) -> EncoderScores:
    """Run the encoder over all windows. Each piece is scored by the window with most context around it."""
    length = len(pieces)
    home_windows = np.zeros(length, dtype=np.int64)
    best_context = np.full(length, -1, dtype=np.int64)
    tags = np.zeros((length, len(Tag)), dtype=np.float32)
    windows: list[EncodedWindow] = []
    # Repetitive text, such as 300,000 times the same word, has the same window again and again.
    results: dict[bytes, tuple[FloatArray, FloatArray]] = {}
    # One window at a time, without batching: its numbers stay in the processor's cache.
    for number, (start, end) in enumerate(window_bounds(length)):
        ids = np.array([[START_ID, *pieces.ids[start:end], END_ID]], dtype=np.int64)
        features = np.array([[0, *pieces.features[start:end], 0]], dtype=np.int64)
        content = ids.tobytes() + features.tobytes()
        if content not in results:
            tag_scores, arcs = session.run(None, {"ids": ids, "features": features})
            results[content] = tag_scores[0, 1:-1], arcs[0, :-1]
        tag_scores, arcs = results[content]
        positions = np.arange(end - start)
        # The beginning and end of the text do not cut off any context.
        left = positions + (length if start == 0 else 0)
        right = positions[::-1] + (length if end == length else 0)
        context = np.minimum(left, right)
        better = context > best_context[start:end]
        best_context[start:end][better] = context[better]
        home_windows[start:end][better] = number
        tags[start:end][better] = tag_scores[better]
        windows.append(EncodedWindow(start, end, arcs))
    first_pieces = np.asarray(pieces.first, dtype=np.int64)
    return EncoderScores(_log_softmax(tags[first_pieces]), first_pieces, home_windows[first_pieces], windows)


def _log_softmax(values: FloatArray) -> FloatArray:
    shifted = values - values.max(axis=1, keepdims=True)
    scores: FloatArray = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return scores
