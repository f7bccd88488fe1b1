"""How good extraction is: what a system finds in annotated texts, compared with what people found there."""

from claims.extraction.evaluation.predictions import Predicted, Prediction, PredictionError, read_predictions
from claims.extraction.evaluation.quotes import Subset, annotated_quotes, predicted_quotes
from claims.extraction.evaluation.reliability import Bin, reliability
from claims.extraction.evaluation.scores import Comparison, Count, Measure, Scores, total
from claims.extraction.evaluation.table import reliability_table, scores_table
from claims.extraction.evaluation.words import Words

__all__ = [
    "Bin",
    "Comparison",
    "Count",
    "Measure",
    "Predicted",
    "Prediction",
    "PredictionError",
    "Scores",
    "Subset",
    "Words",
    "annotated_quotes",
    "predicted_quotes",
    "read_predictions",
    "reliability",
    "reliability_table",
    "scores_table",
    "total",
]
