"""Two editors on one form: what the other changed meanwhile is told, and nothing of either is lost."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from claims.admin.base import EditorAdmin, value_or_none
from claims.admin.changes import shown
from claims.services import meanwhile
from claims.services.meanwhile import Since
from claims.services.refusal import RefusedError
from claims.services.version import ChangedError

SEEN = "_seen"  # the form's field that names the state it was filled from
MOST_SHOWN = 20
UNSAVED = "Nothing was saved: this was changed while you had it open. What you typed is still here."
UNKNOWN = "Nothing was saved: this form says not what it was filled from. Open the page anew."


class SeenAdmin(EditorAdmin):
    """An admin whose form is refused if the row, or a row that belongs to it, was changed since it was opened."""

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which takes nothing on top of what it was not filled from, and says what a service refused."""
        form = super().get_form(request, obj, change, **kwargs)
        if request.method != "POST":
            return form
        model_admin, row = self, obj

        class Seen(form):  # type: ignore[misc,valid-type]  # made when it runs
            def clean(self) -> Any:
                given = super().clean()
                if row is not None and SEEN in request.POST:
                    since = model_admin.since(request, row)
                    if not since.known or since.entries:
                        self.add_error(None, ValidationError(UNSAVED if since.known else UNKNOWN))
                if refused := getattr(request, "_fb_refused", ""):
                    self.add_error(None, ValidationError(refused))
                return given

        return Seen

    def _changeform_view(self, request: HttpRequest, *args: Any) -> Any:
        """The form; what a service refuses is said in it, and what was typed stays."""
        view = super()._changeform_view  # type: ignore[misc]  # Django's own, within its transaction
        try:
            with transaction.atomic():
                return view(request, *args)
        except RefusedError as refusal:
            if type(refusal) not in {RefusedError, ChangedError}:
                raise  # it asks for something, which a page of its own does
            request._fb_refused = str(refusal)  # type: ignore[attr-defined]  # noqa: SLF001  # ours
            return view(request, *args)

    def since(self, request: HttpRequest, obj: Model) -> Since:
        """What others changed since the form was opened; looked up once a request."""
        if not hasattr(request, "_fb_since"):
            request._fb_since = meanwhile.since(row=obj, seen=request.POST.get(SEEN, ""))  # type: ignore[attr-defined]  # noqa: SLF001  # ours
        return cast("Since", request._fb_since)  # type: ignore[attr-defined]  # noqa: SLF001  # as above

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With what the form was filled from; and after a refusal, with what the other changed."""
        obj = context.get("original")
        if obj is not None and obj.pk:
            context["seen"] = request.POST.get(SEEN) or meanwhile.seen(obj)
            if request.method == "POST" and SEEN in request.POST:
                fields = {name for form in _forms(context) for name in (form.add_prefix(name) for name in form.fields)}
                context |= self._meanwhile(request, obj, left_out=fields)
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any) -> Any:
        """The form. If the row may not be changed any more, a page that keeps what was typed."""
        if request.method == "POST" and SEEN in request.POST and object_id:
            pk = value_or_none(self.opts.pk, object_id)
            obj = self.get_queryset(request).filter(pk=pk).first() if pk is not None else None
            closed = obj is not None and not self.has_change_permission(request, obj)
            if obj is not None and closed and self.has_change_permission(request) and self.since(request, obj).entries:
                title = f"Not saved: {obj}"
                context = self._meanwhile(request, obj, left_out=set())
                return self.ask(request, title=title, template="claims/admin/kept.html", original=obj, **context)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _meanwhile(self, request: HttpRequest, obj: Any, *, left_out: set[str]) -> dict[str, Any]:
        found = self.since(request, obj).entries
        if not found:
            return {}
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return {
            "meanwhile": shown(found[:MOST_SHOWN]),
            "newest_address": reverse(name, args=[obj.pk]),
            "typed": typed(request, left_out),
        }


def typed(request: HttpRequest, left_out: set[str]) -> list[dict[str, str]]:
    """What was typed and has no field on the page any more."""
    own = {"csrfmiddlewaretoken"}
    return [
        {"name": name.replace("_", " "), "text": value}
        for name, value in request.POST.items()
        if isinstance(value, str) and value.strip() and not name.startswith("_") and name not in left_out | own
        if not name.endswith(("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS", "-id"))
    ]


def _forms(context: dict[str, Any]) -> list[Any]:
    inlines = [form for inline in context.get("inline_admin_formsets", ()) for form in inline.formset.forms]
    return [context["adminform"].form, *inlines]
