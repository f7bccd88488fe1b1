"""A page takes no more than its budget of CPU time, in whatever thread it is read."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from claims.articles.web import web_page
from claims.articles.web.cpu_budget import BudgetExceededError, cpu_budget
from tests.articles.single_article import only_article, only_reason, read_content

# readability, which trafilatura asks, takes time by the product of depth and number.
SLOW_PAGE = "<html><body><article>" + "<div>" * 150 + "<p>word</p>" * 4_000 + "</article></body></html>"


def call_for_seconds(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        len("")


def test_work_over_budget_is_stopped() -> None:
    start = time.thread_time()
    with pytest.raises(BudgetExceededError), cpu_budget(0.05):
        call_for_seconds(5)
    assert time.thread_time() - start < 1
    assert sys.getprofile() is None


def test_work_within_budget_ends() -> None:
    with cpu_budget(5):
        call_for_seconds(0.01)
    assert sys.getprofile() is None


def test_budget_of_each_thread() -> None:
    def work(seconds: float) -> bool:
        try:
            with cpu_budget(0.1):
                call_for_seconds(seconds)
        except BudgetExceededError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, [0.01, 2, 0.01, 2])) == [True, False, True, False]


def test_profiler_goes_on() -> None:
    calls = []
    sys.setprofile(lambda _frame, event, _argument: calls.append(event))
    try:
        with cpu_budget(0.01):
            call_for_seconds(0.05)
        assert sys.getprofile() is not None
    finally:
        sys.setprofile(None)
    assert calls


def test_slow_page_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_page, "MAX_READING_SECONDS", 0.5)
    start = time.thread_time()
    reason = only_reason(read_content(tmp_path / "a.html", SLOW_PAGE))
    assert reason == "reading the page takes more than 0.5 s; save the article's text as .txt"
    assert time.thread_time() - start < 3


PARAGRAPHS = "".join(
    f"<p>The ferry number {n} will be back by June, the harbour master said on Monday.</p>" for n in range(9)
)
REPEATED = {
    "bold words": "<p>" + "<b>word</b> " * 8_000 + "</p>",
    "bold words in a quotation": "<blockquote>" + "<b>word</b> " * 8_000 + "</blockquote>",
    "nested words": "<p>" + ("<span>" + "<b>word</b> " * 100 + "</span>") * 100 + "</p>",
    "links": "<p>" + "<a href=/x>word</a> " * 8_000 + "</p>",
    "lines": "<div>" + "word word<br>" * 8_000 + "</div>",
    "headlines": "<h2>word</h2> " * 8_000,
}


@pytest.mark.parametrize("markup", REPEATED.values(), ids=REPEATED)
def test_time_is_linear_in_repeated_elements(tmp_path: Path, markup: str) -> None:
    page = f"<html><body><article><h1>Ferry</h1>{PARAGRAPHS}{markup}{PARAGRAPHS}</article></body></html>"
    start = time.thread_time()
    article = only_article(read_content(tmp_path / "a.html", page))
    # Plain trafilatura takes 6 s for 10,000 bold words, and four times as long for twice as many.
    assert time.thread_time() - start < 4
    assert article.text.count("said on Monday") >= 9
