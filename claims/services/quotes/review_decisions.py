"""The decision on one quote on the review screen, and on its copies, for the version that the editor saw."""

from collections.abc import Collection

from django.contrib.auth.models import User

from claims.models import OperationVerb, Quote, QuoteDecision, RejectionReason
from claims.services.claims.corrections import Note
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import refuse_if_changed
from claims.services.quotes import review_lock
from claims.services.quotes.copies import pending_copies
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.skips import take_back_skip
from claims.services.sources.source_changes import SourceChangedError, find_unseen_changes

MAX_QUOTED = 200  # characters of a quote in the summary of an operation

DECISION_SUMMARIES = {
    QuoteDecision.ACCEPTED: "Accepted",
    QuoteDecision.REJECTED: "Rejected",
    QuoteDecision.PENDING: "Reset to pending",
}


def describe_quote(quote: Quote) -> str:
    """The speaker, if there is one, and the words: Lena Ford: “Rivers are full.”"""
    words = quote.in_marks(MAX_QUOTED)
    return f"{quote.speaker}: {words}" if quote.speaker else words


def review_quote(
    *,
    quote: Quote,
    decision: QuoteDecision,
    editor: User,
    seen: int | None = None,
    rejection_reason: RejectionReason | None = None,
    comment: str = "",
    note: Note = None,
    take_over: bool = False,
    seen_snapshot: int | None = None,
    copies: Collection[int] = (),
) -> Quote:
    """Accept, reject or reopen the quote in its version `seen`. The comment is kept in its history.

    A quote that the newest snapshot of its source lacks is accepted only if the editor compared them: `seen_snapshot`
    is that snapshot's id. `copies` are quotes in copies of the article that the editor saw: those that are still
    pending copies are decided alike, unless something keeps them from it, such as another editor's review.

    Raises ChangedError if the quote changed since, SourceChangedError if the editor has not seen the change of the
    source, PublicNoteRequiredError without a required note, and RefusedError for a quote that cannot be accepted, for a
    rejection without a reason, and while another editor reviews it, unless `take_over`.
    """
    is_rejected = decision == QuoteDecision.REJECTED
    comment = comment.strip()
    if is_rejected and rejection_reason in {None, RejectionReason.OTHER} and not comment:
        raise RefusedError("Give a reason for the rejection: choose one, or write a comment.")
    with audit.operation(verb=OperationVerb(decision), editor=editor) as journal:
        row = Quote.objects.select_for_update().get(pk=quote.pk)
        refuse_if_changed(row=row, seen=seen)
        review_lock.refuse_if_locked([row.pk], editor=editor, take_over=take_over)
        seen_snapshots = {seen_snapshot} if seen_snapshot else set()
        if decision == QuoteDecision.ACCEPTED and find_unseen_changes(quotes=[row.pk], seen_snapshots=seen_snapshots):
            raise SourceChangedError
        reason = comment
        if is_rejected:
            label = rejection_reason.label if rejection_reason and rejection_reason != RejectionReason.OTHER else ""
            reason = ": ".join(filter(None, ["rejected", label, comment]))
        result = decide_quotes(
            quotes=[row.pk],
            decision=decision,
            rejection_reason=rejection_reason or RejectionReason.OTHER,
            editor=editor,
            reason=reason,
            note=note,
            take_over=take_over,
            seen_snapshots=seen_snapshots,
        )
        if result.refused:
            raise RefusedError(f"Not {QuoteDecision(decision).label.lower()}: {result.refused[0][1]}.")
        if result.unchanged:
            raise RefusedError(f"This quote is already {QuoteDecision(decision).label.lower()}.")
        journal.summary = f"{DECISION_SUMMARIES[decision]}: {describe_quote(row)}"
        if waiting := pending_copies(row, among=copies):
            decided = decide_quotes(
                quotes=waiting,
                decision=decision,
                rejection_reason=rejection_reason or RejectionReason.OTHER,
                editor=editor,
                reason=f"{reason}; copy of quote {row.pk}" if reason else f"copy of quote {row.pk}",
                note=note,
            )
            summary = f"{DECISION_SUMMARIES[decision]} (and {decided.changed} in copies of the article)"
            journal.summary = f"{summary}: {describe_quote(row)}"
        review_lock.release_review_locks(editor=editor, quotes=[row.pk])
        take_back_skip(quote=row.pk, editor=editor)
    row.refresh_from_db()
    return row
