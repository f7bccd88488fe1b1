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

from claims.api import changes, conditional, pagination
from claims.api.filters import check_parameters, list_parameters
from claims.api.plan import Plan, Row, plan_for
from claims.api.problems import ParameterProblem, StillHolds
from claims.api.selection import MOST, UnknownFieldError, expandable
from claims.api.state import last_told, state_of_database
from claims.api.tombstones import SINCE
from claims.api.walk import Walk
from claims.search.keyset import Ordering, Position, in_order, past, read_back
from claims.search.values import MAX_ID
from claims.search.words import compiled, order_of
from claims.services.changes import catch_up

Blocks = Iterator[list[Row]]
BLOCK = 2000  # rows of a whole list that are read at once: few enough to stay small in memory, enough to be quick


class Allowed(APIView):
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


class Strict(Allowed):
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
        # Before any row is read: see `claims.api.conditional`.
        self.begun = timezone.now()
        self.is_told = self.tells_state(request)
        if self.is_told:
            last_told()  # by a request before
            return
        self.validator = conditional.validator(request, state_of_database(), self.begun)
        if answer := conditional.still_holds(request, self.validator):
            raise StillHolds(answer)

    def prepare(self, request: Request) -> None:
        """Do what has to be done before anything is read."""

    def tells_state(self, request: Request) -> bool:  # noqa: ARG002  # that of others, below
        """Whether the one statement that is made to answer says itself in which state of the database it was made."""
        return False

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say how the answer may be kept, and what tells whether it still holds."""
        response = super().finalize_response(request, response, *args, **kwargs)
        conditional.may_be_kept(response)
        if self.is_told:
            self.validator = conditional.validator(request, last_told(), self.begun)
        tag = partial(conditional.tagged, request, current=self.validator)
        if isinstance(response, Response):
            response.add_post_render_callback(tag)
        else:
            tag(response)
        return response


class Resource(Strict, ReadOnlyModelViewSet[Any]):
    """A list and its rows. Subclasses say which rows, how they look, what may be asked of them, in which orders.

    `orderings` are the orders a list may be asked for in, by name; the first is the one it has anyhow. That of
    `relevance` is None: full text has its own.
    """

    rows: ClassVar[Callable[..., QuerySet[Any]]]
    walked = False  # whether `rows` takes a moment: then pages of the whole list cost less
    filterset_class: ClassVar[Any]
    orderings: ClassVar[Mapping[str, Ordering | None]]
    lookup_value_converter: ClassVar = "int"

    def get_queryset(self) -> QuerySet[Any]:
        """The rows, as of now."""
        return type(self).rows()

    def prepare(self, request: Request) -> None:
        """Whoever asks what changed is told of all that did."""
        if SINCE in request.query_params:
            catch_up()

    def tells_state(self, request: Request) -> bool:
        """Where nothing else is read: not what changed, what is counted, or what fits best."""
        if connection.vendor != "postgresql" or conditional.is_conditional(request):
            return False
        asked = request.query_params
        is_one = self.detail or ("count" not in asked and asked.get("ordering") != "relevance" and self.walk)
        return request.accepted_renderer.format == "json" and bool(is_one)

    def list(self, request: Request, *_: Any, **__: Any) -> Response:
        # No docstring: the schema would show it in place of the view's.
        if SINCE in request.query_params and request.accepted_renderer.format == "json":
            return changes.since(self, request)
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
        changes.explain_absence(changes.kind_of(self), pk)

    def plan(self) -> Plan:
        """How rows are read, with the fields that are asked for."""
        asked = {name: self.request.query_params.get(name) for name in ("fields", "expand")}
        split = {name: tuple(text.split(",")) for name, text in asked.items() if text}
        if long := [name for name, each in split.items() if len(each) > MOST]:
            raise ParameterProblem(dict.fromkeys(long, f"takes at most {MOST} names"))
        try:
            return plan_for(self.serializer_class, split.get("fields"), split.get("expand", ()))
        except UnknownFieldError as error:
            raise ParameterProblem({error.parameter: str(error)}) from error

    @property
    def model(self) -> Any:
        """Of the rows."""
        return self.serializer_class.Meta.model  # type: ignore[union-attr]  # each has one

    @cached_property
    def walk(self) -> Walk | None:
        """The list that is asked for, where it is the whole of it or goes by words alone, and that is kept ready."""
        asked = self.request.query_params.keys() & self.filterset_class.base_filters.keys()
        if not self.walked or not asked <= {"q"}:
            return None
        if not asked:
            return Walk(type(self).rows)
        values, wrong = self.filterset_class.read(self.request.query_params)
        query = None if wrong else compiled(values["q"])
        return Walk(type(self).rows, query) if query else None

    def asked_ordering(self) -> Ordering | None:
        """The order that is asked for; None for that of full text."""
        name = self.request.query_params.get("ordering", next(iter(self.orderings)))
        if name not in self.orderings:
            raise ParameterProblem({"ordering": f"must be one of {', '.join(self.orderings)}"})
        if self.orderings[name] is None and "q" not in self.request.query_params:
            raise ParameterProblem({"ordering": "can be relevance only where words are looked for with `q`"})
        return self.orderings[name]

    def blocks(self, queryset: QuerySet[Any], size: int = BLOCK) -> Blocks:
        """All these rows, in the order asked for, in blocks of so many: those that a page would have.

        Each block is a query of its own that goes on from the last: no cursor, transaction or snapshot of the database
        stays open while a slow reader reads, so that nobody waits for him.
        """
        ordering, plan = self.asked_ordering() or ("-id", "-id"), self.plan()
        return blocks(plan, queryset, order_of(queryset, ordering), size)

    def parameters(self) -> tuple[set[str], set[str]]:
        """The filters and the pages of the list, and which fields come."""
        known, several = super().parameters()
        known |= {"fields"} | ({"expand"} if expandable(self.serializer_class) else set())
        if self.detail:
            return known, several
        filters, repeatable = list_parameters(self.filterset_class)
        return known | filters | set(pagination.PARAMETERS) | {"ordering"}, several | repeatable


def blocks(plan: Plan, queryset: QuerySet[Any], ordering: Ordering, size: int) -> Blocks:
    """As `Resource.blocks`."""
    rows = in_order(queryset, ordering)
    position: Position | None = None
    while True:
        block = plan.placed((past(rows, ordering, position) if position else rows)[:size])
        if block:
            yield [row for _, row in block]
        if len(block) < size:
            return
        value, pk = block[-1][0]
        position = read_back(queryset.model, ordering, value), pk
