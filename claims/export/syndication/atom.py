"""The newest quotes, verdicts and corrections as Atom feeds (RFC 4287), page by page (RFC 5005), of the API's rows."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET  # nosec B405  # to write, not to read

from django.conf import settings

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
_MAX_TITLE_LENGTH = 120  # characters of a title
_EPOCH = "1970-01-01T00:00:00Z"  # when a feed without entries was changed
_XML_UNSAFE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

APIRow = Mapping[str, Any]


class AtomEntry:
    """What an entry says."""

    def __init__(self, row: APIRow, *, title: str, content: str, published: str, updated: str | None = None) -> None:
        self.address = row["url"]
        self.title, self.content = title, content
        self.published = published
        self.updated = max(published, updated or published)
        self.author: tuple[str, str] | None = None
        self.links: list[tuple[str, str]] = []


def render_feed(  # noqa: PLR0913  # what, and where it stands among its pages
    kind: str, rows: Iterable[APIRow], *, at: str, first: str, following: str | None, before: str | None
) -> bytes:
    """The document: a page of a list that begins at the address `first`."""
    title, entry_of = FEEDS[kind]
    entries = [entry_of(row) for row in rows]
    base = settings.FACTBASE_BASE_URL
    root = ET.Element("feed", xmlns=NAMESPACE)
    _append_element(root, "id", first)
    _append_element(root, "title", f"{title} – {urlsplit(base).hostname}")
    _append_element(root, "updated", max((entry.updated for entry in entries), default=_EPOCH))
    _append_person(root, urlsplit(base).hostname or "factbase", f"{base}/")
    _append_element(root, "generator", "factbase")
    for relation, where in (("self", at), ("first", first), ("next", following), ("previous", before)):
        if where:
            _append_element(root, "link", rel=relation, href=where, type=MEDIA_TYPE)
    for entry in entries:
        _append_entry(ET.SubElement(root, "entry"), entry)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'.encode()


def quote_entry(row: APIRow) -> AtomEntry:
    """Its author is who said it."""
    speaker, source = row["speaker"], row["source"]
    where = ", ".join(filter(None, [source["publisher"], source["title"], source["published_on"]]))
    entry = AtomEntry(
        row,
        title=f"{speaker['name']}: “{row['exact']}”",
        content=f"“{row['exact']}”\n— {speaker['name']}" + (f" ({where})" if where else ""),
        published=row["accepted_at"],
        updated=row["updated_at"],
    )
    entry.author = speaker["name"], speaker["url"]
    if source["url"]:
        entry.links.append(("via", source["url"]))
    if row.get("claim"):
        entry.links.append(("related", row["claim"]["url"]))
    return entry


def verdict_entry(row: APIRow) -> AtomEntry:
    """A verdict is never changed: a new one is a new entry."""
    entry = AtomEntry(
        row,
        title=f"{row['rating']['name']}: {row['claim']['text']}",
        content=row["explanation"],
        published=row["published_at"],
    )
    entry.links.append(("related", row["claim"]["url"]))
    return entry


def correction_entry(row: APIRow) -> AtomEntry:
    """What was changed, and why."""
    entry = AtomEntry(
        row,
        title=f"{str(row['kind']).capitalize()}: {row['text']}",
        content=f"{row['text']}\n{row['reason']}",
        published=row["made_at"],
    )
    entry.links.append(("related", row["claim_url"]))
    return entry


FEEDS: dict[str, tuple[str, Callable[[APIRow], AtomEntry]]] = {
    "quotes": ("Quotes", quote_entry),
    "verifications": ("Verdicts", verdict_entry),
    "corrections": ("Corrections", correction_entry),
}


def _append_entry(element: ET.Element, entry: AtomEntry) -> None:
    _append_element(element, "id", entry.address)
    short = entry.title if len(entry.title) <= _MAX_TITLE_LENGTH else f"{entry.title[: _MAX_TITLE_LENGTH - 1]}…"
    _append_element(element, "title", short)
    _append_element(element, "published", entry.published)
    _append_element(element, "updated", entry.updated)
    if entry.author:
        _append_person(element, *entry.author)
    _append_element(element, "link", rel="alternate", href=entry.address, type="application/json")
    for relation, where in entry.links:
        _append_element(element, "link", rel=relation, href=where)
    _append_element(element, "content", entry.content, type="text")


def _append_person(element: ET.Element, name: str, address: str) -> None:
    person = ET.SubElement(element, "author")
    _append_element(person, "name", name)
    _append_element(person, "uri", address)


def _append_element(element: ET.Element, name: str, text: str = "", **attributes: str) -> None:
    """An element; characters that XML has no way to write are shown as missing."""
    said = {key: _XML_UNSAFE.sub("\ufffd", value) for key, value in attributes.items()}
    ET.SubElement(element, name, said).text = _XML_UNSAFE.sub("\ufffd", text) or None
