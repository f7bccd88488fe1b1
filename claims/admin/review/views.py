"""URLs and views of the review screen. Only POST requests change anything."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from claims.admin.common.base import current_user
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
from claims.admin.review.posted_change import confirmation_scope, posted_queue, render_confirmation
from claims.admin.review.queue import queue_position
from claims.admin.review.review_actions import RELEASE, REVIEW_ACTIONS
from claims.admin.review.screen import render_refused_release, review_screen
from claims.admin.review.undo_last_view import undo_last_view
from claims.models import QuoteKind, Speaker
from claims.services.claims.corrections import PublicNoteRequiredError, ReopenConfirmationRequiredError
from claims.services.errors import RefusedError
from claims.services.quotes.add_quote import add_quote


def review_urls(site: AdminSite) -> list[URLPattern]:
    """The URL patterns, relative to the quote changelist."""

    def review_path(route: str, name: str, view: Callable[..., HttpResponse]) -> URLPattern:
        return path(f"review/{route}", site.admin_view(view), name=name)

    def screen(request: HttpRequest) -> HttpResponse:
        require_permission(request, VIEW_QUOTE)
        return review_screen(request, site.each_context)

    def run_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
        return review_action_view(request, pk, name, site.each_context)

    def undo(request: HttpRequest) -> HttpResponse:
        require_permission(request, VIEW_QUOTE)
        return undo_last_view(request, site.each_context)

    def accept_several(request: HttpRequest, pk: int) -> HttpResponse:
        require_permission(request, DECIDE_QUOTE)
        return bulk_accept_view.bulk_accept_view(request, id_or_404(pk), site.each_context)

    return [
        review_path("", "claims_review", require_GET(screen)),
        review_path("text/<int:pk>/", "claims_review_text", json_views.article_text_view),
        review_path("speakers/", "claims_review_speakers", json_views.speaker_search_view),
        review_path("preview/<int:pk>/", "claims_review_preview", json_views.selection_preview_view),
        review_path("add/<int:pk>/", "claims_review_add", add_quote_view),
        review_path("undo/", "claims_review_undo", require_POST(undo)),
        review_path("hold/<int:pk>/", "claims_review_hold", json_views.review_lock_view),
        review_path("source/<int:pk>/", "claims_review_source", accept_several),
        review_path("<int:pk>/<slug:name>/", "claims_review_act", require_POST(run_action)),
    ]


def review_action_view(
    request: HttpRequest, pk: int, name: str, each_context: Callable[[HttpRequest], dict[str, object]]
) -> HttpResponse:
    """Runs a review action and redirects to the quote, or to the next one after a decision."""
    action = REVIEW_ACTIONS.get(name)
    if action is None:
        raise Http404
    require_permission(request, action.permission)
    quote = get_quote_or_404(pk)
    queue = posted_queue(request)
    position = queue_position(quote)
    try:
        with confirmation_scope(request):
            message = action.run(quote, current_user(request), request.POST)
    except (PublicNoteRequiredError, ReopenConfirmationRequiredError) as required:
        return render_confirmation(request, required, queue.url(quote.pk), each_context)
    except RefusedError as refusal:
        if name == RELEASE:
            return render_refused_release(request, queue, quote, str(refusal), each_context)
        messages.error(request, str(refusal))
        return HttpResponseRedirect(queue.url(quote.pk))
    if message:
        messages.success(request, message)
    if not action.advance:
        return HttpResponseRedirect(queue.url(quote.pk))
    following = queue.next(position)
    if name == "skip" and following is None:
        messages.info(request, "This is the only quote in this queue.")
        following = quote.pk
    return HttpResponseRedirect(queue.url(following))


@require_POST
def add_quote_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a quote that the extractor missed."""
    require_permission(request, ADD_QUOTE)
    snapshot = get_snapshot_or_404(pk)
    queue = posted_queue(request)
    selection = request_params.parse_required_selection(request.POST)
    speaker_id, kind = request_params.parse_id(request.POST, "speaker"), request.POST.get("kind", "")
    if kind and kind not in QuoteKind.values:
        raise BadRequest("Unknown kind of quote.")
    back = request_params.parse_id(request.POST, "back")
    accept = request.POST.get("accept") == "1"
    if accept:
        require_permission(request, DECIDE_QUOTE)
    try:
        quote = add_quote(
            snapshot=snapshot,
            selection=selection,
            mention=request_params.parse_selection(request.POST, "mention"),
            speaker=Speaker.objects.filter(pk=speaker_id).first() if speaker_id else None,
            kind=QuoteKind(kind) if kind else None,
            accept=accept,
            editor=current_user(request),
        )
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(queue.url(back))
    messages.success(request, f"Quote added ({quote.get_decision_display().lower()}).")
    return HttpResponseRedirect(queue.url(quote.pk))
