"""`check --database default` and `serve` refuse a database that is not as this version needs it."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from claims.database.derived_objects import find_differences
from claims.database.full_text_index import find_index_faults
from claims.management.current_database import check_database_is_current
from claims.models import Source, Touched
from claims.search import tokenizer
from claims.search.full_text import full_text_condition
from claims.search.full_text_query import parse_full_text_query
from tests import factories as make
from tests.database.conftest import MoreMigrations, latest_migration

pytestmark = pytest.mark.django_db(transaction=True)

TRIGGER = "claims_rating_touched_update"


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop_trigger() -> None:
    run(f"DROP TRIGGER {TRIGGER}" + (" ON claims_rating" if connection.vendor == "postgresql" else ""))


def drop_function() -> None:
    run(f"DROP FUNCTION {TRIGGER}() CASCADE")


def alter_trigger() -> None:
    if connection.vendor == "postgresql":
        body = "BEGIN RETURN NULL; END"
        run(f"CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
    else:
        drop_trigger()
        run(f"CREATE TRIGGER {TRIGGER} AFTER UPDATE ON claims_rating BEGIN SELECT 1; END")


def disable_trigger() -> None:
    run(f"ALTER TABLE claims_rating DISABLE TRIGGER {TRIGGER}")


def drop_words() -> None:
    run("DROP TABLE claims_quote_words")


def add_trigger_of_another_version() -> None:
    comment = "factbase sha256:0"
    if connection.vendor == "postgresql":
        function = "FOR EACH ROW EXECUTE FUNCTION comment_is_not_edited()"
        run(f"CREATE TRIGGER extra BEFORE UPDATE ON claims_topic {function}")
        run(f"COMMENT ON TRIGGER extra ON claims_topic IS '{comment}'")
    else:
        run(f"CREATE TRIGGER extra /* {comment} */ AFTER UPDATE ON claims_topic BEGIN SELECT 1; END")


def add_trigger_of_somebody_else() -> None:
    if connection.vendor == "postgresql":
        run("CREATE FUNCTION extra() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
        run("CREATE TRIGGER extra BEFORE UPDATE ON claims_topic FOR EACH ROW EXECUTE FUNCTION extra()")
    else:
        run("CREATE TRIGGER extra AFTER UPDATE ON claims_topic BEGIN SELECT 1; END")


def assert_refused(message: str) -> None:
    with pytest.raises(SystemCheckError) as refused:
        call_command("check", databases=["default"])
    assert message in str(refused.value)
    with pytest.raises(CommandError) as not_served:
        check_database_is_current()
    assert message.partition("\n")[0] in str(not_served.value)
    assert "\n" not in str(not_served.value)


def assert_accepted() -> None:
    call_command("check", databases=["default"])
    check_database_is_current()


DAMAGES = [
    (drop_trigger, f"trigger {TRIGGER} is missing"),
    (alter_trigger, f"{TRIGGER} differs from what this version creates"),
    (drop_words, "table claims_quote_words is missing"),
    (add_trigger_of_another_version, "trigger extra is of another version"),
]
if connection.vendor == "postgresql":
    DAMAGES += [
        (drop_function, f"function {TRIGGER} is missing"),
        (disable_trigger, f"trigger {TRIGGER} is disabled"),
    ]


@pytest.mark.parametrize(("damage", "message"), DAMAGES)
def test_a_derived_object_that_is_not_as_it_must_be(damage: Callable[[], None], message: str) -> None:
    assert_accepted()
    damage()
    assert_refused(message)
    call_command("migrate", verbosity=0)
    assert_accepted()
    assert find_index_faults() == []


def test_objects_of_somebody_else_are_kept(more_migrations: MoreMigrations) -> None:
    add_trigger_of_somebody_else()
    assert_accepted()
    more_migrations.add("0999_column", "migrations.AddField('quote', 'more', models.IntegerField(null=True))")
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        table = "pg_trigger WHERE tgname" if connection.vendor == "postgresql" else "sqlite_master WHERE name"
        cursor.execute(f"SELECT count(*) FROM {table} = 'extra'")
        assert cursor.fetchone() == (1,)


def test_words_are_indexed_anew_when_they_are_split_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    source = make.SourceFactory(title="Die Straße")
    Touched.objects.all().delete()
    monkeypatch.setattr(tokenizer, "LETTER_EXPANSIONS", {"ß": "sz"})
    monkeypatch.setattr(tokenizer, "RULES", ("other rules",))
    assert {f"claims_{kind}_words" for kind in ("quote", "claim", "source", "speaker", "topic", "verification")} <= {
        difference.name for difference in find_differences(connection)
    }
    with pytest.raises(SystemCheckError, match="table claims_source_words differs from what this version creates"):
        call_command("check", databases=["default"])
    call_command("migrate", verbosity=0)
    assert_accepted()
    assert list(Source.objects.filter(full_text_condition(Source)(parse_full_text_query("strasze")))) == [source]
    assert not Touched.objects.exists()  # nothing has changed for readers


def test_a_newer_database() -> None:
    MigrationRecorder(connection).record_applied("claims", "0999_of_a_newer_version")
    assert_refused(
        "the database is newer than this version of factbase, which does not have its migrations "
        "0999_of_a_newer_version"
    )


def test_an_older_database() -> None:
    MigrationRecorder(connection).record_unapplied("claims", latest_migration())
    if latest_migration().startswith("0001_squashed"):
        MigrationRecorder.Migration.objects.filter(app="claims").delete()
    assert_refused("1 migration is not applied")


def test_migrations_of_other_apps_are_none_of_ours() -> None:
    MigrationRecorder(connection).record_applied("removed_app", "0001_initial")
    assert_accepted()


def test_migrate_is_not_stopped_by_what_it_repairs() -> None:
    drop_trigger()
    call_command("migrate", verbosity=0, skip_checks=False)
    assert_accepted()
