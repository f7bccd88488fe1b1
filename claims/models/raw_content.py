"""RawContent: bytes as they were received, before anything was read from them."""

import hashlib
import zlib
from typing import ClassVar, Protocol

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Content(Protocol):
    """Bytes and their media type, such as `claims.articles.RawContent`."""

    @property
    def body(self) -> bytes: ...

    @property
    def media_type(self) -> str: ...


class RawContent(models.Model):
    """Bytes of a page or a file, and the media type that they were received with, parameters included.

    `sha256` (lowercase hex) and `size` (bytes) are those of `body`; the database holds it compressed.
    """

    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    media_type = models.CharField(max_length=200, blank=True, editable=False)
    compressed = models.BinaryField(editable=False)
    size = models.PositiveIntegerField(editable=False)
    stored_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions: ClassVar = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256", "media_type"], name="raw_content_is_stored_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="raw_content_sha256_is_lowercase_hex"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.media_type or 'unknown type'}, {self.size:,} bytes ({self.sha256[:12]})"

    @classmethod
    def of(cls, content: Content) -> "RawContent":
        """Returns an unsaved row. Compressing takes a moment, so call it before the transaction."""
        return cls(
            sha256=hashlib.sha256(content.body).hexdigest(),
            media_type=content.media_type,
            compressed=zlib.compress(content.body),
            size=len(content.body),
        )

    def get_or_save(self) -> "RawContent":
        """Returns the stored row with these bytes, locked until the transaction ends so that nobody erases it.

        It is this one if there was none.
        """
        columns = {"compressed": self.compressed, "size": self.size}
        rows = type(self).objects.select_for_update(no_key=True).defer("compressed")
        stored, _ = rows.get_or_create(sha256=self.sha256, media_type=self.media_type, defaults=columns)
        return stored

    @property
    def body(self) -> bytes:
        return zlib.decompress(self.compressed)
