"""What a correction says: what was changed, as it stood before and after, whatever is changed later."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Correction, Quote, QuoteDecision, Rating, Speaker
from claims.services.claims.bulk_changes import BulkChanges, PublicationChange, bulk_change_claims
from claims.services.claims.claim_release import release_claim
from claims.services.claims.corrections import Note, PublicNote, PublicNoteRequiredError, retract_claim
from claims.services.claims.editing import edit_claim
from claims.services.claims.public_state import GRACE_PERIOD
from claims.services.errors import RefusedError
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes.add_quote import add_quote
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.speaker_assignment import set_speaker
from claims.services.quotes.wording import change_wording
from claims.services.speakers.merge import merge_speakers
from claims.services.verification.workflow import publish_verification, withdraw_verification
from tests import factories as make
from tests import verifications
from tests.services.claims.claim_states import make_public_claim
from tests.services.quotes.quoted_text import select_words

pytestmark = pytest.mark.django_db
NOTE = PublicNote("It was corrected.", "She said something else.")
Changes = list[tuple[str, str, str]]


def read_changes(correction: Correction) -> Changes:
    return list(correction.changes.values_list("field", "before", "after"))


def reword(claim: Claim, editor: User, note: Note) -> None:
    edit_claim(claim=claim, changes={"text": "Rivers are low."}, editor=editor, note=note)


def date(claim: Claim, editor: User, note: Note) -> None:
    edit_claim(claim=claim, changes={"said_on": dt.date(2025, 5, 16)}, editor=editor, note=note)


def unname(claim: Claim, editor: User, note: Note) -> None:
    edit_claim(claim=claim, changes={"speaker": None}, editor=editor, note=note)


def set_other_speaker(claim: Claim, editor: User, note: Note) -> None:
    other = Speaker.objects.get(name="Kim Lo")
    set_speaker(quote=claim.quotes.get(), speaker=other, editor=editor, note=note)


def shorten(claim: Claim, editor: User, note: Note) -> None:
    quote = claim.quotes.get()
    change_wording(quote=quote, selection=select_words(quote.snapshot, "Rivers are"), editor=editor, note=note)


def reject(claim: Claim, editor: User, note: Note) -> None:
    decide_quotes(quotes=[claim.quotes.get().pk], decision=QuoteDecision.REJECTED, editor=editor, note=note)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (reword, [("wording", "Rivers are full, she says.", "Rivers are low.")]),
        (date, [("said_on", "", "2025-05-16")]),
        (unname, [("speaker", "Lena Ford", "")]),
        (set_other_speaker, [("speaker", "Lena Ford", "Kim Lo")]),
        (shorten, [("quote", "Rivers are full.", "Rivers are")]),
        (reject, [("quote", "Rivers are full.", "")]),
    ],
)
def test_a_correction_has_the_values_before_and_after(
    change: Callable[[Claim, User, Note], None], expected: Changes
) -> None:
    claim, _ = make_claim_of("Lena Ford"), make.SpeakerFactory(name="Kim Lo")
    change(claim, make.UserFactory(), NOTE)
    correction = Correction.objects.get()
    assert read_changes(correction) == expected
    assert (correction.subject, correction.speaker) == ("Rivers are full, she says.", "Lena Ford")
    quotes = list(correction.changes.values_list("quote", flat=True))
    assert quotes == [claim.quotes.get().pk if expected[0][0] == "quote" else None]


def make_claim_of(name: str) -> Claim:
    claim = make_public_claim()
    Claim.objects.update(text="Rivers are full, she says.")
    Speaker.objects.filter(pk=claim.speaker_id).update(name=name)
    return Claim.objects.get(pk=claim.pk)


def test_later_changes_do_not_rewrite_a_correction() -> None:
    claim, editor = make_claim_of("Lena Ford"), make.UserFactory()
    reword(claim, editor, NOTE)
    edit_claim(claim=claim, changes={"text": "Rivers are dry."}, editor=editor, note=NOTE)
    merge_speakers(kept=make.SpeakerFactory(name="Ann"), merged=Speaker.objects.get(name="Lena Ford"), editor=editor)
    Speaker.objects.update(name="Somebody")
    correction = Correction.objects.earliest("pk")
    assert (correction.subject, correction.speaker) == ("Rivers are full, she says.", "Lena Ford")
    assert read_changes(correction) == [("wording", "Rivers are full, she says.", "Rivers are low.")]


def test_each_of_several_quotes_of_a_claim_is_named() -> None:
    claim = make_public_claim()
    second = make.QuoteFactory(
        accepted=True, claim=claim, speaker=claim.speaker, snapshot=claim.quotes.get().snapshot, start=54, end=67
    )
    decide_quotes(
        quotes=[quote.pk for quote in claim.quotes.all()],
        decision=QuoteDecision.REJECTED,
        editor=make.UserFactory(),
        note=NOTE,
    )
    correction = Correction.objects.get()
    assert correction.kind == "retraction"
    assert [row[1] for row in read_changes(correction)] == ["Rivers are full.", second.text]
    for quote in claim.quotes.all():
        assert list(Correction.objects.about_quote(quote.pk)) == [correction]


def test_a_withdrawn_verdict_is_named() -> None:
    verdict = verifications.make_published()
    withdraw_verification(verification=verdict, editor=make.UserFactory(), reason="A gauge broke.")
    correction = Correction.objects.get()
    assert (correction.kind, correction.verification, correction.claim) == ("withdrawal", verdict, verdict.claim)
    assert (correction.text, correction.reason) == ("The verdict “True” was withdrawn.", "A gauge broke.")
    assert correction.subject == verdict.claim.text
    assert read_changes(correction) == [("verdict", "True", "")]


def test_a_verdict_that_a_new_one_supersedes_is_named() -> None:
    verdict = verifications.make_published()
    newer = verifications.make_submitted(verdict.claim)
    type(newer).objects.filter(pk=newer.pk).update(
        rating=Rating.objects.get(slug="false"), explanation="Both gauges were broken."
    )
    publish_verification(verification=newer, approver=make.UserFactory())
    correction = Correction.objects.get()
    assert (correction.kind, correction.verification) == ("supersession", verdict)
    assert read_changes(correction) == [
        ("verdict", "True", "False"),
        ("explanation", "Two gauges show it.", "Both gauges were broken."),
    ]


def test_a_verdict_that_goes_back_to_review_is_named_on_the_claim_that_it_judged() -> None:
    verdict = verifications.make_published()
    former = verdict.claim.text
    reword(verdict.claim, make.UserFactory(), NOTE)
    wording, review = Correction.objects.order_by("pk")
    assert read_changes(wording) == [("wording", former, "Rivers are low.")]
    assert (review.kind, review.verification, review.subject) == ("supersession", verdict, former)
    assert read_changes(review) == [("verdict", "True", "")]


def test_a_verdict_on_a_claim_under_embargo_leaves_no_correction() -> None:
    verdict = verifications.make_published()
    Claim.objects.update(released_at=timezone.now() + dt.timedelta(days=1))
    verifications.make_published(verdict.claim)
    assert not Correction.objects.exists()


def test_a_retraction_right_after_release_is_a_retraction_with_a_reason() -> None:
    claim = make_public_claim(dt.timedelta(0))
    changes = BulkChanges(publication=PublicationChange.RETRACT)
    bulk_change_claims(claims=[claim.pk], changes=changes, editor=make.UserFactory())
    correction = Correction.objects.released().get()
    assert (correction.kind, correction.text) == ("retraction", "The claim was retracted.")


def test_the_text_of_an_early_edit_says_what_was_changed() -> None:
    claim = make_public_claim(dt.timedelta(0))
    changes = {"text": "Rivers are low.", "said_on": dt.date(2025, 5, 16)}
    edit_claim(claim=claim, changes=changes, editor=make.UserFactory())
    assert Correction.objects.released().get().text == "Wording and date changed."


# --- Quotes without a public claim ------------------------------------------------------------------------------------


def make_public_quote(age: dt.timedelta = 2 * GRACE_PERIOD) -> Quote:
    """A quote without a claim that has been public for so long."""
    quote = make.QuoteFactory(accepted=True, claim=None, speaker=make.SpeakerFactory(name="Lena Ford"))
    Quote.objects.filter(pk=quote.pk).update(decided_at=timezone.now() - age)
    return Quote.objects.get(pk=quote.pk)


def withdraw(quote: Quote, editor: User, note: Note) -> None:
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.REJECTED, editor=editor, note=note)


def reset(quote: Quote, editor: User, note: Note) -> None:
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.PENDING, editor=editor, note=note)


def shorten_quote(quote: Quote, editor: User, note: Note) -> None:
    change_wording(quote=quote, selection=select_words(quote.snapshot, "Rivers are"), editor=editor, note=note)


def name_other_speaker(quote: Quote, editor: User, note: Note) -> None:
    set_speaker(quote=quote, speaker=Speaker.objects.get(name="Kim Lo"), editor=editor, note=note)


QUOTE_CHANGES: list[tuple[Callable[[Quote, User, Note], None], str, Changes]] = [
    (withdraw, "withdrawal", [("quote", "Rivers are full.", "")]),
    (reset, "withdrawal", [("quote", "Rivers are full.", "")]),
    (shorten_quote, "correction", [("wording", "Rivers are full.", "Rivers are")]),
    (name_other_speaker, "correction", [("speaker", "Lena Ford", "Kim Lo")]),
]


@pytest.mark.parametrize(("change", "kind", "expected"), QUOTE_CHANGES)
def test_a_change_of_a_public_quote_without_a_claim_takes_a_note(
    change: Callable[[Quote, User, Note], None], kind: str, expected: Changes
) -> None:
    quote, editor, _ = make_public_quote(), make.UserFactory(), make.SpeakerFactory(name="Kim Lo")
    with pytest.raises(PublicNoteRequiredError, match=r"“Rivers are full\.” is public") as raised:
        change(quote, editor, None)
    assert [difference.quote for difference in raised.value.differences] == [quote.pk]
    assert not Correction.objects.exists()
    change(quote, editor, NOTE)
    correction = Correction.objects.released().get()
    assert (correction.claim, correction.quote, correction.kind) == (None, quote, kind)
    assert (correction.subject, correction.speaker) == ("Rivers are full.", "Lena Ford")
    assert read_changes(correction) == expected


@pytest.mark.parametrize(("change", "kind", "expected"), QUOTE_CHANGES)
def test_right_after_acceptance_it_takes_none_and_leaves_an_entry(
    change: Callable[[Quote, User, Note], None], kind: str, expected: Changes
) -> None:
    quote, _ = make_public_quote(GRACE_PERIOD - dt.timedelta(seconds=30)), make.SpeakerFactory(name="Kim Lo")
    change(quote, make.UserFactory(), None)
    correction = Correction.objects.get()
    assert (correction.quote, correction.kind) == (quote, "edit")
    assert read_changes(correction) == expected
    # A quote that was accepted by mistake and taken back at once is not shown by its correction.
    assert Correction.objects.released().exists() is (kind == "correction")


def test_an_embargo_on_a_proposal_withdraws_its_public_quote() -> None:
    quote, editor = make_public_quote(), make.UserFactory()
    proposal = make.ClaimFactory(speaker=quote.speaker)
    Quote.objects.update(claim=proposal)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    changes = {"text": "Rivers are full.", "released_at": tomorrow}
    with pytest.raises(PublicNoteRequiredError, match="Rivers are full") as raised:
        edit_claim(claim=proposal, changes=changes, editor=editor)
    assert raised.value.claims == ()
    edit_claim(claim=proposal, changes=changes, editor=editor, note=NOTE)
    correction = Correction.objects.get()
    assert (correction.claim, correction.quote, correction.kind) == (None, quote, "withdrawal")
    assert not Correction.objects.released().exists(), "while the embargo lasts"
    Claim.objects.update(released_at=timezone.now())
    assert list(Correction.objects.released()) == [correction]


def test_a_release_is_no_correction_of_the_quote() -> None:
    quote = make_public_quote()
    Quote.objects.update(claim=make.ClaimFactory(speaker=quote.speaker))
    release_claim(claim=Claim.objects.get(), text="Rivers are full.", editor=make.UserFactory())
    assert not Correction.objects.exists()


def test_a_quote_that_was_public_longer_than_its_claim_takes_a_note() -> None:
    claim = make_public_claim(dt.timedelta(0))
    quote = claim.quotes.get()
    Quote.objects.update(decided_at=timezone.now() - 2 * GRACE_PERIOD)
    with pytest.raises(PublicNoteRequiredError) as raised:
        shorten_quote(quote, make.UserFactory(), None)
    assert raised.value.claims == (claim,)


def test_a_withdrawn_quote_that_an_embargo_hides_now_is_not_shown() -> None:
    quote, editor = make_public_quote(), make.UserFactory()
    withdraw(quote, editor, NOTE)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    Quote.objects.update(claim=make.ClaimFactory(released_at=tomorrow))
    assert Correction.objects.released().exists()
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
    assert not Correction.objects.released().exists()


def test_a_public_quote_that_was_added_by_hand_is_not_deleted_by_an_undo(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot, editor = make.SnapshotFactory(), make.UserFactory()
    selection = select_words(snapshot, "Rivers are full.")
    quote = add_quote(snapshot=snapshot, selection=selection, speaker=make.SpeakerFactory(), editor=editor, accept=True)
    later = timezone.now() + 2 * GRACE_PERIOD
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    operation = last_operation(editor)
    assert operation
    with pytest.raises(RefusedError, match="is public"):
        undo_operation(operation=operation, editor=editor, note=NOTE)
    assert Quote.objects.filter(pk=quote.pk).exists()


def test_a_retracted_claim_tells_of_its_quotes_once() -> None:
    claim = make_public_claim()
    retract_claim(claim=claim, editor=make.UserFactory(), reason="A hoax.")
    assert Correction.objects.count() == 1
