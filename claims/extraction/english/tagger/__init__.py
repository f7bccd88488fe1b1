"""The trained tagger: finds the attributions among a document's tokens."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from claims.extraction.english.tagger.decoding import TaggedRun, decode_runs
from claims.extraction.english.tagger.encoder import EncoderScores, encode_pieces
from claims.extraction.english.tagger.linking import LinkedAttribution, link_runs
from claims.extraction.english.tagger.model_files import TaggerModel, TaggerSettings, load_model
from claims.extraction.english.tagger.tags import Tag
from claims.extraction.english.tagger.word_pieces import Vocabulary, split_into_pieces
from claims.extraction.text.tokens import Token

__all__ = [
    "EncoderScores",
    "LinkedAttribution",
    "TaggedRun",
    "Tagger",
    "TaggerSettings",
    "decode_attributions",
    "load_tagger",
]


class Tagger:
    """A model with its vocabulary. Thread-safe."""

    def __init__(self, model: TaggerModel) -> None:
        self.settings = model.settings
        self._session = model.session
        self._vocabulary = Vocabulary(model.tokenizer)

    def scores(self, tokens: Sequence[Token]) -> EncoderScores | None:
        """Run the encoder, in time linear in the number of tokens; None if there are none."""
        return encode_pieces(self._session, split_into_pieces(tokens, self._vocabulary)) if tokens else None

    def attributions(self, tokens: Sequence[Token]) -> list[LinkedAttribution]:
        """Return the attributions in the order of their contents."""
        return decode_attributions(self.scores(tokens), self.settings)


def decode_attributions(scores: EncoderScores | None, settings: TaggerSettings) -> list[LinkedAttribution]:
    """Decode the encoder's scores with the given biases."""
    if scores is None:
        return []
    bias = np.zeros(len(Tag), dtype=np.float32)
    bias[[Tag.CUE, Tag.IN_CUE]] = settings.cue_bias
    bias[[Tag.CONTENT, Tag.IN_CONTENT]] = settings.content_bias
    return link_runs(decode_runs(scores.tags, bias), scores, settings.nobody_bias)


@cache  # likewise, as a session takes seconds to load
def load_tagger() -> Tagger:
    """Return the tagger with the packaged model; loaded once. Raises `ModelError` if its files are damaged."""
    return Tagger(load_model())
