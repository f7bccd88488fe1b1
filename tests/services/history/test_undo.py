import datetime as dt
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import (
    Claim,
    Correction,
    Operation,
    OperationVerb,
    Quote,
    QuoteDecision,
    Speaker,
    Verification,
    VerificationState,
)
from claims.services.claims.claim_release import release_claim
from claims.services.claims.corrections import PublicNoteRequiredError, retract_claim
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import ChangedError
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes.claim_links import set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.speaker_assignment import set_speaker
from claims.services.sources.anchors import carry_over_quotes, refresh_anchors
from tests import factories as make
from tests import verifications
from tests.services.history.undo_last import undo_last
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db

TABLES = ("quote", "claim", "speaker", "anchor")


@pytest.mark.parametrize("decision", [QuoteDecision.ACCEPTED, QuoteDecision.REJECTED])
def test_undo_a_decision(editor: User, decision: QuoteDecision) -> None:
    quote = make.QuoteFactory()
    before = dump_models(*TABLES)
    decide_quotes(quotes=[quote.pk], decision=decision, editor=editor)
    assert dump_models(*TABLES) != before
    undone = undo_last(editor)
    assert dump_models(*TABLES) == before
    assert undone.summary.startswith("Undone: ")
    reasons = [entry.history_change_reason for entry in quote.history.all()]
    assert reasons[0] == f"undone: {undone.undoes.summary}"[:100]
    assert quote.history.latest().history_user == editor


def test_times_are_restored_to_the_microsecond(editor: User) -> None:
    at = timezone.now().replace(microsecond=123456) - dt.timedelta(minutes=1)
    quote = make.QuoteFactory()
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor, at=at)
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.REJECTED, editor=editor)
    undo_last(editor)
    quote.refresh_from_db()
    assert (quote.decision, quote.decided_at, quote.decided_by) == (QuoteDecision.ACCEPTED, at, editor)


def test_undo_a_speaker_and_the_claim_created_for_it(editor: User) -> None:
    quote = make.QuoteFactory()
    make.QuoteFactory(claim=quote.claim, speaker=quote.speaker)  # so that the claim is shared
    other = make.SpeakerFactory()
    before = dump_models(*TABLES)
    set_speaker(quote=quote, speaker=other, editor=editor)
    assert Claim.objects.count() == 2
    undo_last(editor)
    assert dump_models(*TABLES) == before
    assert Claim.history.filter(history_type="-").count() == 1, "the history of what was taken away stays"


def test_undo_a_claim_link(editor: User) -> None:
    quote, claim = make.QuoteFactory(accepted=True), make.ClaimFactory()
    before = dump_models(*TABLES)
    set_quote_claim(quote=quote, claim=claim, editor=editor)
    undo_last(editor)
    assert dump_models(*TABLES) == before


def test_undo_topics(editor: User) -> None:
    claim, first, second = make.ClaimFactory(), make.TopicFactory(), make.TopicFactory()
    claim.topics.add(first)
    with audit.operation(verb=OperationVerb.BULK_CHANGE, summary="Topics set", editor=editor):
        audit.set_topics([claim], {claim.pk: [second.pk]}, user=editor, reason="topics set")
    assert list(claim.topics.all()) == [second]
    assert [row.topic for row in claim.history.latest().topics.all()] == [second]
    undo_last(editor)
    assert list(claim.topics.all()) == [first]
    assert [row.topic for row in claim.history.latest().topics.all()] == [first]


def test_an_operation_is_undone_once_and_an_undo_never(editor: User) -> None:
    decide_quotes(quotes=[make.QuoteFactory().pk], decision=QuoteDecision.REJECTED, editor=editor)
    first = last_operation(editor)
    assert first
    undoing = undo_operation(operation=first, editor=editor)
    with pytest.raises(RefusedError, match="already been undone"):
        undo_operation(operation=first, editor=editor)
    with pytest.raises(RefusedError, match="An undo cannot be undone"):
        undo_operation(operation=undoing, editor=editor)
    assert last_operation(editor) is None


def test_operations_are_undone_newest_first(editor: User) -> None:
    quote = make.QuoteFactory()
    for decision in (QuoteDecision.ACCEPTED, QuoteDecision.REJECTED):
        decide_quotes(quotes=[quote.pk], decision=decision, editor=editor)
    seen = []
    for _ in range(2):
        undo_last(editor)
        quote.refresh_from_db()
        seen.append(quote.decision)
    assert seen == [QuoteDecision.ACCEPTED, QuoteDecision.PENDING]


def test_a_row_changed_since_refuses_the_undo(editor: User) -> None:
    one, other = make.QuoteFactory(), make.QuoteFactory()
    decide_quotes(quotes=[one.pk, other.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
    ann = make.UserFactory(username="ann")
    decide_quotes(quotes=[one.pk], decision=QuoteDecision.REJECTED, editor=ann)
    before = dump_models(*TABLES)
    with pytest.raises(ChangedError, match=r"changed since, last by ann \(decided_at, decided_by, decision\)"):
        undo_last(editor)
    assert dump_models(*TABLES) == before, "all or nothing"
    assert not Operation.objects.filter(undoes__isnull=False).exists()


def test_a_created_row_used_elsewhere_refuses_the_undo(editor: User) -> None:
    with audit.operation(verb=OperationVerb.ADD_CLAIM, summary="Added", editor=editor):
        audit.create([Speaker(name="Ann Wu")], user=editor, reason="added")
    make.QuoteFactory(speaker=Speaker.objects.get(name="Ann Wu"))
    with pytest.raises(ChangedError, match="used elsewhere"):
        undo_last(editor)


def test_a_quote_does_not_return_to_a_retracted_claim(editor: User) -> None:
    quote = make.QuoteFactory(accepted=True)
    other = make.QuoteFactory(accepted=True, speaker=quote.speaker)
    Quote.objects.filter(pk=other.pk).update(claim=quote.claim)
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.REJECTED, editor=editor)
    retract_claim(claim=quote.claim, editor=make.UserFactory(), reason="Wrong.")
    with pytest.raises(RefusedError, match="has been retracted"):
        undo_last(editor)
    quote.refresh_from_db()
    assert quote.decision == QuoteDecision.REJECTED


def test_undoing_a_retraction_needs_a_note(editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    retract_claim(claim=claim, editor=editor, reason="Wrong.")
    with pytest.raises(PublicNoteRequiredError):
        undo_last(editor)
    undo_last(editor, note=verifications.PUBLIC_NOTE)
    assert Claim.objects.released().get() == claim
    assert [row.kind for row in Correction.objects.released()] == ["correction", "retraction"]


def accept_and_release(quote: Quote, editor: User, *, at: dt.datetime) -> None:
    """Accept the quote and release its claim at this time, as one operation."""
    with (
        patch("claims.services.claims.claim_release.timezone.now", return_value=at),
        audit.operation(verb=OperationVerb.ACCEPTED, editor=editor),
    ):
        decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor, at=at)
        release_claim(claim=Claim.objects.get(quotes=quote), text="Rivers rise.", editor=editor)


def test_undoing_a_release_that_readers_saw_is_a_retraction(editor: User) -> None:
    quote, an_hour_ago = make.QuoteFactory(), timezone.now() - dt.timedelta(hours=1)
    accept_and_release(quote, editor, at=an_hour_ago)
    with pytest.raises(PublicNoteRequiredError):
        undo_last(editor)
    undo_last(editor, note=verifications.PUBLIC_NOTE)
    assert Claim.objects.retracted_stubs().get().released_at == an_hour_ago
    assert Correction.objects.released().get().kind == "retraction"


def test_undoing_does_not_delete_a_claim_that_readers_saw(editor: User) -> None:
    accept_and_release(make.QuoteFactory(claim=None), editor, at=timezone.now() - dt.timedelta(hours=1))
    with pytest.raises(RefusedError, match="Retract it with a reason instead"):
        undo_last(editor, note=verifications.PUBLIC_NOTE)
    assert Claim.objects.released().exists()


def test_a_verdict_sent_back_to_review_stays_there(editor: User) -> None:
    verdict = verifications.make_published()
    quote = verdict.claim.quotes.get()
    with pytest.raises(PublicNoteRequiredError):
        decide_quotes(quotes=[quote.pk], decision=QuoteDecision.REJECTED, editor=editor)
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.REJECTED, editor=editor, note=verifications.PUBLIC_NOTE)
    assert Claim.objects.retracted_stubs().exists()
    with pytest.raises(PublicNoteRequiredError):
        undo_last(editor)
    undo_last(editor, note=verifications.PUBLIC_NOTE)
    assert Claim.objects.released().exists()
    assert Correction.objects.released().filter(text=verifications.PUBLIC_NOTE.what).count() == 2, (
        "there and back in the open"
    )
    states = list(Verification.objects.order_by("pk").values_list("state", flat=True))
    assert states == [VerificationState.SUPERSEDED, VerificationState.SUBMITTED]
    quote.refresh_from_db()
    assert quote.decision == QuoteDecision.ACCEPTED


def test_no_change_is_no_operation(editor: User) -> None:
    quote = make.QuoteFactory()
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.PENDING, editor=editor)
    assert not Operation.objects.exists()


def test_a_failed_operation_leaves_nothing(editor: User) -> None:
    quote = make.QuoteFactory()

    def fail() -> None:
        with audit.operation(verb=OperationVerb.BULK_CHANGE, summary="Two things", editor=editor):
            decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
            raise RefusedError

    with pytest.raises(RefusedError):
        fail()
    quote.refresh_from_db()
    assert quote.decision == QuoteDecision.PENDING
    assert not Operation.objects.exists()
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
    assert Operation.objects.get().verb == "decide", "what failed is not open any more"


def test_a_nested_operation_is_part_of_the_outer_one(editor: User) -> None:
    quotes = [make.QuoteFactory(), make.QuoteFactory()]
    before = dump_models(*TABLES)
    with audit.operation(verb=OperationVerb.BULK_CHANGE, summary="Two things", editor=editor):
        for quote in quotes:
            decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
    assert Operation.objects.get().summary == "Two things"
    undo_last(editor)
    assert dump_models(*TABLES) == before


def test_undo_refreshes_the_anchors_of_quotes(editor: User) -> None:
    quote = make.QuoteFactory()
    later = make.SnapshotFactory(source=quote.snapshot.source, text=quote.snapshot.text + " More.")
    carry_over_quotes(later)
    before = dump_models(*TABLES)
    with audit.operation(verb=OperationVerb.CHANGE_WORDS, summary="Span changed", editor=editor):
        row = Quote.objects.get(pk=quote.pk)
        start, end = row.spans[0]
        row.spans, row.start, row.exact = [[start + 7, end]], start + 7, row.exact[7:]
        audit.update([row], ["spans", "start", "exact"], user=editor, reason="span changed")
        refresh_anchors([row])
    assert dump_models("anchor") != {"anchor": before["anchor"]}
    undo_last(editor)
    assert dump_models(*TABLES) == before


def test_undoing_an_operation_of_an_earlier_version_restores_the_text_as_shown(editor: User) -> None:
    quote = make.QuoteFactory()
    with audit.operation(verb=OperationVerb.REEXTRACT, summary="gone", editor=editor):
        audit.delete(quote, user=editor)
    operation = Operation.objects.get()
    del operation.rows[0]["before"]["text"]  # which was not recorded then
    operation.save()
    undo_operation(operation=operation, editor=editor)
    assert Quote.objects.get().text == "Rivers are full."
