"""A former state put back, field by field, through the services that guard each; itself a change like any other."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model

from claims.models import (
    Claim,
    Decision,
    Evidence,
    Position,
    Quote,
    Rating,
    Source,
    Speaker,
    SpeakerName,
    Topic,
    Verification,
    VerificationState,
)
from claims.models.names import key as name_key
from claims.services import correct, link, meanwhile, record, resolve, revisions, suggest
from claims.services.correct import Note
from claims.services.decide import decide
from claims.services.labels import options
from claims.services.refusal import RefusedError
from claims.services.revisions import State
from claims.services.version import ChangedError

RESTORABLE: dict[Any, tuple[str, ...]] = {
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
ELSEWHERE = {
    (Claim, "retracted_at"): "A retraction stays.",
    (Quote, "decided_by"): "The decision sets it.",
    (Quote, "decided_at"): "The decision sets it.",
    (Speaker, "merged_into"): "Merges are made and undone under Merges.",
    (Verification, "claim"): "A verification is of one claim.",
}
_BELONGING: dict[str, Any] = {"evidence": Evidence, "position": Position, "speakername": SpeakerName}


def obstacle(row: Any) -> str:
    """Why nothing of this row is put back as it is now; empty if something may be."""
    if isinstance(row, Verification) and row.state != VerificationState.DRAFT:
        return (
            f"This verification is {row.get_state_display().lower()}: only a draft is put back. "
            "A new verdict is a new verification."
        )
    if isinstance(row, Claim) and row.retracted_at:
        return "This claim was retracted: readers find a stub, which stays as it is."
    if getattr(row, "merged_into_id", None):
        return f"This {options(row).verbose_name} was merged into “{row.merged_into}”: undo the merge first."
    return ""


def was_given(rating: Rating) -> bool:
    """Whether a verification that left its author's hands gives it: two people stand for those, or will."""
    return rating.verifications.exclude(state=VerificationState.DRAFT).exists()


def hindrances(row: Any, names: Collection[str]) -> dict[str, str]:
    """For each of these fields that cannot be put back, why."""
    model = type(row)
    found = {name: ELSEWHERE.get((model, name), "It is set by what is done, not by hand.") for name in names}
    for name in set(RESTORABLE.get(model, ())) & set(names):
        del found[name]
    if isinstance(row, Rating) and was_given(row):
        fixed = dict.fromkeys(set(names) - {"explanation"}, "Verdicts give this rating: only its explanation changes.")
        found |= fixed
    return found


def restore(  # noqa: PLR0913  # what of which row, as of when, who, as seen how, and what readers are told
    *,
    row: Any,
    key: str,
    names: Collection[str],
    editor: User,
    seen: str = "",
    note: Note | None = None,
) -> list[str]:
    """Put these fields back as they were after the entry `key` of the row's history; returns what they are called.

    Names, positions and evidence that were taken away since come back, changed ones are as they were; what was added
    since stays. `seen` is the state that the editor looked at (`revisions.seen`).

    Raises RefusedError for what a rule refuses, and nothing is put back; ChangedError if the row was changed since it
    was looked at; NoteNeededError if readers see it and there is no `note`.
    """
    model = type(row)
    then = revisions.state(model=model, pk=row.pk, key=key)
    if then is None:
        raise RefusedError(f"“{row}” has no such revision.")
    asked = [name for name in RESTORABLE.get(model, ()) if name in names]
    if not names:
        raise RefusedError("Choose at least one field to restore.")
    moment = f"restored from {revisions.moment(then.at)}"
    with record.operation(verb="restore", summary="", editor=editor) as operation:
        row = model._base_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001  # public by its docs
        _refuse_if_changed(row, seen)
        if reason := obstacle(row) or next(iter(hindrances(row, names).values()), ""):
            raise RefusedError(reason)
        labels = [label for name, label in revisions.names_of(model) if name in asked]
        operation.summary = f"Restored {', '.join(labels)} from {revisions.moment(then.at)}: “{str(row)[:150]}”"
        with record.because(moment, model, *revisions.BELONGING.get(model, ())):
            try:
                _RESTORERS.get(model, _put_back)(row, then, asked, Doing(editor, moment, note))
            except ValidationError as error:
                raise RefusedError(" ".join(error.messages)) from error
    return labels


class Doing:
    """Who restores, what the history is told, and what readers are."""

    def __init__(self, editor: User, reason: str, note: Note | None) -> None:
        self.editor = editor
        self.reason = reason
        self.note = note


def _refuse_if_changed(row: Any, seen: str) -> None:
    if not seen:
        return
    since = meanwhile.since(row=row, seen=seen)
    if not since.known:
        raise ChangedError(f"“{row}” was not seen so: load the page again.")
    if since.entries:
        raise ChangedError(meanwhile.told(row, since.entries[0]))


def _put_back(row: Any, then: State, names: Collection[str], doing: Doing) -> None:
    """Columns of the row, checked as a form checks them."""
    columns = [name for name in names if name not in _BELONGING and name != "topics"]
    if not columns:
        return
    for name in columns:
        setattr(row, options(row).get_field(name).attname, then.values[name])
    row.full_clean(exclude=[field.name for field in options(row).concrete_fields if field.name not in columns])
    record.update([row], columns, user=doing.editor, reason=doing.reason)


def _claim(row: Claim, then: State, names: Collection[str], doing: Doing) -> None:
    with correct.in_the_open(editor=doing.editor, note=doing.note, claims=[row.pk]):
        if "released_at" in names:
            correct.check_release(claim=row, released_at=then.values["released_at"])
        if "speaker" in names and then.values["speaker"]:
            speaker = Speaker.objects.filter(pk=then.values["speaker"]).first()
            if speaker is None or speaker.merged_into_id:
                raise RefusedError("Its speaker was merged or deleted since: choose the one that speaks now.")
        _put_back(row, then, names, doing)
        if "topics" in names:
            wanted = then.values["topics"]
            if Topic.objects.filter(pk__in=wanted).count() != len(wanted):
                raise RefusedError("One of its topics was deleted since: choose its topics anew.")
            record.set_topics([row], {row.pk: wanted}, user=doing.editor, reason=doing.reason)


def _quote(row: Quote, then: State, names: Collection[str], doing: Doing) -> None:
    if "speaker" in names:
        speaker = Speaker.objects.filter(pk=then.values["speaker"]).first()
        if speaker is None:
            raise RefusedError("It had no speaker then: choose another, or reject the quote.")
        resolve.set_speaker(quote=row, speaker=speaker, editor=doing.editor, note=doing.note)
    if "claim" in names:
        claim = Claim.objects.filter(pk=then.values["claim"]).first()
        if claim is None and then.values["claim"]:
            raise RefusedError("The claim it made then was deleted since: choose another.")
        link.set_claim(quote=row, claim=claim, editor=doing.editor, note=doing.note)
    if "decision" in names:
        decision = Decision(then.values["decision"])
        done = decide(quotes=[row.pk], decision=decision, editor=doing.editor, reason=doing.reason, note=doing.note)
        if done.refused:
            raise RefusedError(f"Its decision cannot be put back: {done.refused[0][1]}.")
    row.refresh_from_db()
    _put_back(row, then, [name for name in names if name in {"role", "outlet"}], doing)


def _verification(row: Verification, then: State, names: Collection[str], doing: Doing) -> None:
    _put_back(row, then, names, doing)
    if "evidence" in names:
        _bring_back(row, then, "evidence", doing)


def _speaker(row: Speaker, then: State, names: Collection[str], doing: Doing) -> None:
    _put_back(row, then, names, doing)
    if "name" in names:
        resolve.keep_main_name(speaker=row, editor=doing.editor)
    if "position" in names:
        _bring_back(row, then, "position", doing)
    if "speakername" in names:
        known = {each.key for each in row.names.all()}
        missing = {name_key(each.name): each.name for each in then.belonging["speakername"]}
        new = [SpeakerName.of(row, name) for key, name in missing.items() if key not in known]
        record.create(new, user=doing.editor, reason=doing.reason)
        suggest.suggest_merges([row])


def _bring_back(row: Any, then: State, which: str, doing: Doing) -> None:
    """Rows that belong to this one: those gone since are made anew, those changed since are as they were."""
    model = _BELONGING[which]
    (parent,) = [name for of, name in revisions.BELONGING[type(row)].items() if of is model]
    there = {each.pk: each for each in model.objects.filter(**{parent: row})}
    new: list[Any] = []
    changed: list[Any] = []
    for entry in then.belonging[which]:
        each = there.get(entry.id) or model(**{parent: row})
        values = {field.attname: getattr(entry, field.attname) for field in revisions.fields_of(model)}
        if each.pk and all(getattr(each, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(each, name, value)
        each.full_clean(exclude=[parent])
        (changed if each.pk else new).append(each)
    record.create(new, user=doing.editor, reason=doing.reason)
    columns = [field.name for field in revisions.fields_of(model)]
    record.update(changed, columns, user=doing.editor, reason=doing.reason)


_RESTORERS: dict[type[Model], Callable[[Any, State, Collection[str], Doing], None]] = {
    Claim: _claim,
    Quote: _quote,
    Verification: _verification,
    Speaker: _speaker,
}
