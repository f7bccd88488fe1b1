"""Draft corrections of public claims."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from claims.models import (
    Claim,
    ClaimAmendment,
    Correction,
    Verification,
)
from claims.services.claims.correction_drafts import (
    discard_correction_draft,
    publish_correction_draft,
    save_correction_draft,
)
from claims.services.claims.corrections import PublicNote
from claims.services.claims.editing import edit_claim
from claims.services.errors import RefusedError
from tests import factories as make
from tests import verifications
from tests.services.claims.claim_states import make_public_claim, make_retracted_claim
from tests.services.history.undo_last import undo_last
from tests.verifications import PUBLIC_NOTE

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 5, 16)


def draft_correction(claim: Claim, author: User, text: str = "Rivers rise.") -> ClaimAmendment:
    return save_correction_draft(
        claim=claim, text=text, speaker=claim.speaker, said_on=DAY, note=PUBLIC_NOTE, author=author
    )


def test_a_draft_is_not_public_until_it_is_published(editor: User) -> None:
    claim, author = make_public_claim(), make.UserFactory()
    old_text = claim.text
    draft = draft_correction(claim, author)
    assert Claim.objects.released().get().text == old_text
    assert not Correction.objects.exists()
    publish_correction_draft(amendment=draft, editor=editor)
    published = Claim.objects.released().get()
    assert (published.text, published.said_on) == ("Rivers rise.", DAY)
    correction = Correction.objects.released().get()
    assert (correction.text, correction.reason, correction.made_by) == (PUBLIC_NOTE.what, PUBLIC_NOTE.why, editor)
    draft.refresh_from_db()
    assert (draft.state, draft.decided_by) == ("published", editor)
    with pytest.raises(RefusedError, match="already published"):
        publish_correction_draft(amendment=draft, editor=editor)


def test_publishing_a_draft_reopens_the_verdict(editor: User) -> None:
    verdict = verifications.make_published()
    publish_correction_draft(amendment=draft_correction(verdict.claim, editor), editor=editor)
    assert Verification.objects.get(pk=verdict.pk).state == "superseded"


def test_only_the_author_can_replace_an_open_draft(editor: User) -> None:
    claim = make_public_claim()
    first = draft_correction(claim, editor)
    again = draft_correction(claim, editor, "Rivers have risen.")
    assert (again.pk, ClaimAmendment.objects.get().text) == (first.pk, "Rivers have risen.")
    with pytest.raises(RefusedError, match=f"{editor} already has a draft"):
        draft_correction(claim, make.UserFactory())


def test_an_outdated_draft_is_not_published(editor: User) -> None:
    claim = make_public_claim()
    draft = draft_correction(claim, editor)
    edit_claim(claim=claim, changes={"text": "Rivers fall."}, editor=editor, note=PUBLIC_NOTE)
    with pytest.raises(RefusedError, match="has changed since this draft"):
        publish_correction_draft(amendment=draft, editor=editor)
    assert Claim.objects.get().text == "Rivers fall."
    again = draft_correction(Claim.objects.get(), editor)
    publish_correction_draft(amendment=again, editor=editor)
    assert Claim.objects.get().text == "Rivers rise."


def test_a_draft_is_discarded_with_a_comment(editor: User) -> None:
    draft = draft_correction(make_public_claim(), make.UserFactory())
    with pytest.raises(RefusedError, match="why the draft is discarded"):
        discard_correction_draft(amendment=draft, editor=editor, comment=" ")
    discard_correction_draft(amendment=draft, editor=editor, comment="The gauge says so.")
    draft.refresh_from_db()
    assert (draft.state, draft.comment) == ("discarded", "The gauge says so.")
    undo_last(editor, PUBLIC_NOTE)
    draft.refresh_from_db()
    assert draft.state == "open"


def test_the_author_can_discard_a_draft_without_a_comment(editor: User) -> None:
    assert (
        discard_correction_draft(
            amendment=draft_correction(make_public_claim(), editor), editor=editor, comment=""
        ).state
        == "discarded"
    )


@pytest.mark.parametrize(
    ("claim", "values", "error"),
    [
        (make.ClaimFactory, {}, "no draft is needed"),
        (make_retracted_claim, {}, "was retracted"),
        (make_public_claim, {"text": " "}, "changes nothing"),
        (make_public_claim, {"note": PublicNote("", "Why.")}, "what was changed and why"),
    ],
    ids=["unreleased", "retracted", "no-text", "incomplete-note"],
)
def test_refused_drafts(claim: Callable[[], Claim], values: dict[str, object], error: str, editor: User) -> None:
    row = claim()
    draft = {"text": "Rivers rise.", "speaker": row.speaker, "said_on": None, "note": PUBLIC_NOTE} | values
    with pytest.raises(RefusedError, match=error):
        save_correction_draft(claim=row, author=editor, **draft)
    assert not ClaimAmendment.objects.exists()


def test_a_draft_that_changes_nothing_is_refused(editor: User) -> None:
    claim = make_public_claim()
    with pytest.raises(RefusedError, match="changes nothing"):
        save_correction_draft(
            claim=claim, text=f" {claim.text} ", speaker=claim.speaker, said_on=None, note=PUBLIC_NOTE, author=editor
        )
