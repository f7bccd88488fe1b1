"""Confidence of Russian quotations: logistic regressions over the form of a statement and the evidence for its speaker.

The head of `README.md`, the model card, holds the coefficients, fitted on the development set.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from claims.extraction.quotation import Kind
from claims.extraction.russian.statements import Statement
from claims.extraction.tagger.model_files import ModelError, read_card

CARD = Path(__file__).with_name("README.md")


def quotation_features(statement: Statement, *, word_count: int) -> dict[str, float]:
    return {
        "constant": 1.0,
        f"pattern: {statement.pattern.value}": 1.0,
        "mixed": float(statement.kind is Kind.MIXED),
        "no mention": float(statement.mention is None),
        "long": float(word_count > 30),
        "short": float(word_count < 3),
    }


@cache  # the card is the one that the process started with
def load_coefficients(name: str) -> Mapping[str, float]:
    """Return the coefficients of the `quotation` or the `speaker`. Raises `ModelError` if the card has none."""
    coefficients = read_card(CARD).get(name)
    if not isinstance(coefficients, dict) or not all(isinstance(value, float) for value in coefficients.values()):
        raise ModelError(f"{CARD}: no coefficients in it; restore it from the project's history")
    return coefficients
