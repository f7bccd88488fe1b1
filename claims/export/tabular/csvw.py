"""Metadata of CSV files: CSV on the Web (W3C, Metadata Vocabulary for Tabular Data)."""

from collections.abc import Sequence

from claims.resources.permalinks import list_url
from claims.resources.sql.sql_table import SEPARATOR, Column, Datatype

MEDIA_TYPE = "application/csvm+json"


def csvw_metadata(resource: str, columns: Sequence[Column]) -> dict[str, object]:
    """Returns the metadata of a resource's CSV. The first column is the id."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": list_url(resource, format="csv"),
        "dc:title": resource.capitalize(),
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"], "doubleQuote": True},
        "tableSchema": {"primaryKey": columns[0].name, "columns": [_column_metadata(column) for column in columns]},
    }


def _column_metadata(column: Column) -> dict[str, object]:
    metadata: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": column.datatype.value,
    }
    if column.is_list:
        metadata["separator"] = SEPARATOR
    if column.datatype is not Datatype.TEXT:
        metadata["required"] = column.required
    return metadata
