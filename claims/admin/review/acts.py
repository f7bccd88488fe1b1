"""What an editor does to the quote on the screen: each act a service's verb, what it takes, and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import QueryDict

from claims.admin.review import reading
from claims.models import Decision, Quote, Speaker, SpeakerKind
from claims.services import hold
from claims.services.divide import join_quotes, split_quote
from claims.services.name_speaker import choose_speaker, name_speaker
from claims.services.refusal import RefusedError
from claims.services.review import Rejection, decide_seen
from claims.services.spans import change_span


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act: `do` returns what to tell the editor, `goes_on` whether the next quote comes after it."""

    do: Callable[[Quote, User, QueryDict], str]
    goes_on: bool = False
    permission: str = "claims.decide_quote"


def as_seen(given: QueryDict) -> dict[str, Any]:
    """What every change of a quote takes beside what is changed: the version looked at, and the note for readers."""
    return {"seen": reading.whole(given, "seen"), "note": reading.note(given)}


def accept(quote: Quote, editor: User, given: QueryDict) -> str:
    """The attribution is right."""
    decide_seen(quote=quote, decision=Decision.ACCEPTED, editor=editor, **as_seen(given))
    return "Accepted."


def reject(quote: Quote, editor: User, given: QueryDict) -> str:
    """It is not, and why."""
    why = given.get("why", "")
    if why and why not in Rejection.values:
        raise BadRequest("This is no reason.")
    decide_seen(
        quote=quote,
        decision=Decision.REJECTED,
        editor=editor,
        why=Rejection(why) if why else None,
        comment=reading.plain(given, "comment", 80),
        **as_seen(given),
    )
    return "Rejected."


def put_back(quote: Quote, editor: User, given: QueryDict) -> str:
    """Nobody has decided."""
    decide_seen(quote=quote, decision=Decision.PENDING, editor=editor, **as_seen(given))
    return "Put back to pending."


def speaker(quote: Quote, editor: User, given: QueryDict) -> str:
    """Somebody known is quoted."""
    chosen = Speaker.objects.filter(pk=reading.needed(given, "speaker")).first()
    if chosen is None:
        raise RefusedError("This speaker is not there any more: choose another.")
    choose_speaker(quote=quote, speaker=chosen, editor=editor, **as_seen(given))
    return f"The speaker is {chosen}."


def new_speaker(quote: Quote, editor: User, given: QueryDict) -> str:
    """Somebody new is quoted."""
    kind = given.get("kind", "")
    if kind not in SpeakerKind.values:
        raise BadRequest("This is no kind of speaker.")
    new = name_speaker(
        quote=quote,
        name=reading.plain(given, "name", 1000),
        kind=SpeakerKind(kind),
        position=reading.plain(given, "position", 300),
        namesake=given.get("namesake") == "1",
        editor=editor,
        **as_seen(given),
    )
    return f"The speaker is {new}, who is new."


def words(quote: Quote, editor: User, given: QueryDict) -> str:
    """Other words are the quote."""
    selection = reading.selection(given)
    if selection is None:
        raise BadRequest("Nothing was selected.")
    change_span(quote=quote, selection=selection, editor=editor, **as_seen(given))
    return "The words were changed."


def split(quote: Quote, editor: User, given: QueryDict) -> str:
    """It is two quotes."""
    at, until = reading.whole(given, "at"), reading.whole(given, "until")
    if at is None:
        raise BadRequest("Where to split it is missing.")
    _, second = split_quote(quote=quote, at=at, until=until, editor=editor, **as_seen(given))
    return f"Split in two; quote {second.pk} waits."


def join(quote: Quote, editor: User, given: QueryDict) -> str:
    """It and another are one quote."""
    other = Quote.objects.filter(pk=reading.needed(given, "other")).first()
    if other is None:
        raise RefusedError("The other quote is not there any more.")
    seen = reading.whole(given, "seen_other")
    join_quotes(first=quote, second=other, editor=editor, seen_second=seen, **as_seen(given))
    return f"Joined with quote {other.pk}, which was rejected."


def take_over(quote: Quote, editor: User, given: QueryDict) -> str:
    """What somebody else is looking at is this editor's now."""
    hold.take(quote=quote, editor=editor, over=True)
    return "You have taken it over."


def skip(quote: Quote, editor: User, given: QueryDict) -> str:
    """Nothing is decided; the next one."""
    hold.let_go(editor=editor, quotes=[quote.pk])
    return ""


ACTS = {
    "accept": Act(do=accept, goes_on=True),
    "reject": Act(do=reject, goes_on=True),
    "pending": Act(do=put_back),
    "speaker": Act(do=speaker),
    "new-speaker": Act(do=new_speaker),
    "words": Act(do=words),
    "split": Act(do=split),
    "join": Act(do=join),
    "take-over": Act(do=take_over),
    "skip": Act(do=skip, goes_on=True, permission="claims.view_quote"),
}
