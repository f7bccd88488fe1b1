"""The report on the speed of the Russian reader."""

from benchmarks.russian_speed import RUSSIAN, SYSTEMS, format_report, join_articles
from claims.extraction.corpus import AnnotatedText


def test_articles_are_joined_to_the_length_of_one_and_the_rest_is_left_out() -> None:
    corpus = [AnnotatedText(str(number), "слово " * 400, ()) for number in range(7)]
    assert [len(article.text.split()) for article in join_articles(corpus)] == [1200, 1200]


def test_speed_is_stated_beside_that_of_the_other_systems() -> None:
    runs = {
        system: [
            {"name": system[0], "cpu": seconds * slowness, "ready": 1.0, "memory": 100.0} for seconds in (1.0, 2.0, 4.0)
        ]
        for system, slowness in zip(SYSTEMS, (1, 2, 4), strict=True)
    }
    rows = format_report(runs, {RUSSIAN: 9_000, "English": 4_500}).splitlines()[2:]
    cells = [[cell.strip() for cell in row.split("|")[3:6]] for row in rows]
    assert cells == [["5.0", "1.00", "2.5 to 10.0"], ["1.2", "0.25", "0.6 to 2.5"], ["1.2", "0.25", "0.6 to 2.5"]]
