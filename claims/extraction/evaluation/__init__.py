"""Evaluates extraction: compares a system's predictions with the annotations of a corpus."""

from claims.extraction.evaluation.comparable_quotes import Subset, annotated_quotes, predicted_quotes
from claims.extraction.evaluation.comparison import Comparison, MatchCounts, Measure, Scores, sum_scores
from claims.extraction.evaluation.predictions import DocumentPredictions, Prediction, PredictionError, read_predictions
from claims.extraction.evaluation.reliability import ReliabilityBin, reliability_bins
from claims.extraction.evaluation.score_tables import format_reliability, format_scores, format_speaker_scores
from claims.extraction.evaluation.speaker_scores import Outcome, SpeakerScores, score_speakers, speaker_outcomes
from claims.extraction.evaluation.word_index import WordIndex

__all__ = [
    "Comparison",
    "DocumentPredictions",
    "MatchCounts",
    "Measure",
    "Outcome",
    "Prediction",
    "PredictionError",
    "ReliabilityBin",
    "Scores",
    "SpeakerScores",
    "Subset",
    "WordIndex",
    "annotated_quotes",
    "format_reliability",
    "format_scores",
    "format_speaker_scores",
    "predicted_quotes",
    "read_predictions",
    "reliability_bins",
    "score_speakers",
    "speaker_outcomes",
    "sum_scores",
]
