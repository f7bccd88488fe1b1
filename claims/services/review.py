"""One quote decided on the review screen: what was looked at is what is decided."""

from django.contrib.auth.models import User
from django.db.models import TextChoices

from claims.models import Decision, Quote
from claims.services import hold, record
from claims.services.correct import Note
from claims.services.decide import decide
from claims.services.refusal import RefusedError
from claims.services.version import refuse_if_changed

DONE = {Decision.ACCEPTED: "Accepted", Decision.REJECTED: "Rejected", Decision.PENDING: "Put back to pending"}


class Rejection(TextChoices):
    """Why a quote is rejected."""

    NO_QUOTE = "no-quote", "Not a quote"
    WRONG_WORDS = "wrong-words", "Wrong words"
    WRONG_SPEAKER = "wrong-speaker", "Wrong speaker"
    DUPLICATE = "duplicate", "Duplicate"
    OTHER = "other", "Other"


def decide_seen(  # noqa: PLR0913  # what, how, who, why, as seen in which version, and what readers are told
    *,
    quote: Quote,
    decision: Decision,
    editor: User,
    seen: int | None = None,
    why: Rejection | None = None,
    comment: str = "",
    note: Note | None = None,
    take_over: bool = False,
) -> Quote:
    """Accept, reject or reopen the quote as it was in its version `seen`. Why it is rejected stays in its history.

    Raises ChangedError if it was changed since, NoteNeededError without a needed note, and RefusedError for a quote
    that cannot be accepted, for a rejection without a reason, and while somebody else looks at it, unless it is taken
    over.
    """
    if decision == Decision.REJECTED and why in {None, Rejection.OTHER} and not comment.strip():
        raise RefusedError("Say why it is rejected: choose a reason, or write one.")
    with record.operation(verb=str(decision), summary="", editor=editor) as operation:
        row = Quote.objects.select_for_update().get(pk=quote.pk)
        refuse_if_changed(row=row, seen=seen)
        hold.refuse_if_held([row.pk], editor=editor, take_over=take_over)
        said = ": ".join(
            part for part in (why.label if why and why != Rejection.OTHER else "", comment.strip()) if part
        )
        reason = f"rejected: {said}" if decision == Decision.REJECTED else comment.strip()
        done = decide(quotes=[row.pk], decision=decision, editor=editor, reason=reason, note=note, take_over=take_over)
        if done.refused:
            raise RefusedError(f"Not {Decision(decision).label.lower()}: {done.refused[0][1]}.")
        operation.summary = f"{DONE[decision]}: “{row.exact[:200]}”"
        if done.unchanged:
            raise RefusedError(f"It is {Decision(decision).label.lower()} already.")
    hold.let_go(editor=editor, quotes=[row.pk])
    row.refresh_from_db()
    return row
