"""Two texts of one source: what changed, what became of the quotes, and the page on which an editor settles one."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin.common.base import current_user
from claims.admin.common.highlight import TextMark, highlight_spans
from claims.admin.common.object_actions import run_and_notify
from claims.admin.sources.text_panel import parse_number_param
from claims.models import Anchor, AnchorState, Quote, Snapshot, Source
from claims.services.history.word_diff import DiffOp
from claims.services.sources.resolve_anchor import SpanList, list_candidate_spans, resolve_anchor
from claims.services.sources.text_diff import TextChange, diff_texts

RESOLVE_ANCHORS_PERMISSION = "claims.decide_quote"  # what it takes to say where a quote stands
MAX_COMPARISON_WEIGHT = 60_000  # of a page of changes: their characters, and TAG for each that is marked
TAG_WEIGHT = 25
MAX_ANCHORS_PER_PAGE = 50  # a page
MAX_ANCHOR_PAGE = 10_000  # page of quotes that is looked for
MAX_CANDIDATE_CONTEXT = 300  # code points shown around a place
MAX_CANDIDATE_LENGTH = 3_000  # code points of a quote that are shown with a place
_SPANS_PATTERN = re.compile(r"[0-9]{1,9}-[0-9]{1,9}(?:,[0-9]{1,9}-[0-9]{1,9}){0,99}", re.ASCII)


def compare_snapshots_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from one text to another, and what became of the quotes in the later one."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    source = Source.objects.filter(pk=pk).first()
    if source is None:
        raise Http404
    old, new = (_get_snapshot_or_404(source, request.GET.get(name)) for name in ("old", "new"))
    found = diff_texts(old.text, new.text)
    pages = _paginate_changes(found)
    page = min(max(parse_number_param(request.GET.get("p")) or 1, 1), max(len(pages), 1))
    return model_admin.ask(  # type: ignore[no-any-return]  # a TemplateResponse
        request,
        title=f"What changed: {source}",
        template="claims/admin/sources/compare_snapshots.html",
        source=source,
        back=reverse("admin:claims_source_change", args=[source.pk]),
        old=old,
        new=new,
        texts=source.snapshots.defer("text").order_by("retrieved_at", "pk")[:100],
        changes=[_render_text_change(change) for change in (pages[page - 1] if pages else [])],
        n_changes=len(found),
        page=page,
        n_pages=len(pages),
        **_anchor_context(request, new),
    )


def _anchor_context(request: HttpRequest, new: Snapshot) -> dict[str, Any]:
    """A page of what became of earlier quotes in this text, all or of one state, those that wait first."""
    asked = request.GET.get("state", "")
    state = asked if asked in AnchorState.values else ""
    rows = Anchor.objects.filter(snapshot=new)
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    states = {each: counts.get(each, 0) for each in AnchorState.values}
    chosen = rows.filter(state=state) if state else rows
    q = max(parse_number_param(request.GET.get("q")) or 1, 1)
    listed = chosen.select_related("quote__speaker", "settled_by").order_by("quote__start", "pk")
    anchors = list(listed[(q - 1) * MAX_ANCHORS_PER_PAGE : q * MAX_ANCHORS_PER_PAGE + 1]) if q < MAX_ANCHOR_PAGE else []
    return {
        "state": state,
        "states": [(each, each.label, states[each]) for each in AnchorState],
        "anchors": anchors[:MAX_ANCHORS_PER_PAGE],
        "q": q,
        "more": len(anchors) > MAX_ANCHORS_PER_PAGE,
        "may_settle": request.user.has_perm(RESOLVE_ANCHORS_PERMISSION),
        "n_anchors": sum(states.values()),
    }


def resolve_anchor_view(model_admin: Any, request: HttpRequest, pk: int, anchor: int) -> HttpResponse:
    """GET: the quote as it was, and the places where its words are. POST: the place, or that it is gone."""
    if not (model_admin.has_view_permission(request) and request.user.has_perm(RESOLVE_ANCHORS_PERMISSION)):
        raise PermissionDenied
    rows = Anchor.objects.select_related("quote__speaker", "quote__snapshot", "snapshot__source", "settled_by")
    row = rows.filter(pk=anchor, snapshot__source=pk).first()
    if row is None:
        raise Http404
    new = row.snapshot
    back = f"{reverse('admin:claims_source_change', args=[pk])}?snapshot={new.pk}"
    if request.method == "POST":
        spans = _parse_posted_spans(request.POST.get("place", ""))
        run_and_notify(request, lambda: _resolve_and_describe(row, spans, request))
        row.refresh_from_db()
        if row.settled_at is None:
            return HttpResponseRedirect(request.path)
        left = Anchor.objects.waiting().filter(snapshot=new).order_by("pk").first()
        following = reverse("admin:claims_source_settle", args=[pk, left.pk]) if left else ""
        return HttpResponseRedirect(following or (f"{back}&quote={row.quote_id}" if row.spans else back))
    places = list_candidate_spans(row.quote, row.quote.snapshot.text, new.text)
    return model_admin.ask(  # type: ignore[no-any-return]  # a TemplateResponse
        request,
        title="Where does this quote stand?",
        template="claims/admin/sources/resolve_anchor.html",
        anchor=row,
        back=back,
        before=_render_candidate(row.quote.snapshot.text, row.quote.spans, row.quote),
        places=[
            {
                "value": ",".join(f"{start}-{end}" for start, end in spans),
                "shown": _render_candidate(new.text, spans, row.quote),
            }
            for spans in places
        ],
        n_waiting=Anchor.objects.waiting().filter(snapshot=new).count(),
    )


def _resolve_and_describe(row: Anchor, spans: SpanList | None, request: HttpRequest) -> str:
    done = resolve_anchor(anchor=row, spans=spans, editor=current_user(request))
    said = "is gone from this text" if done.spans is None else f"stands at {done.spans[0][0]:,} in this text"
    return f"“{done.quote}” {said}."


def _parse_posted_spans(place: str) -> Any:
    """The spans of `17-33,40-51`, None for `gone`; what is neither is no spans, which the service refuses."""
    if place == "gone":
        return None
    if not _SPANS_PATTERN.fullmatch(place):
        return []
    return [[int(offset) for offset in span.split("-")] for span in place.split(",")]


def _get_snapshot_or_404(source: Source, asked: str | None) -> Snapshot:
    pk = parse_number_param(asked)
    found = source.snapshots.filter(pk=pk).first() if pk is not None else None
    if found is None:
        raise Http404
    return found


def _paginate_changes(found: tuple[TextChange, ...]) -> list[list[TextChange]]:
    pages: list[list[TextChange]] = []
    weight = MAX_COMPARISON_WEIGHT
    for change in found:
        own = sum(len(each.text) + TAG_WEIGHT for each in change.segments)
        if weight + own > MAX_COMPARISON_WEIGHT or not pages:
            pages.append([])
            weight = 0
        pages[-1].append(change)
        weight += own
    return pages


def _render_text_change(change: TextChange) -> dict[str, Any]:
    parts: list[SafeString] = []
    weight = 0
    tags = {DiffOp.KEPT: "{}", DiffOp.GONE: "<del>{}</del>", DiffOp.NEW: "<ins>{}</ins>"}
    for each in change.segments:
        weight += len(each.text) + TAG_WEIGHT
        if weight > MAX_COMPARISON_WEIGHT:  # one change of very many words
            parts.append(SafeString(" … and more"))
            break
        parts.append(format_html(tags[each.fate], each.text))
    return {
        "html": format_html_join("", "{}", ((part,) for part in parts)),
        "old_at": change.old_at,
        "new_at": change.new_at,
    }


def _render_candidate(text: str, spans: SpanList, quote: Quote) -> SafeString:
    """A place with some text around it; the middle of a very long quote is left out."""
    first, last = max(spans[0][0] - MAX_CANDIDATE_CONTEXT, 0), min(spans[-1][1] + MAX_CANDIDATE_CONTEXT, len(text))
    mark = TextMark(spans=spans, style=f"quote-{quote.decision}")
    nothing = SafeString("")
    start, end = SafeString("… ") if first else nothing, SafeString(" …") if last < len(text) else nothing
    if last - first <= MAX_CANDIDATE_LENGTH:
        return start + highlight_spans(text[first:last], [mark], offset=first) + end
    half = MAX_CANDIDATE_LENGTH // 2
    head = highlight_spans(text[first : first + half], [mark], offset=first)
    tail = highlight_spans(text[last - half : last], [mark], offset=last - half)
    return start + head + SafeString(" […] ") + tail + end
