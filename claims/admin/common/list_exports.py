"""Exports a changelist, as filtered, searched and ordered, or its selected rows as CSV or XLSX."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.db.models import Model, QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from claims.admin.common.object_actions import ObjectActionsAdmin
from claims.admin.common.unfold_compat import ModelAdmin
from claims.export.tabular import model_table, xlsx
from claims.export.tabular.admin_tables import ADMIN_TABLES

EXPORT_FORMATS = {"csv": "CSV", "xlsx": "XLSX"}
_PAGING_PARAMETERS = {PAGE_VAR, ALL_VAR, ERROR_FLAG}  # ignored, since all pages are exported


def export_response(table: model_table.ModelTable, ids: Sequence[int], form: str) -> HttpResponseBase:
    """A response with the file. Raises WorkbookLimitError for more than a workbook can hold."""
    name = f"{table.name.replace(' ', '-')}-{timezone.now():%Y-%m-%d}.{form}"
    if form == "xlsx":
        return FileResponse(
            xlsx.export_workbook(table, ids), as_attachment=True, filename=name, content_type=xlsx.MEDIA_TYPE
        )
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(
        model_table.stream_table_csv(table, ids),
        content_type="text/csv; charset=utf-8; header=present",
        headers=disposition,
    )


def selected_rows_action(form: str) -> Callable[..., HttpResponseBase | None]:
    """The list action that exports the selected rows."""

    @admin.action(description=f"Export as {EXPORT_FORMATS[form]}", permissions=["view"])
    def act(model_admin: ModelAdmin, request: HttpRequest, queryset: QuerySet[Model]) -> HttpResponseBase | None:
        try:
            return export_response(ADMIN_TABLES[model_admin.model], model_table.collect_ids(queryset), form)
        except xlsx.WorkbookLimitError as error:
            messages.error(request, str(error))
            return None

    act.__name__ = f"rows_as_{form}"
    return act


EXPORT_ACTIONS = {f"rows_as_{form}": selected_rows_action(form) for form in EXPORT_FORMATS}


class ListExportAdmin(ObjectActionsAdmin):
    """An admin whose list can be exported if its model is in `ADMIN_TABLES`."""

    change_list_template = "claims/admin/common/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/<slug:form>/", view, name=name), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if self.model in ADMIN_TABLES and self.actions is not None and self.has_view_permission(request):
            actions |= {name: (act, name, act.short_description) for name, act in EXPORT_ACTIONS.items()}  # type: ignore[attr-defined,misc]  # an action's; unlike what the stubs say
        return actions

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        links = {"exports": self.get_export_links(request), "imports": self.get_import_links(request)}
        return super().changelist_view(request, links | (extra_context or {}))

    def get_import_links(self, request: HttpRequest) -> list[dict[str, str]]:
        """Names and URLs of the imports into this list."""
        return []

    def export_view(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """Exports all rows of the list, whatever its page."""
        table = ADMIN_TABLES.get(self.model)
        if table is None or form not in EXPORT_FORMATS:
            raise Http404
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        query = self._list_query(request)
        request.GET = query  # type: ignore[assignment]  # as Django's own admin does
        list_url = reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_changelist")
        try:
            ids = model_table.collect_ids(self.get_changelist_instance(request).get_queryset(request))
        except (IncorrectLookupParameters, OverflowError, ValueError, DataError):
            return HttpResponseRedirect(f"{list_url}?{ERROR_FLAG}=1")
        try:
            return export_response(table, ids, form)
        except xlsx.WorkbookLimitError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(f"{list_url}?{query.urlencode()}")

    def _list_query(self, request: HttpRequest) -> QueryDict:
        query = request.GET.copy()
        for name in _PAGING_PARAMETERS:
            query.pop(name, None)
        return query

    def get_export_links(self, request: HttpRequest) -> list[dict[str, str]]:
        """Names and URLs of the exports of this list."""
        if self.model not in ADMIN_TABLES:
            return []
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_export"
        query = self._list_query(request).urlencode()
        return [
            {"name": label, "url": reverse(name, args=[form]) + (f"?{query}" if query else "")}
            for form, label in EXPORT_FORMATS.items()
        ]
