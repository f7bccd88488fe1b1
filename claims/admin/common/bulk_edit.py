"""Many rows changed at once: a page with a tick for each field; only what is ticked is touched.

The page says first how many rows it is about and shows some of them; it posts the action anew, with what was chosen.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from claims.admin.claims.claim_views import append_undo_link
from claims.admin.common.base import current_user, selected_ids
from claims.admin.common.confirmation import PublicNoteForm, may_correct, public_note_from, run_with_confirmation
from claims.admin.common.formatting import shortened
from claims.admin.common.unfold_compat import DateInput
from claims.models import Claim, Quote, Speaker, Topic
from claims.services.claims.bulk_changes import (
    BulkChanges,
    BulkResult,
    PublicationChange,
    bulk_change_claims,
    bulk_set_speaker,
)
from claims.services.errors import RefusedError

MAX_BULK_ROWS = 200  # rows at once
SAMPLE_SIZE = 10  # of which are shown
APPLY_BUTTON = "bulk-apply"


def speaker_field(*, required: bool = False) -> Any:
    """A speaker that speaks for itself, found by any of its names."""
    widget = AutocompleteSelect(Claim._meta.get_field("speaker"), admin.site)  # public by its docs
    return forms.ModelChoiceField(Speaker.objects.current(), required=required, widget=widget)


def topics_field(label: str) -> Any:
    """Topics, found by name."""
    widget = AutocompleteSelectMultiple(Claim._meta.get_field("topics"), admin.site)  # as above
    return forms.ModelMultipleChoiceField(Topic.objects.all(), required=False, widget=widget, label=label)


class BulkEditForm(forms.Form):
    """Fields, each with a tick: `ticked` are the names of those to touch."""

    prefix = "bulk"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):
            label = field.label or name.capitalize()
            field.widget.attrs["aria-label"] = f"{label}: what"  # the label beside it is the tick's
            self.fields[f"set_{name}"] = forms.BooleanField(required=False, label=label)

    @property
    def ticked(self) -> set[str]:
        """What is to be touched."""
        return {name.removeprefix("set_") for name, on in self.cleaned_data.items() if name.startswith("set_") and on}

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Each tick with its field, for the template."""
        return [(self[f"set_{name}"], self[name]) for name in self.fields if not name.startswith("set_")]

    def clean(self) -> dict[str, Any]:
        """Something is to be done, and not by accident."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.ticked:
            raise forms.ValidationError("Tick what shall be changed.")
        return given


class BulkClaimsForm(BulkEditForm):
    """What of claims."""

    add_topics = topics_field("Add topics")
    remove_topics = topics_field("Remove topics")
    speaker = speaker_field()
    said_on = forms.DateField(required=False, widget=DateInput, label="Said on")
    publication = forms.ChoiceField(
        required=False,
        label="Publication",
        choices=[("", "—"), (PublicationChange.RELEASE, "Release now"), (PublicationChange.RETRACT, "Retract")],
    )

    def clean(self) -> dict[str, Any]:
        """A topic is not both added and removed; what is ticked and cannot be nothing is given."""
        given = super().clean()
        for name in ("add_topics", "remove_topics", "publication"):
            if name in self.ticked and not given.get(name):
                self.add_error(name, "Choose what, or take the tick away.")
        if {"add_topics", "remove_topics"} <= self.ticked and set(given["add_topics"]) & set(given["remove_topics"]):
            self.add_error("remove_topics", "A topic cannot be both added and removed.")
        return given

    def changes(self) -> BulkChanges:
        """What is ticked."""
        given, ticked = self.cleaned_data, self.ticked

        def topics(name: str) -> frozenset[int]:
            return frozenset(topic.pk for topic in given[name]) if name in ticked else frozenset()

        return BulkChanges(
            fields={name: given[name] for name in ("speaker", "said_on") if name in ticked},
            add_topics=topics("add_topics"),
            remove_topics=topics("remove_topics"),
            publication=PublicationChange(given["publication"]) if "publication" in ticked else None,
        )


class BulkQuotesForm(BulkEditForm):
    """What of quotes."""

    speaker = speaker_field(required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody is chosen."""
        given = super().clean()
        if "speaker" in self.ticked and not given.get("speaker"):
            self.add_error("speaker", "Choose the speaker.")
        return given


def bulk_edit_claims(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """The action on claims: the page, or what it asks for."""

    def do(ids: list[int], form: Any) -> BulkResult:
        changes: BulkChanges = form.changes()
        if changes.publication == PublicationChange.RETRACT:
            if not may_correct(request):
                raise RefusedError("Somebody who may correct claims retracts them.")
            if public_note_from(request) is None:
                raise RefusedError("Retracting takes a public note: say what was changed and why.")
        return bulk_change_claims(claims=ids, changes=changes, editor=current_user(request))

    return _run_bulk_edit(model_admin, request, queryset, BulkClaimsForm, do)


@admin.action(description="Change the speaker…", permissions=["change"])
def change_quotes(model_admin: Any, request: HttpRequest, queryset: QuerySet[Quote]) -> HttpResponse | None:
    """The action on quotes."""
    if not request.user.has_perm("claims.decide_quote"):
        raise PermissionDenied

    def do(ids: list[int], form: Any) -> BulkResult:
        return bulk_set_speaker(quotes=ids, speaker=form.cleaned_data["speaker"], editor=current_user(request))

    return _run_bulk_edit(model_admin, request, queryset, BulkQuotesForm, do)


def _run_bulk_edit(
    model_admin: Any,
    request: HttpRequest,
    queryset: QuerySet[Any],
    form_class: type[BulkEditForm],
    do: Callable[[list[int], Any], BulkResult],
) -> HttpResponse | None:
    try:
        ids = selected_ids(queryset, most=MAX_BULK_ROWS)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return None
    form = form_class(request.POST if APPLY_BUTTON in request.POST else None)
    if APPLY_BUTTON not in request.POST or not form.is_valid():
        return _render_bulk_page(model_admin, request, ids, form)
    try:
        done = run_with_confirmation(request, model_admin, lambda: do(ids, form))
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return _render_bulk_page(model_admin, request, ids, form)
    if isinstance(done, HttpResponse):
        return done
    _report_result(request, done)
    return None


def _render_bulk_page(model_admin: Any, request: HttpRequest, ids: list[int], form: BulkEditForm) -> HttpResponse:
    rows = model_admin.get_queryset(request).filter(pk__in=ids[:SAMPLE_SIZE]).order_by("pk")
    count = f"{len(ids)} {model_admin.opts.verbose_name if len(ids) == 1 else model_admin.opts.verbose_name_plural}"
    page: HttpResponse = model_admin.ask(
        request,
        title=f"Change {count}",
        template="claims/admin/claims/bulk_change.html",
        form=form,
        note=_public_note_form(request) if "publication" in form.fields else None,
        ids=ids,
        rows=rows,
        more=max(len(ids) - SAMPLE_SIZE, 0),
        action=request.POST.get("action", ""),
        count=count,
        apply=APPLY_BUTTON,
        form_media=form.media,
    )
    return page


def _public_note_form(request: HttpRequest) -> PublicNoteForm:
    """Within what is folded away: nothing in it may be asked for by the browser."""
    return PublicNoteForm(request.POST if APPLY_BUTTON in request.POST else None, use_required_attribute=False)


def _report_result(request: HttpRequest, done: BulkResult) -> None:
    unchanged = f" ({done.unchanged} stood so already)" if done.unchanged else ""
    level = messages.SUCCESS if done.changed else messages.INFO
    told = f"{done.changed} changed{unchanged}."
    messages.add_message(request, level, append_undo_link(request, told) if done.changed else told)
    for row, why in done.refused[:20]:
        messages.error(request, f"Not changed: “{shortened(str(row), 80)}”: {why}")
    if len(done.refused) > 20:
        messages.error(request, f"and {len(done.refused) - 20} more could not be changed.")
