"""All of a source at once: which quotes that would be, each with a tick, and then one stroke."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse

from claims.admin.base import editor
from claims.admin.review import reading
from claims.admin.review.queue import Queue
from claims.admin.wording import shortened
from claims.models import Source
from claims.services.accept_source import MOST, accept_source, preview
from claims.services.correct import NoteNeededError
from claims.services.refusal import RefusedError

DEFAULT = 0.9


def view(request: HttpRequest, pk: int, each_context: Callable[[HttpRequest], dict[str, Any]]) -> HttpResponse:
    """GET: the preview. POST: what was ticked in it is accepted, if it is as it was."""
    source = Source.objects.filter(pk=pk).first()
    if source is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    least = reading.share(given, "least", DEFAULT)
    if request.method == "POST":
        return _accept(request, source, least)
    shown = preview(source=source, least_confidence=least)
    context = {
        "title": f"Accept all of “{shortened(str(source), 100)}”",
        "source": source,
        "least": round(least * 100),
        "shown": shown,
        "rows": [(quote, shown.versions[quote.pk]) for quote in shown.quotes],
        "most": MOST,
        "back": Queue.of(QueryDict(), editor(request)).address(source=pk),
    }
    return TemplateResponse(request, "claims/admin/review_source.html", each_context(request) | context)


def _accept(request: HttpRequest, source: Source, least: float) -> HttpResponse:
    back = Queue.of(QueryDict(), editor(request)).address(source=source.pk)
    seen = {}
    for ticked in request.POST.getlist("seen")[: MOST + 1]:
        number, _, version = ticked.partition("-")
        read = QueryDict(mutable=True)
        read.update({"quote": number, "version": version})
        seen[reading.needed(read, "quote")] = reading.whole(read, "version") or 0
    try:
        done = accept_source(source=source, least_confidence=least, seen=seen, editor=editor(request))
    except NoteNeededError as needed:
        messages.error(request, f"{needed} Accept the quotes of that claim one by one.")
        return HttpResponseRedirect(request.get_full_path())
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(request.get_full_path())
    quotes = "1 quote" if done.changed == 1 else f"{done.changed} quotes"
    messages.success(request, f"{quotes} accepted; one undo takes all of them back.")
    for quote, why in done.refused[:20]:
        messages.warning(request, f"Not accepted: “{shortened(quote.exact, 80)}”: {why}.")
    return HttpResponseRedirect(back)
