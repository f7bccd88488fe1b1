"""Undo in the review queue: takes back a decision on a quote at once, and asks before it takes back anything else."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.html import format_html

from claims.admin.common.base import current_user
from claims.admin.common.formatting import truncate_line
from claims.admin.review import request_params
from claims.admin.review.access import ADD_QUOTE, DECIDE_QUOTE, get_quote_or_404, require_permission
from claims.admin.review.posted_change import confirmation_scope, posted_queue, render_confirmation
from claims.admin.review.queue import ReviewQueue, queue_position
from claims.admin.review.screen import render_review_page
from claims.models import Operation, OperationVerb, Quote
from claims.services.claims.corrections import PublicNoteRequiredError, ReopenConfirmationRequiredError
from claims.services.errors import RefusedError
from claims.services.history.undo import REVIEW_VERBS, describe_effects, undo_operation
from claims.services.quotes.review_decisions import describe_quote
from claims.services.quotes.skips import take_back_skip

MAX_SUMMARY_BEFORE_LINK = 45  # characters, so that both fit into the line
NOT_ONLY_REVIEW_FIELD = "other"  # posted once the editor has confirmed to undo something done elsewhere


def undo_last_view(request: HttpRequest, each_context: Callable[[HttpRequest], dict[str, object]]) -> HttpResponse:
    """Undoes the operation or skip that the editor was shown as their last one, and stays at the quote shown."""
    queue, editor = posted_queue(request), current_user(request)
    back = request_params.parse_id(request.POST, "back")
    if skipped := request_params.parse_id(request.POST, "skipped"):
        quote = get_quote_or_404(skipped)
        take_back_skip(quote=skipped, editor=editor)
        return _report(request, queue, f"Skipped: {describe_quote(quote)}", changed=skipped, shown=back or skipped)
    operation_id = request_params.parse_required_id(request.POST, "operation")
    operation = get_object_or_404(Operation, pk=operation_id, editor=editor)
    require_permission(request, ADD_QUOTE if operation.verb == OperationVerb.ADD_QUOTE else DECIDE_QUOTE)
    if operation.verb not in REVIEW_VERBS and NOT_ONLY_REVIEW_FIELD not in request.POST:
        context = {
            "title": "Undo",
            "operation": operation,
            "effects": describe_effects(operation),
            "queue": queue,
            "back": back,
            "back_url": queue.url(back),
        }
        return render_review_page(request, each_context(request) | context)
    shown = Quote.objects.filter(pk=back or 0).first()
    try:
        with confirmation_scope(request):
            undo_operation(operation=operation, editor=editor, note=request_params.parse_note(request.POST))
    except (PublicNoteRequiredError, ReopenConfirmationRequiredError) as required:
        return render_confirmation(request, required, queue.url(back), each_context)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(queue.url(back))
    changed_ids = [row["pk"] for row in operation.rows if row["model"] == "quote"]
    changed = Quote.objects.filter(pk__in=changed_ids[:1]).values_list("pk", flat=True).first()
    if shown is None:  # the queue was empty
        target = changed
    elif Quote.objects.filter(pk=shown.pk).exists():
        target = shown.pk
    else:  # the undo has removed a quote that was added or split off
        target = changed or queue.next(queue_position(shown))
    return _report(request, queue, operation.summary, changed=changed, shown=target)


def _report(
    request: HttpRequest, queue: ReviewQueue, summary: str, *, changed: int | None, shown: int | None
) -> HttpResponse:
    """Says what was undone, with a link to the quote that it changed unless that is shown."""
    message = f"Undone: {summary}"
    if changed and changed != shown:
        message = f"Undone: {truncate_line(summary, MAX_SUMMARY_BEFORE_LINK)}"
        message = format_html('{} <a href="{}" data-navigate>Show quote</a>', message, queue.url(changed))
    messages.success(request, message)
    return HttpResponseRedirect(queue.url(shown))
