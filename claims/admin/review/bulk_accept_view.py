"""Accepts several quotes of an article at once, after a preview in which each can be deselected."""

from collections.abc import Callable, Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from claims.admin.common.base import current_user
from claims.admin.common.formatting import quoted, truncate_line
from claims.admin.common.highlight import TextMark, highlight_spans
from claims.admin.review import request_params
from claims.admin.review.queue import ReviewQueue
from claims.models import Source
from claims.services.claims.corrections import PublicNoteRequiredError
from claims.services.errors import RefusedError
from claims.services.quotes.bulk_accept import (
    MAX_BULK_ACCEPT,
    BulkAcceptPreview,
    PreviewedQuote,
    bulk_accept,
    preview_bulk_accept,
)
from claims.services.quotes.copies import count_decided

DEFAULT_MIN_CONFIDENCE = 0.9


def bulk_accept_view(
    request: HttpRequest, pk: int, each_context: Callable[[HttpRequest], dict[str, object]]
) -> HttpResponse:
    """GET: a preview. POST: accepts the selected quotes that have not changed since the preview."""
    source = get_object_or_404(Source, pk=pk)
    data = request.POST if request.method == "POST" else request.GET
    min_confidence = request_params.parse_percent(data, "least", DEFAULT_MIN_CONFIDENCE)
    if request.method == "POST":
        return _accept_selected(request, source, min_confidence)
    preview = preview_bulk_accept(source=source, min_confidence=min_confidence)
    context = {
        "title": f"Accept quotes in “{truncate_line(str(source), 100)}”",
        "source": source,
        "least": round(min_confidence * 100),
        "preview": preview,
        "left_out": list(_describe_left_out(preview, min_confidence)),
        "rows": [(previewed, _render_excerpt(previewed)) for previewed in preview.quotes],
        "back": ReviewQueue.from_query(QueryDict(), current_user(request)).url(source=pk),
    }
    return TemplateResponse(request, "claims/admin/review/bulk_accept.html", each_context(request) | context)


def _render_excerpt(previewed: PreviewedQuote) -> SafeString:
    """The quote in its sentences, with the quote, its cue and its mention marked."""
    quote, excerpt = previewed.quote, previewed.excerpt
    marks = [
        TextMark(spans=quote.spans, style=f"quote-{quote.decision}"),
        TextMark(spans=quote.cue_spans, style="cue"),
        TextMark(spans=quote.mention_spans, style="mention"),
    ]
    before, after = "… " * excerpt.is_cut_before, " …" * excerpt.is_cut_after
    return SafeString(before) + highlight_spans(excerpt.text, marks, offset=excerpt.start) + SafeString(after)


def _describe_left_out(preview: BulkAcceptPreview, min_confidence: float) -> Iterator[str]:
    if preview.without_speaker:
        yield f"{preview.without_speaker} without a speaker"
    if preview.below_confidence:
        yield f"{preview.below_confidence} below {min_confidence:.0%}"
    if preview.source_changed:
        yield f"{preview.source_changed} that the newest version of the article lacks"


def _accept_selected(request: HttpRequest, source: Source, min_confidence: float) -> HttpResponse:
    back = ReviewQueue.from_query(QueryDict(), current_user(request)).url(source=source.pk)
    seen = {}
    for value in request.POST.getlist("seen")[: MAX_BULK_ACCEPT + 1]:
        quote_id, _, version = value.partition("-")
        data = QueryDict(mutable=True)
        data.update({"quote": quote_id, "version": version})
        seen[request_params.parse_required_id(data, "quote")] = request_params.parse_int(data, "version") or 0
    copies = request_params.parse_id_lists(request.POST, "copies")
    try:
        result = bulk_accept(
            source=source, min_confidence=min_confidence, seen=seen, editor=current_user(request), copies=copies
        )
    except PublicNoteRequiredError as required:
        messages.error(request, f"{required} Accept the quotes of this claim one by one.")
        return HttpResponseRedirect(request.get_full_path())
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(request.get_full_path())
    messages.success(request, f"{count_decided(result)} accepted. Undo restores all of them.")
    for quote, reason in result.refused[:20]:
        messages.warning(request, f"Not accepted: {quoted(quote.text, quote.kind, 80)}: {reason}.")
    return HttpResponseRedirect(back)
