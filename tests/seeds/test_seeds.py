"""The seeds: refused if they are wrong, and faithful to the article that they retell."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from claims.extraction import Document, extract, text_of
from claims.models import Source
from claims.services.errors import RefusedError
from claims.services.ingestion.seeds import load_seeds
from tests.table_contents import dump_app

SEEDS = settings.BASE_DIR / "seeds"
ORIGINAL = settings.BASE_DIR.parent / "shared" / "articles" / "izvestia-istanbul-talks.txt"
MAX_SHARED_WORDS = 9  # in a row, outside quotation marks; only the title of the council is longer
COUNCIL = "member of the council on interethnic relations under the president of the russian federation"


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
@pytest.mark.sqlite_suffices
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
