"""The states of a verification; apart from the model, so that claims can refer to them."""

from django.db import models


class VerificationState(models.TextChoices):
    """A verification's place in its workflow."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


# The trigger `verification_ends_for_good` holds what follows a publication, whoever writes.
VERIFICATION_TRANSITIONS: dict[VerificationState, set[VerificationState]] = {
    VerificationState.DRAFT: {VerificationState.SUBMITTED},
    VerificationState.SUBMITTED: {
        VerificationState.DRAFT,
        VerificationState.PUBLISHED,
        VerificationState.WITHDRAWN,
    },
    VerificationState.PUBLISHED: {VerificationState.SUPERSEDED, VerificationState.WITHDRAWN},
    VerificationState.SUPERSEDED: set(),
    VerificationState.WITHDRAWN: set(),
}
