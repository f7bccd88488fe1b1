"""The benchmark of reading: its pages are read by both readers, with the same text."""

import pytest

from benchmarks import reading
from benchmarks.dataset.generated_articles import ArticleGenerator


@pytest.mark.parametrize("kind", list(reading.KINDS))
def test_both_read_the_article_and_not_the_menus(kind: str) -> None:
    page = reading.generate_page(ArticleGenerator(names=200), kind).encode()
    here, plain = reading.read_here(page), reading.read_plainly(page)
    paragraphs = reading.KINDS[kind][0]
    for text in (here, plain):
        assert text.count("” ") >= paragraphs
        assert "Section 1" not in text
        assert "cookies" not in text


@pytest.mark.parametrize(("limit", "status"), [(1000.0, 0), (0.0, 1)])
def test_the_exit_status_says_whether_the_limit_holds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], limit: float, status: int
) -> None:
    monkeypatch.setattr(reading, "LIMIT", limit)
    monkeypatch.setattr(reading, "KINDS", {"short": reading.KINDS["short"]})
    assert reading.main(["--pages", "1", "--repetitions", "1"]) == status
    assert "| short | " in capsys.readouterr().out
