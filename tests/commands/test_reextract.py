"""`reextract` shows what would change, and changes it only with --apply, in a user's name."""

import pytest

from claims.models import Operation, Quote
from claims.services.ingestion.ingest import ingest
from tests import factories as make
from tests.commands.shell import Shell
from tests.sample_articles import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def source_id() -> str:
    source = ingest(article=make_article(title="Rivers")).source
    Quote.objects.filter(exact__startswith="Roads").delete()
    return str(source.pk)


def test_dry_run(shell: Shell, source_id: str) -> None:
    ran = shell("reextract", source_id)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"dry run  source {source_id}, Rivers: 1 new, 2 kept",
        "1 sources: 1 new, 2 kept. Nothing was changed. Use --apply to apply the changes.",
    ]
    assert Quote.objects.count() == 2


def test_apply(shell: Shell, source_id: str) -> None:
    make.UserFactory(username="lena")
    ran = shell("reextract", "--all", "--apply", "--editor", "lena")
    assert (ran.status, Quote.objects.count()) == (0, 3)
    assert Operation.objects.get().editor.username == "lena"
    assert shell("reextract", "--all", "--apply", "--editor", "lena").status == 0
    assert Operation.objects.count() == 1, "applying again changes nothing"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--all", "--apply"], "--editor NAME"),
        (["--all", "--apply", "--editor", "nobody"], "no active account named nobody"),
        (["999"], "no source with the id 999"),
        ([], "required"),
    ],
    ids=["nameless", "nobody", "no-source", "nothing"],
)
def test_refused_arguments(shell: Shell, source_id: str, arguments: list[str], message: str) -> None:
    ran = shell("reextract", *arguments)
    assert ran.status != 0
    assert message in ran.err
    assert Quote.objects.count() == 2
