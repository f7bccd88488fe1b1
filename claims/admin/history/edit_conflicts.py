"""Optimistic locking of forms: a form is not saved over another editor's changes, and nothing typed is lost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from claims.admin.common.base import EditorAdmin, parse_field_value
from claims.admin.common.unfold_compat import ModelForm
from claims.admin.history.diff_html import render_history_entries
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError, ChangesSince, get_state_token, list_changes_since

SEEN_FIELD = "_seen"  # the form field with the token of the state that the form was loaded in
MAX_CONFLICTS_SHOWN = 20
CONFLICT_MESSAGE = (
    "Your changes were not saved: somebody changed this while you were editing. What you typed is still here."
)
REFUSED_MESSAGE = "Your changes were not saved, for the reason above. What you typed is still here."
UNKNOWN_VERSION_MESSAGE = "Your changes were not saved: the form is out of date. Reload the page."


class OptimisticLockAdmin(EditorAdmin):
    """An admin that refuses a form if the object, or one that belongs to it, has changed since the form was loaded."""

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        """A form that is invalid after a concurrent change, or after a service refused the change."""
        form = super().get_form(request, obj, change, **kwargs)
        if request.method != "POST":
            return form
        model_admin = self

        class OptimisticLockForm(form):  # type: ignore[misc,valid-type]  # the base class is dynamic
            def clean(self) -> Any:
                cleaned_data = super().clean()
                if obj is not None and SEEN_FIELD in request.POST:
                    changes = model_admin.changes_since_load(request, obj)
                    if not changes.is_known:
                        self.add_error(None, ValidationError(UNKNOWN_VERSION_MESSAGE))
                    elif changes.entries:
                        self.add_error(None, ValidationError(CONFLICT_MESSAGE))
                if getattr(request, "refused_by_service", False):
                    self.add_error(None, ValidationError(REFUSED_MESSAGE))
                return cleaned_data

        return OptimisticLockForm

    def _changeform_view(self, request: HttpRequest, *args: object) -> Any:
        """Shows what a service refuses, and the form with what was typed."""
        view = super()._changeform_view  # type: ignore[misc]  # Django's method, which runs in a transaction
        try:
            with transaction.atomic():
                return view(request, *args)
        except RefusedError as refusal:
            if type(refusal) not in {RefusedError, ChangedError}:
                raise  # subclasses ask for a confirmation on a page of their own
            messages.error(request, str(refusal))
            request.refused_by_service = True  # type: ignore[attr-defined]  # ours
            return view(request, *args)

    def changes_since_load(self, request: HttpRequest, obj: Model) -> ChangesSince:
        """What changed since the form was loaded, read once per request."""
        changes: ChangesSince | None = getattr(request, "changes_since_load", None)
        if changes is None:
            changes = list_changes_since(row=obj, seen=request.POST.get(SEEN_FIELD, ""))
            request.changes_since_load = changes  # type: ignore[attr-defined]  # ours
        return changes

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Adds the state token to the form, and after a conflict the other editor's changes."""
        obj = context.get("original")
        if obj is not None and obj.pk:
            context["seen"] = request.POST.get(SEEN_FIELD) or get_state_token(obj)
            if request.method == "POST" and SEEN_FIELD in request.POST:
                shown_fields = {form.add_prefix(name) for form in _forms_on_page(context) for name in form.fields}
                context |= self._conflict_context(request, obj, shown_fields=shown_fields)
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Shows what was typed on a page of its own if the object can no longer be edited after the other change."""
        if request.method == "POST" and SEEN_FIELD in request.POST and object_id:
            pk = parse_field_value(self.opts.pk, object_id)
            obj = self.get_queryset(request).filter(pk=pk).first() if pk is not None else None
            may_change_any = self.has_change_permission(request)
            if obj is not None and may_change_any and not self.has_change_permission(request, obj):
                context = self._conflict_context(request, obj, shown_fields=set())
                if not context:
                    return super().changeform_view(request, object_id, form_url, extra_context)
                return self.render_page(
                    request,
                    title=f"Not saved: {obj}",
                    template="claims/admin/common/edit_conflict_page.html",
                    original=obj,
                    **context,
                )
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _conflict_context(self, request: HttpRequest, obj: Model, *, shown_fields: set[str]) -> dict[str, object]:
        """The other editor's changes and what was typed, or nothing if there is no conflict."""
        entries = self.changes_since_load(request, obj).entries
        if not entries:
            return {}
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return {
            "conflicting_entries": render_history_entries(entries[:MAX_CONFLICTS_SHOWN]),
            "current_url": reverse(name, args=[obj.pk]),
            "unsaved": unsaved_values(request, shown_fields),
        }


def unsaved_values(request: HttpRequest, shown_fields: set[str]) -> list[dict[str, str]]:
    """Posted values that no field of the page shows."""
    excluded = shown_fields | {"csrfmiddlewaretoken"}
    return [
        {"name": name.replace("_", " "), "text": value}
        for name, value in request.POST.items()
        if isinstance(value, str) and value.strip() and not name.startswith("_") and name not in excluded
        if not name.endswith(("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS", "-id"))
    ]


def _forms_on_page(context: dict[str, Any]) -> list[ModelForm]:
    inlines = [form for inline in context.get("inline_admin_formsets", ()) for form in inline.formset.forms]
    return [context["adminform"].form, *inlines]
