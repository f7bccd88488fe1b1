"""`check_draft` prints what is found of a draft, as text, JSON and a page."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.services.drafts.test_check import DRAFT, SAID, store_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    store_quote(accepted=True)
    path = tmp_path / "draft.txt"
    path.write_text(
        f"<b>Rivers</b>\n\n{DRAFT}\n\n“The old dam won’t hold until the spring comes,” Lena Ford said.", "utf-8"
    )
    return path


def check(*arguments: str) -> str:
    stdout = io.StringIO()
    call_command("check_draft", *arguments, stdout=stdout, stderr=io.StringIO())
    return stdout.getvalue()


def test_as_text(draft: Path) -> None:
    shown = check(str(draft))
    assert f"1  Verbatim: {SAID}" in shown
    assert "2  Altered: The old dam won’t hold" in shown
    assert "Words changed: The old dam [-will-] {+won’t+} hold until the spring comes" in shown


def test_as_json_lines(draft: Path) -> None:
    record = json.loads(check(str(draft), "--format", "jsonl", "--released"))
    assert record["counts"] | {"verbatim": 1, "altered": 1} == record["counts"]
    first, second = record["quotations"]
    assert first["passage"]["quote"]["url"].endswith(f"/api/v1/quotes/{first['passage']['quote']['id']}/")
    assert {"op": "gone", "text": "will "} in second["diff"]


def test_as_a_page(draft: Path) -> None:
    page = check(str(draft), "--format", "html")
    assert "&lt;b&gt;Rivers" in page
    assert '<a href="#finding-1" id="quotation-1" class="fb-draft-mark fb-draft-verbatim"' in page
    assert "<del>will</del> <ins>won’t</ins>" in page


def test_standard_input(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(DRAFT.encode())))
    assert "Verbatim" in check("-")


def test_a_missing_file_is_refused(draft: Path) -> None:
    with pytest.raises(CommandError, match="1 of the texts were refused"):
        check(str(draft), "missing.txt")
