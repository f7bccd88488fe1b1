"""The page on which an editor resolves an anchor: where an earlier quote is in a newer snapshot, if at all."""

import re

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString

from claims.admin.common.base import current_user
from claims.admin.common.highlight import TextMark, highlight_spans
from claims.admin.common.object_actions import ObjectActionsAdmin, run_and_notify
from claims.models import Anchor, Quote
from claims.services.sources.resolve_anchor import SpanList, list_candidate_spans, resolve_anchor

RESOLVE_ANCHORS_PERMISSION = "claims.decide_quote"
MAX_CANDIDATE_CONTEXT = 300  # code points on either side
MAX_CANDIDATE_LENGTH = 3_000  # code points, context included
GONE = "gone"
_SPANS_PATTERN = re.compile(r"[0-9]{1,9}-[0-9]{1,9}(?:,[0-9]{1,9}-[0-9]{1,9}){0,99}", re.ASCII)


def resolve_anchor_view(model_admin: ObjectActionsAdmin, request: HttpRequest, pk: int, anchor: int) -> HttpResponse:
    """GET: the quote, and the places with its exact words. POST: the chosen place, or that the quote is gone."""
    if not (model_admin.has_view_permission(request) and request.user.has_perm(RESOLVE_ANCHORS_PERMISSION)):
        raise PermissionDenied
    anchors = Anchor.objects.select_related("quote__speaker", "quote__snapshot", "snapshot__source", "settled_by")
    row = anchors.filter(pk=anchor, snapshot__source=pk).first()
    if row is None:
        raise Http404
    quote, snapshot = row.quote, row.snapshot
    unresolved = Anchor.objects.unresolved().filter(snapshot=snapshot)
    source_url = f"{reverse('admin:claims_source_change', args=[pk])}?snapshot={snapshot.pk}"
    if request.method == "POST":
        spans = _parse_posted_spans(request.POST.get("place", ""))
        run_and_notify(request, lambda: _resolve_and_describe(row, spans, request))
        row.refresh_from_db()
        if row.settled_at is None:
            return HttpResponseRedirect(request.path)
        if following := unresolved.order_by("pk").first():
            return HttpResponseRedirect(reverse("admin:claims_source_settle", args=[pk, following.pk]))
        return HttpResponseRedirect(f"{source_url}&quote={row.quote_id}" if row.spans else source_url)
    return model_admin.render_page(
        request,
        title="Find this quote in the new version",
        template="claims/admin/sources/resolve_anchor.html",
        anchor=row,
        back=source_url,
        original=_render_candidate(quote.snapshot.text, quote.spans, quote),
        candidates=[
            {
                "value": ",".join(f"{start}-{end}" for start, end in spans),
                "html": _render_candidate(snapshot.text, spans, quote),
            }
            for spans in list_candidate_spans(quote, quote.snapshot.text, snapshot.text)
        ],
        n_unresolved=unresolved.count(),
    )


def _resolve_and_describe(anchor: Anchor, spans: SpanList | None, request: HttpRequest) -> str:
    resolved = resolve_anchor(anchor=anchor, spans=spans, editor=current_user(request))
    if resolved.spans is None:
        return f"{resolved.quote.in_marks(100)} marked as no longer in this version."
    return f"{resolved.quote.in_marks(100)} placed at character {resolved.spans[0][0]:,} of this version."


def _parse_posted_spans(place: str) -> SpanList | None:
    """Parses `17-33,40-51` into spans and `gone` into None; anything else into no spans, which the service refuses."""
    if place == GONE:
        return None
    if not _SPANS_PATTERN.fullmatch(place):
        return []
    return [[int(offset) for offset in span.split("-")] for span in place.split(",")]


def _render_candidate(text: str, spans: SpanList, quote: Quote) -> SafeString:
    """Renders a place with its context; leaves out the middle if it is very long."""
    start = max(spans[0][0] - MAX_CANDIDATE_CONTEXT, 0)
    end = min(spans[-1][1] + MAX_CANDIDATE_CONTEXT, len(text))
    marks = [TextMark(spans=spans, style=f"quote-{quote.decision}")]
    before = SafeString("… ") if start else SafeString("")
    after = SafeString(" …") if end < len(text) else SafeString("")
    if end - start <= MAX_CANDIDATE_LENGTH:
        return before + highlight_spans(text[start:end], marks, offset=start) + after
    half = MAX_CANDIDATE_LENGTH // 2
    head = highlight_spans(text[start : start + half], marks, offset=start)
    tail = highlight_spans(text[end - half : end], marks, offset=end - half)
    return before + head + SafeString(" […] ") + tail + after
