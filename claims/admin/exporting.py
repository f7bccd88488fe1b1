"""Export of a list as it is filtered, searched and ordered, or of the rows ticked in it, as CSV or XLSX."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from claims.admin.steps import StepsAdmin
from claims.export import tables, xlsx
from claims.export.lists import TABLES

FORMS = {"csv": "CSV", "xlsx": "XLSX"}
_PLACE = {PAGE_VAR, ALL_VAR, ERROR_FLAG}  # where one is in the list, which does not matter for the whole of it


def answer(table: tables.Table, ids: Sequence[int], form: str) -> HttpResponseBase:
    """The file. Raises DoesNotFitError for what a workbook cannot hold."""
    name = f"{table.name.replace(' ', '-')}-{timezone.now():%Y-%m-%d}.{form}"
    if form == "xlsx":
        return FileResponse(xlsx.as_xlsx(table, ids), as_attachment=True, filename=name, content_type=xlsx.MEDIA_TYPE)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(
        tables.as_csv(table, ids), content_type="text/csv; charset=utf-8; header=present", headers=disposition
    )


def ticked_as(form: str) -> Callable[..., HttpResponseBase | None]:
    """The action that exports the rows ticked in the list."""

    @admin.action(description=f"Export as {FORMS[form]}", permissions=["view"])
    def act(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseBase | None:
        try:
            return answer(TABLES[model_admin.model], tables.ids_of(queryset), form)
        except xlsx.DoesNotFitError as error:
            messages.error(request, str(error))
            return None

    act.__name__ = f"rows_as_{form}"
    return act


ACTIONS = {f"rows_as_{form}": ticked_as(form) for form in FORMS}


class ExportsAdmin(StepsAdmin):
    """An admin whose list can be exported by whoever may see it, if `claims.export.lists` has a table for it."""

    change_list_template = "claims/admin/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses and one for each form of export."""
        view = self.admin_site.admin_view(self.export_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/<slug:form>/", view, name=name), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """With the export of what is ticked, last."""
        actions = super().get_actions(request)
        if self.model in TABLES and self.actions is not None and self.has_view_permission(request):
            actions |= {name: (act, name, act.short_description) for name, act in ACTIONS.items()}  # type: ignore[attr-defined,misc]  # an action's; unlike what the stubs say
        return actions

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, with the addresses that export it as it is asked for."""
        links = {"exports": self._exports(request), "imports": self.imports(request)}
        return super().changelist_view(request, links | (extra_context or {}))

    def imports(self, request: HttpRequest) -> list[dict[str, str]]:
        """What can be imported into this list, with the address."""
        return []

    def export_view(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """Every row of the list as it is asked for, whichever page one is on."""
        table = TABLES.get(self.model)
        if table is None or form not in FORMS:
            raise Http404
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        asked = request.GET.copy()
        for name in _PLACE:
            asked.pop(name, None)
        request.GET = asked  # type: ignore[assignment]  # as Django's own admin does
        listing = reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_changelist")
        try:
            ids = tables.ids_of(self.get_changelist_instance(request).get_queryset(request))
        except (IncorrectLookupParameters, OverflowError, ValueError, DataError):
            return HttpResponseRedirect(f"{listing}?{ERROR_FLAG}=1")
        try:
            return answer(table, ids, form)
        except xlsx.DoesNotFitError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(f"{listing}?{asked.urlencode()}")

    def _exports(self, request: HttpRequest) -> list[dict[str, str]]:
        if self.model not in TABLES:
            return []
        asked = request.GET.copy()
        for name in _PLACE:
            asked.pop(name, None)
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_export"
        query = f"?{asked.urlencode()}" if asked else ""
        return [{"name": FORMS[form], "address": reverse(name, args=[form]) + query} for form in FORMS]
