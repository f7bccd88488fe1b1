"""One claim made two, and two made one: quotes, topics and relations go where they belong."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db.models import Q

from claims.models import (
    AmendmentState,
    Claim,
    ClaimRelation,
    Quote,
    QuoteDecision,
    RelationState,
    Verification,
    VerificationState,
)
from claims.services.claims import claim_proposals
from claims.services.claims.corrections import PublicChange, PublicNote, public_change
from claims.services.claims.relations import ordered_pair
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.claim_links import refuse_unavailable_claim


def split_claim(
    *, claim: Claim, quotes: Collection[int], text: str = "", editor: User, note: PublicNote | None = None
) -> Claim:
    """A new claim that these quotes of `claim` make, and no longer that; `text` is its wording, else the first quote's.

    It has the topics, the day and the release of the old one: what readers saw they still see, elsewhere. Raises
    RefusedError unless some of its quotes are chosen and others stay, NoteNeededError if readers saw one there.
    """
    with (
        audit.operation(verb="split claim", summary=f"Split: “{claim.text[:200]}”", editor=editor),
        public_change(editor=editor, note=note, claims=[claim.pk]),
    ):
        claim = Claim.objects.get(pk=claim.pk)
        refuse_unavailable_claim(claim)
        rows = list(Quote.objects.select_for_update().filter(claim=claim).order_by("pk"))
        chosen = [row for row in rows if row.pk in set(quotes)]
        if len(chosen) != len(set(quotes)) or not chosen:
            raise RefusedError("Choose the quotes that go: some of those that make this claim.")
        if len(chosen) == len(rows):
            raise RefusedError("All of its quotes are chosen, and nothing would be left: reword the claim instead.")
        accepted = any(row.decision == QuoteDecision.ACCEPTED for row in chosen)
        speakers = {row.speaker_id for row in chosen}
        new = Claim(
            text=text.strip() or claim_proposals.claim_wording(chosen[0].exact),
            speaker_id=speakers.pop() if len(speakers) == 1 else claim.speaker_id,
            said_on=claim.said_on,
            released_at=claim.released_at if accepted else None,
        )
        made: Claim = audit.create([new], user=editor, reason="split from another")[0]
        if topics := list(claim.topics.values_list("pk", flat=True)):
            audit.set_topics([made], {made.pk: topics}, user=editor, reason="those of the other")
        _move_quotes(chosen, made, editor=editor, reason="claim split")
        audit.update([claim], [], user=editor, reason="some of its quotes make another claim")
    return made


def merge_claims(*, kept: Claim, emptied: Claim, editor: User, note: PublicNote | None = None) -> Claim:
    """Let `kept` have all quotes, topics, relations and drafts of both; `emptied` becomes a redirect to it.

    Verdicts stay with the claim they judged. Raises RefusedError for two that cannot be one, with what to do, and
    NoteNeededError if readers see it.
    """
    with (
        audit.operation(verb="merge claims", summary=f"Merged into “{kept.text[:200]}”", editor=editor),
        public_change(editor=editor, note=note, claims=[kept.pk, emptied.pk]) as change,
    ):
        both = Claim.objects.in_bulk([kept.pk, emptied.pk])
        kept, emptied = both[kept.pk], both[emptied.pk]
        _check_mergeable(kept, emptied, change)
        _move_quotes(
            list(Quote.objects.filter(claim=emptied).order_by("pk")), kept, editor=editor, reason="claims merged"
        )
        topics = set(kept.topics.values_list("pk", flat=True))
        if more := set(emptied.topics.values_list("pk", flat=True)) - topics:
            audit.set_topics([kept], {kept.pk: topics | more}, user=editor, reason="claims merged")
        _move_relations(kept, emptied, editor=editor)
        _move_undecided_verifications(kept, emptied, editor=editor)
        kept.released_at = kept.released_at or emptied.released_at
        kept.speaker_id = kept.speaker_id or emptied.speaker_id
        audit.update([kept], ["released_at", "speaker"], user=editor, reason="another was merged into it")
        # Redirects that led to the emptied one lead on; nobody is sent around twice.
        redirects = [emptied, *Claim.objects.filter(merged_into=emptied).order_by("pk")]
        for row in redirects:
            row.merged_into = kept
        audit.update(redirects, ["merged_into"], user=editor, reason=f"merged into claim {kept.pk}")
    return kept


def _check_mergeable(kept: Claim, emptied: Claim, change: PublicChange) -> None:
    """Raises RefusedError with the reason, and what to do."""
    if kept.pk == emptied.pk:
        raise RefusedError("A claim cannot be merged into itself.")
    for claim in (kept, emptied):
        refuse_unavailable_claim(claim)
    if kept.speaker_id and emptied.speaker_id and kept.speaker_id != emptied.speaker_id:
        raise RefusedError(
            f"They are claims of two speakers, {kept.speaker} and {emptied.speaker}: say that one repeats the other,"
            " or merge the speakers first."
        )
    if change.before[emptied.pk].has_verdict:
        if change.before[kept.pk].has_verdict:
            raise RefusedError("Both have a published verdict: withdraw one of them first, and say why.")
        raise RefusedError(f"“{emptied}” has the published verdict: keep that one, and merge the other into it.")
    if emptied.amendments.filter(state=AmendmentState.OPEN).exists():
        raise RefusedError(f"“{emptied}” has a draft correction: publish or discard it first.")
    shown = change.before[emptied.pk].is_public, change.before[kept.pk].is_public
    embargo = [bool(claim.released_at and not claim.is_open) for claim in (kept, emptied)]
    if any(embargo) and (any(shown) or kept.released_at != emptied.released_at):
        raise RefusedError("One of them is under embargo: give both the same release first.")


def _move_quotes(quotes: Collection[Quote], claim: Claim, *, editor: User, reason: str) -> None:
    for quote in quotes:
        quote.claim = claim
    audit.update(list(quotes), ["claim"], user=editor, reason=reason)


def _move_relations(kept: Claim, emptied: Claim, *, editor: User) -> None:
    """To the claim kept, but for one that it has already; of two, what a person said holds."""
    own = {
        other: row
        for row in ClaimRelation.objects.filter(Q(first=kept) | Q(second=kept))
        for other in (row.first_id, row.second_id)
        if other != kept.pk
    }
    for row in ClaimRelation.objects.filter(Q(first=emptied) | Q(second=emptied)).order_by("pk"):
        other = row.second_id if row.first_id == emptied.pk else row.first_id
        if other == kept.pk:
            continue
        if has := own.get(other):
            if has.state == RelationState.SUGGESTED and row.state != RelationState.SUGGESTED:
                first, second = (kept.pk, other) if row.first_id == emptied.pk else (other, kept.pk)
                has.first_id, has.second_id = ordered_pair(row.kind, first, second)
                has.kind, has.state, has.decided_by = row.kind, row.state, row.decided_by
                fields = ["first", "second", "kind", "state", "decided_by"]
                audit.update([has], fields, user=editor, reason="claims merged")
            continue
        first, second = (kept.pk, other) if row.first_id == emptied.pk else (other, kept.pk)
        row.first_id, row.second_id = ordered_pair(row.kind, first, second)
        audit.update([row], ["first", "second"], user=editor, reason="claims merged")


def _move_undecided_verifications(kept: Claim, emptied: Claim, *, editor: User) -> None:
    """Verifications that are not decided yet are drafts for the claim that is kept."""
    undecided = [VerificationState.DRAFT, VerificationState.SUBMITTED]
    rows = list(Verification.objects.select_for_update().filter(claim=emptied, state__in=undecided).order_by("pk"))
    for row in rows:
        if row.state == VerificationState.SUBMITTED:
            row.comment = f"Its claim was merged into another after this was submitted: “{emptied.text}”."
        row.claim, row.state, row.fingerprint, row.submitted_at = kept, VerificationState.DRAFT, "", None
    fields = ["claim", "state", "fingerprint", "submitted_at", "comment"]
    audit.update(rows, fields, user=editor, reason="claims merged")
