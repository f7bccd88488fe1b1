"""Who is quoted, as an editor says."""

import datetime as dt

import pytest
from django.utils import timezone

from claims.models import Claim, MergeSuggestion, Quote, QuoteDecision, SpeakerKind, Verification
from claims.services.errors import RefusedError
from claims.services.speakers.directory import add_speaker, ensure_main_name, set_speaker
from claims.services.speakers.merge import merge_speakers
from tests import factories as make
from tests import verifications
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db


def test_the_claim_of_one_quote_goes_with_it() -> None:
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


def test_rejected_quotes_do_not_hold_the_claim() -> None:
    quote, speaker = make.QuoteFactory(), make.SpeakerFactory()
    make.QuoteFactory(claim=quote.claim, speaker=quote.speaker, rejected=True)
    set_speaker(quote=quote, speaker=speaker, editor=make.UserFactory())
    assert Claim.objects.get(pk=quote.claim_id).speaker == speaker


@pytest.mark.parametrize("decision", [QuoteDecision.PENDING, QuoteDecision.ACCEPTED])
def test_a_quote_leaves_the_claim_of_the_one_who_did_not_say_it(decision: QuoteDecision) -> None:
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
    assert second.claim.released_at == (first.claim.released_at if accepted else None)
    assert Verification.objects.get(pk=verdict.pk).state == ("superseded" if accepted else "published")


TOMORROW = timezone.now() + dt.timedelta(days=1)


@pytest.mark.parametrize(
    "hidden", [{"released_at": TOMORROW}, {"retracted_at": timezone.now()}], ids=["embargo", "retracted"]
)
@pytest.mark.parametrize("has_own", [False, True], ids=["own-claim-new", "own-claim-public"])
def test_an_accepted_quote_does_not_leave_a_claim_that_readers_do_not_see(hidden, has_own) -> None:
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


def test_a_quote_that_an_editor_put_to_a_claim_stays_with_it() -> None:
    first = make.QuoteFactory()
    nobody = make.QuoteFactory(speaker=None, claim=first.claim)
    set_speaker(quote=nobody, speaker=make.SpeakerFactory(), editor=make.UserFactory())
    nobody.refresh_from_db()
    assert nobody.claim == first.claim
    assert nobody.claim.speaker == first.speaker


def test_a_redirect_is_refused_however_it_was_loaded() -> None:
    quote, kept, merged = make.QuoteFactory(), make.SpeakerFactory(name="Ann Lee"), make.SpeakerFactory(name="A. Lee")
    merge_speakers(kept=kept, merged=merged, editor=make.UserFactory())
    assert merged.merged_into is None, "as it was seen before the merge"
    with pytest.raises(RefusedError, match=r"“A\. Lee” was merged into “Ann Lee”"):
        set_speaker(quote=quote, speaker=merged, editor=make.UserFactory())


def test_the_same_speaker_again_changes_nothing() -> None:
    quote = make.QuoteFactory()
    before = count_rows(), dump_models("Quote", "Claim", without=())
    set_speaker(quote=quote, speaker=quote.speaker, editor=make.UserFactory())
    assert (count_rows(), dump_models("Quote", "Claim", without=())) == before


def test_a_speaker_is_added_with_its_names() -> None:
    editor = make.UserFactory()
    make.SpeakerFactory(name="Anne Lee")
    speaker = add_speaker(name="Ann Lee", aliases=["A. Lee", "ann  lee", "A. LEE"], editor=editor)
    assert [row.name for row in speaker.names.order_by("key")] == ["A. LEE", "Ann Lee"]
    assert speaker.kind == SpeakerKind.PERSON
    assert speaker.history.get().history_user == editor
    assert MergeSuggestion.objects.get().second == speaker


def test_a_new_main_name_is_one_it_is_found_by() -> None:
    speaker = make.SpeakerFactory(name="Ann Lee")
    ensure_main_name(speaker=speaker, editor=None)
    assert speaker.names.count() == 1
    speaker.name = "Ann Lee-Oak"
    speaker.save()
    ensure_main_name(speaker=speaker, editor=None)
    ensure_main_name(speaker=speaker, editor=None)
    assert [row.name for row in speaker.names.order_by("pk")] == ["Ann Lee", "Ann Lee-Oak"]
