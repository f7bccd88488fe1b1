"""The same address with another text: a second snapshot, in which the earlier quotes are found again, or not."""

import pytest

from claims.models import Anchor, AnchorState, Claim, Quote, Snapshot, Source
from claims.services.ingestion.ingest import IngestOutcome, ingest
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests.sample_articles import RIVERS_TEXT, RIVERS_URL, make_article
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db

RIVERS_QUOTE, ROADS_QUOTE, BRIDGES_QUOTE = RIVERS_TEXT.strip().split("\n\n")


def states() -> dict[str, AnchorState]:
    return {anchor.quote.exact: AnchorState(anchor.state) for anchor in Anchor.objects.select_related("quote")}


def read(text: str) -> IngestOutcome:
    return ingest(article=make_article(text, url=RIVERS_URL)).outcome


def test_a_changed_text_is_a_second_snapshot_of_the_source() -> None:
    assert read(RIVERS_TEXT) == IngestOutcome.NEW
    assert read(RIVERS_TEXT + "\nUpdated on Tuesday.") == IngestOutcome.CHANGED
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
    read(text)
    changed = (
        '"Exact," said Lena Ford.\n\nNews.\n\n"It moved away," said Lena Ford.\n\nThere was more on Sunday.\n\n'
        '"It is in doubt," said Ford on Sunday.\n\nAnd on Monday.\n\n"It is in doubt," said Lena Ford on Monday.\n'
    )
    assert read(changed) == IngestOutcome.CHANGED
    assert states() == {
        "Exact,": AnchorState.EXACT,
        "It moved away,": AnchorState.MOVED,
        "It is in doubt,": AnchorState.AMBIGUOUS,
        "It has gone,": AnchorState.ORPHANED,
    }
    for anchor in Anchor.objects.select_related("quote", "snapshot"):
        if anchor.spans:
            assert " ".join(changed[start:end] for start, end in anchor.spans) == anchor.quote.exact
    assert Quote.objects.count() == 4, "what waits for an editor is not added a second time"


def test_only_what_is_new_is_added() -> None:
    read(RIVERS_TEXT)
    before = set(Quote.objects.values_list("pk", flat=True))
    ingested = ingest(article=make_article(f'"Dams are safe," said Lena Ford.\n\n{RIVERS_TEXT}', url=RIVERS_URL))
    assert ingested.quotes == 1
    new = Quote.objects.exclude(pk__in=before).get()
    assert (new.exact, new.decision, new.snapshot) == ("Dams are safe,", "pending", ingested.snapshot)
    assert set(states().values()) == {AnchorState.MOVED}


def test_what_editors_decided_is_left_alone() -> None:
    read(RIVERS_TEXT)
    accepted, rejected, pending = Quote.objects.order_by("pk")
    decide_quotes(quotes=[accepted.pk], decision="accepted", editor=make.UserFactory())
    decide_quotes(quotes=[rejected.pk], decision="rejected", editor=make.UserFactory())
    before, history = dump_models("Quote", "Claim", without=()), Quote.history.count()
    read(f"News.\n\n{BRIDGES_QUOTE}\n\n{RIVERS_QUOTE}\n\n{ROADS_QUOTE}")
    assert dump_models("Quote", "Claim", without=()) == before
    assert Quote.history.count() == history
    assert set(states()) == {accepted.exact, rejected.exact, pending.exact}


def test_the_former_text_again_adds_nothing() -> None:
    read(RIVERS_TEXT)
    read(RIVERS_TEXT + "\nMore.")
    before = count_rows()
    assert read(RIVERS_TEXT) == read(RIVERS_TEXT + "\nMore.") == IngestOutcome.UNCHANGED
    assert count_rows() == before


def test_quotes_of_every_earlier_snapshot_are_anchored_in_the_third() -> None:
    read(RIVERS_QUOTE)
    read(f"{RIVERS_QUOTE}\n\n{ROADS_QUOTE}")
    read(f"{RIVERS_QUOTE}\n\n{ROADS_QUOTE}\n\n{BRIDGES_QUOTE}")
    third = Snapshot.objects.latest("pk")
    assert {anchor.quote.exact for anchor in third.anchors.all()} == {"Rivers are full,", "Roads are dry,"}
    assert Quote.objects.count() == 3


@pytest.mark.parametrize(
    ("changed", "added"),
    [
        pytest.param('"Rivers are full," said Tobias Reck.', ["Tobias Reck"], id="somebody-else-at-the-same-place"),
        pytest.param('News.\n\n"Rivers are full," said Tobias Reck.', ["Tobias Reck"], id="somebody-else-further-on"),
        pytest.param('News. "Rivers are full," said Lena Ford on Monday.', [], id="the-same"),
        pytest.param(
            'Lena Ford spoke on Monday. "Rivers are full," said Ford.', [], id="the-same-person-by-her-last-name"
        ),
    ],
)
def test_words_that_are_ascribed_to_somebody_else_now_wait_for_an_editor(changed: str, added: list[str]) -> None:
    read('"Rivers are full," said Lena Ford.')
    first = Quote.objects.get()
    read(changed)
    new = Quote.objects.exclude(pk=first.pk)
    assert [quote.speaker and quote.speaker.name for quote in new] == added
    assert Claim.objects.count() == 1 + len(added)
    first.refresh_from_db()
    assert first.speaker
    assert first.speaker.name == "Lena Ford"


def test_a_speaker_set_by_an_editor_does_not_bring_the_quote_back() -> None:
    read(RIVERS_TEXT)
    Quote.objects.update(speaker=make.SpeakerFactory(name="Nell Elm"))
    assert read("News.\n\n" + RIVERS_TEXT) == IngestOutcome.CHANGED
    assert Quote.objects.count() == 3


def test_a_source_without_a_text_gets_its_first_one() -> None:
    make.SourceFactory(url=RIVERS_URL)
    assert ingest(article=make_article(url=RIVERS_URL)).quotes == 3
    assert Source.objects.count() == 1
