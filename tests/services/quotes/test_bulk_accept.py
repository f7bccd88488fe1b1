"""Accepting the pending quotes of a source together."""

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Operation, Quote, QuoteDecision
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import get_version
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes import review_lock
from claims.services.quotes.bulk_accept import MAX_BULK_ACCEPT, bulk_accept, preview_bulk_accept
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.speaker_assignment import set_speaker
from tests import factories as make
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db

REJECTED, PENDING = QuoteDecision.REJECTED, QuoteDecision.PENDING


def test_bulk_accept_of_a_source_above_a_confidence(editor: User) -> None:
    snapshot = make.SnapshotFactory()
    sure = [make.QuoteFactory(snapshot=snapshot, confidence=c) for c in (0.9, 0.95, 1.0)]
    make.QuoteFactory(snapshot=snapshot, confidence=0.89)
    make.QuoteFactory(snapshot=snapshot, confidence=0.99, speaker=None)
    make.QuoteFactory(snapshot=snapshot, confidence=0.99, rejected=True)
    make.QuoteFactory(confidence=0.99)
    before = dump_models("Quote", "Claim")
    preview = preview_bulk_accept(source=snapshot.source, min_confidence=0.9)
    assert (list(preview.quotes), preview.without_speaker, preview.below_confidence) == (sure, 1, 1)
    result = bulk_accept(source=snapshot.source, min_confidence=0.9, seen=preview.versions, editor=editor)
    assert (result.changed, result.refused) == (3, ())
    assert list(Quote.objects.accepted().order_by("pk")) == sure
    assert Operation.objects.count() == 1
    operation = last_operation(editor)
    assert operation
    undo_operation(operation=operation, editor=editor)
    assert dump_models("Quote", "Claim") == before, "one undo"


def test_bulk_accept_leaves_out_what_changed_since_the_preview(editor: User) -> None:
    snapshot, ann = make.SnapshotFactory(), make.UserFactory(username="ann")
    kept, changed, decided, held = (make.QuoteFactory(snapshot=snapshot, confidence=0.95) for _ in range(4))
    preview = preview_bulk_accept(source=snapshot.source, min_confidence=0.9)
    later = make.QuoteFactory(snapshot=snapshot, confidence=0.95)
    set_speaker(quote=changed, speaker=make.SpeakerFactory(), editor=ann)
    decide_quotes(quotes=[decided.pk], decision=REJECTED, editor=ann)
    review_lock.acquire_review_lock(quote=held, editor=ann)
    result = bulk_accept(source=snapshot.source, min_confidence=0.9, seen=preview.versions, editor=editor)
    assert [quote for quote, _ in result.refused] == [changed, decided, held]
    assert list(Quote.objects.accepted()) == [kept]
    later.refresh_from_db()
    assert later.decision == PENDING


def test_bulk_accept_refuses_what_the_preview_cannot_have_shown(editor: User) -> None:
    snapshot, other = make.SnapshotFactory(), make.QuoteFactory(confidence=1.0)
    unsure = make.QuoteFactory(snapshot=snapshot, confidence=0.5)
    with pytest.raises(RefusedError, match="is not from"):
        bulk_accept(source=snapshot.source, min_confidence=0.9, seen={other.pk: get_version(other)}, editor=editor)
    with pytest.raises(RefusedError, match="No more than"):
        bulk_accept(
            source=snapshot.source,
            min_confidence=0.9,
            seen=dict.fromkeys(range(MAX_BULK_ACCEPT + 1), 0),
            editor=editor,
        )
    result = bulk_accept(
        source=snapshot.source, min_confidence=0.9, seen={unsure.pk: get_version(unsure)}, editor=editor
    )
    assert [why for _, why in result.refused] == ["below the minimum confidence"]
    assert not Claim.objects.released().exists()
