"""Repeats after a verdict: which accepted quotes say a claim again after it was rated.

- The quote belongs to the claim, or to another claim that by a confirmed relation says the same or repeats it.
- It was said on a later day than the day (UTC) since when the claim has had its rating: a verdict that was reviewed
  again, or replaced by one with the same rating, counts from the first. Of what was said on that day itself, nobody
  knows what came first.
- The day is the one that editors gave the other claim, else the day on which the source was published. A quote whose
  day is unknown is no repeat.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Q

from claims.models import (
    Assignment,
    Claim,
    ClaimRelation,
    NoticeKind,
    Quote,
    RelationKind,
    RelationState,
    Verification,
    VerificationState,
)
from claims.services.people.notices import is_delivery_configured, notify

_CHUNK_SIZE = 500  # claims in one statement
_MAX_QUOTES_IN_NOTICE = 5
_MAX_WORDS_IN_NOTICE = 160  # characters


class RepeatRow(NamedTuple):
    """The values of a `Repeat`."""

    claim_id: int
    quote_id: int
    said_on: dt.date
    rated_on: dt.date
    outlet: str


def find_public_repeats(claims: Collection[int]) -> Iterator[RepeatRow]:
    """Yields the repeats of those of these claims that are public, by quotes of public claims."""
    yield from _find_repeats(claims, is_public=True)


def find_repeats(claims: Collection[int]) -> Iterator[RepeatRow]:
    """Yields the repeats that editors know of, also of claims that are not public.

    A verdict that went back to review counts, too.
    """
    yield from _find_repeats(claims, is_public=False)


def notify_of_added_quotes(*, quotes: Collection[int], editor: User) -> None:
    """Tell those who checked a claim that these quotes, just accepted or linked, say it again."""
    if quotes and is_delivery_configured():  # else spare the queries
        claims = set(Quote.objects.filter(pk__in=quotes, claim__isnull=False).values_list("claim", flat=True))
        _notify(claims | _related_claims(claims), quotes, editor)


def notify_of_related_claims(*, relation: ClaimRelation, editor: User) -> None:
    """Tell those who checked one of the claims that the other, just related to it, says it again."""
    if not is_delivery_configured():
        return
    pairs = {
        RelationKind.REPEATS: [(relation.first_id, relation.second_id)],
        RelationKind.SAME: [(relation.first_id, relation.second_id), (relation.second_id, relation.first_id)],
    }
    for repeating, repeated in pairs.get(RelationKind(relation.kind), []):
        _notify({repeated}, set(Quote.objects.accepted().filter(claim=repeating).values_list("pk", flat=True)), editor)


def _notify(claims: Collection[int], quotes: Collection[int], editor: User) -> None:
    """Tell the author and the approver of the verdict on each claim that the quotes repeat, and its assignee."""
    repeated: defaultdict[int, list[RepeatRow]] = defaultdict(list)
    for row in find_repeats(claims):
        if row.quote_id in quotes:
            repeated[row.claim_id].append(row)
    for claim in Claim.objects.filter(pk__in=repeated, retracted_at=None, merged_into=None).order_by("pk"):
        text = _describe_repeats(repeated[claim.pk])
        notify(kind=NoticeKind.REPEATED, about=[claim], to=_checkers(claim), by=editor, text=text)


def _checkers(claim: Claim) -> list[User]:
    verdicts = claim.verifications.filter(Q(state=VerificationState.PUBLISHED) | Q(reopened__isnull=False))
    people = set(verdicts.values_list("author", flat=True)) | set(verdicts.values_list("approver", flat=True))
    people |= set(Assignment.objects.open().filter(claim=claim).values_list("assignee", flat=True))
    return list(User.objects.filter(pk__in=people).order_by("username"))


def _describe_repeats(repeats: Sequence[RepeatRow]) -> str:
    """Returns a line for each of the quotes: who said it, where, when and in what words."""
    days = {row.quote_id: row.said_on for row in repeats}
    quotes = Quote.objects.filter(pk__in=days).select_related("speaker", "snapshot__source").defer("snapshot__text")
    lines = [
        f"{days[quote.pk]}: {quote.speaker_label}, {quote.snapshot.source.publisher or quote.snapshot.source}:"
        f" {quote.in_marks(_MAX_WORDS_IN_NOTICE)}"
        for quote in quotes.order_by("pk")[:_MAX_QUOTES_IN_NOTICE]
    ]
    more = len(days) - len(lines)
    return "\n".join([*lines, *([f"and {more} more"] if more else [])])


def _find_repeats(claims: Collection[int], *, is_public: bool) -> Iterator[RepeatRow]:
    ids = sorted(claims)
    for start in range(0, len(ids), _CHUNK_SIZE):
        chunk = ids[start : start + _CHUNK_SIZE]
        if is_public:
            chunk = list(Claim.objects.released().filter(pk__in=chunk).values_list("pk", flat=True))
        rated_on = _rating_days(chunk, is_public=is_public)
        if rated_on:
            yield from _repeats_of(rated_on, is_public=is_public)


def _repeats_of(rated_on: dict[int, dt.date], *, is_public: bool) -> Iterator[RepeatRow]:
    repeated = _repeated_claims(rated_on)
    quotes = Quote.objects.accepted().filter(claim__in={*rated_on, *repeated})
    if is_public:
        quotes = quotes.filter(claim__in=Claim.objects.released())
    columns = ("pk", "claim", "claim__said_on", *(f"snapshot__source__{name}" for name in _SOURCE_COLUMNS))
    for pk, claim, claim_said_on, source, publisher, page_key, published_on in quotes.values_list(*columns):
        outlet = publisher or page_key.partition(")")[0] or f"#{source}"
        for repeated_claim in (claim, *repeated[claim]):
            # The day of the claim itself is that on which it was said first.
            said_on = published_on if repeated_claim == claim else claim_said_on or published_on
            since = rated_on.get(repeated_claim)
            if since and said_on and said_on > since:
                yield RepeatRow(repeated_claim, pk, said_on, since, outlet)


_SOURCE_COLUMNS = ("id", "publisher", "page_key", "published_on")


def _repeated_claims(claims: Iterable[int]) -> defaultdict[int, set[int]]:
    """Returns, for the id of a claim that repeats some of these claims, the ids of those."""
    same = Q(kind=RelationKind.SAME, first__in=claims)
    relations = ClaimRelation.objects.filter(
        same | Q(kind__in=[RelationKind.SAME, RelationKind.REPEATS], second__in=claims), state=RelationState.CONFIRMED
    )
    repeated: defaultdict[int, set[int]] = defaultdict(set)
    for first, second, kind in relations.values_list("first", "second", "kind"):
        repeated[first].add(second)
        if kind == RelationKind.SAME:
            repeated[second].add(first)
    return repeated


def _related_claims(claims: Collection[int]) -> set[int]:
    """Returns the ids of the claims that these say the same as, or repeat."""
    relations = ClaimRelation.objects.filter(Q(first__in=claims) | Q(second__in=claims), state=RelationState.CONFIRMED)
    relations = relations.filter(kind__in=[RelationKind.SAME, RelationKind.REPEATS])
    return {pk for pair in relations.values_list("first", "second") for pk in pair}


class _Rated(NamedTuple):
    state: str
    rating_id: int | None
    published_at: dt.datetime | None


def _rating_days(claims: Collection[int], *, is_public: bool) -> dict[int, dt.date]:
    """Returns the day since when each of the claims has had its rating, for those that have one."""
    verdicts = Q(published_at__isnull=False)
    if not is_public:
        verdicts |= Q(state=VerificationState.SUBMITTED, reopened_from__isnull=False)
    rows = Verification.objects.filter(verdicts, claim__in=claims).order_by("claim", "-pk")
    by_claim: defaultdict[int, list[_Rated]] = defaultdict(list)
    for claim, *values in rows.values_list("claim", *_Rated._fields):
        by_claim[claim].append(_Rated(*values))
    days = {claim: _rated_since(verdicts_of_claim) for claim, verdicts_of_claim in by_claim.items()}
    return {claim: day for claim, day in days.items() if day}


def _rated_since(verdicts: Sequence[_Rated]) -> dt.date | None:
    """Returns the day of the first of the newest verdicts in a row with the current rating; they are newest first."""
    current = next((row for row in verdicts if row.state == VerificationState.PUBLISHED), None)
    current = current or next((row for row in verdicts if row.published_at is None), None)
    if current is None:
        return None
    since = current.published_at
    for row in verdicts[verdicts.index(current) + 1 :]:
        if row.rating_id != current.rating_id or row.state == VerificationState.WITHDRAWN:
            break
        since = row.published_at
    return since.astimezone(dt.UTC).date() if since else None
