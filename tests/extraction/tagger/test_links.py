"""Linking: contents to cues, cues and contents to sources, by arcs that are given."""

import numpy as np

from claims.extraction.tagger.links import Linked, link
from claims.extraction.tagger.runs import Run
from claims.extraction.tagger.scores import ARC, Head, Scores, Window
from claims.extraction.tagger.tags import Tag

NOBODY = -1


def scores_of(words: int, arcs: dict[tuple[Head, int], int], sight: int | None = None) -> Scores:
    """Scores in which word i is piece i and the arcs of (head, word) end at a word or at nobody, quite surely.

    `sight` is how many words a window holds.
    """
    size = sight or words
    starts = range(0, words, size)
    found = []
    for start in starts:
        end = min(words, start + size)
        vectors = np.zeros((end - start + 1, 4 * ARC), dtype=np.float32)
        for head in Head:
            at = 2 * ARC * head
            for row in range(end - start + 1):  # row 0 is START; every place has a key of its own
                vectors[row, at + ARC + row] = 8.0
        for (head, word), target in arcs.items():
            if start <= word < end and (target == NOBODY or start <= target < end):
                vectors[word - start + 1, 2 * ARC * head + (0 if target == NOBODY else target - start + 1)] = 8.0
        found.append(Window(start, end, vectors))
    home = np.arange(words) // size
    return Scores(np.zeros((words, len(Tag)), dtype=np.float32), np.arange(words), home, found)


def run(part: Tag, start: int, end: int) -> Run:
    return Run(part, start, end, 0.9)


# 0 "Moor", 1 "said", 2-4 content, 5 "she", 6 "added", 7-9 content
MOOR, SAID, FIRST = run(Tag.SOURCE, 0, 1), run(Tag.CUE, 1, 2), run(Tag.CONTENT, 2, 5)
SHE, ADDED, SECOND = run(Tag.SOURCE, 5, 6), run(Tag.CUE, 6, 7), run(Tag.CONTENT, 7, 10)
RUNS = [MOOR, SAID, FIRST, SHE, ADDED, SECOND]


def arcs_of(words: range, head: Head, target: int) -> dict[tuple[Head, int], int]:
    return {(head, word): target for word in words}


def told(linked: list[Linked]) -> list[tuple[int, int | None, int | None]]:
    """Where each content, its cue and its source begin."""
    return [(each.contents[0].start, each.cue and each.cue.start, each.source and each.source.start) for each in linked]


def test_each_to_its_own() -> None:
    arcs = {
        **arcs_of(range(2, 5), Head.CUE, 1),
        **arcs_of(range(7, 10), Head.CUE, 6),
        **arcs_of(range(1, 5), Head.SOURCE, 0),
        **arcs_of(range(6, 10), Head.SOURCE, 5),
    }
    linked = link(RUNS, scores_of(10, arcs), 0.0)
    assert told(linked) == [(2, 1, 0), (7, 6, 5)]
    assert all(each.cue_probability > 0.9 and each.source_probability > 0.9 for each in linked)


def test_two_cues_may_share_a_source() -> None:
    arcs = {
        **arcs_of(range(2, 5), Head.CUE, 1),
        **arcs_of(range(7, 10), Head.CUE, 6),
        **arcs_of(range(1, 10), Head.SOURCE, 0),
    }
    assert told(link(RUNS, scores_of(10, arcs), 0.0)) == [(2, 1, 0), (7, 6, 0)]


def test_contents_of_one_cue_are_one_attribution() -> None:
    arcs = {**arcs_of(range(2, 10), Head.CUE, 1), **arcs_of(range(1, 10), Head.SOURCE, 0)}
    (linked,) = link(RUNS, scores_of(10, arcs), 0.0)
    assert linked.contents == (FIRST, SECOND)


def test_no_source() -> None:
    arcs = {**arcs_of(range(2, 5), Head.CUE, 1), **arcs_of(range(1, 5), Head.SOURCE, NOBODY)}
    assert told(link(RUNS[:3], scores_of(5, arcs), 0.0)) == [(2, 1, None)]


def test_no_source_is_made_more_or_less_likely() -> None:
    arcs = arcs_of(range(2, 5), Head.CUE, 1)  # arcs to sources are undecided
    assert told(link(RUNS[:3], scores_of(5, arcs), 1.0)) == [(2, 1, None)]
    assert told(link(RUNS[:3], scores_of(5, arcs), -1.0)) == [(2, 1, 0)]


def test_a_content_out_of_every_cues_sight_stands_alone() -> None:
    linked = link([MOOR, SAID, FIRST, SECOND], scores_of(10, arcs_of(range(2, 5), Head.CUE, 1), sight=5), 0.0)
    assert told(linked)[1] == (7, None, None)


def test_contents_without_any_cue_stay_apart() -> None:
    linked = link([FIRST, SECOND], scores_of(10, {}), 0.0)
    assert told(linked) == [(2, None, None), (7, None, None)]


def test_nothing() -> None:
    assert link([], scores_of(1, {}), 0.0) == []
