"""Re-extraction replaces pending quotes; what an editor touched stays."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, HistoryCause, Operation, Quote, QuoteDecision, Snapshot, Speaker
from claims.services.errors import RefusedError
from claims.services.history.undo import last_operation, undo_operation
from claims.services.ingestion.ingest import ingest
from claims.services.ingestion.reextraction import reextract
from claims.services.ingestion.reextraction_plan import ReextractionOutcome, plan_reextraction
from claims.services.quotes.claim_links import set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests.sample_articles import RIVERS_TEXT, RIVERS_URL, make_article
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db
TABLES = ("Quote", "Claim", "Speaker", "SpeakerName", "Anchor", "MergeSuggestion")


@pytest.fixture
def snapshot() -> Snapshot:
    return ingest(article=make_article(url=RIVERS_URL)).snapshot


def get_quote(start: str) -> Quote:
    return Quote.objects.get(exact__startswith=start)


def outcomes_by_first_word(snapshot: Snapshot) -> dict[str, str]:
    plan = plan_reextraction(snapshot=snapshot)
    return {planned.exact.split()[0]: planned.outcome.value for planned in plan.quotes}


def set_earlier_extraction(quote: Quote, **fields: Any) -> None:
    """Make the quote look as an earlier version of the extractor stored it."""
    Quote.objects.filter(pk=quote.pk).update(extractor_version="0", **fields)


def make_obsolete_quote(snapshot: Snapshot, start: int, end: int, **fields: Any) -> Quote:
    """A quote that an earlier version of the extractor found, and this one does not."""
    no_speaker: dict[str, Any] = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": []}
    row: Quote = make.QuoteFactory(snapshot=snapshot, start=start, end=end, **no_speaker | fields)
    return row


def test_the_same_extractor_changes_nothing(snapshot: Snapshot, editor: User) -> None:
    before = count_rows(), dump_models(*TABLES, without=())
    assert set(outcomes_by_first_word(snapshot).values()) == {ReextractionOutcome.KEPT}
    plan = reextract(snapshot=snapshot, editor=editor)
    assert not plan.has_changes
    assert (count_rows(), dump_models(*TABLES, without=())) == before, "no operation is stored either"


def test_new_gone_and_updated_quotes(snapshot: Snapshot, editor: User) -> None:
    reck = Speaker.objects.get(name="Tobias Reck")
    lost = get_quote("Bridges")
    claim = lost.claim
    lost.delete()
    gone = make_obsolete_quote(snapshot, 24, 37)
    set_earlier_extraction(get_quote("Roads"), confidence=0.1, speaker=None, cue="", cue_spans=[], candidates=["Reck"])
    assert outcomes_by_first_word(snapshot) == {
        "Rivers": "kept",
        gone.exact.split()[0]: "gone",
        "Roads": "updated",
        "Bridges": "new",
    }
    detail = next(
        planned.detail
        for planned in plan_reextraction(snapshot=snapshot).quotes
        if planned.outcome is ReextractionOutcome.UPDATED
    )
    assert "speaker: Reck → Tobias Reck" in detail
    assert "confidence: 10% →" in detail
    before = dump_models(*TABLES)
    plan = reextract(snapshot=snapshot, editor=editor)
    assert str(plan) == "1 new, 1 updated, 1 gone, 1 kept"
    assert not Quote.objects.filter(pk=gone.pk).exists()
    assert not Claim.objects.filter(pk=gone.claim_id).exists(), "nor the claim that only it made"
    assert get_quote("Roads").speaker == get_quote("Roads").claim.speaker == reck
    assert get_quote("Bridges").claim == claim, "the claim of the same speaker in the same words"
    assert get_quote("Bridges").history.get().history_cause == HistoryCause.REEXTRACTED
    applied = count_rows(), dump_models(*TABLES, without=())
    assert not reextract(snapshot=snapshot, editor=editor).has_changes
    assert (count_rows(), dump_models(*TABLES, without=())) == applied, "applying it again changes nothing"
    operation = last_operation(editor)
    assert operation
    assert operation.summary.endswith(": 1 new, 1 updated, 1 gone, 1 kept")
    undo_operation(operation=operation, editor=editor)
    assert dump_models(*TABLES) == before
    assert Quote.history.filter(id=gone.pk).count() == 3, "created, deleted, restored"


def accept(row: Quote, editor: User) -> None:
    decide_quotes(quotes=[row.pk], decision=QuoteDecision.ACCEPTED, editor=editor)


def reject(row: Quote, editor: User) -> None:
    decide_quotes(quotes=[row.pk], decision=QuoteDecision.REJECTED, editor=editor)


def reject_and_reopen(row: Quote, editor: User) -> None:
    reject(row, editor)
    decide_quotes(quotes=[row.pk], decision=QuoteDecision.PENDING, editor=editor)


def decide_without_history(row: Quote, editor: User) -> None:
    """As a bulk load does."""
    Quote.objects.filter(pk=row.pk).update(
        decision=QuoteDecision.REJECTED, decided_by=editor, decided_at=timezone.now()
    )
    row.refresh_from_db()


def link_to_claim(row: Quote, editor: User) -> None:
    set_quote_claim(quote=row, claim=make.ClaimFactory(speaker=row.speaker), editor=editor)


def reword_claim(row: Quote, editor: User) -> None:
    row.claim.text = "Something else."
    row.claim._history_user = editor
    row.claim.save()


def add_topic(row: Quote, editor: User) -> None:
    row.claim.topics.add(make.TopicFactory())


def add_verification(row: Quote, editor: User) -> None:
    make.VerificationFactory(claim=row.claim)


EDITS: list[Callable[[Quote, User], None]] = [
    accept,
    reject,
    reject_and_reopen,
    decide_without_history,
    link_to_claim,
    reword_claim,
    add_topic,
    add_verification,
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_what_an_editor_touched_stays_unchanged(
    snapshot: Snapshot, editor: User, edit: Callable[[Quote, User], None]
) -> None:
    """Both a quote that is no longer extracted, and one that is extracted differently."""
    other = make_obsolete_quote(snapshot, 24, 37)
    set_earlier_extraction(get_quote("Roads"), confidence=0.1)
    for row in (other, get_quote("Roads")):
        edit(row, editor)
    before = dump_models("Quote", "Claim", without=())
    assert outcomes_by_first_word(snapshot) | {"Rivers": "", "Bridges": ""} == {
        "Rivers": "", "Bridges": "", "Roads": "stays", other.exact.split()[0]: "stays"
    }  # fmt: skip
    reextract(snapshot=snapshot, editor=editor)
    assert dump_models("Quote", "Claim", without=()) == before


def test_a_quote_with_corrected_wording_is_not_added_again(snapshot: Snapshot, editor: User) -> None:
    """An editor left the comma out: the extracted version of the same statement is not added again."""
    row = get_quote("Rivers")
    row.spans, row.end, row.exact = [[row.start, row.end - 1]], row.end - 1, row.exact[:-1]
    row._history_user = editor
    row.save()
    assert outcomes_by_first_word(snapshot)["Rivers"] == "stays"
    reextract(snapshot=snapshot, editor=editor)
    assert Quote.objects.count() == 3


def test_a_quote_added_by_hand_stays(snapshot: Snapshot, editor: User) -> None:
    row = make_obsolete_quote(snapshot, 24, 37)
    first = row.history.get()
    first.history_user, first.history_change_reason = editor, "added by hand"
    first.save()
    assert outcomes_by_first_word(snapshot)[row.exact.split()[0]] == "stays"


def test_quotes_of_an_article_that_an_editor_added_count_as_extracted(editor: User) -> None:
    snapshot = ingest(article=make_article(), editor=editor).snapshot
    assert set(outcomes_by_first_word(snapshot).values()) == {ReextractionOutcome.KEPT}
    set_earlier_extraction(get_quote("Roads"), confidence=0.1)
    assert outcomes_by_first_word(snapshot)["Roads"] == "updated"


def test_a_quote_keeps_its_speaker_if_several_have_the_name(snapshot: Snapshot) -> None:
    make.SpeakerFactory(name="Lena Ford")
    assert set(outcomes_by_first_word(snapshot).values()) == {ReextractionOutcome.KEPT}


def test_only_the_latest_snapshot_is_reextracted(snapshot: Snapshot, editor: User) -> None:
    later = ingest(article=make_article(RIVERS_TEXT + '\n"More," said Lena Ford.', url=RIVERS_URL)).snapshot
    with pytest.raises(RefusedError, match="has a newer version"):
        reextract(snapshot=snapshot, editor=editor)
    assert set(outcomes_by_first_word(later).values()) == {ReextractionOutcome.KEPT}
    assert len(plan_reextraction(snapshot=later).quotes) == 1, "the earlier snapshot keeps its quotes"


def test_a_plan_that_has_changed_is_refused(snapshot: Snapshot, editor: User) -> None:
    set_earlier_extraction(get_quote("Roads"), confidence=0.1)
    plan = plan_reextraction(snapshot=snapshot)
    accept(get_quote("Roads"), editor)
    before = count_rows(), dump_models(*TABLES, without=())
    with pytest.raises(RefusedError, match="changed since the preview"):
        reextract(snapshot=snapshot, editor=editor, digest=plan.digest)
    assert (count_rows(), dump_models(*TABLES, without=())) == before
    reextract(snapshot=snapshot, editor=editor, digest=plan_reextraction(snapshot=snapshot).digest)


def test_planning_adds_no_speaker(snapshot: Snapshot) -> None:
    get_quote("Roads").delete()
    Claim.objects.filter(text__startswith="Roads").delete()
    Speaker.objects.filter(name="Tobias Reck").delete()
    before = count_rows()
    plan = plan_reextraction(snapshot=snapshot)
    planned = next(planned for planned in plan.quotes if planned.outcome is ReextractionOutcome.NEW)
    assert planned.speaker == "Tobias Reck"
    assert count_rows() == before


def test_a_failure_rolls_the_reextraction_back(
    snapshot: Snapshot, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_obsolete_quote(snapshot, 24, 37)
    get_quote("Roads").delete()
    before = count_rows(), dump_models(*TABLES, without=())

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("half-way")

    monkeypatch.setattr("claims.services.speakers.directory.SpeakerDirectory.suggest_merges", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        reextract(snapshot=snapshot, editor=editor)
    assert (count_rows(), dump_models(*TABLES, without=())) == before
    assert not Operation.objects.exists()


def test_the_confidence_of_the_speaker_is_extracted_again(snapshot: Snapshot, editor: User) -> None:
    confidence = get_quote("Roads").speaker_confidence
    set_earlier_extraction(get_quote("Roads"), mention_kind="nominal", speaker_confidence=0.5)
    plan = plan_reextraction(snapshot=snapshot)
    (planned,) = (row for row in plan.quotes if row.outcome == ReextractionOutcome.UPDATED)
    assert planned.detail == f"mention kind: nominal → name; speaker confidence: 50% → {confidence:.0%}"
    reextract(snapshot=snapshot, editor=editor)
    quote = get_quote("Roads")
    assert (quote.mention_kind, quote.speaker_confidence) == ("name", confidence)
