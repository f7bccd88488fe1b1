"""The screen: what is shown of a queue at one of its quotes. Looking changes nothing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from claims.admin.common.base import current_user
from claims.admin.common.list_columns import quote_list_url
from claims.admin.quotes.quote_context import quote_source_url
from claims.admin.review import quote_card, request_params
from claims.admin.review.article_window import window_around
from claims.admin.review.queue import NO_SPEAKER, ReviewQueue, queue_position
from claims.models import Quote, Source, Speaker, SpeakerKind, Topic
from claims.search.similar_claims import find_claims_similar_to_quote
from claims.services.history.undo import last_operation
from claims.services.quotes.review_decisions import RejectionReason

MAX_SIMILAR_CLAIMS = 3
FRAGMENT_HEADER = "X-Review"  # the header by which the screen's own script asks for the part that changes


def review_screen(request: HttpRequest, each_context: Callable[[HttpRequest], dict[str, Any]]) -> HttpResponse:
    """The queue that the address asks for: at its quote, else at its first, to which the address then leads."""
    queue = ReviewQueue.of(request.GET, current_user(request))
    asked = request_params.parse_id(request.GET, "quote")
    if asked is None:
        first = queue.first()
        if first:
            return HttpResponseRedirect(queue.address(first))
        return render_review_page(
            request, each_context(request) | queue_context(request, queue) | {"quote": None, "left": "0"}
        )
    quote = get_quote_for_review(asked)
    return render_review_page(
        request, each_context(request) | queue_context(request, queue) | quote_screen_context(request, queue, quote)
    )


def get_quote_for_review(pk: int) -> Quote:
    """The quote with all that the screen tells of it, but not with its article. Raises Http404."""
    rows = Quote.objects.select_related("speaker", "claim", "decided_by", "snapshot__source", "hold__editor")
    quote = rows.prefetch_related("claim__topics").defer("snapshot__text").filter(pk=pk).first()
    if quote is None:
        raise Http404
    return quote


def render_review_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or what of it changes from quote to quote."""
    part = request.headers.get(FRAGMENT_HEADER) == "1"
    context["told"] = list(messages.get_messages(request))
    response = TemplateResponse(request, f"claims/admin/review{'_screen' if part else ''}.html", context)
    response["Vary"] = FRAGMENT_HEADER
    response["Cache-Control"] = "no-store"  # going back shows the queue as it is, not as it was
    return response


def queue_context(request: HttpRequest, queue: ReviewQueue) -> dict[str, Any]:
    """What is shown whichever quote is looked at: the queue and what was done last."""
    user = current_user(request)
    return {
        "title": "Review queue",
        "queue": queue,
        "chips": list(_filter_chips(queue)),
        "decisions": queue.DECISIONS,
        "confidences": queue.CONFIDENCES,
        "topics": Topic.objects.order_by("name", "id")[:200],
        "last": last_operation(user),
        "may_decide": user.has_perm("claims.decide_quote"),
        "may_add": user.has_perm("claims.add_quote"),
        "may_add_speaker": user.has_perm("claims.add_speaker"),
    }


def quote_screen_context(request: HttpRequest, queue: ReviewQueue, quote: Quote) -> dict[str, Any]:
    """What is shown of the quote."""
    user, place = current_user(request), queue_position(quote)
    entries, version = quote_card.quote_activity(quote)
    return {
        "quote": quote,
        "source": quote.snapshot.source,
        "source_address": quote_source_url(quote),
        "speaker_address": quote_list_url(speaker__id__exact=quote.speaker) if quote.speaker else "",
        "window": window_around(quote, queue.address),
        "unsure": quote_card.describe_doubts(quote),
        "similar": find_claims_similar_to_quote(quote, limit=MAX_SIMILAR_CLAIMS),
        "here": queue.address(quote.pk),
        "candidates": [(each, quote_card.summarize_speaker(each)) for each in quote_card.candidate_speakers(quote)],
        "new_name": quote_card.suggested_name(quote),
        "new_kind": quote_card.suggested_kind(quote),
        "kinds": SpeakerKind.choices,
        "reasons": RejectionReason.choices,
        "entries": entries,
        "version": version,
        "held": quote_card.lock_of_other_editor(quote, user),
        "exact": quote.exact[: quote_card.MAX_CARD_CHARACTERS],
        "is_cut": len(quote.exact) > quote_card.MAX_CARD_CHARACTERS,
        "left": queue.left(),
        "left_here": queue.left(snapshot=quote.snapshot_id),
        "next": _queue_url(queue, queue.beside(place)),
        "previous": _queue_url(queue, queue.beside(place, backwards=True)),
        "this_source": "" if queue.source else queue.address(quote.pk, source=quote.snapshot.source_id),
        "this_speaker": "" if queue.speaker else queue.address(quote.pk, speaker=quote.speaker_id or NO_SPEAKER),
    }


def _queue_url(queue: ReviewQueue, pk: int | None) -> str:
    return queue.address(pk) if pk else ""


def _filter_chips(queue: ReviewQueue) -> Any:
    """What the queue is narrowed to, each with the address of the queue without it."""
    if queue.source:
        yield str(Source.objects.filter(pk=queue.source).first() or "a source that is gone"), queue.address(source="")
    if queue.speaker == NO_SPEAKER:
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
