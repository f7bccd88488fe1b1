"""The queue of readers' reports: read, answered (publicly or not) or dismissed."""

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.common.base import ReadOnlyAdmin, current_user
from claims.admin.common.formatting import MAX_LIST_TEXT, badge, stack_lines, truncate_line
from claims.admin.common.object_actions import CleanedData, ObjectAction
from claims.admin.common.unfold_compat import ChoicesFilter, Textarea
from claims.admin.history.history_admin import AuditedAdmin
from claims.models import ErrorReport, ErrorReportState, ResourceKind
from claims.models.error_report import MAX_REPORT_LENGTH
from claims.resources import RESOURCES
from claims.resources.permalinks import page_path
from claims.services.site import error_reports
from claims.services.transitions import can_change_state

REPORT_STATE_COLOURS = {
    ErrorReportState.NEW: "pending",
    ErrorReportState.ANSWERED: "accepted",
    ErrorReportState.DISMISSED: "rejected",
}
ERASED = "Erased 90 days after the decision"


class AnswerForm(forms.Form):
    answer = forms.CharField(
        max_length=MAX_REPORT_LENGTH,
        widget=Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text="Replaces an earlier answer. The reader gets no mail from here: write to them yourself.",
    )
    is_public = forms.BooleanField(
        label="Show the answer to readers",
        required=False,
        help_text="On the page of the claim or quote, and where readers report errors in it. "
        "The reader's words and address are never shown.",
    )


def handle_answer_report(request: HttpRequest, report: ErrorReport, cleaned_data: CleanedData) -> str:
    error_reports.answer_report(report=report, editor=current_user(request), **cleaned_data)
    return "Answered publicly." if cleaned_data["is_public"] else "Answered. Readers do not see the answer."


def handle_dismiss_report(request: HttpRequest, report: ErrorReport, cleaned_data: CleanedData) -> str:
    error_reports.dismiss_report(report=report, editor=current_user(request))
    return "Dismissed."


@admin.register(ErrorReport)
class ErrorReportAdmin(ReadOnlyAdmin, AuditedAdmin):
    list_display = ("report", "state_label", "is_public", "contact", "created_at", "decided_by")
    list_select_related = ("decided_by",)
    list_filter = (("state", ChoicesFilter), ("kind", ChoicesFilter))
    search_fields = ("text", "subject", "answer", "contact")
    ordering = ("-created_at", "-id")
    fields = (
        *("about", "reported_text", "contact", "created_at", "state_label"),
        *("answer", "is_public", "decided_by", "decided_at"),
    )
    readonly_fields = fields
    object_actions = (
        ObjectAction(
            name="answer",
            label="Answer",
            style="primary",
            form=AnswerForm,
            is_offered=lambda request, report: True,
            run=handle_answer_report,
        ),
        ObjectAction(
            name="dismiss",
            label="Dismiss",
            style="danger",
            is_offered=lambda request, report: can_change_state(report, ErrorReportState.DISMISSED),
            run=handle_dismiss_report,
        ),
    )

    @admin.display(description="report")
    def report(self, report: ErrorReport) -> SafeString:
        return stack_lines(truncate_line(report.text or ERASED, MAX_LIST_TEXT), report.subject or "The site")

    @admin.display(description="about")
    def about(self, report: ErrorReport) -> SafeString | str:
        """What was reported, as it was called then, with its pages here and for readers."""
        if report.object_id is None:
            return "The site as a whole"
        name = RESOURCES[report.kind].model._meta.model_name
        links = [("Open", reverse(f"admin:claims_{name}_change", args=[report.object_id]))]
        if report.kind in {*ResourceKind.values[:4]}:
            links.append(("Page for readers", page_path(report.kind, report.object_id)))
        anchors = [format_html('<a class="fb-link underline" href="{1}">{0}</a>', *link) for link in links]
        return format_html('<span dir="auto">{}</span> ({})', report.subject, SafeString(", ".join(anchors)))

    @admin.display(description="what is wrong")
    def reported_text(self, report: ErrorReport) -> SafeString | str:
        return format_html('<span class="fb-preserved" dir="auto">{}</span>', report.text) if report.text else ERASED

    @admin.display(description="state")
    def state_label(self, report: ErrorReport) -> SafeString:
        return badge(REPORT_STATE_COLOURS[ErrorReportState(report.state)], report.get_state_display())

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allows actions, which ask without an object; nothing a reader wrote can be edited."""
        return request.user.has_perm("claims.change_errorreport") and obj is None
