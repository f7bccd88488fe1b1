"""Weights fitted to the newsroom's decisions are proposed, adopted or discarded."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.models import Claim, Quote, WeightSet
from claims.services.errors import RefusedError
from claims.services.worthiness import newsroom_fit
from claims.services.worthiness.newsroom_fit import collect_decisions, fit_to_newsroom
from claims.services.worthiness.weight_sets import adopt_proposal, current_weights, discard_proposal
from claims.worthiness import DEFAULT_WEIGHTS, Feature
from tests import factories as make

pytestmark = pytest.mark.django_db
START = timezone.now() - timedelta(days=30)


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """A newsroom that takes up what is personal, and leaves figures."""
    monkeypatch.setattr(newsroom_fit, "MIN_DECISIONS", 40)
    monkeypatch.setattr(newsroom_fit, "MIN_OF_EACH", 10)
    first = make.QuoteFactory(before_claim=True)
    claims = Claim.objects.bulk_create(
        Claim(text=f"Claim {number}", wording_confirmed_at=START if number % 2 else None) for number in range(60)
    )
    for number, claim in enumerate(claims):
        first.pk, first.claim, first.decided_at = None, claim, START + timedelta(hours=number)
        first.worth_features = int(Feature.PERSONAL if number % 2 else Feature.FIGURES)
        Quote.objects.bulk_create([first])


def test_a_claim_counts_once_and_what_was_checked_before_does_not(decided: None) -> None:
    decisions = collect_decisions()
    assert len(decisions.taken_up) == 61
    assert list(decisions.taken_up[:4]) == [False, True, False, True]
    assert decisions.features[1] == Feature.PERSONAL
    repeated = Quote.objects.order_by("-pk").first()
    assert repeated
    repeated.pk = None
    Quote.objects.bulk_create([repeated])
    Quote.objects.filter(pk=Quote.objects.earliest("pk").pk).update(worth_features=int(Feature.CHECKED))
    assert len(collect_decisions().taken_up) == 60


def test_a_fit_is_proposed_with_its_gain_and_adopted(decided: None) -> None:
    result = fit_to_newsroom(editor=None)
    assert result.proposal
    assert result.proposal.measured["precision"] > result.proposal.measured["current_precision"]
    assert current_weights() == DEFAULT_WEIGHTS, "until it is adopted"
    again = fit_to_newsroom(editor=None).proposal
    assert again
    assert list(WeightSet.objects.all()) == [again], "one proposal at a time"
    adopt_proposal(proposal=again.pk, editor=make.UserFactory())
    assert current_weights() == result.fit.weights
    assert current_weights().by_feature[Feature.PERSONAL] > current_weights().by_feature[Feature.FIGURES]
    with pytest.raises(RefusedError, match="replaced or decided"):
        adopt_proposal(proposal=again.pk, editor=make.UserFactory())
    assert fit_to_newsroom(editor=None).proposal is None, "nothing more to gain"


def test_a_proposal_is_discarded(decided: None) -> None:
    proposal = fit_to_newsroom(editor=None).proposal
    assert proposal
    discard_proposal(proposal=proposal.pk)
    assert not WeightSet.objects.exists()


def command_output(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_commands(decided: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Proposed: adopt them in the admin." in command_output("fit_weights")
    adopt_proposal(proposal=WeightSet.objects.get().pk, editor=make.UserFactory())
    assert "No gain: nothing is proposed." in command_output("fit_weights")
    assert "Scored" in command_output("score_quotes", "--again")
    assert not Quote.objects.filter(worth_features=None).exists()
    assert command_output("score_quotes") == "Scored 0 quotes.\n"
    monkeypatch.setattr(newsroom_fit, "MIN_DECISIONS", 500)
    with pytest.raises(CommandError, match="Not enough decisions yet"):
        command_output("fit_weights")


def test_few_decisions_are_no_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedError, match="0 of 500"):
        fit_to_newsroom(editor=None)
    monkeypatch.setattr(newsroom_fit, "MIN_DECISIONS", 1)
    make.QuoteFactory(accepted=True)
    with pytest.raises(RefusedError, match="1 were confirmed or checked"):
        fit_to_newsroom(editor=None)
