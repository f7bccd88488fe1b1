"""Splits a claim in two, and merges two claims into one."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from claims.models import (
    AmendmentState,
    Claim,
    ClaimRelation,
    ClaimState,
    OperationVerb,
    Quote,
    QuoteDecision,
    RelationState,
    Verification,
    VerificationState,
)
from claims.services.claims import claim_proposals
from claims.services.claims.corrections import Note, PublicChange, public_change
from claims.services.claims.relations import ordered_pair
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.claim_links import refuse_unavailable_claim
from claims.services.transitions import change_state, refuse_change_of_state


def split_claim(*, claim: Claim, quotes: Collection[int], text: str = "", editor: User, note: Note = None) -> Claim:
    """Move the quotes with these ids from `claim` to a new claim, whose text defaults to that of the first quote.

    The new claim has the same topics, date and publication. With a `text`, or published, its wording is confirmed.
    Raises RefusedError unless some of the quotes are chosen and some stay, PublicNoteRequiredError if one of them is
    public and there is no `note`.
    """
    with (
        audit.operation(verb=OperationVerb.SPLIT_CLAIM, summary=f"Split: “{claim.text[:200]}”", editor=editor),
        public_change(editor=editor, note=note, claims=[claim.pk]),
    ):
        claim = Claim.objects.get(pk=claim.pk)
        refuse_unavailable_claim(claim)
        own_quotes = list(Quote.objects.select_for_update().filter(claim=claim).order_by("pk"))
        moved = [quote for quote in own_quotes if quote.pk in set(quotes)]
        if len(moved) != len(set(quotes)) or not moved:
            raise RefusedError("Choose the quotes to move from this claim.")
        if len(moved) == len(own_quotes):
            raise RefusedError("At least one quote must stay. To change the wording, edit the claim instead.")
        is_accepted = any(quote.decision == QuoteDecision.ACCEPTED for quote in moved)
        speakers = {quote.speaker_id for quote in moved}
        new = Claim(
            text=text.strip() or claim_proposals.claim_wording(moved[0].exact),
            speaker_id=speakers.pop() if len(speakers) == 1 else claim.speaker_id,
            said_on=claim.said_on,
            released_at=claim.released_at if is_accepted else None,
        )
        if text.strip() or new.released_at:
            new.wording_confirmed_at = timezone.now()
        [new] = audit.create([new], user=editor, reason="split from another")
        if topics := list(claim.topics.values_list("pk", flat=True)):
            audit.set_topics([new], {new.pk: topics}, user=editor, reason="those of the other")
        _move_quotes(moved, new, editor=editor, reason="claim split")
        audit.update([claim], [], user=editor, reason="some of its quotes make another claim")
    return new


def merge_claims(*, kept: Claim, emptied: Claim, editor: User, note: Note = None) -> Claim:
    """Move quotes, topics, relations, external reviews and undecided verifications to `kept`.

    `emptied` becomes a redirect to it. Choosing the claim to keep confirms its wording. Decided verifications stay with
    the claim that they judged. Raises RefusedError for claims that cannot be merged, with what to do, and
    PublicNoteRequiredError if the change is public and there is no `note`.
    """
    with (
        audit.operation(verb=OperationVerb.MERGE_CLAIMS, summary=f"Merged into “{kept.text[:200]}”", editor=editor),
        public_change(editor=editor, note=note, claims=[kept.pk, emptied.pk]) as change,
    ):
        by_id = Claim.objects.in_bulk([kept.pk, emptied.pk])
        kept, emptied = by_id[kept.pk], by_id[emptied.pk]
        _check_mergeable(kept, emptied, change)
        quotes = list(Quote.objects.filter(claim=emptied).order_by("pk"))
        _move_quotes(quotes, kept, editor=editor, reason="claims merged")
        topics = set(kept.topics.values_list("pk", flat=True))
        if added := set(emptied.topics.values_list("pk", flat=True)) - topics:
            audit.set_topics([kept], {kept.pk: topics | added}, user=editor, reason="claims merged")
        _move_relations(kept, emptied, editor=editor)
        _move_undecided_verifications(kept, emptied, editor=editor)
        _move_external_reviews(kept, emptied, editor=editor)
        kept.released_at = kept.released_at or emptied.released_at
        kept.speaker_id = kept.speaker_id or emptied.speaker_id
        kept.wording_confirmed_at = kept.wording_confirmed_at or timezone.now()
        fields = ["released_at", "speaker", "wording_confirmed_at"]
        audit.update([kept], fields, user=editor, reason="another was merged into it")
        # Redirects to the emptied claim are shortened: no reader is redirected twice.
        redirects = [emptied, *Claim.objects.filter(merged_into=emptied).order_by("pk")]
        for claim in redirects:
            claim.merged_into = kept
        audit.update(redirects, ["merged_into"], user=editor, reason=f"merged into claim {kept.pk}")
    return kept


def _check_mergeable(kept: Claim, emptied: Claim, change: PublicChange) -> None:
    if kept.pk == emptied.pk:
        raise RefusedError("A claim cannot be merged into itself.")
    for claim in (kept, emptied):
        refuse_unavailable_claim(claim)
    refuse_change_of_state(emptied, ClaimState.MERGED)
    if kept.speaker_id and emptied.speaker_id and kept.speaker_id != emptied.speaker_id:
        raise RefusedError(
            f"The claims have different speakers, {kept.speaker} and {emptied.speaker}. Mark one as repeating the"
            " other, or merge the speakers first."
        )
    if change.before.claims[emptied.pk].has_verdict:
        if change.before.claims[kept.pk].has_verdict:
            raise RefusedError("Both claims have a published verdict. Withdraw one of them first.")
        raise RefusedError(f"“{emptied}” has a published verdict. Keep it, and merge the other claim into it.")
    if emptied.amendments.filter(state=AmendmentState.OPEN).exists():
        raise RefusedError(f"“{emptied}” has a draft correction. Publish or discard it first.")
    is_any_public = change.before.claims[emptied.pk].is_public or change.before.claims[kept.pk].is_public
    is_any_embargoed = any(claim.released_at and not claim.is_open for claim in (kept, emptied))
    if is_any_embargoed and (is_any_public or kept.released_at != emptied.released_at):
        raise RefusedError("One of the claims is under embargo. Give both the same publication time first.")


def _move_quotes(quotes: Collection[Quote], claim: Claim, *, editor: User, reason: str) -> None:
    for quote in quotes:
        quote.claim = claim
    audit.update(list(quotes), ["claim"], user=editor, reason=reason)


def _move_relations(kept: Claim, emptied: Claim, *, editor: User) -> None:
    """Move the relations, except where `kept` is related to the other claim already; there, a decided one wins."""
    kept_relations = {
        other: relation
        for relation in ClaimRelation.objects.filter(Q(first=kept) | Q(second=kept))
        for other in (relation.first_id, relation.second_id)
        if other != kept.pk
    }
    for relation in ClaimRelation.objects.filter(Q(first=emptied) | Q(second=emptied)).order_by("pk"):
        is_first = relation.first_id == emptied.pk
        other = relation.second_id if is_first else relation.first_id
        if other == kept.pk:
            continue
        pair = ordered_pair(relation.kind, *((kept.pk, other) if is_first else (other, kept.pk)))
        existing = kept_relations.get(other)
        if existing is None:
            relation.first_id, relation.second_id = pair
            audit.update([relation], ["first", "second"], user=editor, reason="claims merged")
        elif existing.state == RelationState.SUGGESTED and relation.state != RelationState.SUGGESTED:
            existing.first_id, existing.second_id = pair
            change_state(existing, RelationState(relation.state))
            existing.kind, existing.decided_by = relation.kind, relation.decided_by
            fields = ["first", "second", "kind", "state", "decided_by"]
            audit.update([existing], fields, user=editor, reason="claims merged")


def _move_external_reviews(kept: Claim, emptied: Claim, *, editor: User) -> None:
    reviews = list(emptied.external_reviews.select_for_update(of=("self",)).order_by("pk"))
    for review in reviews:
        review.claim = kept
    audit.update(reviews, ["claim"], user=editor, reason="claims merged")


def _move_undecided_verifications(kept: Claim, emptied: Claim, *, editor: User) -> None:
    undecided = [VerificationState.DRAFT, VerificationState.SUBMITTED]
    verifications = list(
        Verification.objects.select_for_update().filter(claim=emptied, state__in=undecided).order_by("pk")
    )
    for verification in verifications:
        if verification.state == VerificationState.SUBMITTED:
            verification.comment = (
                f"The claim “{emptied.text}” was merged into this one after the verification was submitted."
            )
            change_state(verification, VerificationState.DRAFT)
        verification.claim, verification.fingerprint, verification.submitted_at = kept, "", None
    fields = ["claim", "state", "fingerprint", "submitted_at", "comment"]
    audit.update(verifications, fields, user=editor, reason="claims merged")
