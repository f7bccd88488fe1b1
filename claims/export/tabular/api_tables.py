"""The API's resources as tables: the columns of each, and how a row is made of the API's own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claims.export.tabular.columns import Column, Datatype
from claims.export.tabular.csv_format import BOM, format_cell, format_csv
from claims.export.tabular.csv_injection import guard_formula

APIRow = Mapping[str, Any]
Getter = Callable[[APIRow], Any]


@dataclass(frozen=True, slots=True)
class APITable:
    """The columns of a resource's table, and a function for each that gets its value from a row."""

    columns: tuple[Column, ...]
    getters: tuple[Getter, ...]

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    def values(self, row: APIRow) -> list[object]:
        """Returns a row's values in the order of the columns. A list column's value is a tuple."""
        return [get_value(row) for get_value in self.getters]

    def typed_blocks(self, blocks: Iterable[Iterable[APIRow]]) -> Iterator[list[list[object]]]:
        """Yields the values of these rows with dates and datetimes as such, as a workbook needs them."""
        for rows in blocks:
            values = map(self.values, rows)
            yield [[column.typed_value(cell) for column, cell in zip(self.columns, row, strict=True)] for row in values]


def stream_api_csv(
    table: APITable, blocks: Iterable[Iterable[APIRow]], *, raw: bool = False, bom: bool = False
) -> Iterator[bytes]:
    """Yields these rows as CSV, block by block; the first block is the header.

    Text that a spreadsheet would run as a formula is guarded by a leading `'`, unless `raw`.
    """
    yield ((BOM if bom else "") + format_csv([table.header])).encode()
    for rows in blocks:
        cells = ([format_cell(value) for value in table.values(row)] for row in rows)
        yield format_csv(cells if raw else [[guard_formula(cell) for cell in row] for row in cells]).encode()


def _path_getter(path: str) -> Getter:
    """Returns a function that follows a dotted path. Its result is None if a value on the way is None."""
    names = path.split(".")

    def get_value(row: APIRow) -> Any:
        value: Any = row
        for name in names:
            if value is None:
                return None
            value = value[name]
        return value

    return get_value


def _items_getter(path: str, format_item: Callable[[Any], object]) -> Getter:
    """Returns a function that formats each item of the list at a path."""
    get_items = _path_getter(path)
    return lambda row: tuple(format_item(item) for item in get_items(row))


def _api_table(*columns: tuple[Column, str | Getter]) -> APITable:
    getters = tuple(_path_getter(getter) if isinstance(getter, str) else getter for _, getter in columns)
    return APITable(tuple(column for column, _ in columns), getters)


def _typed_column(datatype: Datatype) -> Callable[..., tuple[Column, str | Getter]]:
    """Returns a function that makes columns of this type. A column's value is at the path of its name by default."""

    def make_column(
        name: str, description: str, getter: str | Getter = "", *, required: bool = False
    ) -> tuple[Column, str | Getter]:
        return Column(name, datatype, description, required=required), getter or name

    return make_column


_number_column, _integer_column = _typed_column(Datatype.NUMBER), _typed_column(Datatype.INTEGER)
_date_column, _datetime_column = _typed_column(Datatype.DATE), _typed_column(Datatype.DATETIME)
_text_column = _typed_column(Datatype.TEXT)


def _list_column(name: str, description: str, getter: Getter) -> tuple[Column, str | Getter]:
    return Column(name, Datatype.TEXT, description, is_list=True), getter


def _id_column(name: str, description: str) -> tuple[Column, str | Getter]:
    return _integer_column(name, description, "id", required=True)


def _format_position(position: APIRow) -> str:
    held_from, held_to = position["held_from"] or "", position["held_to"] or ""
    dates = f" ({held_from}–{held_to})" if held_from or held_to else ""
    return ", ".join(filter(None, [position["title"], position["organization"]])) + dates


def _evidence_url(evidence: APIRow) -> str:
    return str(evidence["url"] or (evidence["source"] or {}).get("api_url", ""))


_SPEAKER_COLUMNS = (
    _integer_column("speaker_id", "Permanent id of the speaker", "speaker.id"),
    _text_column("speaker", "Name of the speaker", "speaker.name"),
    _text_column("speaker_wikidata", "Wikidata id of the speaker", "speaker.wikidata_id"),
)
_CLAIM_COLUMNS = (
    _integer_column("claim_id", "Permanent id of the claim", "claim.id"),
    _text_column("claim", "What is asserted, in one sentence", "claim.text"),
    _text_column("status", "unreviewed, in-review, or the slug of the claim's rating", "claim.status"),
)
_QUOTE_TABLE = _api_table(
    _id_column("quote_id", "Permanent id of the quote"),
    _text_column("quote", "Exact text of the quote", "exact"),
    _text_column("kind", "direct, indirect or mixed"),
    _text_column("act", "speech, thought or other"),
    _integer_column("start", "Start of the quote in the text, in Unicode code points", required=True),
    _integer_column("end", "End of the quote in the text, exclusive", required=True),
    _list_column(
        "spans", "Start and end of each part of the quote", _items_getter("spans", lambda span: f"{span[0]}-{span[1]}")
    ),
    _text_column("prefix", "Text before the quote"),
    _text_column("suffix", "Text after the quote"),
    _text_column("cue", "Verb or phrase that attributes the quote"),
    _text_column("mention", "Speaker, as written in the source"),
    _text_column("role", "Role of the speaker, as written in the source"),
    _text_column("outlet", "Medium or person it was said to, as written in the source"),
    *_SPEAKER_COLUMNS,
    *_CLAIM_COLUMNS,
    _integer_column("source_id", "Permanent id of the source that contains the quote", "source.id", required=True),
    _text_column("publisher", "Publisher of the source", "source.publisher"),
    _text_column("source_title", "Title of the source", "source.title"),
    _text_column("source_url", "The source's own URL", "source.url"),
    _date_column("published_on", "Date on which the source was published", "source.published_on"),
    _text_column("language", "Language of the source (BCP 47)", "source.language"),
    _text_column("snapshot_sha256", "SHA-256 of the text that the offsets refer to, encoded as UTF-8"),
    _number_column("confidence", "Confidence of the extractor, from 0 to 1", required=True),
    _text_column("extractor", "Name of the extractor"),
    _text_column("extractor_version", "Version of the extractor"),
    _datetime_column("accepted_at", "When an editor accepted the quote", required=True),
    _datetime_column("updated_at", "When it was last changed", required=True),
    _text_column("url", "Permanent URL of the quote"),
)
_SPEAKER_TABLE = _api_table(
    _id_column("speaker_id", "Permanent id of the speaker"),
    _text_column("name", "Name of the speaker"),
    _text_column("kind", "person, organization, group or unnamed"),
    _list_column("names", "All spellings and aliases of the name", _items_getter("names", str)),
    _text_column("description", "Short description of the speaker"),
    _text_column("wikidata_id", "Wikidata id of the speaker"),
    _list_column(
        "positions", "Positions held, with organization and dates", _items_getter("positions", _format_position)
    ),
    _integer_column("quotes", "Number of public quotes", required=True),
    _integer_column("claims", "Number of public claims", required=True),
    _datetime_column("updated_at", "When it was last changed", required=True),
    _text_column("url", "Permanent URL of the speaker"),
)
_SOURCE_TABLE = _api_table(
    _id_column("source_id", "Permanent id of the source"),
    _text_column("title", "Title of the source"),
    _text_column("publisher", "Publisher of the source"),
    _text_column("kind", "Kind of publication"),
    _text_column("authors", "Authors, separated by semicolons"),
    _text_column("source_url", "The source's own URL", "url"),
    _date_column("published_on", "Date of publication"),
    _text_column("language", "Language (BCP 47)"),
    _text_column("translated_from", "Language that it was translated from (BCP 47)"),
    _text_column("translator", "Translator: a person or software"),
    _list_column(
        "snapshots",
        "SHA-256 of the texts that contain public quotes",
        _items_getter("snapshots", lambda snapshot: snapshot["sha256"]),
    ),
    _integer_column("quotes", "Number of public quotes", required=True),
    _datetime_column("created_at", "When the source was added", required=True),
    _datetime_column("updated_at", "When it was last changed", required=True),
    _text_column("url", "Permanent URL of the source", "api_url"),
)
_VERIFICATION_TABLE = _api_table(
    _id_column("verification_id", "Permanent id of the verdict"),
    *_CLAIM_COLUMNS,
    _text_column("rating", "Name of the rating", "rating.name"),
    _integer_column(
        "rating_value", "The rating's value on the scale; empty if it is outside the scale", "rating.value"
    ),
    _text_column("explanation", "Explanation of the rating"),
    _list_column("evidence", "URLs of the evidence", _items_getter("evidence", _evidence_url)),
    _datetime_column("published_at", "When the verdict was published", required=True),
    _text_column("url", "Permanent URL of the verdict"),
)
_TOPIC_TABLE = _api_table(
    _id_column("topic_id", "Permanent id of the topic"),
    _text_column("slug", "Name of the topic in URLs"),
    _text_column("name", "Name of the topic"),
    _text_column("description", "Description of the topic"),
    _integer_column("claims", "Number of public claims", required=True),
    _text_column("url", "Permanent URL of the topic"),
)
_CORRECTION_TABLE = _api_table(
    _id_column("correction_id", "Permanent id of the correction"),
    _text_column("kind", "correction or retraction"),
    _text_column("text", "What was corrected"),
    _text_column("reason", "Reason for the correction"),
    _datetime_column("made_at", "When the correction was made", required=True),
    _integer_column("claim_id", "Permanent id of the claim", required=True),
    _text_column("claim_url", "Permanent URL of the claim"),
    _text_column("url", "Permanent URL of the correction"),
)
_RATING_TABLE = _api_table(
    _id_column("rating_id", "Permanent id of the rating"),
    _text_column("slug", "Name of the rating in URLs"),
    _text_column("name", "Name of the rating"),
    _integer_column("value", "Value on the scale; empty if it is outside the scale"),
    _integer_column("worst", "Lowest value of the scale", required=True),
    _integer_column("best", "Highest value of the scale", required=True),
    _text_column("explanation", "Meaning of the rating"),
    _text_column("url", "Permanent URL of the rating"),
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
