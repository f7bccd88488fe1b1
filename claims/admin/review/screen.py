"""The page of the review screen: a quote of the queue with its article, speaker candidates and activity."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from claims.admin.claims.similar_claims import search_or_explain
from claims.admin.common.base import current_user
from claims.admin.dashboard.badges import sidebar_badges
from claims.admin.quotes.quote_context import describe_inferred_speaker, quote_source_url
from claims.admin.review import quote_card, request_params
from claims.admin.review.article_window import window_around
from claims.admin.review.claim_line import build_claim_line, list_similar_claims
from claims.admin.review.queue import NO_SPEAKER, ReviewQueue, queue_position
from claims.admin.review.source_change import describe_source_change
from claims.models import Quote, QuoteDecision, RejectionReason, Source, Speaker, SpeakerKind, Topic
from claims.search.matches.similar_reviews import find_similar_reviews
from claims.services.history.undo import last_operation
from claims.services.quotes.copies import find_copies
from claims.services.quotes.review_decisions import describe_quote
from claims.services.quotes.skips import last_skip
from claims.services.sources.counterparts import list_counterparts, suggest_counterparts
from claims.services.sources.languages import describe_unread_language
from claims.services.worthiness.quote_scores import explain_score

# The screen's script requests the part of the page that changes between quotes ("1"), also in advance ("prefetch").
FRAGMENT_HEADER = "X-Review"
FRAGMENTS = {"1", "prefetch"}
MAX_SIMILAR_REVIEWS = 3


def review_screen(request: HttpRequest, each_context: Callable[[HttpRequest], dict[str, object]]) -> HttpResponse:
    """Shows the queue at the quote of the URL, or redirects to its first quote."""
    queue = ReviewQueue.from_query(request.GET, current_user(request))
    quote_id = request_params.parse_id(request.GET, "quote")
    if quote_id is None and (first := queue.first()):
        return HttpResponseRedirect(queue.url(first))
    if quote_id is None:
        quote_context: dict[str, object] = {
            "quote": None,
            "remaining": "0",
            "unread_language": _describe_unread_source(queue),
        }
    else:
        quote_context = quote_screen_context(request, queue, get_quote_for_review(quote_id))
    # The frame around the screen, which a fragment has not.
    frame = {} if request.headers.get(FRAGMENT_HEADER) in FRAGMENTS else each_context(request)
    context = frame | queue_context(request, queue)
    return render_review_page(request, context | quote_context)


def get_quote_for_review(pk: int) -> Quote:
    """The quote with everything the screen shows except the article's text. Raises Http404."""
    rows = Quote.objects.select_related(
        "speaker", "claim", "decided_by", "snapshot__source__fingerprint", "hold__editor"
    )
    quote = rows.prefetch_related("claim__topics").defer("snapshot__text").filter(pk=pk).first()
    if quote is None:
        raise Http404
    return quote


def render_review_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Renders the page, or for the screen's script only the part that changes between quotes."""
    fragment = request.headers.get(FRAGMENT_HEADER)
    is_fragment = fragment in FRAGMENTS
    # What is fetched in advance may never be shown: messages stay for the page that is.
    posted = [] if fragment == "prefetch" else list(messages.get_messages(request))
    successes = [message for message in posted if message.level == messages.SUCCESS]
    context["done"] = successes[-1] if successes else ""  # stands in the place of the last operation
    context["review_messages"] = [message for message in posted if message not in successes]
    template = f"claims/admin/review/{'screen' if is_fragment else 'page'}.html"
    response = TemplateResponse(request, template, context)
    response["Vary"] = FRAGMENT_HEADER
    response["Cache-Control"] = "no-store"  # the back button must show the current state of the queue
    return response


def queue_context(request: HttpRequest, queue: ReviewQueue) -> dict[str, object]:
    """The context that does not depend on the quote."""
    user = current_user(request)
    return {
        "title": "Review queue",
        "queue": queue,
        "chips": list(_filter_chips(queue)),
        "decisions": queue.DECISIONS,
        "confidences": queue.CONFIDENCES,
        "worth_bands": queue.WORTH,
        "orders": queue.ORDERS,
        "topics": Topic.objects.order_by("name", "id")[:200],
        **_last_action(user),
        "badge": sidebar_badges(request).get("queue", ""),
        "may_decide": user.has_perm("claims.decide_quote"),
        "may_add": user.has_perm("claims.add_quote"),
        "may_add_speaker": user.has_perm("claims.add_speaker"),
    }


def render_refused_release(
    request: HttpRequest,
    queue: ReviewQueue,
    quote: Quote,
    problem: str,
    each_context: Callable[[HttpRequest], dict[str, object]],
) -> HttpResponse:
    """Shows the quote with the wording that was posted and why its claim was not released in it."""
    quote_context = quote_screen_context(request, queue, get_quote_for_review(quote.pk), problem=problem)
    return render_review_page(request, each_context(request) | queue_context(request, queue) | quote_context)


def quote_screen_context(
    request: HttpRequest, queue: ReviewQueue, quote: Quote, *, problem: str = ""
) -> dict[str, object]:
    user, position = current_user(request), queue_position(quote)
    activity, version = quote_card.quote_activity(quote)
    candidates = quote_card.candidate_speakers(quote)
    similar, similar_problem = search_or_explain(lambda: list_similar_claims(quote))
    similar_reviews, _ = search_or_explain(lambda: find_similar_reviews(quote.exact, limit=MAX_SIMILAR_REVIEWS))
    this_speaker = quote.speaker_id or NO_SPEAKER
    adjacent = queue.adjacent(position)
    following = queue.next(position) if adjacent is None or queue.skipped else adjacent
    copies = find_copies(quote)
    pending = [copy for copy in copies if copy.decision == QuoteDecision.PENDING == quote.decision]
    if following in {copy.pk for copy in pending}:  # it is decided with this one, so another one follows
        following = None
    return {
        "quote": quote,
        "source": quote.snapshot.source,
        "source_url": quote_source_url(quote),
        "place": quote.snapshot.position_at(quote.start),
        "window": window_around(quote, queue.url),
        "inferred_speaker": describe_inferred_speaker(quote),
        "change": describe_source_change(quote),
        "score": explain_score(quote),
        "doubts": quote_card.describe_doubts(quote),
        "line": build_claim_line(quote, user, typed=request.POST.get("text") if problem else None, problem=problem),
        "similar": similar,
        "similar_problem": similar_problem,
        "similar_reviews": similar_reviews,
        "copies": copies,
        "pending_copies": pending,
        "counterparts": list_counterparts(quote),
        "suggested_counterparts": suggest_counterparts(quote),
        "quote_url": queue.url(quote.pk),
        "candidates": [(speaker, quote_card.summarize_speaker(speaker)) for speaker in candidates],
        "new_name": quote_card.suggested_name(quote),
        "new_kind": quote_card.suggested_kind(quote),
        "kinds": SpeakerKind.choices,
        "reasons": RejectionReason.choices,
        "activity": activity,
        "version": version,
        "lock": quote_card.lock_of_other_editor(quote, user),
        "text": quote.in_marks(quote_card.MAX_CARD_CHARACTERS),
        "is_truncated": len(quote.text) > quote_card.MAX_CARD_CHARACTERS,
        "remaining": queue.count(),
        "skipped": queue.count(pk__in=queue.skipped) if queue.skipped else "",
        "is_skipped": quote.pk in queue.skipped,
        "remaining_here": queue.count(snapshot=quote.snapshot_id),
        "following": _queue_url(queue, following),
        "next": _queue_url(queue, adjacent),
        "previous": _queue_url(queue, queue.adjacent(position, backwards=True)),
        "this_source_url": "" if queue.source else queue.url(quote.pk, source=quote.snapshot.source_id),
        "this_speaker_url": "" if queue.speaker else queue.url(quote.pk, speaker=this_speaker),
    }


def _describe_unread_source(queue: ReviewQueue) -> str:
    """Why a queue of one source is empty, if extraction does not read the language of that."""
    source = Source.objects.filter(pk=queue.source).first() if queue.source else None
    return describe_unread_language(source) if source else ""


def _last_action(user: User) -> dict[str, object]:
    """What `u` takes back: the last skip, if nothing was done since, or else the last operation."""
    operation, skip = last_operation(user), last_skip(editor=user)
    if skip and (operation is None or operation.at < skip.at):
        return {"last": operation, "last_skip": skip, "last_summary": f"Skipped: {describe_quote(skip.quote)}"}
    return {"last": operation, "last_skip": None, "last_summary": operation.summary if operation else ""}


def _queue_url(queue: ReviewQueue, pk: int | None) -> str:
    return queue.url(pk) if pk else ""


def _filter_chips(queue: ReviewQueue) -> Iterator[tuple[str, str]]:
    """The active filters as labels, each with the URL of the queue without it."""
    if queue.source:
        source = Source.objects.filter(pk=queue.source).first()
        yield str(source or "Deleted source"), queue.url(source="")
    if queue.speaker == NO_SPEAKER:
        yield "Speaker unknown", queue.url(speaker="")
    elif queue.speaker:
        speaker = Speaker.objects.filter(pk=queue.speaker).first()
        yield str(speaker or "Deleted speaker"), queue.url(speaker="")
    if queue.topic:
        topic = Topic.objects.filter(pk=queue.topic).first()
        yield str(topic or "Deleted topic"), queue.url(topic="")
    if queue.confidence:
        yield queue.CONFIDENCES[queue.confidence], queue.url(confidence="")
    if queue.worth:
        yield f"Worth checking: {queue.WORTH[queue.worth]}", queue.url(worth="")
    if queue.order:
        yield queue.ORDERS[queue.order], queue.url(order="")
    if queue.changed:
        yield "Changed source", queue.url(changed="")
    if queue.mine:
        yield "Mine", queue.url(mine="")
