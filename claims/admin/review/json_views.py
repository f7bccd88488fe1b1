"""What the screen's script asks while one quote is looked at, answered as JSON."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from claims.admin.common.base import current_user
from claims.admin.review import quote_card, request_params
from claims.admin.review.access import (
    DECIDE_QUOTE,
    VIEW_QUOTE,
    get_quote_or_404,
    get_snapshot_or_404,
    id_or_404,
    require_permission,
)
from claims.admin.review.article_window import MAX_WINDOW, read_window
from claims.admin.review.queue import ReviewQueue
from claims.models import Quote, Snapshot, Speaker, SpeakerName
from claims.models.name_keys import name_key
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import get_version
from claims.services.quotes import review_lock
from claims.services.quotes.text_selection import join_spans, validate_selection

MAX_SPEAKERS_FOUND = 8
_MAX_NAMES_SCANNED = 60


@require_POST
def review_lock_view(request: HttpRequest, pk: int) -> JsonResponse:
    """That the editor looks at the quote, or looks no more; answered with who does, and with the quote's version."""
    require_permission(request, DECIDE_QUOTE)
    quote = get_quote_or_404(pk)
    if request.POST.get("go") == "1":
        review_lock.release_review_locks(editor=current_user(request), quotes=[quote.pk])
        return JsonResponse({})
    held = review_lock.acquire_review_lock(quote=quote, editor=current_user(request))
    mine = held.editor_id == current_user(request).pk
    other = "" if mine else f"{held.editor} is looking at this until {held.until:%H:%M} UTC."
    return JsonResponse({"other": other, "version": get_version(quote)})


@require_GET
def article_text_view(request: HttpRequest, pk: int) -> JsonResponse:
    """More of the article: the part between two offsets, at most MOST_AT_ONCE code points of it."""
    require_permission(request, VIEW_QUOTE)
    queue = ReviewQueue.of(request.GET, current_user(request))
    first, last = (
        request_params.parse_int(request.GET, "first") or 0,
        request_params.parse_int(request.GET, "last") or 0,
    )
    if not 0 <= first < last <= first + MAX_WINDOW or last > 10**9:
        raise BadRequest(f"At most {MAX_WINDOW} characters are given at once.")
    asked = request_params.parse_id(request.GET, "quote")
    quote = Quote.objects.filter(pk=asked, snapshot=id_or_404(pk)).first() if asked else None
    if not Snapshot.objects.filter(pk=pk).exists():
        raise Http404
    part = read_window(pk, first, last, quote=quote, address=queue.address, trim=False)
    return JsonResponse({"html": part.html, "first": part.first, "last": part.last, "length": part.length})


@require_GET
def speaker_search_view(request: HttpRequest) -> JsonResponse:
    """Speakers by name and alias, in any word of it, those who are quoted most first."""
    require_permission(request, "claims.view_speaker")
    asked = name_key(request_params.parse_text_line(request.GET, "q", 200))
    if not asked:
        return JsonResponse({"results": []})
    named = Speaker.objects.current().filter(pk__in=_speaker_ids_by_name(asked))
    found = quote_card.annotate_speakers(named)[:MAX_SPEAKERS_FOUND]
    return JsonResponse(
        {"results": [{"id": each.pk, "name": each.name, "about": quote_card.summarize_speaker(each)} for each in found]}
    )


@require_POST
def selection_preview_view(request: HttpRequest, pk: int) -> JsonResponse:
    """What a selection would be as a quote, or why it cannot be one; nothing is changed."""
    require_permission(request, VIEW_QUOTE)
    snapshot, selection = get_snapshot_or_404(pk), request_params.parse_selection(request.POST)
    if selection is None:
        raise BadRequest("Nothing was selected.")
    try:
        spans = validate_selection(selection, snapshot)
    except RefusedError as refusal:
        return JsonResponse({"problem": str(refusal)})
    start, end = spans[0][0], spans[-1][1]
    around = {"before": snapshot.text[max(start - 40, 0) : start], "after": snapshot.text[end : end + 40]}
    return JsonResponse({"spans": spans, "exact": join_spans(snapshot.text, spans)[:2000], **around})


def _speaker_ids_by_name(asked: str) -> list[int]:
    """Speakers one of whose names begins with what is asked, then those of whom another word does."""
    names = SpeakerName.objects.filter(speaker__merged_into=None).order_by("key", "id")
    first = list(names.filter(key__startswith=asked).values_list("speaker", flat=True)[:_MAX_NAMES_SCANNED])
    more = names.filter(key__contains=f" {asked}").values_list("speaker", flat=True)[:_MAX_NAMES_SCANNED]
    return [*first, *more]
