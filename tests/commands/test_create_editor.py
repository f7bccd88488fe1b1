"""`create_editor` creates an account once, with a password that works and is shown once."""

import re
import threading
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

PASSWORD_LINE = re.compile(r"password (\S+) \(shown only once\)")


@pytest.mark.django_db
def test_shown_password_works(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_editor")
    (password,) = PASSWORD_LINE.findall(capsys.readouterr().out)
    editor = User.objects.get(username="editor")
    assert editor.check_password(password)
    assert (editor.is_staff, editor.is_superuser, editor.is_active) == (True, True, True)


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["Reporter", "Editor", "Approver", "Chief"])
def test_account_with_a_group(capsys: pytest.CaptureFixture[str], group: str) -> None:
    call_command("create_editor", "--username", "ann", "--group", group)
    (password,) = PASSWORD_LINE.findall(capsys.readouterr().out)
    ann = User.objects.get(username="ann")
    assert ann.check_password(password)
    assert (ann.is_staff, ann.is_superuser, list(ann.groups.values_list("name", flat=True))) == (True, False, [group])


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["Editors", "", "editor"])
def test_unknown_group_is_refused(group: str) -> None:
    with pytest.raises(CommandError, match="Groups: Reporter, Editor, Approver, Chief"):
        call_command("create_editor", "--group", group)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_existing_account_keeps_its_permissions() -> None:
    call_command("create_editor")
    call_command("create_editor", "--group", "Reporter")
    editor = User.objects.get()
    assert (editor.is_superuser, editor.groups.count()) == (True, 0)


@pytest.mark.django_db
def test_second_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_editor")
    before = User.objects.values().get()
    capsys.readouterr()
    call_command("create_editor")
    assert User.objects.values().get() == before
    assert capsys.readouterr().out == (
        "Account 'editor' already exists. To set a new password: .venv/bin/python manage.py changepassword editor\n"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("error", [BrokenPipeError(), UnicodeEncodeError("ascii", "Ж", 0, 1, "not in range")])
def test_account_is_not_kept_if_its_password_cannot_be_shown(error: Exception) -> None:
    class Broken:
        def write(self, text: str) -> None:
            raise error

    with pytest.raises(type(error)):
        call_command("create_editor", stdout=Broken())
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_password_is_not_shown_before_the_account_is_saved(capsys: pytest.CaptureFixture[str]) -> None:
    with (
        patch.object(connection, "_commit", side_effect=OperationalError("database or disk is full")),
        pytest.raises(OperationalError),
    ):
        call_command("create_editor")
    assert capsys.readouterr().out == ""
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_concurrent_first_runs_show_one_password(capsys: pytest.CaptureFixture[str]) -> None:
    barrier = threading.Barrier(2)

    def run() -> None:
        barrier.wait()
        try:
            call_command("create_editor")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    output = capsys.readouterr().out
    (password,) = PASSWORD_LINE.findall(output)
    assert output.count("already exists. To set a new password") == 1
    assert User.objects.get().check_password(password)
