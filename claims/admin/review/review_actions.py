"""What an editor does to the quote on the screen: each act a service's verb, what it takes, and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import QueryDict

from claims.admin.review import request_params
from claims.models import Quote, QuoteDecision, Speaker, SpeakerKind
from claims.services.errors import RefusedError
from claims.services.quotes import review_lock
from claims.services.quotes.review_decisions import RejectionReason, review_quote
from claims.services.quotes.speaker_assignment import assign_new_speaker, assign_speaker
from claims.services.quotes.split_join import join_quotes, split_quote
from claims.services.quotes.wording import change_wording


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAction:
    """One act: `do` returns what to tell the editor, `goes_on` whether the next quote comes after it."""

    do: Callable[[Quote, User, QueryDict], str]
    goes_on: bool = False
    permission: str = "claims.decide_quote"


def version_and_note(given: QueryDict) -> dict[str, Any]:
    """What every change of a quote takes beside what is changed: the version looked at, and the note for readers."""
    return {"seen": request_params.parse_int(given, "seen"), "note": request_params.parse_public_note(given)}


def accept_quote(quote: Quote, editor: User, given: QueryDict) -> str:
    """The attribution is right."""
    review_quote(quote=quote, decision=QuoteDecision.ACCEPTED, editor=editor, **version_and_note(given))
    return "Accepted."


def reject_quote(quote: Quote, editor: User, given: QueryDict) -> str:
    """It is not, and why."""
    why = given.get("why", "")
    if why and why not in RejectionReason.values:
        raise BadRequest("This is no reason.")
    review_quote(
        quote=quote,
        decision=QuoteDecision.REJECTED,
        editor=editor,
        why=RejectionReason(why) if why else None,
        comment=request_params.parse_text_line(given, "comment", 80),
        **version_and_note(given),
    )
    return "Rejected."


def return_to_pending(quote: Quote, editor: User, given: QueryDict) -> str:
    """Nobody has decided."""
    review_quote(quote=quote, decision=QuoteDecision.PENDING, editor=editor, **version_and_note(given))
    return "Put back to pending."


def set_known_speaker(quote: Quote, editor: User, given: QueryDict) -> str:
    """Somebody known is quoted."""
    chosen = Speaker.objects.filter(pk=request_params.parse_required_id(given, "speaker")).first()
    if chosen is None:
        raise RefusedError("This speaker is not there any more: choose another.")
    assign_speaker(quote=quote, speaker=chosen, editor=editor, **version_and_note(given))
    return f"The speaker is {chosen}."


def set_new_speaker(quote: Quote, editor: User, given: QueryDict) -> str:
    """Somebody new is quoted."""
    kind = given.get("kind", "")
    if kind not in SpeakerKind.values:
        raise BadRequest("This is no kind of speaker.")
    new = assign_new_speaker(
        quote=quote,
        name=request_params.parse_text_line(given, "name", 1000),
        kind=SpeakerKind(kind),
        position=request_params.parse_text_line(given, "position", 300),
        namesake=given.get("namesake") == "1",
        editor=editor,
        **version_and_note(given),
    )
    return f"The speaker is {new}, who is new."


def change_words(quote: Quote, editor: User, given: QueryDict) -> str:
    """Other words are the quote."""
    selection = request_params.parse_selection(given)
    if selection is None:
        raise BadRequest("Nothing was selected.")
    change_wording(quote=quote, selection=selection, editor=editor, **version_and_note(given))
    return "The words were changed."


def split_at_selection(quote: Quote, editor: User, given: QueryDict) -> str:
    """It is two quotes."""
    at, until = request_params.parse_int(given, "at"), request_params.parse_int(given, "until")
    if at is None:
        raise BadRequest("Where to split it is missing.")
    _, second = split_quote(quote=quote, at=at, until=until, editor=editor, **version_and_note(given))
    return f"Split in two; quote {second.pk} waits."


def join_with_other(quote: Quote, editor: User, given: QueryDict) -> str:
    """It and another are one quote."""
    other = Quote.objects.filter(pk=request_params.parse_required_id(given, "other")).first()
    if other is None:
        raise RefusedError("The other quote is not there any more.")
    seen = request_params.parse_int(given, "seen_other")
    join_quotes(first=quote, second=other, editor=editor, seen_second=seen, **version_and_note(given))
    return f"Joined with quote {other.pk}, which was rejected."


def take_over_review(quote: Quote, editor: User, given: QueryDict) -> str:
    """What somebody else is looking at is this editor's now."""
    review_lock.acquire_review_lock(quote=quote, editor=editor, over=True)
    return "You have taken it over."


def skip_quote(quote: Quote, editor: User, given: QueryDict) -> str:
    """Nothing is decided; the next one."""
    review_lock.release_review_locks(editor=editor, quotes=[quote.pk])
    return ""


REVIEW_ACTIONS = {
    "accept": ReviewAction(do=accept_quote, goes_on=True),
    "reject": ReviewAction(do=reject_quote, goes_on=True),
    "pending": ReviewAction(do=return_to_pending),
    "speaker": ReviewAction(do=set_known_speaker),
    "new-speaker": ReviewAction(do=set_new_speaker),
    "words": ReviewAction(do=change_words),
    "split": ReviewAction(do=split_at_selection),
    "join": ReviewAction(do=join_with_other),
    "take-over": ReviewAction(do=take_over_review),
    "skip": ReviewAction(do=skip_quote, goes_on=True, permission="claims.view_quote"),
}
