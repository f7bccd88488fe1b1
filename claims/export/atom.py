"""The newest quotes, verdicts and corrections as Atom feeds (RFC 4287), page by page (RFC 5005), of the API's rows."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET  # nosec B405  # to write, not to read

from django.conf import settings

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
_LONGEST = 120  # characters of a title
_NEVER = "1970-01-01T00:00:00Z"  # when a feed without entries was changed
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Row = Mapping[str, Any]


class Entry:
    """What an entry says."""

    def __init__(self, row: Row, *, title: str, content: str, published: str, updated: str | None = None) -> None:
        self.address = row["url"]
        self.title, self.content = title, content
        self.published = published
        self.updated = max(published, updated or published)
        self.author: tuple[str, str] | None = None
        self.links: list[tuple[str, str]] = []


def feed(  # noqa: PLR0913  # what, and where it stands among its pages
    kind: str, rows: Iterable[Row], *, at: str, first: str, following: str | None, before: str | None
) -> bytes:
    """The document: a page of a list that begins at the address `first`."""
    title, entry_of = ENTRIES[kind]
    entries = [entry_of(row) for row in rows]
    base = settings.FACTBASE_BASE_URL
    root = ET.Element("feed", xmlns=NAMESPACE)
    _add(root, "id", first)
    _add(root, "title", f"{title} – {urlsplit(base).hostname}")
    _add(root, "updated", max((entry.updated for entry in entries), default=_NEVER))
    _person(root, urlsplit(base).hostname or "factbase", f"{base}/")
    _add(root, "generator", "factbase")
    for relation, where in (("self", at), ("first", first), ("next", following), ("previous", before)):
        if where:
            _add(root, "link", rel=relation, href=where, type=MEDIA_TYPE)
    for entry in entries:
        _entry(ET.SubElement(root, "entry"), entry)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'.encode()


def quote(row: Row) -> Entry:
    """Its author is who said it."""
    speaker, source = row["speaker"], row["source"]
    where = ", ".join(filter(None, [source["publisher"], source["title"], source["published_on"]]))
    entry = Entry(
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


def verification(row: Row) -> Entry:
    """A verdict is never changed: a new one is a new entry."""
    entry = Entry(
        row,
        title=f"{row['rating']['name']}: {row['claim']['text']}",
        content=row["explanation"],
        published=row["published_at"],
    )
    entry.links.append(("related", row["claim"]["url"]))
    return entry


def correction(row: Row) -> Entry:
    """What was changed, and why."""
    entry = Entry(
        row,
        title=f"{str(row['kind']).capitalize()}: {row['text']}",
        content=f"{row['text']}\n{row['reason']}",
        published=row["made_at"],
    )
    entry.links.append(("related", row["claim_url"]))
    return entry


ENTRIES: dict[str, tuple[str, Callable[[Row], Entry]]] = {
    "quotes": ("Quotes", quote),
    "verifications": ("Verdicts", verification),
    "corrections": ("Corrections", correction),
}


def _entry(element: ET.Element, entry: Entry) -> None:
    _add(element, "id", entry.address)
    short = entry.title if len(entry.title) <= _LONGEST else f"{entry.title[: _LONGEST - 1]}…"
    _add(element, "title", short)
    _add(element, "published", entry.published)
    _add(element, "updated", entry.updated)
    if entry.author:
        _person(element, *entry.author)
    _add(element, "link", rel="alternate", href=entry.address, type="application/json")
    for relation, where in entry.links:
        _add(element, "link", rel=relation, href=where)
    _add(element, "content", entry.content, type="text")


def _person(element: ET.Element, name: str, address: str) -> None:
    person = ET.SubElement(element, "author")
    _add(person, "name", name)
    _add(person, "uri", address)


def _add(element: ET.Element, name: str, text: str = "", **attributes: str) -> None:
    """An element; characters that XML has no way to write are shown as missing."""
    said = {key: _NOT_XML.sub("\ufffd", value) for key, value in attributes.items()}
    ET.SubElement(element, name, said).text = _NOT_XML.sub("\ufffd", text) or None
