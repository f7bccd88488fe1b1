"""How claims stand to one another: suggested by the likeness of their words, said by a person."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db.models import Q

from claims.models import Claim, ClaimRelation, RelationKind, RelationState
from claims.models.claim_relation import SYMMETRIC_RELATIONS
from claims.search.similar_claims import SimilarClaim, find_claims_similar_to_claim
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.claim_links import refuse_unavailable_claim

MIN_RELATED_SCORE = 0.6  # likeness from which another speaker's claim, or one of another day, is suggested as related


def ordered_pair(kind: str, first: int, second: int) -> tuple[int, int]:
    """The ids as they are stored: what holds both ways has the lower one first."""
    return (min(first, second), max(first, second)) if kind in SYMMETRIC_RELATIONS else (first, second)


def suggest_relations(*, claim: Claim, editor: User) -> list[ClaimRelation]:
    """Suggest how `claim` stands to claims of like words, of another speaker or another day; what was said stays so.

    The later one repeats the earlier; where the days are not known, or the same, they are suggested to say the same.
    """
    found = [
        each
        for each in find_claims_similar_to_claim(claim)
        if each.score >= MIN_RELATED_SCORE and _differs_in_speaker_or_date(claim, each.claim)
    ]
    known = _related_claim_ids(claim, [each.claim.pk for each in found])
    new = [_build_relation(claim, each) for each in found if each.claim.pk not in known]
    with audit.operation(verb="suggest relations", summary=f"{len(new)} relations suggested", editor=editor):
        suggested: list[ClaimRelation] = audit.create(new, user=editor, reason="suggested by likeness")
    return suggested


def relate_claims(*, first: Claim, second: Claim, kind: RelationKind, editor: User) -> ClaimRelation:
    """Say how the first stands to the second; a suggestion for the two, or what was said of them before, gives way.

    Raises RefusedError for a claim and itself, and for one that was retracted or merged.
    """
    summary = f"“{first.text[:120]}” {RelationKind(kind).label} “{second.text[:120]}”"
    with audit.operation(verb="relate claims", summary=summary, editor=editor):
        if first.pk == second.pk:
            raise RefusedError("A claim stands in no relation to itself: choose another.")
        for claim in Claim.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk"):
            refuse_unavailable_claim(claim)
        low, high = ordered_pair(kind, first.pk, second.pk)
        row = _get_relation(first.pk, second.pk)
        if row is None:
            new = ClaimRelation(
                first_id=low, second_id=high, kind=kind, state=RelationState.CONFIRMED, decided_by=editor
            )
            made: ClaimRelation = audit.create([new], user=editor, reason="related")[0]
            return made
        row.first_id, row.second_id, row.kind = low, high, kind
        row.state, row.decided_by = RelationState.CONFIRMED, editor
        fields = ["first", "second", "kind", "state", "decided_by"]
        audit.update([row], fields, user=editor, reason="related")
        return row


def dismiss_relation(*, relation: ClaimRelation, editor: User) -> ClaimRelation:
    """Say that the two do not stand so to each other; the pair is not suggested again."""
    with audit.operation(verb="dismiss relation", summary=f"Not related: {str(relation)[:250]}", editor=editor):
        row = ClaimRelation.objects.select_for_update().get(pk=relation.pk)
        row.state, row.decided_by = RelationState.DISMISSED, editor
        audit.update([row], ["state", "decided_by"], user=editor, reason="dismissed")
        return row


def dismiss_similar_claim(*, first: Claim, second: Claim, editor: User) -> ClaimRelation:
    """Say that two claims that look alike have nothing to do with each other, suggested before or not."""
    if row := _get_relation(first.pk, second.pk):
        return dismiss_relation(relation=row, editor=editor)
    with audit.operation(verb="dismiss relation", summary=f"Not related: “{second.text[:200]}”", editor=editor):
        low, high = ordered_pair(RelationKind.SAME, first.pk, second.pk)
        new = ClaimRelation(
            first_id=low, second_id=high, kind=RelationKind.SAME, state=RelationState.DISMISSED, decided_by=editor
        )
        made: ClaimRelation = audit.create([new], user=editor, reason="dismissed")[0]
        return made


def _get_relation(first: int, second: int) -> ClaimRelation | None:
    pair = Q(first=first, second=second) | Q(first=second, second=first)
    return ClaimRelation.objects.select_for_update().filter(pair).first()


def _related_claim_ids(claim: Claim, others: Sequence[int]) -> set[int]:
    """Those of the others that something was said or suggested of."""
    pairs = ClaimRelation.objects.filter(Q(first=claim, second__in=others) | Q(second=claim, first__in=others))
    return {pk for pair in pairs.values_list("first", "second") for pk in pair} - {claim.pk}


def _differs_in_speaker_or_date(claim: Claim, other: Claim) -> bool:
    return claim.speaker_id != other.speaker_id or claim.said_on != other.said_on


def _build_relation(claim: Claim, found: SimilarClaim) -> ClaimRelation:
    other, kind = found.claim, RelationKind.SAME
    first, second = ordered_pair(kind, claim.pk, other.pk)
    if claim.said_on and other.said_on and claim.said_on != other.said_on:
        kind = RelationKind.REPEATS
        later_is_ours = claim.said_on > other.said_on
        first, second = (claim.pk, other.pk) if later_is_ours else (other.pk, claim.pk)
    return ClaimRelation(first_id=first, second_id=second, kind=kind, score=found.score, reason=found.reason)
