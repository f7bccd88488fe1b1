"""How sure a quotation is: of a hundred with confidence 0.9, about ninety are right in content and speaker.

A logistic model over what the tagger says of the quotation's parts. Its coefficients stand in the model card; they were
fitted on the development corpus, where right means what the evaluation counts as right.
"""

import math
from collections.abc import Mapping

from claims.extraction.candidates import Candidate
from claims.extraction.quotation import Kind

# Nothing is certain, and nothing that is shown is impossible.
MIN_CONFIDENCE, MAX_CONFIDENCE = 0.01, 0.99
MAX_LOG_ODDS = 30.0


def confidence_features(draft: Candidate, kind: Kind, *, words: int) -> dict[str, float]:
    """What the confidence is made of, by name; `words` is the length of the content."""
    linked = draft.linked
    found = {
        "constant": 1.0,
        "no cue": float(draft.cue is None),
        "no source": float(draft.source is None),
        "direct": float(kind is Kind.DIRECT),
        "mixed": float(kind is Kind.MIXED),
        "parts": float(len(draft.content) - 1),
        "length": math.log(words + 1),
        "repaired": float(bool(draft.repaired)),
        "by rule": float(linked is None),
    }
    if linked:
        found |= {
            "content": _log_odds(min(content.probability for content in linked.contents)),
            "cue": _log_odds(linked.cue.probability) if linked.cue else 0.0,
            "source": _log_odds(linked.source.probability) if linked.source else 0.0,
            "cue link": _log_odds(linked.cue_probability),
            "source link": _log_odds(linked.source_probability),
        }
    return found


def predict_confidence(found: Mapping[str, float], coefficients: Mapping[str, float]) -> float:
    """The share of quotations with such signs that are right, by the model card's coefficients."""
    total = sum(coefficients.get(name, 0.0) * value for name, value in found.items())
    total = min(MAX_LOG_ODDS, max(-MAX_LOG_ODDS, total))
    return round(min(MAX_CONFIDENCE, max(MIN_CONFIDENCE, 1 / (1 + math.exp(-total)))), 3)


def _log_odds(share: float) -> float:
    """The share's log odds, bounded."""
    bounded = min(0.999, max(0.001, share))
    return math.log(bounded / (1 - bounded))
