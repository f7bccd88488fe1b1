"""An article in Russian, from `ingest` to review, readers' pages and the API; without its packages, a warning."""

from pathlib import Path

import pytest
from django.test import Client

from claims.models import Quote, Source
from claims.services.quotes.claim_choice import accept_and_release
from tests import factories as make
from tests.commands.shell import Shell

pytestmark = pytest.mark.django_db

TEXT = """Мост через Нару откроют в сентябре

«Мы откроем мост в сентябре, раньше срока», — сказал журналистам министр транспорта Пётр Щедрин.

По словам директора завода Юлии Яковлевой, ремонт обошёлся в 40 млн рублей.
Яковлева добавила, что рабочим заплатили вовремя.

«Жители ждали этого пять лет», — цитирует пресс-служба мэра Сергея Громова.
"""
SAID = [
    ("Пётр Щедрин", "direct", "Мы откроем мост в сентябре, раньше срока"),
    ("Юлия Яковлева", "indirect", "ремонт обошёлся в 40 млн рублей"),
    ("Юлия Яковлева", "indirect", "рабочим заплатили вовремя"),
    ("Сергей Громов", "direct", "Жители ждали этого пять лет"),
]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "most.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_from_the_file_to_the_reader(shell: Shell, article: Path) -> None:
    ran = shell("ingest", "--publisher", "Вести района", "--published", "2026-08-21", str(article))
    assert (ran.status, ran.err) == (0, "")
    source = Source.objects.get()
    assert (source.title, source.language) == ("Мост через Нару откроют в сентябре", "ru")
    quotes = list(Quote.objects.order_by("start").select_related("speaker", "claim"))
    assert [(quote.speaker and quote.speaker.name, quote.kind, quote.text) for quote in quotes] == SAID

    editor = make.UserFactory(is_staff=True, is_superuser=True)
    screen = Client()
    screen.force_login(editor)
    page = screen.get(f"/admin/claims/quote/review/?quote={quotes[1].pk}").content.decode()
    assert '<blockquote class="fb-review-quote-text" dir="auto" lang="ru">ремонт обошёлся в 40 млн рублей' in page
    assert "«Юлии Яковлевой»" in page

    for quote in quotes[:2]:
        accept_and_release(
            quote=quote, text=quote.claim.text, editor=editor, seen_claim=quote.claim_id, seen_wording=quote.claim.text
        )
    reader = Client()
    for path in (f"/quotes/{quotes[0].pk}/", f"/claims/{quotes[0].claim_id}/", f"/speakers/{quotes[0].speaker_id}/"):
        page = reader.get(path, follow=True).content.decode()
        assert 'lang="ru"' in page, path
        assert "«Мы откроем мост в сентябре, раньше срока»" in page, path
        assert "“Мы" not in page, path
    assert "«Мы откроем мост" in reader.get(f"/embed/quotes/{quotes[0].pk}/").content.decode()
    rows = reader.get("/api/v1/quotes/?q=мосты&q_in=quote").json()["results"]
    assert [(row["speaker"]["name"], row["text"], row["source"]["language"]) for row in rows] == [
        ("Пётр Щедрин", "Мы откроем мост в сентябре, раньше срока", "ru")
    ]


def test_without_the_packages_the_warning_names_them(without_russian: None, shell: Shell, article: Path) -> None:
    ran = shell("ingest", str(article))
    assert ran.status == 1
    assert ran.out.splitlines()[0] == f"new        {article}: stored without quotes (source {Source.objects.get().pk})"
    message, error = ran.err.splitlines()
    assert message == (
        f"not read   {article}: The language, Russian, as detected in the text, is not read. Quotes are extracted from"
        " English only. Packages for Russian are missing: pip install 'factbase[russian]'."
    )
    assert error == "CommandError: 1 of 1 inputs are in a language that is not read."
    assert not Quote.objects.exists()
