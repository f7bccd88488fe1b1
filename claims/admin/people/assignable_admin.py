"""Assigning on the pages and in the lists of sources, claims and verifications."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from claims.admin.common.base import current_user, selected_ids
from claims.admin.common.formatting import badge, stack_lines
from claims.admin.common.object_actions import ObjectAction
from claims.admin.common.unfold_compat import ModelAdmin, RadioFilter, RelatedFilter, Select, TextInput
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.history.undo_view import append_undo_link
from claims.models import Assignment
from claims.models.assignment import MAX_ASSIGNMENT_NOTE
from claims.services.errors import RefusedError
from claims.services.people.accounts import users_who_may_see
from claims.services.people.assignments import assign, unassign

ASSIGN_PERMISSION = "claims.add_assignment"
MAX_ASSIGNED_ROWS = 200
ASSIGN_ACTION = ObjectAction(
    name="assign", label="Assign", run=lambda *_: "", is_offered=lambda *_: True, style="primary"
)


class AssignmentForm(forms.Form):
    """Whom to assign objects of a model to, until when; nobody takes them away from whoever has them."""

    assignee = forms.ModelChoiceField(
        User.objects.none(), required=False, empty_label="Nobody", label="Assign to", widget=Select
    )
    due_on = forms.DateField(required=False, label="Due", widget=TextInput(attrs={"type": "date"}))
    note = forms.CharField(required=False, max_length=MAX_ASSIGNMENT_NOTE, widget=TextInput(attrs={"dir": "auto"}))

    def __init__(self, *args: Any, model: type[Model], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assignee"]
        field.queryset = users_who_may_see(model)

    def save(self, rows: list[Any], *, editor: User) -> str:
        """Makes the assignments and returns the message. Raises RefusedError."""
        assignee: User | None = self.cleaned_data["assignee"]
        if assignee is None:
            changed = unassign(rows=rows, editor=editor)
        else:
            due_on, note = self.cleaned_data["due_on"], self.cleaned_data["note"]
            changed = assign(rows=rows, assignee=assignee, editor=editor, due_on=due_on, note=note)
        if not changed:
            return f"Already assigned to {assignee or 'nobody'}."
        return f"{'Assigned' if len(rows) == 1 else f'{len(changed)} assigned'} to {assignee or 'nobody'}."


def get_assignment_context(request: HttpRequest, row: Model) -> dict[str, object]:
    """The context of `assignment_panel.html`: the object's open assignment, and the form for those who may assign."""
    user, kind = current_user(request), str(row._meta.model_name)
    if not user.has_perm("claims.view_assignment"):
        return {}
    found = Assignment.objects.open().filter(**{kind: row})
    assignment = found.select_related("assignee", "assigned_by").first()
    may_assign = user.has_perm(ASSIGN_PERMISSION)
    initial = (
        {"assignee": assignment.assignee_id, "due_on": assignment.due_on, "note": assignment.note} if assignment else {}
    )
    return {
        "assignment": assignment,
        "assignment_url": reverse("admin:claims_assignment_assign", args=[kind, row.pk]),
        "assignment_form": AssignmentForm(initial=initial, model=type(row), auto_id="assignment_%s")
        if may_assign
        else None,
        "may_finish_assignment": assignment and may_finish_assignment(request, assignment),
    }


def may_finish_assignment(request: HttpRequest, assignment: Assignment) -> bool:
    """Whether it is the user's own, or the user may change those of others."""
    return assignment.assignee_id == request.user.pk or request.user.has_perm("claims.change_assignment")


class AssignedFilter(RadioFilter):
    """Filters objects by whether they are assigned, to the user or at all, and in time."""

    title = "assigned"
    parameter_name = "assigned"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("me", "Assigned to me"), ("overdue", "Overdue"), ("nobody", "Assigned to nobody")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        kind = str(queryset.model._meta.model_name)
        assignments = Assignment.objects.open().filter(**{f"{kind}__isnull": False})
        match self.value():
            case "me":
                return queryset.filter(pk__in=assignments.filter(assignee=request.user.pk).values(kind))
            case "overdue":
                return queryset.filter(pk__in=(assignments & Assignment.objects.overdue()).values(kind))
            case "nobody":
                return queryset.filter(~Exists(assignments.filter(**{kind: OuterRef("pk")})))
        return queryset


class AssigneeFilter(RelatedFilter):
    """Filters objects by the person who has them; what is done is nobody's any more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "assigned to"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        if self.lookup_val:
            queryset = queryset.filter(assignment__done_at=None)
        chosen: QuerySet[Model] | None = super().queryset(request, queryset)
        return queryset if chosen is None else chosen


# For `list_filter` of what can be assigned.
ASSIGNMENT_FILTERS: tuple[Any, ...] = (AssignedFilter, ("assignment__assignee", AssigneeFilter))


class AssignableAdmin(AuditedAdmin):
    """An admin of objects that can be assigned: a panel on their page and a list action.

    Subclasses add the action `assign_chosen`, the column `assigned_to`, which needs `assignment__assignee`, and
    ASSIGNMENT_FILTERS.
    """

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ASSIGN_PERMISSION)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context.get("original")
        if obj is not None and obj.pk and not context.get("is_popup"):
            context |= get_assignment_context(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description="Assign…", permissions=["assign"])
    def assign_chosen(self, request: HttpRequest, queryset: QuerySet[Model]) -> HttpResponse | None:
        """Asks for the assignee, then assigns all selected objects, or none if one is refused."""
        try:
            ids = selected_ids(queryset, limit=MAX_ASSIGNED_ROWS)
            rows = list(self.model._default_manager.filter(pk__in=ids).order_by("pk"))
            form = AssignmentForm(request.POST if "assignee" in request.POST else None, model=self.model)
            if form.is_valid():
                message = form.save(rows, editor=current_user(request))
                messages.success(request, append_undo_link(request, message))
                return None
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return None
        title = f"Assign {len(rows)} {self.opts.verbose_name if len(rows) == 1 else self.opts.verbose_name_plural}"
        return self.render_page(
            request, title=title, form=form, object_action=ASSIGN_ACTION, rows=rows, action="assign_chosen"
        )

    @admin.display(description="assigned to")
    def assigned_to(self, row: Any) -> SafeString | str:
        """Who has the object, and until when."""
        assignment: Assignment | None = getattr(row, "assignment", None)
        if assignment is None or assignment.done_at:
            return self.get_empty_value_display()
        return stack_lines(assignment.assignee, describe_due_date(assignment))


def describe_due_date(assignment: Assignment) -> SafeString | str:
    """The due date, as a warning if it has passed; empty if there is none."""
    if assignment.due_on is None:
        return ""
    text = f"due {assignment.due_on:%Y-%m-%d}"
    return badge("bad", text) if assignment.is_overdue else text
