"""The workflow of verifications: what each step takes, and what sends them back."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from claims.models import Claim, Correction, Evidence, Verification, VerificationState
from claims.services.claims.editing import edit_claim
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.speaker_assignment import set_speaker
from claims.services.verification import workflow
from claims.services.verification.workflow import (
    compute_fingerprints,
    publish_verification,
    send_back_verification,
    submit_verification,
    withdraw_verification,
)
from tests import factories as make
from tests import verifications
from tests.concurrency import run_concurrently
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 5, 16, 12, tzinfo=dt.UTC)
DRAFT, SUBMITTED, PUBLISHED, SUPERSEDED, WITHDRAWN = (
    VerificationState.DRAFT,
    VerificationState.SUBMITTED,
    VerificationState.PUBLISHED,
    VerificationState.SUPERSEDED,
    VerificationState.WITHDRAWN,
)


def test_the_stored_state_decides() -> None:
    stale = verifications.make_draft()
    submit_verification(verification=Verification.objects.get(pk=stale.pk), editor=stale.author)
    assert stale.state == DRAFT
    with pytest.raises(RefusedError, match="submitted, not draft"):
        submit_verification(verification=stale, editor=stale.author)


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
def test_incomplete_drafts_are_not_submitted(fields: dict[str, Any], evidence: bool, missing: str) -> None:
    row = verifications.make_draft()
    Verification.objects.filter(pk=row.pk).update(**fields)
    if not evidence:
        Evidence.objects.all().delete()
    with pytest.raises(RefusedError, match=f"still needs {missing}\\.$"):
        submit_verification(verification=row, editor=row.author)
    assert Verification.objects.get().state == DRAFT


def test_submitting_stores_the_fingerprint() -> None:
    row = verifications.make_submitted()
    assert row.fingerprint == compute_fingerprints([row.claim])[row.claim_id]
    assert row.submitted_at
    assert Claim.objects.with_status().get().status == Claim.IN_REVIEW


def test_publishing_stores_approver_and_time() -> None:
    row, approver = verifications.make_submitted(), make.UserFactory()
    before = Claim.objects.get().updated_at
    publish_verification(verification=row, approver=approver, at=NOON)
    row = Verification.objects.get()
    assert (row.state, row.approver, row.published_at) == (PUBLISHED, approver, NOON)
    claim = Claim.objects.with_status().get()
    assert claim.status == "true"
    assert claim.updated_at > before, "readers who follow changes notice"
    latest = row.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (approver, "approved and published")


@pytest.mark.parametrize("is_superuser", [False, True], ids=["editor", "superuser"])
def test_authors_cannot_approve_their_own(is_superuser: bool) -> None:
    row = verifications.make_submitted()
    row.author.is_superuser = is_superuser
    row.author.save()
    with pytest.raises(RefusedError, match="by someone who did not work on it"):
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


def test_publishing_without_evidence_is_refused() -> None:
    row = verifications.make_submitted()
    Evidence.objects.all().delete()
    with pytest.raises(RefusedError, match="evidence was removed after submission"):
        publish_verification(verification=row, approver=make.UserFactory())


def reword_claim(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(text="Rivers are nearly full.")


def change_claim_speaker(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(speaker=make.SpeakerFactory())


def add_accepted_quote(claim: Claim) -> None:
    make.QuoteFactory(accepted=True, claim=claim, speaker=claim.speaker)


@pytest.mark.parametrize("change", [reword_claim, change_claim_speaker, add_accepted_quote])
def test_a_verification_of_another_wording_is_not_published(change: Callable[[Claim], None]) -> None:
    row = verifications.make_submitted()
    change(row.claim)  # behind the services' back
    with pytest.raises(RefusedError, match="have changed since submission"):
        publish_verification(verification=row, approver=make.UserFactory())
    assert Verification.objects.get().state == SUBMITTED


def test_a_new_verdict_supersedes_the_one_before() -> None:
    first = verifications.make_published()
    approver = make.UserFactory()
    second = publish_verification(verification=verifications.make_submitted(first.claim), approver=approver)
    assert [(row.pk, row.state) for row in Verification.objects.order_by("pk")] == [
        (first.pk, SUPERSEDED),
        (second.pk, PUBLISHED),
    ]
    latest = first.history.latest()
    assert (latest.state, latest.history_user) == (SUPERSEDED, approver)


def test_sending_back_stores_the_comment() -> None:
    row = verifications.make_submitted()
    send_back_verification(verification=row, editor=make.UserFactory(), comment="Which gauges?")
    row = Verification.objects.get()
    assert (row.state, row.comment, row.fingerprint, row.submitted_at) == (DRAFT, "Which gauges?", "", None)
    assert submit_verification(verification=row, editor=row.author).state == SUBMITTED


@pytest.mark.parametrize("blank", ["", " \n"], ids=["empty", "blank"])
def test_sending_back_and_withdrawing_take_a_reason(blank: str) -> None:
    row, editor = verifications.make_submitted(), make.UserFactory()
    with pytest.raises(RefusedError, match="comment"):
        send_back_verification(verification=row, editor=editor, comment=blank)
    with pytest.raises(RefusedError, match="Give a reason"):
        withdraw_verification(verification=row, editor=editor, reason=blank)
    assert Verification.objects.get().state == SUBMITTED


def test_withdrawing_a_published_verdict_is_a_correction() -> None:
    row, editor = verifications.make_published(), make.UserFactory()
    withdraw_verification(verification=row, editor=editor, reason="A gauge broke.")
    correction = Correction.objects.get()
    assert (correction.claim, correction.kind, correction.made_by) == (row.claim, "withdrawal", editor)
    assert correction.text == "The verdict “True” was withdrawn."
    assert correction.reason == "A gauge broke."
    assert Claim.objects.with_status().get().status == Claim.UNREVIEWED


def test_withdrawing_a_submitted_verification_is_no_correction() -> None:
    withdraw_verification(
        verification=verifications.make_submitted(), editor=make.UserFactory(), reason="A gauge broke."
    )
    assert not Correction.objects.exists()


@pytest.mark.parametrize("state", [PUBLISHED, SUPERSEDED, WITHDRAWN])
@pytest.mark.parametrize("field", ["explanation", "rating_id", "claim_id", "author_id", "fingerprint", "published_at"])
def test_published_verifications_cannot_be_changed(state: VerificationState, field: str) -> None:
    row = verifications.make_in_state(state)
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


def edit_claim_text(claim: Claim) -> None:
    edit_claim(
        claim=claim,
        changes={"text": "Rivers are nearly full."},
        editor=make.UserFactory(),
        note=verifications.PUBLIC_NOTE,
    )


def edit_claim_speaker(claim: Claim) -> None:
    set_speaker(
        quote=claim.quotes.get(),
        speaker=make.SpeakerFactory(),
        editor=make.UserFactory(),
        note=verifications.PUBLIC_NOTE,
    )


def accept_another_quote(claim: Claim) -> None:
    add_accepted_quote(claim)
    workflow.reopen_outdated(claims=[Claim.objects.get(pk=claim.pk)], editor=make.UserFactory())


CHANGES = [edit_claim_text, edit_claim_speaker, accept_another_quote]


@pytest.mark.parametrize("change", CHANGES)
def test_a_published_verdict_on_a_changed_claim_goes_back_to_review(change: Callable[[Claim], None]) -> None:
    row = verifications.make_published()
    make.EvidenceFactory(verification=row, url="https://example.org/second", stance="refutes", note="An old one.")
    change(row.claim)
    old, new = Verification.objects.order_by("pk")
    assert (old.pk, old.state) == (row.pk, SUPERSEDED)
    assert (old.explanation, old.fingerprint, old.approver) == (row.explanation, row.fingerprint, row.approver)
    assert (new.state, new.rating, new.explanation, new.author) == (SUBMITTED, row.rating, row.explanation, row.author)
    assert (new.approver, new.published_at) == (None, None)
    assert new.fingerprint == compute_fingerprints([new.claim])[new.claim_id] != old.fingerprint
    copied = [list(row.evidence.order_by("pk").values_list("url", "stance", "note")) for row in (old, new)]
    assert copied[0] == copied[1]
    assert len(copied[0]) == 2
    assert Claim.objects.with_status().get(pk=row.claim_id).status == Claim.IN_REVIEW
    assert publish_verification(verification=new, approver=make.UserFactory()).state == PUBLISHED


@pytest.mark.parametrize("change", CHANGES)
def test_a_submitted_verification_of_a_changed_claim_becomes_a_draft(change: Callable[[Claim], None]) -> None:
    row = verifications.make_submitted()
    change(row.claim)
    row = Verification.objects.get()
    assert (row.state, row.fingerprint, row.submitted_at) == (DRAFT, "", None)
    assert "changed after submission" in row.comment


@pytest.mark.parametrize("state", [DRAFT, SUPERSEDED, WITHDRAWN])
def test_verifications_in_other_states_stay_unchanged(state: VerificationState) -> None:
    row = verifications.make_in_state(state)
    Verification.objects.exclude(pk=row.pk).filter(state=PUBLISHED).update(state=WITHDRAWN)
    before = dump_models("Verification", "Evidence", without=())
    edit_claim_text(row.claim)
    assert dump_models("Verification", "Evidence", without=()) == before


def test_changes_of_date_or_topics_reopen_nothing() -> None:
    row = verifications.make_published()
    edit_claim(
        claim=row.claim,
        changes={"said_on": dt.date(2025, 5, 16)},
        topics=[make.TopicFactory().pk],
        editor=make.UserFactory(),
        note=verifications.PUBLIC_NOTE,
    )
    assert Verification.objects.get().state == PUBLISHED


def test_pending_and_rejected_quotes_do_not_change_the_fingerprint() -> None:
    claim = make.QuoteFactory(accepted=True).claim
    first = compute_fingerprints([claim])
    make.QuoteFactory(claim=claim)
    make.QuoteFactory(claim=claim, rejected=True)
    assert compute_fingerprints([Claim.objects.get()]) == first, "only accepted quotes count"
    add_accepted_quote(claim)
    assert compute_fingerprints([Claim.objects.get()]) != first


@pytest.mark.django_db(transaction=True)
def test_two_verdicts_published_concurrently_leave_one_current(monkeypatch: pytest.MonkeyPatch) -> None:
    first = verifications.make_submitted()
    second = verifications.make_submitted(first.claim)
    approver = make.UserFactory()
    both_waiting = Barrier(2)

    def wait(claims: Any) -> dict[int, str]:
        # Without a lock both come here before either is stored; with it the second cannot, and the first goes on.
        with suppress(BrokenBarrierError):
            both_waiting.wait(0.3)
        return compute_fingerprints(claims)

    monkeypatch.setattr(workflow, "compute_fingerprints", wait)
    run_concurrently(
        *[lambda row=row: publish_verification(verification=row, approver=approver) for row in (first, second)]
    )
    assert sorted(Verification.objects.values_list("state", flat=True)) == [PUBLISHED, SUPERSEDED]


def change_explanation(row: Verification, editor: Any) -> None:
    audit.update([row], [], user=editor, reason="looked at")
    row.explanation = "Three gauges show it."
    audit.update([row], ["explanation"], user=editor, reason="reworded")


def add_evidence(row: Verification, editor: Any) -> None:
    evidence = make.EvidenceFactory.build(verification=row, url="https://example.org/more")
    audit.create([evidence], user=editor, reason="added")


@pytest.mark.parametrize("contribute", [change_explanation, add_evidence])
def test_contributors_cannot_approve(contribute: Callable[[Verification, Any], None]) -> None:
    row, helper = verifications.make_draft(), make.UserFactory(is_superuser=True)
    contribute(row, helper)
    submit_verification(verification=row, editor=helper)
    assert workflow.contributor_ids(row) == {row.author_id, helper.pk}
    with pytest.raises(RefusedError, match="by someone who did not work on it"):
        publish_verification(verification=row, approver=helper)
    publish_verification(verification=row, approver=make.UserFactory())


def test_contributors_cannot_approve_after_a_reopening() -> None:
    row, helper = verifications.make_draft(), make.UserFactory()
    change_explanation(row, helper)
    submit_verification(verification=row, editor=row.author)
    row = publish_verification(verification=row, approver=make.UserFactory())
    row.claim.text = "Rivers are very full."
    audit.update([row.claim], ["text"], user=row.author, reason="reworded")
    (copy,) = workflow.reopen_outdated(claims=[row.claim], editor=row.author)
    with pytest.raises(RefusedError, match="by someone who did not work on it"):
        publish_verification(verification=copy, approver=helper)


def test_reopening_a_published_verdict_is_a_correction() -> None:
    row = verifications.make_published()
    row.claim.text = "Rivers are very full."
    audit.update([row.claim], ["text"], user=row.author, reason="reworded")
    workflow.reopen_outdated(claims=[row.claim], editor=row.author)
    correction = Correction.objects.released().get()
    assert correction.text == "The verdict “True” went back to review."
    assert correction.made_by == row.author


def test_a_reopened_copy_follows_further_changes() -> None:
    row, editor = verifications.make_published(), make.UserFactory()
    quote = make.QuoteFactory(claim=row.claim, speaker=row.claim.speaker)
    for decision in ("accepted", "rejected"):
        decide_quotes(quotes=[quote.pk], decision=decision, editor=editor, note=verifications.PUBLIC_NOTE)
    copy = Verification.objects.get(state=SUBMITTED)
    publish_verification(verification=copy, approver=editor)
    assert Claim.objects.with_status().get().status == "true"


def test_the_editor_of_the_claim_can_approve_the_reopened_copy() -> None:
    row, colleague = verifications.make_published(), make.UserFactory()
    row.claim.text = "Rivers are very full."
    audit.update([row.claim], ["text"], user=colleague, reason="reworded")
    (copy,) = workflow.reopen_outdated(claims=[row.claim], editor=colleague)
    assert workflow.contributor_ids(copy) == {row.author_id}
    publish_verification(verification=copy, approver=colleague)
    assert Verification.objects.get(state=PUBLISHED) == copy


def test_an_approver_who_sent_it_back_can_approve_it_later() -> None:
    row, approver = verifications.make_submitted(), make.UserFactory()
    row = send_back_verification(verification=row, editor=approver, comment="Which gauges?")
    submit_verification(verification=row, editor=row.author)
    publish_verification(verification=row, approver=approver)
