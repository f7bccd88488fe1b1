"""What pages state about their articles, in the forms that publishers use; and what is about something else."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from claims.articles import Article
from claims.articles.article import WarningCode
from tests.articles.saved_pages import HARBOUR, html_paragraphs
from tests.articles.single_article import only_article, read_content

DAY = date(2026, 3, 2)
OLD = "2001-01-01"
STATED = {"@type": "NewsArticle", "headline": "Ferry is back", "datePublished": "2026-03-02"}


def data(*objects: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in objects)


def read_ferry_page(tmp_path: Path, head: str = "", body: str = "", html: str = "<html>") -> Article:
    page = (
        f"<!doctype html>{html}<head><title>Ferry is back - Courier</title>{head}</head>"
        f"<body><article><h1>Ferry is back</h1>{html_paragraphs(HARBOUR)}{body}</article></body></html>"
    )
    return only_article(read_content(tmp_path / "a.html", page))


LINKED_DATA = [
    ("the whole data", data(STATED)),
    ("after an item list", data([{"@type": "ItemList", "itemListElement": [STATED | {"datePublished": OLD}]}, STATED])),
    ("after a video", data({"@type": "VideoObject", "datePublished": OLD, "uploadDate": OLD}, STATED)),
    ("beside its image", data({"image": {"@type": "ImageObject", "datePublished": OLD}} | STATED)),
    ("after breadcrumbs", data({"@type": "BreadcrumbList", "datePublished": OLD}, STATED)),
    ("in a graph", data({"@graph": [{"@type": "Organization", "name": "x", "foundingDate": OLD}, STATED]})),
    ("main entity of the page", data({"@type": "WebPage", "mainEntity": STATED})),
    ("main entity in a graph", data({"@graph": [{"@type": ["WebPage"], "mainEntity": {"@graph": [STATED]}}]})),
    ("type as an address", data(STATED | {"@type": "https://schema.org/NewsArticle"})),
    ("several types", data(STATED | {"@type": ["Thing", "schema:ReportageNewsArticle"]})),
    ("after an article with another title", data(STATED | {"headline": "Old news", "datePublished": OLD}, STATED)),
    (
        "after an article with another address",
        '<link rel="canonical" href="https://c.example/news/1">'
        + data(
            {"@type": "NewsArticle", "url": "https://c.example/news/0", "datePublished": OLD},
            {"@type": "NewsArticle", "mainEntityOfPage": {"@id": "http://www.c.example/news/1/#a"},
             "datePublished": "2026-03-02"},
        ),
    ),
    ("related articles inside", data(STATED | {"hasPart": [STATED | {"datePublished": OLD}], "citation": [STATED]})),
    ("a page that says more than its article", data({"@type": "WebPage", "datePublished": "2026-03-02"})),
    ("no type", data({"datePublished": "2026-03-02"})),
    ("in a comment", f'<script type="application/ld+json">\n<!--\n{json.dumps(STATED)}\n//-->\n</script>'),
    ("in character data", f'<script type="application/ld+json">//<![CDATA[\n{json.dumps(STATED)}\n//]]></script>'),
    ("comma before the end", '<script type="application/ld+json">[{"datePublished": "2026-03-02",},]</script>'),
    ("line break in a string", data(STATED | {"name": "b@c"}).replace("@", "\n")),
    ("broken", '<script type="application/ld+json">{{"datePublished": "2026-03-02",</script>'),
    ("Unix seconds", data(STATED | {"datePublished": 1772445600})),
    ("created only", data({"@type": "NewsArticle", "dateCreated": "2026-03-02"})),
]  # fmt: skip

NO_DATE = [
    ("only related articles", data({"@type": "ItemList", "itemListElement": [STATED]})),
    ("only a video", data({"@type": "VideoObject", "datePublished": "2026-03-02"})),
    (
        "only another article",
        '<link rel="canonical" href="https://c.example/news/1">'
        + data(STATED | {"headline": "Old news", "url": "https://c.example/news/0"}),
    ),
    ("only a change", data({"@type": "NewsArticle", "dateModified": "2026-03-02"})),
    ("not JSON-LD", f"<script>var a = {json.dumps(STATED)}</script>"),
    ("changed", '<meta property="article:modified_time" content="2026-03-02">'),
    ("updated", '<meta property="og:updated_time" content="2026-03-02">'),
    ("end", '<meta name="unpublish_date" content="2026-03-02">'),
    ("publisher", '<meta name="article:publisher" content="2026-03-02">'),
    ("video", '<meta property="video:release_date" content="2026-03-02">'),
]

METAS = [
    *("article:published_time", "og:article:published_time", "og:pubdate", "og:publish_date", "article:published"),
    *("cXenseParse:recs:publishtime", "dcterms.created", "DC.date.issued", "datePublished", "parsely-pub-date"),
    *("sailthru.date", "publish-date", "publication_date", "bt:pubDate", "rnews:datePublished", "vr:published_time"),
    *("citation_publication_date", "citation_online_date", "mediator_published_time", "published_at", "date"),
]


@pytest.mark.parametrize("head", [case[1] for case in LINKED_DATA], ids=[case[0] for case in LINKED_DATA])
def test_date_of_the_article_itself(tmp_path: Path, head: str) -> None:
    assert read_ferry_page(tmp_path, head).published == DAY


@pytest.mark.parametrize("head", [case[1] for case in NO_DATE], ids=[case[0] for case in NO_DATE])
def test_dates_of_something_else(tmp_path: Path, head: str) -> None:
    assert read_ferry_page(tmp_path, head).published is None


@pytest.mark.parametrize("attribute", ["property", "name", "itemprop"])
@pytest.mark.parametrize("name", METAS)
def test_names_of_metas(tmp_path: Path, name: str, attribute: str) -> None:
    assert read_ferry_page(tmp_path, f'<meta {attribute}="{name}" content="2026-03-02">').published == DAY


def scoped(kind: str) -> str:
    meta = '<meta itemprop="datePublished" content="2026-03-02">'
    return f'<div itemscope itemtype="https://schema.org/{kind}">{meta}</div>'


MICRODATA = [
    ("of the article", '<time itemprop="datePublished" datetime="2026-03-02">Monday</time>', DAY),
    ("as text", '<span itemprop="datePublished">2026-03-02</span>', DAY),
    (
        "in the article's object",
        scoped("NewsArticle"),
        DAY,
    ),
    (
        "of an image",
        scoped("ImageObject"),
        None,
    ),
    (
        "of a comment",
        scoped("Comment"),
        None,
    ),
    (
        "published and updated",
        '<time class="updated" datetime="2026-03-04">x</time><time class="entry-date published" datetime="2026-03-02">',
        DAY,
    ),
]


@pytest.mark.parametrize(("body", "day"), [case[1:] for case in MICRODATA], ids=[case[0] for case in MICRODATA])
def test_microdata(tmp_path: Path, body: str, day: date | None) -> None:
    assert read_ferry_page(tmp_path, body=body).published == day


def test_moment_with_its_zone(tmp_path: Path) -> None:
    article = read_ferry_page(tmp_path, '<meta property="article:published_time" content="2026-03-02T23:30:00-05:00">')
    assert article.published == DAY
    assert article.published_at == datetime(2026, 3, 3, 4, 30, tzinfo=UTC)
    assert article.published_at.isoformat() == "2026-03-02T23:30:00-05:00"
    assert (
        read_ferry_page(tmp_path, '<meta property="article:published_time" content="2026-03-02T23:30">').published_at
        is None
    )


@pytest.mark.parametrize("stated", ["2099-01-01", "1970-01-01T00:00:00Z", "0"])
def test_unlikely_dates_are_left_out(tmp_path: Path, stated: str) -> None:
    article = read_ferry_page(tmp_path, f'<meta property="article:published_time" content="{stated}">')
    assert article.published is None
    assert [warning.code for warning in article.warnings] == [WarningCode.UNLIKELY_DATE] * (stated != "0")


def test_visible_date_is_only_suggested(tmp_path: Path) -> None:
    article = read_ferry_page(tmp_path, body='<span class="date">March 2, 2026</span>')
    assert (article.published, article.suggested_published) == (None, DAY)
    stated = read_ferry_page(tmp_path, data(STATED), body='<span class="date">March 4, 2026</span>')
    assert (stated.published, stated.suggested_published) == (DAY, None)
    assert read_ferry_page(tmp_path, body="<footer>© 2019 Courier</footer>").suggested_published is None


def person(name: str, kind: str = "Person") -> dict[str, str]:
    return {"@type": kind, "name": name}


AUTHORS = [
    ("an agency", data({"@type": "NewsArticle", "author": person("Example Wire", "Organization")}), ("Example Wire",)),
    ("an agency in capitals", data({"@type": "NewsArticle", "author": "dpa"}), ("dpa",)),
    (
        "people and an agency",
        data({"@type": "NewsArticle", "author": [person("Ann Bee"), person("Wire and Cable", "Organization")]}),
        ("Ann Bee", "Wire and Cable"),
    ),
    (
        "by reference",
        data({"@graph": [{"@type": "Article", "author": {"@id": "#ann"}}, person("Ann Bee") | {"@id": "#ann"}]}),
        ("Ann Bee",),
    ),
    ("a byline", data({"@type": "NewsArticle", "author": "By Ann Bee and Bob Cee"}), ("Ann Bee", "Bob Cee")),
    ("an inverted name", data({"@type": "NewsArticle", "author": person("Reck, Tobias")}), ("Reck, Tobias")),
    ("a list in a string", data({"@type": "NewsArticle", "author": "Ann Bee, Bob Cee"}), ("Ann Bee", "Bob Cee")),
    ("names in one object", data({"@type": "Article", "author": {"name": ["A. Bee", "B. Cee"]}}), ("A. Bee", "B. Cee")),
    ("a creator", data({"@type": "NewsArticle", "creator": ["Ann Bee"]}), ("Ann Bee",)),
    ("a meta", '<meta name="author" content="AFP">', ("AFP",)),
    ("a meta in typographic marks", "<meta name=“author” content=“Ann Bee”>", ("Ann Bee",)),
    ("several metas", '<meta name="citation_author" content="A. Bee"><meta name="citation_author" content="B. Cee">',
     ("A. Bee", "B. Cee")),
    ("an address", '<meta property="article:author" content="https://c.example/ann">', ()),
    ("a handle", '<meta name="author" content="@annbee">', ()),
    ("the author of a video", data({"@type": "VideoObject", "author": person("Bob Cee")}), ()),
    ("odd types", data({"@type": "NewsArticle", "author": [5, None, {"name": {}}, []]}), ()),
]  # fmt: skip


@pytest.mark.parametrize(("head", "authors"), [case[1:] for case in AUTHORS], ids=[case[0] for case in AUTHORS])
def test_authors(tmp_path: Path, head: str, authors: tuple[str, ...]) -> None:
    assert read_ferry_page(tmp_path, head).authors == (authors if isinstance(authors, tuple) else (authors,))


SITE_NAME = '<meta property="og:site_name" content="{}">'
PUBLISHER = {"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Coast Herald"}}
PUBLISHERS = [
    ("JSON-LD", data(PUBLISHER), "Coast Herald"),
    ("JSON-LD before the site's name", SITE_NAME.format("Herald Online") + data(PUBLISHER), "Coast Herald"),
    ("a host is no name", SITE_NAME.format("www.herald.example") + data(PUBLISHER), "Coast Herald"),
    (
        "a host in JSON-LD is none either",
        SITE_NAME.format("Coast Herald") + data({"@type": "NewsArticle", "publisher": {"name": "herald.example"}}),
        "Coast Herald",
    ),
    ("a host where nothing else is", SITE_NAME.format("herald.example"), "herald.example"),
    (
        "by reference",
        data({"@graph": [{"@type": "Article", "publisher": {"@id": "#o"}}, {"@id": "#o", "name": "Coast Herald"}]}),
        "Coast Herald",
    ),
    ("Dublin Core", '<meta name="DC.publisher" content="Coast Herald">', "Coast Herald"),
    ("the site's object", data({"@type": "WebSite", "name": "Coast Herald"}), "Coast Herald"),
]


@pytest.mark.parametrize(("head", "publisher"), [case[1:] for case in PUBLISHERS], ids=[case[0] for case in PUBLISHERS])
def test_publisher(tmp_path: Path, head: str, publisher: str) -> None:
    assert read_ferry_page(tmp_path, head).publisher == publisher


LANGUAGES = [
    ("html", '<html lang="pt-br">', "", "pt-BR"),
    ("XML", '<html xml:lang="pt-BR">', "", "pt-BR"),
    ("html before XML", '<html lang="en" xml:lang="pt-BR">', "", "en"),
    ("empty, and XML", '<html lang="" xml:lang="pt-BR">', "", "pt-BR"),
    ("JSON-LD", "<html>", data({"@type": "NewsArticle", "inLanguage": "fr-FR"}), "fr-FR"),
    ("list in JSON-LD", "<html>", data({"@type": "NewsArticle", "inLanguage": ["fr-FR", "en"]}), "fr-FR"),
    (
        "object in JSON-LD",
        "<html>",
        data({"@type": "NewsArticle", "inLanguage": {"@type": "Language", "name": "French", "alternateName": "fr"}}),
        "fr",
    ),
    ("of the page in JSON-LD", "<html>", data({"@type": "WebPage", "inLanguage": "fr-FR"}), "fr-FR"),
    ("of a video", "<html>", data({"@type": "VideoObject", "inLanguage": "fr-FR"}), ""),
    ("HTTP header", "<html>", '<meta http-equiv="Content-Language" content="de-AT">', "de-AT"),
    ("several", "<html>", '<meta http-equiv="Content-Language" content="de, en">', ""),
    ("Open Graph", "<html>", '<meta property="og:locale" content="ru_RU">', "ru-RU"),
    ("Dublin Core", "<html>", '<meta name="DC.language" content="es">', "es"),
    ("no tag", '<html lang="english">', "", ""),
]


@pytest.mark.parametrize(
    ("html", "head", "language"), [case[1:] for case in LANGUAGES], ids=[case[0] for case in LANGUAGES]
)
def test_language(tmp_path: Path, html: str, head: str, language: str) -> None:
    assert read_ferry_page(tmp_path, head, html=html).language == language


FREE = [
    ("not free", data({"@type": "NewsArticle", "isAccessibleForFree": False}), True),
    ("not free, as text", data({"@type": "NewsArticle", "isAccessibleForFree": "False"}), True),
    ("not free, by tier", '<meta property="article:content_tier" content="locked">', True),
    ("free", data({"@type": "NewsArticle", "isAccessibleForFree": True}), False),
    ("free, as text", data({"@type": "NewsArticle", "isAccessibleForFree": "True"}), False),
    ("not stated", data(STATED), False),
    (
        "another article is not",
        data(STATED, {"@type": "ItemList", "itemListElement": {"isAccessibleForFree": False}}),
        False,
    ),
]


@pytest.mark.parametrize(("head", "is_warned"), [case[1:] for case in FREE], ids=[case[0] for case in FREE])
def test_paywall(tmp_path: Path, head: str, *, is_warned: bool) -> None:
    codes = [warning.code for warning in read_ferry_page(tmp_path, head).warnings]
    assert (WarningCode.PAYWALL in codes) is is_warned


def test_title_and_address_of_json_ld_where_the_page_has_no_other(tmp_path: Path) -> None:
    head = data({"@type": "NewsArticle", "headline": "Ferry", "url": "https://c.example/news/1"})
    page = f"<html><head>{head}</head><body>{html_paragraphs(HARBOUR)}</body></html>"
    article = only_article(read_content(tmp_path / "a.html", page))
    assert (article.title, article.url) == ("Ferry", "https://c.example/news/1")


HOSTILE = [
    ("deep", "[" * 100_000),
    ("deep graph", '{"@graph":' * 500 + "1" + "}" * 500),
    ("many articles", "[" + ",".join([json.dumps(STATED)] * 5000) + "]"),
    ("many commas", "[" + ", " * 200_000 + "]"),
    ("spaces", "[" + " " * 400_000 + "x]"),
    (
        "odd types",
        '[[{"@type": [5, null]}], {"@type": "NewsArticle", "url": [5], "headline": {}, "datePublished": [1]}]',
    ),
    ("references in a circle", '{"@type": "NewsArticle", "author": {"@id": "#a"}, "publisher": {"@id": ["#a"]}}'),
]


@pytest.mark.parametrize("script", [case[1] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_data(tmp_path: Path, script: str) -> None:
    assert HARBOUR[0] in read_ferry_page(tmp_path, f'<script type="application/ld+json">{script}</script>').text
