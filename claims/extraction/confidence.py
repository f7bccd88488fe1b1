"""Confidence: the probability that a quotation's content and speaker are both right, and that its speaker is.

The first is a logistic regression over the tagger's probabilities and the quotation's form. The model card holds its
coefficients, which were fitted on the development corpus with the evaluation's own definition of "right". The second is
a lower bound for each kind of mention.
"""

import math
from collections.abc import Mapping

from claims.extraction.candidates import Candidate
from claims.extraction.quotation import Kind, MentionKind, Resolved, Speaker

# A reported confidence is never 0 or 1: nothing is certain, and nothing shown is impossible.
MIN_CONFIDENCE = 0.01
MAX_CONFIDENCE = 0.99
MAX_LOG_ODDS = 30.0
SPEAKER_CONFIDENCE = {MentionKind.NAME: 0.95, MentionKind.PRONOUN: 0.9, MentionKind.NOMINAL: 0.5}


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
            "content": _log_odds(min(content.probability for content in linked.contents)),
            "cue": _log_odds(linked.cue.probability) if linked.cue else 0.0,
            "source": _log_odds(linked.source.probability) if linked.source else 0.0,
            "cue link": _log_odds(linked.cue_probability),
            "source link": _log_odds(linked.source_probability),
        }
    return features


def predict_confidence(features: Mapping[str, float], coefficients: Mapping[str, float]) -> float:
    """Apply the regression. A feature without a coefficient is ignored."""
    log_odds = sum(coefficients.get(name, 0.0) * value for name, value in features.items())
    log_odds = min(MAX_LOG_ODDS, max(-MAX_LOG_ODDS, log_odds))
    return round(min(MAX_CONFIDENCE, max(MIN_CONFIDENCE, 1 / (1 + math.exp(-log_odds)))), 3)


def speaker_confidence(speaker: Speaker, mention_kind: MentionKind | None) -> float | None:
    """Return the confidence of a resolved speaker; None for any other."""
    return SPEAKER_CONFIDENCE[mention_kind] if isinstance(speaker, Resolved) and mention_kind else None


def _log_odds(probability: float) -> float:
    bounded = min(0.999, max(0.001, probability))
    return math.log(bounded / (1 - bounded))
