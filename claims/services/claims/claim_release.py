"""Releases claims in words that an editor confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from claims.models import Claim, HistoryCause, OperationVerb, Quote
from claims.services.claims.corrections import Note, public_change
from claims.services.claims.editing import clean_claim_text
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import refuse_if_changed
from claims.services.quotes.claim_links import refuse_unavailable_claim

MAX_BULK_RELEASE = 100  # claims on one page: more than an editor reads before deciding


def release_claim(*, claim: Claim, text: str, editor: User, seen: int | None = None, note: Note = None) -> Claim:
    """Confirm the wording `text` of the claim in its version `seen`, and release it now.

    A claim that has a publication time keeps it, be that an embargo. Raises RefusedError without a text, for a
    retracted or merged claim, and for one without an accepted quote; ChangedError if it changed since `seen`;
    PublicNoteRequiredError if it is public, its text changes and there is no `note`.
    """
    text = clean_claim_text(text)
    with (
        audit.operation(verb=OperationVerb.RELEASE_CLAIM, summary=f"Released: “{text[:200]}”", editor=editor),
        public_change(editor=editor, note=note, claims=[claim.pk]),
    ):
        claim = Claim.objects.get(pk=claim.pk)
        refuse_unavailable_claim(claim)
        refuse_if_changed(row=claim, seen=seen)
        if not claim.quotes.accepted().exists():
            raise RefusedError(f"“{claim}” has no accepted quote. Accept one first.")
        if claim.released_at and claim.text == text:
            return claim
        now = timezone.now()
        claim.text = text
        claim.wording_confirmed_at = claim.wording_confirmed_at or now
        claim.released_at = claim.released_at or now
        fields = ["text", "wording_confirmed_at", "released_at"]
        audit.update([claim], fields, user=editor, cause=HistoryCause.RELEASED)
    return claim


@dataclass(frozen=True, slots=True)
class ClaimRelease:
    """A claim to release, the wording to release it in, and the version of the claim that the editor saw."""

    claim_id: int
    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class ReleaseResult:
    """The claims that were released, and those that were not, by their ids, each with the reason."""

    released: tuple[Claim, ...]
    refused: tuple[tuple[int, str], ...]


def release_claims(*, releases: Sequence[ClaimRelease], editor: User, dry_run: bool = False) -> ReleaseResult:
    """Release each of the claims as `release_claim` does, as one operation, except where that refuses it.

    A dry run changes nothing, and tells what would be released and what refused. Raises RefusedError for more than
    MAX_BULK_RELEASE claims.
    """
    if len(releases) > MAX_BULK_RELEASE:
        raise RefusedError(f"No more than {MAX_BULK_RELEASE} claims can be released at once.")
    released: list[Claim] = []
    refused: list[tuple[int, str]] = []
    with transaction.atomic():
        with audit.operation(verb=OperationVerb.RELEASE_CLAIMS, editor=editor) as journal:
            for row in sorted(releases, key=lambda release: release.claim_id):  # in one order, so that none deadlocks
                try:
                    claim = Claim.objects.select_for_update().get(pk=row.claim_id)
                    released.append(release_claim(claim=claim, text=row.text, editor=editor, seen=row.seen))
                except Claim.DoesNotExist:
                    refused.append((row.claim_id, "This claim was removed."))
                except RefusedError as refusal:
                    refused.append((row.claim_id, str(refusal)))
            journal.summary = f"Released: {len(released)} claim{'' if len(released) == 1 else 's'}"
        transaction.set_rollback(dry_run)
    return ReleaseResult(tuple(released), tuple(refused))


def quotes_of_releasable_proposals() -> QuerySet[Quote]:
    """For each proposal with an accepted quote, the first such quote, in reading order of the articles."""
    proposals = Quote.objects.accepted().filter(claim__wording_confirmed_at=None, claim__merged_into=None)
    earlier = Quote.objects.accepted().filter(claim=OuterRef("claim"), pk__lt=OuterRef("pk"))
    quotes = proposals.filter(~Exists(earlier), claim__isnull=False)
    return quotes.order_by("snapshot_id", "start", "pk")
