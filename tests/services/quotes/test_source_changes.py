"""Decisions on quotes that the newest snapshot of their source lacks."""

import pytest
from django.contrib.auth.models import User

from claims.models import Anchor, QuoteDecision
from claims.services.quotes.bulk_accept import bulk_accept, preview_bulk_accept
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.review_decisions import RejectionReason, review_quote
from claims.services.sources.resolve_anchor import resolve_anchor
from claims.services.sources.source_changes import SOURCE_CHANGED_REASON, SourceChangedError
from tests import factories as make
from tests.services.sources.newer_snapshots import change_source

pytestmark = pytest.mark.django_db

ACCEPTED, REJECTED, PENDING = QuoteDecision.ACCEPTED, QuoteDecision.REJECTED, QuoteDecision.PENDING


def test_a_quote_that_the_newest_snapshot_lacks_is_accepted_by_who_saw_the_change(editor: User) -> None:
    quote = make.QuoteFactory()
    first = change_source(quote)
    with pytest.raises(SourceChangedError, match="Compare the versions"):
        review_quote(quote=quote, decision=ACCEPTED, editor=editor)
    newest = change_source(quote, "Rivers are full", "Nothing")
    with pytest.raises(SourceChangedError):
        review_quote(quote=quote, decision=ACCEPTED, editor=editor, seen_snapshot=first.pk)
    quote.refresh_from_db()
    assert quote.decision == PENDING
    assert review_quote(quote=quote, decision=ACCEPTED, editor=editor, seen_snapshot=newest.pk).decision == ACCEPTED


def test_a_quote_marked_as_missing_is_not_accepted_unseen_either(editor: User) -> None:
    quote = make.QuoteFactory()
    newest = change_source(quote)
    resolve_anchor(anchor=Anchor.objects.get(), spans=None, editor=editor)
    with pytest.raises(SourceChangedError):
        review_quote(quote=quote, decision=ACCEPTED, editor=editor)
    assert review_quote(quote=quote, decision=ACCEPTED, editor=editor, seen_snapshot=newest.pk).decision == ACCEPTED


@pytest.mark.parametrize("new", ["Hello, Rivers", "Rivers"])
def test_a_quote_that_only_moved_is_accepted(editor: User, new: str) -> None:
    quote = make.QuoteFactory()
    change_source(quote, "Lena" if new == "Rivers" else "Rivers", "Lina" if new == "Rivers" else new)
    assert review_quote(quote=quote, decision=ACCEPTED, editor=editor).decision == ACCEPTED


def test_it_can_be_rejected_and_reopened(editor: User) -> None:
    quote = make.QuoteFactory(accepted=True)
    change_source(quote)
    for decision in (REJECTED, PENDING):
        reason = RejectionReason.OTHER if decision == REJECTED else None
        review_quote(quote=quote, decision=decision, editor=editor, rejection_reason=reason, comment="It changed.")
        quote.refresh_from_db()
        assert quote.decision == decision


def test_decisions_on_several_quotes_leave_it_out_with_the_reason(editor: User) -> None:
    kept, changed = make.QuoteFactory(), make.QuoteFactory()
    newest = change_source(changed)
    result = decide_quotes(quotes=[kept.pk, changed.pk], decision=ACCEPTED, editor=editor)
    assert (result.changed, result.refused) == (1, ((changed, SOURCE_CHANGED_REASON),))
    assert decide_quotes(quotes=[changed.pk], decision=ACCEPTED, editor=editor, seen_snapshots=[newest.pk]).changed == 1


def test_bulk_accept_leaves_it_out_with_the_reason(editor: User) -> None:
    quote = make.QuoteFactory(confidence=0.95)
    source = quote.snapshot.source
    earlier = preview_bulk_accept(source=source, min_confidence=0.9)
    [shown] = earlier.quotes
    assert earlier.source_changed == 0
    change_source(quote)
    preview = preview_bulk_accept(source=source, min_confidence=0.9)
    assert (preview.quotes, preview.not_shown, preview.source_changed) == ((), 0, 1)
    result = bulk_accept(source=source, min_confidence=0.9, seen={quote.pk: shown.version}, editor=editor)
    assert (result.changed, result.refused) == (0, ((quote, SOURCE_CHANGED_REASON),))
