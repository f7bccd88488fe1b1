"""What readers see is changed in the open: when a public note is asked for, what it leaves, and who is spared."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Correction, Decision, Quote, Speaker, Verification
from claims.services import correct
from claims.services.correct import GRACE, Note, NoteNeededError, in_the_open, needs_note, would_reopen
from claims.services.decide import decide
from claims.services.link import set_claim
from claims.services.refusal import RefusedError
from claims.services.resolve import set_speaker
from tests import factories as make
from tests.services import verdicts
from tests.tables import dump

pytestmark = pytest.mark.django_db

NOTE = Note("The quote was taken out.", "She never said it.")


def public(ago: dt.timedelta = 2 * GRACE) -> Claim:
    """A claim that readers have seen for so long."""
    claim = make.QuoteFactory(accepted=True).claim
    Claim.objects.update(released_at=timezone.now() - ago)
    return Claim.objects.get(pk=claim.pk)


def of(**given: object) -> Claim:
    return make.ClaimFactory(**given)


def judged_and_new() -> Claim:
    return verdicts.published().claim


def without_quotes() -> Claim:
    return of(released_at=timezone.now() - 2 * GRACE)


def judged_under_embargo() -> Claim:
    claim = verdicts.published().claim
    Claim.objects.update(released_at=timezone.now() + GRACE)
    return claim


def stub() -> Claim:
    claim = public()
    correct.retract_claim(claim=claim, editor=make.UserFactory(), reason="A hoax.")
    return claim


@pytest.mark.parametrize(
    ("claim", "needed"),
    [
        (public, True),
        (lambda: public(GRACE + dt.timedelta(seconds=5)), True),
        (lambda: public(GRACE - dt.timedelta(seconds=30)), False),
        (judged_and_new, True),
        (of, False),
        (without_quotes, False),
        (judged_under_embargo, False),
        (stub, True),
    ],
    ids=["public", "just-over", "just-released", "judged", "unreleased", "no-quotes", "embargo", "stub"],
)
def test_which_claims_need_a_note(claim: Callable[[], Claim], needed: bool) -> None:
    assert needs_note(claim()) is needed


def reject(claim: Claim, editor: User, note: Note | None) -> None:
    decide(quotes=[claim.quotes.get().pk], decision=Decision.REJECTED, editor=editor, note=note)


def put_back(claim: Claim, editor: User, note: Note | None) -> None:
    decide(quotes=[claim.quotes.get().pk], decision=Decision.PENDING, editor=editor, note=note)


def move(claim: Claim, editor: User, note: Note | None) -> None:
    set_claim(quote=claim.quotes.get(), claim=Claim.objects.exclude(pk=claim.pk).get(), editor=editor, note=note)


def other_speaker(claim: Claim, editor: User, note: Note | None) -> None:
    other = Speaker.objects.exclude(pk=claim.speaker_id).get()
    set_speaker(quote=claim.quotes.get(), speaker=other, editor=editor, note=note)


def by_hand(field: str, value: object) -> Callable[[Claim, User, Note | None], None]:
    def change(claim: Claim, editor: User, note: Note | None) -> None:
        with in_the_open(editor=editor, note=note, claims=[claim.pk]):
            Claim.objects.filter(pk=claim.pk).update(**{field: value})

    return change


def shorter(claim: Claim, editor: User, note: Note | None) -> None:
    with in_the_open(editor=editor, note=note, claims=[claim.pk]):
        claim.quotes.update(spans=[[17, 28]], end=28, exact="Rivers are ")


CHANGES: dict[str, tuple[Callable[[Claim, User, Note | None], None], str]] = {
    "rejected": (reject, "retraction"),
    "put-back": (put_back, "retraction"),
    "moved": (move, "retraction"),
    "speaker": (other_speaker, "correction"),
    "text": (by_hand("text", "Rivers are empty."), "correction"),
    "said-on": (by_hand("said_on", dt.date(2025, 5, 16)), "correction"),
    "span": (shorter, "correction"),
}


@pytest.mark.parametrize(("change", "kind"), CHANGES.values(), ids=CHANGES)
def test_a_change_of_what_readers_see_takes_a_note(
    change: Callable[[Claim, User, Note | None], None], kind: str
) -> None:
    claim, editor, _ = public(), make.UserFactory(), make.ClaimFactory()
    before = dump()
    with pytest.raises(NoteNeededError, match="public note") as asked:
        change(claim, editor, None)
    assert asked.value.claims == (claim,)
    assert dump() == before
    change(claim, editor, NOTE)
    note = Correction.objects.released().get(claim=claim)
    assert (note.kind, note.text, note.reason, note.made_by) == (kind, NOTE.what, NOTE.why, editor)
    assert Claim.objects.withdrawn().filter(pk=claim.pk).exists() is (kind == "retraction")


@pytest.mark.parametrize(("change", "kind"), CHANGES.values(), ids=CHANGES)
def test_a_slip_of_the_hand_is_no_correction(change: Callable[[Claim, User, Note | None], None], kind: str) -> None:
    claim, _ = public(dt.timedelta(0)), make.ClaimFactory()
    change(claim, make.UserFactory(), None)
    assert not Correction.objects.exists()
    assert not Claim.objects.filter(retracted_at__isnull=False).exists()


@pytest.mark.parametrize("note", [Note("", "Why."), Note("What.", " \n")], ids=["not-what", "not-why"])
def test_a_note_says_what_and_why(note: Note) -> None:
    claim = public()
    with pytest.raises(RefusedError, match="both what was changed and why"):
        reject(claim, make.UserFactory(), note)
    assert Quote.objects.accepted().count() == 1


def test_one_more_appearance_is_no_correction() -> None:
    claim = public()
    quote = make.QuoteFactory(claim=claim, speaker=claim.speaker)
    decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=make.UserFactory())
    assert claim.quotes.accepted().count() == 2
    assert not Correction.objects.exists()


def test_one_more_appearance_of_what_was_judged_is_one() -> None:
    verdict = verdicts.published()
    quote = make.QuoteFactory(claim=verdict.claim, speaker=verdict.claim.speaker)
    with pytest.raises(NoteNeededError) as asked:
        decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=make.UserFactory())
    assert asked.value.verifications == (verdict,)
    assert would_reopen([verdict.claim]) == [verdict]
    decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=make.UserFactory(), note=NOTE)
    assert Verification.objects.get(pk=verdict.pk).state == "superseded"
    assert {row.reason for row in Correction.objects.all()} >= {NOTE.why}


def test_what_is_public_already_and_stays_as_it_is_needs_none() -> None:
    claim = public()
    make.QuoteFactory(claim=claim)
    with in_the_open(editor=make.UserFactory(), note=NOTE, claims=[claim.pk]) as change:
        pass
    assert change.reopened == []
    assert not Correction.objects.exists(), "of no change nothing is told"


def test_what_nobody_sees_is_changed_without_a_word() -> None:
    quote = make.QuoteFactory()
    decide(quotes=[quote.pk], decision=Decision.REJECTED, editor=make.UserFactory(), note=NOTE)
    assert not Correction.objects.exists()


def test_of_several_claims_each_gets_the_note() -> None:
    claims = [public(), public()]
    Claim.objects.update(released_at=timezone.now() - 2 * GRACE)
    quotes = [claim.quotes.get().pk for claim in claims]
    with pytest.raises(NoteNeededError, match="2 claims"):
        decide(quotes=quotes, decision=Decision.REJECTED, editor=make.UserFactory())
    decide(quotes=quotes, decision=Decision.REJECTED, editor=make.UserFactory(), note=NOTE)
    assert set(Correction.objects.values_list("claim", flat=True)) == {claim.pk for claim in claims}
