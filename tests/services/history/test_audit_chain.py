"""The audit log says who did what, and a change of it is found."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.database.derived_objects import drop
from claims.database.triggers.audit import audit_triggers
from claims.database.triggers.invariants import invariant_triggers
from claims.models import AuditEntry, HistoryCause, TieReason, Verification
from claims.services.history import audit, audit_chain
from claims.services.history.audit_chain import seal_entries
from claims.services.people.account_ties import record_tie
from claims.services.verification.workflow import publish_verification
from tests import factories as make
from tests import verifications
from tests.concurrency import run_concurrently

pytestmark = pytest.mark.django_db


def entries(**fields: object) -> list[AuditEntry]:
    seal_entries()
    return list(AuditEntry.objects.filter(**fields).order_by("number"))


def test_an_approval_says_who_what_and_when_but_no_text() -> None:
    row, approver = verifications.make_submitted(), make.UserFactory(username="ann")
    published = publish_verification(verification=row, approver=approver)
    entry = entries(kind="verification", object_id=row.pk)[-1]
    assert (entry.actor, entry.actor_name, entry.action) == (approver, "ann", "changed")
    assert set(entry.details["changed"]) >= {"approver", "state", "published_at"}
    assert entry.details["values"]["state"] == "published"
    assert entry.details["values"]["approver"] == approver.pk
    assert published.published_at is not None
    assert abs((entry.at - published.published_at).total_seconds()) < 60
    log = json.dumps([audit_chain.to_record(each) for each in entries()])
    assert row.explanation not in log
    assert row.claim.text not in log


def test_what_the_software_does_by_itself_is_not_in_it() -> None:
    quote = make.QuoteFactory()
    before = len(entries())
    audit.update([quote], ["role"], user=None, reason="by itself")
    audit.update([quote], ["role"], user=make.UserFactory(), cause=HistoryCause.EXTRACTED)
    assert len(entries()) == before


def test_ties_are_logged_without_a_history() -> None:
    ann, maker = make.UserFactory(), make.UserFactory(username="maker")
    record_tie(account=ann, person=maker, reason=TieReason.PASSWORD)
    entry = entries()[-1]
    assert (entry.actor_name, entry.action, entry.object_id) == ("maker", "tied", str(ann.pk))
    assert entry.details == {"reason": "password"}


# --- Tampering --------------------------------------------------------------------------------------------------------


@pytest.fixture
def log() -> list[AuditEntry]:
    """A log with several entries, whose triggers are gone: whoever changes it has the database."""
    verifications.make_published()
    sealed = entries()
    assert len(sealed) == 4
    drop(connection, [*audit_triggers(connection), *invariant_triggers(connection)])
    return sealed


def run_check(*args: str) -> str:
    output = io.StringIO()
    try:
        call_command("check_audit", *args, stdout=output)
    except CommandError as error:
        return output.getvalue() + str(error)
    return output.getvalue()


def change(log: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=log[1].pk).update(actor_name="somebody else")


def change_with_its_hash(log: list[AuditEntry]) -> None:
    log[1].actor_name = "somebody else"
    log[1].hash = audit_chain.compute_hash(audit_chain.to_record(log[1]))
    log[1].save()


def remove(log: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=log[1].pk).delete()


def remove_the_first(log: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=log[0].pk).delete()


def reorder(log: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=log[1].pk).update(number=10_000)
    AuditEntry.objects.filter(pk=log[2].pk).update(number=log[1].number)
    AuditEntry.objects.filter(pk=log[1].pk).update(number=log[2].number)


def change_the_history(log: list[AuditEntry]) -> None:
    [entry] = [each for each in log if each.kind == "verification"][-1:]
    Verification.history.filter(history_id=entry.history_id).update(explanation="Another.")


def remove_from_the_history(log: list[AuditEntry]) -> None:
    [entry] = [each for each in log if each.kind == "verification"][-1:]
    Verification.history.filter(history_id=entry.history_id).delete()


TAMPERING = [
    change,
    change_with_its_hash,
    remove,
    remove_the_first,
    reorder,
    change_the_history,
    remove_from_the_history,
]


@pytest.mark.parametrize("tamper", TAMPERING)
def test_tampering_is_found(log: list[AuditEntry], tamper: Callable[[list[AuditEntry]], None]) -> None:
    assert f"{len(log)} entries. Head: {log[-1].hash}" in run_check()
    tamper(log)
    assert "The audit log is not what it was" in run_check()


def test_a_head_kept_elsewhere_tells_that_the_end_is_missing(log: list[AuditEntry]) -> None:
    head = log[-1].hash
    assert "Head:" in run_check("--head", head.upper())
    for entry in log[-2:]:
        AuditEntry.objects.filter(pk=entry.pk).delete()
    assert "Head:" in run_check(), "the rest is a chain"
    assert f"no entry has the hash {head}" in run_check("--head", head)


def test_an_export_is_checked_without_the_database(tmp_path: Path) -> None:
    verifications.make_published()
    last = entries()[-1]
    output, errors = io.StringIO(), io.StringIO()
    call_command("export_audit", "--format", "jsonl", stdout=output, stderr=errors)
    assert errors.getvalue() == f"Head: entry {last.number}, {last.hash}\n"
    export = tmp_path / "audit.jsonl"
    export.write_text(output.getvalue())
    assert f"Head: {last.hash}" in run_check(str(export), "--head", last.hash)
    export.write_text(output.getvalue().replace('"changed"', '"checked"', 1))
    assert "was changed" in run_check(str(export))
    export.write_text("{}\n")
    assert "line 1: no entry of an audit log" in run_check(str(export))
    output = io.StringIO()
    call_command("export_audit", "--after", str(last.number - 1), stdout=output)
    header, row = output.getvalue().splitlines()
    assert header.startswith("number,at,actor_name,action,kind,object_id")
    assert row.startswith(f"{last.number},")


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain() -> None:
    editors = [make.UserFactory() for _ in range(4)]
    quotes = [make.QuoteFactory() for _ in range(4)]

    def write(number: int) -> None:
        for _ in range(5):
            quotes[number].role = f"{quotes[number].role}!"
            audit.update([quotes[number]], ["role"], user=editors[number])
            seal_entries()

    run_concurrently(*(lambda number=number: write(number) for number in range(4)))
    log = entries(kind="quote")
    assert len([entry for entry in log if entry.actor in editors]) == 20
    assert not list(audit_chain.find_faults(map(audit_chain.to_record, entries())))
