"""All of a source at once: which quotes that would be, each with a tick, and then one stroke."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse

from claims.admin.common.base import current_user
from claims.admin.common.formatting import shortened
from claims.admin.review import request_params
from claims.admin.review.queue import ReviewQueue
from claims.models import Source
from claims.services.claims.corrections import PublicNoteRequiredError
from claims.services.errors import RefusedError
from claims.services.quotes.bulk_accept import MAX_BULK_ACCEPT, bulk_accept, preview_bulk_accept

DEFAULT_MIN_CONFIDENCE = 0.9


def bulk_accept_view(
    request: HttpRequest, pk: int, each_context: Callable[[HttpRequest], dict[str, Any]]
) -> HttpResponse:
    """GET: the preview. POST: what was ticked in it is accepted, if it is as it was."""
    source = Source.objects.filter(pk=pk).first()
    if source is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    least = request_params.parse_percent(given, "least", DEFAULT_MIN_CONFIDENCE)
    if request.method == "POST":
        return _accept_selected(request, source, least)
    shown = preview_bulk_accept(source=source, least_confidence=least)
    context = {
        "title": f"Accept all of “{shortened(str(source), 100)}”",
        "source": source,
        "least": round(least * 100),
        "shown": shown,
        "rows": [(quote, shown.versions[quote.pk]) for quote in shown.quotes],
        "most": MAX_BULK_ACCEPT,
        "back": ReviewQueue.of(QueryDict(), current_user(request)).address(source=pk),
    }
    return TemplateResponse(request, "claims/admin/review/bulk_accept.html", each_context(request) | context)


def _accept_selected(request: HttpRequest, source: Source, least: float) -> HttpResponse:
    back = ReviewQueue.of(QueryDict(), current_user(request)).address(source=source.pk)
    seen = {}
    for ticked in request.POST.getlist("seen")[: MAX_BULK_ACCEPT + 1]:
        number, _, version = ticked.partition("-")
        read = QueryDict(mutable=True)
        read.update({"quote": number, "version": version})
        seen[request_params.parse_required_id(read, "quote")] = request_params.parse_int(read, "version") or 0
    try:
        done = bulk_accept(source=source, least_confidence=least, seen=seen, editor=current_user(request))
    except PublicNoteRequiredError as needed:
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
