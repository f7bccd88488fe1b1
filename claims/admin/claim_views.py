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

from claims.admin.asking import way_back
from claims.admin.base import editor
from claims.admin.claim_state import publication, status_label
from claims.admin.look import Textarea
from claims.admin.steps import taken
from claims.admin.wording import shortened
from claims.models import Claim, Operation, Quote, RelationKind
from claims.services import link, relate, split, undo

DECIDE = "claims.decide_quote"
CHANGE = "claims.change_claim"
MOST_QUOTES = 200  # to choose from on the page that splits
_ID = re.compile(r"[0-9]{1,18}", re.ASCII)
View = Callable[[Any, HttpRequest, Claim], HttpResponse]


class SplitForm(forms.Form):
    """How the new claim reads."""

    wording = forms.CharField(
        required=False,
        label="The new claim",
        widget=Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text="Left empty, it reads as the first of the quotes.",
    )


def page_of(claim: Claim) -> str:
    """Where the claim is looked at."""
    return reverse("admin:claims_claim_change", args=[claim.pk])


def named(rows: Any, asked: str | None) -> Any:
    """The row with this id, as an address or a form gives it. Raises Http404 if there is none."""
    row = rows.filter(pk=asked).first() if asked and _ID.fullmatch(asked) else None
    if row is None:
        raise Http404
    return row


def posted(request: HttpRequest) -> None:
    """Raises Http404 for a look at what only acts."""
    if request.method != "POST":
        raise Http404


def split_view(model_admin: Any, request: HttpRequest, claim: Claim) -> HttpResponse:
    """GET: which quotes go, and how the new claim reads. POST: two claims."""
    rows = claim.quotes.select_related("speaker", "snapshot__source").defer("snapshot__text").order_by("pk")
    form = SplitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = [int(each) for each in request.POST.getlist("quotes") if _ID.fullmatch(each)]

        def do() -> str:
            wording = form.cleaned_data["wording"]
            new = split.split_claim(claim=claim, quotes=chosen, text=wording, editor=editor(request))
            count = "1 quote makes" if len(chosen) == 1 else f"{len(chosen)} quotes make"
            return f"{count} a claim of its own now: “{shortened(new.text, 100)}” (#{new.pk})."

        return taken(request, model_admin, do, back=page_of(claim))
    page: HttpResponse = model_admin.ask(
        request,
        title=f"Split: {shortened(claim.text, 120)}",
        template="claims/admin/split.html",
        form=form,
        quotes=rows[:MOST_QUOTES],
        back=page_of(claim),
    )
    return page


def merge_view(model_admin: Any, request: HttpRequest, claim: Claim) -> HttpResponse:
    """GET: both, side by side. POST: one has everything, the other leads to it."""
    rows = model_admin.get_queryset(request).select_related("speaker")
    other = named(rows, request.POST.get("other") or request.GET.get("other"))
    both = {str(each.pk): each for each in (named(rows, str(claim.pk)), other)}
    if request.method == "POST" and request.POST.get("kept") in both:
        kept = both.pop(request.POST["kept"])
        emptied = next(iter(both.values()), kept)

        def do() -> str:
            split.merge_claims(kept=kept, emptied=emptied, editor=editor(request))
            return f"“{shortened(emptied.text, 80)}” (#{emptied.pk}) was merged into this claim."

        return taken(request, model_admin, do, back=page_of(kept))
    page: HttpResponse = model_admin.ask(
        request,
        title="Merge two claims",
        template="claims/admin/merge_claims.html",
        sides=[_side(each) for each in both.values()],
        other=other,
        back=page_of(claim),
    )
    return page


def _side(claim: Any) -> dict[str, Any]:
    rows = claim.quotes.select_related("speaker", "snapshot__source").defer("snapshot__text")
    return {
        "claim": claim,
        "quotes": rows.order_by("decision", "pk")[:5],
        "status": status_label(claim),
        "publication": publication(claim),
    }


def take_view(model_admin: Any, request: HttpRequest, claim: Claim) -> HttpResponse:
    """POST: the quote makes this claim."""
    posted(request)
    quote = named(Quote.objects.all(), request.POST.get("quote"))

    def do() -> str:
        link.set_claim(quote=quote, claim=claim, editor=editor(request))
        return f"The quote makes the claim “{shortened(claim.text, 100)}” now."

    return taken(request, model_admin, do, back=way_back(request, _quote_page(quote)))


def own_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """POST: the quote makes a claim of its own."""
    posted(request)
    quote = named(Quote.objects.all(), request.POST.get("quote"))

    def do() -> str:
        claim = link.own_claim(quote=quote, editor=editor(request))
        return f"The quote makes a claim of its own: “{shortened(claim.text, 100)}”."

    return taken(request, model_admin, do, back=way_back(request, _quote_page(quote)))


def relate_view(model_admin: Any, request: HttpRequest, claim: Claim) -> HttpResponse:
    """POST: how this claim stands to another, or that they have nothing to do with each other."""
    posted(request)
    other, kind = named(Claim.objects.all(), request.POST.get("other")), request.POST.get("kind", "")
    back = way_back(request, page_of(claim))
    if kind == "none":
        return taken(request, model_admin, lambda: _dismissed(request, claim, other), back=back)
    turned = kind.startswith("by-")
    if (name := kind.removeprefix("by-")) not in RelationKind.values:
        messages.error(request, "Choose how the two stand to each other.")
        return HttpResponseRedirect(back)
    first, second = (other, claim) if turned else (claim, other)

    def do() -> str:
        row = relate.relate(first=first, second=second, kind=RelationKind(name), editor=editor(request))
        return f"Noted: {shortened(str(row), 200)}."

    return taken(request, model_admin, do, back=back)


def undo_view(model_admin: Any, request: HttpRequest, operation: Operation) -> HttpResponse:
    """GET: what would be taken back. POST: it is."""
    if operation.editor_id != request.user.pk:
        raise PermissionDenied
    back = way_back(request, reverse("admin:claims_claim_changelist"))
    if request.method == "POST":

        def do() -> str:
            return f"{undo.undo(operation=operation, editor=editor(request)).summary}."

        return taken(request, model_admin, do, back=back)
    page: HttpResponse = model_admin.ask(
        request, title=f"Undo: {operation.summary}", template="claims/admin/undo.html", operation=operation, back=back
    )
    return page


def undo_link(request: HttpRequest, text: str) -> SafeString | str:
    """The message, with a link to take back what this person did last."""
    last = undo.last_of(editor(request))
    if last is None:
        return text
    address = reverse("admin:claims_claim_undo", args=[last.pk])
    return format_html('{} <a class="fb-link" href="{}?{}">Undo</a>', text, address, urlencode({"back": request.path}))


def _dismissed(request: HttpRequest, claim: Claim, other: Claim) -> str:
    relate.dismiss_likeness(first=claim, second=other, editor=editor(request))
    return f"“{shortened(other.text, 80)}” is not related; it is not suggested again."


def _quote_page(quote: Quote) -> str:
    return reverse("admin:claims_quote_change", args=[quote.pk])


def views(model_admin: Any) -> list[URLPattern]:
    """Their addresses; each asks for what it takes before it shows anything."""

    def guarded(view: View, *permissions: str) -> Callable[..., HttpResponse]:
        def answer(request: HttpRequest, pk: int) -> HttpResponse:
            if not all(map(request.user.has_perm, permissions)):
                raise PermissionDenied
            return view(model_admin, request, named(Claim.objects.select_related("speaker"), str(pk)))

        return model_admin.admin_site.admin_view(answer)  # type: ignore[no-any-return]  # Django's own types it so

    def own(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(DECIDE):
            raise PermissionDenied
        return own_view(model_admin, request)

    def undoing(request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        return undo_view(model_admin, request, named(Operation.objects.all(), str(pk)))

    return [
        path("undo/<int:pk>/", model_admin.admin_site.admin_view(undoing), name="claims_claim_undo"),
        path("<int:pk>/split/", guarded(split_view, CHANGE, DECIDE), name="claims_claim_split"),
        path("<int:pk>/merge/", guarded(merge_view, CHANGE, DECIDE), name="claims_claim_merge"),
        path("<int:pk>/take/", guarded(take_view, DECIDE), name="claims_claim_take"),
        path("<int:pk>/relate/", guarded(relate_view, CHANGE), name="claims_claim_relate"),
        path("own/", model_admin.admin_site.admin_view(own), name="claims_claim_own"),
    ]
