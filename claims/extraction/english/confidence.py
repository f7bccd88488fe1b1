"""The features of both confidences in English: the tagger's probabilities, the form, and the resolver's evidence.

The tagger's model card holds the coefficients of quotations, `model/speakers.md` those of speakers.
"""

import math
from collections.abc import Mapping

from claims.extraction.confidence import log_odds
from claims.extraction.english.candidates import Candidate
from claims.extraction.english.tagger.model_files import MODEL_FOLDER
from claims.extraction.quotation import Kind

SPEAKER_CARD = MODEL_FOLDER / "speakers.md"


def confidence_features(candidate: Candidate, kind: Kind, *, word_count: int) -> dict[str, float]:
    """Return the regression's features under the names that the model card uses; `word_count` is the content's."""
    linked = candidate.linked
    features = {
        "constant": 1.0,
        "no cue": float(candidate.cue is None),
        "no source": float(candidate.source is None),
        "direct": float(kind is Kind.DIRECT),
        "mixed": float(kind is Kind.MIXED),
        "parts": float(len(candidate.content) - 1),
        "length": math.log(word_count + 1),
        "repaired": float(bool(candidate.repaired)),
        "by rule": float(linked is None),
    }
    if linked:
        features |= {
            "content": log_odds(min(content.probability for content in linked.contents)),
            "cue": log_odds(linked.cue.probability) if linked.cue else 0.0,
            "source": log_odds(linked.source.probability) if linked.source else 0.0,
            "cue link": log_odds(linked.cue_probability),
            "source link": log_odds(linked.source_probability),
        }
    return features


def speaker_confidence_features(evidence: Mapping[str, float], confidence: float) -> dict[str, float]:
    """Return the regression's features from the resolver's evidence and the quotation's confidence."""
    return {**evidence, "quotation": log_odds(confidence)}
