"""Releasing a claim in words that an editor confirmed."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, ClaimState, HistoryCause, Operation, Quote
from claims.services.claims.claim_release import (
    MAX_BULK_RELEASE,
    ClaimRelease,
    quotes_of_releasable_proposals,
    release_claim,
    release_claims,
)
from claims.services.claims.corrections import PublicNoteRequiredError
from claims.services.claims.editing import add_claim, edit_claim
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError, get_version
from claims.services.history.undo import undo_operation
from claims.services.verification.workflow import submit_verification
from tests import factories as make
from tests import verifications
from tests.services.claims.claim_states import make_public_claim, make_retracted_claim
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db

LATER = dt.timedelta(days=1)


@pytest.mark.parametrize("is_proposal", [True, False], ids=["proposal", "draft"])
def test_a_claim_is_released_in_the_words_given(editor: User, is_proposal: bool) -> None:
    claim = make.QuoteFactory(before_claim=True, claim__proposed=is_proposal).claim
    released = release_claim(claim=claim, text=" Rivers rise. ", editor=editor, seen=get_version(claim))
    assert (released.text, released.state) == ("Rivers rise.", ClaimState.RELEASED)
    assert Claim.objects.released().get() == released
    entry = claim.history.latest()
    assert (entry.history_user, entry.history_cause, entry.text) == (editor, HistoryCause.RELEASED, "Rivers rise.")


def test_releasing_again_changes_nothing(editor: User) -> None:
    claim = make.QuoteFactory(before_claim=True).claim
    release_claim(claim=claim, text="Rivers rise.", editor=editor)
    before = count_rows(), dump_models("Claim", without=())
    release_claim(claim=claim, text="Rivers rise.", editor=editor)
    assert (count_rows(), dump_models("Claim", without=())) == before


def test_an_undo_makes_it_a_proposal_again(editor: User) -> None:
    quote = make.QuoteFactory(before_claim=True)
    before = dump_models("Claim", "Quote")
    release_claim(claim=quote.claim, text="Rivers rise.", editor=editor)
    undo_operation(operation=Operation.objects.get(), editor=editor)
    assert dump_models("Claim", "Quote") == before
    assert Quote.objects.released().get() == quote


def make_merged_claim() -> Claim:
    kept = make.QuoteFactory(accepted=True).claim
    return make.ClaimFactory(merged_into=kept)


@pytest.mark.parametrize(
    ("claim", "text", "message"),
    [
        (lambda: make.QuoteFactory(before_claim=True).claim, " ", "text is empty"),
        (lambda: make.QuoteFactory().claim, "Rivers rise.", "no accepted quote"),
        (lambda: make.QuoteFactory(rejected=True).claim, "Rivers rise.", "no accepted quote"),
        (make_retracted_claim, "Rivers rise.", "was retracted"),
        (make_merged_claim, "Rivers rise.", "was merged"),
        (make_public_claim, "Rivers rise.", "is public. Add a public note"),
    ],
    ids=["empty", "pending-quote", "rejected-quote", "retracted", "merged", "public-in-other-words"],
)
def test_what_is_refused(editor: User, claim: Callable[[], Claim], text: str, message: str) -> None:
    row = claim()
    before = dump_models("Claim", without=())
    with pytest.raises(RefusedError, match=message):
        release_claim(claim=row, text=text, editor=editor)
    assert dump_models("Claim", without=()) == before


def test_a_claim_that_changed_is_refused(editor: User) -> None:
    claim = make.QuoteFactory(before_claim=True).claim
    edit_claim(claim=claim, changes={"text": "Rivers are low."}, editor=make.UserFactory())
    seen = get_version(claim)
    edit_claim(claim=claim, changes={"text": "Rivers are high."}, editor=make.UserFactory())
    with pytest.raises(ChangedError, match="Rivers are high"):
        release_claim(claim=claim, text="Rivers rise.", editor=editor, seen=seen)
    assert not Claim.objects.released().exists()


def test_a_publication_time_is_kept(editor: User) -> None:
    claim = make.QuoteFactory(accepted=True, claim__released_at=timezone.now() + LATER).claim
    released = release_claim(claim=claim, text="Rivers rise.", editor=editor)
    assert (released.text, released.state, released.released_at) == (
        "Rivers rise.",
        ClaimState.EMBARGOED,
        claim.released_at,
    )


def test_a_public_wording_takes_a_note(editor: User) -> None:
    claim = make_public_claim()
    with pytest.raises(PublicNoteRequiredError):
        release_claim(claim=claim, text="Rivers rise.", editor=editor)
    release_claim(claim=claim, text="Rivers rise.", editor=editor, note=verifications.PUBLIC_NOTE)
    assert claim.corrections.get().text == verifications.PUBLIC_NOTE.what


@pytest.mark.parametrize(
    ("changes", "is_confirmed"),
    [
        ({"text": "Rivers rise."}, True),
        ({"released_at": timezone.now() + LATER}, True),
        ({"said_on": dt.date(2025, 5, 16)}, False),
    ],
    ids=["text", "publication", "date"],
)
def test_whose_edits_confirm_the_wording(editor: User, changes: dict[str, object], is_confirmed: bool) -> None:
    claim = make.QuoteFactory().claim
    edit_claim(claim=claim, changes=changes, editor=editor)
    assert Claim.objects.confirmed().exists() is is_confirmed


def test_an_added_claim_is_confirmed(editor: User) -> None:
    assert add_claim(values={"text": "Rivers rise."}, editor=editor).state == ClaimState.DRAFT


def test_a_verdict_on_a_proposal_is_not_submitted() -> None:
    draft = verifications.make_draft(make.QuoteFactory(before_claim=True).claim)
    Claim.objects.update(wording_confirmed_at=None)
    with pytest.raises(RefusedError, match="is a proposal"):
        submit_verification(verification=draft, editor=draft.author)
    release_claim(claim=draft.claim, text="Rivers rise.", editor=draft.author)
    submit_verification(verification=draft, editor=draft.author)


def make_releases(*quotes: Quote, text: str = "Rivers rise.") -> list[ClaimRelease]:
    claims = [quote.claim for quote in quotes if quote.claim]
    return [ClaimRelease(claim.pk, f"{text} ({claim.pk})", get_version(claim)) for claim in claims]


def test_many_claims_are_released_as_one_operation(editor: User) -> None:
    quotes = [make.QuoteFactory(before_claim=True) for _ in range(3)]
    before = dump_models("Claim", "Quote")
    result = release_claims(releases=make_releases(*quotes), editor=editor)
    assert {claim.pk for claim in result.released} == {quote.claim_id for quote in quotes}
    assert all(claim.text == f"Rivers rise. ({claim.pk})" for claim in Claim.objects.released())
    operation = Operation.objects.get()
    assert (operation.verb, operation.summary) == ("release claims", "Released: 3 claims")
    undo_operation(operation=operation, editor=editor)
    assert dump_models("Claim", "Quote") == before


def test_a_refused_claim_refuses_no_other(editor: User) -> None:
    good, pending, changed, empty = (make.QuoteFactory(before_claim=n != 1) for n in range(4))
    releases = make_releases(good, pending, changed)
    edit_claim(claim=changed.claim, changes={"text": "Rivers are low."}, editor=make.UserFactory())
    releases += [ClaimRelease(empty.claim_id, " ", get_version(empty.claim)), ClaimRelease(10**6, "Gone.", 0)]
    result = release_claims(releases=releases, editor=editor)
    assert list(Claim.objects.released()) == list(result.released) == [good.claim]
    reasons = dict(result.refused)
    assert "no accepted quote" in reasons[pending.claim_id]
    assert "was changed by" in reasons[changed.claim_id]
    assert "empty" in reasons[empty.claim_id]
    assert "removed" in reasons[10**6]


def test_a_dry_run_tells_the_same_and_changes_nothing(editor: User) -> None:
    quotes = [make.QuoteFactory(before_claim=True), make.QuoteFactory()]
    before = count_rows(), dump_models("Claim", without=())
    preview = release_claims(releases=make_releases(*quotes), editor=editor, dry_run=True)
    assert (count_rows(), dump_models("Claim", without=())) == before
    result = release_claims(releases=make_releases(*quotes), editor=editor)
    assert (preview.released, preview.refused) == (result.released, result.refused)


def test_too_many_claims_are_refused(editor: User) -> None:
    with pytest.raises(RefusedError, match="No more than 100"):
        release_claims(releases=[ClaimRelease(n, "x", 0) for n in range(MAX_BULK_RELEASE + 1)], editor=editor)


def test_which_claims_are_to_be_released() -> None:
    first = make.QuoteFactory(before_claim=True)
    make.QuoteFactory(accepted=True, claim=first.claim, speaker=first.speaker)
    second = make.QuoteFactory(before_claim=True)
    for quote in (make.QuoteFactory(accepted=True), make.QuoteFactory(), make.QuoteFactory(accepted=True, claim=None)):
        assert quote not in quotes_of_releasable_proposals()
    make.QuoteFactory(before_claim=True, claim__proposed=False)
    assert list(quotes_of_releasable_proposals()) == [first, second]
