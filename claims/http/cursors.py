"""Signed cursors: positions in a list, as parameters of its URL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils.functional import Promise

MAX_CURSOR_LENGTH = 4000  # characters: a signed name of 200 non-ASCII letters takes up to 3400

Cursor = list[Any]  # a scope and a position in it; empty at the start of a list


class InvalidParameterError(Exception):
    """Query parameters are invalid: one message for each, by name."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {message}" for name, message in messages.items()))
        self.messages = messages


@dataclass(frozen=True, slots=True)
class CursorCodec:
    """Writes and reads signed cursors. A cursor holds a scope (the list and its ordering) and a position there."""

    signer: Signer
    error_message: str | Promise

    def read(self, query: QueryDict, scope: str, length: int) -> list[Any] | None:
        """Returns the position in the query's cursor; None without one.

        Raises InvalidParameterError unless the cursor is signed, has this scope, and a position of this length.
        """
        cursor = query.get("cursor")
        if cursor is None:
            return None
        position: list[Any]
        try:
            cursor_scope, *position = self.signer.unsign_object(cursor[:MAX_CURSOR_LENGTH])
        except (BadSignature, ValueError):
            cursor_scope, position = None, []
        if cursor_scope != scope or len(position) != length:
            raise InvalidParameterError({"cursor": str(self.error_message)})
        return position

    def urls(self, url: str, query: QueryDict, *cursors: Cursor | None) -> list[str | None]:
        """Returns the list's URL at each of these cursors, given as scope and position; an empty one is the start.

        `url` is that of the list without its query.
        """
        pairs = [(name, value) for name, values in query.lists() for value in values if name != "cursor"]
        encoded = urlencode(pairs, safe=",") if any(cursor is not None for cursor in cursors) else ""
        return [None if cursor is None else self._url(url, encoded, cursor) for cursor in cursors]

    def _url(self, url: str, encoded: str, cursor: Cursor) -> str:
        signed = f"cursor={self.signer.sign_object(cursor)}" if cursor else ""
        query = "&".join(filter(None, (encoded, signed)))
        return f"{url}?{query}" if query else url
