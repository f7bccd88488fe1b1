"""Services that write more than once are atomic: after a failure, nothing is stored."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from claims.models import Operation, QuoteDecision, RelationKind, SpeakerKind, SpeakerMerge
from claims.services.claims import bulk_changes, correction_drafts, corrections, editing, relations, split_merge
from claims.services.history import audit, undo
from claims.services.quotes import (
    add_quote,
    bulk_accept,
    claim_links,
    decisions,
    review_decisions,
    review_lock,
    speaker_assignment,
    split_join,
    wording,
)
from claims.services.speakers import directory, merge
from claims.services.verification import workflow
from tests import factories as make
from tests import verifications
from tests.services.quotes.quoted_text import TEXT, make_quote_of, make_snapshot, select_words
from tests.table_contents import dump_app

pytestmark = pytest.mark.django_db

ServiceCall = Callable[[], Any]


def accept_quote_case() -> ServiceCall:
    ids, editor = [make.QuoteFactory().pk, make.QuoteFactory().pk], make.UserFactory()
    return lambda: decisions.decide_quotes(quotes=ids, decision=QuoteDecision.ACCEPTED, editor=editor)


def link_quote_case() -> ServiceCall:
    quote, claim, editor = make.QuoteFactory(accepted=True), make.ClaimFactory(), make.UserFactory()
    return lambda: claim_links.set_quote_claim(quote=quote, claim=claim, editor=editor)


def retract_claim_case() -> ServiceCall:
    claim, editor = make.QuoteFactory(accepted=True).claim, make.UserFactory()
    return lambda: corrections.retract_claim(claim=claim, editor=editor, reason="Wrong.")


def set_speaker_case() -> ServiceCall:
    quote, speaker, editor = make.QuoteFactory(), make.SpeakerFactory(), make.UserFactory()
    return lambda: speaker_assignment.set_speaker(quote=quote, speaker=speaker, editor=editor)


def add_speaker_case() -> ServiceCall:
    editor = make.UserFactory()
    return lambda: directory.add_speaker(name="Ann Lee", aliases=["A. Lee"], editor=editor)


def merge_speakers_case() -> ServiceCall:
    kept, merged, editor = make.SpeakerFactory(), make.QuoteFactory().speaker, make.UserFactory()
    return lambda: merge.merge_speakers(kept=kept, merged=merged, editor=editor)


def undo_merge_case() -> ServiceCall:
    merge_speakers_case()()
    speaker_merge, editor = SpeakerMerge.objects.get(), make.UserFactory()
    return lambda: merge.undo_merge(merge=speaker_merge, editor=editor)


def submit_case() -> ServiceCall:
    row = verifications.make_draft()
    return lambda: workflow.submit_verification(verification=row, editor=row.author)


def publish_case() -> ServiceCall:
    row, approver = verifications.make_submitted(verifications.make_published().claim), make.UserFactory()
    return lambda: workflow.publish_verification(verification=row, approver=approver)


def send_back_case() -> ServiceCall:
    row, editor = verifications.make_submitted(), make.UserFactory()
    return lambda: workflow.send_back_verification(verification=row, editor=editor, comment="Which gauges?")


def withdraw_case() -> ServiceCall:
    row, editor = verifications.make_published(), make.UserFactory()
    return lambda: workflow.withdraw_verification(verification=row, editor=editor, reason="A gauge broke.")


def split_claim_case() -> ServiceCall:
    first, editor = make.QuoteFactory(accepted=True), make.UserFactory()
    second = make.QuoteFactory(accepted=True, claim=first.claim, speaker=first.speaker)
    first.claim.topics.add(make.TopicFactory())
    return lambda: split_merge.split_claim(claim=first.claim, quotes=[second.pk], editor=editor)


def merge_claims_case() -> ServiceCall:
    kept, editor = verifications.make_published().claim, make.UserFactory()
    emptied = make.QuoteFactory(accepted=True, speaker=kept.speaker).claim
    emptied.topics.add(make.TopicFactory())
    verifications.make_submitted(emptied)
    relations.relate_claims(first=emptied, second=make.ClaimFactory(), kind=RelationKind.UPDATES, editor=editor)
    return lambda: split_merge.merge_claims(kept=kept, emptied=emptied, editor=editor, note=verifications.PUBLIC_NOTE)


def edit_claim_case() -> ServiceCall:
    claim, editor, topic = verifications.make_published().claim, make.UserFactory(), make.TopicFactory()
    changes = {"text": "Rivers rise."}
    return lambda: editing.edit_claim(
        claim=claim, changes=changes, topics=[topic.pk], editor=editor, note=verifications.PUBLIC_NOTE
    )


def publish_correction_case() -> ServiceCall:
    claim, editor = verifications.make_published().claim, make.UserFactory()
    draft = correction_drafts.save_correction_draft(
        claim=claim, text="Rivers rise.", speaker=None, said_on=None, note=verifications.PUBLIC_NOTE, author=editor
    )
    return lambda: correction_drafts.publish_correction_draft(amendment=draft, editor=editor)


def bulk_change_case() -> ServiceCall:
    ids, editor = [verifications.make_published().claim.pk, make.ClaimFactory().pk], make.UserFactory()
    changes = bulk_changes.BulkChanges(
        fields={"speaker": make.SpeakerFactory()}, add_topics=frozenset([make.TopicFactory().pk])
    )
    return lambda: bulk_changes.bulk_change_claims(
        claims=ids, changes=changes, editor=editor, note=verifications.PUBLIC_NOTE
    )


def review_quote_case() -> ServiceCall:
    quote, editor = make.QuoteFactory(), make.UserFactory()
    review_lock.acquire_review_lock(quote=quote, editor=editor)
    return lambda: review_decisions.review_quote(quote=quote, decision=QuoteDecision.ACCEPTED, editor=editor)


def bulk_accept_case() -> ServiceCall:
    snapshot, editor = make.SnapshotFactory(), make.UserFactory()
    for _ in range(2):
        make.QuoteFactory(snapshot=snapshot)
    preview = bulk_accept.preview_bulk_accept(source=snapshot.source, min_confidence=0)
    return lambda: bulk_accept.bulk_accept(
        source=snapshot.source,
        min_confidence=0,
        seen={shown.quote.pk: shown.version for shown in preview.quotes},
        editor=editor,
    )


def assign_speaker_case() -> ServiceCall:
    quote, speaker, editor = make.QuoteFactory(), make.SpeakerFactory(), make.UserFactory()
    return lambda: speaker_assignment.assign_speaker(quote=quote, speaker=speaker, editor=editor)


def assign_new_speaker_case() -> ServiceCall:
    quote, editor = make.QuoteFactory(), make.UserFactory()
    return lambda: speaker_assignment.assign_new_speaker(
        quote=quote, name="Ann Lee", kind=SpeakerKind.PERSON, position="Mayor", editor=editor
    )


def change_wording_case() -> ServiceCall:
    quote, editor = make_quote_of(make_snapshot(), "Roads,"), make.UserFactory()
    make.SnapshotFactory(source=quote.snapshot.source, text=f"{TEXT} Updated.")
    selection = select_words(quote.snapshot, "are dry.")
    return lambda: wording.change_wording(quote=quote, selection=selection, editor=editor)


def split_quote_case() -> ServiceCall:
    quote, editor = make_quote_of(make_snapshot(), "Rivers are full"), make.UserFactory()
    at = quote.start + len("Rivers")
    return lambda: split_join.split_quote(quote=quote, at=at, editor=editor)


def join_quotes_case() -> ServiceCall:
    first, editor = make_quote_of(make_snapshot(), "Roads,"), make.UserFactory()
    second = make_quote_of(first.snapshot, "are dry.", speaker=first.speaker)
    return lambda: split_join.join_quotes(first=first, second=second, editor=editor)


def add_quote_case() -> ServiceCall:
    snapshot, speaker, editor = make_snapshot(), make.SpeakerFactory(), make.UserFactory()
    selection = select_words(snapshot, "Roads,")
    return lambda: add_quote.add_quote(
        snapshot=snapshot, selection=selection, speaker=speaker, accept=True, editor=editor
    )


def undo_case() -> ServiceCall:
    quote, editor = make.QuoteFactory(), make.UserFactory()
    review_decisions.review_quote(quote=quote, decision=QuoteDecision.ACCEPTED, editor=editor)
    operation = Operation.objects.get()
    return lambda: undo.undo_operation(operation=operation, editor=editor)


class InjectedError(Exception):
    """Raised after a service's last write."""


@pytest.mark.parametrize(
    "prepare",
    [
        accept_quote_case,
        link_quote_case,
        retract_claim_case,
        set_speaker_case,
        add_speaker_case,
        merge_speakers_case,
        undo_merge_case,
        submit_case,
        publish_case,
        send_back_case,
        withdraw_case,
        split_claim_case,
        merge_claims_case,
        edit_claim_case,
        publish_correction_case,
        bulk_change_case,
        review_quote_case,
        bulk_accept_case,
        assign_speaker_case,
        assign_new_speaker_case,
        change_wording_case,
        split_quote_case,
        join_quotes_case,
        add_quote_case,
        undo_case,
    ],
)
def test_a_failure_after_the_last_write_rolls_everything_back(
    monkeypatch: pytest.MonkeyPatch, prepare: Callable[[], ServiceCall]
) -> None:
    call_service = prepare()
    before = dump_app()
    writes, last = 0, -1

    def fail_after_last(write: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            nonlocal writes
            result = write(*args, **kwargs)
            writes += 1
            if writes == last:
                raise InjectedError
            return result

        return wrapper

    monkeypatch.setattr(audit, "create", fail_after_last(audit.create))
    monkeypatch.setattr(audit, "update", fail_after_last(audit.update))
    monkeypatch.setattr(review_lock, "release_review_locks", fail_after_last(review_lock.release_review_locks))
    monkeypatch.setattr(Operation.objects, "create", fail_after_last(Operation.objects.create))
    with transaction.atomic():
        call_service()
        transaction.set_rollback(True)
    assert dump_app() == before
    writes, last = 0, writes
    with pytest.raises(InjectedError):
        call_service()
    assert dump_app() == before
