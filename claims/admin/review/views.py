"""The review screen's addresses: looking by GET, everything else by POST, each with its permission."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from claims.admin.asking import CONFIRMED, may_correct
from claims.admin.base import editor
from claims.admin.review import all_of_source, answers, reading
from claims.admin.review.acts import ACTS
from claims.admin.review.guard import ADD, DECIDE, VIEW, key_of, quote_of, refuse_unless, snapshot_of
from claims.admin.review.queue import Queue, place_of
from claims.admin.review.screen import page, screen
from claims.models import Operation, Quote, QuoteKind, Speaker
from claims.services import correct
from claims.services.add_quote import add_quote
from claims.services.correct import NoteNeededError, ReopensError
from claims.services.refusal import RefusedError
from claims.services.undo import undo


def addresses(site: AdminSite) -> list[URLPattern]:
    """All of them, below the quotes' own."""

    def at(route: str, name: str, view: Callable[..., HttpResponse]) -> URLPattern:
        return path(f"review/{route}", site.admin_view(view), name=name)

    def look(request: HttpRequest) -> HttpResponse:
        refuse_unless(request, VIEW)
        return screen(request, site.each_context)

    def do(request: HttpRequest, pk: int, name: str) -> HttpResponse:
        return act(request, pk, name, site.each_context)

    def undo_it(request: HttpRequest) -> HttpResponse:
        return undo_last(request, site.each_context)

    def all_of(request: HttpRequest, pk: int) -> HttpResponse:
        refuse_unless(request, DECIDE)
        return all_of_source.view(request, key_of(pk), site.each_context)

    return [
        at("", "claims_review", require_GET(look)),
        at("text/<int:pk>/", "claims_review_text", answers.text),
        at("speakers/", "claims_review_speakers", answers.speakers),
        at("preview/<int:pk>/", "claims_review_preview", answers.preview),
        at("add/<int:pk>/", "claims_review_add", add),
        at("undo/", "claims_review_undo", require_POST(undo_it)),
        at("hold/<int:pk>/", "claims_review_hold", answers.take_hold),
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
    refuse_unless(request, chosen.permission)
    quote = quote_of(pk)
    queue = Queue.of(QueryDict(request.POST.get("queue", "")), editor(request))
    place = place_of(quote)
    try:
        with asking(request):
            told = chosen.do(quote, editor(request), request.POST)
    except (NoteNeededError, ReopensError) as needed:
        return ask_first(request, needed, queue.address(quote.pk), each_context)
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


@contextmanager
def asking(request: HttpRequest) -> Iterator[None]:
    """What is done while this is open is asked about first. A note for readers is for those to give who may correct."""
    if reading.note(request.POST) and not may_correct(request):
        raise PermissionDenied
    # One transaction: what is asked about has not happened.
    with transaction.atomic(), correct.asking(note=reading.note(request.POST), confirmed=CONFIRMED in request.POST):
        yield


def ask_first(
    request: HttpRequest,
    needed: NoteNeededError | ReopensError,
    back: str,
    each_context: Callable[[HttpRequest], dict[str, Any]],
) -> HttpResponse:
    """What the change would reopen, and what readers are to be told of it; the same act is then asked for again."""
    needs_note = isinstance(needed, NoteNeededError)
    if needs_note and not may_correct(request):
        messages.error(request, f"{needed} Somebody who may correct claims does that.")
        return HttpResponseRedirect(back)
    own = {"csrfmiddlewaretoken", "note_text", "note_reason", CONFIRMED}
    more = {
        "title": "Readers see this" if needs_note else "A verdict goes back to review",
        "needed": needed,
        "needs_note": needs_note,
        "again": [(name, value) for name, value in request.POST.items() if name not in own],
        "action": request.path,
        "back": back,
        "note_text": request.POST.get("note_text", ""),
    }
    return page(request, each_context(request) | more)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A quote that the machine missed."""
    refuse_unless(request, ADD)
    snapshot = snapshot_of(pk)
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
        refuse_unless(request, DECIDE)
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


def undo_last(request: HttpRequest, each_context: Callable[[HttpRequest], dict[str, Any]]) -> HttpResponse:
    """The operation that the editor was shown as the last is taken back, and its quote looked at again."""
    refuse_unless(request, VIEW)
    queue = Queue.of(QueryDict(request.POST.get("queue", "")), editor(request))
    back = reading.key(request.POST, "back")
    done = Operation.objects.filter(pk=reading.needed(request.POST, "operation"), editor=editor(request)).first()
    if done is None:
        raise Http404
    refuse_unless(request, ADD if done.verb == "add quote" else DECIDE)
    try:
        with asking(request):
            undo(operation=done, editor=editor(request), note=reading.note(request.POST))
    except (NoteNeededError, ReopensError) as needed:
        return ask_first(request, needed, queue.address(back), each_context)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(queue.address(back))
    messages.success(request, f"Undone: {done.summary}")
    touched = [row["pk"] for row in done.rows if row["model"] == "quote"]
    there = Quote.objects.filter(pk__in=touched[:1]).values_list("pk", flat=True).first()
    back_is = Quote.objects.filter(pk=back or 0).values_list("pk", flat=True).first()
    return HttpResponseRedirect(queue.address(there or back_is))
