"""An operation taken back: every row as it was before, if nobody changed it since; itself an operation."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction

from claims.models import Claim, Evidence, Operation, Quote, QuoteDecision, Verification, VerificationState
from claims.services.claims import corrections
from claims.services.claims.corrections import PublicNote
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import ChangedError
from claims.services.sources.anchors import refresh_anchors

# Verdicts go one way only: what an operation sent back to review is looked at anew, not published again by a key.
# Only what was written into a draft is taken back; and of any, to which claim it belongs.
_UNDOABLE_DRAFT_FIELDS = {"claim", "rating", "explanation"}


def last_operation(editor: User) -> Operation | None:
    """What this editor did last that is not undone: what `undo` would take back; an undoing is none."""
    return Operation.objects.filter(editor=editor, undone=None, undoes=None).order_by("-pk").first()


@transaction.atomic
def undo_operation(*, operation: Operation, editor: User, note: PublicNote | None = None) -> Operation:
    """Put the operation's rows back as they were before it; rows that it made are taken away. Their history stays.

    Verdicts that it sent back to review stay there. Returns the operation that the undoing itself is. Raises
    RefusedError if it was undone before, and ChangedError, naming who and what, if one of its rows was changed since;
    NoteNeededError if readers would see a claim change and there is no `note`.
    """
    operation = Operation.objects.select_for_update().get(pk=operation.pk)
    if operation.undoes_id:
        raise RefusedError("What was undone is done again by hand: it is looked at anew.")
    if Operation.objects.filter(undoes=operation).exists():
        raise RefusedError(f"“{operation}” was undone already.")
    noted = _reversible_entries(operation.rows)
    rows = _lock_rows(noted)
    for entry in noted:
        _refuse_if_row_changed(entry, rows)
    reason = f"undone: {operation.summary}"
    with (
        audit.operation(verb="undo", summary=f"Undone: {operation.summary}", editor=editor, undoes=operation),
        corrections.public_change(editor=editor, note=note, claims=_affected_claims(noted, rows)),
    ):
        # What nothing refers to goes before others come back: of two that may not be there at once, the former may be.
        made = [entry for entry in reversed(noted) if entry["before"] is None]
        for entry in filter(_is_unreferenced, made):
            _delete_row(rows[entry["model"], entry["pk"]], editor, reason)
        # The last first: rows come back after those they refer to, and what only one row may have is given back first.
        for entry in reversed(noted):
            if entry["after"] is None:
                rows[entry["model"], entry["pk"]] = _recreate_row(entry, editor, reason)
            elif entry["before"] is not None:
                _revert_columns(rows[entry["model"], entry["pk"]], entry["before"], editor, reason)
        for entry in made:
            if not _is_unreferenced(entry):
                _delete_row(rows[entry["model"], entry["pk"]], editor, reason)
        _finish_undo([row for row in rows.values() if row.pk])
    return Operation.objects.get(undoes=operation)


def _reversible_entries(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What of the entries can be put back: of verdicts on their way nothing but to which claim they belong."""
    copies = {
        entry["pk"]
        for entry in entries
        if _entry_model(entry) is Verification and entry["before"] is None and not _is_draft(entry["after"])
    }
    found: list[dict[str, Any]] = []
    for entry in entries:
        before, after = entry["before"], entry["after"]
        if _entry_model(entry) is Evidence and (before or after).get("verification") in copies:
            continue
        if (
            _entry_model(entry) is not Verification
            or (not before and _is_draft(after))
            or (not after and _is_draft(before))
        ):
            found.append(entry)
        elif before and after:
            columns = before.keys() & ({"claim"} if "state" in before else _UNDOABLE_DRAFT_FIELDS)
            if columns:
                found.append(
                    entry | {"before": _select_columns(columns, before), "after": _select_columns(columns, after)}
                )
    return found


def _is_draft(values: dict[str, Any]) -> bool:
    return bool(values["state"] == VerificationState.DRAFT)


def _select_columns(columns: Collection[str], values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in columns}


def _is_unreferenced(entry: dict[str, Any]) -> bool:
    """Whether nothing ever refers to rows of this model."""
    return not _entry_model(entry)._meta.related_objects  # public by its docs


def _entry_model(entry: dict[str, Any]) -> type[models.Model]:
    return apps.get_model("claims", entry["model"])


def _lock_rows(noted: list[dict[str, Any]]) -> dict[tuple[str, int], Any]:
    """The rows as they are now, claims first and each model in the order of its keys, as everywhere."""
    rows: dict[tuple[str, int], Any] = {}
    for model in sorted({entry["model"] for entry in noted}):
        keys = [entry["pk"] for entry in noted if entry["model"] == model]
        found = (
            apps.get_model("claims", model)._base_manager.select_for_update().filter(pk__in=keys).order_by("pk")
        )  # public by its docs
        rows |= {(model, row.pk): row for row in found}
    return rows


def _refuse_if_row_changed(entry: dict[str, Any], rows: dict[tuple[str, int], Any]) -> None:
    row = rows.get((entry["model"], entry["pk"]))
    if entry["after"] is None:
        if row is not None:
            raise ChangedError(f"“{str(row)[:100]}” is there again: this cannot be undone any more.")
        return
    if row is None:
        raise ChangedError(f"{entry['model']} {entry['pk']} is not there any more: this cannot be undone.")
    judged = row.verification if isinstance(row, Evidence) else row
    if isinstance(judged, Verification) and judged.state != VerificationState.DRAFT:
        raise ChangedError(
            f"The verification “{str(judged)[:100]}” was submitted since: this cannot be undone any more."
        )
    now = _current_values(row, list(entry["after"]))
    changed = sorted(name for name, value in entry["after"].items() if now[name] != value)
    if changed:
        newest = row.history.order_by("-history_id").select_related("history_user").first()
        by = newest.history_user if newest and newest.history_user else "somebody"
        raise ChangedError(
            f"“{str(row)[:100]}” was changed since, last by {by} ({', '.join(changed)}): it cannot be undone any more."
        )


def _current_values(row: models.Model, names: list[str]) -> dict[str, Any]:
    columns = audit.column_values(row, [name for name in names if name != "topics"])
    if isinstance(row, Claim) and "topics" in names:
        columns["topics"] = sorted(row.topics.values_list("pk", flat=True))
    return columns


def _recreate_row(entry: dict[str, Any], editor: User, reason: str) -> Any:
    """A row that the operation took away, under its own number."""
    row: Any = _entry_model(entry)(pk=entry["pk"])
    for name, value in entry["before"].items():
        field = row._meta.get_field(name)  # public by its docs
        setattr(row, field.attname, value if field.is_relation else field.to_python(value))
    return audit.create([row], user=editor, reason=reason)[0]


def _revert_columns(row: Any, before: dict[str, Any], editor: User, reason: str) -> None:
    columns = {name: value for name, value in before.items() if name != "topics"}
    for name, value in columns.items():
        field = row._meta.get_field(name)  # public by its docs
        setattr(row, field.attname, value if field.is_relation else field.to_python(value))
    if columns:
        audit.update([row], list(columns), user=editor, reason=reason)
    if "topics" in before:
        audit.set_topics([row], {row.pk: before["topics"]}, user=editor, reason=reason)


def _delete_row(row: Any, editor: User, reason: str) -> None:
    if isinstance(row, Verification) and row.evidence.exists():  # which would go with it
        raise ChangedError(f"“{str(row)[:100]}” has evidence since: this cannot be undone any more.")
    try:
        audit.delete(row, user=editor, reason=reason)
    except models.ProtectedError as error:
        raise ChangedError(f"“{str(row)[:100]}” is used elsewhere since: this cannot be undone any more.") from error


def _affected_claims(noted: list[dict[str, Any]], rows: dict[tuple[str, int], Any]) -> set[int | None]:
    """The ids of the claims that the rows are, or that quotes among them make or made."""
    ids: set[int | None] = {row.pk for row in rows.values() if isinstance(row, Claim)}
    ids |= {row.claim_id for row in rows.values() if isinstance(row, Quote)}
    return ids | {(entry["before"] or {}).get("claim") for entry in noted if _entry_model(entry) is Quote}


def _finish_undo(rows: list[Any]) -> None:
    """What follows from rows put back: where quotes stand in later texts; none becomes public that was taken back."""
    quotes = [row for row in rows if isinstance(row, Quote)]
    claims = Claim.objects.in_bulk({quote.claim_id for quote in quotes if quote.claim_id})
    for quote in quotes:
        if quote.decision == QuoteDecision.ACCEPTED and quote.claim_id and claims[quote.claim_id].retracted_at:
            raise RefusedError(f"“{claims[quote.claim_id]}” was retracted since: its quotes stay as they are.")
    refresh_anchors(quotes)
