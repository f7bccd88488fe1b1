"""The history of an object: its changes as diffs, the comparison of two versions, and restoring an earlier one."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claims.admin.common.base import EditorAdmin, current_user, parse_field_value, parse_number_param
from claims.admin.common.confirmation import CORRECT_PERMISSION
from claims.admin.common.formatting import explain_constraints, truncate_line
from claims.admin.common.unfold_compat import HistoryAdmin
from claims.admin.history.diff_html import render_history_entries, render_side_by_side_diff
from claims.admin.history.edit_conflicts import OptimisticLockAdmin
from claims.models import Claim, Quote
from claims.services.claims.corrections import PublicNote
from claims.services.errors import RefusedError
from claims.services.history import optimistic_lock, restore, revisions
from claims.services.history.field_labels import format_minute
from claims.services.history.revisions import RowState

HISTORY_PER_PAGE = 50
MAX_HISTORY_PAGES = 10_000
# Required for restoring these fields, in addition to changing the model.
DECIDE_PERMISSION = "claims.decide_quote"
RESTORE_PERMISSIONS = {
    (Quote, "decision"): DECIDE_PERMISSION,
    (Quote, "speaker"): DECIDE_PERMISSION,
    (Quote, "claim"): DECIDE_PERMISSION,
}


class AuditedAdmin(OptimisticLockAdmin, HistoryAdmin, EditorAdmin):
    """An admin of a model with history. Restoring an earlier version is a change like any other, made by a service."""

    history_template: ClassVar = "claims/admin/history/object_history.html"
    revision_template: ClassVar = "claims/admin/history/compare_revisions.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Lists the changes of the object and of what belongs to it. `?a=…&b=…` redirects to a comparison."""
        pk, obj = self._get_pk_and_object(request, object_id)
        compared_keys = [request.GET.get(name, "") for name in ("a", "b")]
        if all(compared_keys):
            return HttpResponseRedirect(self._comparison_url(pk, *compared_keys))
        page = min(max(parse_number_param(request.GET.get("p")) or 1, 1), MAX_HISTORY_PAGES)
        offset = (page - 1) * HISTORY_PER_PAGE
        entries, has_more = revisions.list_history_entries(
            model=self.model, pk=pk, offset=offset, limit=HISTORY_PER_PAGE
        )
        if not entries and obj is None:
            raise Http404
        return self.render_page(
            request,
            title=f"History: {truncate_line(str(obj), 100) if obj else 'deleted'}",
            template=self.history_template,
            original=obj,
            entries=render_history_entries(entries),
            page=page,
            more=has_more,
            pk=pk,
            history_url=self._object_url_by_pk("history", pk),
        )

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """GET: compares an earlier version with the current one, or with another. POST: restores fields of it."""
        pk, obj = self._get_pk_and_object(request, object_id)
        old = revisions.get_state(model=self.model, pk=pk, key=unquote(version_id))
        with_key = request.GET.get("with", "")
        other = (
            revisions.get_state(model=self.model, pk=pk, key=with_key)
            if with_key
            else revisions.get_current_state(model=self.model, pk=pk)
        )
        if old is None or other is None:
            raise Http404
        if request.method == "POST":
            if obj is None or not self.has_change_permission(request):
                raise PermissionDenied
            if self._restore(request, obj, old):
                return HttpResponseRedirect(self._object_url_by_pk("history", pk))
        return self._render_comparison(request, (pk, obj), (old, other), against_now=not with_key)

    def _restore(self, request: HttpRequest, obj: Model, old: RowState) -> bool:
        """Restores the selected fields. Returns False, with a message, if the service refuses."""
        names = request.POST.getlist("field")
        for name in names:
            if not self._may_restore(request, obj, name):
                raise PermissionDenied
        what, why = (request.POST.get(name, "") for name in ("what", "why"))
        note = PublicNote(what, why) if what.strip() or why.strip() else None
        if note and not request.user.has_perm(CORRECT_PERMISSION):
            raise PermissionDenied
        seen = request.POST.get("_seen", "")
        try:
            restored = restore.restore_fields(
                row=obj, key=old.key, names=names, editor=current_user(request), seen=seen, note=note
            )
        except RefusedError as refusal:
            cause = refusal.__cause__
            message = (
                " ".join(explain_constraints(cause).messages) if isinstance(cause, ValidationError) else str(refusal)
            )
            messages.error(request, message)
            return False
        messages.success(request, f"Restored from {format_minute(old.at)}: {', '.join(restored)}.")
        return True

    def _may_restore(self, request: HttpRequest, obj: Model, name: str) -> bool:
        permission = RESTORE_PERMISSIONS.get((self.model, name))
        if isinstance(obj, Claim) and Claim.objects.released().filter(pk=obj.pk).exists():
            permission = CORRECT_PERMISSION
        return permission is None or request.user.has_perm(permission)

    def _render_comparison(
        self, request: HttpRequest, row: tuple[int, Any], states: tuple[RowState, RowState], *, against_now: bool
    ) -> HttpResponse:
        (pk, obj), (old, other) = row, states
        changes = revisions.diff_states(old, other, self.model)
        may_change = against_now and obj is not None and self.has_change_permission(request)
        obstacle = restore.restore_obstacle(obj) if obj is not None else "This object has been deleted."
        reasons = restore.unrestorable_fields(obj, [change.name for change in changes]) if obj is not None else {}
        selected = set(request.POST.getlist("field"))
        rows = []
        for change in changes:
            before, after = render_side_by_side_diff(change.old, change.new)
            allowed = may_change and not obstacle and change.name not in reasons
            rows.append(
                {
                    "name": change.name,
                    "label": change.label,
                    "before": before,
                    "after": after,
                    "restorable": allowed and self._may_restore(request, obj, change.name),
                    "not_restorable": reasons.get(change.name, ""),
                    "selected": change.name in selected,
                }
            )
        return self.render_page(
            request,
            title=f"Compare versions: {truncate_line(str(obj), 100) if obj else 'deleted'}",
            template=self.revision_template,
            original=obj,
            old=old,
            other=other,
            against_now=against_now,
            rows=rows,
            obstacle=obstacle if may_change else "",
            restorable=any(row["restorable"] for row in rows),
            has_owned_objects=bool(revisions.OWNED_MODELS.get(self.model)),
            offers_public_note=isinstance(obj, Claim | Quote),
            posted=request.POST,
            seen=request.POST.get("_seen") or (optimistic_lock.get_state_token(obj) if obj is not None else ""),
            history_url=self._object_url_by_pk("history", pk),
        )

    def _get_pk_and_object(self, request: HttpRequest, object_id: str) -> tuple[int, Model | None]:
        """The primary key, and the object unless it was deleted. Raises Http404 and PermissionDenied."""
        pk = parse_field_value(self.opts.pk, unquote(object_id))
        if pk is None:
            raise Http404
        obj = self.get_queryset(request).filter(pk=pk).first()
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return pk, obj

    def _comparison_url(self, pk: int, *keys: str) -> str:
        """The URL of the comparison of two versions, the older one first."""
        states = [revisions.get_state(model=self.model, pk=pk, key=key) for key in keys]
        if None in states:
            raise Http404
        old, new = sorted(filter(None, states), key=lambda state: state.at)
        return f"{self._object_url_by_pk('simple_history', pk, old.key)}?with={new.key}"

    def _object_url_by_pk(self, view_name: str, *args: object) -> str:
        """The URL of a view of an object that may have been deleted."""
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{view_name}", args=args)
