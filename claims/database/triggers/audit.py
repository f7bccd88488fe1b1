"""Triggers that write the audit log: one entry for each entry of a history, and for what has no history.

They live in the database so that no write of the application bypasses them. What the software does by itself, such as
finding quotes and suggesting relations, is no deed of anybody, and is not in the log.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.database.definitions import DerivedObject, function, trigger
from claims.database.triggers.invariants import refusal_trigger
from claims.models.history_cause import CausedEntry, HistoryCause

HISTORY_ACTION = "CASE NEW.history_type WHEN '+' THEN 'created' WHEN '-' THEN 'deleted' ELSE 'changed' END"
LOGGED_ACTION = "CASE NEW.action_flag WHEN 1 THEN 'created' WHEN 3 THEN 'deleted' ELSE 'changed' END"
LOGGED_KIND = "(SELECT t.model FROM django_content_type t WHERE t.id = NEW.content_type_id)"


class AuditTrigger(NamedTuple):
    """An entry to write for an event on a table; all values in SQL. `details` are names of columns of the row."""

    table: str
    event: str
    at: str
    actor: str
    action: str
    kind: str
    object_id: str = "NEW.id"
    history_id: str = "NULL"
    when: str = "TRUE"
    details: tuple[str, ...] = ()
    actor_name: str = "(SELECT u.username FROM auth_user u WHERE u.id = {actor})"

    @property
    def name(self) -> str:
        return f"{self.table}_audited_{self.event.split()[0].lower()}"


def history_models() -> list[type[CausedEntry]]:
    """The models of the histories, each with the model that it is of as `instance_type`."""
    return [model for model in apps.get_app_config("claims").get_models() if issubclass(model, CausedEntry)]


def audited_events() -> Iterator[AuditTrigger]:
    kinds = []
    for history in history_models():
        kind = history.instance_type._meta.model_name  # type: ignore[attr-defined]  # set by django-simple-history
        kinds.append(f"'{kind}'")
        yield AuditTrigger(
            history._meta.db_table,
            "INSERT",
            "NEW.history_date",
            "NEW.history_user_id",
            HISTORY_ACTION,
            f"'{kind}'",
            history_id="NEW.history_id",
            when=f"NEW.history_user_id IS NOT NULL AND NEW.history_cause <> '{HistoryCause.EXTRACTED}'",
        )
    yield AuditTrigger("claims_operation", "INSERT", "NEW.at", "NEW.editor_id", "NEW.verb", "'operation'")
    yield AuditTrigger(
        "claims_correction", "INSERT", "NEW.made_at", "NEW.made_by_id", "'published'", "'correction'", details=("kind",)
    )
    yield AuditTrigger(
        "django_admin_log",
        "INSERT",
        "NEW.action_time",
        "NEW.user_id",
        LOGGED_ACTION,
        f"coalesce({LOGGED_KIND}, '')",
        object_id="substr(coalesce(NEW.object_id, ''), 1, 64)",
        when=f"coalesce({LOGGED_KIND}, '') NOT IN ({', '.join(kinds)})",
    )
    yield AuditTrigger(
        "axes_accesslog",
        "INSERT",
        "NEW.attempt_time",
        "NULL",
        "'signed in'",
        "'user'",
        object_id="''",
        actor_name="substr(coalesce(NEW.username, ''), 1, 150)",
    )
    tie = ("claims_accounttie", "NEW.created_at", "NEW.person_id", "'tied'", "'user'", "NEW.account_id")
    table, at, actor, action, kind, account = tie
    yield AuditTrigger(table, "INSERT", at, actor, action, kind, account, details=("reason",))
    yield AuditTrigger(
        *(table, "UPDATE OF confirmed_at", "NEW.confirmed_at", "NEW.confirmed_by_id", "'confirmed'", kind, account),
        when="OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL",
        details=("reason", "confirmation", "person_id"),
    )
    yield AuditTrigger("claims_readerkey", "INSERT", "NEW.made_at", "NEW.made_by_id", "'created'", "'readerkey'")
    yield AuditTrigger(
        *(
            "claims_readerkey",
            "UPDATE OF revoked_at",
            "NEW.revoked_at",
            "NEW.revoked_by_id",
            "'revoked'",
            "'readerkey'",
        ),
        when="OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL",
    )
    yield AuditTrigger(
        *(
            "claims_weightset",
            "UPDATE OF adopted_at",
            "NEW.adopted_at",
            "NEW.adopted_by_id",
            "'adopted'",
            "'weightset'",
        ),
        when="OLD.adopted_at IS NULL AND NEW.adopted_at IS NOT NULL",
    )


def audit_triggers(connection: BaseDatabaseWrapper) -> Iterator[DerivedObject]:
    yield from refusal_trigger(connection, "audit_entry_is_kept", "claims_auditentry", "DELETE", "TRUE")
    on_postgresql = connection.vendor == "postgresql"
    for event in audited_events():
        pairs = ", ".join(f"'{column.removesuffix('_id')}', NEW.{column}" for column in event.details)
        details = f"{'jsonb_build_object' if on_postgresql else 'json_object'}({pairs})"
        insert = (
            "INSERT INTO claims_auditentry"
            " (at, actor_id, actor_name, action, kind, object_id, history_id, details, previous_hash, hash)"
            f" VALUES ({event.at}, {event.actor}, coalesce({event.actor_name.format(actor=event.actor)}, ''),"
            f" {event.action}, {event.kind}, CAST({event.object_id} AS TEXT), {event.history_id}, {details}, '', '');"
        )
        if on_postgresql:
            yield function(
                event.name,
                f"CREATE FUNCTION {event.name}() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN IF {event.when} THEN {insert} END IF; RETURN NULL; END $$",
            )
            yield trigger(
                event.name,
                event.table,
                f"CREATE TRIGGER {event.name} AFTER {event.event} ON {event.table}"
                f" FOR EACH ROW EXECUTE FUNCTION {event.name}()",
            )
        else:
            yield trigger(
                event.name,
                event.table,
                f"CREATE TRIGGER {event.name} AFTER {event.event} ON {event.table} WHEN {event.when}"
                f" BEGIN {insert} END",
            )
