"""Source: a publication."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from claims.models.base import LANGUAGE_TAG, Timestamped, choices_constraint


class SourceKind(models.TextChoices):
    """What sort of publication it is."""

    ARTICLE = "article", "Article"
    BROADCAST = "broadcast", "Broadcast"
    TRANSCRIPT = "transcript", "Transcript"
    PRESS_RELEASE = "press-release", "Press release"
    POST = "post", "Post"
    OTHER = "other", "Other"


class SourceQuerySet(models.QuerySet["Source"]):
    """Sources, by what readers may see of them."""

    def released(self) -> "SourceQuerySet":
        """Sources with at least one released quote, and those that a released verification cites."""
        from claims.models.evidence import Evidence  # noqa: PLC0415  # its module imports this one
        from claims.models.quote import Quote  # noqa: PLC0415  # as above
        from claims.models.snapshot import Snapshot  # noqa: PLC0415  # as above
        from claims.models.verification import Verification  # noqa: PLC0415  # as above

        # Joined, the snapshots would come after the quotes' claims: SQLite would go through all quotes for each source.
        own = Snapshot.objects.filter(source=models.OuterRef(models.OuterRef("pk")))
        quoted = Quote.objects.released().filter(snapshot__in=own.values("pk"))
        verdict = Verification.objects.released().filter(pk=models.OuterRef("verification"))
        cited = Evidence.objects.filter(models.Exists(verdict), source=models.OuterRef("pk"))
        return self.filter(Q(models.Exists(quoted)) | Q(models.Exists(cited)))


class Source(Timestamped):
    """A publication: an article, a broadcast, a transcript. Its text lives in its snapshots.

    `published_on` is a day, not a moment: that is what publications state. `language` and `translated_from` are
    BCP 47 tags; `translator` names who or what translated.
    """

    publisher = models.CharField(max_length=200, blank=True, db_index=True)
    title = models.CharField(max_length=500, blank=True)
    authors = models.CharField(max_length=500, blank=True, help_text="Names, separated by semicolons.")
    url = models.URLField("URL", max_length=2000, blank=True)
    kind = models.CharField(max_length=20, choices=SourceKind, default=SourceKind.ARTICLE)
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=35, blank=True, validators=[LANGUAGE_TAG])
    translated_from = models.CharField(max_length=35, blank=True, validators=[LANGUAGE_TAG])
    translator = models.CharField(max_length=200, blank=True)

    history = HistoricalRecords()
    objects: ClassVar = SourceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="source_newest_first"),
            models.Index(fields=["language"], name="source_by_language"),  # which languages there are
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["url"], condition=~Q(url=""), name="source_url_is_unique"),
            choices_constraint("source_kind_is_known", "kind", SourceKind),
            models.CheckConstraint(
                condition=Q(translated_from="") | ~Q(translated_from=F("language")),
                name="source_is_not_translated_from_its_own_language",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.publisher or 'Untitled source'} ({self.published_on or 'undated'})"
