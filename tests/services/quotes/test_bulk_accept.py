"""Accepting the pending quotes of a source together."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, MentionKind, Operation, Quote, QuoteDecision
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import get_version
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes import review_lock
from claims.services.quotes.bulk_accept import (
    MAX_BULK_ACCEPT,
    MAX_EXCERPT_QUOTE,
    BulkAcceptPreview,
    bulk_accept,
    preview_bulk_accept,
)
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.speaker_assignment import set_speaker
from tests import factories as make
from tests.services.quotes.quoted_text import make_quote_of
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db

REJECTED, PENDING = QuoteDecision.REJECTED, QuoteDecision.PENDING


def seen_in(preview: BulkAcceptPreview) -> dict[int, int]:
    return {previewed.quote.pk: previewed.version for previewed in preview.quotes}


def test_bulk_accept_of_a_source_above_a_confidence(editor: User) -> None:
    snapshot = make.SnapshotFactory()
    sure = [make.QuoteFactory(snapshot=snapshot, confidence=c) for c in (0.9, 0.95, 1.0)]
    make.QuoteFactory(snapshot=snapshot, confidence=0.89)
    make.QuoteFactory(snapshot=snapshot, confidence=0.99, speaker=None)
    make.QuoteFactory(snapshot=snapshot, confidence=0.99, rejected=True)
    make.QuoteFactory(confidence=0.99)
    before = dump_models("Quote", "Claim")
    preview = preview_bulk_accept(source=snapshot.source, min_confidence=0.9)
    assert ([previewed.quote for previewed in preview.quotes], preview.without_speaker) == (sure, 1)
    assert (preview.below_confidence, preview.not_shown) == (1, 0)
    result = bulk_accept(source=snapshot.source, min_confidence=0.9, seen=seen_in(preview), editor=editor)
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
    result = bulk_accept(source=snapshot.source, min_confidence=0.9, seen=seen_in(preview), editor=editor)
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


INFERRED = [
    ({"mention_kind": MentionKind.NAME, "speaker_confidence": 0.95}, True),
    ({"mention_kind": MentionKind.PRONOUN, "speaker_confidence": 0.9}, False),
    ({"mention_kind": MentionKind.NOMINAL, "speaker_confidence": 0.5}, False),
    ({"mention_kind": MentionKind.PRONOUN, "speaker_confidence": 1}, True),  # an editor chose the speaker
    ({"mention_kind": "", "speaker_confidence": 1}, True),
]


@pytest.mark.parametrize(("fields", "is_selected"), INFERRED)
def test_speakers_found_by_pronoun_or_role_are_listed_but_not_selected(
    fields: dict[str, Any], is_selected: bool
) -> None:
    quote = make.QuoteFactory(**fields)
    preview = preview_bulk_accept(source=quote.snapshot.source, min_confidence=0.9)
    assert [previewed.is_selected for previewed in preview.quotes] == [is_selected]
    assert preview.selected == is_selected


def test_the_preview_says_how_many_more_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = make.SnapshotFactory()
    make.QuoteFactory.create_batch(5, snapshot=snapshot)
    monkeypatch.setattr("claims.services.quotes.bulk_accept.MAX_BULK_ACCEPT", 3)
    preview = preview_bulk_accept(source=snapshot.source, min_confidence=0.9)
    assert (len(preview.quotes), preview.not_shown) == (3, 2)


def test_a_quote_is_shown_in_its_sentences() -> None:
    text = "It rained. “Rivers are full. Roads are dry,” said Lena Ford. She left.\n\nIt rained again."
    snapshot = make.SnapshotFactory(text=text)
    make_quote_of(snapshot, "Roads are dry,", cue="", cue_spans=[], mention="", mention_spans=[])
    (previewed,) = preview_bulk_accept(source=snapshot.source, min_confidence=0).quotes
    excerpt = previewed.excerpt
    assert excerpt.text == "“Rivers are full. Roads are dry,” said Lena Ford."
    assert text[excerpt.start :].startswith(excerpt.text)
    assert not excerpt.is_cut_before
    assert not excerpt.is_cut_after


def test_excerpts_are_bounded() -> None:
    text = "x " * 20_000
    snapshot = make.SnapshotFactory(text=text)
    make_quote_of(snapshot, text[10_000:30_000], cue="", cue_spans=[], mention="", mention_spans=[])
    (previewed,) = preview_bulk_accept(source=snapshot.source, min_confidence=0).quotes
    assert MAX_EXCERPT_QUOTE < len(previewed.excerpt.text) < 2 * MAX_EXCERPT_QUOTE
    assert previewed.excerpt.is_cut_after


@pytest.mark.parametrize("count", [1, 5])
def test_the_number_of_queries_of_a_preview_does_not_grow(count: int, django_assert_num_queries: Any) -> None:
    snapshot = make.SnapshotFactory()
    make.QuoteFactory.create_batch(count, snapshot=snapshot)
    with django_assert_num_queries(7):
        preview_bulk_accept(source=snapshot.source, min_confidence=0.9)
