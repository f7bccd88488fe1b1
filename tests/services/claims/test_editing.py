"""Adding and editing claims."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from claims.models import (
    Claim,
    Correction,
    Verification,
)
from claims.services.claims.corrections import PublicNoteRequiredError
from claims.services.claims.editing import add_claim, edit_claim
from claims.services.errors import RefusedError
from tests import factories as make
from tests import verifications
from tests.services.claims.claim_states import dump_claims, make_public_claim, make_retracted_claim
from tests.services.history.undo_last import undo_last
from tests.table_contents import dump_models
from tests.verifications import PUBLIC_NOTE

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 5, 16)


def test_an_edit_stores_all_fields_and_is_undone(editor: User) -> None:
    claim, topic, speaker = make.QuoteFactory().claim, make.TopicFactory(), make.SpeakerFactory()
    quotes = dump_models("Quote", without=())
    before = dump_claims()
    edit_claim(
        claim=claim,
        changes={"text": " Rivers rise. ", "speaker": speaker, "said_on": DAY},
        topics=[topic.pk],
        editor=editor,
    )
    claim.refresh_from_db()
    assert (claim.text, claim.speaker, claim.said_on) == ("Rivers rise.", speaker, DAY)
    assert list(claim.topics.all()) == [topic]
    assert dump_models("Quote", without=()) == quotes, "the quotes never change"
    latest = claim.history.latest()
    assert (latest.history_user, [row.topic for row in latest.topics.all()]) == (editor, [topic])
    undo_last(editor, PUBLIC_NOTE)
    assert dump_claims() == before


def test_editing_a_public_claim_publishes_the_note_and_reopens_its_verdict(editor: User) -> None:
    verdict = verifications.make_published()
    with pytest.raises(PublicNoteRequiredError) as raised:
        edit_claim(claim=verdict.claim, changes={"text": "Rivers rise."}, editor=editor)
    assert (raised.value.claims, raised.value.verifications) == ((verdict.claim,), (verdict,))
    edit_claim(claim=verdict.claim, changes={"text": "Rivers rise."}, editor=editor, note=PUBLIC_NOTE)
    assert list(Verification.objects.order_by("pk").values_list("state", flat=True)) == ["superseded", "submitted"]
    assert (
        Correction.objects.released().filter(text=PUBLIC_NOTE.what, reason=PUBLIC_NOTE.why, made_by=editor).count() == 1
    )


def test_changing_topics_is_no_correction(editor: User) -> None:
    claim = make_public_claim()
    edit_claim(claim=claim, changes={}, topics=[make.TopicFactory().pk], editor=editor)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("claim", "changes", "error"),
    [
        (make.ClaimFactory, {"text": " \n"}, "text is empty"),
        (make_retracted_claim, {"text": "Other."}, "was retracted"),
        (lambda: make.ClaimFactory(merged_into=make.ClaimFactory()), {"text": "Other."}, "was merged into"),
        (make_public_claim, {"released_at": None}, "Retract it with a reason"),
    ],
    ids=["no-text", "retracted", "merged", "withdrawn"],
)
def test_what_cannot_be_edited(
    claim: Callable[[], Claim], changes: dict[str, object], error: str, editor: User
) -> None:
    row = claim()
    before = dump_claims()
    with pytest.raises(RefusedError, match=error):
        edit_claim(claim=row, changes=changes, editor=editor, note=PUBLIC_NOTE)
    assert dump_claims() == before


def test_adding_a_claim_is_undone(editor: User) -> None:
    topic = make.TopicFactory()
    before = dump_claims()
    claim = add_claim(values={"text": "Rivers rise.", "said_on": DAY}, topics=[topic.pk], editor=editor)
    assert list(Claim.objects.get(said_on=DAY).topics.all()) == [topic]
    assert claim.history.latest().history_user == editor
    undo_last(editor, PUBLIC_NOTE)
    assert dump_claims() == before
