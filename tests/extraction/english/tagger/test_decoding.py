"""Decoding of the best valid sequence of tags into runs."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.english.tagger.decoding import TaggedRun, decode_runs
from claims.extraction.english.tagger.tags import Tag

NO_BIAS = np.zeros(len(Tag), dtype=np.float32)


def log_probabilities(*rows: dict[Tag, float]) -> np.ndarray:
    """Return log probabilities of tokens; the rest of a row is spread over its other tags."""
    shares = np.zeros((len(rows), len(Tag)), dtype=np.float32)
    for row, probabilities in zip(shares, rows, strict=True):
        row[:] = (1 - sum(probabilities.values())) / (len(Tag) - len(probabilities))
        for tag, share in probabilities.items():
            row[tag] = share
    return np.log(shares)


def run_bounds(runs: list[TaggedRun]) -> list[tuple[Tag, int, int]]:
    return [(run.part, run.start, run.end) for run in runs]


def test_runs() -> None:
    tags = log_probabilities(
        {Tag.SOURCE: 0.9},
        {Tag.IN_SOURCE: 0.9},
        {Tag.CUE: 0.9},
        {Tag.OUTSIDE: 0.9},
        {Tag.CONTENT: 0.9},
        {Tag.CONTENT: 0.9},
    )
    assert run_bounds(decode_runs(tags, NO_BIAS)) == [
        (Tag.SOURCE, 0, 2),
        (Tag.CUE, 2, 3),
        (Tag.CONTENT, 4, 5),
        (Tag.CONTENT, 5, 6),
    ]


def test_run_must_begin_before_it_continues() -> None:
    tags = log_probabilities({Tag.CUE: 0.45, Tag.CONTENT: 0.4}, {Tag.IN_CONTENT: 0.95})
    assert run_bounds(decode_runs(tags, NO_BIAS)) == [(Tag.CONTENT, 0, 2)]


def test_bias_raises_recall() -> None:
    tags = log_probabilities({Tag.OUTSIDE: 0.5, Tag.CUE: 0.4})
    bias = NO_BIAS.copy()
    bias[Tag.CUE] = 0.5
    assert decode_runs(tags, NO_BIAS) == []
    assert run_bounds(decode_runs(tags, bias)) == [(Tag.CUE, 0, 1)]


def test_probability_of_a_run() -> None:
    (run,) = decode_runs(
        log_probabilities({Tag.CONTENT: 0.6, Tag.IN_CONTENT: 0.2}, {Tag.CONTENT: 0.1, Tag.IN_CONTENT: 0.5}), NO_BIAS
    )
    assert round(run.probability, 3) == 0.7


def test_no_tokens() -> None:
    assert decode_runs(np.zeros((0, len(Tag)), dtype=np.float32), NO_BIAS) == []


@given(st.lists(st.lists(st.floats(-20, 0), min_size=7, max_size=7), min_size=1, max_size=30))
def test_runs_are_disjoint_and_not_empty(rows: list[list[float]]) -> None:
    runs = decode_runs(np.array(rows, dtype=np.float32), NO_BIAS)
    assert all(run.start < run.end <= len(rows) for run in runs)
    assert all(run.end <= next_run.start for run, next_run in itertools.pairwise(runs))
