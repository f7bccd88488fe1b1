"""How sure a quotation is: of a hundred with confidence 0.9, about ninety are right in content and speaker.

A logistic model over what the tagger says of the quotation's parts. Its coefficients stand in the model card; they were
fitted on the development corpus, where right means what the evaluation counts as right.
"""

import math
from collections.abc import Mapping

from claims.extraction.drafts import Draft
from claims.extraction.quotation import Kind

# Nothing is certain, and nothing that is shown is impossible.
LOWEST, HIGHEST = 0.01, 0.99
FARTHEST = 30.0


def signs(draft: Draft, kind: Kind, *, words: int) -> dict[str, float]:
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
            "content": _odds(min(content.probability for content in linked.contents)),
            "cue": _odds(linked.cue.probability) if linked.cue else 0.0,
            "source": _odds(linked.source.probability) if linked.source else 0.0,
            "cue link": _odds(linked.cue_probability),
            "source link": _odds(linked.source_probability),
        }
    return found


def confidence(found: Mapping[str, float], coefficients: Mapping[str, float]) -> float:
    """The share of quotations with such signs that are right, by the model card's coefficients."""
    total = sum(coefficients.get(name, 0.0) * value for name, value in found.items())
    total = min(FARTHEST, max(-FARTHEST, total))
    return round(min(HIGHEST, max(LOWEST, 1 / (1 + math.exp(-total)))), 3)


def _odds(share: float) -> float:
    """The share's log odds, bounded."""
    bounded = min(0.999, max(0.001, share))
    return math.log(bounded / (1 - bounded))
