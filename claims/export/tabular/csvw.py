"""What a table's columns mean, for machines: CSV on the Web (W3C, Metadata Vocabulary for Tabular Data)."""

from collections.abc import Sequence
from typing import Any

from claims.export.permalinks import list_url
from claims.export.tabular.columns import Column, Datatype
from claims.export.tabular.csv_injection import SEPARATOR

MEDIA_TYPE = "application/csvm+json"


def csvw_metadata(kind: str, columns: Sequence[Column]) -> dict[str, Any]:
    """The metadata document of a list's CSV; its first column is the row's id."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": list_url(kind, format="csv"),
        "dc:title": kind.capitalize(),
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"], "doubleQuote": True},
        "tableSchema": {"primaryKey": columns[0].name, "columns": [_column_metadata(column) for column in columns]},
    }


def _column_metadata(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.about,
        "datatype": column.datatype.value,
    }
    if column.several:
        described["separator"] = SEPARATOR
    if column.datatype is not Datatype.TEXT:
        described["required"] = column.needed
    return described
