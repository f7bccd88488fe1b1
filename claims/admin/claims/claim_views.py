"""Views that involve two claims, or a claim and a quote: split, merge, link and relate."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path, reverse

from claims.admin.claims.claim_status import publication_label, status_label
from claims.admin.common.base import current_user, parse_number_param
from claims.admin.common.confirmation import confirmed_note, return_url
from claims.admin.common.formatting import truncate_line
from claims.admin.common.object_actions import ObjectActionsAdmin, run_and_redirect, run_form
from claims.admin.common.unfold_compat import Textarea
from claims.admin.history.undo_view import undo_operation_view
from claims.models import Claim, Operation, Quote, RelationKind
from claims.services.claims import relations, split_merge
from claims.services.quotes import claim_links

_Row = TypeVar("_Row", bound=Model)

DECIDE_QUOTES_PERMISSION = "claims.decide_quote"
CHANGE_CLAIMS_PERMISSION = "claims.change_claim"
MAX_SPLIT_QUOTES = 200
MAX_MERGE_QUOTES = 5  # shown of each claim
ClaimView = Callable[[ObjectActionsAdmin, HttpRequest, Claim], HttpResponse]


class SplitClaimForm(forms.Form):
    quotes = forms.Field(required=False, widget=forms.CheckboxSelectMultiple)
    wording = forms.CharField(
        required=False,
        label="New claim",
        widget=Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text="Leave empty to use the first quote's words.",
    )

    def clean_quotes(self) -> list[int]:
        """The ids of the chosen quotes; the service refuses what cannot be moved."""
        numbers = map(parse_number_param, self.cleaned_data["quotes"])
        return [number for number in numbers if number is not None]


def claim_change_url(claim: Claim) -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk])


def get_row_or_404(queryset: QuerySet[_Row], pk: str | None) -> _Row:
    """Returns the row with the id that a URL or a form gives. Raises Http404 if there is none."""
    number = parse_number_param(pk)
    row = queryset.filter(pk=number).first() if number is not None else None
    if row is None:
        raise Http404
    return row


def refuse_get(request: HttpRequest) -> None:
    """Raises Http404 unless the request is a POST."""
    if request.method != "POST":
        raise Http404


def split_claim_view(model_admin: ObjectActionsAdmin, request: HttpRequest, claim: Claim) -> HttpResponse:
    """GET: the form to choose the quotes of the new claim. POST: splits the claim."""
    quotes = claim.quotes.select_related("speaker", "snapshot__source").defer("snapshot__text").order_by("pk")
    form = SplitClaimForm(request.POST if request.method == "POST" else None)
    back = claim_change_url(claim)
    chosen: list[int] = []
    if form.is_valid():
        chosen, wording = form.cleaned_data["quotes"], form.cleaned_data["wording"]

        def split() -> str:
            new_claim = split_merge.split_claim(
                claim=claim,
                quotes=chosen,
                text=wording,
                editor=current_user(request),
                note=confirmed_note(request),
            )
            count = f"{len(chosen)} quote{pluralize(len(chosen))}"
            return f"{count} moved to the new claim “{truncate_line(new_claim.text, 100)}” (#{new_claim.pk})."

        response = run_form(request, model_admin, form, split, back=back, field="quotes")
        if response:
            return response
    return model_admin.render_page(
        request,
        title=f"Split: {truncate_line(claim.text, 120)}",
        template="claims/admin/claims/split.html",
        form=form,
        quotes=quotes[:MAX_SPLIT_QUOTES],
        chosen=chosen,
        back=back,
    )


def merge_claims_view(model_admin: ObjectActionsAdmin, request: HttpRequest, claim: Claim) -> HttpResponse:
    """GET: both claims side by side. POST: merges one into the other, and leaves a redirect."""
    claims = model_admin.get_queryset(request).select_related("speaker")
    other = get_row_or_404(claims, request.POST.get("other") or request.GET.get("other"))
    claims_by_id = {str(row.pk): row for row in (get_row_or_404(claims, str(claim.pk)), other)}
    if request.method == "POST" and request.POST.get("kept") in claims_by_id:
        kept = claims_by_id.pop(request.POST["kept"])
        emptied = next(iter(claims_by_id.values()), kept)

        def merge() -> str:
            editor, note = current_user(request), confirmed_note(request)
            split_merge.merge_claims(kept=kept, emptied=emptied, editor=editor, note=note)
            return f"“{truncate_line(emptied.text, 80)}” (#{emptied.pk}) merged into this claim."

        return run_and_redirect(request, model_admin, merge, back=claim_change_url(kept))
    return model_admin.render_page(
        request,
        title="Merge two claims",
        template="claims/admin/claims/merge.html",
        sides=[_claim_side(row) for row in claims_by_id.values()],
        other=other,
        back=claim_change_url(claim),
    )


def _claim_side(claim: Any) -> dict[str, object]:
    quotes = claim.quotes.select_related("speaker", "snapshot__source").defer("snapshot__text")
    return {
        "claim": claim,
        "quotes": quotes.order_by("decision", "pk")[:MAX_MERGE_QUOTES],
        "status": status_label(claim),
        "publication": publication_label(claim),
    }


def move_quote_to_claim_view(model_admin: ObjectActionsAdmin, request: HttpRequest, claim: Claim) -> HttpResponse:
    """POST: links the quote to this claim."""
    refuse_get(request)
    quote = get_row_or_404(Quote.objects.all(), request.POST.get("quote"))

    def link() -> str:
        editor, note = current_user(request), confirmed_note(request)
        claim_links.set_quote_claim(quote=quote, claim=claim, editor=editor, note=note)
        return f"Quote linked to the claim “{truncate_line(claim.text, 100)}”."

    return run_and_redirect(request, model_admin, link, back=return_url(request, _quote_change_url(quote)))


def create_own_claim_view(model_admin: ObjectActionsAdmin, request: HttpRequest) -> HttpResponse:
    """POST: creates a new claim from the quote."""
    refuse_get(request)
    quote = get_row_or_404(Quote.objects.all(), request.POST.get("quote"))

    def create() -> str:
        editor, note = current_user(request), confirmed_note(request)
        claim = claim_links.create_own_claim(quote=quote, editor=editor, note=note)
        return f"New claim created from this quote: “{truncate_line(claim.text, 100)}”."

    return run_and_redirect(request, model_admin, create, back=return_url(request, _quote_change_url(quote)))


def relate_claims_view(model_admin: ObjectActionsAdmin, request: HttpRequest, claim: Claim) -> HttpResponse:
    """POST: sets the relation of this claim to another (`by-…`: of the other to this), or `none`."""
    refuse_get(request)
    other, kind = get_row_or_404(Claim.objects.all(), request.POST.get("other")), request.POST.get("kind", "")
    back = return_url(request, claim_change_url(claim))
    if kind == "none":
        return run_and_redirect(request, model_admin, lambda: _dismiss_and_describe(request, claim, other), back=back)
    name = kind.removeprefix("by-")
    if name not in RelationKind.values:
        messages.error(request, "Choose how the two claims are related.")
        return HttpResponseRedirect(back)
    first, second = (other, claim) if kind.startswith("by-") else (claim, other)

    def relate() -> str:
        relation = relations.relate_claims(
            first=first, second=second, kind=RelationKind(name), editor=current_user(request)
        )
        return f"Saved: {truncate_line(str(relation), 200)}."

    return run_and_redirect(request, model_admin, relate, back=back)


def _dismiss_and_describe(request: HttpRequest, claim: Claim, other: Claim) -> str:
    relations.dismiss_similar_claim(first=claim, second=other, editor=current_user(request))
    return f"“{truncate_line(other.text, 80)}” marked as not related. It will not be suggested again."


def _quote_change_url(quote: Quote) -> str:
    return reverse("admin:claims_quote_change", args=[quote.pk])


def claim_urls(model_admin: ObjectActionsAdmin) -> list[URLPattern]:
    """Returns the URLs of these views; each checks its permissions before it looks up a row."""
    admin_view = model_admin.admin_site.admin_view

    def guarded(view: ClaimView, *permissions: str) -> Callable[..., HttpResponse]:
        def claim_view(request: HttpRequest, pk: int) -> HttpResponse:
            if not all(map(request.user.has_perm, permissions)):
                raise PermissionDenied
            return view(model_admin, request, get_row_or_404(Claim.objects.select_related("speaker"), str(pk)))

        return admin_view(claim_view)

    def own_view(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(DECIDE_QUOTES_PERMISSION):
            raise PermissionDenied
        return create_own_claim_view(model_admin, request)

    def undo_view(request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(CHANGE_CLAIMS_PERMISSION):
            raise PermissionDenied
        return undo_operation_view(model_admin, request, get_row_or_404(Operation.objects.all(), str(pk)))

    return [
        path("undo/<int:pk>/", admin_view(undo_view), name="claims_claim_undo"),
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
        path("own/", admin_view(own_view), name="claims_claim_own"),
    ]
