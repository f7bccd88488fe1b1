"""Verifications: drafted and submitted by one person, approved by another."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import EditorForm, Fields, editor
from claims.admin.claim_state import rating_label
from claims.admin.claim_views import undo_link
from claims.admin.history import RecordedAdmin
from claims.admin.look import ChoicesFilter, ModelForm, RelatedFilter, StackedInline
from claims.admin.steps import CommentForm, ReasonForm, Step
from claims.admin.verification_panel import verification_panel
from claims.admin.waiting import WaitingFilter
from claims.admin.wording import WHOLE, label, lines, shortened
from claims.models import Evidence, Verification, VerificationState
from claims.services import verify
from claims.services.draft import delete_draft, save_draft
from claims.services.evidence import check_url, duplicates
from claims.services.refusal import RefusedError

State = VerificationState
PUBLISH = "claims.publish_verification"


def submit(request: HttpRequest, row: Verification, given: dict[str, Any]) -> str:
    """To approval."""
    verify.submit_verification(verification=row, editor=editor(request))
    return "The verification was submitted; another person approves it."


def publish(request: HttpRequest, row: Verification, given: dict[str, Any]) -> str:
    """To the readers."""
    verify.publish_verification(verification=row, approver=editor(request))
    return "The verification was approved and published."


def send_back(request: HttpRequest, row: Verification, given: dict[str, Any]) -> str:
    """To its author."""
    verify.send_back(verification=row, editor=editor(request), comment=given["comment"])
    return f"The verification went back to {row.author} as a draft."


def withdraw(request: HttpRequest, row: Verification, given: dict[str, Any]) -> str:
    """From approval, or from the readers."""
    verify.withdraw_verification(verification=row, editor=editor(request), reason=given["reason"])
    return "The verification was withdrawn."


def may_be_withdrawn(request: HttpRequest, row: Verification) -> bool:
    """Approvers withdraw; an author takes back what still waits."""
    own = row.state == State.SUBMITTED and row.author_id == request.user.pk
    return own or request.user.has_perm(PUBLISH)


def may_be_published(request: HttpRequest, row: Verification) -> bool:
    """Whether it is offered to this person."""
    return row.state == State.SUBMITTED and request.user.pk not in verify.writers(row)


PUBLISHING = "claims.publish_verification"
STEPS = (
    Step(
        name="submit",
        label="Submit",
        colour="good",
        offered=lambda request, row: row.state == State.DRAFT,
        do=submit,
    ),
    Step(
        name="publish",
        label="Approve and publish",
        colour="good",
        offered=may_be_published,
        do=publish,
        permission=PUBLISH,
    ),
    Step(
        name="send-back",
        label="Send back",
        form=CommentForm,
        offered=lambda request, row: row.state == State.SUBMITTED,
        do=send_back,
        permission=PUBLISH,
    ),
    Step(
        name="withdraw",
        label="Withdraw",
        colour="bad",
        form=ReasonForm,
        offered=lambda request, row: row.state in {State.SUBMITTED, State.PUBLISHED},
        do=withdraw,
        may=may_be_withdrawn,
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
            return check_url(self.cleaned_data[name])
        except RefusedError as refusal:
            raise ValidationError(str(refusal)) from refusal


class EvidenceInline(Fields, StackedInline):
    """What the verdict rests on; it changes as long as the verification is a draft."""

    model = Evidence
    form = EvidenceForm
    extra = 0
    autocomplete_fields = ("source",)
    fieldsets = ((None, {"fields": ("stance", "url", "source", "archive_url", "excerpt", "note")}),)
    verbose_name_plural = "evidence"

    def has_add_permission(self, request: HttpRequest, obj: Verification | None = None) -> bool:
        """As long as it is a draft."""
        return super().has_add_permission(request, obj) and is_draft(obj)

    def has_change_permission(self, request: HttpRequest, obj: Verification | None = None) -> bool:
        """As above."""
        return super().has_change_permission(request, obj) and is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Verification | None = None) -> bool:
        """As above."""
        return super().has_delete_permission(request, obj) and is_draft(obj)


def is_draft(row: Verification | None) -> bool:
    """A row that is yet to be made is one."""
    return row is None or row.state == State.DRAFT


@admin.register(Verification)
class VerificationAdmin(RecordedAdmin):
    """One rating of one claim."""

    list_display = ("verification", "rated", "labelled", "author", "approver", "submitted_at", "published_at")
    list_display_links = ("verification",)
    list_filter = (
        WaitingFilter,
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
    steps = STEPS
    panel_template = "claims/admin/verification_panel.html"
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
        return super().has_change_permission(request, obj) and is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts only, by their authors."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and (obj is None or (is_draft(obj) and obj.author_id == request.user.pk))

    def save_model(self, request: HttpRequest, obj: Verification, form: ModelForm, change: bool) -> None:
        """With its evidence, below: both are one operation."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """The draft with its evidence, by the service; its author is who wrote it, never chosen.

        Two rows of evidence for one page are told, not refused: they may speak of two passages.
        """
        kept = [row for formset in formsets for row in formset.save(commit=False)]
        gone = [row for formset in formsets for row in formset.deleted_objects]
        fields = form.changed_data
        made = save_draft(verification=form.instance, fields=fields, kept=kept, gone=gone, editor=editor(request))
        form.instance.pk = made.pk
        form.instance._state.adding = False  # noqa: SLF001  # Django's own way to say that the row is stored
        for url in duplicates(form.instance.evidence.values_list("url", flat=True)):
            messages.warning(request, f"Two rows of evidence lead to one page: {url}")

    def delete_model(self, request: HttpRequest, obj: Verification) -> None:
        """By the service, with a way back."""
        delete_draft(verification=obj, editor=editor(request))
        messages.info(request, undo_link(request, "The draft can be brought back."))

    def panel(self, request: HttpRequest, obj: Verification) -> dict[str, Any]:
        """The claim it judges, the quotes that carry it, former verdicts, and what `editor` did to it last."""
        return verification_panel(obj, user=editor(request))

    @admin.display(description="claim")
    def verification(self, row: Verification) -> SafeString:
        """The claim and its speaker."""
        return lines(shortened(row.claim.text, WHOLE), row.claim.speaker)

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
