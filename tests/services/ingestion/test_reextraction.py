"""A text read anew: the machine's own pending quotes are replaced, whatever an editor touched stays."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Operation, Quote, QuoteDecision, Snapshot, Speaker
from claims.services.errors import RefusedError
from claims.services.history.undo import last_operation, undo_operation
from claims.services.ingestion import reextraction as service
from claims.services.ingestion.ingest import ingest
from claims.services.ingestion.reextraction import ReextractionOutcome, plan_reextraction, reextract
from claims.services.quotes.claim_links import set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests.sample_articles import RIVERS_TEXT, RIVERS_URL, make_article
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db
WORLD = ("Quote", "Claim", "Speaker", "SpeakerName", "Anchor", "MergeSuggestion")
FULL, DRY, HOLD = "Rivers are full,", "Roads are dry,", "Bridges will hold."


@pytest.fixture
def editor() -> User:
    user: User = make.UserFactory()
    return user


@pytest.fixture
def snapshot() -> Snapshot:
    return ingest(article=make_article(url=RIVERS_URL)).snapshot


def quote(start: str) -> Quote:
    return Quote.objects.get(exact__startswith=start)


def fates(snapshot: Snapshot) -> dict[str, str]:
    return {line.exact.split()[0]: line.fate.value for line in plan_reextraction(snapshot=snapshot).lines}


def read_before(quote: Quote, **fields: Any) -> None:
    """As an earlier extractor had read it."""
    Quote.objects.filter(pk=quote.pk).update(extractor_version="0", **fields)


def found_before(snapshot: Snapshot, start: int, end: int, **fields: Any) -> Quote:
    """A quote that an earlier extractor found, and this one does not."""
    plain: dict[str, Any] = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": []}
    row: Quote = make.QuoteFactory(snapshot=snapshot, start=start, end=end, **plain | fields)
    return row


def test_the_same_extractor_finds_the_same(snapshot: Snapshot, editor: User) -> None:
    before = count_rows(), dump_models(*WORLD, without=())
    assert set(fates(snapshot).values()) == {ReextractionOutcome.KEPT}
    done = reextract(snapshot=snapshot, editor=editor)
    assert not done.changes
    assert (count_rows(), dump_models(*WORLD, without=())) == before, "and no operation is kept of nothing"


def test_what_is_new_and_what_is_gone_and_what_is_read_otherwise(snapshot: Snapshot, editor: User) -> None:
    reck = Speaker.objects.get(name="Tobias Reck")
    lost = quote("Bridges")
    claim = lost.claim
    lost.delete()
    gone = found_before(snapshot, 24, 37)
    read_before(quote("Roads"), confidence=0.1, speaker=None, cue="", cue_spans=[], candidates=["Reck"])
    assert fates(snapshot) == {"Rivers": "kept", gone.exact.split()[0]: "gone", "Roads": "updated", "Bridges": "new"}
    told = next(
        line.told for line in plan_reextraction(snapshot=snapshot).lines if line.fate is ReextractionOutcome.UPDATED
    )
    assert "speaker: Reck → Tobias Reck" in told
    assert "confidence: 10% →" in told
    before = dump_models(*WORLD)
    done = reextract(snapshot=snapshot, editor=editor)
    assert str(done) == "1 new, 1 updated, 1 gone, 1 kept"
    assert not Quote.objects.filter(pk=gone.pk).exists()
    assert not Claim.objects.filter(pk=gone.claim_id).exists(), "nor the claim that it alone made"
    assert quote("Roads").speaker == quote("Roads").claim.speaker == reck
    assert quote("Bridges").claim == claim, "of the same speaker in the same words"
    assert quote("Bridges").history.get().history_change_reason == service.REASON_REEXTRACTED
    again = count_rows(), dump_models(*WORLD, without=())
    assert not reextract(snapshot=snapshot, editor=editor).changes
    assert (count_rows(), dump_models(*WORLD, without=())) == again, "twice is once"
    operation = last_operation(editor)
    assert operation
    assert operation.summary.endswith("anew: 1 new, 1 updated, 1 gone, 1 kept")
    undo_operation(operation=operation, editor=editor)
    assert dump_models(*WORLD) == before
    assert Quote.history.filter(id=gone.pk).count() == 3, "made, taken away, brought back"


def accepted(row: Quote, editor: User) -> None:
    decide_quotes(quotes=[row.pk], decision=QuoteDecision.ACCEPTED, editor=editor)


def rejected(row: Quote, editor: User) -> None:
    decide_quotes(quotes=[row.pk], decision=QuoteDecision.REJECTED, editor=editor)


def put_back(row: Quote, editor: User) -> None:
    rejected(row, editor)
    decide_quotes(quotes=[row.pk], decision=QuoteDecision.PENDING, editor=editor)


def decided_without_a_history(row: Quote, editor: User) -> None:
    """As a bulk load leaves it."""
    Quote.objects.filter(pk=row.pk).update(
        decision=QuoteDecision.REJECTED, decided_by=editor, decided_at=timezone.now()
    )
    row.refresh_from_db()


def linked(row: Quote, editor: User) -> None:
    set_quote_claim(quote=row, claim=make.ClaimFactory(speaker=row.speaker), editor=editor)


def reworded(row: Quote, editor: User) -> None:
    row.claim.text = "Something else."
    row.claim._history_user = editor
    row.claim.save()


def under_a_topic(row: Quote, editor: User) -> None:
    row.claim.topics.add(make.TopicFactory())


def judged(row: Quote, editor: User) -> None:
    make.VerificationFactory(claim=row.claim)


TOUCHES: list[Callable[[Quote, User], None]] = [
    accepted, rejected, put_back, decided_without_a_history, linked, reworded, under_a_topic, judged,
]  # fmt: skip


@pytest.mark.parametrize("touch", TOUCHES, ids=lambda touch: touch.__name__)
def test_what_an_editor_touched_stays_to_the_letter(
    snapshot: Snapshot, editor: User, touch: Callable[[Quote, User], None]
) -> None:
    """Both where the new reading has nothing like it, and where it reads the same words otherwise."""
    other = found_before(snapshot, 24, 37)
    read_before(quote("Roads"), confidence=0.1)
    for row in (other, quote("Roads")):
        touch(row, editor)
    before = dump_models("Quote", "Claim", without=())
    assert fates(snapshot) | {"Rivers": "", "Bridges": ""} == {
        "Rivers": "", "Bridges": "", "Roads": "stays", other.exact.split()[0]: "stays"
    }  # fmt: skip
    reextract(snapshot=snapshot, editor=editor)
    assert dump_models("Quote", "Claim", without=()) == before


def test_a_corrected_span_is_not_found_a_second_time(snapshot: Snapshot, editor: User) -> None:
    """An editor left the comma out; the machine's reading of the same statement is no second quote."""
    row = quote("Rivers")
    row.spans, row.end, row.exact = [[row.start, row.end - 1]], row.end - 1, row.exact[:-1]
    row._history_user = editor
    row.save()
    assert fates(snapshot)["Rivers"] == "stays"
    reextract(snapshot=snapshot, editor=editor)
    assert Quote.objects.count() == 3


def test_what_an_editor_added_by_hand_stays(snapshot: Snapshot, editor: User) -> None:
    row = found_before(snapshot, 24, 37)
    first = row.history.get()
    first.history_user, first.history_change_reason = editor, "added by hand"
    first.save()
    assert fates(snapshot)[row.exact.split()[0]] == "stays"


def test_an_article_that_an_editor_added_was_read_by_the_machine(editor: User) -> None:
    snapshot = ingest(article=make_article(), editor=editor).snapshot
    assert set(fates(snapshot).values()) == {ReextractionOutcome.KEPT}
    read_before(quote("Roads"), confidence=0.1)
    assert fates(snapshot)["Roads"] == "updated"


def test_of_two_who_bear_the_name_the_quote_keeps_its_own(snapshot: Snapshot) -> None:
    make.SpeakerFactory(name="Lena Ford")
    assert set(fates(snapshot).values()) == {ReextractionOutcome.KEPT}


def test_only_the_latest_text_is_read_anew(snapshot: Snapshot, editor: User) -> None:
    later = ingest(article=make_article(RIVERS_TEXT + '\n"More," said Lena Ford.', url=RIVERS_URL)).snapshot
    with pytest.raises(RefusedError, match="has a later text"):
        reextract(snapshot=snapshot, editor=editor)
    assert set(fates(later).values()) == {ReextractionOutcome.KEPT}
    assert len(plan_reextraction(snapshot=later).lines) == 1, "what the earlier text had stays there"


def test_what_is_shown_is_what_is_done(snapshot: Snapshot, editor: User) -> None:
    read_before(quote("Roads"), confidence=0.1)
    shown = plan_reextraction(snapshot=snapshot)
    accepted(quote("Roads"), editor)
    before = count_rows(), dump_models(*WORLD, without=())
    with pytest.raises(RefusedError, match="changed meanwhile"):
        reextract(snapshot=snapshot, editor=editor, digest=shown.digest)
    assert (count_rows(), dump_models(*WORLD, without=())) == before
    reextract(snapshot=snapshot, editor=editor, digest=plan_reextraction(snapshot=snapshot).digest)


def test_looking_stores_nobody(snapshot: Snapshot) -> None:
    quote("Roads").delete()
    Claim.objects.filter(text__startswith="Roads").delete()
    Speaker.objects.filter(name="Tobias Reck").delete()
    before = count_rows()
    line = next(line for line in plan_reextraction(snapshot=snapshot).lines if line.fate is ReextractionOutcome.NEW)
    assert line.speaker == "Tobias Reck"
    assert count_rows() == before


def test_half_a_reading_is_never_stored(snapshot: Snapshot, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    found_before(snapshot, 24, 37)
    quote("Roads").delete()
    before = count_rows(), dump_models(*WORLD, without=())

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("half-way")

    monkeypatch.setattr("claims.services.speakers.directory.SpeakerDirectory.suggest_merges", broken)
    with pytest.raises(RuntimeError, match="half-way"):
        reextract(snapshot=snapshot, editor=editor)
    assert (count_rows(), dump_models(*WORLD, without=())) == before
    assert not Operation.objects.exists()
