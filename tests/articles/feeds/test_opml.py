from contextlib import nullcontext

import pytest

from claims.articles.feeds import FeedError, ListedFeed, read_opml, write_opml

OPML = """<?xml version="1.0" encoding="UTF-8"?><opml version="1.0"><head><title>My feeds</title></head><body>
<outline text="News"><outline type="rss" text="A &amp; B" title="A &amp; B" xmlUrl="https://a.example/rss"/>
<outline text="Новости" xmlURL=" https://b.example/rss "/></outline>
<outline text="Again" xmlUrl="https://a.example/rss"/><outline text="A site" htmlUrl="https://c.example/"/>
<outline text="Hostile" xmlUrl="file:///etc/passwd"/></body></opml>"""


def test_feeds_in_folders_are_read_once() -> None:
    assert read_opml(OPML.encode()) == [
        ListedFeed(url="https://a.example/rss", title="A & B"),
        ListedFeed(url="https://b.example/rss", title="Новости"),
    ]


@pytest.mark.parametrize(
    ("written", "title"), [("&#55357;&#56832;", "😀"), ("a&#xD83D;b", "a\ufffdb"), ("&#128512;", "😀")]
)
def test_a_damaged_reference_costs_nothing_beside_it(written: str, title: str) -> None:
    opml = f"<opml><body><outline title='{written}' xmlUrl='https://a.example/rss'/></body></opml>"
    assert read_opml(opml.encode()) == [ListedFeed(url="https://a.example/rss", title=title)]
    with pytest.raises(FeedError, match="does not exist") if "#128512" not in written else nullcontext():
        read_opml(f"<?xml version='1.0' encoding='utf-16'?>{opml}".encode("utf-16"))


def test_what_is_written_is_read_again() -> None:
    feeds = [ListedFeed(url="https://a.example/rss?x=1&y=2", title='"A" <b>'), ListedFeed(url="https://b.example/")]
    document = write_opml(feeds, title="Feeds of factbase")
    assert read_opml(document) == [feeds[0], ListedFeed(url="https://b.example/", title="https://b.example/")]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "not valid XML|not OPML"),
        (b"hello", "not valid XML|not OPML"),
        (b"<rss/>", "not OPML"),
        (b"<opml version='2.0'><body/></opml>", "lists no feed"),
        (b"<opml>" + b"<outline xmlUrl='https://a.example/%d'/>" * 3, "not valid|limit|lists"),
        (b" " * 2_000_001, "larger than"),
    ],
)
def test_other_files_are_refused(body: bytes, message: str) -> None:
    if b"%d" in body:
        many = b"".join(b"<outline xmlUrl='https://a.example/%d'/>" % number for number in range(2_001))
        body, message = b"<opml>" + many + b"</opml>", "2,001 feeds, the limit is 2,000"
    with pytest.raises(FeedError, match=message):
        read_opml(body)


def test_entities_do_not_multiply() -> None:
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
    bomb = f"<!DOCTYPE x [<!ENTITY e0 'https://a.example/'>{entities}]>"
    with pytest.raises(FeedError):
        read_opml(f"{bomb}<opml><outline xmlUrl='&e9;'/></opml>".encode())
