"""The screen: what is shown of a queue at one of its quotes. Looking changes nothing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from claims.admin.base import editor
from claims.admin.lists import list_address
from claims.admin.quote_context import source_address
from claims.admin.review import card, reading
from claims.admin.review.article import around
from claims.admin.review.queue import NOBODY, Queue, place_of
from claims.models import Quote, Source, Speaker, SpeakerKind, Topic
from claims.search.similar import similar_claims
from claims.services.review import Rejection
from claims.services.undo import last_of

MOST_SIMILAR = 3
FRAGMENT = "X-Review"  # the header by which the screen's own script asks for the part that changes


def screen(request: HttpRequest, each_context: Callable[[HttpRequest], dict[str, Any]]) -> HttpResponse:
    """The queue that the address asks for: at its quote, else at its first, to which the address then leads."""
    queue = Queue.of(request.GET, editor(request))
    asked = reading.key(request.GET, "quote")
    if asked is None:
        first = queue.first()
        if first:
            return HttpResponseRedirect(queue.address(first))
        return page(request, each_context(request) | around_it(request, queue) | {"quote": None, "left": "0"})
    quote = read(asked)
    return page(request, each_context(request) | around_it(request, queue) | looked_at(request, queue, quote))


def read(pk: int) -> Quote:
    """The quote with all that the screen tells of it, but not with its article. Raises Http404."""
    rows = Quote.objects.select_related("speaker", "claim", "decided_by", "snapshot__source", "hold__editor")
    quote = rows.prefetch_related("claim__topics").defer("snapshot__text").filter(pk=pk).first()
    if quote is None:
        raise Http404
    return quote


def page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or what of it changes from quote to quote."""
    part = request.headers.get(FRAGMENT) == "1"
    context["told"] = list(messages.get_messages(request))
    response = TemplateResponse(request, f"claims/admin/review{'_screen' if part else ''}.html", context)
    response["Vary"] = FRAGMENT
    response["Cache-Control"] = "no-store"  # going back shows the queue as it is, not as it was
    return response


def around_it(request: HttpRequest, queue: Queue) -> dict[str, Any]:
    """What is shown whichever quote is looked at: the queue and what was done last."""
    user = editor(request)
    return {
        "title": "Review queue",
        "queue": queue,
        "chips": list(_chips(queue)),
        "decisions": queue.DECISIONS,
        "confidences": queue.CONFIDENCES,
        "topics": Topic.objects.order_by("name", "id")[:200],
        "last": last_of(user),
        "may_decide": user.has_perm("claims.decide_quote"),
        "may_add": user.has_perm("claims.add_quote"),
        "may_add_speaker": user.has_perm("claims.add_speaker"),
    }


def looked_at(request: HttpRequest, queue: Queue, quote: Quote) -> dict[str, Any]:
    """What is shown of the quote."""
    user, place = editor(request), place_of(quote)
    entries, version = card.history(quote)
    return {
        "quote": quote,
        "source": quote.snapshot.source,
        "source_address": source_address(quote),
        "speaker_address": list_address(speaker__id__exact=quote.speaker) if quote.speaker else "",
        "window": around(quote, queue.address),
        "unsure": card.unsure(quote),
        "similar": similar_claims(quote, limit=MOST_SIMILAR),
        "here": queue.address(quote.pk),
        "candidates": [(each, card.about(each)) for each in card.candidates(quote)],
        "new_name": card.suggested_name(quote),
        "new_kind": card.suggested_kind(quote),
        "kinds": SpeakerKind.choices,
        "reasons": Rejection.choices,
        "entries": entries,
        "version": version,
        "held": card.held_by_other(quote, user),
        "exact": quote.exact[: card.LONGEST],
        "is_cut": len(quote.exact) > card.LONGEST,
        "left": queue.left(),
        "left_here": queue.left(snapshot=quote.snapshot_id),
        "next": _address(queue, queue.beside(place)),
        "previous": _address(queue, queue.beside(place, backwards=True)),
        "this_source": "" if queue.source else queue.address(quote.pk, source=quote.snapshot.source_id),
        "this_speaker": "" if queue.speaker else queue.address(quote.pk, speaker=quote.speaker_id or NOBODY),
    }


def _address(queue: Queue, pk: int | None) -> str:
    return queue.address(pk) if pk else ""


def _chips(queue: Queue) -> Any:
    """What the queue is narrowed to, each with the address of the queue without it."""
    if queue.source:
        yield str(Source.objects.filter(pk=queue.source).first() or "a source that is gone"), queue.address(source="")
    if queue.speaker == NOBODY:
        yield "nobody known", queue.address(speaker="")
    elif queue.speaker:
        yield (
            str(Speaker.objects.filter(pk=queue.speaker).first() or "a speaker who is gone"),
            queue.address(speaker=""),
        )
    if queue.topic:
        yield str(Topic.objects.filter(pk=queue.topic).first() or "a topic that is gone"), queue.address(topic="")
    if queue.confidence:
        yield queue.CONFIDENCES[queue.confidence], queue.address(confidence="")
    if queue.mine:
        yield "mine", queue.address(mine="")
