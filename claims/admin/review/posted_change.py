"""What changes on the review screen share: the queue they are made in, and the confirmation that some need first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from claims.admin.common.base import current_user
from claims.admin.common.confirmation import ASK_SOMEONE_ELSE, CONFIRMED_FIELD, confirmation_title, may_correct
from claims.admin.review import request_params
from claims.admin.review.queue import ReviewQueue
from claims.admin.review.screen import render_review_page
from claims.services.claims.corrections import PublicNote, PublicNoteRequiredError, ReopenConfirmationRequiredError


def posted_queue(request: HttpRequest) -> ReviewQueue:
    """The queue that the form was shown in."""
    return ReviewQueue.from_query(QueryDict(request.POST.get("queue", "")), current_user(request))


@contextmanager
def confirmation_scope(request: HttpRequest) -> Iterator[None]:
    """Rolls back a change that has to be confirmed first. Only those who may correct claims can give a note."""
    if isinstance(request_params.parse_note(request.POST), PublicNote) and not may_correct(request):
        raise PermissionDenied
    with transaction.atomic():
        yield


def render_confirmation(
    request: HttpRequest,
    required: PublicNoteRequiredError | ReopenConfirmationRequiredError,
    back: str,
    each_context: Callable[[HttpRequest], dict[str, object]],
) -> HttpResponse:
    """Shows the consequences of an action, and a form that posts it again with a note or a confirmation."""
    needs_note = isinstance(required, PublicNoteRequiredError)
    if needs_note and not may_correct(request):
        messages.error(request, f"{required} {ASK_SOMEONE_ELSE}")
        return HttpResponseRedirect(back)
    own_fields = {"csrfmiddlewaretoken", "note_text", "note_reason", CONFIRMED_FIELD}
    context = {
        "title": confirmation_title(required),
        "required": required,
        "needs_note": needs_note,
        "reposted": [
            (name, value) for name, values in request.POST.lists() if name not in own_fields for value in values
        ],
        "action": request.path,
        "back": back,
        "note_text": request.POST.get("note_text", ""),
    }
    return render_review_page(request, each_context(request) | context)
