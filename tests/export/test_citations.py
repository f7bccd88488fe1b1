"""Citations of claims and quotes in each format, of texts that would break it too."""

import json

import pytest
from django.utils import translation

from claims.export.citations import CITATION_FORMATS, apa, bibtex, claim_citation, csl_json, quote_citation, ris

HOSTILE = "50% of {A} & B_C cost $5 #1 ~ ^ \\end{x}\r\nER  - \u2028TY  - \x00“ü”"


@pytest.fixture(autouse=True)
def site(settings):
    settings.FACTBASE_SITE_NAME = "Facts & Figures"
    settings.FACTBASE_PUBLISHER = "The Daily Example, Inc."


def claim_row(**fields) -> dict:
    return {
        "id": 12,
        "text": "Rivers are full.",
        "rating": {"name": "False"},
        "verification": {"published_at": "2026-11-29T23:59:00Z"},
        "released_at": "2026-11-01T00:00:00Z",
        "page_url": "https://facts.example.org/claims/12/",
        **fields,
    }


def quote_row(**fields) -> dict:
    source = {
        "publisher": "The Paper",
        "title": "On rivers",
        "published_on": "2025-05-16",
        "url": "https://p.example/1",
        "language": "en",
    }
    return {
        "id": 7,
        "text": "Rivers are full.",
        "kind": "direct",
        "speaker": {"name": "Lena Ford"},
        "source": source,
        "accepted_at": "2026-11-02T00:00:00.5Z",
        "page_url": "https://facts.example.org/quotes/7/",
        **fields,
    }


def test_apa():
    assert apa(claim_citation(claim_row())) == (
        "The Daily Example, Inc. (2026, November 29). Rivers are full. [Fact check, verdict: False]. Facts & Figures."
        " https://facts.example.org/claims/12/"
    )


def test_apa_writes_the_date_as_the_language_does():
    with translation.override("ru"):
        reference = apa(claim_citation(claim_row()))
    assert reference.startswith("The Daily Example, Inc. (2026, 29 ноября). ")
    assert "Неправда" in reference


def test_quotes_are_cited_in_the_marks_of_their_language():
    row = quote_row(text="Реки полны.")
    row["source"]["language"] = "ru"
    assert quote_citation(row).title == "Lena Ford: «Реки полны.»"


def test_a_long_quote_is_cut_between_its_marks() -> None:
    title = quote_citation(quote_row(text="Rivers are full. " * 30)).title
    assert title.startswith("Lena Ford: “Rivers")
    assert title.endswith("…”")


def test_apa_names_a_site_that_is_its_own_publisher_once(settings):
    settings.FACTBASE_PUBLISHER = settings.FACTBASE_SITE_NAME
    assert apa(quote_citation(quote_row())) == (
        "Facts & Figures. (2026, November 2). Lena Ford: “Rivers are full.” [Quote]. https://facts.example.org/quotes/7/"
    )


def test_claim_without_a_verdict_is_cited_as_of_its_release():
    citation = claim_citation(claim_row(rating=None, verification=None))
    assert (citation.genre, citation.issued.isoformat()) == ("Claim, unverified", "2026-11-01")


@pytest.mark.parametrize("kind", ["indirect", "mixed"])
def test_reported_words_are_cited_as_such(kind):
    assert quote_citation(quote_row(kind=kind)).title == "Lena Ford, as reported: Rivers are full."


def test_quote_says_where_it_is_from():
    note = "Quoted from: The Paper, On rivers, 2025-05-16, https://p.example/1"
    assert quote_citation(quote_row()).note == note
    nowhere = {"publisher": "", "title": "", "published_on": None, "url": "", "language": ""}
    assert quote_citation(quote_row(source=nowhere)).note == ""


def test_bibtex():
    assert bibtex(claim_citation(claim_row())) == (
        "@misc{facts-figures-claim-12,\n"
        "  title = {{Rivers are full.}},\n"
        "  author = {{The Daily Example, Inc.}},\n"
        "  howpublished = {{Facts \\& Figures}},\n"
        "  year = {{2026}},\n"
        "  month = {{11}},\n"
        "  day = {{29}},\n"
        "  type = {{Fact check, verdict: False}},\n"
        "  language = {{en}},\n"
        "  url = {https://facts.example.org/claims/12/}\n"
        "}\n"
    )


def test_bibtex_specials_are_escaped():
    text = bibtex(claim_citation(claim_row(text=HOSTILE)))
    title = next(line for line in text.splitlines() if "title = " in line)
    assert title == (
        r"  title = {{50\% of \textbraceleft{}A\textbraceright{} \& B\_C cost \$5 \#1 \textasciitilde{}"
        r" \textasciicircum{} \textbackslash{}end\textbraceleft{}x\textbraceright{} ER - TY - “ü”}},"
    )
    assert text.count("{") == text.count("}")


def test_ris():
    assert ris(claim_citation(claim_row())).split("\r\n") == [
        "TY  - ELEC",
        "ID  - facts-figures-claim-12",
        "TI  - Rivers are full.",
        "AU  - The Daily Example Inc.",
        "T2  - Facts & Figures",
        "PB  - The Daily Example, Inc.",
        "PY  - 2026",
        "DA  - 2026/11/29",
        "M3  - Fact check, verdict: False",
        "LA  - en",
        "UR  - https://facts.example.org/claims/12/",
        "ER  - ",
        "",
    ]


def test_no_text_ends_a_field_of_ris():
    lines = ris(claim_citation(claim_row(text=HOSTILE))).split("\r\n")
    assert [line[:6] for line in lines[2:5]] == ["TI  - ", "AU  - ", "T2  - "]
    assert len(lines) == 13


def test_csl_json():
    (item,) = json.loads(csl_json(quote_citation(quote_row())))
    assert item == {
        "id": "facts-figures-quote-7",
        "type": "webpage",
        "title": "Lena Ford: “Rivers are full.”",
        "author": [{"literal": "The Daily Example, Inc."}],
        "container-title": "Facts & Figures",
        "publisher": "The Daily Example, Inc.",
        "issued": {"date-parts": [[2026, 11, 2]]},
        "genre": "Quote",
        "note": "Quoted from: The Paper, On rivers, 2025-05-16, https://p.example/1",
        "language": "en",
        "URL": "https://facts.example.org/quotes/7/",
    }


def test_a_name_without_latin_letters_leaves_a_valid_key(settings):
    settings.FACTBASE_SITE_NAME = "事实"
    assert claim_citation(claim_row()).key == "factbase-claim-12"


@pytest.mark.parametrize("extension", CITATION_FORMATS)
def test_long_quotes_are_cut(extension):
    text = CITATION_FORMATS[extension].render(quote_citation(quote_row(text="word " * 2000)))
    assert len(text) < 1500
    assert "…" in text
