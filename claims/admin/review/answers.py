"""What the screen's script asks while one quote is looked at, answered as JSON."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from claims.admin.base import editor
from claims.admin.review import card, reading
from claims.admin.review.article import MOST_AT_ONCE, window
from claims.admin.review.guard import DECIDE, VIEW, key_of, quote_of, refuse_unless, snapshot_of
from claims.admin.review.queue import Queue
from claims.models import Quote, Snapshot, Speaker, SpeakerName
from claims.models.names import key
from claims.services import hold
from claims.services.refusal import RefusedError
from claims.services.selection import fitted, said
from claims.services.version import version_of

MOST_FOUND = 8
_LOOKED_THROUGH = 60


@require_POST
def take_hold(request: HttpRequest, pk: int) -> JsonResponse:
    """That the editor looks at the quote, or looks no more; answered with who does, and with the quote's version."""
    refuse_unless(request, DECIDE)
    quote = quote_of(pk)
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
    refuse_unless(request, VIEW)
    queue = Queue.of(request.GET, editor(request))
    first, last = reading.whole(request.GET, "first") or 0, reading.whole(request.GET, "last") or 0
    if not 0 <= first < last <= first + MOST_AT_ONCE or last > 10**9:
        raise BadRequest(f"At most {MOST_AT_ONCE} characters are given at once.")
    asked = reading.key(request.GET, "quote")
    quote = Quote.objects.filter(pk=asked, snapshot=key_of(pk)).first() if asked else None
    if not Snapshot.objects.filter(pk=pk).exists():
        raise Http404
    part = window(pk, first, last, quote=quote, address=queue.address, trim=False)
    return JsonResponse({"html": part.html, "first": part.first, "last": part.last, "length": part.length})


@require_GET
def speakers(request: HttpRequest) -> JsonResponse:
    """Speakers by name and alias, in any word of it, those who are quoted most first."""
    refuse_unless(request, "claims.view_speaker")
    asked = key(reading.plain(request.GET, "q", 200))
    if not asked:
        return JsonResponse({"results": []})
    named = Speaker.objects.current().filter(pk__in=_bearers(asked))
    found = card.described(named)[:MOST_FOUND]
    return JsonResponse({"results": [{"id": each.pk, "name": each.name, "about": card.about(each)} for each in found]})


@require_POST
def preview(request: HttpRequest, pk: int) -> JsonResponse:
    """What a selection would be as a quote, or why it cannot be one; nothing is changed."""
    refuse_unless(request, VIEW)
    snapshot, selection = snapshot_of(pk), reading.selection(request.POST)
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
    names = SpeakerName.objects.filter(speaker__merged_into=None).order_by("key", "id")
    first = list(names.filter(key__startswith=asked).values_list("speaker", flat=True)[:_LOOKED_THROUGH])
    more = names.filter(key__contains=f" {asked}").values_list("speaker", flat=True)[:_LOOKED_THROUGH]
    return [*first, *more]
