"""What every endpoint has in common: read-only, and strict about what it is asked."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any, ClassVar

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api.http import etags
from claims.api.http.problems import NotModified, ParameterProblem
from claims.api.query import pagination
from claims.api.query.db_version import current_version, pop_recorded_version
from claims.api.query.field_selection import MAX_FIELD_NAMES, UnknownFieldError, expandable_names
from claims.api.query.filter_backend import check_parameters, filter_parameters
from claims.api.query.page_query import ListQuery
from claims.api.query.sql_serializer import JSONRow, SQLSerializer, sql_serializer_for
from claims.api.query.tombstones import UPDATED_SINCE
from claims.api.resources import updated_since
from claims.search.full_text import compile_full_text_query, list_ordering
from claims.search.keyset import (
    KeysetOrdering,
    KeysetPosition,
    filter_after_position,
    order_by_keyset,
    parse_position_value,
)
from claims.search.parameter_values import MAX_ID
from claims.services.changefeed.processor import process_pending

RowBlocks = Iterator[list[JSONRow]]
ROWS_PER_BLOCK = (
    2000  # rows of a whole list that are read at once: few enough to stay small in memory, enough to be quick
)


class RateLimitedView(APIView):
    """Says in its headers what may be done at the address (`Allow`), and how much more of it."""

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """With what came of counting the request."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if taken := getattr(request, "taken", None):
            for name, value in taken.headers().items():
                response.headers[name] = value
        return response

    def options(self, *_: Any, **__: Any) -> Any:
        """No renderer is asked: the documentation's would look for a template."""
        response = HttpResponse(status=204)
        del response.headers["Content-Type"]
        return response


class StrictView(RateLimitedView):
    """Takes no parameter that it does not know, and says how its answers may be kept."""

    http_method_names = ["get", "head", "options"]
    validator: str | None = None
    begun: dt.datetime
    is_told = False

    def parameters(self) -> tuple[set[str], set[str]]:
        """The names of those it takes, and of those it takes several times."""
        return {"format"}, set()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what it does not know."""
        super().initial(request, *args, **kwargs)
        known, several = self.parameters()
        check_parameters(request, known=known, several=several)

        self.prepare(request)
        # Before any row is read: see `claims.api.http.etags`.
        self.begun = timezone.now()
        self.is_told = self.tells_state(request)
        if self.is_told:
            pop_recorded_version()  # by a request before
            return
        self.validator = etags.compute_validator(request, current_version(), self.begun)
        if answer := etags.not_modified_response(request, self.validator):
            raise NotModified(answer)

    def prepare(self, request: Request) -> None:
        """Do what has to be done before anything is read."""

    def tells_state(self, request: Request) -> bool:  # noqa: ARG002  # that of others, below
        """Whether the one statement that is made to answer says itself in which state of the database it was made."""
        return False

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say how the answer may be kept, and what tells whether it still holds."""
        response = super().finalize_response(request, response, *args, **kwargs)
        etags.set_cache_headers(response)
        if self.is_told:
            self.validator = etags.compute_validator(request, pop_recorded_version(), self.begun)
        tag = partial(etags.set_etag, request, current=self.validator)
        if isinstance(response, Response):
            response.add_post_render_callback(tag)
        else:
            tag(response)
        return response


class ResourceViewSet(StrictView, ReadOnlyModelViewSet[Any]):
    """A list and its rows. Subclasses say which rows, how they look, what may be asked of them, in which orders.

    `orderings` are the orders a list may be asked for in, by name; the first is the one it has anyhow. That of
    `relevance` is None: full text has its own.
    """

    rows: ClassVar[Callable[..., QuerySet[Any]]]
    walked = False  # whether `rows` takes a moment: then pages of the whole list cost less
    filterset_class: ClassVar[Any]
    orderings: ClassVar[Mapping[str, KeysetOrdering | None]]
    lookup_value_converter: ClassVar = "int"

    def get_queryset(self) -> QuerySet[Any]:
        """The rows, as of now."""
        return type(self).rows()

    def prepare(self, request: Request) -> None:
        """Whoever asks what changed is told of all that did."""
        if UPDATED_SINCE in request.query_params:
            process_pending()

    def tells_state(self, request: Request) -> bool:
        """Where nothing else is read: not what changed, what is counted, or what fits best."""
        if connection.vendor != "postgresql" or etags.is_conditional(request):
            return False
        asked = request.query_params
        is_one = self.detail or ("count" not in asked and asked.get("ordering") != "relevance" and self.walk)
        return request.accepted_renderer.format == "json" and bool(is_one)

    def list(self, request: Request, *_: Any, **__: Any) -> Response:
        # No docstring: the schema would show it in place of the view's.
        if UPDATED_SINCE in request.query_params and request.accepted_renderer.format == "json":
            return updated_since.changes_response(self, request)
        answer: Response = self.paginator.answer(self)  # type: ignore[union-attr]  # lists have one
        return answer

    def retrieve(self, *_: Any, **__: Any) -> Response:
        # As above.
        pk = self.kwargs["pk"]
        found = self.plan().rows(self.get_queryset().filter(pk=pk)) if pk <= MAX_ID else []
        if not found:
            self.explain_absence(min(pk, MAX_ID))
            raise NotFound
        return Response(found[0])

    def explain_absence(self, pk: int) -> None:
        """Raise what says more than that there is no such row, where readers may know more."""
        updated_since.raise_if_gone(updated_since.resource_kind(self), pk)

    def plan(self) -> SQLSerializer:
        """How rows are read, with the fields that are asked for."""
        asked = {name: self.request.query_params.get(name) for name in ("fields", "expand")}
        split = {name: tuple(text.split(",")) for name, text in asked.items() if text}
        if long := [name for name, each in split.items() if len(each) > MAX_FIELD_NAMES]:
            raise ParameterProblem(dict.fromkeys(long, f"takes at most {MAX_FIELD_NAMES} names"))
        try:
            return sql_serializer_for(self.serializer_class, split.get("fields"), split.get("expand", ()))
        except UnknownFieldError as error:
            raise ParameterProblem({error.parameter: str(error)}) from error

    @property
    def model(self) -> Any:
        """Of the rows."""
        return self.serializer_class.Meta.model  # type: ignore[union-attr]  # each has one

    @cached_property
    def walk(self) -> ListQuery | None:
        """The list that is asked for, where it is the whole of it or goes by words alone, and that is kept ready."""
        asked = self.request.query_params.keys() & self.filterset_class.base_filters.keys()
        if not self.walked or not asked <= {"q"}:
            return None
        if not asked:
            return ListQuery(type(self).rows)
        values, wrong = self.filterset_class.read(self.request.query_params)
        query = None if wrong else compile_full_text_query(values["q"])
        return ListQuery(type(self).rows, query) if query else None

    def asked_ordering(self) -> KeysetOrdering | None:
        """The order that is asked for; None for that of full text."""
        name = self.request.query_params.get("ordering", next(iter(self.orderings)))
        if name not in self.orderings:
            raise ParameterProblem({"ordering": f"must be one of {', '.join(self.orderings)}"})
        if self.orderings[name] is None and "q" not in self.request.query_params:
            raise ParameterProblem({"ordering": "can be relevance only where words are looked for with `q`"})
        return self.orderings[name]

    def blocks(self, queryset: QuerySet[Any], size: int = ROWS_PER_BLOCK) -> RowBlocks:
        """All these rows, in the order asked for, in blocks of so many: those that a page would have.

        Each block is a query of its own that goes on from the last: no cursor, transaction or snapshot of the database
        stays open while a slow reader reads, so that nobody waits for him.
        """
        ordering, plan = self.asked_ordering() or ("-id", "-id"), self.plan()
        return iter_row_blocks(plan, queryset, list_ordering(queryset, ordering), size)

    def parameters(self) -> tuple[set[str], set[str]]:
        """The filters and the pages of the list, and which fields come."""
        known, several = super().parameters()
        known |= {"fields"} | ({"expand"} if expandable_names(self.serializer_class) else set())
        if self.detail:
            return known, several
        filters, repeatable = filter_parameters(self.filterset_class)
        return known | filters | set(pagination.PAGE_PARAMETERS) | {"ordering"}, several | repeatable


def iter_row_blocks(plan: SQLSerializer, queryset: QuerySet[Any], ordering: KeysetOrdering, size: int) -> RowBlocks:
    """As `Resource.blocks`."""
    rows = order_by_keyset(queryset, ordering)
    position: KeysetPosition | None = None
    while True:
        block = plan.placed((filter_after_position(rows, ordering, position) if position else rows)[:size])
        if block:
            yield [row for _, row in block]
        if len(block) < size:
            return
        value, pk = block[-1][0]
        position = parse_position_value(queryset.model, ordering, value), pk
