"""Linking by given arcs: contents to cues, cues and contents to sources."""

import tracemalloc

import numpy as np

from claims.extraction.english.tagger.decoding import TaggedRun
from claims.extraction.english.tagger.encoder import ARC_SIZE, ArcHead, EncodedWindow, EncoderScores
from claims.extraction.english.tagger.linking import LinkedAttribution, link_runs
from claims.extraction.english.tagger.tags import Tag

NO_SOURCE = -1


def make_scores(words: int, arcs: dict[tuple[ArcHead, int], int], window_length: int | None = None) -> EncoderScores:
    """Return scores in which token i is piece i and arcs (head, token) end at their targets with near certainty.

    `window_length` is the number of tokens in a window.
    """
    size = window_length or words
    starts = range(0, words, size)
    windows = []
    for start in starts:
        end = min(words, start + size)
        vectors = np.zeros((end - start + 1, 4 * ARC_SIZE), dtype=np.float32)
        for head in ArcHead:
            at = 2 * ARC_SIZE * head
            for row in range(end - start + 1):  # row 0 is the start piece; every row has a key of its own
                vectors[row, at + ARC_SIZE + row] = 8.0
        for (head, word), target in arcs.items():
            if start <= word < end and (target == NO_SOURCE or start <= target < end):
                vectors[word - start + 1, 2 * ARC_SIZE * head + (0 if target == NO_SOURCE else target - start + 1)] = (
                    8.0
                )
        windows.append(EncodedWindow(start, end, vectors))
    home_windows = np.arange(words) // size
    return EncoderScores(np.zeros((words, len(Tag)), dtype=np.float32), np.arange(words), home_windows, windows)


def tagged_run(part: Tag, start: int, end: int) -> TaggedRun:
    return TaggedRun(part, start, end, 0.9)


# 0 "Moor", 1 "said", 2-4 content, 5 "she", 6 "added", 7-9 content
MOOR, SAID, FIRST = tagged_run(Tag.SOURCE, 0, 1), tagged_run(Tag.CUE, 1, 2), tagged_run(Tag.CONTENT, 2, 5)
SHE, ADDED, SECOND = tagged_run(Tag.SOURCE, 5, 6), tagged_run(Tag.CUE, 6, 7), tagged_run(Tag.CONTENT, 7, 10)
RUNS = [MOOR, SAID, FIRST, SHE, ADDED, SECOND]


def arcs_to(words: range, head: ArcHead, target: int) -> dict[tuple[ArcHead, int], int]:
    return {(head, word): target for word in words}


def describe_linked(linked: list[LinkedAttribution]) -> list[tuple[int, int | None, int | None]]:
    """Return where each content, its cue and its source begin."""
    return [(a.contents[0].start, a.cue and a.cue.start, a.source and a.source.start) for a in linked]


def test_separate_cues_and_sources() -> None:
    arcs = {
        **arcs_to(range(2, 5), ArcHead.CUE, 1),
        **arcs_to(range(7, 10), ArcHead.CUE, 6),
        **arcs_to(range(1, 5), ArcHead.SOURCE, 0),
        **arcs_to(range(6, 10), ArcHead.SOURCE, 5),
    }
    linked = link_runs(RUNS, make_scores(10, arcs), 0.0)
    assert describe_linked(linked) == [(2, 1, 0), (7, 6, 5)]
    assert all(attribution.cue_probability > 0.9 and attribution.source_probability > 0.9 for attribution in linked)


def test_two_cues_share_a_source() -> None:
    arcs = {
        **arcs_to(range(2, 5), ArcHead.CUE, 1),
        **arcs_to(range(7, 10), ArcHead.CUE, 6),
        **arcs_to(range(1, 10), ArcHead.SOURCE, 0),
    }
    assert describe_linked(link_runs(RUNS, make_scores(10, arcs), 0.0)) == [(2, 1, 0), (7, 6, 0)]


def test_contents_of_a_cue_are_one_attribution() -> None:
    arcs = {**arcs_to(range(2, 10), ArcHead.CUE, 1), **arcs_to(range(1, 10), ArcHead.SOURCE, 0)}
    (linked,) = link_runs(RUNS, make_scores(10, arcs), 0.0)
    assert linked.contents == (FIRST, SECOND)


def test_no_source() -> None:
    arcs = {**arcs_to(range(2, 5), ArcHead.CUE, 1), **arcs_to(range(1, 5), ArcHead.SOURCE, NO_SOURCE)}
    assert describe_linked(link_runs(RUNS[:3], make_scores(5, arcs), 0.0)) == [(2, 1, None)]


def test_no_source_bias() -> None:
    arcs = arcs_to(range(2, 5), ArcHead.CUE, 1)  # arcs to sources are undecided
    assert describe_linked(link_runs(RUNS[:3], make_scores(5, arcs), 1.0)) == [(2, 1, None)]
    assert describe_linked(link_runs(RUNS[:3], make_scores(5, arcs), -1.0)) == [(2, 1, 0)]


def test_content_out_of_sight_of_any_cue_stands_alone() -> None:
    linked = link_runs(
        [MOOR, SAID, FIRST, SECOND], make_scores(10, arcs_to(range(2, 5), ArcHead.CUE, 1), window_length=5), 0.0
    )
    assert describe_linked(linked)[1] == (7, None, None)


def test_contents_without_a_cue_stay_apart() -> None:
    linked = link_runs([FIRST, SECOND], make_scores(10, {}), 0.0)
    assert describe_linked(linked) == [(2, None, None), (7, None, None)]


def test_no_runs() -> None:
    assert link_runs([], make_scores(1, {}), 0.0) == []


def test_many_runs_are_linked_in_little_memory() -> None:
    count = 20_000
    runs = [
        run
        for start in range(0, 10 * count, 10)
        for run in (
            tagged_run(Tag.SOURCE, start, start + 1),
            tagged_run(Tag.CUE, start + 1, start + 2),
            tagged_run(Tag.CONTENT, start + 2, start + 5),
        )
    ]
    vectors = np.zeros((251, 4 * ARC_SIZE), dtype=np.float32)
    windows = [EncodedWindow(start, start + 250, vectors) for start in range(0, 10 * count, 250)]
    words = np.arange(10 * count)
    scores = EncoderScores(np.zeros((10 * count, len(Tag)), dtype=np.float32), words, words // 250, windows)
    tracemalloc.start()
    assert len(link_runs(runs, scores, 0.0)) == len(windows)
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()
