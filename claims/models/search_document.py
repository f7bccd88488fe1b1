"""The full-text index: the words that readers find a row by, a document for each row that they may come to see.

The tables are the database's own work (migration 0013): triggers write them from whatever is written to the rows, and
nothing else does. These classes only join them.
"""

from typing import Any, ClassVar

from django.db import models

from claims.models.claim import Claim
from claims.models.quote import Quote
from claims.models.source import Source
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.models.verification import Verification


class SearchWordsField(models.TextField):  # type: ignore[type-arg]  # generic for the type checker only
    """A document's words: asked with `matches`, in the database's own query language."""


@SearchWordsField.register_lookup
class FullTextMatch(models.Lookup):
    """That a document is what a query of `claims.search.full_text` asks for."""

    lookup_name = "matches"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """FTS5's operator, or PostgreSQL's."""
        left, before = self.process_lhs(compiler, connection)
        right, after = self.process_rhs(compiler, connection)
        operator = f"{left} @@ {right}::tsquery" if connection.vendor == "postgresql" else f"{left} MATCH {right}"
        return operator, (*before, *after)


class DerivedManager(models.Manager):  # type: ignore[type-arg]  # as above
    """Nothing of the index is dumped: loading the rows makes it."""

    def get_queryset(self) -> Any:
        """No rows; joins do not ask here."""
        return super().get_queryset().none()


class SearchDocument(models.Model):
    """The words of one row, and where it stands among the others, newest last (see `claims.migrations._full_text`)."""

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


class QuoteWords(SearchDocument):  # noqa: DJ008  # nobody looks at one
    """Of an accepted quote: it, its claim, the speaker's names, the source's title."""

    row = _row_field(Quote)

    class Meta(SearchDocument.Meta):
        db_table = "claims_quote_words"


class ClaimWords(SearchDocument):  # noqa: DJ008  # nobody looks at one
    """Of a claim that is or will be released: it, its accepted quotes, the speaker's names, the sources' titles."""

    row = _row_field(Claim)

    class Meta(SearchDocument.Meta):
        db_table = "claims_claim_words"


class VerificationWords(SearchDocument):  # noqa: DJ008  # nobody looks at one
    """Of a published verification: its explanation, the claim, the speaker's names."""

    row = _row_field(Verification)

    class Meta(SearchDocument.Meta):
        db_table = "claims_verification_words"


class SourceWords(SearchDocument):  # noqa: DJ008  # nobody looks at one
    """Of a source: its title, its publisher."""

    row = _row_field(Source)

    class Meta(SearchDocument.Meta):
        db_table = "claims_source_words"


class SpeakerWords(SearchDocument):  # noqa: DJ008  # nobody looks at one
    """Of a speaker: the names."""

    row = _row_field(Speaker)

    class Meta(SearchDocument.Meta):
        db_table = "claims_speaker_words"


class TopicWords(SearchDocument):  # noqa: DJ008  # nobody looks at one
    """Of a topic: its name and description."""

    row = _row_field(Topic)

    class Meta(SearchDocument.Meta):
        db_table = "claims_topic_words"
