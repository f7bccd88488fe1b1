"""Moving everything to another database: what is written out comes back, no more and no less."""

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
from tests.database_dump import dump_database
from tests.factories import QuoteFactory, TopicFactory, UserFactory

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")


def as_in_fixture(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """With times as precise as they are in JSON, and without the ids of the table between claims and their topics."""
    for row in tables["claims.Claim_topics"]:
        del row["id"]
    for row in (row for rows in tables.values() for row in rows):
        for name, value in row.items():
            if isinstance(value, dt.datetime):
                row[name] = value.replace(microsecond=value.microsecond // 1000 * 1000)
    return tables


def dump_kept_tables() -> dict[str, list[dict[str, Any]]]:
    """Every table but the notes of what was touched, which are used up by the first who asks what changed."""
    return {name: rows for name, rows in dump_database().items() if name != "claims.Touched"}


def readme_commands() -> list[list[str]]:
    """The arguments to manage.py in the README's section, command by command."""
    section = README.split("\n## Moving to PostgreSQL\n")[1].split("\n## ")[0].replace("\\\n", "")
    return [line.split() for line in re.findall(r"^\.venv/bin/python manage\.py (.+)$", section, re.MULTILINE)]


def move_database(monkeypatch: pytest.MonkeyPatch, directory: Path) -> None:
    """Do as the README says, in this one database; in between its permissions and content types get other ids."""
    monkeypatch.chdir(directory)
    for name, *arguments in readme_commands():
        if name == "migrate":  # it is; the target's first
            continue
        call_command(name, *arguments, verbosity=0)
        if name == "flush":
            assert not any(dump_kept_tables().values())
            renumber_permissions()


def renumber_permissions() -> None:
    """Give all permissions and content types ids that none of them had, as in a database with another past."""
    ContentType.objects.all().delete()  # and the permissions with them
    ContentType.objects.clear_cache()
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0)


def permission_ids() -> set[int]:
    """Of the permissions."""
    return set(Permission.objects.values_list("pk", flat=True))


@pytest.fixture
def numbered_anew(transactional_db: None) -> Iterator[None]:
    """Content types are looked up again once their ids are another test's."""
    yield
    ContentType.objects.clear_cache()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_everything_comes_back_as_it_was_with_no_history_added(
    numbered_anew: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    load_seeds(settings.BASE_DIR / "seeds")
    # An account that only the history of a quote still knows: to look it up by name would fail.
    quote = QuoteFactory(accepted=True)
    gone, quote.decided_by = quote.decided_by, UserFactory()
    quote.save()
    gone.delete()
    before = as_in_fixture(dump_kept_tables())
    move_database(monkeypatch, tmp_path)
    assert as_in_fixture(dump_kept_tables()) == before


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_people_may_do_what_they_might(numbered_anew: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    editor = UserFactory(username="lena")
    group = Group.objects.create(name="Reviewers")
    group.permissions.set(Permission.objects.filter(codename__in=["view_quote", "change_quote"]))
    editor.groups.add(group)
    editor.user_permissions.set(Permission.objects.filter(codename="add_claim"))
    topic = TopicFactory()
    changed = ContentType.objects.get_for_model(Topic)
    LogEntry.objects.create(user=editor, content_type=changed, object_id=topic.pk, object_repr="x", action_flag=CHANGE)
    numbers = permission_ids()

    move_database(monkeypatch, tmp_path)

    assert not permission_ids() & numbers
    assert permission_ids()
    reviewers = Group.objects.get(name="Reviewers")
    assert list(reviewers.permissions.values_list("codename", flat=True)) == ["change_quote", "view_quote"]
    lena = User.objects.get(username="lena")
    assert lena.groups.get().name == "Reviewers"
    assert lena.get_all_permissions() == {"claims.add_claim", "claims.change_quote", "claims.view_quote"}
    assert LogEntry.objects.get().get_edited_object() == topic
