"""The history of a row: every change as a readable diff, any two revisions compared, and a former one restored."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claims.admin.common.base import EditorAdmin, current_user, parse_field_value
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
# What it takes to put a field back, beyond changing rows of the model.
DECIDE_PERMISSION = "claims.decide_quote"
RESTORE_PERMISSIONS = {
    (Quote, "decision"): DECIDE_PERMISSION,
    (Quote, "speaker"): DECIDE_PERMISSION,
    (Quote, "claim"): DECIDE_PERMISSION,
}
RESTORE_PUBLIC_PERMISSION = "claims.correct_claim"


class AuditedAdmin(OptimisticLockAdmin, HistoryAdmin, EditorAdmin):
    """An admin of a model with history. Putting a former state back is a change like any other, by its service."""

    history_template: ClassVar = "claims/admin/history/object_history.html"
    revision_template: ClassVar = "claims/admin/history/compare_revisions.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every change of the row and of what belongs to it; `?a=…&b=…` goes on to the comparison of the two."""
        pk, obj = self._row(request, object_id)
        chosen = [request.GET.get(name, "") for name in ("a", "b")]
        if all(chosen):
            return HttpResponseRedirect(self._comparison(pk, *chosen))
        asked = request.GET.get("p", "")
        page = min(int(asked), MAX_HISTORY_PAGES) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
        first = (max(page, 1) - 1) * HISTORY_PER_PAGE
        found, more = revisions.list_history_entries(model=self.model, pk=pk, offset=first, limit=HISTORY_PER_PAGE)
        if not found and obj is None:
            raise Http404
        return self.render_page(
            request,
            title=f"History: {truncate_line(str(obj), 100) if obj else 'deleted'}",
            template=self.history_template,
            original=obj,
            entries=render_history_entries(found),
            page=max(page, 1),
            more=more,
            pk=pk,
            history_url=self._place("history", pk),
        )

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """GET: a former state beside the one of now, or beside another. POST: fields of it restored."""
        pk, obj = self._row(request, object_id)
        then = revisions.get_state(model=self.model, pk=pk, key=unquote(version_id))
        with_key = request.GET.get("with", "")
        other = (
            revisions.get_state(model=self.model, pk=pk, key=with_key)
            if with_key
            else revisions.get_current_state(model=self.model, pk=pk)
        )
        if then is None or other is None:
            raise Http404
        if request.method == "POST":
            if obj is None or not self.has_change_permission(request):
                raise PermissionDenied
            if self._restored(request, obj, then):
                return HttpResponseRedirect(self._place("history", pk))
        return self._compared(request, (pk, obj), (then, other), against_now=not with_key)

    def _restored(self, request: HttpRequest, obj: Any, then: RowState) -> bool:
        names = request.POST.getlist("field")
        for name in names:
            if not self._may_restore(request, obj, name):
                raise PermissionDenied
        what, why = (request.POST.get(name, "") for name in ("what", "why"))
        note = PublicNote(what, why) if what.strip() or why.strip() else None
        seen = request.POST.get("_seen", "")
        try:
            done = restore.restore_fields(
                row=obj, key=then.key, names=names, editor=current_user(request), seen=seen, note=note
            )
        except RefusedError as refusal:
            cause = refusal.__cause__
            words = (
                " ".join(explain_constraints(cause).messages) if isinstance(cause, ValidationError) else str(refusal)
            )
            messages.error(request, words)
            return False
        moment = format_minute(then.at)
        messages.success(request, f"Restored from {moment}: {', '.join(done)}.")
        return True

    def _may_restore(self, request: HttpRequest, obj: Any, name: str) -> bool:
        permission = RESTORE_PERMISSIONS.get((self.model, name))
        if isinstance(obj, Claim) and Claim.objects.released().filter(pk=obj.pk).exists():
            permission = RESTORE_PUBLIC_PERMISSION
        return permission is None or request.user.has_perm(permission)

    def _compared(
        self, request: HttpRequest, row: tuple[int, Any], states: tuple[RowState, RowState], *, against_now: bool
    ) -> HttpResponse:
        (pk, obj), (then, other) = row, states
        changes = revisions.diff_states(then, other, self.model)
        may_change = against_now and obj is not None and self.has_change_permission(request)
        obstacle = restore.restore_obstacle(obj) if obj is not None else "It was deleted."
        hindered = restore.unrestorable_fields(obj, [change.name for change in changes]) if obj is not None else {}
        ticked = set(request.POST.getlist("field"))
        rows = []
        for change in changes:
            before, after = render_side_by_side_diff(change.old, change.new)
            allowed = may_change and not obstacle and change.name not in hindered
            rows.append(
                {
                    "name": change.name,
                    "label": change.label,
                    "before": before,
                    "after": after,
                    "restorable": allowed and self._may_restore(request, obj, change.name),
                    "hindered": hindered.get(change.name, ""),
                    "ticked": change.name in ticked,
                }
            )
        return self.render_page(
            request,
            title=f"Compared: {truncate_line(str(obj), 100) if obj else 'deleted'}",
            template=self.revision_template,
            original=obj,
            then=then,
            other=other,
            against_now=against_now,
            rows=rows,
            obstacle=obstacle if may_change else "",
            restorable=any(row["restorable"] for row in rows),
            has_belonging=bool(revisions.OWNED_MODELS.get(self.model)),
            tells_readers=isinstance(obj, Claim | Quote),
            given=request.POST,
            seen=request.POST.get("_seen") or (optimistic_lock.get_state_token(obj) if obj is not None else ""),
            history_url=self._place("history", pk),
        )

    def _row(self, request: HttpRequest, object_id: str) -> tuple[int, Model | None]:
        """The row's key and the row, if it is not deleted. Raises Http404 and PermissionDenied."""
        pk = parse_field_value(self.opts.pk, unquote(object_id))
        if pk is None:
            raise Http404
        obj = self.get_queryset(request).filter(pk=pk).first()
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return pk, obj

    def _comparison(self, pk: int, one: str, other: str) -> str:
        """The address that compares the two entries, the older one first."""
        states = [revisions.get_state(model=self.model, pk=pk, key=key) for key in (one, other)]
        found = sorted((state for state in states if state), key=lambda state: state.at)
        if len(found) != 2:
            raise Http404
        return f"{self._place('simple_history', pk, found[0].key)}?with={found[1].key}"

    def _place(self, what: str, *args: Any) -> str:
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{what}", args=args)
