"""Confidence of Russian quotations: logistic regressions over the form of a statement and the evidence for its speaker.

The head of `README.md`, the model card, holds the coefficients, fitted on the development set.
"""

from pathlib import Path

from claims.extraction.quotation import Kind
from claims.extraction.russian.statements import Statement

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
