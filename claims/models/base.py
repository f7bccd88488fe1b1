"""Building blocks that several models share: timestamps, validators, constraints and foreign keys."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull
from django.utils import timezone

LANGUAGE_TAG = RegexValidator(
    r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", "Enter a language tag such as en, ru or pt-BR (BCP 47)."
)


class Timestamped(models.Model):
    """When the row was created and last changed. `.update()` does not touch `updated_at`: set it there by hand."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


def choices_constraint(name: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """Returns the constraint `name`: `field` holds one of `choices`, whoever writes it."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)


def user_foreign_key(related_name: str, *, null: bool = False) -> Any:
    """Returns a reference to the user who did something. Such an account can be deactivated, but not deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=null,
        blank=null,
        related_name=related_name,
    )


def objects_of(model: str) -> Any:
    """Returns the manager of a model of this app by the model's name.

    Querysets refer to models whose modules import theirs: a claim is public if it has an accepted quote, and a quote's
    module needs `Claim` for its foreign key. The app registry breaks that circle.
    """
    return apps.get_model("claims", model)._default_manager  # a model's documented API


def any_row(*querysets: models.QuerySet[Any]) -> IsNull:
    """Returns the condition that one of these querysets, which refer to the outer row, has a row.

    For lists, of which a page is read: with `Exists`, PostgreSQL expects to need the answer for every row of the table,
    and reads all rows of the querysets first.
    """
    ids = [models.Subquery(rows.order_by().values("pk")[:1]) for rows in querysets]
    return IsNull(ids[0] if len(ids) == 1 else Coalesce(*ids), rhs=False)
