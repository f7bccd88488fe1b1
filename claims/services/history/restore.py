"""A former state put back, field by field, through the services that guard each; itself a change like any other."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model

from claims.models import (
    Claim,
    Evidence,
    Position,
    Quote,
    QuoteDecision,
    Rating,
    Source,
    Speaker,
    SpeakerName,
    Topic,
    Verification,
    VerificationState,
)
from claims.models.name_keys import name_key
from claims.services.claims import corrections
from claims.services.claims.corrections import PublicNote
from claims.services.errors import RefusedError
from claims.services.history import audit, revisions, state_tokens
from claims.services.history.field_labels import model_options
from claims.services.history.optimistic_lock import ChangedError
from claims.services.history.revisions import RowState
from claims.services.quotes import claim_links
from claims.services.quotes.decisions import decide_quotes
from claims.services.speakers import directory, merge_suggestions

RESTORABLE_FIELDS: dict[Any, tuple[str, ...]] = {
    Claim: ("text", "speaker", "said_on", "topics", "released_at"),
    Quote: ("speaker", "claim", "decision", "role", "outlet"),
    Verification: ("rating", "explanation", "evidence"),
    Speaker: ("name", "kind", "description", "wikidata_id", "speakername", "position"),
    Source: (
        *("publisher", "title", "authors", "url", "kind", "published_on"),
        *("language", "translated_from", "translator"),
    ),
    Topic: ("name", "slug", "description"),
    Rating: ("name", "slug", "value", "worst", "best", "explanation"),
}
# Why others are not: what to do instead.
NOT_RESTORABLE_REASONS = {
    (Claim, "retracted_at"): "A retraction stays.",
    (Quote, "decided_by"): "The decision sets it.",
    (Quote, "decided_at"): "The decision sets it.",
    (Speaker, "merged_into"): "Merges are made and undone under Merges.",
    (Verification, "claim"): "A verification is of one claim.",
}
_OWNED_MODELS_BY_NAME: dict[str, Any] = {"evidence": Evidence, "position": Position, "speakername": SpeakerName}


def restore_obstacle(row: Any) -> str:
    """Why nothing of this row is put back as it is now; empty if something may be."""
    if isinstance(row, Verification) and row.state != VerificationState.DRAFT:
        return (
            f"This verification is {row.get_state_display().lower()}: only a draft is put back. "
            "A new verdict is a new verification."
        )
    if isinstance(row, Claim) and row.retracted_at:
        return "This claim was retracted: readers find a stub, which stays as it is."
    if getattr(row, "merged_into_id", None):
        return f"This {model_options(row).verbose_name} was merged into “{row.merged_into}”: undo the merge first."
    return ""


def is_rating_used(rating: Rating) -> bool:
    """Whether a verification that left its author's hands gives it: two people stand for those, or will."""
    return rating.verifications.exclude(state=VerificationState.DRAFT).exists()


def unrestorable_fields(row: Any, names: Collection[str]) -> dict[str, str]:
    """For each of these fields that cannot be put back, why."""
    model = type(row)
    found = {
        name: NOT_RESTORABLE_REASONS.get((model, name), "It is set by what is done, not by hand.") for name in names
    }
    for name in set(RESTORABLE_FIELDS.get(model, ())) & set(names):
        del found[name]
    if isinstance(row, Rating) and is_rating_used(row):
        fixed = dict.fromkeys(set(names) - {"explanation"}, "Verdicts give this rating: only its explanation changes.")
        found |= fixed
    return found


def restore_fields(  # noqa: PLR0913  # what of which row, as of when, who, as seen how, and what readers are told
    *,
    row: Any,
    key: str,
    names: Collection[str],
    editor: User,
    seen: str = "",
    note: PublicNote | None = None,
) -> list[str]:
    """Put these fields back as they were after the entry `key` of the row's history; returns what they are called.

    Names, positions and evidence that were taken away since come back, changed ones are as they were; what was added
    since stays. `seen` is the state that the editor looked at (`revisions.seen`).

    Raises RefusedError for what a rule refuses, and nothing is put back; ChangedError if the row was changed since it
    was looked at; NoteNeededError if readers see it and there is no `note`.
    """
    model = type(row)
    then = revisions.get_state(model=model, pk=row.pk, key=key)
    if then is None:
        raise RefusedError(f"“{row}” has no such revision.")
    asked = [name for name in RESTORABLE_FIELDS.get(model, ()) if name in names]
    if not names:
        raise RefusedError("Choose at least one field to restore.")
    moment = f"restored from {revisions.format_minute(then.at)}"
    with audit.operation(verb="restore", summary="", editor=editor) as operation:
        row = model._base_manager.select_for_update().get(pk=row.pk)  # public by its docs
        _refuse_if_state_changed(row, seen)
        if reason := restore_obstacle(row) or next(iter(unrestorable_fields(row, names).values()), ""):
            raise RefusedError(reason)
        labels = [label for name, label in revisions.state_field_labels(model) if name in asked]
        operation.summary = f"Restored {', '.join(labels)} from {revisions.format_minute(then.at)}: “{str(row)[:150]}”"
        with audit.reason_prefix(moment, model, *revisions.OWNED_MODELS.get(model, ())):
            try:
                _RESTORERS.get(model, _restore_columns)(row, then, asked, RestoreContext(editor, moment, note))
            except ValidationError as error:
                raise RefusedError(" ".join(error.messages)) from error
    return labels


class RestoreContext:
    """Who restores, what the history is told, and what readers are."""

    def __init__(self, editor: User, reason: str, note: PublicNote | None) -> None:
        self.editor = editor
        self.reason = reason
        self.note = note


def _refuse_if_state_changed(row: Any, seen: str) -> None:
    if not seen:
        return
    since = state_tokens.list_changes_since(row=row, seen=seen)
    if not since.known:
        raise ChangedError(f"“{row}” was not seen so: load the page again.")
    if since.entries:
        raise ChangedError(state_tokens.describe_conflict(row, since.entries[0]))


def _restore_columns(row: Any, then: RowState, names: Collection[str], doing: RestoreContext) -> None:
    """Columns of the row, checked as a form checks them."""
    columns = [name for name in names if name not in _OWNED_MODELS_BY_NAME and name != "topics"]
    if not columns:
        return
    for name in columns:
        setattr(row, model_options(row).get_field(name).attname, then.values[name])
    row.full_clean(exclude=[field.name for field in model_options(row).concrete_fields if field.name not in columns])
    audit.update([row], columns, user=doing.editor, reason=doing.reason)


def _restore_claim(row: Claim, then: RowState, names: Collection[str], doing: RestoreContext) -> None:
    with corrections.public_change(editor=doing.editor, note=doing.note, claims=[row.pk]):
        if "released_at" in names:
            corrections.refuse_silent_withdrawal(claim=row, released_at=then.values["released_at"])
        if "speaker" in names and then.values["speaker"]:
            speaker = Speaker.objects.filter(pk=then.values["speaker"]).first()
            if speaker is None or speaker.merged_into_id:
                raise RefusedError("Its speaker was merged or deleted since: choose the one that speaks now.")
        _restore_columns(row, then, names, doing)
        if "topics" in names:
            wanted = then.values["topics"]
            if Topic.objects.filter(pk__in=wanted).count() != len(wanted):
                raise RefusedError("One of its topics was deleted since: choose its topics anew.")
            audit.set_topics([row], {row.pk: wanted}, user=doing.editor, reason=doing.reason)


def _restore_quote(row: Quote, then: RowState, names: Collection[str], doing: RestoreContext) -> None:
    if "speaker" in names:
        speaker = Speaker.objects.filter(pk=then.values["speaker"]).first()
        if speaker is None:
            raise RefusedError("It had no speaker then: choose another, or reject the quote.")
        directory.set_speaker(quote=row, speaker=speaker, editor=doing.editor, note=doing.note)
    if "claim" in names:
        claim = Claim.objects.filter(pk=then.values["claim"]).first()
        if claim is None and then.values["claim"]:
            raise RefusedError("The claim it made then was deleted since: choose another.")
        claim_links.set_quote_claim(quote=row, claim=claim, editor=doing.editor, note=doing.note)
    if "decision" in names:
        decision = QuoteDecision(then.values["decision"])
        done = decide_quotes(
            quotes=[row.pk], decision=decision, editor=doing.editor, reason=doing.reason, note=doing.note
        )
        if done.refused:
            raise RefusedError(f"Its decision cannot be put back: {done.refused[0][1]}.")
    row.refresh_from_db()
    _restore_columns(row, then, [name for name in names if name in {"role", "outlet"}], doing)


def _restore_verification(row: Verification, then: RowState, names: Collection[str], doing: RestoreContext) -> None:
    _restore_columns(row, then, names, doing)
    if "evidence" in names:
        _restore_owned_rows(row, then, "evidence", doing)


def _restore_speaker(row: Speaker, then: RowState, names: Collection[str], doing: RestoreContext) -> None:
    _restore_columns(row, then, names, doing)
    if "name" in names:
        directory.ensure_main_name(speaker=row, editor=doing.editor)
    if "position" in names:
        _restore_owned_rows(row, then, "position", doing)
    if "speakername" in names:
        known = {each.key for each in row.names.all()}
        missing = {name_key(each.name): each.name for each in then.belonging["speakername"]}
        new = [SpeakerName.of(row, name) for key, name in missing.items() if key not in known]
        audit.create(new, user=doing.editor, reason=doing.reason)
        merge_suggestions.suggest_merges([row])


def _restore_owned_rows(row: Any, then: RowState, which: str, doing: RestoreContext) -> None:
    """Rows that belong to this one: those gone since are made anew, those changed since are as they were."""
    model = _OWNED_MODELS_BY_NAME[which]
    (parent,) = [name for of, name in revisions.OWNED_MODELS[type(row)].items() if of is model]
    there = {each.pk: each for each in model.objects.filter(**{parent: row})}
    new: list[Any] = []
    changed: list[Any] = []
    for entry in then.belonging[which]:
        each = there.get(entry.id) or model(**{parent: row})
        values = {field.attname: getattr(entry, field.attname) for field in revisions.tracked_fields(model)}
        if each.pk and all(getattr(each, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(each, name, value)
        each.full_clean(exclude=[parent])
        (changed if each.pk else new).append(each)
    audit.create(new, user=doing.editor, reason=doing.reason)
    columns = [field.name for field in revisions.tracked_fields(model)]
    audit.update(changed, columns, user=doing.editor, reason=doing.reason)


_RESTORERS: dict[type[Model], Callable[[Any, RowState, Collection[str], RestoreContext], None]] = {
    Claim: _restore_claim,
    Quote: _restore_quote,
    Verification: _restore_verification,
    Speaker: _restore_speaker,
}
