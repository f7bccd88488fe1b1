"""Linking quotes to claims."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from claims.models import Claim, HistoryCause, Operation, Quote, Verification
from claims.services.claims.corrections import retract_claim
from claims.services.errors import RefusedError
from claims.services.history.undo import undo_operation
from claims.services.people.comments import add_comment
from claims.services.quotes.claim_links import set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests import verifications
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db


def test_an_accepted_quote_does_not_release_its_new_claim() -> None:
    quote, claim, editor = make.QuoteFactory(accepted=True), make.ClaimFactory(), make.UserFactory()
    former = quote.claim
    set_quote_claim(quote=quote, claim=claim, editor=editor)
    assert not Claim.objects.released().exists()
    assert list(Quote.objects.released()) == [quote]
    assert list(claim.quotes.all()) == [quote]
    for row in (quote, claim, former):
        assert row.history.latest().history_user == editor


def test_a_pending_quote_releases_nothing() -> None:
    quote, claim = make.QuoteFactory(), make.ClaimFactory()
    set_quote_claim(quote=quote, claim=claim, editor=make.UserFactory())
    assert Quote.objects.get().claim == claim
    assert not Claim.objects.filter(released_at__isnull=False).exists()


def test_a_quote_can_be_unlinked() -> None:
    quote = make.QuoteFactory(accepted=True)
    set_quote_claim(quote=quote, claim=None, editor=make.UserFactory())
    assert Quote.objects.released().get().claim is None
    assert not Claim.objects.released().exists()


def test_an_unlinked_quote_can_be_linked() -> None:
    quote, claim = make.QuoteFactory(accepted=True, claim=None), make.ClaimFactory(released=True)
    set_quote_claim(quote=quote, claim=claim, editor=make.UserFactory())
    assert Claim.objects.released().get() == claim


def test_an_embargo_of_the_new_claim_is_kept() -> None:
    tomorrow = timezone.now() + dt.timedelta(days=1)
    quote, claim = make.QuoteFactory(accepted=True), make.ClaimFactory(released_at=tomorrow)
    set_quote_claim(quote=quote, claim=claim, editor=make.UserFactory())
    assert Claim.objects.get(pk=claim.pk).released_at == tomorrow
    assert not Quote.objects.released().exists()


@pytest.mark.parametrize("claim", [lambda quote: quote.claim, lambda quote: None], ids=["the-same", "none"])
def test_linking_to_the_same_claim_changes_nothing(claim: Callable[[Quote], Claim | None]) -> None:
    quote = make.QuoteFactory()
    if claim(quote) is None:
        Quote.objects.update(claim=None)
    before = count_rows(), dump_models("Quote", "Claim", without=())
    set_quote_claim(quote=quote, claim=claim(quote), editor=make.UserFactory())
    assert (count_rows(), dump_models("Quote", "Claim", without=())) == before


def test_verdicts_on_both_claims_go_back_to_review() -> None:
    first, second = verifications.make_published(), verifications.make_published()
    quote = first.claim.quotes.get()
    set_quote_claim(quote=quote, claim=second.claim, editor=make.UserFactory(), note=verifications.PUBLIC_NOTE)
    assert set(Verification.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)) == {
        "superseded"
    }
    assert Verification.objects.filter(state="submitted").count() == 2


def set_embargo(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(released_at=timezone.now() + dt.timedelta(days=1))


def retract_now(claim: Claim) -> None:
    retract_claim(claim=claim, editor=make.UserFactory(), reason="She never said it.")


@pytest.mark.parametrize("hide", [set_embargo, retract_now])
@pytest.mark.parametrize("to", [lambda: None, make.ClaimFactory], ids=["no-claim", "another"])
def test_a_quote_that_is_not_public_does_not_become_so_by_moving(
    hide: Callable[[Claim], None], to: Callable[[], Claim | None]
) -> None:
    quote = make.QuoteFactory(accepted=True)
    hide(quote.claim)
    with pytest.raises(RefusedError, match="Reset the quote to pending first"):
        set_quote_claim(quote=quote, claim=to(), editor=make.UserFactory())
    assert Quote.objects.get().claim == quote.claim
    assert not Quote.objects.released().exists()


def test_a_retracted_claim_takes_no_quote() -> None:
    gone = make.QuoteFactory(accepted=True).claim
    retract_now(gone)
    quote = make.QuoteFactory()
    with pytest.raises(RefusedError, match="was retracted: choose another"):
        set_quote_claim(quote=quote, claim=gone, editor=make.UserFactory())


@pytest.mark.parametrize("to", [lambda: None, make.ClaimFactory], ids=["no-claim", "another"])
def test_a_proposal_goes_with_its_last_quote_and_returns_with_an_undo(to: Callable[[], Claim | None]) -> None:
    quote, editor, claim = make.QuoteFactory(), make.UserFactory(), to()
    before = dump_models("Quote", "Claim")
    set_quote_claim(quote=quote, claim=claim, editor=editor)
    assert not Claim.objects.proposals().exists()
    assert Claim.history.filter(id=quote.claim_id).latest().history_cause == HistoryCause.UNCLAIMED
    undo_operation(operation=Operation.objects.get(), editor=editor)
    assert dump_models("Quote", "Claim") == before


def comment_on(claim: Claim) -> None:
    add_comment(on=claim, text="Is this so?", author=make.UserFactory())


@pytest.mark.parametrize(
    "prepare",
    [
        lambda claim: Claim.objects.update(wording_confirmed_at=timezone.now()),
        lambda claim: make.QuoteFactory(claim=claim, rejected=True),
        lambda claim: make.VerificationFactory(claim=claim),
        lambda claim: claim.topics.add(make.TopicFactory()),
        comment_on,
    ],
    ids=["confirmed", "another-quote", "draft-verdict", "topic", "comment"],
)
def test_other_claims_stay_without_the_quote(prepare: Callable[[Claim], object]) -> None:
    quote = make.QuoteFactory()
    prepare(quote.claim)
    set_quote_claim(quote=quote, claim=None, editor=make.UserFactory())
    assert Claim.objects.get() == quote.claim


def test_a_rejected_quote_keeps_its_proposal() -> None:
    quote = make.QuoteFactory()
    decide_quotes(quotes=[quote.pk], decision="rejected", editor=make.UserFactory())
    assert Quote.objects.get().claim == Claim.objects.get()
