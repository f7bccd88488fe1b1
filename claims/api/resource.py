"""What every endpoint has in common: read-only, and strict about what it is asked."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api import changes, pagination
from claims.api.filters import check_parameters, list_parameters
from claims.api.tombstones import SINCE
from claims.search.keyset import Ordering
from claims.services.changes import catch_up


class Allowed:
    """What may be done at an address is in the `Allow` header; there is nothing else to say of it."""

    def options(self, *_: Any, **__: Any) -> Any:
        """No renderer is asked: the documentation's would look for a template."""
        response = HttpResponse(status=204)
        del response.headers["Content-Type"]
        return response


class Strict(Allowed, APIView):
    """Takes no parameter that it does not know, and says how its answers may be kept."""

    http_method_names = ["get", "head", "options"]

    def parameters(self) -> tuple[set[str], set[str]]:
        """The names of those it takes, and of those it takes several times."""
        return {"format"}, set()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what it does not know."""
        super().initial(request, *args, **kwargs)
        known, several = self.parameters()
        check_parameters(request, known=known, several=several)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Whoever keeps an answer asks again before using it: what is withdrawn is gone from the next one."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response


class Resource(Strict, ReadOnlyModelViewSet[Any]):
    """A list and its rows. Subclasses say which rows, how they look, what may be asked of them, in which order."""

    rows: ClassVar[Callable[[], QuerySet[Any]]]
    filterset_class: ClassVar[Any]
    ordering: ClassVar[Ordering]
    lookup_value_converter: ClassVar = "int"

    def get_queryset(self) -> QuerySet[Any]:
        """The rows, as of now."""
        return type(self).rows()

    def get_object(self) -> Any:
        """The row asked for."""
        try:
            return super().get_object()
        except Http404:
            self.explain_absence(self.kwargs["pk"])
            raise

    def explain_absence(self, pk: int) -> None:
        """Raise what says more than that there is no such row, where readers may know more."""
        changes.explain_absence(changes.kind_of(self), pk)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        # No docstring: the schema would show it in place of the view's.
        if SINCE in request.query_params:
            return changes.since(self, request)
        return super().list(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """As above; whoever asks what changed is told of all that did."""
        super().initial(request, *args, **kwargs)
        if SINCE in request.query_params:
            catch_up()

    def parameters(self) -> tuple[set[str], set[str]]:
        """The filters and the pages of the list."""
        known, several = super().parameters()
        if self.detail:
            return known, several
        filters, repeatable = list_parameters(self.filterset_class)
        return known | filters | set(pagination.PARAMETERS), several | repeatable
