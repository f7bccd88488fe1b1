"""The seeds: through the real pipeline, once; nothing in them that the article they retell does not carry."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from claims.extraction import Document, extract, text_of
from claims.models import Claim, Evidence, MergeSuggestion, Quote, Source, Speaker, Verification
from claims.services.errors import RefusedError
from claims.services.ingestion.seeds import load_seeds
from tests.database_dump import dump_database

SEEDS = settings.BASE_DIR / "seeds"
RETOLD = settings.BASE_DIR.parent / "shared" / "articles" / "izvestia-istanbul-talks.txt"
LONGEST_SHARED_RUN = 9  # words outside quotation marks; one title alone runs longer
BODY = "member of the council on interethnic relations under the president of the russian federation"


@pytest.mark.django_db
class TestLoaded:
    @pytest.fixture(autouse=True)
    def _loaded(self) -> None:
        load_seeds(SEEDS)

    def test_decisions_are_made_and_the_rest_waits(self) -> None:
        assert Counter(Quote.objects.values_list("decision", flat=True)) == {
            "accepted": 14,
            "rejected": 2,
            "pending": 10,
        }
        assert Claim.objects.released().count() == 14

    def test_verifications_stand_in_different_states(self) -> None:
        states = set(Verification.objects.values_list("state", "rating__slug"))
        assert states == {("published", "unverifiable"), ("submitted", "unverifiable"), ("draft", None)}
        statuses = Counter(Claim.objects.released().with_status().values_list("status", flat=True))
        assert statuses == {"unreviewed": 12, "in-review": 1, "unverifiable": 1}

    def test_no_verdict_without_evidence_in_the_source(self) -> None:
        for verification in Verification.objects.exclude(state="draft"):
            assert verification.evidence.exists()
            for evidence in verification.evidence.all():
                assert evidence.excerpt in evidence.source.snapshots.get().text
                assert evidence.url == ""

    def test_two_spellings_are_a_suggestion(self) -> None:
        suggestion = MergeSuggestion.objects.get()
        assert {suggestion.first.name, suggestion.second.name} == {"Bogdan Bezpalko", "Bohdan Bezpalko"}

    def test_nobody_can_sign_in_as_who_decided(self) -> None:
        for user in get_user_model().objects.all():
            assert not user.is_active
            assert not user.has_usable_password()

    def test_twice_changes_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        before = dump_database()
        call_command("load_seeds")
        assert dump_database() == before
        assert "nothing was changed" in capsys.readouterr().out

    def test_what_editors_changed_since_stays(self) -> None:
        Speaker.objects.filter(name="RBC").update(description="Changed.")
        load_seeds(SEEDS)
        assert Speaker.objects.get(name="RBC").description == "Changed."


def copied(directory: Path, old: str, new: str) -> Path:
    """The seeds in another directory, with one change in the decisions."""
    for path in SEEDS.iterdir():
        (directory / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    plan = directory / "decisions.yaml"
    text = plan.read_text(encoding="utf-8")
    assert old in text
    plan.write_text(text.replace(old, new, 1), encoding="utf-8")
    return directory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "starts: Moscow was content", "starts: Nobody said this", "0 quotes start with", id="no-such-quote"
        ),
        pytest.param("decision: rejected", "decision: perhaps", "'perhaps' is not a valid", id="no-such-decision"),
        pytest.param("name: Andrei Belousov", "name: Nobody Atall", "no speaker is named", id="no-such-speaker"),
        pytest.param("topics: [belarus]", "topics: [moon]", "'moon'", id="no-such-topic"),
        pytest.param("    rating: unverifiable\n", "", "still needs a rating", id="verdict-without-rating"),
        pytest.param("excerpt: Kiev had", "excerpt: Nobody had", "does not say", id="excerpt-not-in-the-source"),
        pytest.param("author: seed-reporter", "nobody: x", "'author'", id="missing-key"),
        pytest.param("file: istanbul-talks.txt", "file: gone.txt", "gone.txt", id="missing-article"),
        pytest.param("speakers:", "speakers: [", "decisions.yaml", id="not-yaml"),
    ],
)
def test_wrong_seeds_are_refused_by_name_and_nothing_is_stored(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    before = dump_database()
    with pytest.raises(RefusedError, match=re.escape(message)):
        load_seeds(copied(tmp_path, old, new))
    assert dump_database() == before


def test_the_command_says_what_is_missing(tmp_path: Path, db: None) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_seeds", str(tmp_path))


@pytest.mark.beside("shared/articles/izvestia-istanbul-talks.txt")
class TestAgainstTheArticle:
    retold = RETOLD.read_text(encoding="utf-8") if RETOLD.exists() else ""
    seeds = (SEEDS / "istanbul-talks.txt").read_text(encoding="utf-8")

    def test_words_in_quotation_marks_are_verbatim(self) -> None:
        quoted = re.findall(r"“([^”]+)”", self.seeds)
        assert len(quoted) == 10
        for words in quoted:
            assert words.rstrip(",.") in self.retold

    def test_direct_quotations_have_the_same_speakers(self) -> None:
        assert direct(self.seeds) == direct(self.retold)

    def test_the_rest_is_in_other_words(self) -> None:
        ours = re.sub(r"“[^”]+”", " | ", self.seeds)
        theirs = " ".join(re.findall(r"\w+", self.retold.lower()))
        words = re.findall(r"\w+|\|", ours.lower())
        shared = [
            run
            for start in range(len(words) - LONGEST_SHARED_RUN)
            if (run := " ".join(words[start : start + LONGEST_SHARED_RUN])) in theirs
        ]
        assert all(run in BODY for run in shared), shared


def direct(text: str) -> set[tuple[str, str]]:
    """Speaker and first words of every direct quotation."""
    found = [each for each in extract(Document.from_text(text)) if each.kind == "direct"]
    return {(getattr(each.speaker, "name", "?"), text_of(text, each.content)[:30]) for each in found}


def test_no_link_that_nobody_gave(db: None) -> None:
    load_seeds(SEEDS)
    assert not Source.objects.exclude(url="").exists()
    assert not Evidence.objects.exclude(url="", archive_url="").exists()
