"""A published claim is corrected as a draft until somebody publishes it."""

import pytest
from django.test import Client

from claims.models import (
    Claim,
    ClaimAmendment,
    Correction,
)
from claims.services import amend
from claims.services.correct import Note
from tests import factories as make
from tests.admin.acting import address, said, step
from tests.admin.claim_work import NOTE, body, public
from tests.admin.test_claims_and_speakers import claim_form

pytestmark = pytest.mark.django_db


def test_who_may_not_correct_keeps_a_draft_that_another_publishes(junior: Client, client: Client) -> None:
    claim, topic = public(), make.TopicFactory()
    was = claim.text
    given = claim_form(claim, text="Rivers rise.", topics=[topic.pk])
    asked = body(junior.post(address("change", claim), given))
    assert "Keep as a draft" in asked
    assert "publish the note" not in asked
    assert "Keep as a draft" in body(junior.post(address("change", claim), given | NOTE)), "a note alone is no right"
    assert Claim.objects.get().text == was
    told = said(junior.post(address("change", claim), given | NOTE | {"_draft": "1"}))
    assert "readers see the old wording" in told[0]
    now = Claim.objects.get()
    assert (now.text, list(now.topics.all())) == (was, [topic]), "what readers are not told of is stored"
    draft = ClaimAmendment.objects.get()
    shown = body(client.get(address("change", claim)))
    assert "Draft correction by somebody" in shown
    assert "<ins>rise" in shown
    assert step(junior, "publish", draft).status_code == 403
    assert [each["step"].name for each in junior.get(address("change", draft)).context["steps"]] == ["discard"]
    step(client, "publish", draft)
    assert Claim.objects.get().text == "Rivers rise."
    assert Correction.objects.get().made_by.username == "editor"


def test_a_draft_without_a_whole_note_is_refused(client: Client) -> None:
    claim = public()
    given = claim_form(claim, text="Rivers rise.") | {"_draft": "1", "note-what": "The wording."}
    assert said(client.post(address("change", claim), given)) == [
        "A draft takes the public note it will have: give why."
    ]
    assert not ClaimAmendment.objects.exists()


def test_a_draft_of_another_is_discarded_with_a_comment_by_who_may_publish(junior: Client, client: Client) -> None:
    claim = public()
    author = make.UserFactory()
    draft = amend.draft_amendment(
        claim=claim, text="Other.", speaker=None, said_on=None, note=Note("All.", "Wrong."), author=author
    )
    assert step(junior, "discard", draft, comment="No.").status_code == 403
    assert "Say in a comment" in said(step(client, "discard", draft, comment=""))[0]
    step(client, "discard", draft, comment="The gauge says so.")
    draft.refresh_from_db()
    assert (draft.state, draft.comment) == ("discarded", "The gauge says so.")


def test_an_outdated_draft_says_so(client: Client) -> None:
    claim = public()
    draft = amend.draft_amendment(
        claim=claim, text="Other.", speaker=None, said_on=None, note=Note("All.", "Wrong."), author=make.UserFactory()
    )
    Claim.objects.update(text="Changed.")
    assert "cannot be published" in body(client.get(address("change", draft)))
    assert "changed after this draft" in said(step(client, "publish", draft))[0]
