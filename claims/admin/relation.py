"""How claims stand to one another: suggested by the machine, confirmed or dismissed here; and added by hand."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from claims.admin.base import EditorForm, editor
from claims.admin.history import RecordedAdmin
from claims.admin.look import ChoicesFilter, ModelForm
from claims.admin.steps import Step
from claims.admin.wording import WHOLE, label, lines, shortened
from claims.models import ClaimRelation, RelationKind, RelationState
from claims.services import relate

COLOURS = {RelationState.SUGGESTED: "pending", RelationState.CONFIRMED: "accepted", RelationState.DISMISSED: "rejected"}


def confirm(request: HttpRequest, row: ClaimRelation, given: dict[str, Any]) -> str:
    """As it was suggested."""
    relate.relate(first=row.first, second=row.second, kind=RelationKind(row.kind), editor=editor(request))
    return f"Confirmed: {shortened(str(row), 200)}."


def dismiss(request: HttpRequest, row: ClaimRelation, given: dict[str, Any]) -> str:
    """Not related."""
    relate.dismiss_relation(relation=row, editor=editor(request))
    return "Dismissed; the two are not suggested again."


class RelationForm(EditorForm):
    """Two claims and how they stand; what cannot be, the service says in words."""

    def _get_validation_exclusions(self) -> set[str]:
        """Constraints on the pair are left to the service, which puts the two in order, or says what is wrong."""
        own: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's, unknown to its stubs
        return own | {"first", "second"}


class OfClaims(RecordedAdmin):
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
class ClaimRelationAdmin(OfClaims):
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
    panel_template = "claims/admin/relation_panel.html"
    steps = (
        Step(
            name="confirm",
            label="Confirm",
            colour="good",
            offered=lambda request, row: row.state != RelationState.CONFIRMED,
            do=confirm,
        ),
        Step(
            name="dismiss",
            label="Not related",
            colour="bad",
            offered=lambda request, row: row.state != RelationState.DISMISSED,
            do=dismiss,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClaimRelation]:
        """With both claims."""
        return super().get_queryset(request).select_related("first__speaker", "second__speaker", "decided_by")

    def save_model(self, request: HttpRequest, obj: ClaimRelation, form: ModelForm, change: bool) -> None:
        """Said by this person."""
        made = relate.relate(first=obj.first, second=obj.second, kind=RelationKind(obj.kind), editor=editor(request))
        obj.pk = made.pk
        obj._state.adding = False  # noqa: SLF001  # Django's own way to say that the row is stored

    def panel(self, request: HttpRequest, obj: ClaimRelation) -> dict[str, Any]:
        """Both wordings."""
        return {"relation": obj}

    @admin.display(description="claim")
    def relation(self, row: ClaimRelation) -> SafeString:
        """The first."""
        return lines(shortened(row.first.text, WHOLE), row.first.speaker)

    @admin.display(description="other claim")
    def other(self, row: ClaimRelation) -> SafeString:
        """The second."""
        return lines(shortened(row.second.text, WHOLE), row.second.speaker)

    @admin.display(description="likeness")
    def likeness(self, row: ClaimRelation) -> str:
        """Why it was suggested, with the share."""
        return row.reason or self.get_empty_value_display()

    @admin.display(description="state")
    def decided(self, row: ClaimRelation) -> SafeString:
        """As a label."""
        return label(COLOURS[RelationState(row.state)], row.get_state_display())
