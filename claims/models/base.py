"""What several models need to say about a column."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

LANGUAGE_TAG = RegexValidator(
    r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", "A language tag such as en, ru or pt-BR is needed (BCP 47)."
)


class Timestamped(models.Model):
    """When the row was made and last changed. `.update()` does not touch `updated_at`: set it there by hand."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


def choices_constraint(name: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """The constraint `name`: `field` holds one of `choices`, whoever writes it."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)


def user_foreign_key(related_name: str, *, null: bool = False) -> Any:
    """A user who did something that is kept: the account can be shut, not removed."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=null,
        blank=null,
        related_name=related_name,
    )
