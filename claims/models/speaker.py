"""Speaker: who said something."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from claims.models.base import Timestamped, choices_constraint


class SpeakerKind(models.TextChoices):
    """What the speaker is."""

    PERSON = "person", "Person"
    ORGANIZATION = "organization", "Organization"
    GROUP = "group", "Group"
    UNNAMED = "unnamed", "Unnamed source"


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """Speakers, by what readers may see of them."""

    def current(self) -> "SpeakerQuerySet":
        """Speakers that have not been merged into another."""
        return self.filter(merged_into=None)

    def released(self) -> "SpeakerQuerySet":
        """Current speakers of at least one released quote or claim."""
        return self.current().that_say_something_released()

    def released_to_walk(self) -> "SpeakerQuerySet":
        """The same, said so that SQLite goes through them in an order that is kept: see `QuoteQuerySet`."""
        return self.exclude(merged_into__isnull=False).that_say_something_released()

    def that_say_something_released(self) -> "SpeakerQuerySet":
        """Speakers of at least one released quote or claim."""
        from claims.models.claim import Claim  # noqa: PLC0415  # its module imports this one
        from claims.models.quote import Quote  # noqa: PLC0415  # as above

        said = Quote.objects.released().filter(speaker=models.OuterRef("pk"))
        claimed = Claim.objects.released().filter(speaker=models.OuterRef("pk"))
        return self.filter(Q(models.Exists(said)) | Q(models.Exists(claimed)))


class Speaker(Timestamped):
    """A person, an organization, a group or an unnamed source.

    `merged_into` makes this row a redirect: the other row speaks for both, and nothing refers to this one any more.
    """

    kind = models.CharField(max_length=20, choices=SpeakerKind, default=SpeakerKind.PERSON)
    name = models.CharField(max_length=200, db_index=True)
    description = models.TextField(blank=True)
    wikidata_id = models.CharField(
        "Wikidata id",
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^Q[1-9][0-9]*$", "A Wikidata id looks like Q42.")],
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    history = HistoricalRecords()
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
