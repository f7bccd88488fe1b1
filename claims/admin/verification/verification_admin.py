"""Verifications: drafted and submitted by one person, approved by another."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.claims.claim_status import rating_label
from claims.admin.claims.claim_views import append_undo_link
from claims.admin.common.base import EditorForm, FormFieldMixin, current_user
from claims.admin.common.formatting import MAX_LIST_TEXT, label, shortened, stack_lines
from claims.admin.common.object_actions import ObjectAction, ReasonForm, SendBackForm
from claims.admin.common.unfold_compat import ChoicesFilter, ModelForm, RelatedFilter, StackedInline
from claims.admin.dashboard.tasks import VerificationTaskFilter
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.verification.verification_panel import get_verification_panel_context
from claims.models import Evidence, Verification, VerificationState
from claims.services.errors import RefusedError
from claims.services.verification import workflow
from claims.services.verification.drafts import delete_verification_draft, save_verification_draft
from claims.services.verification.evidence_urls import clean_evidence_url, find_duplicate_urls

State = VerificationState
PUBLISH_PERMISSION = "claims.publish_verification"


def handle_submit(request: HttpRequest, row: Verification, given: dict[str, Any]) -> str:
    """To approval."""
    workflow.submit_verification(verification=row, editor=current_user(request))
    return "The verification was submitted; another person approves it."


def handle_publish_verification(request: HttpRequest, row: Verification, given: dict[str, Any]) -> str:
    """To the readers."""
    workflow.publish_verification(verification=row, approver=current_user(request))
    return "The verification was approved and published."


def handle_send_back(request: HttpRequest, row: Verification, given: dict[str, Any]) -> str:
    """To its author."""
    workflow.send_back_verification(verification=row, editor=current_user(request), comment=given["comment"])
    return f"The verification went back to {row.author} as a draft."


def handle_withdraw(request: HttpRequest, row: Verification, given: dict[str, Any]) -> str:
    """From approval, or from the readers."""
    workflow.withdraw_verification(verification=row, editor=current_user(request), reason=given["reason"])
    return "The verification was withdrawn."


def can_withdraw(request: HttpRequest, row: Verification) -> bool:
    """Approvers withdraw; an author takes back what still waits."""
    own = row.state == State.SUBMITTED and row.author_id == request.user.pk
    return own or request.user.has_perm(PUBLISH_PERMISSION)


def can_publish(request: HttpRequest, row: Verification) -> bool:
    """Whether it is offered to this person."""
    return row.state == State.SUBMITTED and request.user.pk not in workflow.contributor_ids(row)


PUBLISHING = "claims.publish_verification"
VERIFICATION_ACTIONS = (
    ObjectAction(
        name="submit",
        label="Submit",
        colour="good",
        offered=lambda request, row: row.state == State.DRAFT,
        do=handle_submit,
    ),
    ObjectAction(
        name="publish",
        label="Approve and publish",
        colour="good",
        offered=can_publish,
        do=handle_publish_verification,
        permission=PUBLISH_PERMISSION,
    ),
    ObjectAction(
        name="send-back",
        label="Send back",
        form=SendBackForm,
        offered=lambda request, row: row.state == State.SUBMITTED,
        do=handle_send_back,
        permission=PUBLISH_PERMISSION,
    ),
    ObjectAction(
        name="withdraw",
        label="Withdraw",
        colour="bad",
        form=ReasonForm,
        offered=lambda request, row: row.state in {State.SUBMITTED, State.PUBLISHED},
        do=handle_withdraw,
        may=can_withdraw,
        warning="Of a published verdict, readers find the reason among the corrections. This cannot be undone.",
    ),
)


class EvidenceForm(EditorForm):
    """One row; its addresses are such that a reader can follow them."""

    def clean_url(self) -> str:
        """As the service has it."""
        return self._followed("url")

    def clean_archive_url(self) -> str:
        """As above."""
        return self._followed("archive_url")

    def _followed(self, name: str) -> str:
        try:
            return clean_evidence_url(self.cleaned_data[name])
        except RefusedError as refusal:
            raise ValidationError(str(refusal)) from refusal


class EvidenceInline(FormFieldMixin, StackedInline):
    """What the verdict rests on; it changes as long as the verification is a draft."""

    model = Evidence
    form = EvidenceForm
    extra = 0
    autocomplete_fields = ("source",)
    fieldsets = ((None, {"fields": ("stance", "url", "source", "archive_url", "excerpt", "note")}),)
    verbose_name_plural = "evidence"

    def has_add_permission(self, request: HttpRequest, obj: Verification | None = None) -> bool:
        """As long as it is a draft."""
        return super().has_add_permission(request, obj) and is_draft_verification(obj)

    def has_change_permission(self, request: HttpRequest, obj: Verification | None = None) -> bool:
        """As above."""
        return super().has_change_permission(request, obj) and is_draft_verification(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Verification | None = None) -> bool:
        """As above."""
        return super().has_delete_permission(request, obj) and is_draft_verification(obj)


def is_draft_verification(row: Verification | None) -> bool:
    """A row that is yet to be made is one."""
    return row is None or row.state == State.DRAFT


@admin.register(Verification)
class VerificationAdmin(AuditedAdmin):
    """One rating of one claim."""

    list_display = ("verification", "rated", "labelled", "author", "approver", "submitted_at", "published_at")
    list_display_links = ("verification",)
    list_filter = (
        VerificationTaskFilter,
        ("state", ChoicesFilter),
        ("rating", RelatedFilter),
        ("author", RelatedFilter),
        ("claim", RelatedFilter),
    )
    search_fields = ("claim__text", "explanation")
    search_help_text = "Claim or explanation"
    ordering = ("-created_at", "-id")
    sortable_by = ("published_at",)
    autocomplete_fields = ("claim", "rating")
    inlines = (EvidenceInline,)
    steps = VERIFICATION_ACTIONS
    panel_template = "claims/admin/verification/verification_panel.html"
    readonly_fields = ("labelled", "author", "approver", "comment", "submitted_at", "published_at", "claim_link")
    fieldsets = (
        (None, {"fields": ("claim_link", "rating", "explanation")}),
        ("On its way", {"fields": ("labelled", "comment", ("author", "approver"), ("submitted_at", "published_at"))}),
    )
    add_fieldsets = ((None, {"fields": ("claim", "rating", "explanation")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Verification]:
        """With what every row and page names."""
        return super().get_queryset(request).select_related("claim__speaker", "rating", "author", "approver")

    def get_fieldsets(self, request: HttpRequest, obj: Verification | None = None) -> Any:
        """The claim is chosen once."""
        return self.fieldsets if obj else self.add_fieldsets

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was submitted is changed no more; steps ask for no row."""
        return super().has_change_permission(request, obj) and is_draft_verification(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts only, by their authors."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and (obj is None or (is_draft_verification(obj) and obj.author_id == request.user.pk))

    def save_model(self, request: HttpRequest, obj: Verification, form: ModelForm, change: bool) -> None:
        """With its evidence, below: both are one operation."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """The draft with its evidence, by the service; its author is who wrote it, never chosen.

        Two rows of evidence for one page are told, not refused: they may speak of two passages.
        """
        kept = [row for formset in formsets for row in formset.save(commit=False)]
        gone = [row for formset in formsets for row in formset.deleted_objects]
        fields = form.changed_data
        made = save_verification_draft(
            verification=form.instance, fields=fields, kept=kept, gone=gone, editor=current_user(request)
        )
        form.instance.pk = made.pk
        form.instance._state.adding = False  # noqa: SLF001  # Django's own way to say that the row is stored
        for url in find_duplicate_urls(form.instance.evidence.values_list("url", flat=True)):
            messages.warning(request, f"Two rows of evidence lead to one page: {url}")

    def delete_model(self, request: HttpRequest, obj: Verification) -> None:
        """By the service, with a way back."""
        delete_verification_draft(verification=obj, editor=current_user(request))
        messages.info(request, append_undo_link(request, "The draft can be brought back."))

    def panel(self, request: HttpRequest, obj: Verification) -> dict[str, Any]:
        """The claim it judges, the quotes that carry it, former verdicts, and what `editor` did to it last."""
        return get_verification_panel_context(obj, user=current_user(request))

    @admin.display(description="claim")
    def verification(self, row: Verification) -> SafeString:
        """The claim and its speaker."""
        return stack_lines(shortened(row.claim.text, MAX_LIST_TEXT), row.claim.speaker)

    @admin.display(description="rating")
    def rated(self, row: Verification) -> SafeString | str:
        """As a label."""
        rating = row.rating
        if rating is None:
            return self.get_empty_value_display()
        return rating_label(rating.name, rating.value, rating.worst, rating.best)

    @admin.display(description="state")
    def labelled(self, row: Verification) -> SafeString:
        """As a label."""
        return label(row.state, row.get_state_display())

    @admin.display(description="claim")
    def claim_link(self, row: Verification) -> SafeString:
        """The claim's page."""
        page = reverse("admin:claims_claim_change", args=[row.claim_id])
        return format_html('<a class="fb-link" href="{}">{}</a>', page, row.claim)
