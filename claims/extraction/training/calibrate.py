"""What is chosen on the development corpus once the network is trained: the tagger's biases and the confidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from claims.extraction.confidence import confidence
from claims.extraction.corpus import Annotated
from claims.extraction.document import Document
from claims.extraction.evaluation import (
    Bin,
    Comparison,
    Measure,
    Prediction,
    Subset,
    Words,
    annotated_quotes,
    predicted_quotes,
    reliability,
    total,
)
from claims.extraction.finding import find
from claims.extraction.tagger import Scores, Settings, Tagger, linked
from claims.extraction.tagger.words import Script, script_of

Floats = NDArray[np.float64]

CUE_BIASES = (0.0, 0.5, 1.0)
CONTENT_BIASES = (-0.3, 0.0, 0.3, 0.6)
NOBODY_BIASES = (-1.0, 0.0, 1.0)
# Ridge of the logistic fit: a dozen coefficients, two thousand quotations.
RIDGE = 1.0
STEPS = 30
FOLDS = 5
LEAST = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)


@dataclass(frozen=True, slots=True)
class Read:
    """A text of the development corpus with all that does not depend on what is chosen."""

    annotated: Annotated
    words: Words
    script: Script
    scores: Scores | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The settings chosen, the F1 they reach, and how reliable the confidence is on texts it was not fitted on."""

    settings: Settings
    f1: float
    bins: list[Bin]


def read_all(corpus: Iterable[Annotated], tagger: Tagger) -> list[Read]:
    """Score the texts once for all settings that are tried."""
    found = []
    for annotated in corpus:
        script = script_of(Document.from_text(annotated.text))
        found.append(Read(annotated, Words.of(annotated.text), script, tagger.scores(script.words)))
    return found


def calibrate(texts: Sequence[Read]) -> Calibration:
    """Choose the biases with the best F1 of attributed quotations, fit the confidence, then the least one given out."""
    plain = Settings(cue_bias=0.0, content_bias=0.0, nobody_bias=0.0, least=0.0, confidence={})
    tried = [
        replace(plain, cue_bias=cue, content_bias=content, nobody_bias=nobody)
        for cue, content, nobody in product(CUE_BIASES, CONTENT_BIASES, NOBODY_BIASES)
    ]
    best = max(tried, key=lambda settings: f1(texts, settings))
    signs, right, folds = _samples(texts, best)
    names = sorted({name for found in signs for name in found})
    values = np.array([[found.get(name, 0.0) for name in names] for found in signs])
    fitted = dict(zip(names, map(float, np.round(logistic(values, right), 4)), strict=True))
    unseen = np.zeros(len(right))
    for fold in range(FOLDS):
        inside = folds != fold
        coefficients = dict(zip(names, logistic(values[inside], right[inside]), strict=True))
        unseen[~inside] = [confidence(found, coefficients) for found, i in zip(signs, inside, strict=True) if not i]
    settings = replace(best, confidence=fitted)
    least = max(LEAST, key=lambda bound: f1(texts, replace(settings, least=bound)))
    settings = replace(settings, least=least)
    kept = unseen >= least
    return Calibration(settings, f1(texts, settings), reliability(zip(unseen[kept], right[kept] > 0, strict=True)))


def predictions(text: Read, settings: Settings) -> list[Prediction]:
    """What extraction finds in the text with these settings, before the speaker is resolved."""
    found = find(text.script, linked(text.scores, settings))
    predicted = [Prediction(f.content, f.source, f.cue, confidence(f.signs, settings.confidence)) for f in found]
    return [each for each in predicted if each.confidence is None or each.confidence >= settings.least]


def compare(text: Read, settings: Settings) -> Comparison:
    """The text's annotations beside what is found with these settings."""
    gold = annotated_quotes(text.words, text.annotated.attributions)
    return Comparison.of(text.words, gold, predicted_quotes(text.words, predictions(text, settings)))


def f1(texts: Sequence[Read], settings: Settings) -> float:
    """The F1 of attributed quotations, from 0 to 1."""
    scores = total(compare(text, settings).scores() for text in texts)
    return scores[Measure.ATTRIBUTED, Subset.ALL].f1


def _samples(texts: Sequence[Read], settings: Settings) -> tuple[list[Mapping[str, float]], Floats, Floats]:
    """The signs of every quotation found, whether it is right, and the fold of its text."""
    signs: list[Mapping[str, float]] = []
    right: list[float] = []
    folds: list[float] = []
    for number, text in enumerate(texts):
        found = [each for each in find(text.script, linked(text.scores, settings)) if text.words.under(each.content)]
        outcomes = list(compare(text, settings).outcomes())
        signs.extend(each.signs for each in found)
        right.extend(float(is_right) for _, is_right in outcomes)
        folds.extend([number % FOLDS] * len(found))
    return signs, np.array(right), np.array(folds)


def logistic(values: Floats, right: Floats) -> Floats:
    """Coefficients [sign] of a ridge logistic regression of `right` on `values` [sample, sign], by Newton's method."""
    weights = np.zeros(values.shape[1])
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-(values @ weights)))
        slope = values.T @ (right - share) - RIDGE * weights
        curve = (values.T * (share * (1 - share))) @ values + RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights
