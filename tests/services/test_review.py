"""One quote decided as it was looked at, and all of a source."""

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Decision, Operation, Quote
from claims.services import hold
from claims.services.accept_source import MOST, accept_source, preview
from claims.services.decide import decide
from claims.services.refusal import RefusedError
from claims.services.resolve import set_speaker
from claims.services.review import Rejection, decide_seen
from claims.services.undo import last_of, undo
from claims.services.version import ChangedError, version_of
from tests import factories as make
from tests.services.tables import rows

pytestmark = pytest.mark.django_db

ACCEPTED, REJECTED, PENDING = Decision.ACCEPTED, Decision.REJECTED, Decision.PENDING


@pytest.fixture
def editor() -> User:
    return make.UserFactory()


def recorded(**fields: object) -> Quote:
    """A quote whose history begins with it, as ingest makes them."""
    quote: Quote = make.QuoteFactory(**fields)
    return quote


@pytest.mark.parametrize(
    ("why", "comment", "reason"),
    [
        (Rejection.NO_QUOTE, "", "rejected: Not a quote"),
        (Rejection.WRONG_SPEAKER, "it is Reck", "rejected: Wrong speaker: it is Reck"),
        (Rejection.OTHER, "A headline.", "rejected: A headline."),
        (None, "A headline.", "rejected: A headline."),
    ],
    ids=["chosen", "chosen-and-said", "other", "said"],
)
def test_why_it_is_rejected_stays_in_its_history(
    editor: User, why: Rejection | None, comment: str, reason: str
) -> None:
    quote = decide_seen(quote=recorded(), decision=REJECTED, editor=editor, why=why, comment=comment)
    assert quote.decision == REJECTED
    assert quote.history.latest().history_change_reason == reason


@pytest.mark.parametrize("why", [None, Rejection.OTHER])
def test_a_rejection_says_why(editor: User, why: Rejection | None) -> None:
    with pytest.raises(RefusedError, match="Say why"):
        decide_seen(quote=recorded(), decision=REJECTED, editor=editor, why=why, comment="  ")


def test_a_decision_on_what_changed_meanwhile_is_refused_with_what_changed(editor: User) -> None:
    quote, ann = recorded(), make.UserFactory(username="ann")
    seen = version_of(quote)
    set_speaker(quote=quote, speaker=make.SpeakerFactory(name="Tobias Reck"), editor=ann)
    with pytest.raises(ChangedError, match=r"by ann .*speaker: .*Tobias Reck"):
        decide_seen(quote=quote, decision=ACCEPTED, editor=editor, seen=seen)
    quote.refresh_from_db()
    assert quote.decision == PENDING
    assert decide_seen(quote=quote, decision=ACCEPTED, editor=editor, seen=version_of(quote)).decision == ACCEPTED


def test_what_was_decided_meanwhile_is_not_decided_again(editor: User) -> None:
    quote, ann = recorded(), make.UserFactory(username="ann")
    seen = version_of(quote)
    decide(quotes=[quote.pk], decision=REJECTED, editor=ann)
    with pytest.raises(ChangedError, match="ann"):
        decide_seen(quote=quote, decision=ACCEPTED, editor=editor, seen=seen)
    with pytest.raises(RefusedError, match="rejected already"):
        decide_seen(quote=quote, decision=REJECTED, why=Rejection.DUPLICATE, editor=editor)


def test_nobody_is_accepted_without_a_speaker(editor: User) -> None:
    with pytest.raises(RefusedError, match="no speaker"):
        decide_seen(quote=recorded(speaker=None), decision=ACCEPTED, editor=editor)


def test_what_somebody_looks_at_is_decided_by_taking_it_over(editor: User) -> None:
    quote = recorded()
    hold.take(quote=quote, editor=make.UserFactory(username="ann"))
    with pytest.raises(RefusedError, match="ann is looking at it"):
        decide_seen(quote=quote, decision=ACCEPTED, editor=editor)
    assert decide_seen(quote=quote, decision=ACCEPTED, editor=editor, take_over=True).decision == ACCEPTED


def test_a_decision_is_one_operation(editor: User) -> None:
    quote = recorded()
    before = rows("Quote", "Claim")
    decide_seen(quote=quote, decision=ACCEPTED, editor=editor)
    operation = last_of(editor)
    assert operation
    assert (operation.verb, operation.summary) == ("accepted", "Accepted: “Rivers are full.”")
    undo(operation=operation, editor=editor)
    assert rows("Quote", "Claim") == before


def test_all_of_a_source_above_a_confidence(editor: User) -> None:
    snapshot = make.SnapshotFactory()
    sure = [make.QuoteFactory(snapshot=snapshot, confidence=c) for c in (0.9, 0.95, 1.0)]
    make.QuoteFactory(snapshot=snapshot, confidence=0.89)
    make.QuoteFactory(snapshot=snapshot, confidence=0.99, speaker=None)
    make.QuoteFactory(snapshot=snapshot, confidence=0.99, rejected=True)
    make.QuoteFactory(confidence=0.99)
    before = rows("Quote", "Claim")
    shown = preview(source=snapshot.source, least_confidence=0.9)
    assert (list(shown.quotes), shown.without_speaker, shown.less_sure) == (sure, 1, 1)
    done = accept_source(source=snapshot.source, least_confidence=0.9, seen=shown.versions, editor=editor)
    assert (done.changed, done.refused) == (3, ())
    assert list(Quote.objects.accepted().order_by("pk")) == sure
    assert Operation.objects.count() == 1
    operation = last_of(editor)
    assert operation
    undo(operation=operation, editor=editor)
    assert rows("Quote", "Claim") == before, "one undo"


def test_only_what_was_seen_and_is_as_it_was_is_accepted(editor: User) -> None:
    snapshot, ann = make.SnapshotFactory(), make.UserFactory(username="ann")
    kept, changed, decided, held = (make.QuoteFactory(snapshot=snapshot, confidence=0.95) for _ in range(4))
    shown = preview(source=snapshot.source, least_confidence=0.9)
    later = make.QuoteFactory(snapshot=snapshot, confidence=0.95)
    set_speaker(quote=changed, speaker=make.SpeakerFactory(), editor=ann)
    decide(quotes=[decided.pk], decision=REJECTED, editor=ann)
    hold.take(quote=held, editor=ann)
    done = accept_source(source=snapshot.source, least_confidence=0.9, seen=shown.versions, editor=editor)
    assert [quote for quote, _ in done.refused] == [changed, decided, held]
    assert list(Quote.objects.accepted()) == [kept]
    later.refresh_from_db()
    assert later.decision == PENDING


def test_what_no_preview_can_have_shown_is_refused(editor: User) -> None:
    snapshot, other = make.SnapshotFactory(), make.QuoteFactory(confidence=1.0)
    unsure = make.QuoteFactory(snapshot=snapshot, confidence=0.5)
    with pytest.raises(RefusedError, match="is none of"):
        accept_source(source=snapshot.source, least_confidence=0.9, seen={other.pk: version_of(other)}, editor=editor)
    with pytest.raises(RefusedError, match="More than"):
        accept_source(
            source=snapshot.source, least_confidence=0.9, seen=dict.fromkeys(range(MOST + 1), 0), editor=editor
        )
    done = accept_source(
        source=snapshot.source, least_confidence=0.9, seen={unsure.pk: version_of(unsure)}, editor=editor
    )
    assert [why for _, why in done.refused] == ["it is less sure than was asked for"]
    assert not Claim.objects.released().exists()
