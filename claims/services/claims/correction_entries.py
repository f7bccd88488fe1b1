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

# What corrections say where no editor wrote it. Stored in English; readers' pages translate it.
CLAIM_RETRACTED = "The claim was retracted."
TAKEN_BACK = "Taken back."
EARLY_EDIT = "Changed within 15 minutes of publication."
VERDICT_REPLACED = "A new verdict replaced the verdict “%(verdict)s”."
NEW_VERIFICATION = "A new verification was published."
VERDICT_WITHDRAWN = "The verdict “%(verdict)s” was withdrawn."
VERDICT_REOPENED = "The verdict “%(verdict)s” went back to review."
CLAIM_CHANGED = "The claim, its speaker or its quotes changed after it was published."
VERDICT_TEXTS = frozenset({VERDICT_REPLACED, VERDICT_WITHDRAWN, VERDICT_REOPENED})
FIXED_TEXTS = frozenset({CLAIM_RETRACTED, TAKEN_BACK, EARLY_EDIT, NEW_VERIFICATION, CLAIM_CHANGED})


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
