"""The review screen's addresses: looking by GET, everything else by POST, each with its permission."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_POST

from claims.admin.base import editor
from claims.admin.review import all_of_source, card, reading
from claims.admin.review.acts import ACTS
from claims.admin.review.article import MOST_AT_ONCE, window
from claims.admin.review.queue import Queue, place_of
from claims.admin.review.screen import page, screen
from claims.models import Operation, Quote, QuoteKind, Snapshot, Speaker
from claims.models.names import key
from claims.search.values import MAX_ID
from claims.services import hold
from claims.services.add_quote import add_quote
from claims.services.correct import NoteNeededError
from claims.services.refusal import RefusedError
from claims.services.selection import fitted, said
from claims.services.undo import undo
from claims.services.version import version_of

MOST_FOUND = 8
_LOOKED_THROUGH = 60
_VIEW, _DECIDE, _ADD = "claims.view_quote", "claims.decide_quote", "claims.add_quote"


def addresses(site: AdminSite) -> list[URLPattern]:
    """All of them, below the quotes' own."""

    def at(route: str, name: str, view: Callable[..., HttpResponse]) -> URLPattern:
        return path(f"review/{route}", site.admin_view(view), name=name)

    def look(request: HttpRequest) -> HttpResponse:
        _refuse_unless(request, _VIEW)
        return screen(request, site.each_context(request))

    def do(request: HttpRequest, pk: int, name: str) -> HttpResponse:
        return act(request, pk, name, site.each_context)

    def all_of(request: HttpRequest, pk: int) -> HttpResponse:
        _refuse_unless(request, _DECIDE)
        return all_of_source.view(request, _key(pk), site.each_context)

    return [
        at("", "claims_review", require_GET(look)),
        at("text/<int:pk>/", "claims_review_text", text),
        at("speakers/", "claims_review_speakers", speakers),
        at("preview/<int:pk>/", "claims_review_preview", preview),
        at("add/<int:pk>/", "claims_review_add", add),
        at("undo/", "claims_review_undo", undo_last),
        at("hold/<int:pk>/", "claims_review_hold", take_hold),
        at("source/<int:pk>/", "claims_review_source", all_of),
        at("<int:pk>/<slug:name>/", "claims_review_act", require_POST(do)),
    ]


def act(
    request: HttpRequest, pk: int, name: str, each_context: Callable[[HttpRequest], dict[str, Any]]
) -> HttpResponse:
    """One act on one quote, and on to where it leads; what is refused is said, at the quote as it is now."""
    chosen = ACTS.get(name)
    if chosen is None:
        raise Http404
    _refuse_unless(request, chosen.permission)
    quote = Quote.objects.filter(pk=_key(pk)).first()
    if quote is None:
        raise Http404
    queue = Queue.of(QueryDict(request.POST.get("queue", "")), editor(request))
    place = place_of(quote)
    try:
        told = chosen.do(quote, editor(request), request.POST)
    except NoteNeededError as needed:
        return ask_for_note(request, needed, queue.address(quote.pk), each_context(request))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(queue.address(quote.pk))
    if told:
        messages.success(request, told)
    if not chosen.goes_on:
        return HttpResponseRedirect(queue.address(quote.pk))
    onwards = queue.onwards(place)
    if name == "skip" and onwards is None:
        messages.info(request, "It is the only one of this queue.")
        onwards = quote.pk
    return HttpResponseRedirect(queue.address(onwards))


def ask_for_note(
    request: HttpRequest, needed: NoteNeededError, back: str, context: dict[str, Any]
) -> HttpResponse:
    """What the change would reopen, and what readers are to be told of it; the same act is then asked for again."""
    again = [(name, value) for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "note_text"}]
    more = {
        "title": "Readers see this",
        "needed": needed,
        "again": again,
        "action": request.path,
        "back": back,
        "note_text": request.POST.get("note_text", ""),
    }
    return page(request, context | more)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A quote that the machine missed."""
    _refuse_unless(request, _ADD)
    snapshot = _snapshot(pk)
    queue = Queue.of(QueryDict(request.POST.get("queue", "")), editor(request))
    selection = reading.selection(request.POST)
    if selection is None:
        raise BadRequest("Nothing was selected.")
    chosen, kind = reading.key(request.POST, "speaker"), request.POST.get("kind", "")
    if kind and kind not in QuoteKind.values:
        raise BadRequest("This is no kind of quote.")
    back = reading.key(request.POST, "back")
    accept = request.POST.get("accept") == "1"
    if accept:
        _refuse_unless(request, _DECIDE)
    try:
        quote = add_quote(
            snapshot=snapshot,
            selection=selection,
            mention=reading.selection(request.POST, "mention"),
            speaker=Speaker.objects.filter(pk=chosen).first() if chosen else None,
            kind=QuoteKind(kind) if kind else None,
            accept=accept,
            editor=editor(request),
        )
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(queue.address(back))
    messages.success(request, f"Added, and {quote.get_decision_display().lower()}.")
    return HttpResponseRedirect(queue.address(quote.pk))


@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    """The operation that the editor was shown as the last is taken back, and its quote looked at again."""
    _refuse_unless(request, _VIEW)
    queue = Queue.of(QueryDict(request.POST.get("queue", "")), editor(request))
    back = reading.key(request.POST, "back")
    done = Operation.objects.filter(pk=reading.needed(request.POST, "operation"), editor=editor(request)).first()
    if done is None:
        raise Http404
    _refuse_unless(request, _ADD if done.verb == "add quote" else _DECIDE)
    try:
        undo(operation=done, editor=editor(request))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(queue.address(back))
    messages.success(request, f"Undone: {done.summary}")
    touched = [row["pk"] for row in done.rows if row["model"] == "quote"]
    there = Quote.objects.filter(pk__in=touched[:1]).values_list("pk", flat=True).first()
    back_is = Quote.objects.filter(pk=back or 0).values_list("pk", flat=True).first()
    return HttpResponseRedirect(queue.address(there or back_is))


@require_POST
def take_hold(request: HttpRequest, pk: int) -> JsonResponse:
    """That the editor looks at the quote, or looks no more; answered with who does, and with the quote's version."""
    _refuse_unless(request, _DECIDE)
    quote = Quote.objects.filter(pk=_key(pk)).first()
    if quote is None:
        raise Http404
    if request.POST.get("go") == "1":
        hold.let_go(editor=editor(request), quotes=[quote.pk])
        return JsonResponse({})
    held = hold.take(quote=quote, editor=editor(request))
    mine = held.editor_id == editor(request).pk
    other = "" if mine else f"{held.editor} is looking at this until {held.until:%H:%M} UTC."
    return JsonResponse({"other": other, "version": version_of(quote)})


@require_GET
def text(request: HttpRequest, pk: int) -> JsonResponse:
    """More of the article: the part between two offsets, at most MOST_AT_ONCE code points of it."""
    _refuse_unless(request, _VIEW)
    queue = Queue.of(request.GET, editor(request))
    first, last = reading.whole(request.GET, "first") or 0, reading.whole(request.GET, "last") or 0
    if not 0 <= first < last <= first + MOST_AT_ONCE or last > 10**9:
        raise BadRequest(f"At most {MOST_AT_ONCE} characters are given at once.")
    asked = reading.key(request.GET, "quote")
    quote = Quote.objects.filter(pk=asked, snapshot=_key(pk)).first() if asked else None
    if not Snapshot.objects.filter(pk=pk).exists():
        raise Http404
    part = window(pk, first, last, quote=quote, address=queue.address, trim=False)
    return JsonResponse({"html": part.html, "first": part.first, "last": part.last, "length": part.length})


@require_GET
def speakers(request: HttpRequest) -> JsonResponse:
    """Speakers by name and alias, in any word of it, those who are quoted most first."""
    _refuse_unless(request, "claims.view_speaker")
    asked = key(reading.plain(request.GET, "q", 200))
    if not asked:
        return JsonResponse({"results": []})
    named = Speaker.objects.current().filter(pk__in=_bearers(asked))
    found = card.described(named)[:MOST_FOUND]
    return JsonResponse({"results": [{"id": each.pk, "name": each.name, "about": card.about(each)} for each in found]})


@require_POST
def preview(request: HttpRequest, pk: int) -> JsonResponse:
    """What a selection would be as a quote, or why it cannot be one; nothing is changed."""
    _refuse_unless(request, _VIEW)
    snapshot, selection = _snapshot(pk), reading.selection(request.POST)
    if selection is None:
        raise BadRequest("Nothing was selected.")
    try:
        spans = fitted(selection, snapshot)
    except RefusedError as refusal:
        return JsonResponse({"problem": str(refusal)})
    start, end = spans[0][0], spans[-1][1]
    around = {"before": snapshot.text[max(start - 40, 0) : start], "after": snapshot.text[end : end + 40]}
    return JsonResponse({"spans": spans, "exact": said(snapshot.text, spans)[:2000], **around})


def _bearers(asked: str) -> list[int]:
    """Speakers one of whose names begins with what is asked, then those of whom another word does."""
    from claims.models import SpeakerName  # noqa: PLC0415

    names = SpeakerName.objects.filter(speaker__merged_into=None).order_by("key", "id")
    first = list(names.filter(key__startswith=asked).values_list("speaker", flat=True)[:_LOOKED_THROUGH])
    more = names.filter(key__contains=f" {asked}").values_list("speaker", flat=True)[:_LOOKED_THROUGH]
    return [*first, *more]


def _snapshot(pk: int) -> Snapshot:
    snapshot = Snapshot.objects.filter(pk=_key(pk)).first()
    if snapshot is None:
        raise Http404
    return snapshot


def _key(pk: int) -> int:
    """The number of a row in an address; Http404 for one that no row can have."""
    if not 1 <= pk <= MAX_ID:
        raise Http404
    return pk


def _refuse_unless(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def review_address() -> str:
    """Where the queue is."""
    return reverse("admin:claims_review")
