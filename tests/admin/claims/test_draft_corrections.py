"""Correction drafts of public claims."""

import pytest
from django.test import Client

from claims.models import (
    Claim,
    ClaimAmendment,
    Correction,
)
from claims.services.claims import correction_drafts
from claims.services.claims.corrections import PublicNote
from tests import factories as make
from tests.admin.admin_client import admin_url, displayed_messages, run_object_action
from tests.admin.claims.claim_pages import PUBLIC_NOTE, create_public_claim, response_text
from tests.admin.claims.test_claim_and_speaker_admin import claim_form

pytestmark = pytest.mark.django_db


def test_draft_without_permission_to_correct_is_published_by_another(junior: Client, client: Client) -> None:
    claim, topic = create_public_claim(), make.TopicFactory()
    was = claim.text
    data = claim_form(claim, text="Rivers rise.", topics=[topic.pk])
    page = response_text(junior.post(admin_url("change", claim), data))
    assert "Save as draft" in page
    assert "publish the note" not in page
    assert "Save as draft" in response_text(junior.post(admin_url("change", claim), data | PUBLIC_NOTE)), (
        "a note alone is no right"
    )
    assert Claim.objects.get().text == was
    messages = displayed_messages(junior.post(admin_url("change", claim), data | PUBLIC_NOTE | {"_draft": "1"}))
    assert "Readers see the old wording" in messages[0]
    now = Claim.objects.get()
    assert (now.text, list(now.topics.all())) == (was, [topic]), "what readers are not told of is stored"
    draft = ClaimAmendment.objects.get()
    shown = response_text(client.get(admin_url("change", claim)))
    assert "Draft correction by somebody" in shown
    assert "<ins>rise" in shown
    assert run_object_action(junior, "publish", draft).status_code == 403
    assert [each["action"].name for each in junior.get(admin_url("change", draft)).context["object_actions"]] == [
        "discard"
    ]
    run_object_action(client, "publish", draft)
    assert Claim.objects.get().text == "Rivers rise."
    assert Correction.objects.get().made_by.username == "editor"


def test_draft_requires_a_complete_note(client: Client) -> None:
    claim = create_public_claim()
    data = claim_form(claim, text="Rivers rise.") | {"_draft": "1", "note-what": "The wording."}
    assert displayed_messages(client.post(admin_url("change", claim), data)) == [
        "A draft correction needs its public note: fill in “Why”."
    ]
    assert not ClaimAmendment.objects.exists()


def test_draft_of_another_is_discarded_with_a_comment(junior: Client, client: Client) -> None:
    claim = create_public_claim()
    author = make.UserFactory()
    draft = correction_drafts.save_correction_draft(
        claim=claim, text="Other.", speaker=None, said_on=None, note=PublicNote("All.", "Wrong."), author=author
    )
    assert run_object_action(junior, "discard", draft, comment="No.").status_code == 403
    refused = run_object_action(client, "discard", draft, comment="")
    assert "why the draft is discarded" in refused.context["form"].non_field_errors()[0]
    run_object_action(client, "discard", draft, comment="The gauge says so.")
    draft.refresh_from_db()
    assert (draft.state, draft.comment) == ("discarded", "The gauge says so.")


def test_outdated_draft_is_marked(client: Client) -> None:
    claim = create_public_claim()
    draft = correction_drafts.save_correction_draft(
        claim=claim,
        text="Other.",
        speaker=None,
        said_on=None,
        note=PublicNote("All.", "Wrong."),
        author=make.UserFactory(),
    )
    Claim.objects.update(text="Changed.")
    assert "can no longer be published" in response_text(client.get(admin_url("change", draft)))
    assert "changed since this draft" in displayed_messages(run_object_action(client, "publish", draft))[0]
