"""Two speakers side by side: what each has, what would move, and the question which of them is kept."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from claims.admin.common.object_actions import run_and_notify
from claims.admin.common.unfold_compat import RadioSelect
from claims.admin.speakers.position_timeline import describe_positions_on
from claims.models import QuoteDecision, Speaker
from claims.services.speakers import merge

MERGE_PERMISSION = "claims.merge_speaker"  # what it takes to merge, to part again, and to say that two are not one
MAX_QUOTES_PER_SIDE = 3  # quotes shown of each
MAX_ROWS_PER_SIDE = 30  # names, positions and verdicts shown of each


class MergeSpeakersForm(forms.Form):
    """Who speaks for both."""

    kept = forms.ChoiceField(widget=RadioSelect, label="Keep")

    def __init__(self, data: Any, speakers: list[Speaker]) -> None:
        super().__init__(data)
        choices = [(str(speaker.pk), f"{speaker.name} (#{speaker.pk})") for speaker in speakers]
        self.fields["kept"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField's


def compare_speakers(speakers: list[Speaker]) -> list[dict[str, Any]]:
    """What an editor compares, for each of the two; `moves` is what comes to it if it is kept."""
    return [_speaker_side(speaker, other) for speaker, other in zip(speakers, reversed(speakers), strict=True)]


def _speaker_side(speaker: Speaker, other: Speaker) -> dict[str, Any]:
    quotes = speaker.quotes.select_related("snapshot__source").defer("snapshot__text").order_by("-pk")
    counts = dict(speaker.quotes.order_by().values_list("decision").annotate(n=Count("pk")))
    positions = list(speaker.positions.all())
    moves = merge.preview_merge(kept=speaker, merged=other)
    return {
        "speaker": speaker,
        "names": list(speaker.names.order_by("id")[:MAX_ROWS_PER_SIDE]),
        "positions": positions[:MAX_ROWS_PER_SIDE],
        "n_quotes": sum(counts.values()),
        "counts": [(decision, counts.get(decision.value, 0)) for decision in QuoteDecision],
        "n_claims": speaker.claims.count(),
        "latest": [
            (quote, describe_positions_on(positions, quote.snapshot.source.published_on))
            for quote in quotes[:MAX_QUOTES_PER_SIDE]
        ],
        "moves": moves,
        "moving_names": moves.names[:MAX_ROWS_PER_SIDE],
        "reopened": moves.reopened[:MAX_ROWS_PER_SIDE],
    }


def merge_speakers_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """GET: both, side by side. POST: the merge."""
    if not (model_admin.has_view_permission(request) and request.user.has_perm(MERGE_PERMISSION)):
        raise PermissionDenied
    asked = [request.GET.get(name, "") for name in ("first", "second")]
    ids = [int(each) for each in asked if each.isascii() and each.isdigit() and len(each) < 19]
    speakers = list(Speaker.objects.filter(pk__in=ids).select_related("merged_into").order_by("pk"))
    if len(speakers) != 2:
        raise Http404
    form = MergeSpeakersForm(request.POST if request.method == "POST" else None, speakers)
    if form.is_valid():
        kept, merged = sorted(speakers, key=lambda speaker: str(speaker.pk) != form.cleaned_data["kept"])
        run_and_notify(request, lambda: merge_and_describe(kept, merged, request.user))
        return HttpResponseRedirect(reverse("admin:claims_speaker_change", args=[kept.pk]))
    title = f"Merge {speakers[0]} and {speakers[1]}"
    page: HttpResponse = model_admin.ask(
        request, title=title, form=form, sides=compare_speakers(speakers), template="claims/admin/speakers/merge.html"
    )
    return page


def merge_and_describe(kept: Speaker, merged: Speaker, editor: Any) -> str:
    """Merge, and say so. Raises RefusedError as the service does."""
    done = merge.merge_speakers(kept=kept, merged=merged, editor=editor)
    page = reverse("admin:claims_speakermerge_change", args=[done.pk])
    return format_html(
        "“{}” (#{}) was merged into “{}” (#{}). It can be undone under <a href='{}'>Merges</a>.",
        *(merged, merged.pk, kept, kept.pk, page),
    )
