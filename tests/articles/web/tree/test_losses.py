"""What the text of a page lacks is said; what sites put between paragraphs is not missed."""

from pathlib import Path

import pytest

from claims.articles.web.tree import losses
from tests.articles.saved_pages import HARBOUR, bridge_page, harbour_page, html_paragraphs
from tests.articles.single_article import only_article, read_content
from tests.articles.web.tree.test_page_tree import FORD, REED, SHOWN, ferry_page

A_PARAGRAPH = "1 paragraph of the page is not in the text."
MARKS_AND_PARAGRAPH = ["2 quotation marks of the page are not in the text.", A_PARAGRAPH]
LONG = "The crew of the ferry has been told to get ready for the first day of June, and to paint the hull before that."

# trafilatura drops these: by the name of a class, by their element, by the links in them.
LOST = [
    ("class of a widget", f"<div class=viewport><p>{FORD}</p></div>", MARKS_AND_PARAGRAPH),
    ("pull quote in an aside", f"<aside class=pull><p>{FORD}</p></aside>", MARKS_AND_PARAGRAPH),
    ("one of three", f"<p>{REED}</p><p class=slide>{FORD}</p><p>{REED}</p>", MARKS_AND_PARAGRAPH),
    ("without marks", f"<p class=slide>{LONG}</p>", [A_PARAGRAPH]),
    (
        "two",
        f"<p class=slide>1 {LONG}</p>" * 2,
        ["2 paragraphs of the page are not in the text."],
    ),
    ("table", "<table><tr><th>Year<th>Ferries<tr><td>2024<td>12</table>", ["1 table of the page is not in the text."]),
]


@pytest.mark.parametrize(("markup", "messages"), [case[1:] for case in LOST], ids=[case[0] for case in LOST])
def test_losses_are_told(tmp_path: Path, markup: str, messages: list[str]) -> None:
    article = only_article(read_content(tmp_path / "a.html", ferry_page(markup)))
    assert [warning.message for warning in article.warnings] == messages


NOT_MISSED = [
    *[(name, markup) for name, markup, _ in SHOWN],
    ("link to another article", f"<aside><p><a href=/b>{REED}</a></p></aside>"),
    ("teaser", f"<aside class=teaser><p>{REED} More on that tomorrow.</p></aside>"),
    ("related", f"<div class=related-stories><p>{REED}</p></div>"),
    ("newsletter", "<div id=newsletter><p>Get “The Ferry” in your mail, every day of the week.</p></div>"),
    ("caption", "<figure><img src=a.jpg><figcaption>“A fine day,” said Ford of the harbour.</figcaption></figure>"),
    ("form", "<form><p>Send us “your” story of the harbour and the ferry.</p><input></form>"),
    ("hidden", f"<p hidden>{REED}</p>"),
    ("script", "<p><script>var quote = “x”;</script></p>"),
    ("pull quote that repeats", f"<p>{FORD} Then he left.</p><aside><p>{FORD}</p></aside>"),
    ("table of one row", "<table><tr><th>Ferries a day<td>12</table>"),
    ("byline", "<p class=byline>By “Ann Bee” of the Coast Herald, in Port Callow.</p>"),
]


@pytest.mark.parametrize("markup", [case[1] for case in NOT_MISSED], ids=[case[0] for case in NOT_MISSED])
def test_furniture_is_not_missed(tmp_path: Path, markup: str) -> None:
    article = only_article(read_content(tmp_path / "a.html", ferry_page(markup)))
    assert article.warnings == ()


@pytest.mark.parametrize("page", [harbour_page(), bridge_page()], ids=["english", "russian"])
def test_whole_pages_have_no_warnings(tmp_path: Path, page: str) -> None:
    assert only_article(read_content(tmp_path / "a.html", page)).warnings == ()


def test_text_around_the_article_is_not_missed(tmp_path: Path) -> None:
    around = "".join(f"<section><h2>More</h2><p>{REED} {n}</p></section>" for n in range(3))
    page = ferry_page("").replace("<body>", f"<body>{around}").replace("</body>", f"{around}</body>")
    assert only_article(read_content(tmp_path / "a.html", page)).warnings == ()


def test_comparison_of_a_long_page_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(losses, "_MAX_SEARCHED", 100)
    article = only_article(read_content(tmp_path / "a.html", ferry_page(f"<p class=slide>{FORD}</p>")))
    assert FORD not in article.text
    assert article.warnings == ()


SHORT = [(HARBOUR[1], ["short-text"]), (" ".join(HARBOUR), [])]


@pytest.mark.parametrize(("text", "codes"), SHORT)
def test_very_short_texts(tmp_path: Path, text: str, codes: list[str]) -> None:
    page = f"<html><body><article>{html_paragraphs([text])}</article></body></html>"
    article = only_article(read_content(tmp_path / "a.html", page))
    assert [warning.code for warning in article.warnings] == codes
