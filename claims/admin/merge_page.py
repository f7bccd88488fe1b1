"""Two speakers side by side, and the question which of them is kept."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claims.admin.look import RadioSelect
from claims.admin.steps import take
from claims.models import Speaker
from claims.services import merge


class KeepForm(forms.Form):
    """Who speaks for both."""

    kept = forms.ChoiceField(widget=RadioSelect, label="Keep")

    def __init__(self, data: Any, speakers: list[Speaker]) -> None:
        super().__init__(data)
        choices = [(str(speaker.pk), f"{speaker.name} (#{speaker.pk})") for speaker in speakers]
        self.fields["kept"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField's


def side_by_side(speakers: list[Speaker]) -> list[dict[str, Any]]:
    """What an editor compares, for each."""
    return [
        {
            "speaker": speaker,
            "names": list(speaker.names.order_by("id")),
            "positions": list(speaker.positions.order_by("id")),
            "n_quotes": speaker.quotes.count(),
            "n_claims": speaker.claims.count(),
            "latest": speaker.quotes.order_by("-id").first(),
        }
        for speaker in speakers
    ]


def merge_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """GET: both, side by side. POST: the merge."""
    if not request.user.has_perm("claims.merge_speaker"):
        raise PermissionDenied
    asked = [request.GET.get(name, "") for name in ("first", "second")]
    ids = [int(each) for each in asked if each.isascii() and each.isdigit() and len(each) < 19]
    speakers = list(Speaker.objects.filter(pk__in=ids).order_by("pk"))
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
    merge.merge_speakers(kept=kept, merged=merged, editor=editor)
    return f"“{merged}” (#{merged.pk}) was merged into “{kept}” (#{kept.pk}). It can be undone under Merges."
