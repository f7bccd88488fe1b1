"""The states of a verification; apart from the model, so that claims can refer to them."""

from django.db import models


class VerificationState(models.TextChoices):
    """A verification's place in its workflow."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"
