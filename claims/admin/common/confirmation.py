"""Confirmation of changes that readers would notice or that send a verdict back to review.

Admin views pass `confirmed_note` to services. When a service raises `PublicNoteRequiredError` or
`ReopenConfirmationRequiredError`, the POST is answered by a page that shows the consequences and posts the same data
again, with a public note or a confirmation. Until then nothing is changed.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from claims.admin.common.unfold_compat import ModelAdmin, Textarea
from claims.models import Verification
from claims.services.claims.corrections import (
    Note,
    PublicNote,
    PublicNoteRequiredError,
    ReopenConfirmationRequiredError,
    Unconfirmed,
)

CORRECT_PERMISSION = "claims.correct_claim"  # required to change what readers see
DRAFT_BUTTON = "_draft"  # saves a change as a draft
CONFIRMED_FIELD = "_confirmed"
OWN_FIELDS = {"csrfmiddlewaretoken", CONFIRMED_FIELD, DRAFT_BUTTON, "note-what", "note-why"}
MAX_REPOSTED_FIELDS = 2000
MAX_DIFFERENCES_SHOWN = 20
ASK_SOMEONE_ELSE = "Ask someone who can correct public claims."

Result = TypeVar("Result")


class PublicNoteForm(forms.Form):
    prefix = "note"
    what = forms.CharField(
        label="What was changed", max_length=1000, widget=Textarea(attrs={"rows": 2}), help_text="Shown to readers."
    )
    why = forms.CharField(
        label="Why", max_length=2000, widget=Textarea(attrs={"rows": 2}), help_text="Shown to readers."
    )


def public_note_from(request: HttpRequest) -> PublicNote | None:
    """The public note that was posted, or None unless it is complete."""
    form = PublicNoteForm(request.POST)
    return PublicNote(form.cleaned_data["what"], form.cleaned_data["why"]) if form.is_valid() else None


def confirmed_note(request: HttpRequest) -> Note:
    """What the user has confirmed: a public note, which takes the permission to correct, or to reopen verifications."""
    note = public_note_from(request) if may_correct(request) else None
    return Unconfirmed() if note is None and CONFIRMED_FIELD not in request.POST else note


def may_correct(request: HttpRequest) -> bool:
    return request.user.has_perm(CORRECT_PERMISSION)


def run_with_confirmation(
    request: HttpRequest,
    model_admin: ModelAdmin,
    run: Callable[[], Result],
    *,
    back: str = "",
    allow_draft: bool = False,
) -> Result | HttpResponse:
    """Returns the result of `run`, or a response with the confirmation page if the change has to be confirmed first.

    With `allow_draft` the page offers to save the change as a draft.
    """
    try:
        with transaction.atomic():
            return run()
    except (PublicNoteRequiredError, ReopenConfirmationRequiredError) as required:
        back = back or request.get_full_path()
        if isinstance(required, ReopenConfirmationRequiredError):
            return _render_confirmation_page(request, model_admin, required, form=None, back=back)
        if not may_correct(request) and not allow_draft:
            messages.error(request, f"{required} {ASK_SOMEONE_ELSE}")
            return HttpResponseRedirect(back)
        has_note_fields = bool({"note-what", "note-why"} & set(request.POST))
        form = PublicNoteForm(request.POST if has_note_fields else None)
        return _render_confirmation_page(request, model_admin, required, form=form, drafts=allow_draft, back=back)


def confirmation_title(required: PublicNoteRequiredError | ReopenConfirmationRequiredError) -> str:
    if isinstance(required, ReopenConfirmationRequiredError):
        return "A verdict goes back to review"
    if not required.claims:
        return "This quote is public" if len(required.differences) == 1 else "These quotes are public"
    return "This claim is public" if len(required.claims) == 1 else "These claims are public"


def _render_confirmation_page(
    request: HttpRequest,
    model_admin: Any,
    required: PublicNoteRequiredError | ReopenConfirmationRequiredError,
    **context: object,
) -> HttpResponse:
    differences = required.differences if isinstance(required, PublicNoteRequiredError) else ()
    verifications = Verification.objects.filter(pk__in=[row.pk for row in required.verifications]).order_by("pk")
    response: HttpResponse = model_admin.render_page(
        request,
        title=confirmation_title(required),
        template="claims/admin/common/confirm_change.html",
        differences=differences[:MAX_DIFFERENCES_SHOWN],
        more_differences=max(len(differences) - MAX_DIFFERENCES_SHOWN, 0),
        verifications=verifications.select_related("claim", "rating", "author"),
        fields=reposted_fields(request),
        may_correct=may_correct(request),
        **context,
    )
    return response


def reposted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, as pairs for hidden fields."""
    pairs = ((name, value) for name, values in request.POST.lists() if name not in OWN_FIELDS for value in values)
    return [(name, str(value)) for name, value in pairs][:MAX_REPOSTED_FIELDS]


def return_url(request: HttpRequest, default: str) -> str:
    """The `back` parameter if it leads to this site, otherwise `default`."""
    back = request.POST.get("back") or request.GET.get("back") or ""
    is_local = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if is_local else default
