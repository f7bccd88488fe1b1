"""The API's lists as tables: which columns each has, and how a row of them is made of the API's own row."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claims.export.cells import BOM, guarded, said, written
from claims.export.columns import Column, Datatype

Row = Mapping[str, Any]
Get = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list's columns, and what makes each one's value of a row."""

    columns: tuple[Column, ...]
    getters: tuple[Get, ...]

    @property
    def header(self) -> list[str]:
        """The columns' names."""
        return [column.name for column in self.columns]

    def values(self, row: Row) -> list[Any]:
        """Of a row, in the order of the columns; several values in one are a tuple."""
        return [get(row) for get in self.getters]

    def dated(self, blocks: Iterable[Iterable[Row]]) -> Iterator[list[list[Any]]]:
        """The values of these rows, with days and moments as such, as a workbook takes them."""
        for rows in blocks:
            values = map(self.values, rows)
            yield [[column.dated(cell) for column, cell in zip(self.columns, row, strict=True)] for row in values]


def as_csv(
    listing: Listing, blocks: Iterable[Iterable[Row]], *, raw: bool = False, bom: bool = False
) -> Iterator[bytes]:
    """The bytes of these rows, a block at a time; the first is the line of names.

    Text that a spreadsheet would run as a formula gets a leading `'`, unless `raw`.
    """
    yield ((BOM if bom else "") + written([listing.header])).encode()
    for rows in blocks:
        cells = ([said(value) for value in listing.values(row)] for row in rows)
        yield written(cells if raw else [[guarded(cell) for cell in row] for row in cells]).encode()


def _at(path: str) -> Get:
    """What stands at a path of names; None where one of them leads to nothing."""
    names = path.split(".")

    def get(row: Row) -> Any:
        value: Any = row
        for name in names:
            if value is None:
                return None
            value = value[name]
        return value

    return get


def _each(path: str, say: Callable[[Any], Any]) -> Get:
    """Of the list that stands there, what is said of each."""
    find = _at(path)
    return lambda row: tuple(say(each) for each in find(row))


def _listing(*given: tuple[Column, str | Get]) -> Listing:
    getters = tuple(_at(get) if isinstance(get, str) else get for _, get in given)
    return Listing(tuple(column for column, _ in given), getters)


def _column(datatype: Datatype) -> Callable[..., tuple[Column, str | Get]]:
    def make(name: str, about: str, get: str | Get = "", *, needed: bool = False) -> tuple[Column, str | Get]:
        return Column(name, datatype, about, needed=needed), get or name

    return make


_number, _integer = _column(Datatype.NUMBER), _column(Datatype.INTEGER)
_text, _day, _moment = _column(Datatype.TEXT), _column(Datatype.DAY), _column(Datatype.MOMENT)


def _several(name: str, about: str, get: Get) -> tuple[Column, str | Get]:
    return Column(name, Datatype.TEXT, about, several=True), get


def _id(name: str, about: str) -> tuple[Column, str | Get]:
    return _integer(name, about, "id", needed=True)


def _position(row: Row) -> str:
    days = f" ({row['held_from'] or ''}–{row['held_to'] or ''})" if row["held_from"] or row["held_to"] else ""
    return ", ".join(filter(None, [row["title"], row["organization"]])) + days


def _cited(row: Row) -> str:
    return str(row["url"] or (row["source"] or {}).get("api_url", ""))


_SPEAKER = (
    _integer("speaker_id", "The speaker's permanent id", "speaker.id"),
    _text("speaker", "Who said it", "speaker.name"),
    _text("speaker_wikidata", "The speaker's Wikidata id", "speaker.wikidata_id"),
)
_CLAIM = (
    _integer("claim_id", "Permanent id of the claim", "claim.id"),
    _text("claim", "What is asserted, in one sentence", "claim.text"),
    _text("status", "unreviewed, in-review, or the slug of the claim's rating", "claim.status"),
)
_QUOTES = _listing(
    _id("quote_id", "The quote's permanent id"),
    _text("quote", "Its exact words", "exact"),
    _text("kind", "direct, indirect or mixed"),
    _text("act", "What the speaker did with it: speech, thought or other"),
    _integer("start", "Where it starts in the text, in Unicode code points", needed=True),
    _integer("end", "Where it ends in the text, exclusive", needed=True),
    _several("spans", "Where each of its parts starts and ends", _each("spans", lambda span: f"{span[0]}-{span[1]}")),
    _text("prefix", "The characters before it"),
    _text("suffix", "The characters after it"),
    _text("cue", "The words that introduce it"),
    _text("mention", "The speaker as written"),
    _text("role", "The speaker's role, as written"),
    _text("outlet", "Whom it was told to, as written"),
    *_SPEAKER,
    *_CLAIM,
    _integer("source_id", "Permanent id of the source it stands in", "source.id", needed=True),
    _text("publisher", "The source's publisher", "source.publisher"),
    _text("source_title", "The source's title", "source.title"),
    _text("source_url", "The source's own address", "source.url"),
    _day("published_on", "The day the source was published", "source.published_on"),
    _text("language", "The source's language (BCP 47)", "source.language"),
    _text("snapshot_sha256", "SHA-256 of the text that the offsets count in (UTF-8)"),
    _number("confidence", "How sure the extractor was, from 0 to 1", needed=True),
    _text("extractor", "What found it"),
    _text("extractor_version", "Its version"),
    _moment("accepted_at", "When an editor accepted it", needed=True),
    _moment("updated_at", "When it was last changed", needed=True),
    _text("url", "The quote's permanent address"),
)
_SPEAKERS = _listing(
    _id("speaker_id", "The speaker's permanent id"),
    _text("name", "The name"),
    _text("kind", "person, organization, group or unnamed"),
    _several("names", "Every spelling and alias", _each("names", str)),
    _text("description", "Who that is"),
    _text("wikidata_id", "The speaker's Wikidata id"),
    _several("positions", "What the speaker was, where, from when to when", _each("positions", _position)),
    _integer("quotes", "How many released quotes", needed=True),
    _integer("claims", "How many released claims", needed=True),
    _moment("updated_at", "When it was last changed", needed=True),
    _text("url", "The speaker's permanent address"),
)
_SOURCES = _listing(
    _id("source_id", "The source's permanent id"),
    _text("title", "Its title"),
    _text("publisher", "Its publisher"),
    _text("kind", "What sort of publication it is"),
    _text("authors", "Its authors, separated by semicolons"),
    _text("source_url", "Its own address", "url"),
    _day("published_on", "The day it was published"),
    _text("language", "Its language (BCP 47)"),
    _text("translated_from", "The language it was translated from (BCP 47)"),
    _text("translator", "Who or what translated it"),
    _several("snapshots", "SHA-256 of the texts with released quotes", _each("snapshots", lambda s: s["sha256"])),
    _integer("quotes", "How many released quotes", needed=True),
    _moment("created_at", "When it was added", needed=True),
    _moment("updated_at", "When it was last changed", needed=True),
    _text("url", "The source's permanent address", "api_url"),
)
_VERIFICATIONS = _listing(
    _id("verification_id", "The verdict's permanent id"),
    *_CLAIM,
    _text("rating", "The rating's name", "rating.name"),
    _integer("rating_value", "The rating's place on its scale; empty if it has none", "rating.value"),
    _text("explanation", "Why it is rated so"),
    _several("evidence", "Addresses of what it rests on", _each("evidence", _cited)),
    _moment("published_at", "When it was published", needed=True),
    _text("url", "The verdict's permanent address"),
)
_TOPICS = _listing(
    _id("topic_id", "The topic's permanent id"),
    _text("slug", "Its name in addresses"),
    _text("name", "Its name"),
    _text("description", "What it is about"),
    _integer("claims", "How many released claims", needed=True),
    _text("url", "The topic's permanent address"),
)
_CORRECTIONS = _listing(
    _id("correction_id", "The correction's permanent id"),
    _text("kind", "correction or retraction"),
    _text("text", "What was changed"),
    _text("reason", "Why"),
    _moment("made_at", "When", needed=True),
    _integer("claim_id", "Permanent id of the claim", needed=True),
    _text("claim_url", "The claim's permanent address"),
    _text("url", "The correction's permanent address"),
)
_RATINGS = _listing(
    _id("rating_id", "The rating's permanent id"),
    _text("slug", "Its name in addresses"),
    _text("name", "Its name"),
    _integer("value", "Its place on its scale; empty if it has none"),
    _integer("worst", "The scale's lowest value", needed=True),
    _integer("best", "The scale's highest value", needed=True),
    _text("explanation", "What it means"),
    _text("url", "The rating's permanent address"),
)

LISTINGS = {
    "quotes": _QUOTES,
    "speakers": _SPEAKERS,
    "sources": _SOURCES,
    "verifications": _VERIFICATIONS,
    "topics": _TOPICS,
    "corrections": _CORRECTIONS,
    "ratings": _RATINGS,
}
