"""What an editor can do with the quote on the review screen. Each action calls a service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import QueryDict

from claims.admin.common.formatting import truncate_line
from claims.admin.review import request_params
from claims.models import Claim, Quote, QuoteDecision, RejectionReason, Speaker, SpeakerKind
from claims.services.errors import RefusedError
from claims.services.quotes import review_lock
from claims.services.quotes.claim_choice import accept_and_release, link_to_claim
from claims.services.quotes.review_decisions import review_quote
from claims.services.quotes.skips import skip_until_tomorrow
from claims.services.quotes.speaker_assignment import assign_new_speaker, assign_speaker
from claims.services.quotes.split_join import join_quotes, split_quote
from claims.services.quotes.wording import change_wording
from claims.services.sources.counterparts import tie_quotes, untie_quotes

CHANGE_CLAIM = "claims.change_claim"
MAX_WORDING = 2_000  # characters of a claim's text on the card
RELEASE = "release"  # the action whose refusal is shown beside the wording, with what was typed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAction:
    """`run` takes the quote, the editor and the posted data, and returns the message for the editor.

    With `advance` the next quote is shown afterwards.
    """

    run: Callable[[Quote, User, QueryDict], str]
    advance: bool = False
    permission: str = "claims.decide_quote"


def version_and_note(data: QueryDict) -> dict[str, Any]:
    """Arguments of every service that changes a quote: the version that the editor saw, and what they confirmed."""
    return {"seen": request_params.parse_int(data, "seen"), "note": request_params.parse_note(data)}


def accept_quote(quote: Quote, editor: User, data: QueryDict) -> str:
    seen_snapshot = request_params.parse_id(data, "seen_snapshot")
    review_quote(
        quote=quote,
        decision=QuoteDecision.ACCEPTED,
        editor=editor,
        seen_snapshot=seen_snapshot,
        copies=request_params.parse_ids(data, "copies"),
        **version_and_note(data),
    )
    return ""  # the screen shows the last operation


def release_claim(quote: Quote, editor: User, data: QueryDict) -> str:
    if not editor.has_perm(CHANGE_CLAIM):
        raise PermissionDenied
    accept_and_release(
        quote=quote,
        text=request_params.parse_text_line(data, "text", MAX_WORDING),
        editor=editor,
        seen_claim=request_params.parse_id(data, "claim"),
        seen_wording=data.get("seen_wording", ""),
        seen_snapshot=request_params.parse_id(data, "seen_snapshot"),
        copies=request_params.parse_ids(data, "copies"),
        **version_and_note(data),
    )
    return ""


def link_claim(quote: Quote, editor: User, data: QueryDict) -> str:
    claim = Claim.objects.filter(pk=request_params.parse_required_id(data, "claim")).first()
    if claim is None:
        raise RefusedError("This claim no longer exists. Choose another.")
    link_to_claim(quote=quote, claim=claim, editor=editor, **version_and_note(data))
    return f"Linked to “{truncate_line(claim.text, 80)}”."


def reject_quote(quote: Quote, editor: User, data: QueryDict) -> str:
    reason = data.get("why", "")
    if reason and reason not in RejectionReason.values:
        raise BadRequest("Unknown reason.")
    review_quote(
        quote=quote,
        decision=QuoteDecision.REJECTED,
        editor=editor,
        rejection_reason=RejectionReason(reason) if reason else None,
        comment=request_params.parse_text_line(data, "comment", 80),
        copies=request_params.parse_ids(data, "copies"),
        **version_and_note(data),
    )
    return ""


def return_to_pending(quote: Quote, editor: User, data: QueryDict) -> str:
    review_quote(quote=quote, decision=QuoteDecision.PENDING, editor=editor, **version_and_note(data))
    return ""


def set_known_speaker(quote: Quote, editor: User, data: QueryDict) -> str:
    speaker = Speaker.objects.filter(pk=request_params.parse_required_id(data, "speaker")).first()
    if speaker is None:
        raise RefusedError("This speaker no longer exists. Choose another.")
    assign_speaker(quote=quote, speaker=speaker, editor=editor, **version_and_note(data))
    return f"Speaker: {speaker}."


def set_new_speaker(quote: Quote, editor: User, data: QueryDict) -> str:
    kind = data.get("kind", "")
    if kind not in SpeakerKind.values:
        raise BadRequest("Unknown kind of speaker.")
    speaker = assign_new_speaker(
        quote=quote,
        name=request_params.parse_text_line(data, "name", 1000),
        kind=SpeakerKind(kind),
        position=request_params.parse_text_line(data, "position", 300),
        namesake=data.get("namesake") == "1",
        editor=editor,
        **version_and_note(data),
    )
    return f"New speaker “{speaker}” added."


def change_words(quote: Quote, editor: User, data: QueryDict) -> str:
    selection = request_params.parse_required_selection(data)
    change_wording(quote=quote, selection=selection, editor=editor, **version_and_note(data))
    return "Wording changed."


def split_at_selection(quote: Quote, editor: User, data: QueryDict) -> str:
    at, until = request_params.parse_int(data, "at"), request_params.parse_int(data, "until")
    if at is None:
        raise BadRequest("at is missing.")
    _, second = split_quote(quote=quote, at=at, until=until, editor=editor, **version_and_note(data))
    return f"Split. The second part (#{second.pk}) is in the queue."


def join_with_other(quote: Quote, editor: User, data: QueryDict) -> str:
    other = Quote.objects.filter(pk=request_params.parse_required_id(data, "other")).first()
    if other is None:
        raise RefusedError("The other quote no longer exists.")
    seen_other = request_params.parse_int(data, "seen_other")
    join_quotes(first=quote, second=other, editor=editor, seen_second=seen_other, **version_and_note(data))
    return f"Joined with quote #{other.pk}, which is marked as joined."


def tie_to_counterpart(quote: Quote, editor: User, data: QueryDict) -> str:
    counterpart = Quote.objects.filter(pk=request_params.parse_required_id(data, "counterpart")).first()
    if counterpart is None:
        raise RefusedError("The other quote no longer exists.")
    change = untie_quotes if data.get("untie") == "1" else tie_quotes
    change(quote=quote, counterpart=counterpart, editor=editor, seen=request_params.parse_int(data, "seen"))
    return ""  # the screen shows the last operation


def take_over_review(quote: Quote, editor: User, data: QueryDict) -> str:
    review_lock.acquire_review_lock(quote=quote, editor=editor, take_over=True)
    return "You have taken over this quote."


def skip_quote(quote: Quote, editor: User, data: QueryDict) -> str:
    if editor.has_perm("claims.decide_quote"):  # who may only look changes nothing
        skip_until_tomorrow(quote=quote, editor=editor)
    return ""  # the screen shows the last skip


REVIEW_ACTIONS = {
    "accept": ReviewAction(run=accept_quote, advance=True),
    RELEASE: ReviewAction(run=release_claim, advance=True),
    "link": ReviewAction(run=link_claim),
    "reject": ReviewAction(run=reject_quote, advance=True),
    "pending": ReviewAction(run=return_to_pending),
    "speaker": ReviewAction(run=set_known_speaker),
    "new-speaker": ReviewAction(run=set_new_speaker),
    "words": ReviewAction(run=change_words),
    "split": ReviewAction(run=split_at_selection),
    "join": ReviewAction(run=join_with_other),
    "tie": ReviewAction(run=tie_to_counterpart),
    "take-over": ReviewAction(run=take_over_review),
    "skip": ReviewAction(run=skip_quote, advance=True, permission="claims.view_quote"),
}
