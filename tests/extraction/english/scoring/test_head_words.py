import pytest

from claims.extraction import Span
from claims.extraction.english.scoring.head_words import find_head_words
from claims.extraction.evaluation.word_index import WordIndex


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("she", "she"),
        ("the mayor", "mayor"),
        ("The old mayor", "mayor"),
        ("Ann Moor", "Ann Moor"),
        ("Mr. Moor", "Mr Moor"),
        ("Julie A. Moor", "Julie A Moor"),
        ("Osman bin Moor", "Osman bin Moor"),
        ("De Moor", "De Moor"),
        ("Ann Holt-Moor's", "Ann Holt Moor"),
        ("Mayor Ann Moor", "Mayor Ann Moor"),
        ("port spokesman Ann Moor", "Ann Moor"),
        ("The Moor campaign", "Moor campaign"),
        ("Many Russian officials", "officials"),
        ("Twenty-two towns", "towns"),
        ("73 percent of the voters", "percent"),
        ("a spokesman for Ann Moor", "spokesman"),
        ("Ann Moor's former aide", "aide"),
        ("the Moors' lawyer", "lawyer"),
        ("officials from the port of Aldo", "officials"),
        ("Ann Moor, the mayor of Aldo,", "Ann Moor mayor"),
        ("Ann Moor, a farmer and a poet", "Ann Moor farmer poet"),
        ("Ann Moor, 25, of Aldo, Md.,", "Ann Moor 25"),
        ("Ann Moor (D-Aldo)", "Ann Moor D Aldo"),
        ("Ann Moor, who served under Bob Lee", "Ann Moor"),
        ("Ann Moor, titled “Queen of Mills,”", "Ann Moor"),
        ("Ann Moor and Bob Lee", "Ann Moor Bob Lee"),
        ("a group of farmers and poets", "group"),
        ("experts interviewed by the Herald", "experts"),
        ("the leading experts", "experts"),
        ("the experts I met", "experts"),
        ("this finding", "finding"),
        ("an outside adviser", "adviser"),
        ("that old mill", "mill"),
        ("whose leaders", "leaders"),
        ("a report that", "report that"),
        ("reports like that of Aldo, which", "reports which"),
        ("Secretary of State Ann Moor", "Secretary Ann Moor"),
        ("the former secretary of state and current mayor", "secretary mayor"),
        ("At least one farmer", "farmer"),
        ("from the old town council", "council"),
        ("according to", "according"),
        ("“…”", ""),
    ],
)
def test_head_words(source: str, expected: str) -> None:
    text = f"It rains, {source} said."
    words = WordIndex.from_text(text)
    heads = find_head_words(words, [Span(10, 10 + len(source))])
    assert " ".join(words.spans[index].of(text) for index in sorted(heads)) == expected


def test_empty_source_has_no_head() -> None:
    assert find_head_words(WordIndex.from_text("It rains."), []) == frozenset()


def test_source_in_two_parts() -> None:
    text = "The mayor, it rains, of Aldo said."
    words = WordIndex.from_text(text)
    assert {words.lower(index) for index in find_head_words(words, [Span(0, 9), Span(21, 28)])} == {"mayor"}
