"""The address of an article: of saved pages, archived ones, and what a record or an editor gives."""

from dataclasses import replace
from pathlib import Path

import pytest

from claims.articles import Article
from tests.articles.single_article import only_article, read_content
from tests.sample_articles import make_article

PAGE = "https://e.example/news/1"
BODY = "<article><h1>Ferry is back</h1><p>The ferry will be back by June, the harbour master said on Monday.</p>" * 3


def read_page(tmp_path: Path, page: str) -> Article:
    return only_article(read_content(tmp_path / "page.html", page))


def canonical(url: str) -> str:
    return f'<link rel="canonical" href="{url}">'


def og_url(url: str) -> str:
    return f'<meta property="og:url" content="{url}">'


def saved_page(head: str = "", *, before: str = "", after: str = "") -> str:
    return f"{before}<!doctype html><html>{after}<head><title>Ferry</title>{head}</head><body>{BODY}</body></html>"


ARCHIVED = f"https://web.archive.org/web/20260302100000/{PAGE}"
SINGLE_FILE = f"<!--\n Page saved with SingleFile \n url: {PAGE} \n saved date: Sat Nov 28 2026 10:00:00 GMT+0000\n-->"
CHROME = f"<!-- saved from url=(0024){PAGE} -->\n"


@pytest.mark.parametrize(
    ("page", "given"),
    [
        (saved_page(canonical(PAGE)), ""),
        (saved_page(og_url(f"{PAGE}/amp") + canonical(PAGE)), ""),
        (saved_page(og_url(f"{PAGE}?utm_source=fb")), f"{PAGE}?utm_source=fb"),
        (saved_page(canonical(f"{PAGE}#top")), f"{PAGE}#top"),
        (saved_page(canonical(ARCHIVED)), ARCHIVED),
        (saved_page(f'<LINK REL="nofollow Canonical" HREF="{PAGE}">'), ""),
        (saved_page(canonical("//e.example/news/1")), ""),
        (saved_page(f'<base href="{PAGE}/">' + canonical("../1")), ""),
        (saved_page(canonical("/news/1"), before="<!-- saved from url=(0024)https://e.example/amp/1 -->"), ""),
        (saved_page(before=CHROME), ""),
        (saved_page(after=SINGLE_FILE), ""),
        (saved_page(after=SINGLE_FILE.replace(PAGE, ARCHIVED)), ARCHIVED),
        (saved_page(before=f"<!-- Saved from {PAGE} at 2026-11-28T10:00:00Z using monolith v2.8 -->"), ""),
        # A front page is no article's address.
        (saved_page(canonical("https://e.example/") + og_url(PAGE)), ""),
        (saved_page(canonical("https://e.example"), before=CHROME), ""),
        (saved_page(canonical("") + og_url(PAGE)), ""),
        (saved_page(canonical("javascript:void(0)") + og_url("https://[::1") + og_url(PAGE)), ""),
    ],
)
def test_the_address_of_a_saved_page(tmp_path: Path, page: str, given: str) -> None:
    article = read_page(tmp_path, page)
    assert (article.url, article.given_url) == (PAGE, given)


def test_the_address_of_a_mirrored_page(tmp_path: Path) -> None:
    comment = (
        "<!-- Mirrored from e.example/news/1.html by HTTrack Website Copier/3.x [XR&CO'2014], Mon, 02 Mar 2026 -->"
    )
    assert read_page(tmp_path, saved_page(after=comment)).url == "http://e.example/news/1.html"


@pytest.mark.parametrize(
    "page",
    [
        saved_page(),
        saved_page(canonical("/news/1")),
        saved_page(canonical("https://e.example/")),
        saved_page(before="<!-- saved from url=(0014)about:internet -->"),
        saved_page(before="<!-- saved from url=(0036)https://ann:pw@e.example/news/1 -->"),
        saved_page(f"<script>{'x' * 9000}</script>").replace("<article>", f"<article>{CHROME}"),
    ],
)
def test_pages_that_state_no_address(tmp_path: Path, page: str) -> None:
    article = read_page(tmp_path, page)
    assert (article.url, article.given_url) == ("", "")


def test_a_password_in_an_archived_address_stays_unread() -> None:
    url = "https://web.archive.org/web/20260302100000/https://ann:pw@e.example/news/1"
    assert make_article(url=url).url == url


def test_an_address_given_beside_the_text_is_cleaned_too() -> None:
    article = replace(make_article(url=PAGE), url=f"{ARCHIVED}#top")
    assert (article.url, article.given_url) == (PAGE, f"{ARCHIVED}#top")
    assert make_article(url="http://www.e.example/news/1/").given_url == ""
