"""The page that compares two speakers and merges one into the other."""

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.html import format_html

from claims.admin.common.base import current_user, parse_number_param
from claims.admin.common.object_actions import ObjectActionsAdmin, run_and_notify
from claims.admin.common.unfold_compat import RadioSelect
from claims.admin.speakers.position_timeline import describe_positions_on
from claims.models import QuoteDecision, Speaker
from claims.services.speakers import merge

MERGE_PERMISSION = "claims.merge_speaker"  # to merge, to undo a merge, and to dismiss a suggestion
MAX_QUOTES_PER_SIDE = 3
MAX_ROWS_PER_SIDE = 30  # names, positions and verdicts


class MergeSpeakersForm(forms.Form):
    kept = forms.ChoiceField(widget=RadioSelect, label="Keep")

    def __init__(self, data: QueryDict | None, speakers: list[Speaker]) -> None:
        super().__init__(data)
        choices = [(str(speaker.pk), f"{speaker.name} (#{speaker.pk})") for speaker in speakers]
        self.fields["kept"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField's


def compare_speakers(speakers: list[Speaker]) -> list[dict[str, object]]:
    """Returns what to compare of two speakers; each one's `preview` tells what a merge would move to it."""
    return [_speaker_side(speaker, other) for speaker, other in zip(speakers, reversed(speakers), strict=True)]


def _speaker_side(speaker: Speaker, other: Speaker) -> dict[str, object]:
    quotes = speaker.quotes.select_related("snapshot__source").defer("snapshot__text").order_by("-pk")
    counts = dict(speaker.quotes.order_by().values_list("decision").annotate(n=Count("pk")))
    positions = list(speaker.positions.all())
    preview = merge.preview_merge(kept=speaker, merged=other)
    return {
        "speaker": speaker,
        "names": list(speaker.names.order_by("id")[:MAX_ROWS_PER_SIDE]),
        "positions": positions[:MAX_ROWS_PER_SIDE],
        "n_quotes": sum(counts.values()),
        "counts": [(decision, counts.get(decision.value, 0)) for decision in QuoteDecision],
        "n_claims": speaker.claims.confirmed().count(),
        "latest": [
            (quote, describe_positions_on(positions, quote.snapshot.source.published_on))
            for quote in quotes[:MAX_QUOTES_PER_SIDE]
        ],
        "preview": preview,
        "moving_names": preview.names[:MAX_ROWS_PER_SIDE],
        "reopened": preview.reopened[:MAX_ROWS_PER_SIDE],
    }


def merge_speakers_view(model_admin: ObjectActionsAdmin, request: HttpRequest) -> HttpResponse:
    """GET: both speakers side by side. POST: merges them."""
    if not (model_admin.has_view_permission(request) and request.user.has_perm(MERGE_PERMISSION)):
        raise PermissionDenied
    numbers = [parse_number_param(request.GET.get(name)) for name in ("first", "second")]
    speaker_ids = [number for number in numbers if number is not None]
    speakers = list(Speaker.objects.filter(pk__in=speaker_ids).select_related("merged_into").order_by("pk"))
    if len(speakers) != 2:
        raise Http404
    form = MergeSpeakersForm(request.POST if request.method == "POST" else None, speakers)
    if form.is_valid():
        kept, merged = sorted(speakers, key=lambda speaker: str(speaker.pk) != form.cleaned_data["kept"])
        run_and_notify(request, lambda: merge_and_describe(kept, merged, current_user(request)))
        return HttpResponseRedirect(reverse("admin:claims_speaker_change", args=[kept.pk]))
    return model_admin.render_page(
        request,
        title=f"Merge {speakers[0]} and {speakers[1]}",
        form=form,
        sides=compare_speakers(speakers),
        template="claims/admin/speakers/merge.html",
    )


def merge_and_describe(kept: Speaker, merged: Speaker, editor: User) -> str:
    """Merges the speakers and returns the message with a link to undo it. Raises RefusedError as the service does."""
    speaker_merge = merge.merge_speakers(kept=kept, merged=merged, editor=editor)
    return format_html(
        "“{}” (#{}) was merged into “{}” (#{}). <a href='{}'>View or undo</a>",
        merged,
        merged.pk,
        kept,
        kept.pk,
        reverse("admin:claims_speakermerge_change", args=[speaker_merge.pk]),
    )
