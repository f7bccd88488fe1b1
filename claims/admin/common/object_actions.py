"""Steps: what an editor does to one row beyond changing its fields. A step is a service's verb with a button.

A step that needs nothing is a button that posts; one that asks for something (a reason, a comment) is a link to a page
that asks. Only a POST does anything: looking at the page of a step changes nothing.
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
from claims.admin.common.formatting import shortened
from claims.admin.common.unfold_compat import ModelAdmin, Textarea
from claims.services.errors import RefusedError


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(widget=Textarea(attrs={"rows": 3}), help_text="Readers see it.")


class SendBackForm(forms.Form):
    """What is to be changed."""

    comment = forms.CharField(widget=Textarea(attrs={"rows": 3}), help_text="For the author; never public.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectAction:
    """One step: `do` gets the request, the row and what the form gave, and returns what to tell the editor.

    `offered` says whether the button is shown for a row; what is refused all the same is the service's matter.
    `permission` (`app.codename`) is what it takes beyond changing rows of the model: where other rows change with it.
    `may` is asked of the row as well, where it depends on that.
    """

    name: str
    label: str
    do: Callable[[HttpRequest, Any, dict[str, Any]], str]
    offered: Callable[[HttpRequest, Any], bool]
    colour: str = "plain"
    form: type[forms.Form] | None = None
    warning: str = ""
    permission: str = ""
    may: Callable[[HttpRequest, Any], bool] = lambda request, row: True


class ObjectActionsAdmin(ModelAdmin):
    """An admin with steps. Who may change rows of the model may take them, unless a step needs more."""

    steps: ClassVar[Sequence[ObjectAction]] = ()
    change_form_template = "claims/admin/common/change_form.html"
    panel_template = ""
    below_template = ""

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses and one for the steps."""
        view = self.admin_site.admin_view(self.step_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        return [path("<int:pk>/step/<slug:step>/", view, name=name), *super().get_urls()]

    def may_take(self, request: HttpRequest, step: ObjectAction) -> bool:
        """Whether this person may take the step at all."""
        # Without the row: whether it may still be *edited* is another question (a published verification may not).
        return self.has_change_permission(request) and (not step.permission or request.user.has_perm(step.permission))

    def steps_for(self, request: HttpRequest, obj: Model) -> list[dict[str, Any]]:
        """The steps to offer for this row, each with its address."""
        return [
            {"step": step, "address": self._address("step", obj, step.name)}
            for step in self.steps
            if self.may_take(request, step) and step.may(request, obj) and step.offered(request, obj)
        ]

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What `panel_template`, above the form, and `below_template` show of this row."""
        return {}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form, with the row's panel and steps above it."""
        obj = context.get("original")
        if obj is not None and obj.pk:
            context |= {
                "steps": self.steps_for(request, obj),
                "panel_template": self.panel_template,
                "below_template": self.below_template,
            }
            context |= self.panel(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def step_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """GET: the page that asks. POST: the step, and back to the row."""
        obj = self.get_queryset(request).filter(pk=pk).first()
        chosen = next((each for each in self.steps if each.name == step), None)
        if obj is None or chosen is None:
            raise Http404
        if not (self.may_take(request, chosen) and chosen.may(request, obj)):
            raise PermissionDenied
        back = self._address("change", obj)
        posted = request.method == "POST"
        form = chosen.form(request.POST if posted else None) if chosen.form else None
        if posted and (form is None or form.is_valid()):
            given = form.cleaned_data if form else {}
            return run_and_redirect(request, self, lambda: chosen.do(request, obj, given), back=back)
        return self.ask(request, title=f"{chosen.label}: {shortened(str(obj))}", form=form, step=chosen, back=back)

    def ask(self, request: HttpRequest, *, title: str, **context: Any) -> TemplateResponse:
        """A page that asks for what is needed, or only whether it is meant."""
        return TemplateResponse(
            request,
            context.pop("template", "claims/admin/common/confirm_action.html"),
            {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "media": self.media} | context,
        )

    def _address(self, what: str, obj: Model, *more: str) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{what}"
        return reverse(name, args=[obj.pk, *more])


def run_and_redirect(request: HttpRequest, model_admin: Any, do: Callable[[], str], *, back: str) -> HttpResponse:
    """Do it, tell the editor, and go back; or the page that asks for what it takes (see `asking`)."""
    try:
        done = run_with_confirmation(request, model_admin, do, back=back)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back)
    if isinstance(done, HttpResponse):
        return done
    messages.success(request, done)
    return HttpResponseRedirect(back)


def run_and_notify(request: HttpRequest, do: Callable[[], str]) -> None:
    """Do it and tell the editor what was done, or why it was refused."""
    try:
        messages.success(request, do())
    except RefusedError as refusal:
        messages.error(request, str(refusal))
