"""The full-text index as unmanaged models, to join it: one document per row that is or may become public.

Triggers write the tables (`claims.database.full_text`), and nothing else does.
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


class SearchWordsField(models.TextField):  # type: ignore[type-arg]  # generic for the type checker only
    """A document's words. The lookup `matches` takes a query in the database's own full-text language."""


@SearchWordsField.register_lookup
class FullTextMatch(models.Lookup):
    """Whether a document matches a query that `claims.search.full_text` compiled."""

    lookup_name = "matches"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        operator = f"{left} @@ {right}::tsquery" if connection.vendor == "postgresql" else f"{left} MATCH {right}"
        return operator, (*left_params, *right_params)


class DerivedManager(models.Manager):  # type: ignore[type-arg]  # as above
    """Yields no rows, so that `dumpdata` leaves the index out: loading the rows recreates it. Joins ignore it."""

    def get_queryset(self) -> models.QuerySet[models.Model]:
        return super().get_queryset().none()


class SearchDocument(models.Model):
    """The words of one row, and its place in the list's order, newest last (see `claims.database.full_text`)."""

    place = models.BigIntegerField(primary_key=True, db_column="rowid")
    words = SearchWordsField()

    objects: ClassVar = DerivedManager()

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

    row = _row_field(Quote)

    class Meta(SearchDocument.Meta):
        db_table = "claims_quote_words"


class ClaimWords(SearchDocument):
    """A claim that is or will be released: its text, its accepted quotes, the speaker's names, the sources' titles."""

    row = _row_field(Claim)

    class Meta(SearchDocument.Meta):
        db_table = "claims_claim_words"


class VerificationWords(SearchDocument):
    """A published verification: its explanation, the claim, the speaker's names."""

    row = _row_field(Verification)

    class Meta(SearchDocument.Meta):
        db_table = "claims_verification_words"


class SourceWords(SearchDocument):
    """A source: its title and publisher."""

    row = _row_field(Source)

    class Meta(SearchDocument.Meta):
        db_table = "claims_source_words"


class SpeakerWords(SearchDocument):
    """A speaker: the names."""

    row = _row_field(Speaker)

    class Meta(SearchDocument.Meta):
        db_table = "claims_speaker_words"


class TopicWords(SearchDocument):
    """A topic: its name and description."""

    row = _row_field(Topic)

    class Meta(SearchDocument.Meta):
        db_table = "claims_topic_words"
