"""Deliveries: the articles on their way in, what became of them, and adding one by its address or saved page."""

from collections import Counter
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from claims.admin.common.base import ReadOnlyAdmin, current_user, selected_ids
from claims.admin.common.formatting import EMPTY_VALUE, badge, external_link, stack_lines, truncate_line
from claims.admin.common.object_actions import CleanedData, ObjectAction
from claims.admin.common.unfold_compat import ChoicesFilter, ModelAdmin, RadioFilter, TextInput, URLInput
from claims.admin.ingestion.article_fields import ArticleFieldsMixin
from claims.articles import ArticleFields, RawContent
from claims.models import Delivery, DeliveryOrigin, DeliveryState
from claims.models.delivery import FAILED_STATES, OPEN_STATES
from claims.services.errors import RefusedError
from claims.services.ingestion.deliveries import request_delivery, retry_delivery

SHOWN_DAYS = 7
REFRESH_SECONDS = 5
MAX_PAGE_BYTES = 10_000_000
STATE_COLOURS = {
    DeliveryState.WAITING: "draft",
    DeliveryState.WORKING: "draft",
    DeliveryState.STORED: "good",
    DeliveryState.UNCHANGED: "outside",
    DeliveryState.DUPLICATE: "outside",
    DeliveryState.REFUSED: "bad",
    DeliveryState.GIVEN_UP: "bad",
}


class RequestDeliveryForm(ArticleFieldsMixin, forms.Form):
    """The address of a page, or also the page itself as the editor's browser shows it."""

    url = forms.URLField(
        label="URL", max_length=2000, assume_scheme="https", widget=URLInput, help_text="The page of the article."
    )
    html = forms.FileField(
        label="saved page",
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".html,.htm", "class": "fb-files"}),
        help_text="Only for a page that this site cannot fetch, such as one behind a paywall: the page as your browser "
        "saves it.",
    )
    publisher = forms.CharField(required=False, max_length=200, widget=TextInput)
    language = forms.CharField(required=False, max_length=35, widget=TextInput, help_text="Such as en or ru.")

    def clean_html(self) -> RawContent | None:
        upload = self.cleaned_data["html"]
        if upload is None:
            return None
        if upload.size > MAX_PAGE_BYTES:
            raise forms.ValidationError(f"The page is larger than {MAX_PAGE_BYTES:,} bytes.")
        return RawContent(upload.read(), "text/html")


class OutcomeFilter(RadioFilter):
    title = "outcome"
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("open", "On the way"), ("failed", "Failed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        states = {"open": OPEN_STATES, "failed": FAILED_STATES}.get(self.value() or "")
        return queryset.filter(state__in=states) if states else queryset


def try_again(request: HttpRequest, delivery: Delivery, cleaned_data: CleanedData) -> str:
    retry_delivery(delivery=delivery)
    return "The delivery will be tried again shortly."


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("article", "state_label", "outcome", "origin", "who", "created_at")
    list_filter = (
        OutcomeFilter,
        ("state", ChoicesFilter),
        ("origin", ChoicesFilter),
        ("problem", ChoicesFilter),
    )
    list_select_related = ("source", "requested_by", "reader_key")
    search_fields = ("url", "fetched_url", "reason")
    search_help_text = "URL or reason"
    ordering = ("-created_at", "-id")
    actions = ("retry_chosen",)
    list_before_template = "claims/admin/ingestion/deliveries_before.html"
    panel_template = "claims/admin/ingestion/delivery_panel.html"
    fields = (
        *("address", "fetched_url", "state_label", "outcome", "origin", "who", "attempts"),
        *("created_at", "next_at", "finished_at"),
    )
    object_actions: ClassVar = (
        ObjectAction(
            name="retry",
            label="Try again",
            style="primary",
            is_offered=lambda request, delivery: delivery.state in FAILED_STATES and not delivery.content_erased_at,
            run=try_again,
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Asks for an address. The bookmarklet opens this page and hands it the page of the window it was used in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_post = request.method == "POST"
        form = (
            RequestDeliveryForm(request.POST, request.FILES)
            if is_post
            else RequestDeliveryForm(initial={"url": request.GET.get("url", "")[:2000]})
        )
        if is_post and form.is_valid():
            try:
                delivery = request_page(form.cleaned_data, request)
            except RefusedError as error:
                form.add_error("url", str(error))
            else:
                return HttpResponseRedirect(reverse("admin:claims_delivery_change", args=[delivery.pk]))
        response = self.render_page(
            request,
            title="Add an article by its address",
            template="claims/admin/ingestion/add_by_address.html",
            form=form,
            media=self.media + form.media,
        )
        # The window that opened this one may hand its page over.
        response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
        return response

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.bookmarklet_view)
        return [path("bookmarklet/", view, name="claims_delivery_bookmarklet"), *super().get_urls()]

    def bookmarklet_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self.render_page(
            request,
            title="Add articles from your browser",
            template="claims/admin/ingestion/bookmarklet.html",
            add_url=settings.FACTBASE_BASE_URL + reverse("admin:claims_delivery_add"),
            api_url=settings.FACTBASE_BASE_URL + reverse("api-articles"),
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"days": count_by_day(), "states": DeliveryState.choices}
        return super().changelist_view(request, (extra_context or {}) | context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Loads the page again until the delivery is done."""
        response = super().change_view(request, object_id, form_url, extra_context)
        context = getattr(response, "context_data", None) or {}
        if context.get("is_open"):
            response.headers["Refresh"] = str(REFRESH_SECONDS)
        return response

    def get_panel_context(self, request: HttpRequest, obj: Delivery) -> dict[str, object]:
        return {"delivery": obj, "is_open": obj.state in OPEN_STATES}

    @admin.action(description="Try again", permissions=["change"])
    def retry_chosen(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        retried, refused = 0, Counter[str]()
        for delivery in Delivery.objects.failed().filter(pk__in=selected_ids(queryset)):
            try:
                retry_delivery(delivery=delivery)
                retried += 1
            except RefusedError as error:
                refused[str(error)] += 1
        messages.success(request, f"To be tried again: {retried}.")
        for reason, count in refused.items():
            messages.warning(request, f"Not tried again: {count}. {reason}")

    @admin.display(description="article")
    def article(self, delivery: Delivery) -> SafeString:
        title = str(delivery.source) if delivery.source else ""
        return stack_lines(truncate_line(title or str(delivery), 120), delivery.url if title else "")

    @admin.display(description="URL")
    def address(self, delivery: Delivery) -> SafeString | str:
        return external_link(delivery.url, delivery.url) if delivery.url else EMPTY_VALUE

    @admin.display(description="state")
    def state_label(self, delivery: Delivery) -> SafeString:
        return badge(STATE_COLOURS[DeliveryState(delivery.state)], delivery.get_state_display())

    @admin.display(description="what became of it")
    def outcome(self, delivery: Delivery) -> SafeString | str:
        """The reason of a failure, or the source with the review of its new quotes."""
        if delivery.source_id is None:
            is_repeated = delivery.state == DeliveryState.WAITING and delivery.reason and delivery.next_at
            next_attempt = f"next attempt {delivery.next_at:%Y-%m-%d %H:%M}" if is_repeated else ""
            return stack_lines(capfirst(delivery.reason), next_attempt)
        source = format_html(
            '<a class="fb-link underline" href="{}">Source</a>',
            reverse("admin:claims_source_change", args=[delivery.source_id]),
        )
        if not delivery.quote_count:
            return source
        url = f"{reverse('admin:claims_review')}?source={delivery.source_id}"
        return format_html(
            '<span>{}, <a class="fb-link underline" href="{}">new quotes: {}</a></span>',
            source,
            url,
            delivery.quote_count,
        )

    @admin.display(description="requested by")
    def who(self, delivery: Delivery) -> str:
        return str(delivery.requested_by or delivery.reader_key or EMPTY_VALUE)


def request_page(fields: CleanedData, request: HttpRequest) -> Delivery:
    stated: ArticleFields = {}
    if fields["publisher"]:
        stated["publisher"] = fields["publisher"]
    if fields["language"]:
        stated["language"] = fields["language"]
    content = fields["html"]
    return request_delivery(
        url=fields["url"],
        content=content,
        metadata=stated,
        origin=DeliveryOrigin.BOOKMARKLET if content else DeliveryOrigin.ADMIN,
        by=current_user(request),
    )


def count_by_day() -> list[dict[str, Any]]:
    """The deliveries requested on each of the last days, the newest first, by state."""
    since = timezone.now() - timedelta(days=SHOWN_DAYS)
    rows: Any = (
        Delivery.objects.filter(created_at__gte=since)
        .values(day=TruncDate("created_at"))
        .annotate(**{state.value: Count("pk", filter=Q(state=state)) for state in DeliveryState}, total=Count("pk"))
        .order_by("-day")
    )
    return [row | {"counts": [row[state.value] for state in DeliveryState]} for row in rows]
