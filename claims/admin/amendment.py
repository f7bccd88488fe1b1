"""Draft corrections: what shall change in claims that readers see, published or discarded here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from claims.admin.asking import CORRECT, may_correct
from claims.admin.base import editor
from claims.admin.look import ChoicesFilter, RelatedFilter, Textarea
from claims.admin.relation import OfClaims
from claims.admin.steps import Step
from claims.admin.wording import label, lines, shortened
from claims.models import AmendmentState, ClaimAmendment
from claims.services import amend

COLOURS = {AmendmentState.OPEN: "draft", AmendmentState.PUBLISHED: "published", AmendmentState.DISCARDED: "rejected"}


class DiscardForm(forms.Form):
    """Why it is given up."""

    comment = forms.CharField(
        required=False,
        widget=Textarea(attrs={"rows": 3}),
        help_text="For its author, who may leave it empty; never public.",
    )


def publish(request: HttpRequest, row: ClaimAmendment, given: dict[str, Any]) -> str:
    """To the readers."""
    amend.publish_amendment(amendment=row, editor=editor(request))
    return "The correction was published; readers find the note among the corrections."


def discard(request: HttpRequest, row: ClaimAmendment, given: dict[str, Any]) -> str:
    """Nothing of it."""
    amend.discard_amendment(amendment=row, editor=editor(request), comment=given["comment"])
    return "The draft was discarded; readers see the wording they saw."


def is_open(request: HttpRequest, row: ClaimAmendment) -> bool:
    """Whether it waits."""
    return row.state == AmendmentState.OPEN


@admin.register(ClaimAmendment)
class ClaimAmendmentAdmin(OfClaims):
    """A change kept beside the public wording."""

    list_display = ("claim_text", "what", "labelled", "author", "created_at")
    list_display_links = ("claim_text",)
    list_filter = (("state", ChoicesFilter), ("author", RelatedFilter))
    search_fields = ("text", "claim__text", "what", "why")
    search_help_text = "Claim or note"
    ordering = ("-created_at", "-id")
    fields = ("labelled", "author", "created_at", "comment", "decided_by", "decided_at")
    readonly_fields = fields
    panel_template = "claims/admin/amendment_panel.html"
    steps = (
        Step(
            name="publish",
            label="Publish the correction",
            colour="good",
            offered=is_open,
            do=publish,
            permission=CORRECT,
        ),
        Step(
            name="discard",
            label="Discard",
            colour="bad",
            form=DiscardForm,
            offered=is_open,
            do=discard,
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
        return lines(shortened(row.text, 200), f"now: {shortened(row.claim.text, 160)}")

    @admin.display(description="state")
    def labelled(self, row: ClaimAmendment) -> SafeString:
        """As a label."""
        return label(COLOURS[AmendmentState(row.state)], row.get_state_display())
