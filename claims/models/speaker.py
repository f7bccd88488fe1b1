"""Speaker: a person, organization or group that is quoted."""

from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from claims.models.base import Timestamped, any_row, choices_constraint, objects_of
from claims.models.history_cause import CausedHistory


class SpeakerKind(models.TextChoices):
    PERSON = "person", "Person"
    ORGANIZATION = "organization", "Organization"
    GROUP = "group", "Group"
    UNNAMED = "unnamed", "Unnamed source"


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def current(self) -> Self:
        """Speakers that have not been merged into another."""
        return self.filter(merged_into=None)

    def released(self) -> Self:
        """Current speakers of at least one released quote or claim."""
        return self.current().with_released_statements()

    def released_in_index_order(self) -> Self:
        """The same rows as `released()`, phrased for paging on SQLite: see `QuoteQuerySet.released_in_index_order`."""
        return self.exclude(merged_into__isnull=False).with_released_statements()

    def with_released_statements(self) -> Self:
        """Speakers of at least one released quote or claim."""
        quotes = objects_of("Quote").released().filter(speaker=models.OuterRef("pk"))
        claims = objects_of("Claim").released().filter(speaker=models.OuterRef("pk"))
        return self.filter(any_row(quotes, claims))


class Speaker(Timestamped):
    """A person, an organization, a group or an unnamed source.

    A speaker with `merged_into` is a redirect to the other speaker; no other row refers to it.
    """

    kind = models.CharField(max_length=20, choices=SpeakerKind, default=SpeakerKind.PERSON)
    name = models.CharField(max_length=200, db_index=True)
    description = models.TextField(blank=True)
    wikidata_id = models.CharField(
        "Wikidata id",
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^Q[1-9][0-9]*$", "Enter a Wikidata id such as Q42.")],
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    history = CausedHistory()
    objects: ClassVar = SpeakerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        permissions: ClassVar = [("merge_speaker", "Can merge speakers, and part them again")]
        indexes: ClassVar = [models.Index(fields=["name", "id"], name="speaker_by_name")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wikidata_id"], condition=~Q(wikidata_id=""), name="speaker_wikidata_id_is_unique"
            ),
            choices_constraint("speaker_kind_is_known", "kind", SpeakerKind),
            models.CheckConstraint(condition=~Q(name=""), name="speaker_name_is_not_empty"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="speaker_is_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name
