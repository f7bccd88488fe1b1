"""RatingMapping: which of our ratings a publisher's own rating means, as a person decided once."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from claims.models.base import Timestamped, user_foreign_key
from claims.models.rating import Rating


class RatingMappingQuerySet(models.QuerySet["RatingMapping"]):
    def waiting(self) -> Self:
        """Ratings that fact-checks to import have, and that nobody has mapped yet."""
        return self.filter(rating=None)


class RatingMapping(Timestamped):
    """A rating in the words of a publisher of ours ("Pants on fire", "2 (1 to 5)"), and the rating that it means here.

    A fact-check whose rating is not mapped waits: it is not imported.
    """

    publisher = models.CharField(max_length=200)
    words = models.CharField("rating in the fact-check", max_length=200)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="mappings")
    mapped_by = user_foreign_key("rating_mappings", null=True)

    objects: ClassVar = RatingMappingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["publisher", "words", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publisher", "words"], name="rating_mapping_is_unique"),
            models.CheckConstraint(condition=~Q(words=""), name="rating_mapping_has_words"),
            models.CheckConstraint(
                condition=Q(rating=None, mapped_by=None) | Q(rating__isnull=False, mapped_by__isnull=False),
                name="rating_mapping_is_made_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: “{self.words}”"
