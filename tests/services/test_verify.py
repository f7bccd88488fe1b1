"""A verdict's way: every step, every refusal, and what sends it back."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from claims.models import Claim, Correction, Evidence, Verification, VerificationState
from claims.services import record, verify
from claims.services.decide import decide
from claims.services.edit import edit_claim
from claims.services.refusal import RefusedError
from claims.services.resolve import set_speaker
from claims.services.verify import (
    fingerprints,
    publish_verification,
    send_back,
    submit_verification,
    withdraw_verification,
)
from tests import factories as make
from tests.services import verdicts
from tests.services.tables import counts, rows
from tests.services.together import at_once

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 5, 16, 12, tzinfo=dt.UTC)
DRAFT, SUBMITTED, PUBLISHED, SUPERSEDED, WITHDRAWN = (
    VerificationState.DRAFT,
    VerificationState.SUBMITTED,
    VerificationState.PUBLISHED,
    VerificationState.SUPERSEDED,
    VerificationState.WITHDRAWN,
)

STEPS: dict[str, tuple[Callable[[Verification], Any], dict[VerificationState, VerificationState]]] = {
    "submit": (lambda row: submit_verification(verification=row, editor=row.author), {DRAFT: SUBMITTED}),
    "publish": (
        lambda row: publish_verification(verification=row, approver=make.UserFactory()),
        {SUBMITTED: PUBLISHED},
    ),
    "send-back": (
        lambda row: send_back(verification=row, editor=make.UserFactory(), comment="Which gauges?"),
        {SUBMITTED: DRAFT},
    ),
    "withdraw": (
        lambda row: withdraw_verification(verification=row, editor=make.UserFactory(), reason="A gauge broke."),
        {SUBMITTED: WITHDRAWN, PUBLISHED: WITHDRAWN},
    ),
}
TABLE = [(name, state) for name in STEPS for state in VerificationState]


@pytest.mark.parametrize(("name", "state"), TABLE, ids=[f"{name}-{state}" for name, state in TABLE])
def test_every_step_from_every_state(name: str, state: VerificationState) -> None:
    step, ways = STEPS[name]
    row = verdicts.in_state(state)
    assert row.state == state
    before, rows_before = counts(), rows("Verification", "Claim", "Correction", without=())
    if state in ways:
        assert step(row).state == ways[state]
        assert Verification.objects.get(pk=row.pk).state == ways[state]
        assert Verification.history.filter(id=row.pk).latest().state == ways[state]
    else:
        with pytest.raises(RefusedError, match=f"^This verification is {state.label.lower()}, not "):
            step(row)
        assert counts() == before
        assert rows("Verification", "Claim", "Correction", without=()) == rows_before


def test_the_state_is_the_one_stored_and_not_the_one_seen() -> None:
    seen = verdicts.draft()
    submit_verification(verification=Verification.objects.get(pk=seen.pk), editor=seen.author)
    assert seen.state == DRAFT
    with pytest.raises(RefusedError, match="submitted, not draft"):
        submit_verification(verification=seen, editor=seen.author)


@pytest.mark.parametrize(
    ("fields", "evidence", "missing"),
    [
        ({"rating": None}, True, "a rating"),
        ({"explanation": ""}, True, "an explanation"),
        ({"explanation": " \n "}, True, "an explanation"),
        ({}, False, "evidence"),
        ({"rating": None, "explanation": ""}, False, "a rating and an explanation and evidence"),
    ],
    ids=["no-rating", "no-explanation", "blank-explanation", "no-evidence", "nothing"],
)
def test_a_draft_needs_all_of_it_to_be_submitted(fields: dict[str, Any], evidence: bool, missing: str) -> None:
    row = verdicts.draft()
    Verification.objects.filter(pk=row.pk).update(**fields)
    if not evidence:
        Evidence.objects.all().delete()
    with pytest.raises(RefusedError, match=f"still needs {missing}\\.$"):
        submit_verification(verification=row, editor=row.author)
    assert Verification.objects.get().state == DRAFT


def test_submitting_binds_it_to_the_wording() -> None:
    row = verdicts.submitted()
    assert row.fingerprint == fingerprints([row.claim])[row.claim_id]
    assert row.submitted_at
    assert Claim.objects.with_status().get().status == Claim.IN_REVIEW


def test_publishing_says_who_and_when() -> None:
    row, approver = verdicts.submitted(), make.UserFactory()
    before = Claim.objects.get().updated_at
    publish_verification(verification=row, approver=approver, at=NOON)
    row = Verification.objects.get()
    assert (row.state, row.approver, row.published_at) == (PUBLISHED, approver, NOON)
    claim = Claim.objects.with_status().get()
    assert claim.status == "true"
    assert claim.updated_at > before, "readers who follow changes are told"
    latest = row.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (approver, "approved and published")


@pytest.mark.parametrize("is_superuser", [False, True], ids=["editor", "superuser"])
def test_nobody_approves_their_own(is_superuser: bool) -> None:
    row = verdicts.submitted()
    row.author.is_superuser = is_superuser
    row.author.save()
    with pytest.raises(RefusedError, match="by another person"):
        publish_verification(verification=row, approver=row.author)
    with pytest.raises(IntegrityError, match="verification_approver_is_not_author"), transaction.atomic():
        Verification.objects.filter(pk=row.pk).update(approver=row.author)
    with (
        pytest.raises(IntegrityError, match="verification_approver_is_not_author"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE claims_verification SET approver_id = author_id")
    assert Verification.objects.get().state == SUBMITTED


def test_evidence_removed_after_submission_is_missed() -> None:
    row = verdicts.submitted()
    Evidence.objects.all().delete()
    with pytest.raises(RefusedError, match="evidence was removed"):
        publish_verification(verification=row, approver=make.UserFactory())


def reword(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(text="Rivers are nearly full.")


def change_speaker(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(speaker=make.SpeakerFactory())


def add_quote(claim: Claim) -> None:
    make.QuoteFactory(accepted=True, claim=claim, speaker=claim.speaker)


@pytest.mark.parametrize("change", [reword, change_speaker, add_quote])
def test_a_verdict_on_another_wording_is_not_published(change: Callable[[Claim], None]) -> None:
    row = verdicts.submitted()
    change(row.claim)  # behind the services' back
    with pytest.raises(RefusedError, match="changed since"):
        publish_verification(verification=row, approver=make.UserFactory())
    assert Verification.objects.get().state == SUBMITTED


def test_a_new_verdict_supersedes_the_one_before() -> None:
    first = verdicts.published()
    approver = make.UserFactory()
    second = publish_verification(verification=verdicts.submitted(first.claim), approver=approver)
    assert [(row.pk, row.state) for row in Verification.objects.order_by("pk")] == [
        (first.pk, SUPERSEDED),
        (second.pk, PUBLISHED),
    ]
    latest = first.history.latest()
    assert (latest.state, latest.history_user) == (SUPERSEDED, approver)


def test_sending_back_tells_the_author_why() -> None:
    row = verdicts.submitted()
    send_back(verification=row, editor=make.UserFactory(), comment="Which gauges?")
    row = Verification.objects.get()
    assert (row.state, row.comment, row.fingerprint, row.submitted_at) == (DRAFT, "Which gauges?", "", None)
    assert submit_verification(verification=row, editor=row.author).state == SUBMITTED


@pytest.mark.parametrize("blank", ["", " \n"], ids=["empty", "blank"])
def test_a_reason_is_asked_for(blank: str) -> None:
    row, editor = verdicts.submitted(), make.UserFactory()
    with pytest.raises(RefusedError, match="comment"):
        send_back(verification=row, editor=editor, comment=blank)
    with pytest.raises(RefusedError, match="why"):
        withdraw_verification(verification=row, editor=editor, reason=blank)
    assert Verification.objects.get().state == SUBMITTED


def test_withdrawing_what_was_published_is_told_to_readers() -> None:
    row, editor = verdicts.published(), make.UserFactory()
    withdraw_verification(verification=row, editor=editor, reason="A gauge broke.")
    correction = Correction.objects.get()
    assert (correction.claim, correction.kind, correction.made_by) == (row.claim, "correction", editor)
    assert correction.text == "The verdict “True” was withdrawn."
    assert correction.reason == "A gauge broke."
    assert Claim.objects.with_status().get().status == Claim.UNREVIEWED


def test_withdrawing_what_nobody_saw_is_not() -> None:
    withdraw_verification(verification=verdicts.submitted(), editor=make.UserFactory(), reason="A gauge broke.")
    assert not Correction.objects.exists()


@pytest.mark.parametrize("state", [PUBLISHED, SUPERSEDED, WITHDRAWN])
@pytest.mark.parametrize("field", ["explanation", "rating_id", "claim_id", "author_id", "fingerprint", "published_at"])
def test_what_was_published_is_never_rewritten(state: VerificationState, field: str) -> None:
    row = verdicts.in_state(state)
    other: dict[str, Any] = {
        "explanation": "Something else.",
        "rating_id": make.VerificationFactory(submitted=True).rating_id + 1,
        "claim_id": make.ClaimFactory().pk,
        "author_id": make.UserFactory().pk,
        "fingerprint": "f" * 64,
        "published_at": NOON,
    }
    with pytest.raises(IntegrityError, match="verification_is_append_only"), transaction.atomic():
        Verification.objects.filter(pk=row.pk).update(**{field: other[field]})


# --- Back to review -------------------------------------------------------------------------------------------------


def reworded_by_an_editor(claim: Claim) -> None:
    edit_claim(claim=claim, changes={"text": "Rivers are nearly full."}, editor=make.UserFactory(), note=verdicts.NOTE)


def speaker_changed_by_an_editor(claim: Claim) -> None:
    set_speaker(quote=claim.quotes.get(), speaker=make.SpeakerFactory(), editor=make.UserFactory(), note=verdicts.NOTE)


def quote_added(claim: Claim) -> None:
    add_quote(claim)
    verify.reopen_changed(claims=[Claim.objects.get(pk=claim.pk)], editor=make.UserFactory())


CHANGES = [reworded_by_an_editor, speaker_changed_by_an_editor, quote_added]


@pytest.mark.parametrize("change", CHANGES)
def test_a_published_verdict_on_what_changed_goes_back_to_review(change: Callable[[Claim], None]) -> None:
    row = verdicts.published()
    make.EvidenceFactory(verification=row, url="https://example.org/second", stance="refutes", note="An old one.")
    change(row.claim)
    old, new = Verification.objects.order_by("pk")
    assert (old.pk, old.state) == (row.pk, SUPERSEDED)
    assert (old.explanation, old.fingerprint, old.approver) == (row.explanation, row.fingerprint, row.approver)
    assert (new.state, new.rating, new.explanation, new.author) == (SUBMITTED, row.rating, row.explanation, row.author)
    assert (new.approver, new.published_at) == (None, None)
    assert new.fingerprint == fingerprints([new.claim])[new.claim_id] != old.fingerprint
    copied = [list(each.evidence.order_by("pk").values_list("url", "stance", "note")) for each in (old, new)]
    assert copied[0] == copied[1]
    assert len(copied[0]) == 2
    assert Claim.objects.with_status().get(pk=row.claim_id).status == Claim.IN_REVIEW
    assert publish_verification(verification=new, approver=make.UserFactory()).state == PUBLISHED


@pytest.mark.parametrize("change", CHANGES)
def test_a_submitted_one_goes_back_to_its_author(change: Callable[[Claim], None]) -> None:
    row = verdicts.submitted()
    change(row.claim)
    row = Verification.objects.get()
    assert (row.state, row.fingerprint, row.submitted_at) == (DRAFT, "", None)
    assert "changed after this was submitted" in row.comment


@pytest.mark.parametrize("state", [DRAFT, SUPERSEDED, WITHDRAWN])
def test_what_is_not_live_stays_as_it_is(state: VerificationState) -> None:
    row = verdicts.in_state(state)
    Verification.objects.exclude(pk=row.pk).filter(state=PUBLISHED).update(state=WITHDRAWN)
    before = rows("Verification", "Evidence", without=())
    reworded_by_an_editor(row.claim)
    assert rows("Verification", "Evidence", without=()) == before


def test_a_change_that_changes_nothing_judged_leaves_verdicts_alone() -> None:
    row = verdicts.published()
    edit_claim(
        claim=row.claim,
        changes={"said_on": dt.date(2025, 5, 16)},
        topics=[make.TopicFactory().pk],
        editor=make.UserFactory(),
        note=verdicts.NOTE,
    )
    assert Verification.objects.get().state == PUBLISHED


def test_the_fingerprint_is_of_words_speaker_and_accepted_quotes() -> None:
    claim = make.QuoteFactory(accepted=True).claim
    first = fingerprints([claim])
    make.QuoteFactory(claim=claim)
    make.QuoteFactory(claim=claim, rejected=True)
    assert fingerprints([Claim.objects.get()]) == first, "pending and rejected quotes are not judged"
    add_quote(claim)
    assert fingerprints([Claim.objects.get()]) != first


@pytest.mark.django_db(transaction=True)
def test_of_two_verdicts_published_at_once_one_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    first = verdicts.submitted()
    second = verdicts.submitted(first.claim)
    approver = make.UserFactory()
    both_there = Barrier(2)

    def wait(claims: Any) -> dict[int, str]:
        # Without a lock both come here before either is stored; with it the second cannot, and the first goes on.
        with suppress(BrokenBarrierError):
            both_there.wait(0.3)
        return fingerprints(claims)

    monkeypatch.setattr(verify, "fingerprints", wait)
    at_once(*[lambda row=row: publish_verification(verification=row, approver=approver) for row in (first, second)])
    assert sorted(Verification.objects.values_list("state", flat=True)) == [PUBLISHED, SUPERSEDED]


def reworded(row: Verification, editor: Any) -> None:
    record.update([row], [], user=editor, reason="looked at")
    row.explanation = "Three gauges show it."
    record.update([row], ["explanation"], user=editor, reason="reworded")


def more_evidence(row: Verification, editor: Any) -> None:
    evidence = make.EvidenceFactory.build(verification=row, url="https://example.org/more")
    record.create([evidence], user=editor, reason="added")


@pytest.mark.parametrize("hand", [reworded, more_evidence])
def test_who_had_a_hand_in_a_draft_does_not_approve_it(hand: Callable[[Verification, Any], None]) -> None:
    row, helper = verdicts.draft(), make.UserFactory(is_superuser=True)
    hand(row, helper)
    submit_verification(verification=row, editor=helper)
    assert verify.writers(row) == {row.author_id, helper.pk}
    with pytest.raises(RefusedError, match="by another person than those who wrote it"):
        publish_verification(verification=row, approver=helper)
    publish_verification(verification=row, approver=make.UserFactory())


def test_who_had_a_hand_in_it_does_not_approve_it_when_it_is_reopened() -> None:
    row, helper = verdicts.draft(), make.UserFactory()
    reworded(row, helper)
    submit_verification(verification=row, editor=row.author)
    row = publish_verification(verification=row, approver=make.UserFactory())
    row.claim.text = "Rivers are very full."
    record.update([row.claim], ["text"], user=row.author, reason="reworded")
    (copy,) = verify.reopen_changed(claims=[row.claim], editor=row.author)
    with pytest.raises(RefusedError, match="those who wrote it"):
        publish_verification(verification=copy, approver=helper)


def test_a_published_verdict_that_goes_back_to_review_is_said_in_the_open() -> None:
    row = verdicts.published()
    row.claim.text = "Rivers are very full."
    record.update([row.claim], ["text"], user=row.author, reason="reworded")
    verify.reopen_changed(claims=[row.claim], editor=row.author)
    correction = Correction.objects.released().get()
    assert correction.text == "The verdict “True” went back to review."
    assert correction.made_by == row.author


def test_there_and_back_the_reopened_verdict_waits_for_the_wording_as_it_is() -> None:
    row, editor = verdicts.published(), make.UserFactory()
    quote = make.QuoteFactory(claim=row.claim, speaker=row.claim.speaker)
    for decision in ("accepted", "rejected"):
        decide(quotes=[quote.pk], decision=decision, editor=editor, note=verdicts.NOTE)
    copy = Verification.objects.get(state=SUBMITTED)
    publish_verification(verification=copy, approver=editor)
    assert Claim.objects.with_status().get().status == "true"


def test_who_changed_the_claim_may_approve_the_verdict_that_was_reopened_for_it() -> None:
    row, colleague = verdicts.published(), make.UserFactory()
    row.claim.text = "Rivers are very full."
    record.update([row.claim], ["text"], user=colleague, reason="reworded")
    (copy,) = verify.reopen_changed(claims=[row.claim], editor=colleague)
    assert verify.writers(copy) == {row.author_id}
    publish_verification(verification=copy, approver=colleague)
    assert Verification.objects.get(state=PUBLISHED) == copy


def test_who_sent_a_verification_back_may_approve_it_later() -> None:
    row, approver = verdicts.submitted(), make.UserFactory()
    row = send_back(verification=row, editor=approver, comment="Which gauges?")
    submit_verification(verification=row, editor=row.author)
    publish_verification(verification=row, approver=approver)
