"""Chooses the tagger's settings on the development corpus: its biases, and the confidence model."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from claims.extraction.confidence import DoubleArray, fit_logistic, predict_confidence
from claims.extraction.corpus import AnnotatedText
from claims.extraction.document import Document
from claims.extraction.english.detector import detect_attributions
from claims.extraction.english.tagger import EncoderScores, Tagger, TaggerSettings, decode_attributions
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
from claims.extraction.text.tokens import TokenizedDocument, tokenize_document

CUE_BIASES = (0.0, 0.5, 1.0)
CONTENT_BIASES = (-0.3, 0.0, 0.3, 0.6)
NOBODY_BIASES = (-1.0, 0.0, 1.0)
FOLD_COUNT = 5
CONFIDENCE_THRESHOLDS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)


@dataclass(frozen=True, slots=True)
class ScoredText:
    """A text of the development corpus with everything that does not depend on the settings."""

    annotated: AnnotatedText
    document: Document
    words: WordIndex
    tokenized: TokenizedDocument
    scores: EncoderScores | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The chosen settings, their F1, and the reliability of confidences in cross-validation."""

    settings: TaggerSettings
    f1: float
    bins: list[ReliabilityBin]


def score_texts(corpus: Iterable[AnnotatedText], tagger: Tagger) -> list[ScoredText]:
    """Run the encoder on each text, once for all settings."""
    texts = []
    for annotated in corpus:
        document = Document.from_text(annotated.text)
        tokenized = tokenize_document(document)
        words = WordIndex.from_text(annotated.text)
        texts.append(ScoredText(annotated, document, words, tokenized, tagger.scores(tokenized.tokens)))
    return texts


def choose_settings(texts: Sequence[ScoredText]) -> Calibration:
    """Choose the biases with the best F1 of attributed quotations, fit the confidence, then choose its threshold."""
    unbiased = TaggerSettings(cue_bias=0.0, content_bias=0.0, nobody_bias=0.0, least=0.0, confidence={})
    candidates = [
        replace(unbiased, cue_bias=cue, content_bias=content, nobody_bias=nobody)
        for cue, content, nobody in product(CUE_BIASES, CONTENT_BIASES, NOBODY_BIASES)
    ]
    best = max(candidates, key=lambda settings: attributed_f1(texts, settings))
    samples, right, folds = _confidence_samples(texts, best)
    names = sorted({name for features in samples for name in features})
    values = np.array([[features.get(name, 0.0) for name in names] for features in samples])
    coefficients = dict(zip(names, map(float, np.round(fit_logistic(values, right), 4)), strict=True))
    cross_validated = np.zeros(len(right))
    for fold in range(FOLD_COUNT):
        is_training = folds != fold
        fold_coefficients = dict(zip(names, fit_logistic(values[is_training], right[is_training]), strict=True))
        cross_validated[~is_training] = [
            predict_confidence(features, fold_coefficients)
            for features, in_training in zip(samples, is_training, strict=True)
            if not in_training
        ]
    settings = replace(best, confidence=coefficients)
    threshold = max(CONFIDENCE_THRESHOLDS, key=lambda least: attributed_f1(texts, replace(settings, least=least)))
    settings = replace(settings, least=threshold)
    is_returned = cross_validated >= threshold
    outcomes = zip(cross_validated[is_returned], right[is_returned] > 0, strict=True)
    return Calibration(settings, attributed_f1(texts, settings), reliability_bins(outcomes))


def predict_quotations(text: ScoredText, settings: TaggerSettings) -> list[Prediction]:
    """Extract a text's quotations with the given settings, without resolving speakers."""
    predictions = []
    for detection in detect_attributions(text.tokenized, decode_attributions(text.scores, settings)):
        confidence = predict_confidence(detection.features, settings.confidence)
        if confidence >= settings.least:
            content, mention, cue = (
                tuple(map(text.document.original_span, spans))
                for spans in (detection.content, detection.source, detection.cue)
            )
            predictions.append(Prediction(content, mention, cue, confidence))
    return predictions


def compare_with_annotations(text: ScoredText, settings: TaggerSettings) -> Comparison:
    gold = annotated_quotes(text.words, text.annotated.attributions)
    return Comparison.match(text.words, gold, predicted_quotes(text.words, predict_quotations(text, settings)))


def attributed_f1(texts: Sequence[ScoredText], settings: TaggerSettings) -> float:
    """Return the F1 of attributed quotations, from 0 to 1."""
    scores = sum_scores(compare_with_annotations(text, settings).scores() for text in texts)
    return scores[Measure.ATTRIBUTED, Subset.ALL].f1


def _confidence_samples(
    texts: Sequence[ScoredText], settings: TaggerSettings
) -> tuple[list[Mapping[str, float]], DoubleArray, DoubleArray]:
    """Return every detected quotation's features, whether it is right (1.0 or 0.0), and its fold."""
    samples: list[Mapping[str, float]] = []
    right: list[float] = []
    folds: list[float] = []
    for number, text in enumerate(texts):
        features = [
            detection.features
            for detection in detect_attributions(text.tokenized, decode_attributions(text.scores, settings))
            if text.words.indexes_in(detection.content)
        ]
        samples.extend(features)
        right.extend(float(is_right) for _, is_right in compare_with_annotations(text, settings).outcomes())
        folds.extend([number % FOLD_COUNT] * len(features))
    return samples, np.array(right), np.array(folds)
