"""What a browser shows is in the text: words in special elements, loose text, tables; what it hides is not."""

from pathlib import Path

import pytest

from tests.articles.single_article import only_article, read_content

FERRY = (
    "The ferry will be back by June, the harbour master said on Monday, and the crew has been told to get ready. One.",
    "The ferry will be back by June, the harbour master said on Monday, and the crew has been told to get ready. Two.",
)
FORD = "“We have it,” said Ford."
REED = "“We do not,” said Reed."


def ferry_page(markup: str, lang: str = "en") -> str:
    paragraphs = [f"<p>{text}</p>" for text in FERRY]
    body = f"<article><h1>Ferry is back</h1>{paragraphs[0]}{markup}{paragraphs[1]}</article>"
    return f'<!doctype html><html lang="{lang}"><head><title>Ferry</title></head><body>{body}</body></html>'


def text_between(path: Path, page: str) -> list[str]:
    """Return the lines between the first paragraph and the last."""
    lines = [" ".join(line.split()) for line in only_article(read_content(path, page)).text.splitlines()]
    return lines[lines.index(FERRY[0]) + 1 : lines.index(FERRY[1])]


SHOWN = [
    (
        "time",
        "<p>“On <time datetime=2026-03-02>Monday</time> we sign.”</p>",
        ["“On Monday we sign.”"],
    ),
    ("time first", "<p><time>On Monday</time> “we sign,” Ford said.</p>", ["On Monday “we sign,” Ford said."]),
    ("time in a list", "<ul><li>“On <time>Monday</time> we sign.”</li></ul>", ["- “On Monday we sign.”"]),
    ("label", f"<p><label>{FORD}</label></p>", [FORD]),
    ("label in a sentence", "<p>“We <label>have</label> it,” said Ford.</p>", [FORD]),
    ("nobr", "<p>“We <nobr>have it,”</nobr> said Ford.</p>", [FORD]),
    ("data", "<p>“We <data value=1>have</data> it,” said Ford.</p>", [FORD]),
    ("output", "<p>“We <output>have</output> it,” said Ford.</p>", [FORD]),
    ("button", "<p>“We <button class=glossary>have</button> it,” said Ford.</p>", [FORD]),
    ("marquee", "<p>“We <marquee>have</marquee> it,” said Ford.</p>", [FORD]),
    ("font", "<p><font color=red>“We have it,”</font> said Ford.</p>", [FORD]),
    ("loose font", f"<font>{FORD}</font>", [FORD]),
    ("center", f"<center>{FORD}</center>", [FORD]),
    ("center with blocks", f"<center><p>{FORD}</p><p>{REED}</p></center>", [FORD, REED]),
    ("custom element", "<p>“We <x-term>have</x-term> it,” said Ford.</p>", [FORD]),
    ("custom block", f"<x-quote class=nav><p>{FORD}</p></x-quote>", [FORD]),
    ("custom paragraphs", f"<x-p>{FORD}</x-p><x-p>{REED}</x-p>", [FORD, REED]),
    ("comment within", "<p>“We <!-- x -->have it,” said Ford.</p>", [FORD]),
    ("figure with a quotation", f"<figure class=quote><blockquote><p>{FORD}</p></blockquote></figure>", [FORD]),
    (
        "figure with a caption that names the speaker",
        "<figure><blockquote>“We have it.”</blockquote><figcaption>Ford, mayor</figcaption></figure>",
        ["“We have it.”", "Ford, mayor"],
    ),
    ("figure with q", "<figure><q>We have it</q> <cite>Ford</cite></figure>", ["“We have it” Ford"]),
    (
        "figure with portrait and quotation",
        f"<figure><img src=a.jpg><blockquote>{FORD}</blockquote><figcaption>Photo: A. Bee</figcaption></figure>",
        [FORD],
    ),
    (
        "footer of a quotation",
        "<blockquote><p>“We have it.”</p><footer>Ford, mayor</footer></blockquote>",
        ["“We have it.”", "Ford, mayor"],
    ),
    ("fieldset as a box", f"<fieldset><p>{FORD}</p></fieldset>", [FORD]),
    ("noindex", f"<noindex><p>{FORD}</p></noindex>", [FORD]),
    ("lead of a block", f"<div>{FORD}<p>{REED}</p></div>", [FORD, REED]),
    ("text between blocks", f"<div><p>{FORD}</p>{REED}<p>He left.</p></div>", [FORD, REED, "He left."]),
    ("tail of a block", f"<div><p>{FORD}</p><b>“We</b> do not,” said Reed.</div>", [FORD, REED]),
    ("text of the article itself", FORD, [FORD]),
    ("line breaks", f"<div>{FORD}<br><br>{REED}<br>He left.</div>", [FORD, REED, "He left."]),
    ("line breaks in a span", f"<div><span>{FORD}<br>{REED}</span></div>", [FORD, REED]),
    ("line breaks in a paragraph", f"<p>{FORD}<br>{REED}</p>", [FORD, REED]),
    ("block as a paragraph", f"<div>{FORD}</div>", [FORD]),
    ("section as a paragraph", f"<section>{FORD}</section>", [FORD]),
    (
        "table of sentences",
        "<table><tr><th>Who<th>What<tr><td>Ford<td>“We have<br>the <b>engine</b>”</table>",
        ["Who | What", "Ford | “We have the engine”"],
    ),
    ("layout table", f"<table><tr><td><p>{FORD}</p><ul><li>{REED}</li></ul></table>", [FORD, f"- {REED}"]),
    ("layout table by its role", f"<table role=presentation><tr><td>{FORD}<td>{REED}</table>", [FORD, REED]),
    ("letters hidden from screen readers", "<p><b aria-hidden=true>“W</b>e have it,” said Ford.</p>", [FORD]),
]


@pytest.mark.parametrize(("markup", "lines"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN])
def test_shown_text_is_read(tmp_path: Path, markup: str, lines: list[str]) -> None:
    assert text_between(tmp_path / "a.html", ferry_page(markup)) == lines


NOT_SHOWN = [
    ("hidden", f"<p hidden>{FORD}</p>"),
    ("template", f"<template><p>{FORD}</p></template>"),
    ("closed dialog", f"<dialog><p>{FORD}</p></dialog>"),
    ("no display", f"<div style='color: red; DISPLAY : none'><p>{FORD}</p></div>"),
    ("invisible", f"<p style='visibility:hidden'>{FORD}</p>"),
    ("hidden cookie banner", "<div hidden class=banner><p>We use cookies to improve “your” visit.</p></div>"),
    ("figure that is an image", "<figure><img src=a.jpg><figcaption>“A fine day,” said Ford.</figcaption></figure>"),
    ("figure with a caption alone", "<figure><figcaption>The harbour on Monday. Photo: A. Bee</figcaption></figure>"),
    ("time of a byline", "<p>By Ann Bee <time datetime=2026-03-02>2 March 2026</time></p>"),
    ("time alone", "<time datetime=2026-03-02>2 March 2026</time>"),
    ("time in a block", "<div><time datetime=2026-03-02>2 March 2026</time></div>"),
    ("label of a control", "<form><label for=m>Your “mail” address, please.</label><input id=m></form>"),
    ("label around a control", "<p><label>Enter your mail. <input></label></p>"),
    ("custom furniture", "<x-newsletter><p>Get “the ferry” in your mail every day.</p></x-newsletter>"),
    ("table of numbers", "<table><tr><th>Year<th>Ferries<tr><td>2024<td>12<tr><td>2025<td>14</table>"),
    ("labels beside blocks", "<div>Advertisement<div>Share<div>Tweet</div></div></div>"),
    ("texts for screen readers", "<p><span class=sr-only>Opens in a new window.</span></p>"),
]


@pytest.mark.parametrize("markup", [case[1] for case in NOT_SHOWN], ids=[case[0] for case in NOT_SHOWN])
def test_hidden_text_and_furniture_are_not_read(tmp_path: Path, markup: str) -> None:
    lines = text_between(tmp_path / "a.html", ferry_page(markup))
    assert [line for line in lines if line != "By Ann Bee"] == []


def test_hidden_words_within_a_sentence(tmp_path: Path) -> None:
    markup = "<p>“We <span style='display:none'>never</span>have it,” <span class=sr-only>quote</span>said Ford.</p>"
    assert text_between(tmp_path / "a.html", ferry_page(markup)) == [FORD]


def test_page_that_is_hidden_until_a_script_runs(tmp_path: Path) -> None:
    page = ferry_page(f"<p>{FORD}</p>").replace("<article>", "<div style='visibility: hidden'><article>")
    assert text_between(tmp_path / "a.html", page) == [FORD]


QUOTATIONS = [
    ("English", "en", "<q>we have it</q>", "“we have it”"),
    ("British", "en-GB", "<q>we have it</q>", "“we have it”"),
    ("German", "de-DE", "<q>wir haben es</q>", "„wir haben es“"),
    ("French", "fr", "<q>nous l’avons</q>", "«nous l’avons»"),
    ("Russian", "ru", "<q>он сказал <q>да</q> мне</q>", "«он сказал „да“ мне»"),
    ("Swedish", "sv", "<q>vi har den</q>", "”vi har den”"),
    ("Japanese", "ja", "<q>あります</q>", "「あります」"),
    ("unknown language", "", "<q>we have it</q>", "“we have it”"),
    ("nested", "en", "<q>she said <q>no <q>yes</q></q> to me</q>", "“she said ‘no “yes”’ to me”"),
    ("with elements", "en", "<q><b>we</b> have <i>it</i></q>", "“we have it”"),
    ("with spaces", "en", "<q> we have it </q>", "“we have it”"),
    ("with its own marks", "en", "<q>“we have it”</q>", "“we have it”"),
    ("marked outside", "en", "“<q>we have it</q>”", "“we have it”"),
    ("empty", "en", "it<q></q>", "it"),
    ("language of the sentence", "en", "<span lang=de><q>ja</q></span>", "„ja“"),
    ("own language does not count", "en", "<q lang=de>ja</q>", "“ja”"),
]


@pytest.mark.parametrize(("lang", "markup", "text"), [case[1:] for case in QUOTATIONS], ids=[c[0] for c in QUOTATIONS])
def test_marks_of_q_elements(tmp_path: Path, lang: str, markup: str, text: str) -> None:
    page = ferry_page(f"<p>Ford said {markup} on Monday evening.</p>", lang)
    assert text_between(tmp_path / "a.html", page) == [f"Ford said {text} on Monday evening."]


UNCLOSED = ["nav", "aside", "footer", "menu", "fieldset", "dialog open", "figure"]


@pytest.mark.parametrize("tag", UNCLOSED)
def test_furniture_that_was_not_closed(tmp_path: Path, tag: str) -> None:
    page = ferry_page(f"<p>{FORD}</p>").replace("<article>", f"<{tag}><a href=/>Home</a><article>")
    assert text_between(tmp_path / "a.html", page) == [FORD]


def test_nav_around_the_heading(tmp_path: Path) -> None:
    page = f"<html><body><nav><a href=/>Home</a><h1>Ferry is back</h1><p>{FERRY[0]}</p><p>{FERRY[1]}</p></body></html>"
    assert text_between(tmp_path / "a.html", page) == []


FURNITURE = [
    ("menu", "<nav><a href=/>Home page</a> <a href=/sport>Sport “today”</a></nav>"),
    ("menu with the site's name", "<nav><h1>Coast Herald</h1><a href=/>Home page of the “Herald”</a></nav>"),
    ("menu with teasers", f"<nav><article><p>{REED}</p></article></nav>"),
    ("sidebar", f"<aside><h3>Most read</h3><p>{REED}</p></aside>"),
    ("footer", f"<footer><p>{REED}</p></footer>"),
]


@pytest.mark.parametrize("markup", [case[1] for case in FURNITURE], ids=[case[0] for case in FURNITURE])
def test_furniture_is_left_out(tmp_path: Path, markup: str) -> None:
    page = ferry_page(f"<p>{FORD}</p>")
    page = page.replace("<article>", f"{markup}<article>").replace("</article></body>", f"</article>{markup}</body>")
    text = only_article(read_content(tmp_path / "a.html", page)).text
    assert text.splitlines() == ["Ferry is back", FERRY[0], FORD, FERRY[1]]
