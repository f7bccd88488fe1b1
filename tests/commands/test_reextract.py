"""`reextract`: says what would become of quotes, and does it only when told to, in somebody's name."""

import pytest

from claims.models import Operation, Quote
from claims.services.ingestion.ingest import ingest
from tests import factories as make
from tests.commands.shell import Shell
from tests.sample_articles import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)


@pytest.fixture
def source() -> str:
    source = ingest(article=make_article(title="Rivers")).source
    Quote.objects.filter(exact__startswith="Roads").delete()
    return str(source.pk)


def test_it_only_says_so(shell: Shell, source: str) -> None:
    ran = shell("reextract", source)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"would be  source {source}, Rivers: 1 new, 2 kept",
        "1 sources: 1 new, 2 kept. Nothing was changed (--apply does it).",
    ]
    assert Quote.objects.count() == 2


def test_it_is_done_in_somebodys_name(shell: Shell, source: str) -> None:
    make.UserFactory(username="lena")
    ran = shell("reextract", "--all", "--apply", "--editor", "lena")
    assert (ran.status, Quote.objects.count()) == (0, 3)
    assert Operation.objects.get().editor.username == "lena"
    assert shell("reextract", "--all", "--apply", "--editor", "lena").status == 0
    assert Operation.objects.count() == 1, "twice is once"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--all", "--apply"], "--editor NAME"),
        (["--all", "--apply", "--editor", "nobody"], "no active account called nobody"),
        (["999"], "there is no source 999"),
        ([], "required"),
    ],
    ids=["nameless", "nobody", "no-source", "nothing"],
)
def test_what_is_refused(shell: Shell, source: str, arguments: list[str], why: str) -> None:
    ran = shell("reextract", *arguments)
    assert ran.status != 0
    assert why in ran.err
    assert Quote.objects.count() == 2
