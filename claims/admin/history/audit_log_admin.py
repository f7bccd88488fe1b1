"""The audit log: read and exported by administrators, changed by nobody."""

from typing import ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from claims.admin.common.base import ReadOnlyAdmin
from claims.admin.common.unfold_compat import RelatedFilter
from claims.export.tabular.audit_log import AUDIT_FORMATS, stream_audit_log
from claims.models import AuditEntry
from claims.services.history.audit_chain import export_records

WHOLE_LOG = "whole-log"  # of the URL of the export that check_audit can check


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """The newest entries first. Those that are not sealed yet have no number."""

    list_display = ("number", "at", "actor_name", "action", "kind", "object_id", "changed_fields")
    list_display_links = ("number", "at")
    list_filter: ClassVar = (("actor", RelatedFilter),)
    search_fields = ("=actor_name", "=action", "=kind", "=object_id")
    search_help_text = "Name, action, object or id, each as a whole"
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        *("number", "at", "actor_name", "action", "kind", "object_id", "history_id", "details"),
        *("previous_hash", "hash"),
    )

    def get_export_links(self, request: HttpRequest) -> list[dict[str, str]]:
        url = reverse(f"{self.admin_site.name}:claims_auditentry_export", args=[WHOLE_LOG])
        return [{"name": "JSON Lines, the whole log", "url": url}, *super().get_export_links(request)]

    def export_view(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """Adds the whole log as JSON Lines, which `check_audit` can check."""
        if form != WHOLE_LOG:
            return super().export_view(request, form)
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        response = StreamingHttpResponse(
            stream_audit_log(export_records(), "jsonl"), content_type=AUDIT_FORMATS["jsonl"]
        )
        name = f"audit-log-{timezone.now():%Y-%m-%d}.jsonl"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    @admin.display(description="changed")
    def changed_fields(self, entry: AuditEntry) -> str:
        return ", ".join(entry.details.get("changed", ()))
