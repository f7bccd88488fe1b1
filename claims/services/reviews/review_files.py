"""Reads files of fact-checks: ClaimReview in JSON or in a web page, or a CSV file with one to a row."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from claims.articles.reviews import Review, ReviewError, ReviewFields, build_review, read_review_document
from claims.services.errors import RefusedError
from claims.services.imports.spreadsheet import SheetRow, Spreadsheet, decode_upload, parse_spreadsheet

MAX_FILE_BYTES = 50_000_000
MAX_REVIEWS = 50_000
# The names of a column, as people write them: the first is the one that documents use.
COLUMNS = {
    "claim": ("claim",),
    "speaker": ("speaker",),
    "said_on": ("date", "said_on", "said on"),
    "rating": ("rating", "verdict"),
    "rating_scale": ("rating scale", "rating_scale"),
    "review_url": ("review url", "review_url", "url"),
    "published": ("published", "published on", "published_on"),
    "author": ("author",),
    "publisher": ("publisher",),
    "explanation": ("explanation",),
}


class FileEntry(NamedTuple):
    """A fact-check in a file, or why it cannot be read. `place` is such as "line 7" or "review 3"."""

    place: str
    label: str
    content: Review | ReviewError


def read_review_file(data: bytes, *, clean_cell: Callable[[str], str]) -> list[FileEntry]:
    """The fact-checks of a file; `clean_cell` undoes what an export did to a cell of a spreadsheet.

    Raises RefusedError if the file cannot be read at all.
    """
    if len(data) > MAX_FILE_BYTES:
        raise RefusedError(f"The file has more than {MAX_FILE_BYTES:,} bytes. Split it and import the parts.")
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    try:
        if start in {b"{", b"[", b"<"}:
            entries = [
                FileEntry(f"review {number}", _label(content), content)
                for number, content in read_review_document(data)
            ]
        else:
            entries = list(_read_rows(_parse_rows(data, clean_cell)))
    except ReviewError as error:
        raise RefusedError(str(error)) from error
    if not entries:
        raise RefusedError("The file contains no fact-checks (ClaimReview).")
    if len(entries) > MAX_REVIEWS:
        raise RefusedError(f"The file has {len(entries):,} fact-checks; the limit is {MAX_REVIEWS:,}.")
    return entries


def _parse_rows(data: bytes, clean_cell: Callable[[str], str]) -> Spreadsheet:
    names = [name for spellings in COLUMNS.values() for name in spellings]
    return parse_spreadsheet(
        decode_upload(data, limit=MAX_FILE_BYTES),
        columns=names,
        required="claim",
        clean_cell=clean_cell,
        max_rows=MAX_REVIEWS,
    )


def _read_rows(sheet: Spreadsheet) -> Iterator[FileEntry]:
    for row in sheet.rows:
        fields = {name: _cell(row, spellings) for name, spellings in COLUMNS.items()}
        content: Review | ReviewError
        try:
            content = build_review(ReviewFields(**fields))  # type: ignore[typeddict-item]  # the columns are its keys
        except ReviewError as error:
            content = error
        yield FileEntry(f"line {row.line}", row.get("claim"), content)


def _cell(row: SheetRow, spellings: tuple[str, ...]) -> str:
    return next((cell for name in spellings if (cell := row.get(name))), "")


def _label(content: Review | ReviewError) -> str:
    return content.claim if isinstance(content, Review) else ""
