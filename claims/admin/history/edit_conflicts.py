"""Two editors on one form: what the other changed meanwhile is told, and nothing of either is lost."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from claims.admin.common.base import EditorAdmin, parse_field_value
from claims.admin.history.diff_html import render_history_entries
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError, ChangesSince, get_state_token, list_changes_since

SEEN_FIELD = "_seen"  # the form's field that names the state it was filled from
MAX_CONFLICTS_SHOWN = 20
CONFLICT_MESSAGE = "Nothing was saved: this was changed while you had it open. What you typed is still here."
REFUSED_MESSAGE = "Nothing was saved, for the reason above. What you typed is still here."
UNKNOWN_VERSION_MESSAGE = "Nothing was saved: this form says not what it was filled from. Open the page anew."


class OptimisticLockAdmin(EditorAdmin):
    """An admin whose form is refused if the row, or a row that belongs to it, was changed since it was opened."""

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which takes nothing on top of what it was not filled from, nor what a service refused."""
        form = super().get_form(request, obj, change, **kwargs)
        if request.method != "POST":
            return form
        model_admin, row = self, obj

        class Seen(form):  # type: ignore[misc,valid-type]  # made when it runs
            def clean(self) -> Any:
                given = super().clean()
                if row is not None and SEEN_FIELD in request.POST:
                    since = model_admin.since(request, row)
                    if not since.known or since.entries:
                        self.add_error(
                            None, ValidationError(CONFLICT_MESSAGE if since.known else UNKNOWN_VERSION_MESSAGE)
                        )
                if getattr(request, "_fb_refused", False):
                    self.add_error(None, ValidationError(REFUSED_MESSAGE))
                return given

        return Seen

    def _changeform_view(self, request: HttpRequest, *args: Any) -> Any:
        """The form; what a service refuses is said, and what was typed stays."""
        view = super()._changeform_view  # type: ignore[misc]  # Django's own, within its transaction
        try:
            with transaction.atomic():
                return view(request, *args)
        except RefusedError as refusal:
            if type(refusal) not in {RefusedError, ChangedError}:
                raise  # it asks for something, which a page of its own does
            messages.error(request, str(refusal))
            request._fb_refused = True  # type: ignore[attr-defined]  # noqa: SLF001  # ours
            return view(request, *args)

    def since(self, request: HttpRequest, obj: Model) -> ChangesSince:
        """What others changed since the form was opened; looked up once a request."""
        if not hasattr(request, "_fb_since"):
            request._fb_since = list_changes_since(row=obj, seen=request.POST.get(SEEN_FIELD, ""))  # type: ignore[attr-defined]  # noqa: SLF001  # ours
        return cast("ChangesSince", request._fb_since)  # type: ignore[attr-defined]  # noqa: SLF001  # as above

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With what the form was filled from; and after a refusal, with what the other changed."""
        obj = context.get("original")
        if obj is not None and obj.pk:
            context["seen"] = request.POST.get(SEEN_FIELD) or get_state_token(obj)
            if request.method == "POST" and SEEN_FIELD in request.POST:
                fields = {
                    name for form in _forms_on_page(context) for name in (form.add_prefix(name) for name in form.fields)
                }
                context |= self._meanwhile(request, obj, left_out=fields)
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any) -> Any:
        """The form. If the row may not be changed any more, a page that keeps what was typed."""
        if request.method == "POST" and SEEN_FIELD in request.POST and object_id:
            pk = parse_field_value(self.opts.pk, object_id)
            obj = self.get_queryset(request).filter(pk=pk).first() if pk is not None else None
            closed = obj is not None and not self.has_change_permission(request, obj)
            if obj is not None and closed and self.has_change_permission(request) and self.since(request, obj).entries:
                title = f"Not saved: {obj}"
                context = self._meanwhile(request, obj, left_out=set())
                return self.render_page(
                    request,
                    title=title,
                    template="claims/admin/common/edit_conflict_page.html",
                    original=obj,
                    **context,
                )
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _meanwhile(self, request: HttpRequest, obj: Any, *, left_out: set[str]) -> dict[str, Any]:
        found = self.since(request, obj).entries
        if not found:
            return {}
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return {
            "meanwhile": render_history_entries(found[:MAX_CONFLICTS_SHOWN]),
            "newest_address": reverse(name, args=[obj.pk]),
            "typed": unsaved_values(request, left_out),
        }


def unsaved_values(request: HttpRequest, left_out: set[str]) -> list[dict[str, str]]:
    """What was typed and has no field on the page any more."""
    own = {"csrfmiddlewaretoken"}
    return [
        {"name": name.replace("_", " "), "text": value}
        for name, value in request.POST.items()
        if isinstance(value, str) and value.strip() and not name.startswith("_") and name not in left_out | own
        if not name.endswith(("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS", "-id"))
    ]


def _forms_on_page(context: dict[str, Any]) -> list[Any]:
    inlines = [form for inline in context.get("inline_admin_formsets", ()) for form in inline.formset.forms]
    return [context["adminform"].form, *inlines]
