"""Admin of verifications: drafted and submitted by one editor, approved by another."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.claims.claim_status import rating_label
from claims.admin.common.base import FormFieldMixin, current_user, parse_number_param
from claims.admin.common.formatting import MAX_LIST_TEXT, badge, stack_lines, truncate_line
from claims.admin.common.object_actions import CleanedData, ObjectAction, ReasonForm, SendBackForm
from claims.admin.common.unfold_compat import ChoicesFilter, InlineFormSet, ModelForm, RelatedFilter, StackedInline
from claims.admin.dashboard.tasks import VerificationTaskFilter
from claims.admin.history.undo_view import append_undo_link
from claims.admin.people.assignable_admin import ASSIGNMENT_FILTERS, AssignableAdmin
from claims.admin.verification.verification_form import (
    EvidenceForm,
    EvidenceFormSet,
    SourceOfClaimSelect,
    VerificationForm,
    is_submitting,
)
from claims.admin.verification.verification_panel import get_claim_context, get_verification_panel_context
from claims.models import Claim, Evidence, Source, Verification, VerificationState
from claims.services.people.account_ties import find_alias_ties
from claims.services.transitions import can_change_state
from claims.services.verification import workflow
from claims.services.verification.drafts import delete_verification_draft, save_verification_draft
from claims.services.verification.evidence_urls import find_duplicate_urls

PUBLISH_PERMISSION = "claims.publish_verification"
MAX_OFFERED_SOURCES = 20


def handle_submit(request: HttpRequest, verification: Verification, cleaned_data: CleanedData) -> str:
    workflow.submit_verification(verification=verification, editor=current_user(request))
    return "Submitted for approval."


def handle_publish_verification(request: HttpRequest, verification: Verification, cleaned_data: CleanedData) -> str:
    workflow.publish_verification(verification=verification, approver=current_user(request))
    return "Verdict approved and published."


def handle_send_back(request: HttpRequest, verification: Verification, cleaned_data: CleanedData) -> str:
    workflow.send_back_verification(
        verification=verification, editor=current_user(request), comment=cleaned_data["comment"]
    )
    return f"Sent back to {verification.author} as a draft."


def handle_withdraw(request: HttpRequest, verification: Verification, cleaned_data: CleanedData) -> str:
    workflow.withdraw_verification(
        verification=verification, editor=current_user(request), reason=cleaned_data["reason"]
    )
    return "Verification withdrawn."


def can_withdraw(request: HttpRequest, verification: Verification) -> bool:
    """Tells whether the user is an approver, or the author of a verification that is not yet approved."""
    own_submission = verification.state == VerificationState.SUBMITTED and verification.author_id == request.user.pk
    return own_submission or request.user.has_perm(PUBLISH_PERMISSION)


def can_publish(request: HttpRequest, verification: Verification) -> bool:
    """Tells whether the verification is submitted and the user did not contribute to it, under whichever account."""
    if not can_change_state(verification, VerificationState.PUBLISHED):
        return False
    contributions = workflow.find_contributions(verification)
    return request.user.pk not in contributions and not find_alias_ties(current_user(request), contributions)


VERIFICATION_ACTIONS = (
    ObjectAction(
        name="submit",
        label="Submit for approval",
        style="primary",
        is_offered=lambda request, verification: can_change_state(verification, VerificationState.SUBMITTED),
        run=handle_submit,
    ),
    ObjectAction(
        name="publish",
        label="Approve and publish",
        style="primary",
        is_offered=can_publish,
        run=handle_publish_verification,
        permission=PUBLISH_PERMISSION,
    ),
    ObjectAction(
        name="send-back",
        label="Send back",
        form=SendBackForm,
        is_offered=lambda request, verification: can_change_state(verification, VerificationState.DRAFT),
        run=handle_send_back,
        permission=PUBLISH_PERMISSION,
    ),
    ObjectAction(
        name="withdraw",
        label="Withdraw",
        style="danger",
        form=ReasonForm,
        is_offered=lambda request, verification: can_change_state(verification, VerificationState.WITHDRAWN),
        run=handle_withdraw,
        is_allowed=can_withdraw,
        warning="If the verdict is published, the reason is shown publicly as a correction. This cannot be undone.",
    ),
)


class EvidenceInline(FormFieldMixin, StackedInline):
    """The evidence for a verdict; editable while the verification is a draft."""

    model = Evidence
    form = EvidenceForm
    formset = EvidenceFormSet
    autocomplete_fields = ("source",)
    fieldsets = ((None, {"fields": (("url", "source"), "excerpt", "stance", ("archive_url", "note"))}),)
    verbose_name_plural = "evidence"

    def get_extra(self, request: HttpRequest, obj: Verification | None = None, **kwargs: Any) -> int:
        """Starts with an empty row, which is ignored if nothing is entered."""
        return 0 if obj and obj.evidence.exists() else 1

    def get_formset(self, request: HttpRequest, obj: Verification | None = None, **kwargs: Any) -> Any:
        """Offers the sources of the claim that is judged."""
        claim_id = obj.claim_id if obj else chosen_claim_id(request)
        select = SourceOfClaimSelect(
            Evidence._meta.get_field("source"),
            self.admin_site,
            claim_id=claim_id,
            sources=Source.objects.quoted_in_claim(claim_id)[:MAX_OFFERED_SOURCES] if claim_id else (),
        )
        return super().get_formset(request, obj, **{"widgets": {"source": select}} | kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Verification | None = None) -> bool:
        return super().has_add_permission(request, obj) and is_draft_verification(obj)

    def has_change_permission(self, request: HttpRequest, obj: Verification | None = None) -> bool:
        return super().has_change_permission(request, obj) and is_draft_verification(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Verification | None = None) -> bool:
        return super().has_delete_permission(request, obj) and is_draft_verification(obj)


def chosen_claim_id(request: HttpRequest) -> int | None:
    """The claim that the add page was opened for, or that was chosen there."""
    return parse_number_param(request.POST.get("claim") or request.GET.get("claim"))


def is_draft_verification(verification: Verification | None) -> bool:
    """Tells whether the verification is a draft, or still to be added (None)."""
    return verification is None or verification.state == VerificationState.DRAFT


@admin.register(Verification)
class VerificationAdmin(AssignableAdmin):
    list_display = (
        *("verification", "rating_column", "state_label", "author", "approver", "assigned_to"),
        *("submitted_at", "published_at"),
    )
    list_display_links = ("verification",)
    list_filter = (
        VerificationTaskFilter,
        *ASSIGNMENT_FILTERS,
        ("state", ChoicesFilter),
        ("rating", RelatedFilter),
        ("author", RelatedFilter),
        ("claim", RelatedFilter),
    )
    search_fields = ("claim__text", "explanation")
    search_help_text = "Claim or explanation"
    ordering = ("-created_at", "-id")
    sortable_by = ("published_at",)
    form = VerificationForm
    autocomplete_fields = ("claim",)
    actions = ("assign_chosen",)
    inlines = (EvidenceInline,)
    object_actions = VERIFICATION_ACTIONS
    panel_template = "claims/admin/verification/verification_panel.html"
    change_form_template = "claims/admin/verification/change_form.html"
    readonly_fields = ("state_label", "author", "approver", "comment", "submitted_at", "published_at", "claim_link")
    fieldsets = (
        (None, {"fields": ("claim_link", "rating", "explanation")}),
        ("Workflow", {"fields": ("state_label", "comment", ("author", "approver"), ("submitted_at", "published_at"))}),
    )
    add_fieldsets = ((None, {"fields": ("claim", "rating", "explanation")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Verification]:
        return (
            super()
            .get_queryset(request)
            .select_related("claim__speaker", "rating", "author", "approver", "assignment__assignee")
        )

    def get_fieldsets(self, request: HttpRequest, obj: Verification | None = None) -> Any:
        """Offers the claim on the add page only; the evidence of a draft comes before its workflow."""
        if obj is None:
            return self.add_fieldsets
        if not is_draft_verification(obj):
            return self.fieldsets
        verdict, (title, options) = self.fieldsets
        return (verdict, (title, options | {"classes": ["collapse"]}))

    def has_change_permission(self, request: HttpRequest, obj: Verification | None = None) -> bool:
        """Allows drafts only. Object actions ask without a verification."""
        return super().has_change_permission(request, obj) and is_draft_verification(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Verification | None = None) -> bool:
        """Allows drafts only, and only to their authors."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and (obj is None or (is_draft_verification(obj) and obj.author_id == request.user.pk))

    def save_model(self, request: HttpRequest, obj: Verification, form: ModelForm, change: bool) -> None:
        """Does nothing: `save_related` saves the verification with its evidence, in one operation."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[InlineFormSet], change: bool) -> None:
        """Saves the draft and its evidence; the signed-in user is its author.

        Two rows of evidence with the same page are allowed, with a warning: they may cite two passages.
        """
        draft = save_verification_draft(
            verification=form.instance,
            fields=form.changed_data,
            evidence=[row for formset in formsets for row in formset.save(commit=False)],
            deleted_evidence=[row for formset in formsets for row in formset.deleted_objects],
            editor=current_user(request),
        )
        form.instance.pk = draft.pk
        form.instance._state.adding = False
        for url in find_duplicate_urls(form.instance.evidence.values_list("url", flat=True)):
            messages.warning(request, f"This page is listed twice as evidence: {url}")

        if is_submitting(request.POST):
            workflow.submit_verification(verification=draft, editor=current_user(request))

    def response_add(
        self, request: HttpRequest, obj: Verification, post_url_continue: str | None = None
    ) -> HttpResponse:
        if is_submitting(request.POST):
            return self._show_submitted(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Verification) -> HttpResponse:
        return (
            self._show_submitted(request, obj) if is_submitting(request.POST) else super().response_change(request, obj)
        )

    def _show_submitted(self, request: HttpRequest, verification: Verification) -> HttpResponse:
        messages.success(request, "Submitted for approval.")
        return HttpResponseRedirect(reverse("admin:claims_verification_change", args=[verification.pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Shows the claim on the add page too, where it is known."""
        context["show_save_and_add_another"] = False
        claim_id = None if context.get("original") else chosen_claim_id(request)
        claim = claim_id and Claim.objects.select_related("speaker").filter(pk=claim_id).first()
        if claim:
            context |= get_claim_context(claim)
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_model(self, request: HttpRequest, obj: Verification) -> None:
        delete_verification_draft(verification=obj, editor=current_user(request))
        messages.info(request, append_undo_link(request, "The draft can be restored."))

    def get_panel_context(self, request: HttpRequest, obj: Verification) -> dict[str, object]:
        return get_verification_panel_context(obj, user=current_user(request))

    @admin.display(description="claim")
    def verification(self, verification: Verification) -> SafeString:
        claim = verification.claim
        return stack_lines(truncate_line(claim.text, MAX_LIST_TEXT), claim.speaker)

    @admin.display(description="rating")
    def rating_column(self, verification: Verification) -> SafeString | str:
        rating = verification.rating
        if rating is None:
            return self.get_empty_value_display()
        return rating_label(rating.name, rating.value, rating.worst, rating.best)

    @admin.display(description="state")
    def state_label(self, verification: Verification) -> SafeString:
        return badge(verification.state, verification.get_state_display())

    @admin.display(description="claim")
    def claim_link(self, verification: Verification) -> SafeString:
        claim_url = reverse("admin:claims_claim_change", args=[verification.claim_id])
        return format_html('<a class="fb-link" href="{}">{}</a>', claim_url, verification.claim)
