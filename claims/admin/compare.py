"""Two texts of one source: what changed, what became of the quotes, and the page on which an editor settles one."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin.base import editor
from claims.admin.highlight import Mark, highlighted
from claims.admin.source_text import number
from claims.admin.steps import take
from claims.models import Anchor, AnchorState, Quote, Snapshot, Source
from claims.services.difference import Change, changes
from claims.services.settle import Spans, places_of, settle_anchor
from claims.services.worddiff import Fate

SETTLING = "claims.decide_quote"  # what it takes to say where a quote stands
HEAVIEST = 60_000  # of a page of changes: their characters, and TAG for each that is marked
TAG = 25
MOST_QUOTES = 50  # a page
FARTHEST = 10_000  # page of quotes that is looked for
AROUND = 300  # code points shown around a place
LONGEST_SHOWN = 3_000  # code points of a quote that are shown with a place
_SPANS = re.compile(r"[0-9]{1,9}-[0-9]{1,9}(?:,[0-9]{1,9}-[0-9]{1,9}){0,99}", re.ASCII)


def compare_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from one text to another, and what became of the quotes in the later one."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    source = Source.objects.filter(pk=pk).first()
    if source is None:
        raise Http404
    old, new = (_snapshot(source, request.GET.get(name)) for name in ("old", "new"))
    found = changes(old.text, new.text)
    pages = _pages(found)
    page = min(max(number(request.GET.get("p")) or 1, 1), max(len(pages), 1))
    return model_admin.ask(  # type: ignore[no-any-return]  # a TemplateResponse
        request,
        title=f"What changed: {source}",
        template="claims/admin/compare.html",
        source=source,
        back=reverse("admin:claims_source_change", args=[source.pk]),
        old=old,
        new=new,
        texts=source.snapshots.defer("text").order_by("retrieved_at", "pk")[:100],
        changes=[_drawn(change) for change in (pages[page - 1] if pages else [])],
        n_changes=len(found),
        page=page,
        n_pages=len(pages),
        **_anchors(request, new),
    )


def _anchors(request: HttpRequest, new: Snapshot) -> dict[str, Any]:
    """A page of what became of earlier quotes in this text, all or of one state, those that wait first."""
    asked = request.GET.get("state", "")
    state = asked if asked in AnchorState.values else ""
    rows = Anchor.objects.filter(snapshot=new)
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    states = {each: counts.get(each, 0) for each in AnchorState.values}
    chosen = rows.filter(state=state) if state else rows
    q = max(number(request.GET.get("q")) or 1, 1)
    listed = chosen.select_related("quote__speaker", "settled_by").order_by("quote__start", "pk")
    anchors = list(listed[(q - 1) * MOST_QUOTES : q * MOST_QUOTES + 1]) if q < FARTHEST else []
    return {
        "state": state,
        "states": [(each, each.label, states[each]) for each in AnchorState],
        "anchors": anchors[:MOST_QUOTES],
        "q": q,
        "more": len(anchors) > MOST_QUOTES,
        "may_settle": request.user.has_perm(SETTLING),
        "n_anchors": sum(states.values()),
    }


def settle_view(model_admin: Any, request: HttpRequest, pk: int, anchor: int) -> HttpResponse:
    """GET: the quote as it was, and the places where its words are. POST: the place, or that it is gone."""
    if not (model_admin.has_view_permission(request) and request.user.has_perm(SETTLING)):
        raise PermissionDenied
    rows = Anchor.objects.select_related("quote__speaker", "quote__snapshot", "snapshot__source", "settled_by")
    row = rows.filter(pk=anchor, snapshot__source=pk).first()
    if row is None:
        raise Http404
    new = row.snapshot
    back = f"{reverse('admin:claims_source_change', args=[pk])}?snapshot={new.pk}"
    if request.method == "POST":
        spans = _posted(request.POST.get("place", ""))
        take(request, lambda: _settled(row, spans, request))
        row.refresh_from_db()
        if row.settled_at is None:
            return HttpResponseRedirect(request.path)
        left = Anchor.objects.waiting().filter(snapshot=new).order_by("pk").first()
        following = reverse("admin:claims_source_settle", args=[pk, left.pk]) if left else ""
        return HttpResponseRedirect(following or (f"{back}&quote={row.quote_id}" if row.spans else back))
    places = places_of(row.quote, row.quote.snapshot.text, new.text)
    return model_admin.ask(  # type: ignore[no-any-return]  # a TemplateResponse
        request,
        title="Where does this quote stand?",
        template="claims/admin/settle.html",
        anchor=row,
        back=back,
        before=_around(row.quote.snapshot.text, row.quote.spans, row.quote),
        places=[
            {"value": ",".join(f"{start}-{end}" for start, end in spans), "shown": _around(new.text, spans, row.quote)}
            for spans in places
        ],
        n_waiting=Anchor.objects.waiting().filter(snapshot=new).count(),
    )


def _settled(row: Anchor, spans: Spans | None, request: HttpRequest) -> str:
    done = settle_anchor(anchor=row, spans=spans, editor=editor(request))
    said = "is gone from this text" if done.spans is None else f"stands at {done.spans[0][0]:,} in this text"
    return f"“{done.quote}” {said}."


def _posted(place: str) -> Any:
    """The spans of `17-33,40-51`, None for `gone`; what is neither is no spans, which the service refuses."""
    if place == "gone":
        return None
    if not _SPANS.fullmatch(place):
        return []
    return [[int(offset) for offset in span.split("-")] for span in place.split(",")]


def _snapshot(source: Source, asked: str | None) -> Snapshot:
    pk = number(asked)
    found = source.snapshots.filter(pk=pk).first() if pk is not None else None
    if found is None:
        raise Http404
    return found


def _pages(found: tuple[Change, ...]) -> list[list[Change]]:
    pages: list[list[Change]] = []
    weight = HEAVIEST
    for change in found:
        own = sum(len(each.text) + TAG for each in change.segments)
        if weight + own > HEAVIEST or not pages:
            pages.append([])
            weight = 0
        pages[-1].append(change)
        weight += own
    return pages


def _drawn(change: Change) -> dict[str, Any]:
    parts: list[SafeString] = []
    weight = 0
    tags = {Fate.KEPT: "{}", Fate.GONE: "<del>{}</del>", Fate.NEW: "<ins>{}</ins>"}
    for each in change.segments:
        weight += len(each.text) + TAG
        if weight > HEAVIEST:  # one change of very many words
            parts.append(SafeString(" … and more"))
            break
        parts.append(format_html(tags[each.fate], each.text))
    return {
        "html": format_html_join("", "{}", ((part,) for part in parts)),
        "old_at": change.old_at,
        "new_at": change.new_at,
    }


def _around(text: str, spans: Spans, quote: Quote) -> SafeString:
    """A place with some text around it; the middle of a very long quote is left out."""
    first, last = max(spans[0][0] - AROUND, 0), min(spans[-1][1] + AROUND, len(text))
    mark = Mark(spans=spans, style=f"quote-{quote.decision}")
    nothing = SafeString("")
    start, end = SafeString("… ") if first else nothing, SafeString(" …") if last < len(text) else nothing
    if last - first <= LONGEST_SHOWN:
        return start + highlighted(text[first:last], [mark], offset=first) + end
    half = LONGEST_SHOWN // 2
    head = highlighted(text[first : first + half], [mark], offset=first)
    tail = highlighted(text[last - half : last], [mark], offset=last - half)
    return start + head + SafeString(" […] ") + tail + end
