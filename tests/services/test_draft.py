"""A verdict in the writing: stored in one stroke, taken back in one, and closed once it was submitted."""

import pytest
from django.contrib.auth.models import User

from claims.models import Evidence, Operation, Rating, Stance, Verification, VerificationState
from claims.services.converse import comment
from claims.services.draft import delete_draft, save_draft
from claims.services.edit import edit_claim
from claims.services.refusal import RefusedError
from claims.services.undo import last_of, undo
from claims.services.verify import submit_verification
from claims.services.version import ChangedError
from tests import factories as make
from tests.services import verdicts
from tests.services.tables import rows
from tests.services.undoing import undo_last

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make.UserFactory()


def tables() -> dict[str, list[dict[str, object]]]:
    return rows("Verification", "Evidence")


def evidence(url: str = "https://example.org/a") -> Evidence:
    return Evidence(url=url, stance=Stance.SUPPORTS)


def new(editor: User, *kept: Evidence) -> Verification:
    row = Verification(claim=make.ClaimFactory(), rating=Rating.objects.first(), explanation="So.")
    return save_draft(verification=row, fields=[], kept=kept, gone=[], editor=editor)


def test_a_new_one_with_its_evidence_is_one_operation(editor: User) -> None:
    before = tables()
    row = new(editor, evidence())
    assert (row.author, row.state, row.evidence.get().url) == (editor, "draft", "https://example.org/a")
    assert Operation.objects.get().verb == "draft"
    assert row.history.get().history_user == row.evidence.get().history.get().history_user == editor
    undo_last(editor)
    assert tables() == before


def test_changes_are_one_operation_and_come_back(editor: User) -> None:
    row = new(editor, evidence("https://example.org/a"), evidence("https://example.org/b"))
    before = tables()
    first, second = row.evidence.order_by("pk")
    first.note, row.explanation = "Page 3.", "So it is."
    save_draft(verification=row, fields=["explanation"], kept=[first, evidence()], gone=[second], editor=editor)
    assert tables() != before
    assert Operation.objects.count() == 2
    undo_last(editor)
    assert tables() == before


def test_a_deleted_one_comes_back_with_its_evidence(editor: User) -> None:
    row = new(editor, evidence())
    before = tables()
    delete_draft(verification=row, editor=editor)
    assert not Verification.objects.exists()
    undo_last(editor)
    assert tables() == before


def test_what_was_submitted_is_neither_changed_nor_taken_back(editor: User) -> None:
    row = new(editor, evidence())
    submit_verification(verification=row, editor=editor)
    before = tables()
    with pytest.raises(ChangedError, match="was submitted since"):
        undo_last(editor)
    with pytest.raises(RefusedError, match="only a draft is changed"):
        save_draft(verification=row, fields=["explanation"], kept=[], gone=[], editor=editor)
    with pytest.raises(RefusedError, match="only a draft is changed"):
        delete_draft(verification=row, editor=editor)
    assert tables() == before


def test_evidence_alone_is_not_taken_back_from_what_was_submitted(editor: User) -> None:
    row = new(editor, evidence())
    save_draft(verification=row, fields=[], kept=[evidence("https://example.org/b")], gone=[], editor=editor)
    submit_verification(verification=row, editor=editor)
    with pytest.raises(ChangedError, match="was submitted since"):
        undo_last(editor)
    assert row.evidence.count() == 2


def test_evidence_of_a_colleague_does_not_go_with_the_draft(editor: User) -> None:
    row = new(editor)
    save_draft(verification=row, fields=[], kept=[evidence()], gone=[], editor=make.UserFactory())
    with pytest.raises(ChangedError, match="has evidence since"):
        undo_last(editor)
    assert row.evidence.count() == 1


def test_only_its_author_deletes_it_and_not_what_colleagues_speak_about(editor: User) -> None:
    row = new(editor)
    with pytest.raises(RefusedError, match="Only who wrote"):
        delete_draft(verification=row, editor=make.UserFactory())
    comment(on=row, text="Hm.", author=editor)
    with pytest.raises(RefusedError, match="comments on this draft"):
        delete_draft(verification=row, editor=editor)
    assert Verification.objects.get() == row


def test_what_went_back_to_its_author_stays_there_with_its_evidence(editor: User) -> None:
    """Undoing what reopened a verdict takes neither the state back, nor the copy that waits, nor its evidence."""
    verdict = verdicts.published()
    edit_claim(claim=verdict.claim, changes={"text": "Otherwise."}, editor=editor, note=verdicts.NOTE)
    last = last_of(editor)
    assert last
    undo(operation=last, editor=editor, note=verdicts.NOTE)
    assert [row.state for row in Verification.objects.order_by("pk")] == [
        VerificationState.SUPERSEDED,
        VerificationState.SUBMITTED,
    ]
    assert Verification.objects.latest("pk").evidence.count() == 1
