"""Which of our ratings a rating of an earlier fact-check means: decided once, by a person, and never guessed."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Rating, RatingMapping
from claims.services.errors import RefusedError


class RatingMappings:
    """The mappings of these publishers, read once. Ratings that they lack are noted, for `store_missing`."""

    def __init__(self, publishers: Iterable[str]) -> None:
        rows = RatingMapping.objects.filter(publisher__in=set(publishers)).select_related("rating")
        self._ratings: dict[tuple[str, str], Rating | None] = {(row.publisher, row.words): row.rating for row in rows}
        self._stored = set(self._ratings)
        self.used: dict[tuple[str, str], Rating | None] = {}

    def find(self, publisher: str, words: str) -> Rating | None:
        """The rating that these words mean; None if nobody has decided it yet."""
        key = (publisher, words)
        return self.used.setdefault(key, self._ratings.get(key))

    def store_missing(self) -> None:
        """Keep the ratings that wait for a person to map them."""
        RatingMapping.objects.bulk_create(
            (RatingMapping(publisher=publisher, words=words) for publisher, words in self.used.keys() - self._stored),
            ignore_conflicts=True,
        )


@transaction.atomic
def map_rating(*, publisher: str, words: str, rating: Rating, editor: User) -> RatingMapping:
    """Decide what a publisher's rating means here; fact-checks that were imported before keep their rating until they
    are imported again. Raises RefusedError without words."""
    if not words.strip():
        raise RefusedError("There is no rating to map.")
    row, _ = RatingMapping.objects.update_or_create(
        publisher=publisher, words=words, defaults={"rating": rating, "mapped_by": editor}
    )
    return row
