"""Entries of the public list of corrections, with what was changed as it stood before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.contrib.auth.models import User

from claims.models import (
    Claim,
    CorrectedField,
    CorrectedFieldName,
    Correction,
    CorrectionKind,
    Verification,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a correction is about: the text of a claim and the name of its speaker."""

    text: str
    speaker: str

    @classmethod
    def of(cls, claim: Claim) -> Self:
        return cls(claim.text, claim.speaker.name if claim.speaker else "")


def record_verdict_change(
    verification: Verification,
    kind: CorrectionKind,
    *,
    text: str,
    reason: str,
    editor: User,
    replaced_by: Verification | None = None,
    subject: Subject | None = None,
) -> Correction:
    """Publish what became of a public verdict. `subject` is that of its claim if the claim has changed since."""
    subject = subject or Subject.of(verification.claim)
    correction = Correction(
        claim_id=verification.claim_id,
        verification=verification,
        kind=kind,
        subject=subject.text,
        speaker=subject.speaker,
        text=text,
        reason=reason,
        made_by=editor,
    )
    values = [(CorrectedFieldName.VERDICT, str(verification.rating), str(replaced_by.rating) if replaced_by else "")]
    if replaced_by:
        values.append((CorrectedFieldName.EXPLANATION, verification.explanation, replaced_by.explanation))
    changes = [
        CorrectedField(field=name, before=before, after=after) for name, before, after in values if before != after
    ]
    return store_correction(correction, changes)


def store_correction(correction: Correction, changes: Sequence[CorrectedField]) -> Correction:
    """Store both, neither of which is stored yet."""
    correction.save()
    for change in changes:
        change.correction = correction
    CorrectedField.objects.bulk_create(changes)
    return correction
