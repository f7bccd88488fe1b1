"""What a change would do is shown first: which verdicts it sends back to review, and what readers are told of it.

A POST whose service asks for a public note, or would reopen a verdict, is answered by a page that shows this and posts
the same again, with the note or the word that it is meant. Nothing is changed until then.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from claims.admin.common.unfold_compat import ModelAdmin, Textarea
from claims.models import Claim, Verification
from claims.services.claims import corrections
from claims.services.claims.corrections import PublicNote, PublicNoteRequiredError, ReopenConfirmationRequiredError

CORRECT_PERMISSION = "claims.correct_claim"  # what it takes to change what readers see
DRAFT_BUTTON = "_draft"  # the button that keeps a change as a draft
CONFIRMED_FIELD = "_confirmed"
OWN_FIELDS = {"csrfmiddlewaretoken", CONFIRMED_FIELD, DRAFT_BUTTON, "note-what", "note-why"}
MAX_REPOSTED_FIELDS = 2000
MAX_CLAIMS_SHOWN = 20  # claims


class PublicNoteForm(forms.Form):
    """The public note."""

    prefix = "note"
    what = forms.CharField(
        label="What was changed", max_length=1000, widget=Textarea(attrs={"rows": 2}), help_text="Readers see it."
    )
    why = forms.CharField(label="Why", max_length=2000, widget=Textarea(attrs={"rows": 2}), help_text="Readers see it.")


def public_note_from(request: HttpRequest) -> PublicNote | None:
    """The note that was given, if it is whole."""
    form = PublicNoteForm(request.POST)
    return PublicNote(form.cleaned_data["what"], form.cleaned_data["why"]) if form.is_valid() else None


def may_correct(request: HttpRequest) -> bool:
    """Whether this person may change what readers see."""
    return request.user.has_perm(CORRECT_PERMISSION)


def run_with_confirmation(
    request: HttpRequest, model_admin: ModelAdmin, do: Callable[[], Any], *, back: str = "", drafts: bool = False
) -> Any:
    """What `do` returns, with the note that was given; or the page that asks. `drafts`: it may be kept as a draft."""
    note = public_note_from(request) if may_correct(request) else None
    try:
        with (
            transaction.atomic(),
            corrections.require_confirmation(note=note, confirmed=CONFIRMED_FIELD in request.POST),
        ):
            return do()
    except (PublicNoteRequiredError, ReopenConfirmationRequiredError) as asking:
        needs_note = isinstance(asking, PublicNoteRequiredError)
        back = back or request.get_full_path()
        if needs_note and not may_correct(request) and not drafts:
            messages.error(request, f"{asking} Somebody who may correct claims does that.")
            return HttpResponseRedirect(back)
        return _render_confirmation_page(
            request, model_admin, asking, needs_note=needs_note, drafts=drafts and needs_note, back=back
        )


def _render_confirmation_page(  # noqa: PLR0913  # who asks, what for, and what may be answered
    request: HttpRequest,
    model_admin: ModelAdmin,
    asking: PublicNoteRequiredError | ReopenConfirmationRequiredError,
    *,
    needs_note: bool,
    drafts: bool,
    back: str,
) -> HttpResponse:
    given = {"note-what", "note-why"} & set(request.POST)
    # As they stand: what came with the question is as the change would leave it.
    claims = list(Claim.objects.filter(pk__in=[claim.pk for claim in asking.claims[:MAX_CLAIMS_SHOWN]]).order_by("pk"))
    rows = Verification.objects.filter(pk__in=[row.pk for row in asking.verifications]).order_by("pk")
    text = request.POST.get("text")
    page: HttpResponse = model_admin.ask(  # type: ignore[attr-defined]  # a StepsAdmin's
        request,
        title="Readers see this" if needs_note else "A verdict goes back to review",
        template="claims/admin/common/confirm_change.html",
        form=(PublicNoteForm(request.POST) if given else PublicNoteForm()) if needs_note else None,
        claims=claims,
        more_claims=max(len(asking.claims) - MAX_CLAIMS_SHOWN, 0),
        verifications=rows.select_related("claim", "rating", "author"),
        fields=reposted_fields(request),
        drafts=drafts,
        may_correct=may_correct(request),
        new_text=text if text and model_admin.model is Claim and text.strip() != claims[0].text else None,
        back=back,
    )
    return page


def reposted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, to be posted again."""
    pairs = ((name, value) for name, values in request.POST.lists() if name not in OWN_FIELDS for value in values)
    return [(name, str(value)) for name, value in pairs][:MAX_REPOSTED_FIELDS]


def return_url(request: HttpRequest, otherwise: str) -> str:
    """Where the editor came from, if that is a page of this site."""
    back = request.POST.get("back") or request.GET.get("back") or ""
    own = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return back if own else otherwise
