"""Sending articles in, with a key of the scope *intake*, and asking what became of them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated, NotFound, PermissionDenied
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.http.problems import MemberProblem, PayloadTooLarge
from claims.api.intake.article_bodies import (
    MAX_BODY_BYTES,
    ArticleJSONParser,
    ArticleSerializer,
    parse_article,
)
from claims.api.resources.base import RateLimitedView, check_parameters
from claims.models import Delivery, DeliveryOrigin, DeliveryProblem, DeliveryState, ReaderKey, ReaderKeyScope
from claims.search.parameter_values import MAX_ID
from claims.services.errors import RefusedError
from claims.services.ingestion.deliveries import request_delivery

KEY_REQUIRED: Any = [{"key": []}]  # drf-spectacular declares another type than it takes


class DeliverySerializer(serializers.Serializer[Any]):
    """An article on its way in: what was asked for, and what became of it."""

    id = serializers.IntegerField()
    delivery_url = serializers.SerializerMethodField(help_text="Where to ask what became of it.")
    url = serializers.CharField(help_text="Address of the page as given; empty if only the content was sent.")
    state = serializers.ChoiceField(DeliveryState.choices)
    problem = serializers.ChoiceField(
        [("", "None"), *DeliveryProblem.choices], help_text="Why the last attempt failed, for programs."
    )
    reason = serializers.CharField(help_text="Why the last attempt failed, for people.")
    attempts = serializers.IntegerField()
    requested_at = serializers.DateTimeField(source="created_at")
    next_attempt_at = serializers.DateTimeField(source="next_at", allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    source = serializers.IntegerField(  # type: ignore[assignment]  # a field, not the option
        source="source_id", allow_null=True, help_text="Id of the source. It is public once a quote of it is released."
    )
    review_url = serializers.SerializerMethodField(help_text="Where editors review its quotes.")
    quotes = serializers.IntegerField(source="quote_count", help_text="Number of quotes found that were not known.")

    def get_delivery_url(self, delivery: Delivery) -> str:
        return delivery_url(delivery)

    def get_review_url(self, delivery: Delivery) -> str | None:
        if delivery.source_id is None:
            return None
        return f"{settings.FACTBASE_BASE_URL}{reverse('admin:claims_review')}?source={delivery.source_id}"


def refuse_large_body(request: Request, max_bytes: int, *, advice: str) -> None:
    """Raises PayloadTooLarge before any of the body is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > max_bytes:
        raise PayloadTooLarge(f"The body is larger than {max_bytes:,} bytes. {advice}")


def delivery_url(delivery: Delivery) -> str:
    return settings.FACTBASE_BASE_URL + reverse("api-delivery", args=[delivery.pk])


class IntakeView(RateLimitedView):
    """For holders of a key of one of the `scopes`. What it returns is kept by no cache."""

    tag = "intake"
    scopes = frozenset({ReaderKeyScope.INTAKE})
    purpose = "send in articles"

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        if request.method == "OPTIONS":
            return
        if not isinstance(request.auth, ReaderKey):
            raise NotAuthenticated(f"To {self.purpose} takes an API key. Ask an editor of this site for one.")
        if request.auth.scope not in self.scopes:
            raise PermissionDenied(f"This API key is not one to {self.purpose}. Ask an editor of this site for one.")
        check_parameters(request, known={"format"}, repeatable=set())

    def finalize_response(self, request: Request, response: Response, *args: object, **kwargs: object) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response


class ArticlesView(IntakeView):
    """Sends an article in."""

    http_method_names = ["post", "options"]
    parser_classes = [ArticleJSONParser, MultiPartParser]
    operation_id = "send_article"

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        refuse_large_body(request, MAX_BODY_BYTES, advice="Save the page without its images.")

    @extend_schema(request=ArticleSerializer, responses={202: DeliverySerializer}, auth=KEY_REQUIRED)
    def post(self, request: Request) -> Response:
        """Send an article in: by the address of its page, as a page or as a text.

        It is read and its quotes are extracted later; `deliveries/{id}/` says what became of it. Sending the same
        article again while it waits returns the same delivery.
        """
        key: Any = request.auth  # a ReaderKey: see `initial`
        url, content, metadata = parse_article(request.data)
        try:
            delivery = request_delivery(url=url, content=content, metadata=metadata, origin=DeliveryOrigin.API, key=key)
        except RefusedError as error:
            raise MemberProblem({"url": str(error)}) from error
        return Response(DeliverySerializer(delivery).data, status=202, headers={"Location": delivery_url(delivery)})


class DeliveryView(IntakeView):
    """What became of an article."""

    http_method_names = ["get", "head", "options"]
    operation_id = "delivery"

    @extend_schema(responses={200: DeliverySerializer}, auth=KEY_REQUIRED)
    def get(self, request: Request, pk: int) -> Response:
        """What became of an article that was sent in."""
        delivery = Delivery.objects.filter(pk=pk).first() if pk <= MAX_ID else None
        if delivery is None:
            raise NotFound
        return Response(DeliverySerializer(delivery).data)
