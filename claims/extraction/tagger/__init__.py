"""The trained tagger: from a document's words to its attributions as runs of words."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from claims.extraction.tagger.decoding import TaggedRun, decode_runs
from claims.extraction.tagger.encoder import EncoderScores, encode_pieces
from claims.extraction.tagger.linking import LinkedAttribution, link_runs
from claims.extraction.tagger.model_files import ModelError, TaggerModel, TaggerSettings, load_model
from claims.extraction.tagger.tags import Tag
from claims.extraction.tagger.word_pieces import Vocabulary, split_into_pieces
from claims.extraction.text.tokens import Token

__all__ = [
    "EncoderScores",
    "LinkedAttribution",
    "ModelError",
    "TaggedRun",
    "Tagger",
    "TaggerSettings",
    "Token",
    "decode_attributions",
    "load_tagger",
]


class Tagger:
    """A model and its vocabulary; may be shared between threads."""

    def __init__(self, weights: TaggerModel) -> None:
        self.settings = weights.settings
        self._session = weights.session
        self._vocabulary = Vocabulary(weights.tokenizer)

    def scores(self, words: Sequence[Token]) -> EncoderScores | None:
        """What the encoder says of the words; None where there are none. Takes time linear in their number."""
        return encode_pieces(self._session, split_into_pieces(words, self._vocabulary)) if words else None

    def attributions(self, words: Sequence[Token]) -> list[LinkedAttribution]:
        """The attributions among the words, in the order of their contents."""
        return decode_attributions(self.scores(words), self.settings)


def decode_attributions(scores: EncoderScores | None, settings: TaggerSettings) -> list[LinkedAttribution]:
    """The attributions that the scores tell of with these settings."""
    if scores is None:
        return []
    bias = np.zeros(len(Tag), dtype=np.float32)
    bias[[Tag.CUE, Tag.IN_CUE]] = settings.cue_bias
    bias[[Tag.CONTENT, Tag.IN_CONTENT]] = settings.content_bias
    return link_runs(decode_runs(scores.tags, bias), scores, settings.nobody_bias)


@cache
def load_tagger() -> Tagger:
    """The tagger with the project's own weights; loaded once. Raises `ModelError` when they are not to be run."""
    return Tagger(load_model())
