"""What the CSV's columns mean, for machines: CSV on the Web (W3C, Metadata Vocabulary for Tabular Data)."""

import datetime as dt
from dataclasses import fields
from types import NoneType
from typing import Any, get_args

from claims.export.addresses import list_address
from claims.export.claims import ClaimRow

MEDIA_TYPE = "application/csvm+json"

_DATATYPES: dict[Any, Any] = {int: "integer", str: "string", dt.date: "date", dt.datetime: "dateTime"}
_ABOUT = {
    "claim_id": "The claim's permanent id",
    "claim": "What is asserted, in one sentence",
    "status": "unreviewed, in-review, or the slug of the claim's rating",
    "rating_value": "The rating's place on its scale; empty if it has none",
    "explanation": "Why it is rated so",
    "verified_on": "The day the verdict was published (UTC)",
    "speaker_id": "The speaker's permanent id",
    "speaker": "Who said it",
    "speaker_wikidata": "The speaker's Wikidata id",
    "speaker_role": "The speaker's role, as written in the source",
    "said_on": "The day it was said",
    "quote_id": "Permanent id of the claim's first released quote",
    "quote": "Its exact words",
    "quote_kind": "direct, indirect or mixed",
    "quote_start": "Where it starts in the text, in Unicode code points",
    "quote_end": "Where it ends in the text, exclusive",
    "source_id": "Permanent id of the source it stands in",
    "publisher": "The source's publisher",
    "source_title": "The source's title",
    "source_url": "The source's own address",
    "published_on": "The day the source was published",
    "snapshot_sha256": "SHA-256 of the text that the offsets count in (UTF-8)",
    "topics": "Names of the claim's topics",
    "appearances": "How many released quotes carry the claim",
    "updated_at": "When the claim was last changed",
    "url": "The claim's permanent address",
}


def description() -> dict[str, Any]:
    """The metadata document."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": list_address("claims", format="csv"),
        "dc:title": "Claims",
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"], "doubleQuote": True},
        "tableSchema": {
            "primaryKey": "claim_id",
            "columns": [_column(field.name, field.type) for field in fields(ClaimRow)],
        },
    }


def _column(name: str, kind: Any) -> dict[str, Any]:
    several = kind == tuple[str, ...]
    needed = not several and NoneType not in get_args(kind)
    bare = str if several else next((part for part in get_args(kind) if part is not NoneType), kind)
    column = {"name": name, "titles": name, "dc:description": _ABOUT[name], "datatype": _DATATYPES[bare]}
    if several:
        column["separator"] = "; "
    if bare is not str:
        column["required"] = needed
    return column
