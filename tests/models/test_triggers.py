"""The triggers are dropped and created again, as in a migration that alters one of their tables."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.db.models import Q

from claims.migrations._invariant_triggers import install_invariant_triggers, remove_invariant_triggers
from claims.models import Anchor, Evidence, Quote, Snapshot, Verification
from tests import factories as make

SUPERSEDED_FIELDS = {"published": True, "state": "superseded"}


class AlteringMigration(migrations.Migration):
    """Adds and removes a constraint on every table with a trigger, as documented in `_invariant_triggers`."""

    operations = [
        migrations.RunPython(remove_invariant_triggers, install_invariant_triggers),
        *(
            operation
            for model in (Snapshot, Quote, Anchor, Verification, Evidence)
            for operation in (
                migrations.AddConstraint(
                    model._meta.model_name, models.CheckConstraint(condition=Q(pk__gt=0), name="id_is_positive")
                ),
                migrations.RemoveConstraint(model._meta.model_name, "id_is_positive"),
            )
        ),
        migrations.RunPython(install_invariant_triggers, remove_invariant_triggers),
    ]


def list_triggers() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {f"{name}: {sql}" for name, sql in cursor.fetchall() if "claims_" in sql}


def assert_invariants_hold() -> None:
    """Violates the invariant of each trigger; all must be refused."""
    quote = make.QuoteFactory()
    verification = make.VerificationFactory(**SUPERSEDED_FIELDS)
    evidence = make.EvidenceFactory(verification=verification)
    later = make.SnapshotFactory(source=quote.snapshot.source, text="Later. " + quote.snapshot.text)
    anchor = Anchor.objects.create(quote=quote, snapshot=later, state="moved", spans=[[24, 40]])
    for name, row, changes in [
        ("quote_exact_is_slice", quote, {"exact": "Rivers are empty."}),
        ("anchor_is_slice", anchor, {"spans": [[23, 39]]}),
        ("snapshot_is_immutable", later, {"text": "Something else."}),
        ("verification_is_append_only", verification, {"explanation": "Another."}),
        ("verification_ends_for_good", verification, {"state": "published"}),
        ("evidence_is_append_only", evidence, {"note": "Another."}),
    ]:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**changes)
    with pytest.raises(IntegrityError, match="quote_exact_is_slice"), transaction.atomic():
        make.QuoteFactory(exact="Rivers are empty.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
def test_later_migration_can_alter_the_tables(backwards: bool) -> None:
    make.EvidenceFactory(verification=make.VerificationFactory(**SUPERSEDED_FIELDS))
    make.QuoteFactory()
    before = list_triggers()
    migration = AlteringMigration("altering", "claims")
    with connection.schema_editor(atomic=True) as editor:
        (migration.unapply if backwards else migration.apply)(current_project_state(), editor)
    assert list_triggers() == before
    assert_invariants_hold()


@pytest.mark.django_db(transaction=True)
def test_dropping_and_creating_may_be_repeated() -> None:
    before = list_triggers()
    with connection.schema_editor(atomic=True) as editor:
        install_invariant_triggers(None, editor)
        remove_invariant_triggers(None, editor)
        remove_invariant_triggers(None, editor)
        assert list_triggers() == {trigger for trigger in before if "comment_is_not_edited" in trigger}, (
            "which belongs to another migration"
        )
        install_invariant_triggers(None, editor)
        install_invariant_triggers(None, editor)
    # Including the triggers of the trigram index, of the full-text index (and its truncation), and of the change feed.
    assert len(before) == (7 + 23 + 6 + 32 if connection.vendor == "postgresql" else 9 + 15 + 23 + 32)
    assert list_triggers() == before
    assert_invariants_hold()


def current_project_state() -> ProjectState:
    return ProjectState.from_apps(apps)
