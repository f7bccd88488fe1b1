"""Whole lists in one answer."""

from typing import Any

from django.http import StreamingHttpResponse
from django.urls import reverse
from rest_framework.request import Request

from claims.api import pagination
from claims.api.problems import ParameterProblem
from claims.api.renderers import CSVRenderer, JSONRenderer
from claims.api.resource import Resource
from claims.export import csv, csvw
from claims.models import Claim
from claims.search.values import Switch


class CSVList(Resource):
    """A list of claims that can be had as CSV, as a whole."""

    renderer_classes = [JSONRenderer, CSVRenderer]

    def parameters(self) -> tuple[set[str], set[str]]:
        """Those of the list, and how the CSV is written."""
        known, several = super().parameters()
        return (known if self.detail else known | {"raw", "bom"}), several

    def get_renderers(self) -> list[Any]:
        """CSV is for the list only."""
        return [JSONRenderer()] if self.detail else super().get_renderers()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        # No docstring: the schema would show it in place of the view's.
        raw, bom = (_switch(request, name) for name in ("raw", "bom"))
        if request.accepted_renderer.format != CSVRenderer.format:
            return super().list(request, *args, **kwargs)
        paged = [name for name in pagination.PARAMETERS if name in request.query_params]
        if paged:
            raise ParameterProblem(dict.fromkeys(paged, "has no place here: CSV gives the whole list"))
        claims = self.filter_queryset(Claim.objects.released().with_status())
        description = request.build_absolute_uri(reverse("api-claims-csvw"))
        return StreamingHttpResponse(
            csv.blocks(claims, raw=raw, bom=bom),
            content_type="text/csv; charset=utf-8; header=present",
            headers={
                "Content-Disposition": 'attachment; filename="claims.csv"',
                "Link": f'<{description}>; rel="describedby"; type="{csvw.MEDIA_TYPE}"',
            },
        )


def _switch(request: Request, name: str) -> bool:
    text = request.query_params.get(name, "0")
    switch = Switch()
    if not switch.pattern.fullmatch(text):
        raise ParameterProblem({name: f"must be {switch.expected}"})
    return switch.parsed(text)
