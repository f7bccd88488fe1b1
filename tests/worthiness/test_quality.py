"""What the default weights and the types are worth, on sentences written for it, beside "has a figure" alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from claims.worthiness import DEFAULT_WEIGHTS, Feature, claim_type_of, read_features
from claims.worthiness.fitting import average_precision

SENTENCES = [
    json.loads(line) for line in (Path(__file__).parent / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
]


def read_part(part: str) -> list[tuple[dict[str, Any], Feature]]:
    return [(row, read_features(row["text"], is_direct=True)) for row in SENTENCES if row["part"] == part]


@pytest.mark.parametrize(
    ("part", "least", "figures"), [("development", 0.98, 0.76), ("held out", 0.98, 0.78), ("written later", 0.9, 0.69)]
)
def test_average_precision(part: str, least: float, figures: float) -> None:
    rows = read_part(part)
    worth = [row["worth"] for row, _ in rows]
    assert average_precision([DEFAULT_WEIGHTS.points_of(features) for _, features in rows], worth) >= least
    assert average_precision([Feature.FIGURES in features for _, features in rows], worth) <= figures


@pytest.mark.parametrize(("part", "least"), [("development", 0.9), ("held out", 0.82), ("written later", 0.8)])
def test_types(part: str, least: float) -> None:
    typed = [(row["type"], claim_type_of(features)) for row, features in read_part(part) if row["type"]]
    assert sum(expected == found for expected, found in typed) / len(typed) >= least
