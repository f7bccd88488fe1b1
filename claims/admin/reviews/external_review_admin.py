"""Admin of fact-checks of other publishers: imported, and linked to claims by an editor."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.claims.similar_claims import search_or_explain
from claims.admin.common.base import ReadOnlyAdmin, current_user
from claims.admin.common.formatting import EMPTY_VALUE, MAX_LIST_TEXT, stack_lines, truncate_line
from claims.admin.common.object_actions import CleanedData, ObjectAction
from claims.admin.common.unfold_compat import ModelAdmin, RadioFilter
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.reviews.review_import_view import IMPORT_PERMISSION, import_reviews_view
from claims.admin.reviews.review_links import link_view
from claims.models import Claim, ExternalReview
from claims.search.matches.similar_claims import SimilarClaim, find_similar_claims
from claims.services.reviews import external_reviews

MAX_SIMILAR_CLAIMS = 5


class LinkForm(forms.Form):
    claim = forms.ModelChoiceField(
        queryset=Claim.objects.current().confirmed(),
        widget=AutocompleteSelect(ExternalReview._meta.get_field("claim"), admin.site),
        help_text="Readers see the fact-check on the claim's page, as that of its publisher.",
    )


class LinkedFilter(RadioFilter):
    title = "linked claim"
    parameter_name = "linked"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "Linked"), ("no", "Not linked")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ExternalReview]) -> QuerySet[ExternalReview]:
        return queryset.filter(claim__isnull=self.value() == "no") if self.value() in {"yes", "no"} else queryset


def find_claims_to_link(review: ExternalReview) -> list[SimilarClaim]:
    if review.claim_id or review.withdrawn_at:
        return []
    return find_similar_claims(review.claim_text, speaker=None, without=(), limit=MAX_SIMILAR_CLAIMS)


def handle_link_review(request: HttpRequest, review: ExternalReview, cleaned_data: CleanedData) -> str:
    claim = cleaned_data["claim"]
    external_reviews.link_review(review=review, claim=claim, editor=current_user(request))
    return f"Linked to “{truncate_line(claim.text, 100)}”."


def handle_unlink_review(request: HttpRequest, review: ExternalReview, cleaned_data: CleanedData) -> str:
    external_reviews.unlink_review(review=review, editor=current_user(request))
    return "The link was removed."


@admin.register(ExternalReview)
class ExternalReviewAdmin(ReadOnlyAdmin, AuditedAdmin):
    list_display = ("review", "rating", "publisher", "published_on", "linked_claim")
    list_select_related = ("claim",)
    list_filter = (LinkedFilter,)
    search_fields = ("claim_text", "publisher", "speaker_name", "review_url")
    search_help_text = "Claim, speaker, publisher or URL"
    ordering = ("-published_on", "-id")
    fields = (
        *("claim_text", "speaker_name", "said_on", "rating", "publisher", "author"),
        *("address", "published_on", "withdrawn_at", "linked_claim", "linked_by"),
    )
    readonly_fields = fields
    panel_template = "claims/admin/reviews/claims_like_review.html"
    object_actions: ClassVar = (
        ObjectAction(
            name="link",
            label="Link to a claim",
            style="primary",
            form=LinkForm,
            is_offered=lambda request, review: review.withdrawn_at is None,
            run=handle_link_review,
        ),
        ObjectAction(
            name="unlink",
            label="Remove link",
            is_offered=lambda request, review: review.claim_id is not None,
            run=handle_unlink_review,
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            path("import/", self.admin_site.admin_view(self.import_view), name="claims_externalreview_import"),
            path("<int:pk>/claim/", self.admin_site.admin_view(self.claim_view), name="claims_externalreview_claim"),
            *super().get_urls(),
        ]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        return import_reviews_view(self, request)

    def claim_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return link_view(self, request, pk)

    def get_import_links(self, request: HttpRequest) -> list[dict[str, str]]:
        if not request.user.has_perm(IMPORT_PERMISSION):
            return []
        return [{"name": "Import fact-checks…", "url": reverse("admin:claims_externalreview_import")}]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allows actions, which ask without an object; what a publisher wrote cannot be edited."""
        return request.user.has_perm("claims.change_externalreview") and obj is None

    def get_panel_context(self, request: HttpRequest, obj: ExternalReview) -> dict[str, object]:
        """Returns claims that an editor may link the fact-check to."""
        similar, problem = search_or_explain(lambda: find_claims_to_link(obj))
        return {
            "similar": similar,
            "similar_problem": problem,
            "back": reverse("admin:claims_externalreview_change", args=[obj.pk]),
        }

    @admin.display(description="fact-check")
    def review(self, review: ExternalReview) -> SafeString:
        return stack_lines(truncate_line(review.claim_text, MAX_LIST_TEXT), review.speaker_name or "Speaker unknown")

    @admin.display(description="URL")
    def address(self, review: ExternalReview) -> SafeString:
        return format_html(
            '<a class="fb-link underline" href="{0}" rel="external noreferrer">{0}</a>', review.review_url
        )

    @admin.display(description="linked claim")
    def linked_claim(self, review: ExternalReview) -> SafeString | str:
        if review.claim is None:
            return EMPTY_VALUE
        url = reverse("admin:claims_claim_change", args=[review.claim_id])
        return format_html(
            '<a class="fb-link underline" href="{}" dir="auto">{}</a>', url, truncate_line(review.claim.text)
        )
