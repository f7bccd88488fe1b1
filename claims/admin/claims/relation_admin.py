"""How claims stand to one another: suggested by the machine, confirmed or dismissed here; and added by hand."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from claims.admin.common.base import EditorForm, current_user
from claims.admin.common.formatting import MAX_LIST_TEXT, label, shortened, stack_lines
from claims.admin.common.object_actions import ObjectAction
from claims.admin.common.unfold_compat import ChoicesFilter, ModelForm
from claims.admin.history.history_admin import AuditedAdmin
from claims.models import ClaimRelation, RelationKind, RelationState
from claims.services.claims import relations

RELATION_STATE_COLOURS = {
    RelationState.SUGGESTED: "pending",
    RelationState.CONFIRMED: "accepted",
    RelationState.DISMISSED: "rejected",
}


def handle_confirm_relation(request: HttpRequest, row: ClaimRelation, given: dict[str, Any]) -> str:
    """As it was suggested."""
    relations.relate_claims(
        first=row.first, second=row.second, kind=RelationKind(row.kind), editor=current_user(request)
    )
    return f"Confirmed: {shortened(str(row), 200)}."


def handle_dismiss_relation(request: HttpRequest, row: ClaimRelation, given: dict[str, Any]) -> str:
    """Not related."""
    relations.dismiss_relation(relation=row, editor=current_user(request))
    return "Dismissed; the two are not suggested again."


class RelationForm(EditorForm):
    """Two claims and how they stand; what cannot be, the service says in words."""

    def _get_validation_exclusions(self) -> set[str]:
        """Constraints on the pair are left to the service, which puts the two in order, or says what is wrong."""
        own: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's, unknown to its stubs
        return own | {"first", "second"}


class ClaimPermissionsAdmin(AuditedAdmin):
    """Rows about claims: who may look at claims may look at them, who may change claims may act on them."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """As claims."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As claims."""
        return any(request.user.has_perm(f"claims.{verb}_claim") for verb in ("view", "change"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """As claims are changed."""
        return request.user.has_perm("claims.change_claim")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Steps and actions, which ask for no row, may be taken; no row has a form."""
        return request.user.has_perm("claims.change_claim") and obj is None


@admin.register(ClaimRelation)
class ClaimRelationAdmin(ClaimPermissionsAdmin):
    """That one claim repeats, updates, contradicts or says the same as another."""

    form = RelationForm
    list_display = ("relation", "kind", "other", "likeness", "decided", "decided_by")
    list_display_links = ("relation",)
    list_select_related = ("first__speaker", "second__speaker", "decided_by")
    list_filter = (("state", ChoicesFilter), ("kind", ChoicesFilter))
    search_fields = ("first__text", "second__text")
    search_help_text = "Either claim"
    ordering = ("-score", "id")
    autocomplete_fields = ("first", "second")
    fields = ("first", "kind", "second")
    panel_template = "claims/admin/claims/relation_panel.html"
    steps = (
        ObjectAction(
            name="confirm",
            label="Confirm",
            colour="good",
            offered=lambda request, row: row.state != RelationState.CONFIRMED,
            do=handle_confirm_relation,
        ),
        ObjectAction(
            name="dismiss",
            label="Not related",
            colour="bad",
            offered=lambda request, row: row.state != RelationState.DISMISSED,
            do=handle_dismiss_relation,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClaimRelation]:
        """With both claims."""
        return super().get_queryset(request).select_related("first__speaker", "second__speaker", "decided_by")

    def save_model(self, request: HttpRequest, obj: ClaimRelation, form: ModelForm, change: bool) -> None:
        """Said by this person."""
        made = relations.relate_claims(
            first=obj.first, second=obj.second, kind=RelationKind(obj.kind), editor=current_user(request)
        )
        obj.pk = made.pk
        obj._state.adding = False  # noqa: SLF001  # Django's own way to say that the row is stored

    def panel(self, request: HttpRequest, obj: ClaimRelation) -> dict[str, Any]:
        """Both wordings."""
        return {"relation": obj}

    @admin.display(description="claim")
    def relation(self, row: ClaimRelation) -> SafeString:
        """The first."""
        return stack_lines(shortened(row.first.text, MAX_LIST_TEXT), row.first.speaker)

    @admin.display(description="other claim")
    def other(self, row: ClaimRelation) -> SafeString:
        """The second."""
        return stack_lines(shortened(row.second.text, MAX_LIST_TEXT), row.second.speaker)

    @admin.display(description="likeness")
    def likeness(self, row: ClaimRelation) -> str:
        """Why it was suggested, with the share."""
        return row.reason or self.get_empty_value_display()

    @admin.display(description="state")
    def decided(self, row: ClaimRelation) -> SafeString:
        """As a label."""
        return label(RELATION_STATE_COLOURS[RelationState(row.state)], row.get_state_display())
