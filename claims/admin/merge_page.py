"""Two speakers side by side: what each has, what would move, and the question which of them is kept."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from claims.admin.look import RadioSelect
from claims.admin.positions import then
from claims.admin.steps import take
from claims.models import Decision, Speaker
from claims.services import merge

MERGING = "claims.merge_speaker"  # what it takes to merge, to part again, and to say that two are not one
LATEST = 3  # quotes shown of each
MOST_LISTED = 30  # names, positions and verdicts shown of each


class KeepForm(forms.Form):
    """Who speaks for both."""

    kept = forms.ChoiceField(widget=RadioSelect, label="Keep")

    def __init__(self, data: Any, speakers: list[Speaker]) -> None:
        super().__init__(data)
        choices = [(str(speaker.pk), f"{speaker.name} (#{speaker.pk})") for speaker in speakers]
        self.fields["kept"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField's


def side_by_side(speakers: list[Speaker]) -> list[dict[str, Any]]:
    """What an editor compares, for each of the two; `moves` is what comes to it if it is kept."""
    return [_side(speaker, other) for speaker, other in zip(speakers, reversed(speakers), strict=True)]


def _side(speaker: Speaker, other: Speaker) -> dict[str, Any]:
    quotes = speaker.quotes.select_related("snapshot__source").defer("snapshot__text").order_by("-pk")
    counts = dict(speaker.quotes.order_by().values_list("decision").annotate(n=Count("pk")))
    positions = list(speaker.positions.all())
    moves = merge.moves(kept=speaker, merged=other)
    return {
        "speaker": speaker,
        "names": list(speaker.names.order_by("id")[:MOST_LISTED]),
        "positions": positions[:MOST_LISTED],
        "n_quotes": sum(counts.values()),
        "counts": [(decision, counts.get(decision.value, 0)) for decision in Decision],
        "n_claims": speaker.claims.count(),
        "latest": [(quote, then(positions, quote.snapshot.source.published_on)) for quote in quotes[:LATEST]],
        "moves": moves,
        "moving_names": moves.names[:MOST_LISTED],
        "reopened": moves.reopened[:MOST_LISTED],
    }


def merge_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """GET: both, side by side. POST: the merge."""
    if not (model_admin.has_view_permission(request) and request.user.has_perm(MERGING)):
        raise PermissionDenied
    asked = [request.GET.get(name, "") for name in ("first", "second")]
    ids = [int(each) for each in asked if each.isascii() and each.isdigit() and len(each) < 19]
    speakers = list(Speaker.objects.filter(pk__in=ids).select_related("merged_into").order_by("pk"))
    if len(speakers) != 2:
        raise Http404
    form = KeepForm(request.POST if request.method == "POST" else None, speakers)
    if form.is_valid():
        kept, merged = sorted(speakers, key=lambda speaker: str(speaker.pk) != form.cleaned_data["kept"])
        take(request, lambda: told(kept, merged, request.user))
        return HttpResponseRedirect(reverse("admin:claims_speaker_change", args=[kept.pk]))
    title = f"Merge {speakers[0]} and {speakers[1]}"
    page: HttpResponse = model_admin.ask(
        request, title=title, form=form, sides=side_by_side(speakers), template="claims/admin/merge.html"
    )
    return page


def told(kept: Speaker, merged: Speaker, editor: Any) -> str:
    """Merge, and say so. Raises RefusedError as the service does."""
    done = merge.merge_speakers(kept=kept, merged=merged, editor=editor)
    page = reverse("admin:claims_speakermerge_change", args=[done.pk])
    return format_html(
        "“{}” (#{}) was merged into “{}” (#{}). It can be undone under <a href='{}'>Merges</a>.",
        *(merged, merged.pk, kept, kept.pk, page),
    )
