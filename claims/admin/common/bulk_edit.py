"""Bulk editing: a list action with a form, in which only the selected fields are changed.

The page shows the number of rows and some of them, and posts the list action again with the form's values.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse

from claims.admin.common.base import current_user, selected_ids
from claims.admin.common.confirmation import (
    ASK_SOMEONE_ELSE,
    PublicNoteForm,
    confirmed_note,
    may_correct,
    public_note_from,
    run_with_confirmation,
)
from claims.admin.common.formatting import truncate_line
from claims.admin.common.object_actions import ObjectActionsAdmin
from claims.admin.common.unfold_compat import DateInput
from claims.admin.history.undo_view import append_undo_link
from claims.models import Claim, Quote, Speaker, Topic
from claims.services.claims.bulk_changes import (
    BulkChanges,
    BulkResult,
    PublicationChange,
    bulk_change_claims,
    bulk_set_speaker,
)
from claims.services.errors import RefusedError

MAX_BULK_ROWS = 200
SAMPLE_SIZE = 10  # rows shown on the page
MAX_REFUSALS_SHOWN = 20
APPLY_BUTTON = "bulk-apply"


def speaker_field(*, required: bool = False) -> "forms.ModelChoiceField[Speaker]":
    """An autocomplete field for current speakers, with all their names."""
    widget = AutocompleteSelect(Claim._meta.get_field("speaker"), admin.site)
    return forms.ModelChoiceField(Speaker.objects.current(), required=required, widget=widget)


def topics_field(label: str) -> "forms.ModelMultipleChoiceField[Topic]":
    widget = AutocompleteSelectMultiple(Claim._meta.get_field("topics"), admin.site)
    return forms.ModelMultipleChoiceField(Topic.objects.all(), required=False, widget=widget, label=label)


class BulkEditForm(forms.Form):
    """A form in which each field has a checkbox: only `selected_fields` are changed."""

    prefix = "bulk"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):
            label = field.label or name.capitalize()
            field.widget.attrs["aria-label"] = f"{label}: value"  # the visible label belongs to the checkbox
            self.fields[f"set_{name}"] = forms.BooleanField(required=False, label=label)

    @property
    def selected_fields(self) -> set[str]:
        return {name.removeprefix("set_") for name, on in self.cleaned_data.items() if name.startswith("set_") and on}

    @property
    def fields_with_checkboxes(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"set_{name}"], self[name]) for name in self.fields if not name.startswith("set_")]

    def clean(self) -> dict[str, Any]:
        cleaned_data: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.selected_fields:
            raise forms.ValidationError("Select at least one field to change.")
        return cleaned_data


BulkForm = TypeVar("BulkForm", bound=BulkEditForm)


class BulkClaimsForm(BulkEditForm):
    add_topics = topics_field("Add topics")
    remove_topics = topics_field("Remove topics")
    speaker = speaker_field()
    said_on = forms.DateField(required=False, widget=DateInput, label="Said on")
    publication = forms.ChoiceField(
        required=False,
        label="Publication",
        choices=[("", "—"), (PublicationChange.RELEASE, "Publish now"), (PublicationChange.RETRACT, "Retract")],
    )

    def clean(self) -> dict[str, Any]:
        cleaned_data, selected = super().clean(), self.selected_fields
        for name in ("add_topics", "remove_topics", "publication"):
            if name in selected and not cleaned_data.get(name):
                self.add_error(name, "Choose a value, or deselect this field.")
        if {"add_topics", "remove_topics"} <= selected and (
            set(cleaned_data["add_topics"]) & set(cleaned_data["remove_topics"])
        ):
            self.add_error("remove_topics", "A topic cannot be both added and removed.")
        return cleaned_data

    def changes(self) -> BulkChanges:
        """The changes of the selected fields."""
        data, selected = self.cleaned_data, self.selected_fields

        def topics(name: str) -> frozenset[int]:
            return frozenset(topic.pk for topic in data[name]) if name in selected else frozenset()

        return BulkChanges(
            fields={name: data[name] for name in ("speaker", "said_on") if name in selected},
            add_topics=topics("add_topics"),
            remove_topics=topics("remove_topics"),
            publication=PublicationChange(data["publication"]) if "publication" in selected else None,
        )


class BulkQuotesForm(BulkEditForm):
    speaker = speaker_field(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned_data = super().clean()
        if "speaker" in self.selected_fields and not cleaned_data.get("speaker"):
            self.add_error("speaker", "Choose a speaker.")
        return cleaned_data


def bulk_edit_claims(
    model_admin: ObjectActionsAdmin, request: HttpRequest, queryset: QuerySet[Model]
) -> HttpResponse | None:
    """The list action for claims: shows the page, or makes the changes."""

    def change(ids: list[int], form: BulkClaimsForm) -> BulkResult:
        changes = form.changes()
        if changes.publication == PublicationChange.RETRACT:
            if not may_correct(request):
                raise RefusedError(f"You cannot retract claims. {ASK_SOMEONE_ELSE}")
            if public_note_from(request) is None:
                raise RefusedError("Retracting requires a public note: what was changed, and why.")
        return bulk_change_claims(
            claims=ids, changes=changes, editor=current_user(request), note=confirmed_note(request)
        )

    return _run_bulk_edit(model_admin, request, queryset, BulkClaimsForm, change)


@admin.action(description="Change speaker…", permissions=["change"])
def change_quotes(
    model_admin: ObjectActionsAdmin, request: HttpRequest, queryset: QuerySet[Quote]
) -> HttpResponse | None:
    """The list action for quotes."""
    if not request.user.has_perm("claims.decide_quote"):
        raise PermissionDenied

    def change(ids: list[int], form: BulkQuotesForm) -> BulkResult:
        speaker, editor = form.cleaned_data["speaker"], current_user(request)
        return bulk_set_speaker(quotes=ids, speaker=speaker, editor=editor, note=confirmed_note(request))

    return _run_bulk_edit(model_admin, request, queryset, BulkQuotesForm, change)


def _run_bulk_edit(
    model_admin: ObjectActionsAdmin,
    request: HttpRequest,
    queryset: QuerySet[Model],
    form_class: type[BulkForm],
    change: Callable[[list[int], BulkForm], BulkResult],
) -> HttpResponse | None:
    try:
        ids = selected_ids(queryset, limit=MAX_BULK_ROWS)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return None
    form = form_class(request.POST if APPLY_BUTTON in request.POST else None)
    if APPLY_BUTTON not in request.POST or not form.is_valid():
        return _render_bulk_page(model_admin, request, ids, form)
    try:
        result = run_with_confirmation(request, model_admin, lambda: change(ids, form))
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return _render_bulk_page(model_admin, request, ids, form)
    if isinstance(result, HttpResponse):
        return result
    _report_result(request, result)
    return None


def _render_bulk_page(
    model_admin: ObjectActionsAdmin, request: HttpRequest, ids: list[int], form: BulkEditForm
) -> HttpResponse:
    rows = model_admin.get_queryset(request).filter(pk__in=ids[:SAMPLE_SIZE]).order_by("pk")
    count = f"{len(ids)} {model_admin.opts.verbose_name if len(ids) == 1 else model_admin.opts.verbose_name_plural}"
    response: HttpResponse = model_admin.render_page(
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
    return response


def _public_note_form(request: HttpRequest) -> PublicNoteForm:
    """Not required in the browser, since the fields can be hidden."""
    return PublicNoteForm(request.POST if APPLY_BUTTON in request.POST else None, use_required_attribute=False)


def _report_result(request: HttpRequest, result: BulkResult) -> None:
    unchanged = f", {result.unchanged} already up to date" if result.unchanged else ""
    level = messages.SUCCESS if result.changed else messages.INFO
    message = f"{result.changed} changed{unchanged}."
    messages.add_message(request, level, append_undo_link(request, message) if result.changed else message)
    for row, reason in result.refused[:MAX_REFUSALS_SHOWN]:
        messages.error(request, f"Not changed: “{truncate_line(str(row), 80)}”: {reason}")
    if len(result.refused) > MAX_REFUSALS_SHOWN:
        messages.error(request, f"{len(result.refused) - MAX_REFUSALS_SHOWN} more were not changed.")
