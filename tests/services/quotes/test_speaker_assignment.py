"""Setting the speaker of a quote."""

import datetime as dt

import pytest
from django.utils import timezone

from claims.models import Claim, ClaimState, MentionKind, Quote, QuoteDecision, Verification
from claims.services.errors import RefusedError
from claims.services.quotes.speaker_assignment import set_speaker
from claims.services.speakers.merge import merge_speakers
from tests import factories as make
from tests import verifications
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db


def test_a_claim_of_one_quote_gets_the_same_speaker() -> None:
    quote, speaker, editor = make.QuoteFactory(speaker=None), make.SpeakerFactory(), make.UserFactory()
    claims = Claim.objects.count()
    set_speaker(quote=quote, speaker=speaker, editor=editor)
    quote.refresh_from_db()
    assert quote.speaker == quote.claim.speaker == speaker
    assert Claim.objects.count() == claims
    for row in (quote.history.latest(), quote.claim.history.latest()):
        assert (row.speaker_id, row.history_user) == (speaker.pk, editor)


def test_a_quote_without_a_claim_can_have_a_speaker() -> None:
    quote, speaker = make.QuoteFactory(claim=None), make.SpeakerFactory()
    set_speaker(quote=quote, speaker=speaker, editor=make.UserFactory())
    assert Quote.objects.get(speaker=speaker).claim is None


def test_an_editor_is_sure_of_the_speaker() -> None:
    quote = make.QuoteFactory(mention_kind=MentionKind.PRONOUN, speaker_confidence=0.9)
    assert quote.is_speaker_inferred
    set_speaker(quote=quote, speaker=make.SpeakerFactory(), editor=make.UserFactory())
    quote.refresh_from_db()
    assert (quote.speaker_confidence, quote.mention_kind) == (1, MentionKind.PRONOUN)
    assert not quote.is_speaker_inferred
    assert quote.history.latest().speaker_confidence == 1


def test_rejected_quotes_do_not_count() -> None:
    quote, speaker = make.QuoteFactory(), make.SpeakerFactory()
    make.QuoteFactory(claim=quote.claim, speaker=quote.speaker, rejected=True)
    set_speaker(quote=quote, speaker=speaker, editor=make.UserFactory())
    assert Claim.objects.get(pk=quote.claim_id).speaker == speaker


@pytest.mark.parametrize("decision", [QuoteDecision.PENDING, QuoteDecision.ACCEPTED])
def test_a_quote_moves_to_a_claim_of_its_new_speaker(decision: QuoteDecision) -> None:
    first = make.QuoteFactory(accepted=True)
    accepted = decision == QuoteDecision.ACCEPTED
    second = make.QuoteFactory(speaker=first.speaker, accepted=accepted, claim=first.claim)
    verdict = verifications.make_published(first.claim)
    speaker = make.SpeakerFactory()
    set_speaker(quote=second, speaker=speaker, editor=make.UserFactory(), note=verifications.PUBLIC_NOTE)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.claim.speaker == first.speaker
    assert list(first.claim.quotes.all()) == [first]
    assert second.claim.speaker == second.speaker == speaker
    assert second.claim.state == ClaimState.PROPOSED, "in words that nobody has confirmed"
    assert Quote.objects.released().filter(pk=second.pk).exists() is accepted
    assert Verification.objects.get(pk=verdict.pk).state == ("superseded" if accepted else "published")


TOMORROW = timezone.now() + dt.timedelta(days=1)


@pytest.mark.parametrize(
    "hidden", [{"released_at": TOMORROW}, {"retracted_at": timezone.now()}], ids=["embargo", "retracted"]
)
@pytest.mark.parametrize("has_own", [False, True], ids=["own-claim-new", "own-claim-public"])
def test_an_accepted_quote_does_not_leave_a_claim_that_is_not_public(
    hidden: dict[str, dt.datetime], has_own: bool
) -> None:
    first = make.QuoteFactory(accepted=True)
    second = make.QuoteFactory(accepted=True, claim=first.claim, speaker=first.speaker)
    speaker = make.SpeakerFactory()
    if has_own:
        make.QuoteFactory(accepted=True, speaker=speaker, claim__text="Rivers are full.")
    Claim.objects.filter(pk=first.claim.pk).update(**hidden)
    before = Quote.objects.released().count()
    with pytest.raises(RefusedError, match="is not public"):
        set_speaker(quote=second, speaker=speaker, editor=make.UserFactory())
    assert Quote.objects.released().count() == before


def test_a_quote_of_another_speaker_stays_with_its_claim() -> None:
    first = make.QuoteFactory()
    unresolved = make.QuoteFactory(speaker=None, claim=first.claim)
    set_speaker(quote=unresolved, speaker=make.SpeakerFactory(), editor=make.UserFactory())
    unresolved.refresh_from_db()
    assert unresolved.claim == first.claim
    assert unresolved.claim.speaker == first.speaker


def test_a_merged_speaker_is_refused() -> None:
    quote, kept, merged = make.QuoteFactory(), make.SpeakerFactory(name="Ann Lee"), make.SpeakerFactory(name="A. Lee")
    merge_speakers(kept=kept, merged=merged, editor=make.UserFactory())
    assert merged.merged_into is None, "loaded before the merge"
    with pytest.raises(RefusedError, match=r"“A\. Lee” was merged into “Ann Lee”"):
        set_speaker(quote=quote, speaker=merged, editor=make.UserFactory())


def test_setting_the_same_speaker_changes_nothing() -> None:
    quote = make.QuoteFactory()
    before = count_rows(), dump_models("Quote", "Claim", without=())
    set_speaker(quote=quote, speaker=quote.speaker, editor=make.UserFactory())
    assert (count_rows(), dump_models("Quote", "Claim", without=())) == before
