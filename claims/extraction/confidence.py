"""Confidence: the probability that a quotation's content and speaker are both right, and that its speaker is.

Both are logistic regressions, fitted on annotated corpora with the evaluation's own definition of "right". The first is
over the tagger's probabilities and the quotation's form; the tagger's model card holds its coefficients. The second is
over the first and the resolver's evidence; `model/speakers.md` holds its coefficients.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from claims.extraction.candidates import Candidate
from claims.extraction.quotation import Ambiguous, Kind, Resolved, Speaker, SpeakerCandidate
from claims.extraction.tagger.model_files import MODEL_FOLDER, ModelError, read_card

# A reported confidence is never 0 or 1: nothing is certain, and nothing shown is impossible.
MIN_CONFIDENCE = 0.01
MAX_CONFIDENCE = 0.99
MAX_LOG_ODDS = 30.0
SPEAKER_CARD = MODEL_FOLDER / "speakers.md"
# Below this confidence, the others to whom the mention may refer are given as well.
MIN_CERTAIN_CONFIDENCE = 0.9


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


@cache  # the card is the one that the process started with
def load_speaker_coefficients(path: Path = SPEAKER_CARD) -> Mapping[str, float]:
    """Return the coefficients of the speaker's confidence. Raises `ModelError` if the card cannot be read."""
    coefficients = read_card(path).get("confidence")
    if not isinstance(coefficients, dict) or not all(isinstance(value, float) for value in coefficients.values()):
        raise ModelError(f"{path}: no coefficients in it; restore it from the project's history")
    return coefficients


def speaker_confidence_features(evidence: Mapping[str, float], confidence: float) -> dict[str, float]:
    """Return the regression's features from the resolver's evidence and the quotation's confidence."""
    return {**evidence, "quotation": _log_odds(confidence)}


def list_candidates(
    speaker: Speaker, confidence: float | None, alternatives: Sequence[tuple[str, float]]
) -> tuple[SpeakerCandidate, ...]:
    """Return whom a mention may refer to, likeliest first; nobody if the speaker is certain enough.

    `alternatives` are the people whom the resolver considered, with their salience. Those beside a resolved speaker
    share what its confidence leaves.
    """
    if isinstance(speaker, Resolved) and confidence is not None and confidence < MIN_CERTAIN_CONFIDENCE:
        shares = {speaker.name: confidence}
        others = [(name, weight) for name, weight in alternatives if name != speaker.name]
    elif isinstance(speaker, Ambiguous):
        shares, others = {}, list(alternatives)
    else:
        return ()
    rest, total = 1 - sum(shares.values()), sum(weight for _, weight in others)
    shares |= {name: rest * weight / total for name, weight in others if total}
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    return tuple(SpeakerCandidate(name, round(share, 3)) for name, share in ranked)


def _log_odds(probability: float) -> float:
    bounded = min(0.999, max(0.001, probability))
    return math.log(bounded / (1 - bounded))
