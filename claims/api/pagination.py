"""Pages of a list: by keyset, so that a page at any depth costs the same and no row comes twice or is lost."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.problems import ParameterProblem
from claims.api.tombstones import PROPERTIES
from claims.search.keyset import Position, beyond, in_order, including, position_of

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200
MAX_CURSOR = 4000  # characters: a name of 200 letters beyond ASCII, signed, takes 3400 at most
PARAMETERS = ("cursor", "page_size")
SIGNER = Signer(salt="claims.api.cursor")


class KeysetPagination(BasePagination):
    """The view's `ordering` is the order; a cursor is a place in it, signed, and good for that list only."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows of the page asked for."""
        self.request, self.ordering, self.model = request, view.ordering, queryset.model
        size = self._page_size()
        position, backwards = self._asked()
        if position:
            queryset = queryset.filter(beyond(self.ordering, position, backwards=backwards))
        # One more than the page holds: whether there is more.
        rows = list(in_order(queryset, self.ordering, backwards=backwards)[: size + 1])
        more = len(rows) > size
        rows = rows[:size]
        if backwards:
            rows.reverse()
        self.next = self.previous = None
        if more or (position and backwards):
            self.next = self._link(rows, position, backwards=False)
        if (more and backwards) or (position and not backwards):
            self.previous = self._link(rows, position, backwards=True)
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        """The page, with its neighbours in the body and in a `Link` header (RFC 8288)."""
        links = [(address, name) for address, name in ((self.next, "next"), (self.previous, "prev")) if address]
        headers = {"Link": ", ".join(f'<{address}>; rel="{name}"' for address, name in links)} if links else {}
        return Response({"next": self.next, "previous": self.previous, "results": data}, headers=headers)

    def _page_size(self) -> int:
        text = self.request.query_params.get("page_size", str(PAGE_SIZE))
        if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MAX_PAGE_SIZE):
            raise ParameterProblem({"page_size": f"must be a whole number from 1 to {MAX_PAGE_SIZE}"})
        return int(text)

    def _scope(self) -> str:
        return f"{self.model.__name__} {' '.join(self.ordering)}"

    def _asked(self) -> tuple[Position | None, bool]:
        """From where the page is, and whether it lies before that."""
        cursor = self.request.query_params.get("cursor")
        if cursor is None:
            return None, False
        try:
            scope, backwards, value, pk = SIGNER.unsign_object(cursor[:MAX_CURSOR])
        except (BadSignature, ValueError):
            scope = None
        if scope != self._scope():
            raise ParameterProblem({"cursor": "must be one that this list gave out: follow `next` and `previous`"})
        column = self.model._meta.get_field(self.ordering[0].lstrip("-"))  # noqa: SLF001  # Django's documented API
        return (column.to_python(value), pk), backwards

    def _link(self, rows: list[Any], position: Position | None, *, backwards: bool) -> str | None:
        """The address of the page after these rows, or before them."""
        if rows:
            value, pk = position_of(rows[0] if backwards else rows[-1], self.ordering)
        elif position is None:
            return None  # there is no neighbour to an empty list
        else:
            # All that was here has gone meanwhile: the way back starts at the row from which it was reached.
            value, pk = including(self.ordering, position, backwards=backwards)
        value = value.isoformat() if isinstance(value, dt.datetime) else value
        cursor = SIGNER.sign_object([self._scope(), backwards, value, pk])
        kept = [(name, value) for name, value in _pairs(self.request) if name != "cursor"]
        return self.request.build_absolute_uri(f"{self.request.path}?{urlencode([*kept, ('cursor', cursor)])}")

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:  # noqa: ARG002  # DRF's signature
        """As OpenAPI has it."""
        return [
            {
                "name": "cursor",
                "in": "query",
                "description": "A place in the list, as `next` and `previous` give it.",
                "schema": {"type": "string", "minLength": 1, "maxLength": MAX_CURSOR},
            },
            {
                "name": "page_size",
                "in": "query",
                "description": "How many rows at most.",
                "schema": {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE},
            },
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """As OpenAPI has it."""
        neighbour = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": neighbour | {"description": "The address of the next page."},
                "previous": neighbour | {"description": "The address of the page before."},
                "results": schema,
                **PROPERTIES,
            },
        }


def _pairs(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.query_params.lists() for value in values]
