"""The paragraphs of a text and those of its translation are aligned."""

from collections.abc import Iterable

import pytest

from claims.articles.parallel_paragraphs import align_paragraphs

RUSSIAN = """Глава делегации рассказал о переговорах

Паром «Чайка» вернётся на линию 16 мая, заявил начальник порта Глеб Сомов.

«Двигатель уже доставлен», — добавил он.

По словам Марии Орловой, рейс будет стоить 250 рублей.

Жители встретили новость спокойно."""
ENGLISH = """The head of the delegation on the talks

The ferry will return to the line on May 16, said the head of the port, Gleb Somov. "The engine has been delivered," \
he added.

According to Maria Orlova, a trip will cost 250 roubles.

The residents took the news calmly."""


def indices(original: str, translation: str, ties: Iterable[tuple[int, int]] = ()) -> list[tuple[list[int], list[int]]]:
    """Returns the numbers of the paragraphs of each group."""
    firsts = [line for line in original.split("\n") if line.strip()]
    seconds = [line for line in translation.split("\n") if line.strip()]
    return [
        (
            [firsts.index(original[start:end]) for start, end in group.original],
            [seconds.index(translation[start:end]) for start, end in group.translation],
        )
        for group in align_paragraphs(original, translation, ties)
    ]


def test_two_paragraphs_are_aligned_with_the_one_that_renders_both() -> None:
    assert indices(RUSSIAN, ENGLISH) == [([0], [0]), ([1, 2], [1]), ([3], [2]), ([4], [3])]
    assert indices(ENGLISH, RUSSIAN) == [([0], [0]), ([1], [1, 2]), ([2], [3]), ([3], [4])]


def test_a_paragraph_without_a_counterpart_stands_alone() -> None:
    notice = "Subscribe to read all of our news about ferries, roads and bridges of the coast."
    split = ENGLISH.replace(" “The engine", "\n\n“The engine").replace(' "The engine', '\n\n"The engine')
    added = split.replace("\n\nAccording", f"\n\n{notice}\n\nAccording")
    assert indices(RUSSIAN, added) == [([0], [0]), ([1], [1]), ([2], [2]), ([], [3]), ([3], [4]), ([4], [5])]


def test_tied_passages_stand_side_by_side() -> None:
    original, translation = "Он «рад».\n\nВечер.\n\nДождь.", "Morning.\n\nHe is “glad”.\n\nIt rains."
    tie = original.index("рад"), translation.index("glad")
    assert indices(original, translation) == [([0], [0]), ([1], [1]), ([2], [2])]
    assert any(0 in firsts and 1 in seconds for firsts, seconds in indices(original, translation, [tie]))


@pytest.mark.parametrize(("original", "translation"), [("a", ""), ("", "a"), ("", ""), ("a\n\n\nb", "c")])
def test_every_paragraph_is_in_one_group(original: str, translation: str) -> None:
    groups = align_paragraphs(original, translation)
    assert [original[s:e] for group in groups for s, e in group.original] == original.split()
    assert [translation[s:e] for group in groups for s, e in group.translation] == translation.split()


def test_the_number_of_paragraphs_may_differ_much() -> None:
    assert len(align_paragraphs("Один.\n" * 3, "One.\n" * 130)) >= 65
    assert len(align_paragraphs("Один.\n" * 130, "One.\n" * 3)) >= 65
