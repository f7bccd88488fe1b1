"""Suggests relations again for all claims, as when claims are compared by better rules: a claim at a time.

Which claims are still due is stored, so the work is done by whoever gets to it, goes on where it was broken off, and
doing it twice changes nothing. What an editor decided stays; if the texts are found to differ, that is a doubt for
editors to settle.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from claims.models import Claim, ClaimRelation, ClaimVector, RelationKind, RelationState
from claims.search.matches.similar_claims import describe_differences
from claims.services.claims.relations import MAX_REASON_LENGTH, find_relations
from claims.services.history import audit
from claims.services.locks import lock_relations
from claims.truncation import truncate

CLAIMS_PER_BATCH = 100


@dataclass(frozen=True, slots=True)
class Renewal:
    """What became of the suggested relations of some claims."""

    claims: int = 0
    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    doubts: int = 0

    def __add__(self, other: "Renewal") -> "Renewal":
        return Renewal(
            self.claims + other.claims,
            self.new + other.new,
            self.changed + other.changed,
            self.withdrawn + other.withdrawn,
            self.doubts + other.doubts,
        )

    def __str__(self) -> str:
        return (
            f"{self.claims} claims compared: {self.new} new suggestions, {self.changed} changed, "
            f"{self.withdrawn} withdrawn, {self.doubts} decided relations to review"
        )


def request_renewal() -> int:
    """Have the relations of all claims suggested again; returns of how many."""
    return ClaimVector.objects.exclude(text_digest="").update(relations_due=True)


def count_due() -> int:
    """Counts the claims whose relations are still to be suggested again."""
    return ClaimVector.objects.filter(relations_due=True).count()


def count_findable() -> int:
    """Counts the claims that have relations suggested."""
    return ClaimVector.objects.exclude(text_digest="").count()


def renew_due_relations() -> Iterator[Renewal]:
    """Suggest the relations of the claims that are due again; yields what became of those of each.

    Not to be called in a transaction. Raises EncoderError.
    """
    due = ClaimVector.objects.filter(relations_due=True).order_by("pk")
    while ids := list(due.values_list("pk", flat=True)[:CLAIMS_PER_BATCH]):
        claims = Claim.objects.current().confirmed().in_bulk(ids)
        for pk in ids:
            renewal = _renew_relations(claims[pk]) if pk in claims else Renewal()
            ClaimVector.objects.filter(pk=pk).update(relations_due=False)
            yield renewal


def _renew_relations(claim: Claim) -> Renewal:
    found = find_relations(claim)
    suggested = _related(claim).filter(state=RelationState.SUGGESTED)
    missing = {_other(claim, row) for row in suggested} - found.keys()
    current = Claim.objects.current().confirmed().in_bulk(missing)
    # From the other claim's side, fewer may be nearer.
    withdrawn = [pk for pk in missing if pk not in current or claim.pk not in find_relations(current[pk])]
    doubts = _find_doubts(claim)
    with transaction.atomic():
        lock_relations()
        return Renewal(
            claims=1,
            new=_add(claim, found),
            changed=_change(claim, found),
            withdrawn=_withdraw(claim, withdrawn),
            doubts=_raise_doubts(doubts),
        )


def _add(claim: Claim, found: dict[int, ClaimRelation]) -> int:
    related = {_other(claim, row) for row in _related(claim)}
    new = [relation for other, relation in found.items() if other not in related]
    audit.create(new, user=None, reason="suggested by likeness")
    return len(new)


def _change(claim: Claim, found: dict[int, ClaimRelation]) -> int:
    """Changes suggestions of another kind; not the wording of their reasons, which depends on the side."""
    changed = []
    for row in _related(claim).filter(state=RelationState.SUGGESTED).select_for_update():
        relation = found.get(_other(claim, row))
        if relation and (row.kind, row.first_id, row.second_id) != (
            relation.kind,
            relation.first_id,
            relation.second_id,
        ):
            row.kind, row.score, row.reason = relation.kind, relation.score, relation.reason
            row.first_id, row.second_id = relation.first_id, relation.second_id
            changed.append(row)
    audit.update(changed, ["first", "second", "kind", "score", "reason"], user=None, reason="suggested again")
    return len(changed)


def _withdraw(claim: Claim, others: Collection[int]) -> int:
    rows = _related(claim).filter(state=RelationState.SUGGESTED).select_for_update()
    withdrawn = [row for row in rows if _other(claim, row) in others]
    for row in withdrawn:
        audit.delete(row, user=None, reason="no longer suggested")
    return len(withdrawn)


def _find_doubts(claim: Claim) -> dict[int, str]:
    """Returns in what the claims differ that an editor confirmed to be the same as this one, by the relation's id.

    Of each pair, only from its first claim, and only what the relation does not say already.
    """
    confirmed = ClaimRelation.objects.filter(first=claim, kind=RelationKind.SAME, state=RelationState.CONFIRMED)
    doubts = {}
    for row in confirmed.filter(second__retracted_at=None).select_related("second"):
        differences = describe_differences(claim.text, row.second.text)
        doubt = truncate(differences, MAX_REASON_LENGTH)
        if doubt and doubt not in (row.doubt, row.reason):
            doubts[row.pk] = doubt
    return doubts


def _raise_doubts(doubts: dict[int, str]) -> int:
    confirmed = ClaimRelation.objects.filter(kind=RelationKind.SAME, state=RelationState.CONFIRMED)
    rows = list(confirmed.filter(pk__in=doubts).select_for_update())
    for row in rows:
        row.doubt = doubts[row.pk]
    audit.update(rows, ["doubt"], user=None, reason="found to differ")
    return len(rows)


def _related(claim: Claim) -> QuerySet[ClaimRelation]:
    return ClaimRelation.objects.filter(Q(first=claim) | Q(second=claim)).order_by("pk")


def _other(claim: Claim, row: ClaimRelation) -> int:
    return row.second_id if row.first_id == claim.pk else row.first_id
