"""Undoes an operation: every row goes back to its values before it, unless somebody changed the row since.

Undoing is an operation itself, which cannot be undone.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction

from claims.models import (
    Claim,
    Evidence,
    HistoryCause,
    Operation,
    OperationVerb,
    Quote,
    QuoteDecision,
    Snapshot,
    SourceRelation,
    Verification,
    VerificationState,
)
from claims.models.quote_text import shown_text
from claims.services.claims import corrections
from claims.services.claims.corrections import Note
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import ChangedError
from claims.services.history.revisions import OWNED_MODELS, OWNER_FIELDS
from claims.services.sources.anchors import refresh_anchors
from claims.services.sources.near_duplicates import regroup
from claims.truncation import truncate

# What an editor decides on a quote. An undo in the review queue takes these back at once, and asks before any other.
REVIEW_VERBS = frozenset(
    {
        OperationVerb.ACCEPTED,
        OperationVerb.ACCEPT_ALL,
        OperationVerb.ADD_QUOTE,
        OperationVerb.CHANGE_WORDS,
        OperationVerb.JOIN,
        OperationVerb.NEW_SPEAKER,
        OperationVerb.OWN_CLAIM,
        OperationVerb.PENDING,
        OperationVerb.REJECTED,
        OperationVerb.SET_CLAIM,
        OperationVerb.SET_SPEAKER,
        OperationVerb.SPLIT,
    }
)
MAX_EFFECTS = 20  # rows that are named before an undo
MAX_LABEL_LENGTH = 100  # characters of a row's name

Entry = dict[str, Any]  # one of `Operation.rows`
Rows = dict[tuple[str, int], Any]  # by model name and primary key
# A verification's workflow only goes forward: one that went back to review is approved again by a person, not by an
# undo. Only the content of drafts is undone, and, in any state, which claim a verification belongs to.
_UNDOABLE_DRAFT_FIELDS = {"claim", "rating", "explanation"}


def last_operation(editor: User) -> Operation | None:
    """The editor's newest operation that can be undone."""
    return Operation.objects.filter(editor=editor, undone=None, undoes=None).order_by("-pk").first()


def describe_effects(operation: Operation) -> list[str]:
    """What an undo of the operation would change, one line for each row, at most MAX_EFFECTS."""
    entries = _reversible_entries(operation.rows)
    lines = [_describe_effect(entry) for entry in entries[:MAX_EFFECTS]]
    more = len(entries) - len(lines)
    return [*lines, f"and {more} more"] if more > 0 else lines


def _describe_effect(entry: Entry) -> str:
    model = _entry_model(entry)
    name = str(model._meta.verbose_name)
    row = model._base_manager.filter(pk=entry["pk"]).first()
    label = f"{name} “{truncate(str(row), MAX_LABEL_LENGTH)}”" if row else f"{name} {entry['pk']}"
    if entry["before"] is None:
        return f"{label} is removed"
    if entry["after"] is None:
        return f"{label} comes back"
    fields = sorted(str(getattr(model._meta.get_field(column), "verbose_name", column)) for column in entry["after"])
    return f"{label}: {', '.join(fields)}"


@transaction.atomic
def undo_operation(*, operation: Operation, editor: User, note: Note = None) -> Operation:
    """Restore the values that the operation changed, delete the rows it created and recreate those it deleted.

    Returns the operation that the undo itself is. History stays, and verifications that the operation sent back to
    review stay in review.

    Raises RefusedError if it was undone before, ChangedError if one of its rows was changed since, and
    PublicNoteRequiredError if readers would see a claim change and there is no `note`.
    """
    operation = Operation.objects.select_for_update().get(pk=operation.pk)
    if operation.undoes_id:
        raise RefusedError("An undo cannot be undone. Make the change again.")
    if Operation.objects.filter(undoes=operation).exists():
        raise RefusedError(f"“{operation}” has already been undone.")
    entries = _reversible_entries(operation.rows)
    rows = _lock_rows(entries)
    for entry in entries:
        _refuse_if_row_changed(entry, rows)
    reason = f"undone: {operation.summary}"
    with (
        audit.operation(
            verb=OperationVerb.UNDO, summary=f"Undone: {operation.summary}", editor=editor, undoes=operation
        ),
        corrections.public_change(
            editor=editor,
            note=note,
            claims=_affected_claims(entries, rows),
            quotes=[row.pk for row in rows.values() if isinstance(row, Quote)],
        ),
    ):
        # Rows that nothing refers to are deleted first: they may hold a unique value that a recreated row needs.
        created = [entry for entry in reversed(entries) if entry["before"] is None]
        for entry in filter(_is_unreferenced, created):
            _delete_row(rows[_row_key(entry)], editor, reason)
        # Newest first: rows return after those they refer to, and unique values are free again.
        for entry in reversed(entries):
            if entry["after"] is None:
                rows[_row_key(entry)] = _recreate_row(entry, editor, reason)
            elif entry["before"] is not None:
                _revert_columns(rows[_row_key(entry)], entry["before"], editor, reason)
        for entry in created:
            if not _is_unreferenced(entry):
                _delete_row(rows[_row_key(entry)], editor, reason)
        quotes = [row for row in rows.values() if isinstance(row, Quote) and row.pk]
        _refuse_retracted_claims(quotes)
        refresh_anchors(quotes)
        relations = [row for row in rows.values() if isinstance(row, SourceRelation)]
        regroup(pk for relation in relations for pk in (relation.first_id, relation.second_id))
    return Operation.objects.get(undoes=operation)


def _reversible_entries(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that an undo reverts; of submitted and published verifications, only the change of claim."""
    copies = {
        entry["pk"]
        for entry in entries
        if _entry_model(entry) is Verification and entry["before"] is None and not _is_draft(entry["after"])
    }
    reversible: list[Entry] = []
    for entry in entries:
        before, after = entry["before"], entry["after"]
        model = _entry_model(entry)
        if model is Evidence and (before or after).get("verification") in copies:
            continue
        if model is not Verification or (not before and _is_draft(after)) or (not after and _is_draft(before)):
            reversible.append(entry)
        elif before and after:
            columns = before.keys() & ({"claim"} if "state" in before else _UNDOABLE_DRAFT_FIELDS)
            if columns:
                reversible.append(
                    entry | {"before": _select_columns(columns, before), "after": _select_columns(columns, after)}
                )
    return reversible


def _is_draft(values: audit.Values) -> bool:
    return bool(values["state"] == VerificationState.DRAFT)


def _select_columns(columns: Collection[str], values: audit.Values) -> audit.Values:
    return {name: value for name, value in values.items() if name in columns}


def _is_unreferenced(entry: Entry) -> bool:
    """Whether no foreign key points to the entry's model."""
    return not _entry_model(entry)._meta.related_objects


def _entry_model(entry: Entry) -> type[models.Model]:
    return apps.get_model("claims", entry["model"])


def _row_key(entry: Entry) -> tuple[str, int]:
    return entry["model"], entry["pk"]


def _lock_rows(entries: Iterable[Entry]) -> Rows:
    """Lock the rows, and the rows that own them: who edits an owner sees this change, or the undo sees theirs.

    They are locked in the order that every service uses, so that two undos do not deadlock: by model, then by id, each
    owner before what it owns.
    """
    ids: dict[type[models.Model], set[int]] = {}
    for entry in entries:
        model = _entry_model(entry)
        ids.setdefault(model, set()).add(entry["pk"])
        if owner := OWNER_FIELDS.get(model):
            owners = set(model._base_manager.filter(pk=entry["pk"]).values_list(f"{owner}_id", flat=True))
            owners |= {values[owner] for values in (entry["before"], entry["after"]) if values and owner in values}
            ids.setdefault(_owner_model(model), set()).update(owners)
    rows: Rows = {}
    for model in sorted(ids, key=lambda model: (_owner_model(model).__name__, model in OWNER_FIELDS, model.__name__)):
        locked = model._base_manager.select_for_update().filter(pk__in=ids[model]).order_by("pk")
        rows |= {(str(model._meta.model_name), row.pk): row for row in locked}
    return rows


def _owner_model(model: type[models.Model]) -> type[models.Model]:
    """The model of the rows that own the model's rows, or the model itself."""
    return next((owner for owner, owned in OWNED_MODELS.items() if model in owned), model)


def _refuse_if_row_changed(entry: Entry, rows: Rows) -> None:
    row = rows.get(_row_key(entry))
    if entry["after"] is None:
        if row is not None:
            raise ChangedError(f"This can no longer be undone: “{str(row)[:100]}” exists again.")
        return
    if row is None:
        raise ChangedError(f"This can no longer be undone: {entry['model']} {entry['pk']} has been deleted.")
    verification = row.verification if isinstance(row, Evidence) else row
    if isinstance(verification, Verification) and verification.state != VerificationState.DRAFT:
        raise ChangedError(f"This can no longer be undone: “{str(verification)[:100]}” was submitted since.")
    current = _current_values(row, list(entry["after"]))
    changed = sorted(name for name, value in entry["after"].items() if current[name] != value)
    if changed:
        newest = row.history.order_by("-history_id").select_related("history_user").first()
        changed_by = newest.history_user if newest and newest.history_user else "factbase"
        raise ChangedError(
            f"This can no longer be undone: “{str(row)[:100]}” was changed since, last by {changed_by} "
            f"({', '.join(changed)})."
        )


def _current_values(row: models.Model, names: list[str]) -> audit.Values:
    columns = audit.column_values(row, [name for name in names if name != "topics"])
    if isinstance(row, Claim) and "topics" in names:
        columns["topics"] = sorted(row.topics.values_list("pk", flat=True))
    return columns


def _recreate_row(entry: Entry, editor: User, reason: str) -> models.Model:
    """Insert a deleted row again, with the id it had."""
    row = _entry_model(entry)(pk=entry["pk"])
    _set_columns(row, _with_shown_text(row, entry["before"]))
    return audit.create([row], user=editor, reason=reason, cause=HistoryCause.UNDONE)[0]


def _revert_columns(row: models.Model, before: audit.Values, editor: User, reason: str) -> None:
    columns = _with_shown_text(row, {name: value for name, value in before.items() if name != "topics"})
    if isinstance(row, Quote) and columns.get("decision", QuoteDecision.REJECTED) != QuoteDecision.REJECTED:
        columns["rejection_reason"] = ""  # not among the columns of operations that are older than it
    _set_columns(row, columns)
    if columns:
        audit.update([row], list(columns), user=editor, reason=reason, cause=HistoryCause.UNDONE)
    if isinstance(row, Claim) and "topics" in before:
        audit.set_topics([row], {row.pk: before["topics"]}, user=editor, reason=reason, cause=HistoryCause.UNDONE)


def _with_shown_text(row: models.Model, columns: audit.Values) -> audit.Values:
    """Adds the text of a quote, which operations of earlier versions did not record."""
    if not isinstance(row, Quote) or "spans" not in columns:
        return columns
    snapshot = Snapshot.objects.get(pk=columns.get("snapshot", row.snapshot_id))
    return {"text": shown_text(snapshot.text, columns["spans"])} | columns


def _set_columns(row: models.Model, columns: audit.Values) -> None:
    for name, value in columns.items():
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, value if field.is_relation else field.to_python(value))


def _delete_row(row: models.Model, editor: User, reason: str) -> None:
    if isinstance(row, Verification) and row.evidence.exists():  # deleting it would cascade to the evidence
        raise ChangedError(f"This can no longer be undone: “{str(row)[:100]}” has evidence now.")
    try:
        audit.delete(row, user=editor, reason=reason, cause=HistoryCause.UNDONE)
    except models.ProtectedError as error:
        raise ChangedError(f"This can no longer be undone: “{str(row)[:100]}” is used elsewhere now.") from error


def _affected_claims(entries: Iterable[Entry], rows: Rows) -> set[int | None]:
    """The ids of the claims among the rows, and of the claims that quotes among them belong or belonged to."""
    ids: set[int | None] = {row.pk for row in rows.values() if isinstance(row, Claim)}
    ids |= {row.claim_id for row in rows.values() if isinstance(row, Quote)}
    return ids | {(entry["before"] or {}).get("claim") for entry in entries if _entry_model(entry) is Quote}


def _refuse_retracted_claims(quotes: Iterable[Quote]) -> None:
    """An accepted quote must not return to a claim that was retracted."""
    accepted = [quote for quote in quotes if quote.decision == QuoteDecision.ACCEPTED]
    if claim := Claim.objects.filter(
        pk__in={quote.claim_id for quote in accepted if quote.claim_id}, retracted_at__isnull=False
    ).first():
        raise RefusedError(f"“{claim}” has been retracted: its quotes cannot be changed.")
