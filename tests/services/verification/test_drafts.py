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


def dump_draft_tables() -> dict[str, list[dict[str, object]]]:
    return dump_models("Verification", "Evidence")


def build_evidence(url: str = "https://example.org/a") -> Evidence:
    return Evidence(url=url, stance=EvidenceStance.SUPPORTS)


def save_new_draft(editor: User, *evidence: Evidence) -> Verification:
    verification = Verification(claim=make.ClaimFactory(), rating=Rating.objects.first(), explanation="So.")
    return save_verification_draft(
        verification=verification, fields=[], evidence=evidence, deleted_evidence=[], editor=editor
    )


def test_a_new_draft_with_evidence_is_one_operation(editor: User) -> None:
    before = dump_draft_tables()
    row = save_new_draft(editor, build_evidence())
    assert (row.author, row.state, row.evidence.get().url) == (editor, "draft", "https://example.org/a")
    assert Operation.objects.get().verb == "draft"
    assert row.history.get().history_user == row.evidence.get().history.get().history_user == editor
    undo_last(editor)
    assert dump_draft_tables() == before


def test_changes_are_one_operation_and_are_undone(editor: User) -> None:
    row = save_new_draft(editor, build_evidence("https://example.org/a"), build_evidence("https://example.org/b"))
    before = dump_draft_tables()
    first, second = row.evidence.order_by("pk")
    first.note, row.explanation = "Page 3.", "So it is."
    save_verification_draft(
        verification=row,
        fields=["explanation"],
        evidence=[first, build_evidence()],
        deleted_evidence=[second],
        editor=editor,
    )
    assert dump_draft_tables() != before
    assert Operation.objects.count() == 2
    undo_last(editor)
    assert dump_draft_tables() == before


def test_deleting_a_draft_with_evidence_is_undone(editor: User) -> None:
    row = save_new_draft(editor, build_evidence())
    before = dump_draft_tables()
    delete_verification_draft(verification=row, editor=editor)
    assert not Verification.objects.exists()
    undo_last(editor)
    assert dump_draft_tables() == before


def test_a_submitted_verification_is_neither_changed_nor_undone(editor: User) -> None:
    row = save_new_draft(editor, build_evidence())
    submit_verification(verification=row, editor=editor)
    before = dump_draft_tables()
    with pytest.raises(ChangedError, match="was submitted since"):
        undo_last(editor)
    with pytest.raises(RefusedError, match="Only drafts can be changed"):
        save_verification_draft(
            verification=row, fields=["explanation"], evidence=[], deleted_evidence=[], editor=editor
        )
    with pytest.raises(RefusedError, match="Only drafts can be changed"):
        delete_verification_draft(verification=row, editor=editor)
    assert dump_draft_tables() == before


def test_added_evidence_is_not_undone_after_submission(editor: User) -> None:
    row = save_new_draft(editor, build_evidence())
    save_verification_draft(
        verification=row,
        fields=[],
        evidence=[build_evidence("https://example.org/b")],
        deleted_evidence=[],
        editor=editor,
    )
    submit_verification(verification=row, editor=editor)
    with pytest.raises(ChangedError, match="was submitted since"):
        undo_last(editor)
    assert row.evidence.count() == 2


def test_a_draft_with_evidence_of_a_colleague_is_not_undone(editor: User) -> None:
    row = save_new_draft(editor)
    save_verification_draft(
        verification=row, fields=[], evidence=[build_evidence()], deleted_evidence=[], editor=make.UserFactory()
    )
    with pytest.raises(ChangedError, match="has evidence now"):
        undo_last(editor)
    assert row.evidence.count() == 1


def test_who_can_delete_a_draft(editor: User) -> None:
    row = save_new_draft(editor)
    with pytest.raises(RefusedError, match="Only the author"):
        delete_verification_draft(verification=row, editor=make.UserFactory())
    add_comment(on=row, text="Hm.", author=editor)
    with pytest.raises(RefusedError, match="has comments"):
        delete_verification_draft(verification=row, editor=editor)
    assert Verification.objects.get() == row


def test_undoing_an_edit_does_not_undo_the_reopening(editor: User) -> None:
    """The published verdict stays superseded, and its submitted copy keeps the evidence."""
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
