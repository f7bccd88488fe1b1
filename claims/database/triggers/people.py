"""Triggers about accounts: another person approves, ties are kept, the name of who did something stays."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.database.definitions import DerivedObject
from claims.database.triggers.invariants import refusal_trigger

if TYPE_CHECKING:
    from django.db.models import Field

# What refers to an account without saying that its holder did something.
_NO_DEEDS = {
    "claims.AccountTie.account",
    "claims.AuditEntry.actor",
    "claims.Assignment.assignee",
    "claims.HistoricalAssignment.assignee",
    "claims.Invitation.account",
    "claims.Mention.user",
    "claims.Notice.recipient",
    "claims.NoticePreference.user",
    "claims.SavedView.owner",
}

# The accounts that count as one person with the approver: ties chain, in both directions. A tie counts that was there
# when the verdict was published, and had not ended before the verdict was begun. For the author a constraint suffices.
_SAME_PERSON_APPROVES = """NEW.approver_id <> NEW.author_id AND NEW.author_id IN (
    WITH RECURSIVE same_person(id) AS (
        SELECT NEW.approver_id
        UNION
        SELECT CASE WHEN t.account_id = p.id THEN t.person_id ELSE t.account_id END
        FROM same_person p JOIN claims_accounttie t ON p.id IN (t.account_id, t.person_id)
        WHERE (NEW.published_at IS NULL OR t.created_at <= NEW.published_at)
            AND (t.confirmed_at IS NULL OR t.confirmed_at > NEW.created_at)
    ) SELECT id FROM same_person)"""


def columns_of_deeds() -> "list[Field[Any, Any]]":
    """The columns that name the account of who did something, histories included."""
    return [
        field
        for model in apps.get_app_config("claims").get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is User and str(field) not in _NO_DEEDS
    ]


def people_triggers(connection: BaseDatabaseWrapper) -> Iterator[DerivedObject]:
    did_something = " OR ".join(
        f"EXISTS (SELECT 1 FROM {field.model._meta.db_table} WHERE {field.column} = OLD.id)"
        for field in columns_of_deeds()
    )
    rules = [
        ("verification_approver_is_another_person", "claims_verification", "INSERT", _SAME_PERSON_APPROVES),
        (
            "verification_approver_becomes_another_person",
            "claims_verification",
            "UPDATE OF approver_id, author_id",
            _SAME_PERSON_APPROVES,
        ),
        ("account_tie_is_kept", "claims_accounttie", "DELETE", "TRUE"),
        (
            "account_name_stays",
            "auth_user",
            "UPDATE OF username",
            f"OLD.username <> NEW.username AND ({did_something})",
        ),
    ]
    for name, table, event, refused in rules:
        yield from refusal_trigger(connection, name, table, event, refused)
