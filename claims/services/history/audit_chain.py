"""The chain of the audit log: each entry is sealed with the hash of the one before, so that no change goes unnoticed.

Triggers write the entries with the changes that they are about; writers wait for nobody. The entries of committed
transactions are sealed afterwards, by one process at a time. A change of the last entries, or of all from one entry on,
is found only by comparing with a head that was kept elsewhere.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.db.models import OuterRef, Subquery

from claims.database.connections.outages import outage_logged
from claims.database.triggers.audit import history_models
from claims.models import AuditEntry
from claims.services.locks import lock_audit_chain

BATCH_SIZE = 1000  # entries sealed in one transaction
GENESIS = "0" * 64  # the hash before the first entry
HASHED_FIELDS = ("number", "at", "actor_name", "action", "kind", "object_id", "history_id", "details", "previous_hash")
EXPORTED_FIELDS = (*HASHED_FIELDS, "hash")
# Of an entry of a history, what is not of the object, or changes with each write.
UNTOLD_FIELDS = frozenset(
    {
        "updated_at",
        "history_id",
        "history_date",
        "history_change_reason",
        "history_cause",
        "history_type",
        "history_user",
    }
)

Record = dict[str, Any]  # an entry as it is exported and hashed


def record_entry(*, actor: User | None, action: str, kind: str, object_id: int, details: Mapping[str, Any]) -> None:
    """Write an entry about something that no trigger knows who did, in the caller's transaction.

    The actor is None where somebody without an account ran a command.
    """
    AuditEntry.objects.create(
        actor=actor,
        actor_name=actor.get_username() if actor else "",
        action=action,
        kind=kind,
        object_id=str(object_id),
        details=dict(details),
    )


def seal_after_commit() -> None:
    """Call `seal_entries` when this transaction commits. A failure is logged; the next call makes up for it."""
    if not any(callback is _seal_or_log for _, callback, *_ in connection.run_on_commit):
        transaction.on_commit(_seal_or_log, robust=True)


@outage_logged(consequence="the audit log is sealed later")
def _seal_or_log() -> None:
    seal_entries()


def seal_entries() -> None:
    """Give the entries of all committed transactions their places in the chain."""
    while AuditEntry.objects.unsealed().exists():
        with transaction.atomic():
            lock_audit_chain()
            _seal_batch()


def to_record(entry: AuditEntry) -> Record:
    """The entry as it is exported, and as it is hashed but for the hash itself."""
    record = {name: getattr(entry, name) for name in EXPORTED_FIELDS}
    return record | {"at": _format_moment(entry.at)}


def compute_hash(record: Mapping[str, Any]) -> str:
    """The SHA-256 (lowercase hex) of the entry's content, with the hash of the entry before it."""
    content = {name: record[name] for name in HASHED_FIELDS}
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def export_records(*, after: int = 0) -> Iterator[Record]:
    """Seals what is left to seal, and yields the entries with higher numbers in their order."""
    seal_entries()
    entries = AuditEntry.objects.sealed().filter(number__gt=after).order_by("number")
    return (to_record(entry) for entry in entries.iterator(chunk_size=BATCH_SIZE))


def find_faults(records: Iterable[Mapping[str, Any]], *, head: str = "", is_whole: bool = True) -> Iterator[str]:
    """Yields what is wrong with a chain: changed, missing or reordered entries, and a head that is not in it.

    Unless it is whole, a chain may begin later than with the first entry.
    """
    previous: Mapping[str, Any] | None = None
    is_head_found = not head
    for record in records:
        number = record["number"]
        if previous is None:
            is_head_found = is_head_found or record["previous_hash"] == head
            if is_whole and (number != 1 or record["previous_hash"] != GENESIS):
                yield f"the chain begins with entry {number}, not with the first"
        elif number != previous["number"] + 1:
            yield f"entry {number} follows entry {previous['number']}"
        elif record["previous_hash"] != previous["hash"]:
            yield f"entry {number} does not continue entry {previous['number']}"
        if compute_hash(record) != record["hash"]:
            yield f"entry {number} was changed"
        is_head_found = is_head_found or record["hash"] == head
        previous = record
    if not is_head_found:
        yield f"no entry has the hash {head}: the log was changed or shortened after that head was noted"


def find_changed_history(entries: Sequence[AuditEntry]) -> Iterator[str]:
    """Yields the entries whose entry of a history is no longer the one that they were sealed with."""
    for kind, rows in _history_rows(entries).items():
        for entry in entries:
            if entry.kind == kind and entry.history_id is not None and "sha256" in entry.details:
                row = rows.get(entry.history_id)
                if row is None:
                    yield f"entry {entry.number}: its entry in the history of {kind} {entry.object_id} is gone"
                elif (
                    entry.details["columns"] == _columns_digest(type(row))
                    and _row_digest(row) != entry.details["sha256"]
                ):
                    yield f"entry {entry.number}: its entry in the history of {kind} {entry.object_id} was changed"


def _seal_batch() -> None:
    entries = list(AuditEntry.objects.unsealed().order_by("pk")[:BATCH_SIZE])
    last = AuditEntry.objects.sealed().order_by("-number").first()
    number, previous_hash = (last.number or 0, last.hash) if last else (0, GENESIS)
    details = _describe_changes(entries)
    for entry in entries:
        number += 1
        entry.number, entry.previous_hash = number, previous_hash
        entry.details |= details.get(entry.pk, {})
        entry.hash = previous_hash = compute_hash(to_record(entry))
    field = AuditEntry._meta.get_field("details")
    with connection.cursor() as cursor:
        cursor.executemany(  # in a fraction of the time of `bulk_update`
            "UPDATE claims_auditentry SET number = %s, previous_hash = %s, hash = %s, details = %s WHERE id = %s",
            [
                (
                    entry.number,
                    entry.previous_hash,
                    entry.hash,
                    field.get_db_prep_save(entry.details, connection),
                    entry.pk,
                )
                for entry in entries
            ],
        )


def _describe_changes(entries: Sequence[AuditEntry]) -> dict[int, Record]:
    """For the id of each entry about an entry of a history: which fields changed, coded values, and the row's hash."""
    described: dict[int, Record] = {}
    for kind, rows in _history_rows(entries).items():
        previous = _previous_rows(rows)
        for entry in entries:
            row = rows.get(entry.history_id or 0) if entry.kind == kind else None
            if row is not None:
                before = previous.get(row.pk)
                changed = [
                    field
                    for field in type(row)._meta.concrete_fields
                    if field.name not in UNTOLD_FIELDS
                    and (before is None or _json_value(before, field) != _json_value(row, field))
                ]
                described[entry.pk] = {
                    "changed": [field.name for field in changed],
                    "values": {field.name: _json_value(row, field) for field in changed if _is_coded(field)},
                    "columns": _columns_digest(type(row)),
                    "sha256": _row_digest(row),
                }
    return described


def _history_rows(entries: Sequence[AuditEntry]) -> dict[str, dict[int, Any]]:
    """The entries of histories that these entries are about, by kind and id. One query a kind."""
    ids = defaultdict(list)
    for entry in entries:
        if entry.history_id is not None:
            ids[entry.kind].append(entry.history_id)
    histories = {str(history.instance_type._meta.model_name): history for history in history_models()}  # type: ignore[attr-defined]  # as above
    return {kind: histories[kind]._default_manager.in_bulk(ids[kind]) for kind in ids if kind in histories}


def _previous_rows(rows: Mapping[int, models.Model]) -> dict[int, models.Model]:
    """For the id of each of these entries of a history, the entry before it about the same object. Two queries."""
    if not rows:
        return {}
    history = type(next(iter(rows.values())))._default_manager
    before = history.filter(id=OuterRef("id"), pk__lt=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    entries = history.filter(pk__in=rows).annotate(previous=Subquery(before))
    previous = dict(entries.filter(previous__isnull=False).order_by("pk").values_list("pk", "previous"))
    earlier = history.in_bulk(set(previous.values()))
    return {pk: earlier[previous_id] for pk, previous_id in previous.items()}


def _is_coded(field: Any) -> bool:
    """Whether the values of a column say nothing about anybody: they are codes, ids, dates, numbers or yes and no."""
    free = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
    return bool(field.choices) or not isinstance(field, free)


def _json_value(row: models.Model, field: Any) -> Any:
    value = getattr(row, field.attname)
    if isinstance(value, datetime):
        return _format_moment(value)
    return value.isoformat() if isinstance(value, date) else value


def _row_digest(row: models.Model) -> str:
    """The SHA-256 of an entry of a history: the values of the object, when, who and why."""
    values = {field.name: _json_value(row, field) for field in type(row)._meta.concrete_fields}
    return hashlib.sha256(orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _columns_digest(history: type[models.Model]) -> str:
    """Tells apart the columns that a history has in different versions: hashes of rows compare within one of them."""
    names = sorted(field.name for field in history._meta.concrete_fields)
    return hashlib.sha256(" ".join(names).encode()).hexdigest()[:8]


def _format_moment(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
