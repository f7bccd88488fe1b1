"""What the seeds load through the real pipeline."""

from collections import Counter

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client

from claims.models import Claim, Evidence, MergeSuggestion, Quote, Source, Speaker, Verification
from claims.services.ingestion.seeds import load_seeds
from tests.table_contents import dump_app

SEEDS = settings.BASE_DIR / "seeds"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_loaded_seeds")]


@pytest.fixture(scope="module")
def _loaded_seeds(module_db: None) -> None:
    load_seeds(SEEDS)


def test_some_quotes_are_decided_and_the_rest_is_pending() -> None:
    assert Counter(Quote.objects.values_list("decision", flat=True)) == {
        "accepted": 17,
        "rejected": 2,
        "pending": 10,
    }
    assert Quote.objects.released().count() == 17
    assert Claim.objects.released().count() == 12
    assert Claim.objects.proposals().filter(quotes__decision="accepted").count() == 2


def test_verifications_are_in_different_states() -> None:
    states = set(Verification.objects.values_list("state", "rating__slug"))
    assert states == {("published", "unverifiable"), ("submitted", "unverifiable"), ("draft", None)}
    statuses = Counter(Claim.objects.released().with_status().values_list("status", flat=True))
    assert statuses == {"unreviewed": 10, "in-review": 1, "unverifiable": 1}


def test_every_verdict_has_evidence_from_the_source() -> None:
    for verification in Verification.objects.exclude(state="draft"):
        assert verification.evidence.exists()
        for evidence in verification.evidence.all():
            assert evidence.excerpt in evidence.source.snapshots.get().text
            assert evidence.url == ""


def test_two_spellings_and_two_alphabets_become_merge_suggestions() -> None:
    suggested = {
        (suggestion.first.name, suggestion.second.name, suggestion.reason.partition(":")[0])
        for suggestion in MergeSuggestion.objects.pending()
    }
    assert suggested == {
        ("Bogdan Bezpalko", "Bohdan Bezpalko", "spellings of one name"),
        ("Vladimir Medinsky", "Владимир Мединский", "same name in two alphabets"),
        ("Alexander Lukashenko", "Александр Лукашенко", "same name in two alphabets"),
        ("Alexei Dzermant", "Алексей Дзермант", "same name in two alphabets"),
    }


def test_claims_show_both_wordings(client: Client) -> None:
    originals = Quote.objects.filter(snapshot__source__language="ru")
    assert originals.count() == 3
    for original in originals.select_related("claim"):
        [translation] = original.translations.all()
        assert translation.claim == original.claim
        page = client.get(f"/claims/{original.claim_id}/", follow=True).content.decode()
        assert page.count(f'<a href="/quotes/{original.pk}/">') == 1
        assert page.count(f'<a href="/quotes/{translation.pk}/">') == 1


def test_nobody_can_log_in_as_the_editors() -> None:
    for user in get_user_model().objects.all():
        assert not user.is_active
        assert not user.has_usable_password()


def test_loading_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = dump_app()
    call_command("load_seeds")
    assert dump_app() == before
    assert "nothing was changed" in capsys.readouterr().out


def test_later_edits_are_kept() -> None:
    Speaker.objects.filter(name="RBC").update(description="Changed.")
    load_seeds(SEEDS)
    assert Speaker.objects.get(name="RBC").description == "Changed."


def test_the_seeds_contain_no_urls() -> None:
    assert not Source.objects.exclude(url="").exists()
    assert not Evidence.objects.exclude(url="", archive_url="").exists()
