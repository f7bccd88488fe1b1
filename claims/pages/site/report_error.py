"""Readers report errors: a form that needs neither a script nor a cookie."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from claims.http.rate_limit import RateLimiter, client_network
from claims.models import ResourceKind
from claims.models.error_report import MAX_REPORT_LENGTH
from claims.pages.common.answers import read_answers
from claims.pages.common.page import Page
from claims.pages.common.page_view import PageView
from claims.pages.common.rows import APIRow, read_row
from claims.resources import RESOURCES
from claims.resources.permalinks import page_path
from claims.services.errors import RefusedError
from claims.services.request_debts import add_debt
from claims.services.site.error_reports import report_error

REPORTS_PER_HOUR = 6  # from one address
RATE_LIMITER = RateLimiter(window=3600, add_debt=add_debt)
# What a report may be about, by the parameter that names it, with the field that says what it is called.
SUBJECTS = {
    "claim": (ResourceKind.CLAIMS, "text"),
    "quote": (ResourceKind.QUOTES, "text"),
    "speaker": (ResourceKind.SPEAKERS, "name"),
    "source": (ResourceKind.SOURCES, "title"),
}


class ErrorReportForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        max_length=MAX_REPORT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=gettext_lazy("Please say how you know: a link or a document helps."),
    )
    contact = forms.EmailField(
        label=gettext_lazy("Your e-mail (optional)"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Only for our answer. It is never published, and erased 90 days after the decision."),
    )
    # People do not see this field. What fills it in is a program.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))


# A forged request could use nobody's authority, as there is no session; one from another site is refused all the same.
@method_decorator(csrf_exempt, name="dispatch")
class ReportErrorView(PageView):
    http_method_names = ["get", "head", "options", "post"]

    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        return self._form_page(request, ErrorReportForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.headers.get("Origin", settings.FACTBASE_BASE_URL) not in {
            settings.FACTBASE_BASE_URL,
            f"{request.scheme}://{request.get_host()}",
        }:
            return HttpResponseForbidden(_("This form was sent from another site."), content_type="text/plain")
        form = ErrorReportForm(request.POST)
        kind, row = self._subject(request)
        if not form.is_valid():
            return self._render_form(request, form, status=422)
        if form.cleaned_data["website"]:
            return HttpResponseRedirect(reverse("report-sent"))
        limit = RATE_LIMITER.take(client_network(request), policy="reports", quota=REPORTS_PER_HOUR)
        if limit.wait is not None:
            form.add_error(None, _("You have sent many reports. Please wait a while before you send another one."))
            response = self._render_form(request, form, status=429)
            response.headers["Retry-After"] = str(round(limit.wait) + 1)
            return response
        try:
            report_error(
                text=form.cleaned_data["text"],
                contact=form.cleaned_data["contact"],
                kind=kind,
                pk=row["id"] if row else None,
                subject=_subject_name(row, kind),
            )
        except RefusedError:
            form.add_error(None, _("We cannot take reports at the moment. Please try again later."))
            return self._render_form(request, form, status=503)
        return HttpResponseRedirect(reverse("report-sent"))

    def _render_form(self, request: HttpRequest, form: ErrorReportForm, *, status: int) -> HttpResponse:
        page = self._form_page(request, form)
        context = {"page": page, "canonical_url": f"{settings.FACTBASE_BASE_URL}{page.path}", **page.context}
        headers = {"Cache-Control": "no-store"}
        return TemplateResponse(request, page.template, context, status=status, headers=headers)

    def _form_page(self, request: HttpRequest, form: ErrorReportForm) -> Page:
        kind, row = self._subject(request)
        name = next((name for name, (subject_kind, _field) in SUBJECTS.items() if row and subject_kind == kind), "")
        query = f"?{urlencode({name: row['id']})}" if row else ""
        return Page(
            template="claims/pages/site/report.html",
            title=_("Report an error"),
            path=f"{reverse('report-error')}{query}",
            is_indexed=False,
            context={
                "form": form,
                "subject": _subject_name(row, kind),
                "answers": read_answers(kind, row["id"]) if row and kind else [],
                "subject_path": page_path(kind, row["id"], row.get(SUBJECTS[name][1], "")) if row and kind else "",
            },
        )

    def _subject(self, request: HttpRequest) -> tuple[ResourceKind | None, APIRow | None]:
        """The public row that the URL names. Raises Http404 if there is none, or if it names several."""
        named = [(name, request.GET[name]) for name in SUBJECTS if name in request.GET]
        if not named:
            return None, None
        ((name, value), *others) = named
        kind, field = SUBJECTS[name]
        is_number = value.isascii() and value.isdigit() and len(value) <= 19
        row = read_row(RESOURCES[kind], int(value), fields=("id", field)) if is_number and not others else None
        if row is None:
            raise Http404
        return kind, row


class ReportSentView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        return Page(
            template="claims/pages/site/report_sent.html",
            title=_("Thank you"),
            path=reverse("report-sent"),
            is_indexed=False,
            context={},
        )


def _subject_name(row: APIRow | None, kind: ResourceKind | None) -> str:
    if not row:
        return ""
    field = next(field for subject_kind, field in SUBJECTS.values() if subject_kind == kind)
    return row[field] or f"{kind} {row['id']}"
