"""Admin of relations between claims: suggested automatically or added by hand, confirmed or dismissed here."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from claims.admin.claims.claim_views import refuse_get
from claims.admin.common.base import EditorForm, current_user
from claims.admin.common.formatting import MAX_LIST_TEXT, badge, stack_lines, truncate_line
from claims.admin.common.object_actions import CleanedData, ObjectAction
from claims.admin.common.unfold_compat import ChoicesFilter, ModelAdmin, ModelForm, RadioFilter
from claims.admin.history.history_admin import AuditedAdmin
from claims.models import ClaimRelation, RelationKind, RelationState
from claims.services.claims import relation_renewal, relations
from claims.services.transitions import can_change_state

RELATION_STATE_COLOURS = {
    RelationState.SUGGESTED: "pending",
    RelationState.CONFIRMED: "accepted",
    RelationState.DISMISSED: "rejected",
}


def handle_confirm_relation(request: HttpRequest, relation: ClaimRelation, cleaned_data: CleanedData) -> str:
    relations.relate_claims(
        first=relation.first,
        second=relation.second,
        kind=RelationKind(relation.kind),
        editor=current_user(request),
    )
    return f"Confirmed: {truncate_line(str(relation), 200)}."


def handle_dismiss_relation(request: HttpRequest, relation: ClaimRelation, cleaned_data: CleanedData) -> str:
    relations.dismiss_relation(relation=relation, editor=current_user(request))
    return "Dismissed. The relation will not be suggested again."


class DoubtFilter(RadioFilter):
    """Filters relations that an editor confirmed as the same, and whose claims were found to differ since."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("needed", "Needs review: found to differ")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.exclude(doubt="") if self.value() == "needed" else queryset


class RelationForm(EditorForm):
    def _get_validation_exclusions(self) -> set[str]:
        """Skips the constraints on the pair: the service orders the two claims and explains what is refused."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's, unknown to its stubs
        return excluded | {"first", "second"}


def _doubt_text(relation: ClaimRelation) -> str:
    return f"Needs review: the claims differ in {relation.doubt}" if relation.doubt else ""


class ClaimPermissionsAdmin(AuditedAdmin):
    """Objects about claims, with the permissions of claims instead of their own."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return any(request.user.has_perm(f"claims.{verb}_claim") for verb in ("view", "change"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("claims.change_claim")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allows actions, which ask without an object; no object can be edited in a form."""
        return request.user.has_perm("claims.change_claim") and obj is None


@admin.register(ClaimRelation)
class ClaimRelationAdmin(ClaimPermissionsAdmin):
    form = RelationForm
    list_display = ("first_claim", "kind", "second_claim", "similarity", "state_label", "decided_by")
    list_display_links = ("first_claim",)
    list_select_related = ("first__speaker", "second__speaker", "decided_by")
    list_filter = (("state", ChoicesFilter), ("kind", ChoicesFilter), DoubtFilter)
    search_fields = ("first__text", "second__text")
    search_help_text = "Text of either claim"
    list_before_template = "claims/admin/claims/relation_list_before.html"
    ordering = ("-score", "id")
    autocomplete_fields = ("first", "second")
    fields = ("first", "kind", "second")
    panel_template = "claims/admin/claims/relation_panel.html"
    object_actions = (
        ObjectAction(
            name="confirm",
            label="Confirm",
            style="primary",
            is_offered=lambda request, row: bool(row.doubt) or can_change_state(row, RelationState.CONFIRMED),
            run=handle_confirm_relation,
        ),
        ObjectAction(
            name="dismiss",
            label="Not related",
            style="danger",
            is_offered=lambda request, row: can_change_state(row, RelationState.DISMISSED),
            run=handle_dismiss_relation,
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        renew_view = self.admin_site.admin_view(self.renew_view)
        return [path("renew/", renew_view, name="claims_claimrelation_renew"), *super().get_urls()]

    def renew_view(self, request: HttpRequest) -> HttpResponse:
        refuse_get(request)
        if not self.has_change_permission(request):
            raise PermissionDenied
        count = relation_renewal.request_renewal()
        messages.success(request, f"{count} claim{pluralize(count)} will be compared again by a worker.")
        return HttpResponseRedirect(reverse("admin:claims_claimrelation_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context: dict[str, int] = {}
        if due_count := relation_renewal.count_due():
            claim_count = relation_renewal.count_findable()
            context = {
                "due_count": due_count,
                "claim_count": claim_count,
                "done_count": max(0, claim_count - due_count),
            }
        return super().changelist_view(request, (extra_context or {}) | context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClaimRelation]:
        return super().get_queryset(request).select_related("first__speaker", "second__speaker", "decided_by")

    def save_model(self, request: HttpRequest, obj: ClaimRelation, form: ModelForm, change: bool) -> None:
        relation = relations.relate_claims(
            first=obj.first, second=obj.second, kind=RelationKind(obj.kind), editor=current_user(request)
        )
        obj.pk = relation.pk
        obj._state.adding = False

    def get_panel_context(self, request: HttpRequest, obj: ClaimRelation) -> dict[str, object]:
        return {"relation": obj, "doubt": _doubt_text(obj)}

    @admin.display(description="claim")
    def first_claim(self, relation: ClaimRelation) -> SafeString:
        return stack_lines(truncate_line(relation.first.text, MAX_LIST_TEXT), relation.first.speaker)

    @admin.display(description="other claim")
    def second_claim(self, relation: ClaimRelation) -> SafeString:
        return stack_lines(truncate_line(relation.second.text, MAX_LIST_TEXT), relation.second.speaker)

    @admin.display(description="similarity")
    def similarity(self, relation: ClaimRelation) -> str:
        """The reason of the suggestion, or in what the claims were found to differ since it was confirmed."""
        return _doubt_text(relation) or relation.reason or self.get_empty_value_display()

    @admin.display(description="state")
    def state_label(self, relation: ClaimRelation) -> SafeString:
        return badge(RELATION_STATE_COLOURS[RelationState(relation.state)], relation.get_state_display())
