"""What is done with several claims at once, or with a claim and a quote, each on a page or by a button of its own."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.claims.claim_status import publication_label, status_label
from claims.admin.common.base import current_user
from claims.admin.common.confirmation import return_url
from claims.admin.common.formatting import shortened
from claims.admin.common.object_actions import run_and_redirect
from claims.admin.common.unfold_compat import Textarea
from claims.models import Claim, Operation, Quote, RelationKind
from claims.services.claims import relations, split_merge
from claims.services.history import undo
from claims.services.quotes import claim_links

DECIDE_QUOTES_PERMISSION = "claims.decide_quote"
CHANGE_CLAIMS_PERMISSION = "claims.change_claim"
MAX_SPLIT_QUOTES = 200  # to choose from on the page that splits
_ID_PATTERN = re.compile(r"[0-9]{1,18}", re.ASCII)
ClaimView = Callable[[Any, HttpRequest, Claim], HttpResponse]


class SplitClaimForm(forms.Form):
    """How the new claim reads."""

    wording = forms.CharField(
        required=False,
        label="The new claim",
        widget=Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text="Left empty, it reads as the first of the quotes.",
    )


def claim_change_url(claim: Claim) -> str:
    """Where the claim is looked at."""
    return reverse("admin:claims_claim_change", args=[claim.pk])


def get_row_or_404(rows: Any, asked: str | None) -> Any:
    """The row with this id, as an address or a form gives it. Raises Http404 if there is none."""
    row = rows.filter(pk=asked).first() if asked and _ID_PATTERN.fullmatch(asked) else None
    if row is None:
        raise Http404
    return row


def refuse_get(request: HttpRequest) -> None:
    """Raises Http404 for a look at what only acts."""
    if request.method != "POST":
        raise Http404


def split_claim_view(model_admin: Any, request: HttpRequest, claim: Claim) -> HttpResponse:
    """GET: which quotes go, and how the new claim reads. POST: two claims."""
    rows = claim.quotes.select_related("speaker", "snapshot__source").defer("snapshot__text").order_by("pk")
    form = SplitClaimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = [int(each) for each in request.POST.getlist("quotes") if _ID_PATTERN.fullmatch(each)]

        def do() -> str:
            wording = form.cleaned_data["wording"]
            new = split_merge.split_claim(claim=claim, quotes=chosen, text=wording, editor=current_user(request))
            count = "1 quote makes" if len(chosen) == 1 else f"{len(chosen)} quotes make"
            return f"{count} a claim of its own now: “{shortened(new.text, 100)}” (#{new.pk})."

        return run_and_redirect(request, model_admin, do, back=claim_change_url(claim))
    page: HttpResponse = model_admin.ask(
        request,
        title=f"Split: {shortened(claim.text, 120)}",
        template="claims/admin/claims/split.html",
        form=form,
        quotes=rows[:MAX_SPLIT_QUOTES],
        back=claim_change_url(claim),
    )
    return page


def merge_claims_view(model_admin: Any, request: HttpRequest, claim: Claim) -> HttpResponse:
    """GET: both, side by side. POST: one has everything, the other leads to it."""
    rows = model_admin.get_queryset(request).select_related("speaker")
    other = get_row_or_404(rows, request.POST.get("other") or request.GET.get("other"))
    both = {str(each.pk): each for each in (get_row_or_404(rows, str(claim.pk)), other)}
    if request.method == "POST" and request.POST.get("kept") in both:
        kept = both.pop(request.POST["kept"])
        emptied = next(iter(both.values()), kept)

        def do() -> str:
            split_merge.merge_claims(kept=kept, emptied=emptied, editor=current_user(request))
            return f"“{shortened(emptied.text, 80)}” (#{emptied.pk}) was merged into this claim."

        return run_and_redirect(request, model_admin, do, back=claim_change_url(kept))
    page: HttpResponse = model_admin.ask(
        request,
        title="Merge two claims",
        template="claims/admin/claims/merge.html",
        sides=[_claim_side(each) for each in both.values()],
        other=other,
        back=claim_change_url(claim),
    )
    return page


def _claim_side(claim: Any) -> dict[str, Any]:
    rows = claim.quotes.select_related("speaker", "snapshot__source").defer("snapshot__text")
    return {
        "claim": claim,
        "quotes": rows.order_by("decision", "pk")[:5],
        "status": status_label(claim),
        "publication": publication_label(claim),
    }


def move_quote_to_claim_view(model_admin: Any, request: HttpRequest, claim: Claim) -> HttpResponse:
    """POST: the quote makes this claim."""
    refuse_get(request)
    quote = get_row_or_404(Quote.objects.all(), request.POST.get("quote"))

    def do() -> str:
        claim_links.set_quote_claim(quote=quote, claim=claim, editor=current_user(request))
        return f"The quote makes the claim “{shortened(claim.text, 100)}” now."

    return run_and_redirect(request, model_admin, do, back=return_url(request, _quote_change_url(quote)))


def create_own_claim_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """POST: the quote makes a claim of its own."""
    refuse_get(request)
    quote = get_row_or_404(Quote.objects.all(), request.POST.get("quote"))

    def do() -> str:
        claim = claim_links.create_own_claim(quote=quote, editor=current_user(request))
        return f"The quote makes a claim of its own: “{shortened(claim.text, 100)}”."

    return run_and_redirect(request, model_admin, do, back=return_url(request, _quote_change_url(quote)))


def relate_claims_view(model_admin: Any, request: HttpRequest, claim: Claim) -> HttpResponse:
    """POST: how this claim stands to another, or that they have nothing to do with each other."""
    refuse_get(request)
    other, kind = get_row_or_404(Claim.objects.all(), request.POST.get("other")), request.POST.get("kind", "")
    back = return_url(request, claim_change_url(claim))
    if kind == "none":
        return run_and_redirect(request, model_admin, lambda: _dismiss_and_describe(request, claim, other), back=back)
    turned = kind.startswith("by-")
    if (name := kind.removeprefix("by-")) not in RelationKind.values:
        messages.error(request, "Choose how the two stand to each other.")
        return HttpResponseRedirect(back)
    first, second = (other, claim) if turned else (claim, other)

    def do() -> str:
        row = relations.relate_claims(first=first, second=second, kind=RelationKind(name), editor=current_user(request))
        return f"Noted: {shortened(str(row), 200)}."

    return run_and_redirect(request, model_admin, do, back=back)


def undo_operation_view(model_admin: Any, request: HttpRequest, operation: Operation) -> HttpResponse:
    """GET: what would be taken back. POST: it is."""
    if operation.editor_id != request.user.pk:
        raise PermissionDenied
    back = return_url(request, reverse("admin:claims_claim_changelist"))
    if request.method == "POST":

        def do() -> str:
            return f"{undo.undo_operation(operation=operation, editor=current_user(request)).summary}."

        return run_and_redirect(request, model_admin, do, back=back)
    page: HttpResponse = model_admin.ask(
        request,
        title=f"Undo: {operation.summary}",
        template="claims/admin/history/undo.html",
        operation=operation,
        back=back,
    )
    return page


def append_undo_link(request: HttpRequest, text: str) -> SafeString | str:
    """The message, with a link to take back what this person did last."""
    last = undo.last_operation(current_user(request))
    if last is None:
        return text
    address = reverse("admin:claims_claim_undo", args=[last.pk])
    return format_html('{} <a class="fb-link" href="{}?{}">Undo</a>', text, address, urlencode({"back": request.path}))


def _dismiss_and_describe(request: HttpRequest, claim: Claim, other: Claim) -> str:
    relations.dismiss_similar_claim(first=claim, second=other, editor=current_user(request))
    return f"“{shortened(other.text, 80)}” is not related; it is not suggested again."


def _quote_change_url(quote: Quote) -> str:
    return reverse("admin:claims_quote_change", args=[quote.pk])


def claim_urls(model_admin: Any) -> list[URLPattern]:
    """Their addresses; each asks for what it takes before it shows anything."""

    def guarded(view: ClaimView, *permissions: str) -> Callable[..., HttpResponse]:
        def answer(request: HttpRequest, pk: int) -> HttpResponse:
            if not all(map(request.user.has_perm, permissions)):
                raise PermissionDenied
            return view(model_admin, request, get_row_or_404(Claim.objects.select_related("speaker"), str(pk)))

        return model_admin.admin_site.admin_view(answer)  # type: ignore[no-any-return]  # Django's own types it so

    def own(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(DECIDE_QUOTES_PERMISSION):
            raise PermissionDenied
        return create_own_claim_view(model_admin, request)

    def undoing(request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(CHANGE_CLAIMS_PERMISSION):
            raise PermissionDenied
        return undo_operation_view(model_admin, request, get_row_or_404(Operation.objects.all(), str(pk)))

    return [
        path("undo/<int:pk>/", model_admin.admin_site.admin_view(undoing), name="claims_claim_undo"),
        path(
            "<int:pk>/split/",
            guarded(split_claim_view, CHANGE_CLAIMS_PERMISSION, DECIDE_QUOTES_PERMISSION),
            name="claims_claim_split",
        ),
        path(
            "<int:pk>/merge/",
            guarded(merge_claims_view, CHANGE_CLAIMS_PERMISSION, DECIDE_QUOTES_PERMISSION),
            name="claims_claim_merge",
        ),
        path("<int:pk>/take/", guarded(move_quote_to_claim_view, DECIDE_QUOTES_PERMISSION), name="claims_claim_take"),
        path("<int:pk>/relate/", guarded(relate_claims_view, CHANGE_CLAIMS_PERMISSION), name="claims_claim_relate"),
        path("own/", model_admin.admin_site.admin_view(own), name="claims_claim_own"),
    ]
