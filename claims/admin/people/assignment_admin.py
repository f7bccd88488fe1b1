"""Assignments: their list, and the views that make and end them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.common.base import ReadOnlyAdmin, current_user
from claims.admin.common.confirmation import return_url
from claims.admin.common.formatting import MAX_LIST_TEXT, stack_lines, truncate_line
from claims.admin.common.object_actions import CleanedData, ObjectAction
from claims.admin.common.unfold_compat import ModelAdmin, RadioFilter, RelatedFilter
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.history.undo_view import append_undo_link
from claims.admin.people.assignable_admin import (
    ASSIGN_ACTION,
    ASSIGN_PERMISSION,
    AssignmentForm,
    describe_due_date,
    may_finish_assignment,
)
from claims.models import Assignment, Claim, Source, Verification
from claims.services.errors import RefusedError
from claims.services.people.assignments import finish_assignment

ASSIGNED_MODELS: dict[str, type[Model]] = {"source": Source, "claim": Claim, "verification": Verification}


def mark_as_done(request: HttpRequest, assignment: Assignment, cleaned_data: CleanedData) -> SafeString | str:
    finish_assignment(assignment=assignment, editor=current_user(request))
    message = f"Done: {truncate_line(str(assignment.subject), 100)}"
    return append_undo_link(request, message) if request.user.has_perm("claims.change_claim") else message


class AssignmentFilter(RadioFilter):
    """Shows open assignments by default."""

    title = "assignments"
    parameter_name = "assigned"
    all_option = ["", "Open"]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("me", "Assigned to me"), ("overdue", "Overdue"), ("done", "Done"), ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> QuerySet[Assignment]:
        match self.value():
            case "me":
                shown = Assignment.objects.open().filter(assignee=request.user.pk)
            case "overdue":
                shown = Assignment.objects.overdue()
            case "done":
                shown = Assignment.objects.filter(done_at__isnull=False)
            case "all":
                return queryset
            case _:
                shown = Assignment.objects.open()
        return queryset & shown


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin, AuditedAdmin):
    """Assignments are made on the pages and in the lists of what is assigned."""

    list_display = ("about", "assignee", "due", "note", "assigned_by", "done_at")
    list_display_links = None  # "about" links to what is assigned
    list_filter = (AssignmentFilter, ("assignee", RelatedFilter))
    search_fields = ("note",)
    ordering = (F("due_on").asc(nulls_last=True), "id")
    fields = ("about", "assignee", "due", "note", "assigned_by", "done_at")
    object_actions = (
        ObjectAction(
            name="done",
            label="Mark as done",
            style="primary",
            is_offered=lambda request, row: row.done_at is None,
            is_allowed=may_finish_assignment,
            run=mark_as_done,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assignment]:
        rows: QuerySet[Assignment] = super().get_queryset(request)
        subjects = ("source", "claim__speaker", "verification__claim__speaker", "verification__rating")
        return rows.select_related("assignee", "assigned_by", *subjects)

    def get_urls(self) -> list[URLPattern]:
        assign = self.admin_site.admin_view(self.assign_view)
        return [path("on/<slug:kind>/<int:pk>/", assign, name="claims_assignment_assign"), *super().get_urls()]

    def may_run_action(self, request: HttpRequest, action: ObjectAction) -> bool:
        """Allowed for everybody who may see assignments; whether for this one, the action says."""
        return self.has_view_permission(request)

    def object_action_view(self, request: HttpRequest, pk: int, action_name: str) -> HttpResponse:
        """Redirects to the page that the button is on."""
        response = super().object_action_view(request, pk, action_name)
        if isinstance(response, HttpResponseRedirect):
            return HttpResponseRedirect(return_url(request, response.url))
        return response

    def assign_view(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """POST: assigns the object and returns to it. GET, and invalid data: the form."""
        model = ASSIGNED_MODELS.get(kind)
        if model is None:
            raise Http404
        if not (request.user.has_perm(ASSIGN_PERMISSION) and request.user.has_perm(f"claims.view_{kind}")):
            raise PermissionDenied
        row = model._default_manager.filter(pk=pk).first()
        if row is None:
            raise Http404
        back = return_url(request, reverse(f"admin:claims_{kind}_change", args=[pk]))
        form = AssignmentForm(request.POST if request.method == "POST" else None, model=model)
        if form.is_valid():
            try:
                message = form.save([row], editor=current_user(request))
            except RefusedError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, append_undo_link(request, message))
                return HttpResponseRedirect(back)
        return self.render_page(
            request,
            title=f"Assign: {truncate_line(str(row), 120)}",
            form=form,
            object_action=ASSIGN_ACTION,
            back=back,
        )

    @admin.display(description="about")
    def about(self, assignment: Assignment) -> SafeString:
        """A link to what is assigned."""
        subject = assignment.subject
        page = reverse(f"admin:claims_{subject._meta.model_name}_change", args=[subject.pk])
        text = truncate_line(str(subject), MAX_LIST_TEXT)
        link = format_html('<a class="fb-link" href="{}" dir="auto">{}</a>', page, text)
        return stack_lines(link, str(subject._meta.verbose_name).capitalize())

    @admin.display(description="due")
    def due(self, assignment: Assignment) -> SafeString | str:
        return describe_due_date(assignment) or self.get_empty_value_display()
