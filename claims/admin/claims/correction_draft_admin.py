"""Admin of draft corrections: proposed changes of public claims, to be published or discarded."""

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from claims.admin.claims.relation_admin import ClaimPermissionsAdmin
from claims.admin.common.base import current_user
from claims.admin.common.confirmation import CORRECT_PERMISSION, may_correct
from claims.admin.common.formatting import badge, stack_lines, truncate_line
from claims.admin.common.object_actions import CleanedData, ObjectAction
from claims.admin.common.unfold_compat import ChoicesFilter, RelatedFilter, Textarea
from claims.models import AmendmentState, ClaimAmendment
from claims.services.claims import correction_drafts

DRAFT_STATE_COLOURS = {
    AmendmentState.OPEN: "draft",
    AmendmentState.PUBLISHED: "published",
    AmendmentState.DISCARDED: "rejected",
}


class DiscardDraftForm(forms.Form):
    comment = forms.CharField(
        required=False,
        widget=Textarea(attrs={"rows": 3}),
        help_text="For the draft's author; never public. Optional if you wrote the draft.",
    )


def handle_publish_correction(request: HttpRequest, draft: ClaimAmendment, cleaned_data: CleanedData) -> str:
    correction_drafts.publish_correction_draft(amendment=draft, editor=current_user(request))
    return "Correction published. Readers see its note among the corrections."


def handle_discard_correction(request: HttpRequest, draft: ClaimAmendment, cleaned_data: CleanedData) -> str:
    correction_drafts.discard_correction_draft(
        amendment=draft, editor=current_user(request), comment=cleaned_data["comment"]
    )
    return "Draft discarded. The public wording is unchanged."


def is_open_draft(request: HttpRequest, draft: ClaimAmendment) -> bool:
    return draft.state == AmendmentState.OPEN


@admin.register(ClaimAmendment)
class ClaimAmendmentAdmin(ClaimPermissionsAdmin):
    """Draft corrections are saved from the claim's form; here they are only published or discarded."""

    list_display = ("claim_text", "what", "state_label", "author", "created_at")
    list_display_links = ("claim_text",)
    list_filter = (("state", ChoicesFilter), ("author", RelatedFilter))
    search_fields = ("text", "claim__text", "what", "why")
    search_help_text = "Claim or note"
    ordering = ("-created_at", "-id")
    fields = ("state_label", "author", "created_at", "comment", "decided_by", "decided_at")
    readonly_fields = fields
    panel_template = "claims/admin/claims/correction_draft_panel.html"
    object_actions = (
        ObjectAction(
            name="publish",
            label="Publish correction",
            style="primary",
            is_offered=is_open_draft,
            run=handle_publish_correction,
            permission=CORRECT_PERMISSION,
        ),
        ObjectAction(
            name="discard",
            label="Discard",
            style="danger",
            form=DiscardDraftForm,
            is_offered=is_open_draft,
            run=handle_discard_correction,
            is_allowed=lambda request, draft: may_correct(request) or draft.author_id == request.user.pk,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClaimAmendment]:
        drafts = super().get_queryset(request)
        return drafts.select_related("claim__speaker", "speaker", "was_speaker", "author", "decided_by")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_panel_context(self, request: HttpRequest, obj: ClaimAmendment) -> dict[str, object]:
        claim = obj.claim
        public = (claim.text, claim.speaker_id, claim.said_on)
        return {"correction_draft": obj, "outdated": public != (obj.was_text, obj.was_speaker_id, obj.was_said_on)}

    @admin.display(description="claim")
    def claim_text(self, draft: ClaimAmendment) -> SafeString:
        """The proposed wording, and the current one below it."""
        return stack_lines(truncate_line(draft.text, 200), f"Current: {truncate_line(draft.claim.text, 160)}")

    @admin.display(description="state")
    def state_label(self, draft: ClaimAmendment) -> SafeString:
        return badge(DRAFT_STATE_COLOURS[AmendmentState(draft.state)], draft.get_state_display())
