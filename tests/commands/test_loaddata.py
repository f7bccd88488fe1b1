"""Moving to another database by dumpdata and loaddata keeps everything and adds nothing."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from claims.models import Topic
from claims.services.ingestion.seeds import load_seeds
from tests.factories import QuoteFactory, TopicFactory, UserFactory
from tests.table_contents import dump_app

GUIDE = (settings.BASE_DIR / "docs" / "operating.md").read_text(encoding="utf-8")


def as_in_fixture(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Truncates times to JSON's precision and drops the ids of the many-to-many table of claims and topics."""
    for row in tables["claims.Claim_topics"]:
        del row["id"]
    for row in (row for rows in tables.values() for row in rows):
        for name, value in row.items():
            if isinstance(value, dt.datetime):
                row[name] = value.replace(microsecond=value.microsecond // 1000 * 1000)
    return tables


def dump_kept_tables() -> dict[str, list[dict[str, Any]]]:
    """Dumps every table but `Touched`, whose rows the first reader of the change feed consumes."""
    return {name: rows for name, rows in dump_app().items() if name != "claims.Touched"}


def documented_commands() -> list[list[str]]:
    """Returns the arguments of each manage.py command in the section on PostgreSQL."""
    section = GUIDE.split("\n## Moving to PostgreSQL\n")[1].split("\n## ")[0].replace("\\\n", "")
    return [line.split() for line in re.findall(r"^\.venv/bin/python manage\.py (.+)$", section, re.MULTILINE)]


def move_database(monkeypatch: pytest.MonkeyPatch, directory: Path) -> None:
    """Runs the documented commands on one database; in between, permissions and content types get new ids."""
    monkeypatch.chdir(directory)
    for name, *arguments in documented_commands():
        if name == "migrate":  # done already; for the target database
            continue
        call_command(name, *arguments, verbosity=0)
        if name == "flush":
            assert not any(dump_kept_tables().values())
            renumber_permissions()


def renumber_permissions() -> None:
    """Gives all permissions and content types new ids, as in a database with another past."""
    ContentType.objects.all().delete()  # and the permissions with them
    ContentType.objects.clear_cache()
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0)


def permission_ids() -> set[int]:
    return set(Permission.objects.values_list("pk", flat=True))


@pytest.fixture
def cleared_content_types(transactional_db: None) -> Iterator[None]:
    """Clears the cache of content types afterwards, whose ids have changed."""
    yield
    ContentType.objects.clear_cache()


@pytest.mark.django_db(transaction=True)
def test_everything_is_restored_without_new_history(
    cleared_content_types: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    load_seeds(settings.BASE_DIR / "seeds")
    # An account that only a quote's history refers to: looking it up by name would fail.
    quote = QuoteFactory(accepted=True)
    gone, quote.decided_by = quote.decided_by, UserFactory()
    quote.save()
    gone.delete()
    before = as_in_fixture(dump_kept_tables())
    move_database(monkeypatch, tmp_path)
    assert as_in_fixture(dump_kept_tables()) == before


@pytest.mark.django_db(transaction=True)
def test_permissions_are_restored(cleared_content_types: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    editor = UserFactory(username="lena")
    group = Group.objects.create(name="Reviewers")
    group.permissions.set(Permission.objects.filter(codename__in=["view_quote", "change_quote"]))
    editor.groups.add(group)
    editor.user_permissions.set(Permission.objects.filter(codename="add_claim"))
    topic = TopicFactory()
    changed = ContentType.objects.get_for_model(Topic)
    LogEntry.objects.create(user=editor, content_type=changed, object_id=topic.pk, object_repr="x", action_flag=CHANGE)
    old_ids = permission_ids()

    move_database(monkeypatch, tmp_path)

    assert not permission_ids() & old_ids
    assert permission_ids()
    reviewers = Group.objects.get(name="Reviewers")
    assert list(reviewers.permissions.values_list("codename", flat=True)) == ["change_quote", "view_quote"]
    lena = User.objects.get(username="lena")
    assert lena.groups.get().name == "Reviewers"
    assert lena.get_all_permissions() == {"claims.add_claim", "claims.change_quote", "claims.view_quote"}
    assert LogEntry.objects.get().get_edited_object() == topic
