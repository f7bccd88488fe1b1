"""Snapshot: the immutable text of a source at one moment."""

import hashlib
from bisect import bisect_right
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.raw_content import RawContent
from claims.models.source import Source


class Snapshot(models.Model):
    """The text of a source as it was read at one moment, and its SHA-256 (of the text in UTF-8, lowercase hex).

    The trigger `snapshot_is_immutable` refuses any change of `text`, `sha256` or `source`: a changed article gets a
    second snapshot. Foreign keys protect a snapshot that has quotes or anchors from deletion, and the admin deletes
    none. `raw` is what the text was read from, where it was kept. `positions` are pairs of an offset and a label, such
    as `p. 3` or `00:12:31`, for the part of the text up to the next: where it stands in a PDF or a recording.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    text = models.TextField(editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False, db_index=True)
    retrieved_at = models.DateTimeField(default=timezone.now, editable=False)
    reader = models.CharField(max_length=50, editable=False, help_text="What turned the input into this text.")
    reader_version = models.CharField(max_length=50, editable=False)
    raw = models.ForeignKey(
        RawContent, on_delete=models.PROTECT, null=True, blank=True, related_name="snapshots", editable=False
    )

    positions = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["source_id", "retrieved_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "sha256"], name="snapshot_is_unique_per_source_and_sha256"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="snapshot_sha256_is_lowercase_hex"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="snapshot_text_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.retrieved_at:%Y-%m-%d %H:%M} ({self.sha256[:12]})"

    def position_at(self, offset: int) -> str:
        """Where a character of the text stands in the PDF or the recording; empty for other sources."""
        following = bisect_right(self.positions, offset, key=lambda position: int(position[0]))
        return str(self.positions[following - 1][1]) if following else ""

    @staticmethod
    def digest(text: str) -> str:
        """Returns the SHA-256 of a text in the form that `sha256` stores."""
        return hashlib.sha256(text.encode()).hexdigest()
