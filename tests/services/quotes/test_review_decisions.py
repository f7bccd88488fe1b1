"""Decisions on the review screen."""

import pytest
from django.contrib.auth.models import User

from claims.models import Quote, QuoteDecision
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError, get_version
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes import review_lock
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.review_decisions import RejectionReason, review_quote
from claims.services.quotes.speaker_assignment import set_speaker
from tests import factories as make
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db

ACCEPTED, REJECTED, PENDING = QuoteDecision.ACCEPTED, QuoteDecision.REJECTED, QuoteDecision.PENDING


def make_quote(**fields: object) -> Quote:
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
def test_the_reason_for_a_rejection_is_in_the_history(
    editor: User, rejection_reason: RejectionReason | None, comment: str, reason: str
) -> None:
    quote = review_quote(
        quote=make_quote(), decision=REJECTED, editor=editor, rejection_reason=rejection_reason, comment=comment
    )
    assert quote.decision == REJECTED
    assert quote.history.latest().history_change_reason == reason


@pytest.mark.parametrize("rejection_reason", [None, RejectionReason.OTHER])
def test_a_rejection_needs_a_reason(editor: User, rejection_reason: RejectionReason | None) -> None:
    with pytest.raises(RefusedError, match="Give a reason"):
        review_quote(
            quote=make_quote(), decision=REJECTED, editor=editor, rejection_reason=rejection_reason, comment="  "
        )


def test_a_decision_on_an_outdated_version_is_refused(editor: User) -> None:
    quote, ann = make_quote(), make.UserFactory(username="ann")
    seen = get_version(quote)
    set_speaker(quote=quote, speaker=make.SpeakerFactory(name="Tobias Reck"), editor=ann)
    with pytest.raises(ChangedError, match=r"by ann .*speaker: .*Tobias Reck"):
        review_quote(quote=quote, decision=ACCEPTED, editor=editor, seen=seen)
    quote.refresh_from_db()
    assert quote.decision == PENDING
    assert review_quote(quote=quote, decision=ACCEPTED, editor=editor, seen=get_version(quote)).decision == ACCEPTED


def test_a_decided_quote_is_not_decided_again(editor: User) -> None:
    quote, ann = make_quote(), make.UserFactory(username="ann")
    seen = get_version(quote)
    decide_quotes(quotes=[quote.pk], decision=REJECTED, editor=ann)
    with pytest.raises(ChangedError, match="ann"):
        review_quote(quote=quote, decision=ACCEPTED, editor=editor, seen=seen)
    with pytest.raises(RefusedError, match="already rejected"):
        review_quote(quote=quote, decision=REJECTED, rejection_reason=RejectionReason.DUPLICATE, editor=editor)


def test_a_quote_without_a_speaker_is_not_accepted(editor: User) -> None:
    with pytest.raises(RefusedError, match="no speaker"):
        review_quote(quote=make_quote(speaker=None), decision=ACCEPTED, editor=editor)


def test_a_locked_quote_is_decided_after_taking_over(editor: User) -> None:
    quote = make_quote()
    review_lock.acquire_review_lock(quote=quote, editor=make.UserFactory(username="ann"))
    with pytest.raises(RefusedError, match="ann is reviewing this quote"):
        review_quote(quote=quote, decision=ACCEPTED, editor=editor)
    assert review_quote(quote=quote, decision=ACCEPTED, editor=editor, take_over=True).decision == ACCEPTED


def test_a_decision_is_one_operation(editor: User) -> None:
    quote = make_quote()
    before = dump_models("Quote", "Claim")
    review_quote(quote=quote, decision=ACCEPTED, editor=editor)
    operation = last_operation(editor)
    assert operation
    assert (operation.verb, operation.summary) == ("accepted", f"Accepted: {quote.speaker}: “Rivers are full.”")
    undo_operation(operation=operation, editor=editor)
    assert dump_models("Quote", "Claim") == before
