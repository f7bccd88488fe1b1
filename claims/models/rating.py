"""Rating: a value on the scale that claims are rated on."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from claims.models.history_cause import CausedHistory

# The names and explanations of the ratings that a new site has.
DEFAULT_RATINGS = {
    "True": "Accurate, with nothing significant left out.",
    "Mostly true": "Accurate in substance; needs clarification or more information.",
    "Misleading": "Has a true core, but leaves a false impression.",
    "Mostly false": "Has an element of truth, but is wrong in substance.",
    "False": "Not accurate.",
    "Unverifiable": "Cannot be confirmed or refuted with what is known now.",
}
_DEFAULT_TEXTS = {*DEFAULT_RATINGS, *DEFAULT_RATINGS.values()}


def translate_rating(text: str) -> str:
    """Returns a rating's name or explanation for readers: translated, unless it is the operator's own."""
    return gettext(text) if text in _DEFAULT_TEXTS else text


class Rating(models.Model):
    """A verdict's name and its value on a scale from `worst` to `best`, as in schema.org's ClaimReview.

    `value` is empty for a rating outside the scale ("Unverifiable").
    """

    RESERVED_SLUGS: ClassVar = ["unreviewed", "in-review"]

    name = models.CharField(max_length=50, unique=True)
    slug = models.SlugField(max_length=50, unique=True)
    value = models.IntegerField(null=True, blank=True)
    worst = models.IntegerField(default=1)
    best = models.IntegerField(default=5)
    explanation = models.TextField(blank=True)

    history = CausedHistory()

    class Meta:
        ordering: ClassVar = [F("value").desc(nulls_last=True), "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(worst__lt=F("best")) & (Q(value=None) | Q(value__gte=F("worst"), value__lte=F("best"))),
                name="rating_value_is_on_its_scale",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=["unreviewed", "in-review"]), name="rating_slug_is_not_a_status"
            ),
        ]

    def __str__(self) -> str:
        return self.name
