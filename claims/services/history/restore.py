"""Restores fields of a row from an earlier state, through the services that change these fields."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from claims.models import (
    Claim,
    Evidence,
    HistoryCause,
    OperationVerb,
    Position,
    Quote,
    QuoteDecision,
    Rating,
    RejectionReason,
    SitePage,
    Source,
    Speaker,
    SpeakerName,
    Topic,
    Verification,
    VerificationState,
)
from claims.models.name_keys import name_key
from claims.services.claims import corrections, editing
from claims.services.claims.corrections import Note
from claims.services.errors import RefusedError
from claims.services.history import audit, revisions
from claims.services.history.field_labels import format_minute
from claims.services.history.optimistic_lock import refuse_if_state_changed
from claims.services.history.revisions import RowState
from claims.services.quotes import claim_links, speaker_assignment
from claims.services.quotes.decisions import decide_quotes
from claims.services.speakers import directory, merge_suggestions

RESTORABLE_FIELDS: dict[type[Model], tuple[str, ...]] = {
    Claim: ("text", "speaker", "said_on", "claim_type", "topics", "released_at"),
    Quote: ("speaker", "claim", "decision", "role", "outlet"),
    Verification: ("rating", "explanation", "evidence"),
    Speaker: ("name", "kind", "description", "wikidata_id", "speakername", "position"),
    Source: (
        *("publisher", "title", "authors", "url", "kind", "published_on"),
        *("language", "translated_from", "translator"),
    ),
    Topic: ("name", "slug", "description"),
    SitePage: ("title", "text"),
    Rating: ("name", "slug", "value", "worst", "best", "explanation"),
}
# Why other fields are not restored here.
NOT_RESTORABLE_REASONS: dict[tuple[type[Model], str], str] = {
    (Claim, "retracted_at"): "A retraction is permanent.",
    (Quote, "rejection_reason"): "Set by the decision.",
    (Claim, "wording_confirmed_at"): "Set when an editor confirms the wording.",
    (Quote, "decided_by"): "Set by the decision.",
    (Quote, "decided_at"): "Set by the decision.",
    (Quote, "speaker_confidence"): "Set with the speaker.",
    (Source, "given_url"): "Set when the article is read.",
    (Speaker, "merged_into"): "Undo the merge under Merges.",
    (Verification, "claim"): "A verification stays with its claim.",
}
_OWNED_MODELS_BY_NAME: dict[str, type[Model]] = {"evidence": Evidence, "position": Position, "speakername": SpeakerName}


@dataclass(frozen=True, slots=True)
class RestoreContext:
    """Who restores, the reason for the history, and the note for readers."""

    editor: User
    reason: str
    note: Note


def restore_obstacle(row: Model) -> str:
    """Why no field of this row can be restored now; empty if some can."""
    if isinstance(row, Verification) and row.state != VerificationState.DRAFT:
        return (
            f"This verification is {row.get_state_display().lower()}: only drafts can be restored. "
            "To change the verdict, write a new verification."
        )
    if isinstance(row, Claim) and row.retracted_at:
        return "This claim was retracted. A retracted claim cannot be changed."
    if isinstance(row, Source) and row.merged_into:
        return f"This source was merged into “{row.merged_into}”, which has the same page."
    if merged_into := getattr(row, "merged_into", None):
        return f"This {row._meta.verbose_name} was merged into “{merged_into}”: undo the merge first."
    return ""


def is_rating_used(rating: Rating) -> bool:
    """Whether a submitted or later verification uses it: author and approver agreed on what it means."""
    return rating.verifications.exclude(state=VerificationState.DRAFT).exists()


def unrestorable_fields(row: Model, names: Collection[str]) -> dict[str, str]:
    """Those of these fields that cannot be restored, each with the reason."""
    model = type(row)
    reasons = {
        name: NOT_RESTORABLE_REASONS.get((model, name), "Set automatically.")
        for name in names
        if name not in RESTORABLE_FIELDS.get(model, ())
    }
    if isinstance(row, Rating) and is_rating_used(row):
        reasons |= dict.fromkeys(
            set(names) - {"explanation"}, "Verdicts use this rating: only its explanation can be changed."
        )
    return reasons


def restore_fields(
    *,
    row: Model,
    key: str,
    names: Collection[str],
    editor: User,
    seen: str = "",
    note: Note = None,
) -> list[str]:
    """Restore these fields to their values after the history entry `key`; returns the fields' labels.

    Owned rows (names, positions, evidence) that were deleted since are recreated, changed ones are reverted, and ones
    added since stay. `seen` is the state token that the editor looked at.

    Raises RefusedError if a rule forbids it, ChangedError if the row changed since `seen`, and PublicNoteRequiredError
    if readers see the row and there is no `note`; nothing is restored then.
    """
    model = type(row)
    state = revisions.get_state(model=model, pk=row.pk, key=key)
    if state is None:
        raise RefusedError(f"“{row}” has no such version.")
    if not names:
        raise RefusedError("Choose at least one field to restore.")
    selected = [name for name in RESTORABLE_FIELDS.get(model, ()) if name in names]
    reason = f"restored from {format_minute(state.at)}"
    with audit.operation(verb=OperationVerb.RESTORE, editor=editor) as journal:
        row = model._base_manager.select_for_update().get(pk=row.pk)
        refuse_if_state_changed(row=row, seen=seen)
        if problem := restore_obstacle(row) or next(iter(unrestorable_fields(row, names).values()), ""):
            raise RefusedError(problem)
        labels = [label for name, label in revisions.state_field_labels(model) if name in selected]
        journal.summary = f"Restored {', '.join(labels)} from {format_minute(state.at)}: “{str(row)[:150]}”"
        try:
            _RESTORERS.get(model, _restore_columns)(row, state, selected, RestoreContext(editor, reason, note))
        except ValidationError as error:
            raise RefusedError(" ".join(error.messages)) from error
    return labels


def _restore_columns(row: Model, state: RowState, names: Collection[str], context: RestoreContext) -> None:
    """Restore columns of the row itself, validated as a form validates them."""
    columns = [name for name in names if name not in _OWNED_MODELS_BY_NAME and name != "topics"]
    if not columns:
        return
    fields = {field.name: field for field in row._meta.concrete_fields}
    for name in columns:
        setattr(row, fields[name].attname, state.values[name])
    row.full_clean(exclude=[name for name in fields if name not in columns])
    audit.update([row], columns, user=context.editor, reason=context.reason, cause=HistoryCause.RESTORED)


def _restore_claim(row: Claim, state: RowState, names: Collection[str], context: RestoreContext) -> None:
    with corrections.public_change(editor=context.editor, note=context.note, claims=[row.pk]):
        if "released_at" in names:
            corrections.refuse_publication_time(claim=row, released_at=state.values["released_at"])
        if "speaker" in names and state.values["speaker"]:
            speaker = Speaker.objects.filter(pk=state.values["speaker"]).first()
            if speaker is None or speaker.merged_into_id:
                raise RefusedError("The earlier speaker has been merged or deleted: choose the current one.")
        if row.wording_confirmed_at is None and not editing.WORDING_FIELDS.isdisjoint(names):
            row.wording_confirmed_at = timezone.now()
            fields = ["wording_confirmed_at"]
            audit.update([row], fields, user=context.editor, reason=context.reason, cause=HistoryCause.RESTORED)
        _restore_columns(row, state, names, context)
        if "topics" in names:
            topic_ids = state.values["topics"]
            if Topic.objects.filter(pk__in=topic_ids).count() != len(topic_ids):
                raise RefusedError("One of the earlier topics has been deleted: choose the topics again.")
            audit.set_topics(
                [row], {row.pk: topic_ids}, user=context.editor, reason=context.reason, cause=HistoryCause.RESTORED
            )


def _restore_quote(row: Quote, state: RowState, names: Collection[str], context: RestoreContext) -> None:
    if "speaker" in names:
        speaker = Speaker.objects.filter(pk=state.values["speaker"]).first()
        if speaker is None:
            raise RefusedError("The earlier version has no speaker: choose one, or reject the quote.")
        speaker_assignment.set_speaker(
            quote=row,
            speaker=speaker,
            editor=context.editor,
            note=context.note,
            reason=context.reason,
            cause=HistoryCause.RESTORED,
        )
    if "claim" in names:
        claim = Claim.objects.filter(pk=state.values["claim"]).first()
        if claim is None and state.values["claim"]:
            raise RefusedError("The earlier claim has been deleted: choose another one.")
        claim_links.set_quote_claim(
            quote=row,
            claim=claim,
            editor=context.editor,
            note=context.note,
            reason=context.reason,
            cause=HistoryCause.RESTORED,
        )
    if "decision" in names:
        decision = QuoteDecision(state.values["decision"])
        result = decide_quotes(
            quotes=[row.pk],
            decision=decision,
            rejection_reason=RejectionReason(state.values["rejection_reason"] or RejectionReason.OTHER),
            editor=context.editor,
            reason=context.reason,
            cause=HistoryCause.RESTORED,
            note=context.note,
        )
        if result.refused:
            raise RefusedError(f"The decision cannot be restored: {result.refused[0][1]}.")
    row.refresh_from_db()
    _restore_columns(row, state, [name for name in names if name in {"role", "outlet"}], context)


def _restore_verification(row: Verification, state: RowState, names: Collection[str], context: RestoreContext) -> None:
    _restore_columns(row, state, names, context)
    if "evidence" in names:
        _restore_owned_rows(row, state, "evidence", context)


def _restore_speaker(row: Speaker, state: RowState, names: Collection[str], context: RestoreContext) -> None:
    _restore_columns(row, state, names, context)
    if "name" in names:
        directory.ensure_main_name(speaker=row, editor=context.editor)
    if "position" in names:
        _restore_owned_rows(row, state, "position", context)
    if "speakername" in names:
        current_keys = {name.key for name in row.names.all()}
        names_by_key = {name_key(name.name): name.name for name in state.owned_rows["speakername"]}
        missing = [SpeakerName.build(row, name) for key, name in names_by_key.items() if key not in current_keys]
        audit.create(missing, user=context.editor, reason=context.reason, cause=HistoryCause.RESTORED)
        merge_suggestions.suggest_merges([row])


def _restore_owned_rows(owner: Model, state: RowState, name: str, context: RestoreContext) -> None:
    """Recreate the owned rows that were deleted since, and revert those that were changed."""
    model = _OWNED_MODELS_BY_NAME[name]
    owner_field = revisions.OWNER_FIELDS[model]
    fields = revisions.tracked_fields(model)
    current = {row.pk: row for row in model._base_manager.filter(**{owner_field: owner})}
    created: list[Model] = []
    changed: list[Model] = []
    for record in state.owned_rows[name]:
        row = current.get(record.id) or model(**{owner_field: owner})
        values = {field.attname: getattr(record, field.attname) for field in fields}
        if row.pk and all(getattr(row, column) == value for column, value in values.items()):
            continue
        for column, value in values.items():
            setattr(row, column, value)
        row.full_clean(exclude=[owner_field])
        (changed if row.pk else created).append(row)
    audit.create(created, user=context.editor, reason=context.reason, cause=HistoryCause.RESTORED)
    audit.update(
        changed,
        [field.name for field in fields],
        user=context.editor,
        reason=context.reason,
        cause=HistoryCause.RESTORED,
    )


_RESTORERS: dict[type[Model], Callable[[Any, RowState, Collection[str], RestoreContext], None]] = {
    Claim: _restore_claim,
    Quote: _restore_quote,
    Verification: _restore_verification,
    Speaker: _restore_speaker,
}
