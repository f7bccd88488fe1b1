"""Imports our own earlier fact-checks: each becomes a claim with a published verdict that is marked as imported.

Such a verdict has no second person's approval here, so it is bound to what was checked then: a change of the claim's
text or speaker sends it to review like any other. Its claim stays a draft until an editor accepts a quote of it and
releases it.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.articles.reviews import Review
from claims.models import (
    Claim,
    Evidence,
    EvidenceStance,
    HistoryCause,
    ImportedReview,
    Rating,
    Speaker,
    SpeakerKind,
    Verification,
    VerificationState,
)
from claims.models.feed import feed_key
from claims.models.review_keys import claim_key
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.imports.row_outcomes import NO_VALUE, describe_change, truncate_cell
from claims.services.reviews.outcomes import ReviewOutcome, ReviewStatus
from claims.services.reviews.publishers import is_of_this_database
from claims.services.reviews.rating_mappings import RatingMappings
from claims.services.reviews.review_files import FileEntry
from claims.services.speakers.directory import SpeakerDirectory
from claims.services.transitions import change_state
from claims.services.verification.workflow import compute_fingerprints

_REASON = "fact-check imported"
_LABELS = {"text": "claim", "speaker": "speaker", "said_on": "said on"}


Changes = tuple[tuple[str, str, str], ...]


class EditedHereError(RefusedError):
    """The fact-check has changed, and so has what was imported of it; a person must bring the two together."""


def import_own_review(
    *, entry: FileEntry, review: Review, mappings: RatingMappings, editor: User | None
) -> ReviewOutcome:
    """Store one fact-check in the caller's transaction, or nothing of it."""
    label = truncate_cell(review.claim)
    if is_of_this_database(review):
        return ReviewOutcome(entry.place, ReviewStatus.UNCHANGED, label, detail="This is a page of this site.")
    rating = mappings.find(review.publisher, review.rating)
    if rating is None:
        detail = f"No rating is chosen for “{review.rating}” yet."
        return ReviewOutcome(entry.place, ReviewStatus.WAITING, label, detail=detail)
    try:
        with transaction.atomic():
            status, changes = _store_verdict(review, rating, editor)
    except EditedHereError as error:
        return ReviewOutcome(entry.place, ReviewStatus.EDITED, label, detail=str(error))
    except RefusedError as refusal:
        return ReviewOutcome(entry.place, ReviewStatus.REJECTED, label, detail=str(refusal))
    return ReviewOutcome(entry.place, status, label, changes=changes)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A fact-check with what it means here, and who imports it."""

    review: Review
    rating: Rating
    published_at: datetime
    editor: User

    @property
    def digest(self) -> str:
        values = asdict(self.review) | {"review_url": feed_key(self.review.review_url)}
        content = json.dumps([values, self.rating.pk], default=str, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


def _store_verdict(review: Review, rating: Rating, editor: User | None) -> tuple[ReviewStatus, Changes]:
    if editor is None:
        raise RefusedError("This is a fact-check of our own: say who imports it.")
    if review.published is None:
        raise RefusedError("The date of publication is missing.")
    verdict = _Verdict(review, rating, datetime.combine(review.published, time(), UTC), editor)
    keys = {"page_key": feed_key(review.review_url), "claim_key": claim_key(review.claim)}
    record = ImportedReview.objects.select_for_update().filter(**keys).first()
    if record is not None and record.digest == verdict.digest:
        return ReviewStatus.UNCHANGED, ()
    speaker = _find_speaker(review, editor)
    if record is None:
        claim = _add_claim(review, speaker, editor)
        verification = _add_verification(claim, verdict)
        ImportedReview.objects.create(**keys, digest=verdict.digest, claim=claim, verification=verification)
        return ReviewStatus.NEW, (("verdict", NO_VALUE, rating.name),)
    return ReviewStatus.CHANGED, _update(record, verdict, speaker)


def _find_speaker(review: Review, editor: User) -> Speaker | None:
    if not review.speaker:
        return None
    kind = SpeakerKind.ORGANIZATION if review.speaker_is_organization else SpeakerKind.PERSON
    directory = SpeakerDirectory({review.speaker: kind}, editor=editor)
    speaker = directory.find(review.speaker)
    if speaker is None:
        raise RefusedError(f"Several speakers are named “{review.speaker}”. Add the claim by hand.")
    directory.suggest_merges()
    return speaker


def _add_claim(review: Review, speaker: Speaker | None, editor: User) -> Claim:
    same = Claim.objects.current().confirmed().filter(text=review.claim, speaker=speaker).first()
    if same is not None:
        raise RefusedError(f"Claim {same.pk} already has this text and speaker. Add the verdict on its page.")
    claim = Claim(text=review.claim, speaker=speaker, said_on=review.said_on, wording_confirmed_at=timezone.now())
    [claim] = audit.create([claim], user=editor, reason=_REASON, cause=HistoryCause.IMPORTED)
    return claim


def _add_verification(claim: Claim, verdict: _Verdict) -> Verification:
    review, editor = verdict.review, verdict.editor
    verification = Verification(
        claim=claim,
        state=VerificationState.PUBLISHED,
        rating=verdict.rating,
        explanation=review.explanation or f"{review.publisher}: “{review.rating}”.",
        author=editor,
        review_url=review.review_url,
        fingerprint=compute_fingerprints([claim], with_quotes=False)[claim.pk],
        submitted_at=verdict.published_at,
        published_at=verdict.published_at,
    )
    [verification] = audit.create([verification], user=editor, reason=_REASON, cause=HistoryCause.IMPORTED)
    by = f" by {review.author}" if review.author else ""
    evidence = Evidence(
        verification=verification,
        url=review.review_url,
        stance=EvidenceStance.CONTEXT,
        note=f"The fact-check{by} as it was published: “{review.rating}”.",
    )
    audit.create([evidence], user=editor, reason=_REASON, cause=HistoryCause.IMPORTED)
    return verification


def _update(record: ImportedReview, verdict: _Verdict, speaker: Speaker | None) -> Changes:
    """Bring the changes of a fact-check into what was imported of it. Raises EditedHereError."""
    review, editor = verdict.review, verdict.editor
    claim = Claim.objects.select_for_update().get(pk=record.claim_id)
    locked = Verification.objects.select_for_update(of=("self",)).select_related("rating")
    former = locked.get(pk=record.verification_id)
    _refuse_if_edited(claim, former)
    values = {"text": review.claim, "speaker": speaker, "said_on": review.said_on}
    changes = [
        describe_change(_LABELS[name], getattr(claim, name), value)
        for name, value in values.items()
        if getattr(claim, name) != value
    ]
    if changes:
        for name, value in values.items():
            setattr(claim, name, value)
        audit.update([claim], list(values), user=editor, reason=_REASON, cause=HistoryCause.IMPORTED)
    change_state(former, VerificationState.SUPERSEDED)
    audit.update([former], ["state"], user=editor, reason="its fact-check has changed", cause=HistoryCause.IMPORTED)
    verification = _add_verification(claim, verdict)
    record.digest, record.verification = verdict.digest, verification
    record.save()
    for label, before, after in (
        ("verdict", former.rating, verdict.rating),
        ("explanation", former.explanation, verification.explanation),
        ("published", former.published_at, verdict.published_at),
    ):
        if before != after:
            changes.append(describe_change(label, before, after))
    return tuple(changes)


def _refuse_if_edited(claim: Claim, verification: Verification) -> None:
    """Raises EditedHereError if the claim or its verdict was changed since the import, or if readers see them."""
    if claim.retracted_at or claim.merged_into_id:
        raise EditedHereError(f"Claim {claim.pk} was retracted or merged since.")
    if claim.released_at:
        raise EditedHereError(f"Claim {claim.pk} is released: change it on its own page, with a public note.")
    live = Verification.objects.filter(claim=claim).exclude(pk=verification.pk)
    others = live.filter(state__in=[VerificationState.SUBMITTED, VerificationState.PUBLISHED])
    if verification.state != VerificationState.PUBLISHED or others.exists():
        raise EditedHereError(f"The verdict on claim {claim.pk} was changed here.")
    imported = Claim.history.filter(id=claim.pk, history_cause=HistoryCause.IMPORTED).order_by("-history_id").first()
    if (imported.text, imported.speaker_id, imported.said_on) != (claim.text, claim.speaker_id, claim.said_on):
        raise EditedHereError(f"Claim {claim.pk} was changed here.")
