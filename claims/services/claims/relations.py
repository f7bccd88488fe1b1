"""Relations between claims: suggested by similarity, decided by an editor."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db.models import Q

from claims.matching import DifferenceKind
from claims.models import Claim, ClaimRelation, OperationVerb, RelationKind, RelationState
from claims.models.claim_relation import SYMMETRIC_RELATIONS
from claims.search.matches.similar_claims import SimilarClaim, find_claims_similar_to_claim
from claims.services.claims.repeats import notify_of_related_claims
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.claim_links import refuse_unavailable_claim
from claims.services.transitions import change_state
from claims.truncation import truncate

# Differences that make two claims contradict each other; with others, one repeats or updates the other.
_CONTRARY = frozenset({DifferenceKind.NEGATION, DifferenceKind.ANTONYM, DifferenceKind.ROLE})
MAX_REASON_LENGTH = 200
_DECIDED_FIELDS = ["first", "second", "kind", "state", "decided_by", "reason", "doubt"]
MIN_PROBABILITY = 0.6  # of being about the same matter, from which relations are suggested: see docs/matching.md


def ordered_pair(kind: str, first: int, second: int) -> tuple[int, int]:
    """The ids in the order in which they are stored: the lower one first if the relation is symmetric."""
    return (min(first, second), max(first, second)) if kind in SYMMETRIC_RELATIONS else (first, second)


def suggest_relations(*, claim: Claim, editor: User) -> list[ClaimRelation]:
    """Suggest relations to claims alike, except to those that are related already.

    Of claims that say the same, of another speaker or date, the later repeats the earlier one; with one date, or an
    unknown one, they are suggested to be the same. Those that differ contradict each other, or the later claim repeats
    the other with another figure, or updates it if the speaker is the same. What is alike without a difference, and
    not surely the same, is left to editors.
    """
    found = find_relations(claim)
    related = related_claim_ids(claim, list(found))
    new = [relation for other, relation in found.items() if other not in related]
    with audit.operation(
        verb=OperationVerb.SUGGEST_RELATIONS, summary=f"{len(new)} relations suggested", editor=editor
    ):
        return audit.create(new, user=editor, reason="suggested by likeness")


def find_relations(claim: Claim) -> dict[int, ClaimRelation]:
    """Build, without storing them, the relations that are suggested, by the id of the other claim."""
    similar = find_claims_similar_to_claim(claim, min_probability=MIN_PROBABILITY)
    return {
        each.claim.pk: _build_relation(claim, each)
        for each in similar
        if each.differences or (each.is_same and _differs_in_speaker_or_date(claim, each.claim))
    }


def relate_claims(*, first: Claim, second: Claim, kind: RelationKind, editor: User) -> ClaimRelation:
    """Set how the first claim relates to the second, in place of a suggestion or an earlier decision.

    Raises RefusedError for a claim and itself, and for a retracted or merged claim.
    """
    summary = f"“{first.text[:120]}” {RelationKind(kind).label} “{second.text[:120]}”"
    with audit.operation(verb=OperationVerb.RELATE_CLAIMS, summary=summary, editor=editor):
        if first.pk == second.pk:
            raise RefusedError("A claim cannot be related to itself. Choose another claim.")
        for claim in Claim.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk"):
            refuse_unavailable_claim(claim)
        relation = _get_relation(first.pk, second.pk)
        is_new, relation = relation is None, relation or ClaimRelation()
        if relation.state != RelationState.CONFIRMED:
            change_state(relation, RelationState.CONFIRMED)
        relation.first_id, relation.second_id = ordered_pair(kind, first.pk, second.pk)
        relation.kind, relation.decided_by = kind, editor
        if relation.doubt:  # as the reason, it raises no doubt again
            relation.reason, relation.doubt = relation.doubt, ""
        if is_new:
            [relation] = audit.create([relation], user=editor, reason="related")
        else:
            audit.update([relation], _DECIDED_FIELDS, user=editor, reason="related")
        notify_of_related_claims(relation=relation, editor=editor)
        return relation


def dismiss_relation(*, relation: ClaimRelation, editor: User) -> ClaimRelation:
    """Decide that the two claims are not related so; the pair is not suggested again."""
    with audit.operation(
        verb=OperationVerb.DISMISS_RELATION, summary=f"Not related: {str(relation)[:250]}", editor=editor
    ):
        relation = ClaimRelation.objects.select_for_update().get(pk=relation.pk)
        if relation.state == RelationState.DISMISSED:
            return relation
        change_state(relation, RelationState.DISMISSED)
        relation.decided_by, relation.doubt = editor, ""
        audit.update([relation], ["state", "decided_by", "doubt"], user=editor, reason="dismissed")
        return relation


def dismiss_similar_claim(*, first: Claim, second: Claim, editor: User) -> ClaimRelation:
    """Decide that two similar claims are not related, whether that was suggested or not."""
    if relation := _get_relation(first.pk, second.pk):
        return dismiss_relation(relation=relation, editor=editor)
    with audit.operation(
        verb=OperationVerb.DISMISS_RELATION, summary=f"Not related: “{second.text[:200]}”", editor=editor
    ):
        low, high = ordered_pair(RelationKind.SAME, first.pk, second.pk)
        relation = ClaimRelation(
            first_id=low, second_id=high, kind=RelationKind.SAME, state=RelationState.DISMISSED, decided_by=editor
        )
        [relation] = audit.create([relation], user=editor, reason="dismissed")
        return relation


def _get_relation(first: int, second: int) -> ClaimRelation | None:
    pair = Q(first=first, second=second) | Q(first=second, second=first)
    return ClaimRelation.objects.select_for_update().filter(pair).first()


def related_claim_ids(claim: Claim, others: Sequence[int]) -> set[int]:
    """Those of the others that have a relation to the claim, in any state."""
    relations = ClaimRelation.objects.filter(Q(first=claim, second__in=others) | Q(second=claim, first__in=others))
    return {pk for pair in relations.values_list("first", "second") for pk in pair} - {claim.pk}


def _differs_in_speaker_or_date(claim: Claim, other: Claim) -> bool:
    return claim.speaker_id != other.speaker_id or claim.said_on != other.said_on


def _is_later(claim: Claim, other: Claim) -> bool:
    if claim.said_on and other.said_on and claim.said_on != other.said_on:
        return claim.said_on > other.said_on
    return claim.pk > other.pk


def _build_relation(claim: Claim, similar: SimilarClaim) -> ClaimRelation:
    other = similar.claim
    later, earlier = (claim, other) if _is_later(claim, other) else (other, claim)
    has_dates = claim.said_on and other.said_on and claim.said_on != other.said_on
    kind = RelationKind.REPEATS if has_dates else RelationKind.SAME
    if not _CONTRARY.isdisjoint(difference.kind for difference in similar.differences):
        kind = RelationKind.CONTRADICTS
    elif similar.differences:
        is_same_speaker = bool(claim.speaker_id) and claim.speaker_id == other.speaker_id
        kind = RelationKind.UPDATES if is_same_speaker else RelationKind.REPEATS
    first, second = ordered_pair(kind, later.pk, earlier.pk)
    reason = truncate(similar.reason, MAX_REASON_LENGTH)
    return ClaimRelation(first_id=first, second_id=second, kind=kind, score=similar.probability, reason=reason)
