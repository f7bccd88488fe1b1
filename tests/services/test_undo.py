"""An operation taken back: everything as it was, or nothing; and the history tells of both."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Correction, Decision, Operation, Quote, Speaker, Verification, VerificationState
from claims.services import record
from claims.services.anchor import carry_over, place_again
from claims.services.correct import NoteNeededError, retract_claim
from claims.services.decide import decide
from claims.services.link import set_claim
from claims.services.refusal import RefusedError
from claims.services.resolve import set_speaker
from claims.services.undo import last_of, undo
from claims.services.version import ChangedError
from tests import factories as make
from tests.services import verdicts
from tests.services.tables import rows
from tests.services.undoing import undo_last

pytestmark = pytest.mark.django_db

EVERYTHING = ("quote", "claim", "speaker", "anchor")


@pytest.fixture
def editor() -> User:
    return make.UserFactory()


@pytest.mark.parametrize("decision", [Decision.ACCEPTED, Decision.REJECTED])
def test_a_decision(editor: User, decision: Decision) -> None:
    quote = make.QuoteFactory()
    before = rows(*EVERYTHING)
    decide(quotes=[quote.pk], decision=decision, editor=editor)
    assert rows(*EVERYTHING) != before
    undone = undo_last(editor)
    assert rows(*EVERYTHING) == before
    assert undone.summary.startswith("Undone: ")
    reasons = [each.history_change_reason for each in quote.history.all()]
    assert reasons[0] == f"undone: {undone.undoes.summary}"[:100]
    assert quote.history.latest().history_user == editor


def test_moments_come_back_to_the_microsecond(editor: User) -> None:
    at = timezone.now().replace(microsecond=123456) - dt.timedelta(minutes=1)
    quote = make.QuoteFactory()
    decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=editor, at=at)
    decide(quotes=[quote.pk], decision=Decision.REJECTED, editor=editor)
    undo_last(editor)
    quote.refresh_from_db()
    assert (quote.decision, quote.decided_at, quote.decided_by) == (Decision.ACCEPTED, at, editor)


def test_a_speaker_and_the_claim_made_for_it(editor: User) -> None:
    quote = make.QuoteFactory()
    make.QuoteFactory(claim=quote.claim, speaker=quote.speaker)  # so that the claim is shared
    other = make.SpeakerFactory()
    before = rows(*EVERYTHING)
    set_speaker(quote=quote, speaker=other, editor=editor)
    assert Claim.objects.count() == 2
    undo_last(editor)
    assert rows(*EVERYTHING) == before
    assert Claim.history.filter(history_type="-").count() == 1, "the history of what was taken away stays"


def test_a_claim(editor: User) -> None:
    quote, claim = make.QuoteFactory(accepted=True), make.ClaimFactory()
    before = rows(*EVERYTHING)
    set_claim(quote=quote, claim=claim, editor=editor)
    undo_last(editor)
    assert rows(*EVERYTHING) == before


def test_topics(editor: User) -> None:
    claim, first, second = make.ClaimFactory(), make.TopicFactory(), make.TopicFactory()
    claim.topics.add(first)
    with record.operation(verb="topics", summary="Topics set", editor=editor):
        record.set_topics([claim], {claim.pk: [second.pk]}, user=editor, reason="topics set")
    assert list(claim.topics.all()) == [second]
    assert [row.topic for row in claim.history.latest().topics.all()] == [second]
    undo_last(editor)
    assert list(claim.topics.all()) == [first]
    assert [row.topic for row in claim.history.latest().topics.all()] == [first]


def test_twice_is_refused_and_an_undoing_is_not_undone(editor: User) -> None:
    decide(quotes=[make.QuoteFactory().pk], decision=Decision.REJECTED, editor=editor)
    first = last_of(editor)
    assert first
    undoing = undo(operation=first, editor=editor)
    with pytest.raises(RefusedError, match="undone already"):
        undo(operation=first, editor=editor)
    with pytest.raises(RefusedError, match="done again by hand"):
        undo(operation=undoing, editor=editor)
    assert last_of(editor) is None


def test_one_after_the_other(editor: User) -> None:
    quote = make.QuoteFactory()
    for decision in (Decision.ACCEPTED, Decision.REJECTED):
        decide(quotes=[quote.pk], decision=decision, editor=editor)
    seen = []
    for _ in range(2):
        undo_last(editor)
        quote.refresh_from_db()
        seen.append(quote.decision)
    assert seen == [Decision.ACCEPTED, Decision.PENDING]


def test_what_somebody_changed_since_is_not_overwritten(editor: User) -> None:
    one, other = make.QuoteFactory(), make.QuoteFactory()
    decide(quotes=[one.pk, other.pk], decision=Decision.ACCEPTED, editor=editor)
    ann = make.UserFactory(username="ann")
    decide(quotes=[one.pk], decision=Decision.REJECTED, editor=ann)
    before = rows(*EVERYTHING)
    with pytest.raises(ChangedError, match=r"changed since, last by ann \(decided_at, decided_by, decision\)"):
        undo_last(editor)
    assert rows(*EVERYTHING) == before, "all or nothing"
    assert not Operation.objects.filter(undoes__isnull=False).exists()


def test_what_was_made_and_is_used_since_stays(editor: User) -> None:
    with record.operation(verb="add", summary="Added", editor=editor):
        record.create([Speaker(name="Ann Wu")], user=editor, reason="added")
    make.QuoteFactory(speaker=Speaker.objects.get(name="Ann Wu"))
    with pytest.raises(ChangedError, match="used elsewhere"):
        undo_last(editor)


def test_a_quote_of_a_claim_retracted_since_is_not_brought_back(editor: User) -> None:
    quote = make.QuoteFactory(accepted=True)
    other = make.QuoteFactory(accepted=True, speaker=quote.speaker)
    Quote.objects.filter(pk=other.pk).update(claim=quote.claim)
    decide(quotes=[quote.pk], decision=Decision.REJECTED, editor=editor)
    retract_claim(claim=quote.claim, editor=make.UserFactory(), reason="Wrong.")
    with pytest.raises(RefusedError, match="retracted since"):
        undo_last(editor)
    quote.refresh_from_db()
    assert quote.decision == Decision.REJECTED


def test_a_retraction_in_the_open(editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    retract_claim(claim=claim, editor=editor, reason="Wrong.")
    with pytest.raises(NoteNeededError):
        undo_last(editor)
    undo_last(editor, note=verdicts.NOTE)
    assert Claim.objects.released().get() == claim
    assert [row.kind for row in Correction.objects.released()] == ["correction", "retraction"]


def test_a_verdict_that_went_to_review_stays_there(editor: User) -> None:
    verdict = verdicts.published()
    quote = verdict.claim.quotes.get()
    with pytest.raises(NoteNeededError):
        decide(quotes=[quote.pk], decision=Decision.REJECTED, editor=editor)
    decide(quotes=[quote.pk], decision=Decision.REJECTED, editor=editor, note=verdicts.NOTE)
    assert Claim.objects.withdrawn().exists()
    with pytest.raises(NoteNeededError):
        undo_last(editor)
    undo_last(editor, note=verdicts.NOTE)
    assert Claim.objects.released().exists()
    assert Correction.objects.released().filter(text=verdicts.NOTE.what).count() == 2, "there and back in the open"
    states = list(Verification.objects.order_by("pk").values_list("state", flat=True))
    assert states == [VerificationState.SUPERSEDED, VerificationState.SUBMITTED]
    quote.refresh_from_db()
    assert quote.decision == Decision.ACCEPTED


def test_nothing_done_is_no_operation(editor: User) -> None:
    quote = make.QuoteFactory()
    decide(quotes=[quote.pk], decision=Decision.PENDING, editor=editor)
    assert not Operation.objects.exists()


def test_an_operation_that_fails_leaves_nothing(editor: User) -> None:
    quote = make.QuoteFactory()

    def fail() -> None:
        with record.operation(verb="two", summary="Two things", editor=editor):
            decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=editor)
            raise RefusedError

    with pytest.raises(RefusedError):
        fail()
    quote.refresh_from_db()
    assert quote.decision == Decision.PENDING
    assert not Operation.objects.exists()
    decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=editor)
    assert Operation.objects.get().verb == "decide", "what failed is not open any more"


def test_within_another_it_is_part_of_that(editor: User) -> None:
    quotes = [make.QuoteFactory(), make.QuoteFactory()]
    before = rows(*EVERYTHING)
    with record.operation(verb="two", summary="Two things", editor=editor):
        for quote in quotes:
            decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=editor)
    assert Operation.objects.get().summary == "Two things"
    undo_last(editor)
    assert rows(*EVERYTHING) == before


def test_a_quote_is_anchored_anew_when_its_place_comes_back(editor: User) -> None:
    quote = make.QuoteFactory()
    later = make.SnapshotFactory(source=quote.snapshot.source, text=quote.snapshot.text + " More.")
    carry_over(later)
    before = rows(*EVERYTHING)
    with record.operation(verb="span", summary="Span changed", editor=editor):
        row = Quote.objects.get(pk=quote.pk)
        start, end = row.spans[0]
        row.spans, row.start, row.exact = [[start + 7, end]], start + 7, row.exact[7:]
        record.update([row], ["spans", "start", "exact"], user=editor, reason="span changed")
        place_again([row])
    assert rows("anchor") != {"anchor": before["anchor"]}
    undo_last(editor)
    assert rows(*EVERYTHING) == before
