"""The page that compares two snapshots of a source and lists the earlier quotes in the newer one."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin.common.base import parse_number_param
from claims.admin.common.object_actions import ObjectActionsAdmin
from claims.admin.sources.anchor_view import RESOLVE_ANCHORS_PERMISSION
from claims.models import Anchor, AnchorState, Snapshot, Source
from claims.services.history.word_diff import DiffOp
from claims.services.sources.text_diff import TextChange, diff_texts

MAX_COMPARISON_WEIGHT = 60_000  # of a page of changes: its characters, and TAG_WEIGHT per segment
TAG_WEIGHT = 25
MAX_ANCHORS_PER_PAGE = 50
MAX_ANCHOR_PAGE = 10_000
MAX_SNAPSHOT_CHOICES = 100
_DIFF_TEMPLATES = {DiffOp.KEPT: "{}", DiffOp.GONE: "<del>{}</del>", DiffOp.NEW: "<ins>{}</ins>"}


def compare_snapshots_view(model_admin: ObjectActionsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the changes from one snapshot to another, and the states of earlier quotes in the newer one."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    source = Source.objects.filter(pk=pk).first()
    if source is None:
        raise Http404
    old, new = (_get_snapshot_or_404(source, request.GET.get(name)) for name in ("old", "new"))
    changes = diff_texts(old.text, new.text)
    pages = _paginate_changes(changes)
    page = min(max(parse_number_param(request.GET.get("p")) or 1, 1), max(len(pages), 1))
    return model_admin.render_page(
        request,
        title=f"Changes: {source}",
        template="claims/admin/sources/compare_snapshots.html",
        source=source,
        back=reverse("admin:claims_source_change", args=[source.pk]),
        old=old,
        new=new,
        snapshots=source.snapshots.defer("text").order_by("retrieved_at", "pk")[:MAX_SNAPSHOT_CHOICES],
        changes=[_render_text_change(change) for change in (pages[page - 1] if pages else [])],
        n_changes=len(changes),
        page=page,
        n_pages=len(pages),
        **_anchor_context(request, new),
    )


def _anchor_context(request: HttpRequest, snapshot: Snapshot) -> dict[str, object]:
    """A page of the earlier quotes' anchors in this snapshot, all or those of one state."""
    state = request.GET.get("state", "")
    state = state if state in AnchorState.values else ""
    all_anchors = Anchor.objects.filter(snapshot=snapshot)
    counts = dict(all_anchors.order_by().values_list("state").annotate(Count("pk")))
    anchors = all_anchors.filter(state=state) if state else all_anchors
    anchors = anchors.select_related("quote__speaker", "settled_by").order_by("quote__start", "pk")
    page = max(parse_number_param(request.GET.get("q")) or 1, 1)
    start = (page - 1) * MAX_ANCHORS_PER_PAGE
    page_anchors = list(anchors[start : start + MAX_ANCHORS_PER_PAGE + 1]) if page < MAX_ANCHOR_PAGE else []
    return {
        "state": state,
        "states": [(value, value.label, counts.get(value.value, 0)) for value in AnchorState],
        "anchors": page_anchors[:MAX_ANCHORS_PER_PAGE],
        "anchor_page": page,
        "has_more_anchors": len(page_anchors) > MAX_ANCHORS_PER_PAGE,
        "may_resolve": request.user.has_perm(RESOLVE_ANCHORS_PERMISSION),
    }


def _get_snapshot_or_404(source: Source, snapshot_id: str | None) -> Snapshot:
    pk = parse_number_param(snapshot_id)
    snapshot = source.snapshots.filter(pk=pk).first() if pk is not None else None
    if snapshot is None:
        raise Http404
    return snapshot


def _paginate_changes(changes: tuple[TextChange, ...]) -> list[list[TextChange]]:
    pages: list[list[TextChange]] = []
    page_weight = 0
    for change in changes:
        weight = sum(len(segment.text) + TAG_WEIGHT for segment in change.segments)
        if not pages or page_weight + weight > MAX_COMPARISON_WEIGHT:
            pages.append([])
            page_weight = 0
        pages[-1].append(change)
        page_weight += weight
    return pages


def _render_text_change(change: TextChange) -> dict[str, object]:
    segments: list[SafeString] = []
    weight = 0
    for segment in change.segments:
        weight += len(segment.text) + TAG_WEIGHT
        if weight > MAX_COMPARISON_WEIGHT:  # a single change may be longer than a page
            segments.append(SafeString(" … and more"))
            break
        segments.append(format_html(_DIFF_TEMPLATES[segment.op], segment.text))
    return {
        "html": format_html_join("", "{}", ((segment,) for segment in segments)),
        "old_at": change.old_at,
        "new_at": change.new_at,
    }
