"""The seeds: loaded once through the real pipeline, and faithful to the article that they retell."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client

from claims.extraction import Document, extract, text_of
from claims.models import Claim, Evidence, MergeSuggestion, Quote, Source, Speaker, Verification
from claims.services.errors import RefusedError
from claims.services.ingestion.seeds import load_seeds
from tests.table_contents import dump_app

SEEDS = settings.BASE_DIR / "seeds"
ORIGINAL = settings.BASE_DIR.parent / "shared" / "articles" / "izvestia-istanbul-talks.txt"
MAX_SHARED_WORDS = 9  # in a row, outside quotation marks; only the title of the council is longer
COUNCIL = "member of the council on interethnic relations under the president of the russian federation"


@pytest.mark.django_db
class TestLoadedSeeds:
    @pytest.fixture(autouse=True)
    def _load(self) -> None:
        load_seeds(SEEDS)

    def test_some_quotes_are_decided_and_the_rest_is_pending(self) -> None:
        assert Counter(Quote.objects.values_list("decision", flat=True)) == {
            "accepted": 17,
            "rejected": 2,
            "pending": 10,
        }
        assert Quote.objects.released().count() == 17
        assert Claim.objects.released().count() == 12
        assert Claim.objects.proposals().filter(quotes__decision="accepted").count() == 2

    def test_verifications_are_in_different_states(self) -> None:
        states = set(Verification.objects.values_list("state", "rating__slug"))
        assert states == {("published", "unverifiable"), ("submitted", "unverifiable"), ("draft", None)}
        statuses = Counter(Claim.objects.released().with_status().values_list("status", flat=True))
        assert statuses == {"unreviewed": 10, "in-review": 1, "unverifiable": 1}

    def test_every_verdict_has_evidence_from_the_source(self) -> None:
        for verification in Verification.objects.exclude(state="draft"):
            assert verification.evidence.exists()
            for evidence in verification.evidence.all():
                assert evidence.excerpt in evidence.source.snapshots.get().text
                assert evidence.url == ""

    def test_two_spellings_and_two_alphabets_become_merge_suggestions(self) -> None:
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

    def test_claims_show_both_wordings(self, client: Client) -> None:
        originals = Quote.objects.filter(snapshot__source__language="ru")
        assert originals.count() == 3
        for original in originals.select_related("claim"):
            [translation] = original.translations.all()
            assert translation.claim == original.claim
            page = client.get(f"/claims/{original.claim_id}/", follow=True).content.decode()
            assert page.count(f'<a href="/quotes/{original.pk}/">') == 1
            assert page.count(f'<a href="/quotes/{translation.pk}/">') == 1

    def test_nobody_can_log_in_as_the_editors(self) -> None:
        for user in get_user_model().objects.all():
            assert not user.is_active
            assert not user.has_usable_password()

    def test_loading_again_changes_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        before = dump_app()
        call_command("load_seeds")
        assert dump_app() == before
        assert "nothing was changed" in capsys.readouterr().out

    def test_later_edits_are_kept(self) -> None:
        Speaker.objects.filter(name="RBC").update(description="Changed.")
        load_seeds(SEEDS)
        assert Speaker.objects.get(name="RBC").description == "Changed."


@pytest.mark.django_db
def test_without_the_packages_for_russian_the_original_is_left_out(
    without_russian: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_seeds")
    assert "Its original was left out." in (out := capsys.readouterr().out)
    assert "pip install 'factbase[russian]'" in out
    assert [source.language for source in Source.objects.all()] == ["en"]


def copy_seeds(directory: Path, old: str, new: str) -> Path:
    """Copy the seeds with one change in the decisions."""
    for path in SEEDS.iterdir():
        (directory / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    decisions = directory / "decisions.yaml"
    text = decisions.read_text(encoding="utf-8")
    assert old in text
    decisions.write_text(text.replace(old, new, 1), encoding="utf-8")
    return directory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "starts: Moscow was content", "starts: Nobody said this", "0 quotes start with", id="no-such-quote"
        ),
        pytest.param("decision: rejected", "decision: perhaps", "'perhaps' is not a valid", id="no-such-decision"),
        pytest.param("name: Andrei Belousov", "name: Nobody Atall", "no speaker named", id="no-such-speaker"),
        pytest.param("topics: [belarus]", "topics: [moon]", "'moon'", id="no-such-topic"),
        pytest.param("    rating: unverifiable\n", "", "still needs a rating", id="verdict-without-rating"),
        pytest.param("excerpt: Kiev had", "excerpt: Nobody had", "does not contain", id="excerpt-not-in-the-source"),
        pytest.param("author: seed-reporter", "nobody: x", "'author'", id="missing-key"),
        pytest.param("file: istanbul-talks.txt", "file: gone.txt", "gone.txt", id="missing-article"),
        pytest.param("translated_as: After", "translated_as: Before", "0 quotes start with", id="no-such-translation"),
        pytest.param("speakers:", "speakers: [", "decisions.yaml", id="not-yaml"),
    ],
)
def test_wrong_seeds_are_refused_and_nothing_is_stored(tmp_path: Path, old: str, new: str, message: str) -> None:
    before = dump_app()
    with pytest.raises(RefusedError, match=re.escape(message)):
        load_seeds(copy_seeds(tmp_path, old, new))
    assert dump_app() == before


def test_the_command_reports_a_missing_file(tmp_path: Path, db: None) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_seeds", str(tmp_path))


@pytest.mark.beside("shared/articles/izvestia-istanbul-talks.txt")
class TestAgainstTheArticle:
    original = ORIGINAL.read_text(encoding="utf-8") if ORIGINAL.exists() else ""
    seeds = (SEEDS / "istanbul-talks.txt").read_text(encoding="utf-8")

    def test_quoted_words_are_verbatim(self) -> None:
        quoted = re.findall(r"“([^”]+)”", self.seeds)
        assert len(quoted) == 10
        for words in quoted:
            assert words.rstrip(",.") in self.original

    def test_direct_quotes_have_the_same_speakers(self) -> None:
        assert direct_quotes(self.seeds) == direct_quotes(self.original)

    def test_the_rest_is_paraphrased(self) -> None:
        retelling = re.sub(r"“[^”]+”", " | ", self.seeds)
        original = " ".join(re.findall(r"\w+", self.original.lower()))
        words = re.findall(r"\w+|\|", retelling.lower())
        shared = [
            run
            for start in range(len(words) - MAX_SHARED_WORDS)
            if (run := " ".join(words[start : start + MAX_SHARED_WORDS])) in original
        ]
        assert all(run in COUNCIL for run in shared), shared


def direct_quotes(text: str) -> set[tuple[str, str]]:
    """Speaker and first words of every direct quotation."""
    quotes = [quote for quote in extract(Document.from_text(text)) if quote.kind == "direct"]
    return {(getattr(quote.speaker, "name", "?"), text_of(text, quote.content)[:30]) for quote in quotes}


def test_the_seeds_contain_no_urls(db: None) -> None:
    load_seeds(SEEDS)
    assert not Source.objects.exclude(url="").exists()
    assert not Evidence.objects.exclude(url="", archive_url="").exists()
