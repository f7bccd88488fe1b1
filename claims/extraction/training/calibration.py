"""What is chosen on the development corpus once the network is trained: the tagger's biases and the confidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from claims.extraction.confidence import predict_confidence
from claims.extraction.corpus import AnnotatedText
from claims.extraction.detector import detect_attributions
from claims.extraction.document import Document
from claims.extraction.evaluation import (
    Comparison,
    Measure,
    Prediction,
    ReliabilityBin,
    Subset,
    WordIndex,
    annotated_quotes,
    predicted_quotes,
    reliability_bins,
    sum_scores,
)
from claims.extraction.tagger import EncoderScores, Tagger, TaggerSettings, decode_attributions
from claims.extraction.text.tokens import TokenizedDocument, tokenize_document

DoubleArray = NDArray[np.float64]

CUE_BIASES = (0.0, 0.5, 1.0)
CONTENT_BIASES = (-0.3, 0.0, 0.3, 0.6)
NOBODY_BIASES = (-1.0, 0.0, 1.0)
# Ridge of the logistic fit: a dozen coefficients, two thousand quotations.
RIDGE_PENALTY = 1.0
NEWTON_STEPS = 30
FOLD_COUNT = 5
CONFIDENCE_THRESHOLDS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)


@dataclass(frozen=True, slots=True)
class ScoredText:
    """A text of the development corpus with all that does not depend on what is chosen."""

    annotated: AnnotatedText
    words: WordIndex
    script: TokenizedDocument
    scores: EncoderScores | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The settings chosen, the F1 they reach, and how reliable the confidence is on texts it was not fitted on."""

    settings: TaggerSettings
    f1: float
    bins: list[ReliabilityBin]


def score_texts(corpus: Iterable[AnnotatedText], tagger: Tagger) -> list[ScoredText]:
    """Score the texts once for all settings that are tried."""
    found = []
    for annotated in corpus:
        script = tokenize_document(Document.from_text(annotated.text))
        found.append(ScoredText(annotated, WordIndex.of(annotated.text), script, tagger.scores(script.words)))
    return found


def choose_settings(texts: Sequence[ScoredText]) -> Calibration:
    """Choose the biases with the best F1 of attributed quotations, fit the confidence, then the least one given out."""
    plain = TaggerSettings(cue_bias=0.0, content_bias=0.0, nobody_bias=0.0, least=0.0, confidence={})
    tried = [
        replace(plain, cue_bias=cue, content_bias=content, nobody_bias=nobody)
        for cue, content, nobody in product(CUE_BIASES, CONTENT_BIASES, NOBODY_BIASES)
    ]
    best = max(tried, key=lambda settings: attributed_f1(texts, settings))
    signs, right, folds = _confidence_samples(texts, best)
    names = sorted({name for found in signs for name in found})
    values = np.array([[found.get(name, 0.0) for name in names] for found in signs])
    fitted = dict(zip(names, map(float, np.round(fit_logistic(values, right), 4)), strict=True))
    unseen = np.zeros(len(right))
    for fold in range(FOLD_COUNT):
        inside = folds != fold
        coefficients = dict(zip(names, fit_logistic(values[inside], right[inside]), strict=True))
        unseen[~inside] = [
            predict_confidence(found, coefficients) for found, i in zip(signs, inside, strict=True) if not i
        ]
    settings = replace(best, confidence=fitted)
    least = max(CONFIDENCE_THRESHOLDS, key=lambda bound: attributed_f1(texts, replace(settings, least=bound)))
    settings = replace(settings, least=least)
    kept = unseen >= least
    return Calibration(
        settings, attributed_f1(texts, settings), reliability_bins(zip(unseen[kept], right[kept] > 0, strict=True))
    )


def predict_quotations(text: ScoredText, settings: TaggerSettings) -> list[Prediction]:
    """What extraction finds in the text with these settings, before the speaker is resolved."""
    found = detect_attributions(text.script, decode_attributions(text.scores, settings))
    predicted = [
        Prediction(f.content, f.source, f.cue, predict_confidence(f.signs, settings.confidence)) for f in found
    ]
    return [each for each in predicted if each.confidence is None or each.confidence >= settings.least]


def compare_with_annotations(text: ScoredText, settings: TaggerSettings) -> Comparison:
    """The text's annotations beside what is found with these settings."""
    gold = annotated_quotes(text.words, text.annotated.attributions)
    return Comparison.of(text.words, gold, predicted_quotes(text.words, predict_quotations(text, settings)))


def attributed_f1(texts: Sequence[ScoredText], settings: TaggerSettings) -> float:
    """The F1 of attributed quotations, from 0 to 1."""
    scores = sum_scores(compare_with_annotations(text, settings).scores() for text in texts)
    return scores[Measure.ATTRIBUTED, Subset.ALL].f1


def _confidence_samples(
    texts: Sequence[ScoredText], settings: TaggerSettings
) -> tuple[list[Mapping[str, float]], DoubleArray, DoubleArray]:
    """The signs of every quotation found, whether it is right, and the fold of its text."""
    signs: list[Mapping[str, float]] = []
    right: list[float] = []
    folds: list[float] = []
    for number, text in enumerate(texts):
        found = [
            each
            for each in detect_attributions(text.script, decode_attributions(text.scores, settings))
            if text.words.under(each.content)
        ]
        outcomes = list(compare_with_annotations(text, settings).outcomes())
        signs.extend(each.signs for each in found)
        right.extend(float(is_right) for _, is_right in outcomes)
        folds.extend([number % FOLD_COUNT] * len(found))
    return signs, np.array(right), np.array(folds)


def fit_logistic(values: DoubleArray, right: DoubleArray) -> DoubleArray:
    """Coefficients [sign] of a ridge logistic regression of `right` on `values` [sample, sign], by Newton's method."""
    weights = np.zeros(values.shape[1])
    for _ in range(NEWTON_STEPS):
        share = 1 / (1 + np.exp(-(values @ weights)))
        slope = values.T @ (right - share) - RIDGE_PENALTY * weights
        curve = (values.T * (share * (1 - share))) @ values + RIDGE_PENALTY * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights
