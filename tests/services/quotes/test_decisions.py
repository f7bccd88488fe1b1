"""Accepting, rejecting and reopening quotes."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim, ClaimState, HistoryCause, Quote, QuoteDecision, Verification
from claims.services.claims.corrections import retract_claim
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.decisions import DecisionResult, decide_quotes
from tests import factories as make
from tests import verifications
from tests.sample_articles import make_article
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 5, 16, 12, tzinfo=dt.UTC)
ACCEPTED, REJECTED, PENDING = QuoteDecision.ACCEPTED, QuoteDecision.REJECTED, QuoteDecision.PENDING


def get_decision(quote: Quote) -> tuple[str, User | None, dt.datetime | None]:
    quote.refresh_from_db()
    return quote.decision, quote.decided_by, quote.decided_at


def test_an_accepted_quote_is_public_and_its_claim_is_not() -> None:
    quote = make.QuoteFactory()
    who = make.UserFactory()
    assert decide_quotes(quotes=[quote.pk], decision=ACCEPTED, editor=who, at=NOON) == DecisionResult(1, 0, ())
    assert get_decision(quote) == (ACCEPTED, who, NOON)
    assert Claim.objects.get().state == ClaimState.PROPOSED
    assert list(Quote.objects.released()) == [quote]


def test_decisions_can_be_changed_and_the_release_stays() -> None:
    quote, at = make.QuoteFactory(claim__released=True), timezone.now()
    steps = [
        (ACCEPTED, True),
        (REJECTED, False),
        (ACCEPTED, True),
        (PENDING, False),
        (REJECTED, False),
        (PENDING, False),
    ]
    for decision, public in steps:
        decide_quotes(quotes=[quote.pk], decision=decision, editor=(who := make.UserFactory()), at=at)
        assert get_decision(quote) == ((PENDING, None, None) if decision == PENDING else (decision, who, at))
        assert Claim.objects.released().exists() is public
        assert Quote.objects.released().exists() is public
    assert Claim.objects.get().released_at == quote.claim.released_at


def test_a_quote_of_a_retracted_claim_is_refused_and_others_are_decided() -> None:
    claim = make.QuoteFactory(accepted=True).claim
    late, other = make.QuoteFactory(claim=claim, speaker=claim.speaker), make.QuoteFactory()
    retract_claim(claim=claim, editor=make.UserFactory(), reason="She never said it.")
    result = decide_quotes(quotes=[late.pk, other.pk], decision=ACCEPTED, editor=make.UserFactory())
    assert result == DecisionResult(1, 0, ((late, "its claim was retracted, choose another claim"),))
    assert decide_quotes(quotes=[late.pk], decision=REJECTED, editor=make.UserFactory()).changed == 1


def test_a_claim_stays_public_while_one_of_its_quotes_is_accepted() -> None:
    first = make.QuoteFactory(claim__released=True)
    second = make.QuoteFactory(claim=first.claim, speaker=first.speaker)
    decide_quotes(quotes=[first.pk, second.pk], decision=ACCEPTED, editor=make.UserFactory())
    decide_quotes(quotes=[first.pk], decision=REJECTED, editor=make.UserFactory())
    assert Claim.objects.released().exists()
    decide_quotes(quotes=[second.pk], decision=REJECTED, editor=make.UserFactory())
    assert not Claim.objects.released().exists()


def test_an_embargo_is_kept() -> None:
    tomorrow = timezone.now() + dt.timedelta(days=1)
    quote = make.QuoteFactory(claim=make.ClaimFactory(released_at=tomorrow))
    decide_quotes(quotes=[quote.pk], decision=ACCEPTED, editor=make.UserFactory())
    assert Claim.objects.get().released_at == tomorrow
    assert not Claim.objects.released().exists()
    assert not Quote.objects.released().exists()


def test_a_quote_without_a_speaker_is_refused_and_others_are_decided() -> None:
    first, nobody, last = make.QuoteFactory(), make.QuoteFactory(speaker=None), make.QuoteFactory()
    result = decide_quotes(quotes=[last.pk, nobody.pk, first.pk], decision=ACCEPTED, editor=make.UserFactory())
    assert (result.changed, result.unchanged) == (2, 0)
    ((refused, why),) = result.refused
    assert refused == nobody
    assert why == "no speaker yet, choose one first"
    assert [get_decision(quote)[0] for quote in (first, nobody, last)] == [ACCEPTED, PENDING, ACCEPTED]
    assert nobody not in Quote.objects.released()


def test_a_quote_without_a_speaker_can_be_rejected() -> None:
    nobody = make.QuoteFactory(speaker=None)
    assert decide_quotes(quotes=[nobody.pk], decision=REJECTED, editor=make.UserFactory()).changed == 1


def test_a_claim_without_a_speaker_gets_that_of_its_quote() -> None:
    quote = make.QuoteFactory(claim=make.ClaimFactory(speaker=None))
    other = make.QuoteFactory(claim=make.ClaimFactory())
    decide_quotes(quotes=[quote.pk, other.pk], decision=ACCEPTED, editor=make.UserFactory())
    assert Claim.objects.get(quotes=quote).speaker == quote.speaker
    assert Claim.objects.get(quotes=other).speaker != other.speaker, "as an editor may have set it"


def test_an_accepted_quote_without_a_claim_proposes_one() -> None:
    quote = make.QuoteFactory(claim=None)
    decide_quotes(quotes=[quote.pk], decision=ACCEPTED, editor=make.UserFactory())
    claim = Claim.objects.proposals().get()
    assert (claim.text, claim.speaker, list(claim.quotes.all())) == ("Rivers are full.", quote.speaker, [quote])


@pytest.mark.parametrize("decision", [ACCEPTED, REJECTED])
def test_deciding_again_changes_nothing(decision: QuoteDecision) -> None:
    quotes = [make.QuoteFactory().pk for _ in range(3)]
    decide_quotes(quotes=quotes, decision=decision, editor=make.UserFactory())
    before, rows_before = count_rows(), dump_models("Quote", "Claim", without=())
    assert decide_quotes(quotes=quotes, decision=decision, editor=make.UserFactory()) == DecisionResult(0, 3, ())
    assert count_rows() == before
    assert dump_models("Quote", "Claim", without=()) == rows_before


def test_deleted_quotes_are_ignored() -> None:
    quote = make.QuoteFactory()
    assert decide_quotes(
        quotes=[quote.pk, quote.pk + 1000], decision=REJECTED, editor=make.UserFactory()
    ) == DecisionResult(1, 0, ())
    assert decide_quotes(quotes=[], decision=REJECTED, editor=make.UserFactory()) == DecisionResult(0, 0, ())


def test_history_has_editor_and_reason() -> None:
    quote, who = make.QuoteFactory(), make.UserFactory()
    decide_quotes(quotes=[quote.pk], decision=REJECTED, editor=who, reason="It is a title.")
    decide_quotes(quotes=[quote.pk], decision=ACCEPTED, editor=who)
    latest, earlier, *_ = quote.history.all()
    assert [(row.decision, row.history_user, row.history_reason) for row in (latest, earlier)] == [
        (ACCEPTED, who, "decided"),
        (REJECTED, who, "It is a title."),
    ]
    claim = Claim.objects.get()
    row = claim.history.latest()
    assert (row.history_user, row.history_cause) == (who, HistoryCause.QUOTE_DECIDED)
    assert (row.released_at, row.speaker_id) == (claim.released_at, claim.speaker_id)


def test_history_keeps_the_topics_of_the_claim() -> None:
    quotes = [make.QuoteFactory() for _ in range(2)]
    topics = [make.TopicFactory(), make.TopicFactory()]
    quotes[0].claim.topics.set(topics)
    decide_quotes(quotes=[quote.pk for quote in quotes], decision=ACCEPTED, editor=make.UserFactory())
    recorded = [[row.topic for row in quote.claim.history.latest().topics.order_by("topic")] for quote in quotes]
    assert recorded == [topics, []]
    newest, before = quotes[0].claim.history.all()[:2]
    assert "topics" not in newest.diff_against(before).changed_fields


@pytest.mark.parametrize("with_claims", [True, False], ids=["of-claims", "of-no-claims-yet"])
@pytest.mark.parametrize("decision", [ACCEPTED, REJECTED])
def test_the_number_of_queries_does_not_grow_with_the_quotes(decision: QuoteDecision, with_claims: bool) -> None:
    def queries(count: int) -> int:
        fields = {} if with_claims else {"claim": None}
        quotes = [make.QuoteFactory(**fields).pk for _ in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert decide_quotes(quotes=quotes, decision=decision, editor=who).changed == count
        return len(captured)

    who = make.UserFactory()
    assert queries(1) == queries(20)


def test_a_whole_article_can_be_decided_at_once() -> None:
    ingest(article=make_article())
    quotes = list(Quote.objects.values_list("pk", flat=True))
    assert decide_quotes(quotes=quotes, decision=ACCEPTED, editor=make.UserFactory()).changed == 3
    assert Quote.objects.released().count() == 3


@pytest.mark.parametrize(
    ("first", "then"),
    [(PENDING, ACCEPTED), (ACCEPTED, REJECTED), (ACCEPTED, PENDING)],
    ids=["another-accepted", "one-rejected", "one-reopened"],
)
def test_a_verdict_goes_back_to_review_when_the_accepted_quotes_change(
    first: QuoteDecision, then: QuoteDecision
) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    quote = make.QuoteFactory(claim=claim, speaker=claim.speaker)
    decide_quotes(quotes=[quote.pk], decision=first, editor=make.UserFactory())
    verdict = verifications.make_published(claim)
    decide_quotes(quotes=[quote.pk], decision=then, editor=make.UserFactory(), note=verifications.PUBLIC_NOTE)
    assert list(Verification.objects.order_by("pk").values_list("state", flat=True)) == ["superseded", "submitted"]
    assert Verification.objects.earliest("pk") == verdict


def test_a_verdict_stays_when_no_accepted_quote_changes() -> None:
    claim = make.QuoteFactory(accepted=True).claim
    quote = make.QuoteFactory(claim=claim, speaker=claim.speaker)
    verdict = verifications.make_published(claim)
    decide_quotes(quotes=[quote.pk], decision=REJECTED, editor=make.UserFactory())
    assert Verification.objects.get() == verdict
    assert Verification.objects.get().state == "published"


def test_a_failure_rolls_the_decision_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**kwargs: object) -> None:
        raise RuntimeError("half-way")

    quotes = [make.QuoteFactory(claim=None).pk, make.QuoteFactory().pk]
    before, rows_before = count_rows(), dump_models("Quote", "Claim", without=())
    monkeypatch.setattr("claims.services.verification.workflow.reopen_outdated", broken)
    with pytest.raises(RuntimeError, match="half-way"):
        decide_quotes(quotes=quotes, decision=ACCEPTED, editor=make.UserFactory())
    assert count_rows() == before
    assert dump_models("Quote", "Claim", without=()) == rows_before
