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

from claims.admin.common.base import current_user
from claims.admin.common.confirmation import CONFIRMED_FIELD, may_correct
from claims.admin.review import bulk_accept_view, json_views, request_params
from claims.admin.review.access import (
    ADD_QUOTE,
    DECIDE_QUOTE,
    VIEW_QUOTE,
    get_quote_or_404,
    get_snapshot_or_404,
    id_or_404,
    require_permission,
)
from claims.admin.review.queue import ReviewQueue, queue_position
from claims.admin.review.review_actions import REVIEW_ACTIONS
from claims.admin.review.screen import render_review_page, review_screen
from claims.models import Operation, Quote, QuoteKind, Speaker
from claims.services.claims import corrections
from claims.services.claims.corrections import PublicNoteRequiredError, ReopenConfirmationRequiredError
from claims.services.errors import RefusedError
from claims.services.history.undo import undo_operation
from claims.services.quotes.add_quote import add_quote


def review_urls(site: AdminSite) -> list[URLPattern]:
    """All of them, below the quotes' own."""

    def at(route: str, name: str, view: Callable[..., HttpResponse]) -> URLPattern:
        return path(f"review/{route}", site.admin_view(view), name=name)

    def look(request: HttpRequest) -> HttpResponse:
        require_permission(request, VIEW_QUOTE)
        return review_screen(request, site.each_context)

    def do(request: HttpRequest, pk: int, name: str) -> HttpResponse:
        return review_action_view(request, pk, name, site.each_context)

    def undo_it(request: HttpRequest) -> HttpResponse:
        return undo_last_view(request, site.each_context)

    def all_of(request: HttpRequest, pk: int) -> HttpResponse:
        require_permission(request, DECIDE_QUOTE)
        return bulk_accept_view.bulk_accept_view(request, id_or_404(pk), site.each_context)

    return [
        at("", "claims_review", require_GET(look)),
        at("text/<int:pk>/", "claims_review_text", json_views.article_text_view),
        at("speakers/", "claims_review_speakers", json_views.speaker_search_view),
        at("preview/<int:pk>/", "claims_review_preview", json_views.selection_preview_view),
        at("add/<int:pk>/", "claims_review_add", add_quote_view),
        at("undo/", "claims_review_undo", require_POST(undo_it)),
        at("hold/<int:pk>/", "claims_review_hold", json_views.review_lock_view),
        at("source/<int:pk>/", "claims_review_source", all_of),
        at("<int:pk>/<slug:name>/", "claims_review_act", require_POST(do)),
    ]


def review_action_view(
    request: HttpRequest, pk: int, name: str, each_context: Callable[[HttpRequest], dict[str, Any]]
) -> HttpResponse:
    """One act on one quote, and on to where it leads; what is refused is said, at the quote as it is now."""
    chosen = REVIEW_ACTIONS.get(name)
    if chosen is None:
        raise Http404
    require_permission(request, chosen.permission)
    quote = get_quote_or_404(pk)
    queue = ReviewQueue.of(QueryDict(request.POST.get("queue", "")), current_user(request))
    place = queue_position(quote)
    try:
        with confirmation_scope(request):
            told = chosen.do(quote, current_user(request), request.POST)
    except (PublicNoteRequiredError, ReopenConfirmationRequiredError) as needed:
        return render_confirmation(request, needed, queue.address(quote.pk), each_context)
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
def confirmation_scope(request: HttpRequest) -> Iterator[None]:
    """What is done while this is open is asked about first. A note for readers is for those to give who may correct."""
    if request_params.parse_public_note(request.POST) and not may_correct(request):
        raise PermissionDenied
    # One transaction: what is asked about has not happened.
    with (
        transaction.atomic(),
        corrections.require_confirmation(
            note=request_params.parse_public_note(request.POST), confirmed=CONFIRMED_FIELD in request.POST
        ),
    ):
        yield


def render_confirmation(
    request: HttpRequest,
    needed: PublicNoteRequiredError | ReopenConfirmationRequiredError,
    back: str,
    each_context: Callable[[HttpRequest], dict[str, Any]],
) -> HttpResponse:
    """What the change would reopen, and what readers are to be told of it; the same act is then asked for again."""
    needs_note = isinstance(needed, PublicNoteRequiredError)
    if needs_note and not may_correct(request):
        messages.error(request, f"{needed} Somebody who may correct claims does that.")
        return HttpResponseRedirect(back)
    own = {"csrfmiddlewaretoken", "note_text", "note_reason", CONFIRMED_FIELD}
    more = {
        "title": "Readers see this" if needs_note else "A verdict goes back to review",
        "needed": needed,
        "needs_note": needs_note,
        "again": [(name, value) for name, value in request.POST.items() if name not in own],
        "action": request.path,
        "back": back,
        "note_text": request.POST.get("note_text", ""),
    }
    return render_review_page(request, each_context(request) | more)


@require_POST
def add_quote_view(request: HttpRequest, pk: int) -> HttpResponse:
    """A quote that the machine missed."""
    require_permission(request, ADD_QUOTE)
    snapshot = get_snapshot_or_404(pk)
    queue = ReviewQueue.of(QueryDict(request.POST.get("queue", "")), current_user(request))
    selection = request_params.parse_selection(request.POST)
    if selection is None:
        raise BadRequest("Nothing was selected.")
    chosen, kind = request_params.parse_id(request.POST, "speaker"), request.POST.get("kind", "")
    if kind and kind not in QuoteKind.values:
        raise BadRequest("This is no kind of quote.")
    back = request_params.parse_id(request.POST, "back")
    accept = request.POST.get("accept") == "1"
    if accept:
        require_permission(request, DECIDE_QUOTE)
    try:
        quote = add_quote(
            snapshot=snapshot,
            selection=selection,
            mention=request_params.parse_selection(request.POST, "mention"),
            speaker=Speaker.objects.filter(pk=chosen).first() if chosen else None,
            kind=QuoteKind(kind) if kind else None,
            accept=accept,
            editor=current_user(request),
        )
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(queue.address(back))
    messages.success(request, f"Added, and {quote.get_decision_display().lower()}.")
    return HttpResponseRedirect(queue.address(quote.pk))


def undo_last_view(request: HttpRequest, each_context: Callable[[HttpRequest], dict[str, Any]]) -> HttpResponse:
    """The operation that the editor was shown as the last is taken back, and its quote looked at again."""
    require_permission(request, VIEW_QUOTE)
    queue = ReviewQueue.of(QueryDict(request.POST.get("queue", "")), current_user(request))
    back = request_params.parse_id(request.POST, "back")
    done = Operation.objects.filter(
        pk=request_params.parse_required_id(request.POST, "operation"), editor=current_user(request)
    ).first()
    if done is None:
        raise Http404
    require_permission(request, ADD_QUOTE if done.verb == "add quote" else DECIDE_QUOTE)
    try:
        with confirmation_scope(request):
            undo_operation(
                operation=done, editor=current_user(request), note=request_params.parse_public_note(request.POST)
            )
    except (PublicNoteRequiredError, ReopenConfirmationRequiredError) as needed:
        return render_confirmation(request, needed, queue.address(back), each_context)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(queue.address(back))
    messages.success(request, f"Undone: {done.summary}")
    touched = [row["pk"] for row in done.rows if row["model"] == "quote"]
    there = Quote.objects.filter(pk__in=touched[:1]).values_list("pk", flat=True).first()
    back_is = Quote.objects.filter(pk=back or 0).values_list("pk", flat=True).first()
    return HttpResponseRedirect(queue.address(there or back_is))
