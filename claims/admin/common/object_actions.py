"""Object actions: buttons on an object's page that call a service, as list actions do for several objects.

An action without a form is a button that posts. One with a form, for a reason or a comment, is a link to a page that
asks for it. Only a POST runs an action.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from claims.admin.common.confirmation import run_with_confirmation
from claims.admin.common.formatting import truncate_line
from claims.admin.common.unfold_compat import ModelAdmin, Textarea
from claims.services.errors import RefusedError

CleanedData = dict[str, Any]  # of a valid form, by the names of its fields


class ReasonForm(forms.Form):
    reason = forms.CharField(widget=Textarea(attrs={"rows": 3}), help_text="Shown to readers.")


class SendBackForm(forms.Form):
    comment = forms.CharField(widget=Textarea(attrs={"rows": 3}), help_text="For the author. Never published.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectAction:
    """A button on an object's page.

    `run` takes the request, the object and the form's cleaned data, and returns the message for the editor.
    `is_offered` decides whether the button is shown; the service still refuses what is not allowed.
    `permission` (`app.codename`) is required in addition to changing objects of the model; `is_allowed` is required
    too, where the right depends on the object.
    """

    name: str
    label: str
    run: Callable[[HttpRequest, Any, CleanedData], str]
    is_offered: Callable[[HttpRequest, Any], bool]
    style: str = "secondary"
    form: type[forms.Form] | None = None
    warning: str = ""
    permission: str = ""
    is_allowed: Callable[[HttpRequest, Any], bool] = lambda request, obj: True


class ObjectActionsAdmin(ModelAdmin):
    """An admin with object actions, for everybody who may change the model unless an action requires more."""

    object_actions: ClassVar[Sequence[ObjectAction]] = ()
    change_form_template = "claims/admin/common/change_form.html"
    panel_template = ""
    below_template = ""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.object_action_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        return [path("<int:pk>/step/<slug:action_name>/", view, name=name), *super().get_urls()]

    def may_run_action(self, request: HttpRequest, action: ObjectAction) -> bool:
        # Not asked for the object: a published verification cannot be edited, but it can be withdrawn.
        has_permission = not action.permission or request.user.has_perm(action.permission)
        return self.has_change_permission(request) and has_permission

    def get_object_actions(self, request: HttpRequest, obj: Model) -> list[dict[str, object]]:
        """The actions to offer for this object, each with its URL."""
        return [
            {"action": action, "url": self._object_url("step", obj, action.name)}
            for action in self.object_actions
            if self.may_run_action(request, action)
            and action.is_allowed(request, obj)
            and action.is_offered(request, obj)
        ]

    def get_panel_context(self, request: HttpRequest, obj: Any) -> dict[str, object]:
        """The context of `panel_template`, above the form, and `below_template`."""
        return {}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context.get("original")
        if obj is not None and obj.pk:
            context |= {
                "object_actions": self.get_object_actions(request, obj),
                "panel_template": self.panel_template,
                "below_template": self.below_template,
            }
            context |= self.get_panel_context(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def object_action_view(self, request: HttpRequest, pk: int, action_name: str) -> HttpResponse:
        """GET: the action's form. POST: run the action and return to the object."""
        obj = self.get_queryset(request).filter(pk=pk).first()
        action = next((action for action in self.object_actions if action.name == action_name), None)
        if obj is None or action is None:
            raise Http404
        if not (self.may_run_action(request, action) and action.is_allowed(request, obj)):
            raise PermissionDenied
        back = self._object_url("change", obj)
        is_post = request.method == "POST"
        form = action.form(request.POST if is_post else None) if action.form else None
        if is_post and form is None:
            return run_and_redirect(request, self, lambda: action.run(request, obj, {}), back=back)
        if form is not None and form.is_valid():
            data = form.cleaned_data
            response = run_form(request, self, form, lambda: action.run(request, obj, data), back=back)
            if response:
                return response
        title = f"{action.label}: {truncate_line(str(obj))}"
        return self.render_page(request, title=title, form=form, object_action=action, back=back)

    def render_page(self, request: HttpRequest, *, title: str, **context: Any) -> TemplateResponse:
        """Renders a page of this admin: `template`, or by default the form of an object action."""
        return TemplateResponse(
            request,
            context.pop("template", "claims/admin/common/confirm_action.html"),
            {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "media": self.media} | context,
        )

    def _object_url(self, view_name: str, obj: Model, *args: str) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{view_name}"
        return reverse(name, args=[obj.pk, *args])


def run_and_redirect(
    request: HttpRequest, model_admin: ModelAdmin, run: Callable[[], str], *, back: str
) -> HttpResponse:
    """Runs a change, shows its message and redirects to `back`, unless the change has to be confirmed first."""
    try:
        return _run_and_redirect(request, model_admin, run, back=back)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back)


def run_form(
    request: HttpRequest,
    model_admin: ModelAdmin,
    form: forms.Form,
    run: Callable[[], str],
    *,
    back: str,
    field: str | None = None,
) -> HttpResponse | None:
    """Does the same for what was typed into a form. Returns None, with the reason at `field`, if it is refused."""
    try:
        return _run_and_redirect(request, model_admin, run, back=back)
    except RefusedError as refusal:
        form.add_error(field, str(refusal))
        return None


def _run_and_redirect(
    request: HttpRequest, model_admin: ModelAdmin, run: Callable[[], str], *, back: str
) -> HttpResponse:
    result = run_with_confirmation(request, model_admin, run, back=back)
    if isinstance(result, HttpResponse):
        return result
    messages.success(request, result)
    return HttpResponseRedirect(back)


def run_and_notify(request: HttpRequest, run: Callable[[], str]) -> None:
    """Runs a change and shows its message, or the reason why it was refused."""
    try:
        messages.success(request, run())
    except RefusedError as refusal:
        messages.error(request, str(refusal))
