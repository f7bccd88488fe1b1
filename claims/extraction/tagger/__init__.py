"""The trained tagger: from a document's words to its attributions as runs of words."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from claims.extraction.tagger.links import Linked, link
from claims.extraction.tagger.pieces import Vocabulary, pieces_of
from claims.extraction.tagger.runs import Run, runs_of
from claims.extraction.tagger.scores import Scores, score
from claims.extraction.tagger.tags import Tag
from claims.extraction.tagger.weights import ModelError, Settings, Weights, load
from claims.extraction.tagger.words import Word

__all__ = ["Linked", "ModelError", "Run", "Scores", "Settings", "Tagger", "Word", "linked", "tagger"]


class Tagger:
    """A model and its vocabulary; may be shared between threads."""

    def __init__(self, weights: Weights) -> None:
        self.settings = weights.settings
        self._session = weights.session
        self._vocabulary = Vocabulary(weights.tokenizer)

    def scores(self, words: Sequence[Word]) -> Scores | None:
        """What the encoder says of the words; None where there are none. Takes time linear in their number."""
        return score(self._session, pieces_of(words, self._vocabulary)) if words else None

    def attributions(self, words: Sequence[Word]) -> list[Linked]:
        """The attributions among the words, in the order of their contents."""
        return linked(self.scores(words), self.settings)


def linked(scores: Scores | None, settings: Settings) -> list[Linked]:
    """The attributions that the scores tell of with these settings."""
    if scores is None:
        return []
    bias = np.zeros(len(Tag), dtype=np.float32)
    bias[[Tag.CUE, Tag.IN_CUE]] = settings.cue_bias
    bias[[Tag.CONTENT, Tag.IN_CONTENT]] = settings.content_bias
    return link(runs_of(scores.tags, bias), scores, settings.nobody_bias)


@cache
def tagger() -> Tagger:
    """The tagger with the project's own weights; loaded once. Raises `ModelError` when they are not to be run."""
    return Tagger(load())
