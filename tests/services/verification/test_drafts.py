"""A verdict in the writing: stored in one stroke, taken back in one, and closed once it was submitted."""

import pytest
from django.contrib.auth.models import User

from claims.models import Evidence, EvidenceStance, Operation, Rating, Verification, VerificationState
from claims.services.claims.editing import edit_claim
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError
from claims.services.history.undo import last_operation, undo_operation
from claims.services.people.comments import add_comment
from claims.services.verification.drafts import delete_verification_draft, save_verification_draft
from claims.services.verification.workflow import submit_verification
from tests import factories as make
from tests import verifications
from tests.services.history.undo_last import undo_last
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make.UserFactory()


def dump_draft_tables() -> dict[str, list[dict[str, object]]]:
    return dump_models("Verification", "Evidence")


def build_evidence(url: str = "https://example.org/a") -> Evidence:
    return Evidence(url=url, stance=EvidenceStance.SUPPORTS)


def save_new_draft(editor: User, *kept: Evidence) -> Verification:
    row = Verification(claim=make.ClaimFactory(), rating=Rating.objects.first(), explanation="So.")
    return save_verification_draft(verification=row, fields=[], kept=kept, gone=[], editor=editor)


def test_a_new_one_with_its_evidence_is_one_operation(editor: User) -> None:
    before = dump_draft_tables()
    row = save_new_draft(editor, build_evidence())
    assert (row.author, row.state, row.evidence.get().url) == (editor, "draft", "https://example.org/a")
    assert Operation.objects.get().verb == "draft"
    assert row.history.get().history_user == row.evidence.get().history.get().history_user == editor
    undo_last(editor)
    assert dump_draft_tables() == before


def test_changes_are_one_operation_and_come_back(editor: User) -> None:
    row = save_new_draft(editor, build_evidence("https://example.org/a"), build_evidence("https://example.org/b"))
    before = dump_draft_tables()
    first, second = row.evidence.order_by("pk")
    first.note, row.explanation = "Page 3.", "So it is."
    save_verification_draft(
        verification=row, fields=["explanation"], kept=[first, build_evidence()], gone=[second], editor=editor
    )
    assert dump_draft_tables() != before
    assert Operation.objects.count() == 2
    undo_last(editor)
    assert dump_draft_tables() == before


def test_a_deleted_one_comes_back_with_its_evidence(editor: User) -> None:
    row = save_new_draft(editor, build_evidence())
    before = dump_draft_tables()
    delete_verification_draft(verification=row, editor=editor)
    assert not Verification.objects.exists()
    undo_last(editor)
    assert dump_draft_tables() == before


def test_what_was_submitted_is_neither_changed_nor_taken_back(editor: User) -> None:
    row = save_new_draft(editor, build_evidence())
    submit_verification(verification=row, editor=editor)
    before = dump_draft_tables()
    with pytest.raises(ChangedError, match="was submitted since"):
        undo_last(editor)
    with pytest.raises(RefusedError, match="only a draft is changed"):
        save_verification_draft(verification=row, fields=["explanation"], kept=[], gone=[], editor=editor)
    with pytest.raises(RefusedError, match="only a draft is changed"):
        delete_verification_draft(verification=row, editor=editor)
    assert dump_draft_tables() == before


def test_evidence_alone_is_not_taken_back_from_what_was_submitted(editor: User) -> None:
    row = save_new_draft(editor, build_evidence())
    save_verification_draft(
        verification=row, fields=[], kept=[build_evidence("https://example.org/b")], gone=[], editor=editor
    )
    submit_verification(verification=row, editor=editor)
    with pytest.raises(ChangedError, match="was submitted since"):
        undo_last(editor)
    assert row.evidence.count() == 2


def test_evidence_of_a_colleague_does_not_go_with_the_draft(editor: User) -> None:
    row = save_new_draft(editor)
    save_verification_draft(verification=row, fields=[], kept=[build_evidence()], gone=[], editor=make.UserFactory())
    with pytest.raises(ChangedError, match="has evidence since"):
        undo_last(editor)
    assert row.evidence.count() == 1


def test_only_its_author_deletes_it_and_not_what_colleagues_speak_about(editor: User) -> None:
    row = save_new_draft(editor)
    with pytest.raises(RefusedError, match="Only who wrote"):
        delete_verification_draft(verification=row, editor=make.UserFactory())
    add_comment(on=row, text="Hm.", author=editor)
    with pytest.raises(RefusedError, match="comments on this draft"):
        delete_verification_draft(verification=row, editor=editor)
    assert Verification.objects.get() == row


def test_what_went_back_to_its_author_stays_there_with_its_evidence(editor: User) -> None:
    """Undoing what reopened a verdict takes neither the state back, nor the copy that waits, nor its evidence."""
    verdict = verifications.make_published()
    edit_claim(claim=verdict.claim, changes={"text": "Otherwise."}, editor=editor, note=verifications.PUBLIC_NOTE)
    last = last_operation(editor)
    assert last
    undo_operation(operation=last, editor=editor, note=verifications.PUBLIC_NOTE)
    assert [row.state for row in Verification.objects.order_by("pk")] == [
        VerificationState.SUPERSEDED,
        VerificationState.SUBMITTED,
    ]
    assert Verification.objects.latest("pk").evidence.count() == 1
