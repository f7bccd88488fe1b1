"""Draft corrections: what shall change in claims that readers see, published or discarded here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from claims.admin.claims.relation_admin import ClaimPermissionsAdmin
from claims.admin.common.base import current_user
from claims.admin.common.confirmation import CORRECT_PERMISSION, may_correct
from claims.admin.common.formatting import label, shortened, stack_lines
from claims.admin.common.object_actions import ObjectAction
from claims.admin.common.unfold_compat import ChoicesFilter, RelatedFilter, Textarea
from claims.models import AmendmentState, ClaimAmendment
from claims.services.claims import correction_drafts

DRAFT_STATE_COLOURS = {
    AmendmentState.OPEN: "draft",
    AmendmentState.PUBLISHED: "published",
    AmendmentState.DISCARDED: "rejected",
}


class DiscardDraftForm(forms.Form):
    """Why it is given up."""

    comment = forms.CharField(
        required=False,
        widget=Textarea(attrs={"rows": 3}),
        help_text="For its author, who may leave it empty; never public.",
    )


def handle_publish_correction(request: HttpRequest, row: ClaimAmendment, given: dict[str, Any]) -> str:
    """To the readers."""
    correction_drafts.publish_correction_draft(amendment=row, editor=current_user(request))
    return "The correction was published; readers find the note among the corrections."


def handle_discard_correction(request: HttpRequest, row: ClaimAmendment, given: dict[str, Any]) -> str:
    """Nothing of it."""
    correction_drafts.discard_correction_draft(amendment=row, editor=current_user(request), comment=given["comment"])
    return "The draft was discarded; readers see the wording they saw."


def is_open_draft(request: HttpRequest, row: ClaimAmendment) -> bool:
    """Whether it waits."""
    return row.state == AmendmentState.OPEN


@admin.register(ClaimAmendment)
class ClaimAmendmentAdmin(ClaimPermissionsAdmin):
    """A change kept beside the public wording."""

    list_display = ("claim_text", "what", "labelled", "author", "created_at")
    list_display_links = ("claim_text",)
    list_filter = (("state", ChoicesFilter), ("author", RelatedFilter))
    search_fields = ("text", "claim__text", "what", "why")
    search_help_text = "Claim or note"
    ordering = ("-created_at", "-id")
    fields = ("labelled", "author", "created_at", "comment", "decided_by", "decided_at")
    readonly_fields = fields
    panel_template = "claims/admin/claims/correction_draft_panel.html"
    steps = (
        ObjectAction(
            name="publish",
            label="Publish the correction",
            colour="good",
            offered=is_open_draft,
            do=handle_publish_correction,
            permission=CORRECT_PERMISSION,
        ),
        ObjectAction(
            name="discard",
            label="Discard",
            colour="bad",
            form=DiscardDraftForm,
            offered=is_open_draft,
            do=handle_discard_correction,
            may=lambda request, row: may_correct(request) or row.author_id == request.user.pk,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClaimAmendment]:
        """With what rows and pages name."""
        rows = super().get_queryset(request)
        return rows.select_related("claim__speaker", "speaker", "was_speaker", "author", "decided_by")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """They are kept from the claim's own form."""
        return False

    def panel(self, request: HttpRequest, obj: ClaimAmendment) -> dict[str, Any]:
        """The difference to what readers see."""
        claim = obj.claim
        now = (claim.text, claim.speaker_id, claim.said_on)
        return {"amendment": obj, "outdated": now != (obj.was_text, obj.was_speaker_id, obj.was_said_on)}

    @admin.display(description="claim")
    def claim_text(self, row: ClaimAmendment) -> SafeString:
        """As readers see it, and as it shall be."""
        return stack_lines(shortened(row.text, 200), f"now: {shortened(row.claim.text, 160)}")

    @admin.display(description="state")
    def labelled(self, row: ClaimAmendment) -> SafeString:
        """As a label."""
        return label(DRAFT_STATE_COLOURS[AmendmentState(row.state)], row.get_state_display())
