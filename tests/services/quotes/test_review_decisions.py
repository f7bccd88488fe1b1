"""One quote decided as it was looked at, and all of a source."""

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Operation, Quote, QuoteDecision
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError, get_version
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes import review_lock
from claims.services.quotes.bulk_accept import MAX_BULK_ACCEPT, bulk_accept, preview_bulk_accept
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.review_decisions import RejectionReason, review_quote
from claims.services.quotes.speaker_assignment import set_speaker
from tests import factories as make
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db

ACCEPTED, REJECTED, PENDING = QuoteDecision.ACCEPTED, QuoteDecision.REJECTED, QuoteDecision.PENDING


def recorded(**fields: object) -> Quote:
    """A quote whose history begins with it, as ingest makes them."""
    quote: Quote = make.QuoteFactory(**fields)
    return quote


@pytest.mark.parametrize(
    ("rejection_reason", "comment", "reason"),
    [
        (RejectionReason.NO_QUOTE, "", "rejected: Not a quote"),
        (RejectionReason.WRONG_SPEAKER, "it is Reck", "rejected: Wrong speaker: it is Reck"),
        (RejectionReason.OTHER, "A headline.", "rejected: A headline."),
        (None, "A headline.", "rejected: A headline."),
    ],
    ids=["chosen", "chosen-and-said", "other", "said"],
)
def test_why_it_is_rejected_stays_in_its_history(
    editor: User, rejection_reason: RejectionReason | None, comment: str, reason: str
) -> None:
    quote = review_quote(
        quote=recorded(), decision=REJECTED, editor=editor, rejection_reason=rejection_reason, comment=comment
    )
    assert quote.decision == REJECTED
    assert quote.history.latest().history_change_reason == reason


@pytest.mark.parametrize("rejection_reason", [None, RejectionReason.OTHER])
def test_a_rejection_says_why(editor: User, rejection_reason: RejectionReason | None) -> None:
    with pytest.raises(RefusedError, match="Give a reason"):
        review_quote(
            quote=recorded(), decision=REJECTED, editor=editor, rejection_reason=rejection_reason, comment="  "
        )


def test_a_decision_on_what_changed_meanwhile_is_refused_with_what_changed(editor: User) -> None:
    quote, ann = recorded(), make.UserFactory(username="ann")
    seen = get_version(quote)
    set_speaker(quote=quote, speaker=make.SpeakerFactory(name="Tobias Reck"), editor=ann)
    with pytest.raises(ChangedError, match=r"by ann .*speaker: .*Tobias Reck"):
        review_quote(quote=quote, decision=ACCEPTED, editor=editor, seen=seen)
    quote.refresh_from_db()
    assert quote.decision == PENDING
    assert review_quote(quote=quote, decision=ACCEPTED, editor=editor, seen=get_version(quote)).decision == ACCEPTED


def test_what_was_decided_meanwhile_is_not_decided_again(editor: User) -> None:
    quote, ann = recorded(), make.UserFactory(username="ann")
    seen = get_version(quote)
    decide_quotes(quotes=[quote.pk], decision=REJECTED, editor=ann)
    with pytest.raises(ChangedError, match="ann"):
        review_quote(quote=quote, decision=ACCEPTED, editor=editor, seen=seen)
    with pytest.raises(RefusedError, match="already rejected"):
        review_quote(quote=quote, decision=REJECTED, rejection_reason=RejectionReason.DUPLICATE, editor=editor)


def test_nobody_is_accepted_without_a_speaker(editor: User) -> None:
    with pytest.raises(RefusedError, match="no speaker"):
        review_quote(quote=recorded(speaker=None), decision=ACCEPTED, editor=editor)


def test_what_somebody_looks_at_is_decided_by_taking_it_over(editor: User) -> None:
    quote = recorded()
    review_lock.acquire_review_lock(quote=quote, editor=make.UserFactory(username="ann"))
    with pytest.raises(RefusedError, match="ann is reviewing this quote"):
        review_quote(quote=quote, decision=ACCEPTED, editor=editor)
    assert review_quote(quote=quote, decision=ACCEPTED, editor=editor, take_over=True).decision == ACCEPTED


def test_a_decision_is_one_operation(editor: User) -> None:
    quote = recorded()
    before = dump_models("Quote", "Claim")
    review_quote(quote=quote, decision=ACCEPTED, editor=editor)
    operation = last_operation(editor)
    assert operation
    assert (operation.verb, operation.summary) == ("accepted", "Accepted: “Rivers are full.”")
    undo_operation(operation=operation, editor=editor)
    assert dump_models("Quote", "Claim") == before


def test_all_of_a_source_above_a_confidence(editor: User) -> None:
    snapshot = make.SnapshotFactory()
    sure = [make.QuoteFactory(snapshot=snapshot, confidence=c) for c in (0.9, 0.95, 1.0)]
    make.QuoteFactory(snapshot=snapshot, confidence=0.89)
    make.QuoteFactory(snapshot=snapshot, confidence=0.99, speaker=None)
    make.QuoteFactory(snapshot=snapshot, confidence=0.99, rejected=True)
    make.QuoteFactory(confidence=0.99)
    before = dump_models("Quote", "Claim")
    shown = preview_bulk_accept(source=snapshot.source, min_confidence=0.9)
    assert (list(shown.quotes), shown.without_speaker, shown.below_confidence) == (sure, 1, 1)
    done = bulk_accept(source=snapshot.source, min_confidence=0.9, seen=shown.versions, editor=editor)
    assert (done.changed, done.refused) == (3, ())
    assert list(Quote.objects.accepted().order_by("pk")) == sure
    assert Operation.objects.count() == 1
    operation = last_operation(editor)
    assert operation
    undo_operation(operation=operation, editor=editor)
    assert dump_models("Quote", "Claim") == before, "one undo"


def test_only_what_was_seen_and_is_as_it_was_is_accepted(editor: User) -> None:
    snapshot, ann = make.SnapshotFactory(), make.UserFactory(username="ann")
    kept, changed, decided, held = (make.QuoteFactory(snapshot=snapshot, confidence=0.95) for _ in range(4))
    shown = preview_bulk_accept(source=snapshot.source, min_confidence=0.9)
    later = make.QuoteFactory(snapshot=snapshot, confidence=0.95)
    set_speaker(quote=changed, speaker=make.SpeakerFactory(), editor=ann)
    decide_quotes(quotes=[decided.pk], decision=REJECTED, editor=ann)
    review_lock.acquire_review_lock(quote=held, editor=ann)
    done = bulk_accept(source=snapshot.source, min_confidence=0.9, seen=shown.versions, editor=editor)
    assert [quote for quote, _ in done.refused] == [changed, decided, held]
    assert list(Quote.objects.accepted()) == [kept]
    later.refresh_from_db()
    assert later.decision == PENDING


def test_what_no_preview_can_have_shown_is_refused(editor: User) -> None:
    snapshot, other = make.SnapshotFactory(), make.QuoteFactory(confidence=1.0)
    unsure = make.QuoteFactory(snapshot=snapshot, confidence=0.5)
    with pytest.raises(RefusedError, match="is not from"):
        bulk_accept(source=snapshot.source, min_confidence=0.9, seen={other.pk: get_version(other)}, editor=editor)
    with pytest.raises(RefusedError, match="No more than"):
        bulk_accept(
            source=snapshot.source,
            min_confidence=0.9,
            seen=dict.fromkeys(range(MAX_BULK_ACCEPT + 1), 0),
            editor=editor,
        )
    done = bulk_accept(source=snapshot.source, min_confidence=0.9, seen={unsure.pk: get_version(unsure)}, editor=editor)
    assert [why for _, why in done.refused] == ["below the minimum confidence"]
    assert not Claim.objects.released().exists()
