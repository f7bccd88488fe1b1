"""Metadata of CSV files: CSV on the Web (W3C, Metadata Vocabulary for Tabular Data)."""

from collections.abc import Sequence

from claims.resources.sql.sql_table import SEPARATOR, Column, Datatype

MEDIA_TYPE = "application/csvm+json"
SUFFIX = "csv-metadata.json"


def csvw_metadata(resource: str, columns: Sequence[Column], *, url: str) -> dict[str, object]:
    """Returns the metadata of a resource's CSV with these columns at this URL."""
    schema: dict[str, object] = {"columns": [_column_metadata(column) for column in columns]}
    if keys := [column.name for column in columns if column.is_key]:
        schema["primaryKey"] = keys[0]
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": url,
        "dc:title": resource.capitalize(),
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"], "doubleQuote": True},
        "tableSchema": schema,
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
