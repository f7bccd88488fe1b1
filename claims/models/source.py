from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from claims.addresses import MAX_PAGE_KEY_LENGTH, page_key
from claims.models.base import LANGUAGE_TAG, Timestamped, any_row, choices_constraint, objects_of
from claims.models.history_cause import CausedHistory


class SourceKind(models.TextChoices):
    ARTICLE = "article", "Article"
    BROADCAST = "broadcast", "Broadcast"
    TRANSCRIPT = "transcript", "Transcript"
    PRESS_RELEASE = "press-release", "Press release"
    POST = "post", "Post"
    OTHER = "other", "Other"


class LanguageOrigin(models.TextChoices):
    """Where the language of a source is known from."""

    STATED = "stated", "Stated"  # by the publication, or by an editor
    DETECTED = "detected", "Detected in the text"


def _with_page_keys(sources: Iterable["Source"]) -> list["Source"]:
    sources = list(sources)
    for source in sources:
        source.page_key = page_key(source.url)
    return sources


class SourceQuerySet(models.QuerySet["Source"]):
    def current(self) -> Self:
        """Sources that have not been merged into another."""
        return self.filter(merged_into=None)

    def released(self, at: datetime | Combinable | None = None) -> Self:
        """Sources with at least one released quote, and those that a released verification cites, now or at `at`."""
        # A subquery instead of a join: SQLite would join the snapshots last and read all quotes for each source.
        snapshots = objects_of("Snapshot").filter(source=models.OuterRef(models.OuterRef("pk")))
        quoted = objects_of("Quote").released(at=at).filter(snapshot__in=snapshots.values("pk"))
        verification = objects_of("Verification").released(at=at).filter(pk=models.OuterRef("verification"))
        cited = objects_of("Evidence").filter(models.Exists(verification), source=models.OuterRef("pk"))
        return self.filter(any_row(quoted, cited))

    def at_page(self, url: str) -> Self:
        """The source at the page with this address, however it is written; there is at most one."""
        key = page_key(url)
        return self.current().filter(page_key=key) if key else self.current().filter(url=url).exclude(url="")

    def bulk_create(self, objs: Iterable["Source"], *args: Any, **kwargs: Any) -> list["Source"]:
        """Stores the keys of the pages, too, as `save()` does."""
        return super().bulk_create(_with_page_keys(objs), *args, **kwargs)

    def bulk_update(self, objs: Iterable["Source"], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """Stores the keys of the pages with their URLs, as `save()` does."""
        fields = list(fields)
        if "url" in fields:
            objs, fields = _with_page_keys(objs), [*fields, "page_key"]
        return super().bulk_update(objs, fields, *args, **kwargs)

    def quoted_in_claim(self, claim_id: int) -> Self:
        """Sources of the claim's quotes."""
        return self.filter(pk__in=objects_of("Quote").filter(claim=claim_id).values("snapshot__source"))


class Source(Timestamped):
    """A publication: an article, a broadcast, a transcript. Its snapshots hold the text.

    `published_on` is a date without a time, because that is what publications state; `published_at` is the moment,
    where one is stated. `suggested_published_on` is a guess that an editor may confirm. `warnings` are those of the
    reader of its newest text, for editors: a list of objects with `code` and `message`. `language` and
    `translated_from` are BCP 47 tags; `translator` is the person or the software that translated. `language_origin`
    is empty while the language is unknown. `detected_language` is what the first text is in, whatever is stated;
    empty if uncertain.

    `url` is the link for readers; `given_url` is the address that the article was given by, where that is another.
    `page_key` is what all addresses of the page have in common; it is stored with `url`. A source with `merged_into` is
    a redirect to the other source: the two were stored before one page was one source. No quote refers to its
    snapshots, and no evidence to it.
    """

    publisher = models.CharField(max_length=200, blank=True, db_index=True)
    title = models.CharField(max_length=500, blank=True)
    authors = models.CharField(max_length=500, blank=True, help_text="Names, separated by semicolons.")
    url = models.URLField("URL", max_length=2000, blank=True)
    given_url = models.CharField("URL as given", max_length=2000, blank=True, editable=False)
    page_key = models.CharField(max_length=MAX_PAGE_KEY_LENGTH, blank=True, db_index=True, editable=False)
    kind = models.CharField(max_length=20, choices=SourceKind, default=SourceKind.ARTICLE)
    published_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    suggested_published_on = models.DateField(null=True, blank=True, editable=False)
    language = models.CharField(max_length=35, blank=True, validators=[LANGUAGE_TAG])
    language_origin = models.CharField(max_length=10, choices=LanguageOrigin, blank=True, editable=False)
    detected_language = models.CharField(max_length=35, blank=True, editable=False)
    translated_from = models.CharField(max_length=35, blank=True, validators=[LANGUAGE_TAG])
    translator = models.CharField(max_length=200, blank=True)
    warnings = models.JSONField(default=list, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    history = CausedHistory(excluded_fields=["page_key", "suggested_published_on", "warnings"])
    objects: ClassVar = SourceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="source_newest_first"),
            models.Index(fields=["published_on"], name="source_by_date"),
            models.Index(fields=["language"], name="source_by_language"),  # for the list of languages
            models.Index(fields=["translated_from"], name="source_by_original_language"),  # likewise
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["url"], condition=~Q(url="") & Q(merged_into=None), name="source_url_is_unique"
            ),
            models.UniqueConstraint(
                fields=["page_key"], condition=~Q(page_key="") & Q(merged_into=None), name="source_page_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="source_is_not_merged_into_itself"
            ),
            choices_constraint("source_kind_is_known", "kind", SourceKind),
            models.CheckConstraint(
                condition=Q(language_origin="") | Q(language_origin__in=LanguageOrigin.values),
                name="source_language_origin_is_known",
            ),
            models.CheckConstraint(
                condition=Q(translated_from="") | ~Q(translated_from=F("language")),
                name="source_is_not_translated_from_its_own_language",
            ),
        ]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.page_key = page_key(self.url)
        if update_fields is not None and "url" in update_fields:
            update_fields = {*update_fields, "page_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Validates that of the page with the URL, which it follows from."""
        if exclude and "url" not in exclude:
            self.page_key = page_key(self.url)
            exclude = set(exclude) - {"page_key", "merged_into"}
        super().validate_constraints(exclude=set(exclude or ()))

    def __str__(self) -> str:
        return self.title or f"{self.publisher or 'Untitled source'} ({self.published_on or 'undated'})"

    @property
    def warning_messages(self) -> list[str]:
        """The warnings of the reader of its newest text, as sentences for editors."""
        return [str(warning["message"]) for warning in self.warnings]
