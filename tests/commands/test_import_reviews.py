"""The command `import_reviews`."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.models import ExternalReview, Verification
from tests import factories as make
from tests.services.reviews.review_data import OWN_SITE, make_importer, map_false, own_review_node, review_node

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_sites(settings: Any) -> None:
    settings.FACTBASE_OWN_SITES = [OWN_SITE]


def write(path: Path, *nodes: object) -> str:
    path.write_text(json.dumps(nodes), encoding="utf-8")
    return str(path)


def test_imports_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    editor = make_importer()
    map_false(editor=editor)
    files = write(tmp_path / "a.json", own_review_node()), write(tmp_path / "b.json", review_node())
    call_command("import_reviews", *files, by=editor.username)
    assert capsys.readouterr().out.splitlines() == [f"{name}: 1 new." for name in files]
    assert Verification.objects.get().author == editor
    call_command("import_reviews", *files, by=editor.username)
    assert capsys.readouterr().out.splitlines() == [f"{name}: 1 unchanged." for name in files]


def test_what_is_left_out_is_listed_and_the_command_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    editor = make_importer()
    nodes = own_review_node(rating="Hoax"), review_node(url="javascript:alert(1)"), review_node()
    with pytest.raises(CommandError, match="2 of 3 files"):
        call_command(
            "import_reviews",
            *(write(tmp_path / "a.json", *nodes), str(tmp_path / "none.json"), write(tmp_path / "c.json", nodes[2])),
            by=editor.username,
        )
    output = capsys.readouterr()
    assert "a.json: 1 new, 1 waiting, 1 rejected." in output.out
    assert "review 1: waiting: No rating is chosen for “Hoax” yet." in output.err
    assert "review 2: rejected: The URL of the review must be an HTTP or HTTPS URL" in output.err
    assert "The file cannot be read: No such file or directory." in output.err
    assert ExternalReview.objects.count() == 1


def test_a_dry_run_stores_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_reviews", write(tmp_path / "a.json", review_node()), dry_run=True)
    assert "dry run: 1 new" in capsys.readouterr().out
    assert not ExternalReview.objects.exists()


@pytest.mark.parametrize(("username", "message"), [("nobody", "no account"), ("reporter", "may not import")])
def test_who_imports_must_be_allowed_to(username: str, message: str, tmp_path: Path) -> None:
    make.UserFactory(username="reporter")
    with pytest.raises(CommandError, match=message):
        call_command("import_reviews", write(tmp_path / "a.json", review_node()), by=username)
