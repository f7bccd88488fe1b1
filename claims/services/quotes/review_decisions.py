"""One quote decided on the review screen: what was looked at is what is decided."""

from django.contrib.auth.models import User
from django.db.models import TextChoices

from claims.models import Quote, QuoteDecision
from claims.services.claims.corrections import PublicNote
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import refuse_if_changed
from claims.services.quotes import review_lock
from claims.services.quotes.decisions import decide_quotes

DECISION_SUMMARIES = {
    QuoteDecision.ACCEPTED: "Accepted",
    QuoteDecision.REJECTED: "Rejected",
    QuoteDecision.PENDING: "Put back to pending",
}


class RejectionReason(TextChoices):
    """Why a quote is rejected."""

    NO_QUOTE = "no-quote", "Not a quote"
    WRONG_WORDS = "wrong-words", "Wrong words"
    WRONG_SPEAKER = "wrong-speaker", "Wrong speaker"
    DUPLICATE = "duplicate", "Duplicate"
    OTHER = "other", "Other"


def review_quote(  # noqa: PLR0913  # what, how, who, why, as seen in which version, and what readers are told
    *,
    quote: Quote,
    decision: QuoteDecision,
    editor: User,
    seen: int | None = None,
    why: RejectionReason | None = None,
    comment: str = "",
    note: PublicNote | None = None,
    take_over: bool = False,
) -> Quote:
    """Accept, reject or reopen the quote as it was in its version `seen`. Why it is rejected stays in its history.

    Raises ChangedError if it was changed since, NoteNeededError without a needed note, and RefusedError for a quote
    that cannot be accepted, for a rejection without a reason, and while somebody else looks at it, unless it is taken
    over.
    """
    if decision == QuoteDecision.REJECTED and why in {None, RejectionReason.OTHER} and not comment.strip():
        raise RefusedError("Say why it is rejected: choose a reason, or write one.")
    with audit.operation(verb=str(decision), summary="", editor=editor) as operation:
        row = Quote.objects.select_for_update().get(pk=quote.pk)
        refuse_if_changed(row=row, seen=seen)
        review_lock.refuse_if_locked([row.pk], editor=editor, take_over=take_over)
        said = ": ".join(
            part for part in (why.label if why and why != RejectionReason.OTHER else "", comment.strip()) if part
        )
        reason = f"rejected: {said}" if decision == QuoteDecision.REJECTED else comment.strip()
        done = decide_quotes(
            quotes=[row.pk], decision=decision, editor=editor, reason=reason, note=note, take_over=take_over
        )
        if done.refused:
            raise RefusedError(f"Not {QuoteDecision(decision).label.lower()}: {done.refused[0][1]}.")
        operation.summary = f"{DECISION_SUMMARIES[decision]}: “{row.exact[:200]}”"
        if done.unchanged:
            raise RefusedError(f"It is {QuoteDecision(decision).label.lower()} already.")
    review_lock.release_review_locks(editor=editor, quotes=[row.pk])
    row.refresh_from_db()
    return row
