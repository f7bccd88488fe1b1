"""Evaluates extraction: compares a system's predictions with the annotations of a corpus."""

from claims.extraction.evaluation.comparable_quotes import Subset, annotated_quotes, predicted_quotes
from claims.extraction.evaluation.comparison import Comparison, MatchCounts, Measure, Scores, sum_scores
from claims.extraction.evaluation.predictions import DocumentPredictions, Prediction, PredictionError, read_predictions
from claims.extraction.evaluation.reliability import ReliabilityBin, reliability_bins
from claims.extraction.evaluation.score_tables import format_reliability, format_scores
from claims.extraction.evaluation.word_index import WordIndex

__all__ = [
    "Comparison",
    "DocumentPredictions",
    "MatchCounts",
    "Measure",
    "Prediction",
    "PredictionError",
    "ReliabilityBin",
    "Scores",
    "Subset",
    "WordIndex",
    "annotated_quotes",
    "format_reliability",
    "format_scores",
    "predicted_quotes",
    "read_predictions",
    "reliability_bins",
    "sum_scores",
]
