"""Changes of public claims: when they take a public note, and what becomes of it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Correction, Quote, QuoteDecision, Speaker, Verification
from claims.services.claims.corrections import (
    Note,
    PublicNote,
    PublicNoteRequiredError,
    ReopenConfirmationRequiredError,
    Unconfirmed,
    public_change,
)
from claims.services.claims.public_state import GRACE_PERIOD
from claims.services.errors import RefusedError
from claims.services.quotes.claim_links import set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.speaker_assignment import set_speaker
from tests import factories as make
from tests import verifications
from tests.services.claims.claim_states import make_public_claim, make_retracted_claim, requires_public_note
from tests.table_contents import dump_app

pytestmark = pytest.mark.django_db

NOTE = PublicNote("The quote was taken out.", "She never said it.")


def read_changes(correction: Correction) -> list[tuple[str, str, str]]:
    return list(correction.changes.values_list("field", "before", "after"))


def make_claim(**fields: object) -> Claim:
    return make.ClaimFactory(**fields)


def make_new_claim_with_verdict() -> Claim:
    return verifications.make_published().claim


def make_claim_without_quotes() -> Claim:
    return make_claim(released_at=timezone.now() - 2 * GRACE_PERIOD)


def make_embargoed_claim_with_verdict() -> Claim:
    claim = verifications.make_published().claim
    Claim.objects.update(released_at=timezone.now() + GRACE_PERIOD)
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
        (make_retracted_claim, True),
    ],
    ids=["public", "just-over", "just-released", "new-verdict", "unreleased", "no-quotes", "embargo", "retracted"],
)
def test_which_claims_require_a_public_note(claim: Callable[[], Claim], needed: bool) -> None:
    assert requires_public_note(claim()) is needed


def reject_claim_quote(claim: Claim, editor: User, note: Note) -> None:
    decide_quotes(quotes=[claim.quotes.get().pk], decision=QuoteDecision.REJECTED, editor=editor, note=note)


def reopen_quote(claim: Claim, editor: User, note: Note) -> None:
    decide_quotes(quotes=[claim.quotes.get().pk], decision=QuoteDecision.PENDING, editor=editor, note=note)


def move_quote(claim: Claim, editor: User, note: Note) -> None:
    set_quote_claim(quote=claim.quotes.get(), claim=Claim.objects.exclude(pk=claim.pk).get(), editor=editor, note=note)


def set_other_speaker(claim: Claim, editor: User, note: Note) -> None:
    other = Speaker.objects.exclude(pk=claim.speaker_id).get()
    set_speaker(quote=claim.quotes.get(), speaker=other, editor=editor, note=note)


def set_by_hand(field: str, value: object) -> Callable[[Claim, User, Note], None]:
    def change(claim: Claim, editor: User, note: Note) -> None:
        with public_change(editor=editor, note=note, claims=[claim.pk]):
            Claim.objects.filter(pk=claim.pk).update(**{field: value})

    return change


def shorten_quote(claim: Claim, editor: User, note: Note) -> None:
    with public_change(editor=editor, note=note, claims=[claim.pk]):
        claim.quotes.update(spans=[[17, 28]], end=28, exact="Rivers are ", text="Rivers are")


CHANGES: dict[str, tuple[Callable[[Claim, User, Note], None], str]] = {
    "rejected": (reject_claim_quote, "retraction"),
    "put-back": (reopen_quote, "retraction"),
    "moved": (move_quote, "retraction"),
    "speaker": (set_other_speaker, "correction"),
    "text": (set_by_hand("text", "Rivers are empty."), "correction"),
    "said-on": (set_by_hand("said_on", dt.date(2025, 5, 16)), "correction"),
    "span": (shorten_quote, "correction"),
}


@pytest.mark.parametrize(("change", "kind"), CHANGES.values(), ids=CHANGES)
def test_a_public_change_takes_a_note(change: Callable[[Claim, User, Note], None], kind: str) -> None:
    claim, editor, _ = make_public_claim(), make.UserFactory(), make.ClaimFactory()
    before = dump_app()
    with pytest.raises(PublicNoteRequiredError, match="public note") as raised:
        change(claim, editor, None)
    assert raised.value.claims == (claim,)
    assert dump_app() == before
    change(claim, editor, NOTE)
    correction = Correction.objects.released().get(claim=claim)
    assert (correction.kind, correction.text, correction.reason, correction.made_by) == (
        kind,
        NOTE.what,
        NOTE.why,
        editor,
    )
    assert Claim.objects.retracted_stubs().filter(pk=claim.pk).exists() is (kind == "retraction")


@pytest.mark.parametrize(("change", "kind"), CHANGES.values(), ids=CHANGES)
def test_a_change_within_the_grace_period_takes_no_note_and_is_in_the_public_history(
    change: Callable[[Claim, User, Note], None], kind: str
) -> None:
    claim, editor, _ = make_public_claim(dt.timedelta(0)), make.UserFactory(), make.ClaimFactory()
    change(claim, editor, None)
    correction = Correction.objects.get()
    assert (correction.claim, correction.kind, correction.made_by) == (claim, "edit", editor)
    assert correction.reason == "Changed within 15 minutes of publication."
    assert (correction.subject, correction.speaker) == (claim.text, claim.speaker.name)
    assert correction.changes.exists()
    assert not Claim.objects.filter(retracted_at__isnull=False).exists()
    # What was taken back altogether is not shown while readers do not see the rest of it.
    assert Correction.objects.released().exists() is (kind == "correction")


@pytest.mark.parametrize("name", ["rejected", "put-back", "moved", "speaker", "text", "span"])
def test_an_unconfirmed_change_sends_no_verification_back_to_review(name: str) -> None:
    (change, _), verification = CHANGES[name], verifications.make_submitted()
    claim, editor, _ = verification.claim, make.UserFactory(), make.ClaimFactory()
    before = dump_app()
    with pytest.raises(ReopenConfirmationRequiredError, match="back to review") as raised:
        change(claim, editor, Unconfirmed())
    assert (raised.value.claims, raised.value.verifications) == ((claim,), (verification,))
    assert dump_app() == before
    change(claim, editor, None)
    assert Verification.objects.get().state == "draft"


@pytest.mark.parametrize("note", [PublicNote("", "Why."), PublicNote("What.", " \n")], ids=["no-what", "no-why"])
def test_a_note_must_be_complete(note: PublicNote) -> None:
    claim = make_public_claim()
    with pytest.raises(RefusedError, match="what was changed and why"):
        reject_claim_quote(claim, make.UserFactory(), note)
    assert Quote.objects.accepted().count() == 1


def test_an_added_quote_is_no_correction() -> None:
    claim = make_public_claim()
    quote = make.QuoteFactory(claim=claim, speaker=claim.speaker)
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=make.UserFactory())
    assert claim.quotes.accepted().count() == 2
    assert not Correction.objects.exists()


def test_an_added_quote_of_a_claim_with_a_verdict_is_a_correction() -> None:
    verdict = verifications.make_published()
    quote = make.QuoteFactory(claim=verdict.claim, speaker=verdict.claim.speaker)
    with pytest.raises(PublicNoteRequiredError) as raised:
        decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=make.UserFactory())
    assert raised.value.verifications == (verdict,)
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=make.UserFactory(), note=NOTE)
    assert Verification.objects.get(pk=verdict.pk).state == "superseded"
    assert {row.reason for row in Correction.objects.all()} >= {NOTE.why}
    assert read_changes(Correction.objects.get(kind="correction")) == [("quote", "", quote.text)]
    assert read_changes(Correction.objects.get(kind="supersession")) == [("verdict", "True", "")]


def test_a_change_without_effect_needs_no_note() -> None:
    claim = make_public_claim()
    make.QuoteFactory(claim=claim)
    with public_change(editor=make.UserFactory(), note=NOTE, claims=[claim.pk]) as change:
        pass
    assert change.reopened == []
    assert not Correction.objects.exists(), "nothing changed"


def test_changing_what_is_not_public_publishes_no_note() -> None:
    quote = make.QuoteFactory()
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.REJECTED, editor=make.UserFactory(), note=NOTE)
    assert not Correction.objects.exists()


def test_each_of_several_claims_gets_the_note() -> None:
    claims = [make_public_claim(), make_public_claim()]
    quotes = [claim.quotes.get().pk for claim in claims]
    with pytest.raises(PublicNoteRequiredError, match="2 claims"):
        decide_quotes(quotes=quotes, decision=QuoteDecision.REJECTED, editor=make.UserFactory())
    decide_quotes(quotes=quotes, decision=QuoteDecision.REJECTED, editor=make.UserFactory(), note=NOTE)
    assert set(Correction.objects.values_list("claim", flat=True)) == {claim.pk for claim in claims}
