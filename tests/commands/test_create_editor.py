"""The first account: once, with a password that works and is shown once."""

import re
import threading

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

PASSWORD_LINE = re.compile(r"password (\S+) \(shown this once only\)")


@pytest.mark.django_db
def test_the_password_shown_is_the_accounts(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_editor")
    (password,) = PASSWORD_LINE.findall(capsys.readouterr().out)
    editor = User.objects.get(username="editor")
    assert editor.check_password(password)
    assert (editor.is_staff, editor.is_superuser, editor.is_active) == (True, True, True)


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["Reporter", "Editor", "Approver", "Chief"])
def test_an_account_of_one_group(capsys: pytest.CaptureFixture[str], group: str) -> None:
    call_command("create_editor", "--username", "ann", "--group", group)
    (password,) = PASSWORD_LINE.findall(capsys.readouterr().out)
    ann = User.objects.get(username="ann")
    assert ann.check_password(password)
    assert (ann.is_staff, ann.is_superuser, [each.name for each in ann.groups.all()]) == (True, False, [group])


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["Editors", "", "editor"])
def test_a_group_that_is_not_there(group: str) -> None:
    with pytest.raises(CommandError, match="Groups: Reporter, Editor, Approver, Chief"):
        call_command("create_editor", "--group", group)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_account_that_is_there_keeps_its_rank() -> None:
    call_command("create_editor")
    call_command("create_editor", "--group", "Reporter")
    editor = User.objects.get()
    assert (editor.is_superuser, editor.groups.count()) == (True, 0)


@pytest.mark.django_db
def test_a_second_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_editor")
    before = User.objects.values().get()
    capsys.readouterr()
    call_command("create_editor")
    assert User.objects.values().get() == before
    assert capsys.readouterr().out == (
        "The account 'editor' exists; for a new password: .venv/bin/python manage.py changepassword editor\n"
    )


@pytest.mark.django_db
def test_an_account_whose_password_could_not_be_shown_is_not_kept() -> None:
    class Broken:
        def write(self, text: str) -> None:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        call_command("create_editor", stdout=Broken())
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_first_runs_one_shows_a_password(capsys: pytest.CaptureFixture[str]) -> None:
    together = threading.Barrier(2)

    def run() -> None:
        together.wait()
        try:
            call_command("create_editor")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = capsys.readouterr().out
    (password,) = PASSWORD_LINE.findall(said)
    assert said.count("exists; for a new password") == 1
    assert User.objects.get().check_password(password)
