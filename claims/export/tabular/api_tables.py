"""The API's lists as tables: which columns each has, and how a row of them is made of the API's own row."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claims.export.tabular.columns import Column, Datatype
from claims.export.tabular.csv_injection import BOM, format_cell, format_csv, guard_formula

APIRow = Mapping[str, Any]
Getter = Callable[[APIRow], Any]


@dataclass(frozen=True, slots=True)
class APITable:
    """A list's columns, and what makes each one's value of a row."""

    columns: tuple[Column, ...]
    getters: tuple[Getter, ...]

    @property
    def header(self) -> list[str]:
        """The columns' names."""
        return [column.name for column in self.columns]

    def values(self, row: APIRow) -> list[Any]:
        """Of a row, in the order of the columns; several values in one are a tuple."""
        return [get(row) for get in self.getters]

    def dated(self, blocks: Iterable[Iterable[APIRow]]) -> Iterator[list[list[Any]]]:
        """The values of these rows, with days and moments as such, as a workbook takes them."""
        for rows in blocks:
            values = map(self.values, rows)
            yield [[column.dated(cell) for column, cell in zip(self.columns, row, strict=True)] for row in values]


def stream_api_csv(
    listing: APITable, blocks: Iterable[Iterable[APIRow]], *, raw: bool = False, bom: bool = False
) -> Iterator[bytes]:
    """The bytes of these rows, a block at a time; the first is the line of names.

    Text that a spreadsheet would run as a formula gets a leading `'`, unless `raw`.
    """
    yield ((BOM if bom else "") + format_csv([listing.header])).encode()
    for rows in blocks:
        cells = ([format_cell(value) for value in listing.values(row)] for row in rows)
        yield format_csv(cells if raw else [[guard_formula(cell) for cell in row] for row in cells]).encode()


def _path_getter(path: str) -> Getter:
    """What stands at a path of names; None where one of them leads to nothing."""
    names = path.split(".")

    def get(row: APIRow) -> Any:
        value: Any = row
        for name in names:
            if value is None:
                return None
            value = value[name]
        return value

    return get


def _items_getter(path: str, say: Callable[[Any], Any]) -> Getter:
    """Of the list that stands there, what is said of each."""
    find = _path_getter(path)
    return lambda row: tuple(say(each) for each in find(row))


def _api_table(*given: tuple[Column, str | Getter]) -> APITable:
    getters = tuple(_path_getter(get) if isinstance(get, str) else get for _, get in given)
    return APITable(tuple(column for column, _ in given), getters)


def _typed_column(datatype: Datatype) -> Callable[..., tuple[Column, str | Getter]]:
    def make(name: str, about: str, get: str | Getter = "", *, needed: bool = False) -> tuple[Column, str | Getter]:
        return Column(name, datatype, about, needed=needed), get or name

    return make


_number_column, _integer_column = _typed_column(Datatype.NUMBER), _typed_column(Datatype.INTEGER)
_text_column, _date_column, _datetime_column = (
    _typed_column(Datatype.TEXT),
    _typed_column(Datatype.DAY),
    _typed_column(Datatype.MOMENT),
)


def _list_column(name: str, about: str, get: Getter) -> tuple[Column, str | Getter]:
    return Column(name, Datatype.TEXT, about, several=True), get


def _id_column(name: str, about: str) -> tuple[Column, str | Getter]:
    return _integer_column(name, about, "id", needed=True)


def _format_position(row: APIRow) -> str:
    days = f" ({row['held_from'] or ''}–{row['held_to'] or ''})" if row["held_from"] or row["held_to"] else ""
    return ", ".join(filter(None, [row["title"], row["organization"]])) + days


def _evidence_url(row: APIRow) -> str:
    return str(row["url"] or (row["source"] or {}).get("api_url", ""))


_SPEAKER_COLUMNS = (
    _integer_column("speaker_id", "The speaker's permanent id", "speaker.id"),
    _text_column("speaker", "Who said it", "speaker.name"),
    _text_column("speaker_wikidata", "The speaker's Wikidata id", "speaker.wikidata_id"),
)
_CLAIM_COLUMNS = (
    _integer_column("claim_id", "Permanent id of the claim", "claim.id"),
    _text_column("claim", "What is asserted, in one sentence", "claim.text"),
    _text_column("status", "unreviewed, in-review, or the slug of the claim's rating", "claim.status"),
)
_QUOTE_TABLE = _api_table(
    _id_column("quote_id", "The quote's permanent id"),
    _text_column("quote", "Its exact words", "exact"),
    _text_column("kind", "direct, indirect or mixed"),
    _text_column("act", "What the speaker did with it: speech, thought or other"),
    _integer_column("start", "Where it starts in the text, in Unicode code points", needed=True),
    _integer_column("end", "Where it ends in the text, exclusive", needed=True),
    _list_column(
        "spans", "Where each of its parts starts and ends", _items_getter("spans", lambda span: f"{span[0]}-{span[1]}")
    ),
    _text_column("prefix", "The characters before it"),
    _text_column("suffix", "The characters after it"),
    _text_column("cue", "The words that introduce it"),
    _text_column("mention", "The speaker as written"),
    _text_column("role", "The speaker's role, as written"),
    _text_column("outlet", "Whom it was told to, as written"),
    *_SPEAKER_COLUMNS,
    *_CLAIM_COLUMNS,
    _integer_column("source_id", "Permanent id of the source it stands in", "source.id", needed=True),
    _text_column("publisher", "The source's publisher", "source.publisher"),
    _text_column("source_title", "The source's title", "source.title"),
    _text_column("source_url", "The source's own address", "source.url"),
    _date_column("published_on", "The day the source was published", "source.published_on"),
    _text_column("language", "The source's language (BCP 47)", "source.language"),
    _text_column("snapshot_sha256", "SHA-256 of the text that the offsets count in (UTF-8)"),
    _number_column("confidence", "How sure the extractor was, from 0 to 1", needed=True),
    _text_column("extractor", "What found it"),
    _text_column("extractor_version", "Its version"),
    _datetime_column("accepted_at", "When an editor accepted it", needed=True),
    _datetime_column("updated_at", "When it was last changed", needed=True),
    _text_column("url", "The quote's permanent address"),
)
_SPEAKER_TABLE = _api_table(
    _id_column("speaker_id", "The speaker's permanent id"),
    _text_column("name", "The name"),
    _text_column("kind", "person, organization, group or unnamed"),
    _list_column("names", "Every spelling and alias", _items_getter("names", str)),
    _text_column("description", "Who that is"),
    _text_column("wikidata_id", "The speaker's Wikidata id"),
    _list_column(
        "positions", "What the speaker was, where, from when to when", _items_getter("positions", _format_position)
    ),
    _integer_column("quotes", "How many released quotes", needed=True),
    _integer_column("claims", "How many released claims", needed=True),
    _datetime_column("updated_at", "When it was last changed", needed=True),
    _text_column("url", "The speaker's permanent address"),
)
_SOURCE_TABLE = _api_table(
    _id_column("source_id", "The source's permanent id"),
    _text_column("title", "Its title"),
    _text_column("publisher", "Its publisher"),
    _text_column("kind", "What sort of publication it is"),
    _text_column("authors", "Its authors, separated by semicolons"),
    _text_column("source_url", "Its own address", "url"),
    _date_column("published_on", "The day it was published"),
    _text_column("language", "Its language (BCP 47)"),
    _text_column("translated_from", "The language it was translated from (BCP 47)"),
    _text_column("translator", "Who or what translated it"),
    _list_column(
        "snapshots", "SHA-256 of the texts with released quotes", _items_getter("snapshots", lambda s: s["sha256"])
    ),
    _integer_column("quotes", "How many released quotes", needed=True),
    _datetime_column("created_at", "When it was added", needed=True),
    _datetime_column("updated_at", "When it was last changed", needed=True),
    _text_column("url", "The source's permanent address", "api_url"),
)
_VERIFICATION_TABLE = _api_table(
    _id_column("verification_id", "The verdict's permanent id"),
    *_CLAIM_COLUMNS,
    _text_column("rating", "The rating's name", "rating.name"),
    _integer_column("rating_value", "The rating's place on its scale; empty if it has none", "rating.value"),
    _text_column("explanation", "Why it is rated so"),
    _list_column("evidence", "Addresses of what it rests on", _items_getter("evidence", _evidence_url)),
    _datetime_column("published_at", "When it was published", needed=True),
    _text_column("url", "The verdict's permanent address"),
)
_TOPIC_TABLE = _api_table(
    _id_column("topic_id", "The topic's permanent id"),
    _text_column("slug", "Its name in addresses"),
    _text_column("name", "Its name"),
    _text_column("description", "What it is about"),
    _integer_column("claims", "How many released claims", needed=True),
    _text_column("url", "The topic's permanent address"),
)
_CORRECTION_TABLE = _api_table(
    _id_column("correction_id", "The correction's permanent id"),
    _text_column("kind", "correction or retraction"),
    _text_column("text", "What was changed"),
    _text_column("reason", "Why"),
    _datetime_column("made_at", "When", needed=True),
    _integer_column("claim_id", "Permanent id of the claim", needed=True),
    _text_column("claim_url", "The claim's permanent address"),
    _text_column("url", "The correction's permanent address"),
)
_RATING_TABLE = _api_table(
    _id_column("rating_id", "The rating's permanent id"),
    _text_column("slug", "Its name in addresses"),
    _text_column("name", "Its name"),
    _integer_column("value", "Its place on its scale; empty if it has none"),
    _integer_column("worst", "The scale's lowest value", needed=True),
    _integer_column("best", "The scale's highest value", needed=True),
    _text_column("explanation", "What it means"),
    _text_column("url", "The rating's permanent address"),
)

API_TABLES = {
    "quotes": _QUOTE_TABLE,
    "speakers": _SPEAKER_TABLE,
    "sources": _SOURCE_TABLE,
    "verifications": _VERIFICATION_TABLE,
    "topics": _TOPIC_TABLE,
    "corrections": _CORRECTION_TABLE,
    "ratings": _RATING_TABLE,
}
