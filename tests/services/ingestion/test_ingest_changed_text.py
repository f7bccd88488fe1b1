"""Ingesting a changed text of a known URL: another snapshot, with the earlier quotes anchored in it."""

import pytest

from claims.models import Anchor, AnchorState, Claim, Quote, Snapshot, Source
from claims.services.ingestion.ingest import IngestOutcome, ingest
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests.sample_articles import RIVERS_TEXT, RIVERS_URL, make_article
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db

RIVERS_QUOTE, ROADS_QUOTE, BRIDGES_QUOTE = RIVERS_TEXT.strip().split("\n\n")


def anchor_states() -> dict[str, AnchorState]:
    return {anchor.quote.exact: AnchorState(anchor.state) for anchor in Anchor.objects.select_related("quote")}


def ingest_text(text: str) -> IngestOutcome:
    return ingest(article=make_article(text, url=RIVERS_URL)).outcome


def test_a_changed_text_is_another_snapshot_of_the_source() -> None:
    assert ingest_text(RIVERS_TEXT) == IngestOutcome.NEW
    assert ingest_text(RIVERS_TEXT + "\nUpdated on Tuesday.") == IngestOutcome.CHANGED
    assert Source.objects.count() == 1
    assert [snapshot.text for snapshot in Snapshot.objects.order_by("pk")] == [
        RIVERS_TEXT,
        RIVERS_TEXT + "\nUpdated on Tuesday.",
    ]


def test_anchors_are_exact_moved_ambiguous_and_orphaned() -> None:
    text = (
        '"Exact," said Lena Ford.\n\n"It moved away," said Lena Ford.\n\n'
        '"It is in doubt," said Lena Ford.\n\n"It has gone," said Lena Ford.\n'
    )
    ingest_text(text)
    changed = (
        '"Exact," said Lena Ford.\n\nNews.\n\n"It moved away," said Lena Ford.\n\nThere was more on Sunday.\n\n'
        '"It is in doubt," said Ford on Sunday.\n\nAnd on Monday.\n\n"It is in doubt," said Lena Ford on Monday.\n'
    )
    assert ingest_text(changed) == IngestOutcome.CHANGED
    assert anchor_states() == {
        "Exact,": AnchorState.EXACT,
        "It moved away,": AnchorState.MOVED,
        "It is in doubt,": AnchorState.AMBIGUOUS,
        "It has gone,": AnchorState.ORPHANED,
    }
    for anchor in Anchor.objects.select_related("quote", "snapshot"):
        if anchor.spans:
            assert " ".join(changed[start:end] for start, end in anchor.spans) == anchor.quote.exact
    assert Quote.objects.count() == 4, "an ambiguous quote is not added again"


def test_only_new_quotes_are_added() -> None:
    ingest_text(RIVERS_TEXT)
    before = set(Quote.objects.values_list("pk", flat=True))
    result = ingest(article=make_article(f'"Dams are safe," said Lena Ford.\n\n{RIVERS_TEXT}', url=RIVERS_URL))
    assert result.quotes == 1
    new = Quote.objects.exclude(pk__in=before).get()
    assert (new.exact, new.decision, new.snapshot) == ("Dams are safe,", "pending", result.snapshot)
    assert set(anchor_states().values()) == {AnchorState.MOVED}


def test_decided_quotes_are_unchanged() -> None:
    ingest_text(RIVERS_TEXT)
    accepted, rejected, pending = Quote.objects.order_by("pk")
    decide_quotes(quotes=[accepted.pk], decision="accepted", editor=make.UserFactory())
    decide_quotes(quotes=[rejected.pk], decision="rejected", editor=make.UserFactory())
    before, history = dump_models("Quote", "Claim", without=()), Quote.history.count()
    ingest_text(f"News.\n\n{BRIDGES_QUOTE}\n\n{RIVERS_QUOTE}\n\n{ROADS_QUOTE}")
    assert dump_models("Quote", "Claim", without=()) == before
    assert Quote.history.count() == history
    assert set(anchor_states()) == {accepted.exact, rejected.exact, pending.exact}


def test_an_earlier_text_again_adds_nothing() -> None:
    ingest_text(RIVERS_TEXT)
    ingest_text(RIVERS_TEXT + "\nMore.")
    before = count_rows()
    assert ingest_text(RIVERS_TEXT) == ingest_text(RIVERS_TEXT + "\nMore.") == IngestOutcome.UNCHANGED
    assert count_rows() == before


def test_quotes_of_all_earlier_snapshots_are_anchored() -> None:
    ingest_text(RIVERS_QUOTE)
    ingest_text(f"{RIVERS_QUOTE}\n\n{ROADS_QUOTE}")
    ingest_text(f"{RIVERS_QUOTE}\n\n{ROADS_QUOTE}\n\n{BRIDGES_QUOTE}")
    third = Snapshot.objects.latest("pk")
    assert {anchor.quote.exact for anchor in third.anchors.all()} == {"Rivers are full,", "Roads are dry,"}
    assert Quote.objects.count() == 3


@pytest.mark.parametrize(
    ("changed", "added"),
    [
        pytest.param('"Rivers are full," said Tobias Reck.', ["Tobias Reck"], id="another-speaker-same-place"),
        pytest.param('News.\n\n"Rivers are full," said Tobias Reck.', ["Tobias Reck"], id="another-speaker-moved"),
        pytest.param('News. "Rivers are full," said Lena Ford on Monday.', [], id="same-speaker"),
        pytest.param('Lena Ford spoke on Monday. "Rivers are full," said Ford.', [], id="same-speaker-by-last-name"),
    ],
)
def test_the_same_words_of_another_speaker_are_a_new_quote(changed: str, added: list[str]) -> None:
    ingest_text('"Rivers are full," said Lena Ford.')
    first = Quote.objects.get()
    ingest_text(changed)
    new = Quote.objects.exclude(pk=first.pk)
    assert [quote.speaker and quote.speaker.name for quote in new] == added
    assert Claim.objects.count() == 1 + len(added)
    first.refresh_from_db()
    assert first.speaker
    assert first.speaker.name == "Lena Ford"


def test_a_quote_whose_speaker_an_editor_changed_is_not_added_again() -> None:
    ingest_text(RIVERS_TEXT)
    Quote.objects.update(speaker=make.SpeakerFactory(name="Nell Elm"))
    assert ingest_text("News.\n\n" + RIVERS_TEXT) == IngestOutcome.CHANGED
    assert Quote.objects.count() == 3


def test_a_source_without_a_snapshot_gets_its_first() -> None:
    make.SourceFactory(url=RIVERS_URL)
    assert ingest(article=make_article(url=RIVERS_URL)).quotes == 3
    assert Source.objects.count() == 1
