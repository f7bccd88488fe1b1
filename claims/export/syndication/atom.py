"""Quotes, claims, verdicts and corrections as Atom feeds (RFC 4287), newest first, paged (RFC 5005), of API rows."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst

from claims.export.timestamps import format_timestamp
from claims.models import CorrectedFieldName, CorrectionKind, QuoteKind
from claims.models.quote_text import with_marks
from claims.resources.corrections import correction_title
from claims.resources.permalinks import list_url, page_url, quote_kind_scheme
from claims.truncation import truncate

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
_MAX_TITLE_LENGTH = 120  # characters
_MIN_QUOTED = 40  # of them, of a quote
_XML_UNSAFE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

APIRow = Mapping[str, Any]


class AtomEntry:
    def __init__(
        self, row: APIRow, *, page: str, title: str, content: str, published: str, updated: str | None = None
    ) -> None:
        self.url = row["url"]  # of the API, which is the entry's id
        self.page_url = page
        self.title, self.content = title, content
        self.published = published
        self.updated = max(published, updated or published)
        self.author: tuple[str, str] | None = None  # name, URL
        self.links: list[tuple[str, str]] = []  # relation, URL
        self.categories: list[Category] = []


@dataclass(frozen=True, slots=True)
class Category:
    """A category of an entry: its term, the URL of the vocabulary that it is from, and its label for people."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed of a resource; `fields` are those of the API's rows that its entries are made of (None for all)."""

    title: str
    build_entry: Callable[[APIRow], AtomEntry]
    fields: tuple[str, ...] | None = None


def render_feed(  # a page, and its place among the pages
    resource: str, rows: Iterable[APIRow], *, url: str, first: str, next_url: str | None, previous_url: str | None
) -> bytes:
    """Returns the XML of a page of the feed whose first page is at the URL `first`."""
    feed = FEEDS[resource]
    entries = [feed.build_entry(row) for row in rows]
    base_url = settings.FACTBASE_BASE_URL
    root = ET.Element("feed", xmlns=NAMESPACE)
    _append_element(root, "id", first)
    _append_element(root, "title", f"{feed.title} – {settings.FACTBASE_SITE_NAME}")
    _append_element(root, "updated", max((entry.updated for entry in entries), default=_start_of_today()))
    _append_person(root, settings.FACTBASE_PUBLISHER, f"{base_url}/")
    _append_element(root, "generator", "factbase")
    if settings.FACTBASE_DATA_LICENCE:
        _append_element(root, "rights", settings.FACTBASE_DATA_LICENCE)
    for relation, link in (("self", url), ("first", first), ("next", next_url), ("previous", previous_url)):
        if link:
            _append_element(root, "link", rel=relation, href=link, type=MEDIA_TYPE)
    for entry in entries:
        _append_entry(ET.SubElement(root, "entry"), entry)
    xml = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{xml}'.encode()


def _start_of_today() -> str:
    """Returns when a feed without entries was last updated: the same all day, so that its ETag is, too."""
    return format_timestamp(timezone.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0))


def quote_entry(row: APIRow) -> AtomEntry:
    speaker, source = row["speaker"], row["source"]
    citation = ", ".join(filter(None, [source["publisher"], source["title"], source["published_on"]]))
    kind, language, title = QuoteKind(row["kind"]), source["language"], f"{speaker['name']}: "
    quote = with_marks(row["text"], kind, language)
    room_in_title = max(_MAX_TITLE_LENGTH - len(title) - 2, _MIN_QUOTED)
    speaker_line = speaker["name"] if kind == QuoteKind.DIRECT else f"{speaker['name']}, as reported"
    entry = AtomEntry(
        row,
        page=page_url("quotes", row["id"]),
        title=title + with_marks(row["text"], kind, language, max_length=room_in_title),
        content=f"{quote}\n— {speaker_line}" + (f" ({citation})" if citation else ""),
        published=row["accepted_at"],
        updated=row["updated_at"],
    )
    claim = row.get("claim")
    entry.categories = [
        Category(kind.value, quote_kind_scheme(), str(kind.label)),
        _speaker_category(speaker),
        *(_claim_categories(claim["rating"], claim["topics"]) if claim else ()),
    ]
    entry.author = speaker["name"], page_url("speakers", speaker["id"], speaker["name"])
    if source["url"]:
        entry.links.append(("via", source["url"]))
    if claim:
        entry.links.append(("related", _claim_page(claim)))
    return entry


def claim_entry(row: APIRow) -> AtomEntry:
    speaker, rating = row["speaker"], row["rating"]
    verdict = [f"{rating['name']}: {row['verification']['explanation']}"] if rating else []
    entry = AtomEntry(
        row,
        page=_claim_page(row),
        title=f"{speaker['name']}: {row['text']}" if speaker else row["text"],
        content="\n".join([row["text"], *verdict]),
        published=row["released_at"],
        updated=row["updated_at"],
    )
    entry.categories = [
        *([_speaker_category(speaker)] if speaker else []),
        *_claim_categories(rating, row["topics"]),
    ]
    return entry


def verdict_entry(row: APIRow) -> AtomEntry:
    # Without `updated`: a verdict never changes, it is replaced by another.
    entry = AtomEntry(
        row,
        page=_claim_page(row["claim"]),
        title=f"{row['rating']['name']}: {row['claim']['text']}",
        content=row["explanation"],
        published=row["published_at"],
    )
    entry.links.append(("related", row["claim"]["url"]))
    speaker = row["claim"]["speaker"]
    entry.categories = [
        *([_speaker_category(speaker)] if speaker else []),
        *_claim_categories(row["rating"], row["claim"]["topics"]),
    ]
    return entry


def _speaker_category(speaker: APIRow) -> Category:
    return Category(str(speaker["id"]), list_url("speakers"), speaker["name"])


def _claim_categories(rating: APIRow | None, topics: Iterable[APIRow]) -> list[Category]:
    ratings = [Category(rating["slug"], list_url("ratings"), rating["name"])] if rating else []
    return ratings + [Category(topic["slug"], list_url("topics"), topic["name"]) for topic in topics]


def _claim_page(claim: APIRow) -> str:
    return page_url("claims", claim["id"], claim["text"])


def correction_entry(row: APIRow) -> AtomEntry:
    what = correction_title(row)
    speaker = f" ({row['speaker']})" if row["speaker"] else ""
    changes = [
        f"{capfirst(CorrectedFieldName(change['field']).label)}: "
        f"{_quoted_or_nothing(change['before'])} → {_quoted_or_nothing(change['after'])}"
        for change in row["changes"]
    ]
    entry = AtomEntry(
        row,
        page=_corrected_page(row),
        title=f"{what}: “{row['subject']}”{speaker}" if row["subject"] else f"{what}: {row['text']}",
        content="\n".join([row["text"], *changes, f"Reason: {row['reason']}"]),
        published=row["made_at"],
    )
    kind = CorrectionKind(row["kind"])
    entry.categories = [Category(kind.value, f"{list_url('corrections')}#kind", str(kind.label))]
    if row["speaker"]:  # the name as it stood, which is nobody's id
        entry.categories.append(Category(row["speaker"], f"{list_url('speakers')}#name", row["speaker"]))
    entry.links += [("related", row[name]) for name in ("claim_url", "quote_url") if row[name]]
    return entry


def _corrected_page(correction: APIRow) -> str:
    """Returns the page of what was corrected: of a claim, or of a quote without one."""
    if correction["claim_id"]:
        return page_url("claims", correction["claim_id"])
    return page_url("quotes", correction["quote_id"])


def _quoted_or_nothing(value: str) -> str:
    return f"“{value}”" if value else "–"


_CLAIM_FIELDS = ("claim.id", "claim.text", "claim.topics")
FEEDS = {
    "quotes": Feed(
        "Quotes",
        quote_entry,
        (
            *("id", "url", "kind", "text", "accepted_at", "updated_at", "speaker"),
            *("source.publisher", "source.title", "source.published_on", "source.url", "source.language"),
            *(*_CLAIM_FIELDS, "claim.rating"),
        ),
    ),
    "claims": Feed(
        "Claims",
        claim_entry,
        (
            *("id", "url", "text", "released_at", "updated_at", "rating", "topics"),
            *("speaker.id", "speaker.name", "verification.explanation"),
        ),
    ),
    "verifications": Feed(
        "Verdicts",
        verdict_entry,
        ("id", "url", "rating", "explanation", "published_at", *_CLAIM_FIELDS, "claim.url", "claim.speaker"),
    ),
    "corrections": Feed("Corrections", correction_entry),
}


def _append_entry(element: ET.Element, entry: AtomEntry) -> None:
    _append_element(element, "id", entry.url)
    _append_element(element, "title", truncate(entry.title, _MAX_TITLE_LENGTH))
    _append_element(element, "published", entry.published)
    _append_element(element, "updated", entry.updated)
    if entry.author:
        _append_person(element, *entry.author)
    for category in entry.categories:
        _append_element(element, "category", **asdict(category))
    _append_element(element, "link", rel="alternate", href=entry.page_url, type="text/html")
    _append_element(element, "link", rel="alternate", href=entry.url, type="application/json")
    for relation, url in entry.links:
        _append_element(element, "link", rel=relation, href=url)
    _append_element(element, "content", entry.content, type="text")


def _append_person(element: ET.Element, name: str, url: str) -> None:
    person = ET.SubElement(element, "author")
    _append_element(person, "name", name)
    _append_element(person, "uri", url)


def _append_element(element: ET.Element, name: str, text: str = "", **attributes: str) -> None:
    """Appends an element. Characters that XML cannot contain become U+FFFD."""
    attributes = {key: replace_unsafe_characters(value) for key, value in attributes.items()}
    ET.SubElement(element, name, attributes).text = replace_unsafe_characters(text) or None


def replace_unsafe_characters(text: str) -> str:
    """Returns the text with U+FFFD in place of each character that XML cannot contain."""
    return _XML_UNSAFE.sub("\ufffd", text)
