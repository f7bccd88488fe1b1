"""What readers see is changed in the open: when a public note is asked for, what it leaves, and who is spared."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Correction, Quote, QuoteDecision, Speaker, Verification
from claims.services.claims import corrections
from claims.services.claims.corrections import (
    GRACE_PERIOD,
    PublicNote,
    PublicNoteRequiredError,
    list_live_verifications,
    public_change,
    requires_public_note,
)
from claims.services.errors import RefusedError
from claims.services.quotes.claim_links import set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from claims.services.speakers.directory import set_speaker
from tests import factories as make
from tests import verifications
from tests.database_dump import dump_database

pytestmark = pytest.mark.django_db

NOTE = PublicNote("The quote was taken out.", "She never said it.")


def make_public_claim(ago: dt.timedelta = 2 * GRACE_PERIOD) -> Claim:
    """A claim that readers have seen for so long."""
    claim = make.QuoteFactory(accepted=True).claim
    Claim.objects.update(released_at=timezone.now() - ago)
    return Claim.objects.get(pk=claim.pk)


def make_claim(**given: object) -> Claim:
    return make.ClaimFactory(**given)


def make_new_claim_with_verdict() -> Claim:
    return verifications.make_published().claim


def make_claim_without_quotes() -> Claim:
    return make_claim(released_at=timezone.now() - 2 * GRACE_PERIOD)


def make_embargoed_claim_with_verdict() -> Claim:
    claim = verifications.make_published().claim
    Claim.objects.update(released_at=timezone.now() + GRACE_PERIOD)
    return claim


def make_stub() -> Claim:
    claim = make_public_claim()
    corrections.retract_claim(claim=claim, editor=make.UserFactory(), reason="A hoax.")
    return claim


@pytest.mark.parametrize(
    ("claim", "needed"),
    [
        (make_public_claim, True),
        (lambda: make_public_claim(GRACE_PERIOD + dt.timedelta(seconds=5)), True),
        (lambda: make_public_claim(GRACE_PERIOD - dt.timedelta(seconds=30)), False),
        (make_new_claim_with_verdict, True),
        (make_claim, False),
        (make_claim_without_quotes, False),
        (make_embargoed_claim_with_verdict, False),
        (make_stub, True),
    ],
    ids=["public", "just-over", "just-released", "judged", "unreleased", "no-quotes", "embargo", "stub"],
)
def test_which_claims_need_a_note(claim: Callable[[], Claim], needed: bool) -> None:
    assert requires_public_note(claim()) is needed


def reject_claim_quote(claim: Claim, editor: User, note: PublicNote | None) -> None:
    decide_quotes(quotes=[claim.quotes.get().pk], decision=QuoteDecision.REJECTED, editor=editor, note=note)


def reopen_quote(claim: Claim, editor: User, note: PublicNote | None) -> None:
    decide_quotes(quotes=[claim.quotes.get().pk], decision=QuoteDecision.PENDING, editor=editor, note=note)


def move_quote(claim: Claim, editor: User, note: PublicNote | None) -> None:
    set_quote_claim(quote=claim.quotes.get(), claim=Claim.objects.exclude(pk=claim.pk).get(), editor=editor, note=note)


def set_other_speaker(claim: Claim, editor: User, note: PublicNote | None) -> None:
    other = Speaker.objects.exclude(pk=claim.speaker_id).get()
    set_speaker(quote=claim.quotes.get(), speaker=other, editor=editor, note=note)


def set_by_hand(field: str, value: object) -> Callable[[Claim, User, PublicNote | None], None]:
    def change(claim: Claim, editor: User, note: PublicNote | None) -> None:
        with public_change(editor=editor, note=note, claims=[claim.pk]):
            Claim.objects.filter(pk=claim.pk).update(**{field: value})

    return change


def shorten_quote(claim: Claim, editor: User, note: PublicNote | None) -> None:
    with public_change(editor=editor, note=note, claims=[claim.pk]):
        claim.quotes.update(spans=[[17, 28]], end=28, exact="Rivers are ")


CHANGES: dict[str, tuple[Callable[[Claim, User, PublicNote | None], None], str]] = {
    "rejected": (reject_claim_quote, "retraction"),
    "put-back": (reopen_quote, "retraction"),
    "moved": (move_quote, "retraction"),
    "speaker": (set_other_speaker, "correction"),
    "text": (set_by_hand("text", "Rivers are empty."), "correction"),
    "said-on": (set_by_hand("said_on", dt.date(2025, 5, 16)), "correction"),
    "span": (shorten_quote, "correction"),
}


@pytest.mark.parametrize(("change", "kind"), CHANGES.values(), ids=CHANGES)
def test_a_change_of_what_readers_see_takes_a_note(
    change: Callable[[Claim, User, PublicNote | None], None], kind: str
) -> None:
    claim, editor, _ = make_public_claim(), make.UserFactory(), make.ClaimFactory()
    before = dump_database()
    with pytest.raises(PublicNoteRequiredError, match="public note") as asked:
        change(claim, editor, None)
    assert asked.value.claims == (claim,)
    assert dump_database() == before
    change(claim, editor, NOTE)
    note = Correction.objects.released().get(claim=claim)
    assert (note.kind, note.text, note.reason, note.made_by) == (kind, NOTE.what, NOTE.why, editor)
    assert Claim.objects.withdrawn().filter(pk=claim.pk).exists() is (kind == "retraction")


@pytest.mark.parametrize(("change", "kind"), CHANGES.values(), ids=CHANGES)
def test_a_slip_of_the_hand_is_no_correction(
    change: Callable[[Claim, User, PublicNote | None], None], kind: str
) -> None:
    claim, _ = make_public_claim(dt.timedelta(0)), make.ClaimFactory()
    change(claim, make.UserFactory(), None)
    assert not Correction.objects.exists()
    assert not Claim.objects.filter(retracted_at__isnull=False).exists()


@pytest.mark.parametrize("note", [PublicNote("", "Why."), PublicNote("What.", " \n")], ids=["not-what", "not-why"])
def test_a_note_says_what_and_why(note: PublicNote) -> None:
    claim = make_public_claim()
    with pytest.raises(RefusedError, match="both what was changed and why"):
        reject_claim_quote(claim, make.UserFactory(), note)
    assert Quote.objects.accepted().count() == 1


def test_one_more_appearance_is_no_correction() -> None:
    claim = make_public_claim()
    quote = make.QuoteFactory(claim=claim, speaker=claim.speaker)
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=make.UserFactory())
    assert claim.quotes.accepted().count() == 2
    assert not Correction.objects.exists()


def test_one_more_appearance_of_what_was_judged_is_one() -> None:
    verdict = verifications.make_published()
    quote = make.QuoteFactory(claim=verdict.claim, speaker=verdict.claim.speaker)
    with pytest.raises(PublicNoteRequiredError) as asked:
        decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=make.UserFactory())
    assert asked.value.verifications == (verdict,)
    assert list_live_verifications([verdict.claim]) == [verdict]
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=make.UserFactory(), note=NOTE)
    assert Verification.objects.get(pk=verdict.pk).state == "superseded"
    assert {row.reason for row in Correction.objects.all()} >= {NOTE.why}


def test_what_is_public_already_and_stays_as_it_is_needs_none() -> None:
    claim = make_public_claim()
    make.QuoteFactory(claim=claim)
    with public_change(editor=make.UserFactory(), note=NOTE, claims=[claim.pk]) as change:
        pass
    assert change.reopened == []
    assert not Correction.objects.exists(), "of no change nothing is told"


def test_what_nobody_sees_is_changed_without_a_word() -> None:
    quote = make.QuoteFactory()
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.REJECTED, editor=make.UserFactory(), note=NOTE)
    assert not Correction.objects.exists()


def test_of_several_claims_each_gets_the_note() -> None:
    claims = [make_public_claim(), make_public_claim()]
    Claim.objects.update(released_at=timezone.now() - 2 * GRACE_PERIOD)
    quotes = [claim.quotes.get().pk for claim in claims]
    with pytest.raises(PublicNoteRequiredError, match="2 claims"):
        decide_quotes(quotes=quotes, decision=QuoteDecision.REJECTED, editor=make.UserFactory())
    decide_quotes(quotes=quotes, decision=QuoteDecision.REJECTED, editor=make.UserFactory(), note=NOTE)
    assert set(Correction.objects.values_list("claim", flat=True)) == {claim.pk for claim in claims}
