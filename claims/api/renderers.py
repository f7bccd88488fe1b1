"""How what is answered is written, and which way of writing is asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer

from claims.api.problems import ParameterProblem


class JSONRenderer(BaseRenderer):
    """JSON in UTF-8; what JSON has no number for (NaN) is null."""

    media_type = "application/json"
    format = "json"
    charset = None  # RFC 8259: JSON has none to state

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002  # DRF's signature
        renderer_context: Mapping[str, Any] | None = None,  # noqa: ARG002  # DRF's signature
    ) -> bytes:
        """The bytes."""
        return b"" if data is None else orjson.dumps(data, default=str)


class CSVRenderer(JSONRenderer):
    """Where a list can be had as CSV. The list streams its bytes itself: see `claims.api.exports`."""

    media_type = "text/csv"
    format = "csv"


class Negotiation(DefaultContentNegotiation):
    """As REST framework does it, but `format=` with a name that nothing has is a bad parameter."""

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str) -> list[BaseRenderer]:  # noqa: A002  # DRF's
        """Those of that name."""
        offered = list(renderers)
        named = [renderer for renderer in offered if renderer.format == format]
        if not named:
            raise ParameterProblem({"format": f"must be one of {', '.join(renderer.format for renderer in offered)}"})
        return named
