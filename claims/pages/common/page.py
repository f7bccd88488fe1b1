"""A page, before it is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.safestring import SafeString, mark_safe

from claims.export.syndication import atom, jsonld, web_annotation

MAX_DESCRIPTION_LENGTH = 200

# What would end a script element, or open a comment in it.
_SCRIPT_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same content in another format."""

    url: str
    media_type: str
    label: str


def json_alternate(url: str) -> Alternate:
    return Alternate(url, "application/json", "JSON")


def csv_alternate(url: str) -> Alternate:
    return Alternate(url, "text/csv", "CSV")


def jsonld_alternate(url: str) -> Alternate:
    return Alternate(url, jsonld.MEDIA_TYPE, "JSON-LD")


def annotation_alternate(url: str) -> Alternate:
    return Alternate(url, web_annotation.MEDIA_TYPE, "Web Annotation")


def atom_alternate(url: str) -> Alternate:
    return Alternate(url, atom.MEDIA_TYPE, "Atom")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a template shows, and what machines are told of it.

    `path` is the page's canonical path, with the query that belongs to it. `title` and `description` are plain text.
    `structured_data` is a JSON-LD document. `published_at` and `modified_at` are ISO 8601 timestamps.
    """

    template: str
    title: str
    path: str
    context: Mapping[str, Any]
    description: str = ""
    alternates: tuple[Alternate, ...] = ()
    structured_data: Mapping[str, Any] | None = None
    image_url: str = ""
    image_alt: str = ""
    oembed_url: str = ""
    og_type: str = "website"
    published_at: str = ""
    modified_at: str = ""
    is_indexed: bool = True
    status: int = 200

    @property
    def structured_data_json(self) -> SafeString:
        """The JSON-LD document, safe inside a script element."""
        text = orjson.dumps(self.structured_data).decode()
        return mark_safe(text.translate(_SCRIPT_ESCAPES))  # noqa: S308  # no character of it can end the element
