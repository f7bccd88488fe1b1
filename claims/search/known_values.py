"""Values that a filter can find something by, as far as they are rows of the database: ratings, topics, languages.

Only what is public counts, so that nothing can be learnt of the rest from what is refused.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from django.db import connection, models
from django.db.models import Exists, OuterRef

from claims.extraction import READ_LANGUAGES, primary_subtag
from claims.models import Change, Claim, Rating, ResourceKind, Source, Topic
from claims.reading import read_connection
from claims.search.language_support import in_language
from claims.search.suggestions import did_you_mean

MAX_LISTED_VALUES = 50  # in an error message
MAX_COMPARED_VALUES = 1000  # that may have been meant


class KnownValues(ABC):
    """The values of a filter that readers can find something by. `noun` is what an error message calls one."""

    noun: ClassVar[str]

    def error_message(self, values: Sequence[str]) -> str | None:
        """Returns what is wrong with the first of the values that is not known; None if all are."""
        unknown = self.unknown(values)
        if not unknown:
            return None
        known = self.known()
        listed = ", ".join(known[:MAX_LISTED_VALUES]) + (", …" if len(known) > MAX_LISTED_VALUES else "")
        choice = f"; must be one of {listed}" if known else ""
        return f"no {self.noun} {unknown[0]}{choice}{did_you_mean(unknown[0], known)}"

    @abstractmethod
    def unknown(self, values: Sequence[str]) -> list[str]:
        """Returns those of the values that are not known."""

    @abstractmethod
    def known(self) -> list[str]:
        """Returns the known values, `MAX_COMPARED_VALUES` at most."""


class RatingSlugs(KnownValues):
    noun = "rating"
    always: ClassVar[tuple[str, ...]] = ()  # values that need no row

    def unknown(self, values: Sequence[str]) -> list[str]:
        names = [value for value in values if value not in self.always]
        known = set(Rating.objects.filter(slug__in=names).values_list("slug", flat=True)) if names else set()
        return [name for name in names if name not in known]

    def known(self) -> list[str]:
        return [*self.always, *Rating.objects.values_list("slug", flat=True)[:MAX_COMPARED_VALUES]]


class Statuses(RatingSlugs):
    noun = "status"
    always = (Claim.UNREVIEWED, Claim.IN_REVIEW)


class TopicSlugs(KnownValues):
    """The topics of public claims. One that has none any more is still known: feeds of it are followed."""

    noun = "topic"

    def unknown(self, values: Sequence[str]) -> list[str]:
        once_public = Change.objects.seen().filter(kind=ResourceKind.TOPICS, object_id=OuterRef("pk"))
        topics = Topic.objects.released() | Topic.objects.filter(Exists(once_public))
        known = set(topics.order_by().filter(slug__in=values).values_list("slug", flat=True))
        return [value for value in values if value not in known]

    def known(self) -> list[str]:
        released = Topic.objects.released().order_by("slug")
        return list(released.values_list("slug", flat=True)[:MAX_COMPARED_VALUES])


class Languages(KnownValues):
    """The languages that extraction reads, and those of public sources in this column."""

    noun = "source in the language"

    def __init__(self, column: str) -> None:
        self.column = column

    def unknown(self, values: Sequence[str]) -> list[str]:
        return [tag for tag in values if primary_subtag(tag) not in READ_LANGUAGES and not self._is_public(tag)]

    def known(self) -> list[str]:
        tags = list_distinct_values(Source, self.column, MAX_COMPARED_VALUES)
        return sorted(READ_LANGUAGES | {tag for tag in tags if self._is_public(tag)})

    def _is_public(self, tag: str) -> bool:
        is_public: bool = Source.objects.released().filter(in_language(self.column)([tag])).exists()
        return is_public


def list_distinct_values(model: type[models.Model], column: str, limit: int) -> list[str]:
    """Returns the first `limit` distinct values of a text column in order, without the empty string.

    A recursive query finds each value as the minimum above the one before: one index seek per value instead of a scan
    of all rows. Without an index on the column, each step scans the table.
    """
    table, name = (connection.ops.quote_name(identifier) for identifier in (model._meta.db_table, column))
    next_value = f"SELECT MIN({name}) FROM {table} WHERE {name} >"
    with read_connection().cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE found(value) AS (SELECT ({next_value} '') UNION ALL "
            f"SELECT ({next_value} found.value) FROM found WHERE found.value IS NOT NULL) "
            "SELECT value FROM found WHERE value IS NOT NULL LIMIT %s",
            [limit],
        )
        return [value for (value,) in cursor.fetchall()]
