"""What a migration reads from the history of corrections that are older than their fields."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from claims.models import Claim, CorrectedField, Correction, Speaker
from claims.services.claims.corrections import PublicNote
from claims.services.claims.editing import edit_claim
from claims.services.verification.workflow import withdraw_verification
from tests import factories as make
from tests import verifications
from tests.services.claims.claim_states import make_public_claim

pytestmark = pytest.mark.django_db
migration = import_module("claims.migrations.0032_fields_of_stored_corrections")
NOTE = PublicNote("The wording was corrected.", "A typing error.")


def forget_fields() -> None:
    """As if the corrections had been made before they had fields."""
    CorrectedField.objects.all().delete()
    Correction.objects.exclude(kind="retraction").update(kind="correction", subject="", speaker="", verification=None)


def read_fields() -> None:
    migration.read_fields(apps, connection.schema_editor())


def read_changes(correction: Correction) -> list[tuple[str, str, str]]:
    return list(correction.changes.values_list("field", "before", "after"))


def make_claim_with_history() -> Claim:
    claim = make_public_claim()
    for history in (Claim.history, Speaker.history):
        history.update(history_date=timezone.now() - dt.timedelta(days=2))
    return claim


def test_the_claim_as_it_stood_and_the_change_are_read() -> None:
    claim, editor = make_claim_with_history(), make.UserFactory()
    changes = {"text": "Rivers are low.", "said_on": dt.date(2025, 5, 16)}
    edit_claim(claim=claim, changes=changes, editor=editor, note=NOTE)
    name = claim.speaker.name
    forget_fields()
    Claim.objects.update(text="Rivers are dry.")
    Speaker.objects.update(name="Somebody")
    read_fields()
    correction = Correction.objects.get()
    assert (correction.subject, correction.speaker, correction.kind) == (claim.text, name, "correction")
    assert read_changes(correction) == [
        ("wording", claim.text, "Rivers are low."),
        ("said_on", "", "2025-05-16"),
    ]


def test_a_withdrawn_verdict_is_read() -> None:
    verdict = verifications.make_published(make_claim_with_history())
    withdraw_verification(verification=verdict, editor=make.UserFactory(), reason="A gauge broke.")
    forget_fields()
    read_fields()
    correction = Correction.objects.get()
    assert (correction.kind, correction.verification) == ("withdrawal", verdict)
    assert (correction.subject, read_changes(correction)) == (verdict.claim.text, [("verdict", "True", "")])


def test_what_the_history_does_not_tell_stays_empty() -> None:
    claim = make_public_claim()
    Claim.history.all().delete()
    text = "The verdict “True” was withdrawn."
    Correction.objects.create(claim=claim, kind="correction", text=text, reason="Wrong.", made_by=make.UserFactory())
    read_fields()
    correction = Correction.objects.get()
    assert (correction.kind, correction.subject, correction.speaker, correction.verification) == (
        "correction",
        "",
        "",
        None,
    )
    assert read_changes(correction) == []


def test_a_change_of_another_moment_is_not_taken_for_that_of_the_correction() -> None:
    claim, editor = make_claim_with_history(), make.UserFactory()
    edit_claim(claim=claim, changes={"text": "Rivers are low."}, editor=editor, note=NOTE)
    Correction.objects.update(made_at=timezone.now() + dt.timedelta(hours=1))
    forget_fields()
    read_fields()
    correction = Correction.objects.get()
    assert (correction.subject, read_changes(correction)) == ("Rivers are low.", [])


def test_backwards_what_was_unknown_before_is_left_out() -> None:
    quote = make.QuoteFactory(accepted=True, claim=None)
    words = {"text": "A date.", "reason": "Wrong.", "made_by": make.UserFactory()}
    Correction.objects.create(quote=quote, kind="edit", **words)
    for kind in ("edit", "supersession", "withdrawal", "retraction"):
        Correction.objects.create(claim=make.ClaimFactory(), kind=kind, **words)
    migration.leave_what_was_known(apps, connection.schema_editor())
    kinds = list(Correction.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["correction", "correction", "correction", "retraction"]
