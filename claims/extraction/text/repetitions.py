"""Finds passages that repeat a few characters tens of thousands of times: no language, at the cost of language."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from claims.extraction.text.edited_text import Edit

MAX_UNIT_LENGTH = 8
MIN_LENGTH = 50_000
# What stays of a passage.
KEPT_LENGTH = 80


def find_repetitions(text: str) -> Iterator[Edit]:
    """Yield the edits that shorten passages of repeated characters, in order. Takes linear time."""
    if len(text) < MIN_LENGTH:
        return
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    is_repeated = np.zeros(len(characters), dtype=bool)
    for length in range(1, MAX_UNIT_LENGTH + 1):
        for start, end in _long_runs(characters[length:] == characters[:-length]):
            is_repeated[start : end + length] = True
    for start, end in _long_runs(is_repeated):
        yield Edit(start + KEPT_LENGTH, end, "")


def _long_runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the start and the end of each run of true flags of `MIN_LENGTH` or more."""
    starts, ends = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])))).reshape(-1, 2).T
    is_long = ends - starts >= MIN_LENGTH
    return list(zip(starts[is_long].tolist(), ends[is_long].tolist(), strict=True))
