"""The full-text index as unmanaged models, to join it: one document per row that is or may become public.

A document consists of places, in which words are searched together or apart: on SQLite each is a column of its own, on
PostgreSQL the words have the weights A to D. Triggers write the tables (`claims.database.full_text`), and nothing else
does.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from claims.models.claim import Claim
from claims.models.quote import Quote
from claims.models.source import Source
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.models.verification import Verification

PLACE_WEIGHTS = "ABCD"  # on PostgreSQL, of the places of a document


class SearchWordsField(models.TextField):  # type: ignore[type-arg]  # generic for the type checker only
    """A document's words. The lookup `matches` takes a query in the database's own full-text language."""


@SearchWordsField.register_lookup
class FullTextMatch(models.Lookup):
    """Whether a document matches a query that `claims.search.full_text` compiled."""

    lookup_name = "matches"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{left} @@ {right}::tsquery", (*left_params, *right_params)
        # FTS5 has a hidden column with the table's name, which stands for all columns.
        column = connection.ops.quote_name(self.lhs.target.model._meta.db_table)
        return f"{compiler.quote_name_unless_alias(self.lhs.alias)}.{column} MATCH {right}", tuple(right_params)


class DerivedManager(models.Manager):  # type: ignore[type-arg]  # as above
    """Yields no rows, so that `dumpdata` leaves the index out, which triggers make of the rows. Joins ignore it."""

    def get_queryset(self) -> models.QuerySet[models.Model]:
        return super().get_queryset().none()


class SearchDocument(models.Model):
    """The words of one row, and its place in the list's order, newest last (see `claims.database.full_text`)."""

    place = models.BigIntegerField(primary_key=True, db_column="rowid")
    words = SearchWordsField()

    objects: ClassVar = DerivedManager()

    places: ClassVar[tuple[str, ...]]  # their names, in order

    class Meta:
        abstract = True
        managed = False
        default_permissions: ClassVar = ()


def _row_field(model: type[models.Model]) -> Any:
    return models.OneToOneField(
        model, on_delete=models.DO_NOTHING, db_constraint=False, db_column="row_id", related_name="document"
    )


class QuoteWords(SearchDocument):
    """An accepted quote: its words, its claim, the speaker's names, the source's title."""

    places = ("quote", "claim", "speaker", "source")
    row = _row_field(Quote)

    class Meta(SearchDocument.Meta):
        db_table = "claims_quote_words"


class ClaimWords(SearchDocument):
    """A claim that is or will be released: its text, its accepted quotes, the speaker's names, the sources' titles."""

    places = ("claim", "speaker", "quote", "source")
    row = _row_field(Claim)

    class Meta(SearchDocument.Meta):
        db_table = "claims_claim_words"


class VerificationWords(SearchDocument):
    """A published verification: its explanation, the claim, the speaker's names."""

    places = ("explanation", "claim", "speaker")
    row = _row_field(Verification)

    class Meta(SearchDocument.Meta):
        db_table = "claims_verification_words"


class SourceWords(SearchDocument):
    """A source: its title and publisher."""

    places = ("source", "publisher")
    row = _row_field(Source)

    class Meta(SearchDocument.Meta):
        db_table = "claims_source_words"


class SpeakerWords(SearchDocument):
    """A speaker: the names."""

    places = ("speaker",)
    row = _row_field(Speaker)

    class Meta(SearchDocument.Meta):
        db_table = "claims_speaker_words"


class TopicWords(SearchDocument):
    """A topic: its name and description."""

    places = ("topic", "description")
    row = _row_field(Topic)

    class Meta(SearchDocument.Meta):
        db_table = "claims_topic_words"
