"""JSON views for the review screen's scripts."""

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
    """Acquires the review lock, or releases it with `go=1`. Returns who else holds it, and the quote's version."""
    require_permission(request, DECIDE_QUOTE)
    quote = get_quote_or_404(pk)
    if request.POST.get("go") == "1":
        review_lock.release_review_locks(editor=current_user(request), quotes=[quote.pk])
        return JsonResponse({})
    lock = review_lock.acquire_review_lock(quote=quote, editor=current_user(request))
    is_own = lock.editor_id == current_user(request).pk
    other = "" if is_own else f"{lock.editor} is reviewing this quote (until {lock.until:%H:%M} UTC)."
    return JsonResponse({"other": other, "version": get_version(quote)})


@require_GET
def article_text_view(request: HttpRequest, pk: int) -> JsonResponse:
    """The article's text between two offsets, at most `MAX_WINDOW` code points."""
    require_permission(request, VIEW_QUOTE)
    queue = ReviewQueue.from_query(request.GET, current_user(request))
    first = request_params.parse_int(request.GET, "first") or 0
    last = request_params.parse_int(request.GET, "last") or 0
    if not 0 <= first < last <= first + MAX_WINDOW or last > 10**9:
        raise BadRequest(f"The range must be within the text and at most {MAX_WINDOW} characters long.")
    quote_id = request_params.parse_id(request.GET, "quote")
    quote = Quote.objects.filter(pk=quote_id, snapshot=id_or_404(pk)).first() if quote_id else None
    if not Snapshot.objects.filter(pk=pk).exists():
        raise Http404
    part = read_window(pk, first, last, quote=quote, quote_url=queue.url, trim=False)
    return JsonResponse({"html": part.html, "first": part.first, "last": part.last, "length": part.length})


@require_GET
def speaker_search_view(request: HttpRequest) -> JsonResponse:
    """Speakers with a name or alias in which a word starts with `q`, the most quoted first."""
    require_permission(request, "claims.view_speaker")
    prefix = name_key(request_params.parse_text_line(request.GET, "q", 200))
    if not prefix:
        return JsonResponse({"results": []})
    matches = Speaker.objects.current().filter(pk__in=_speaker_ids_by_name(prefix))
    speakers = quote_card.annotate_speakers(matches)[:MAX_SPEAKERS_FOUND]
    results = [
        {"id": speaker.pk, "name": speaker.name, "about": quote_card.summarize_speaker(speaker)} for speaker in speakers
    ]
    return JsonResponse({"results": results})


@require_POST
def selection_preview_view(request: HttpRequest, pk: int) -> JsonResponse:
    """The quote that a selection would make, or the problem with it. Changes nothing."""
    require_permission(request, VIEW_QUOTE)
    snapshot, selection = get_snapshot_or_404(pk), request_params.parse_required_selection(request.POST)
    try:
        spans = validate_selection(selection, snapshot)
    except RefusedError as refusal:
        return JsonResponse({"problem": str(refusal)})
    start, end = spans[0][0], spans[-1][1]
    context = {"before": snapshot.text[max(start - 40, 0) : start], "after": snapshot.text[end : end + 40]}
    return JsonResponse({"spans": spans, "exact": join_spans(snapshot.text, spans)[:2000], **context})


def _speaker_ids_by_name(prefix: str) -> list[int]:
    """Speakers with a name that starts with `prefix`, then those with another word that does."""
    names = SpeakerName.objects.filter(speaker__merged_into=None).order_by("key", "id")
    name_matches = list(names.filter(key__startswith=prefix).values_list("speaker", flat=True)[:_MAX_NAMES_SCANNED])
    word_matches = names.filter(key__contains=f" {prefix}").values_list("speaker", flat=True)[:_MAX_NAMES_SCANNED]
    return [*name_matches, *word_matches]
