from typing import ClassVar

from django.db import models


class CacheEntry(models.Model):
    """A value that all processes share until it expires (see `claims.services.shared_cache`).

    The key is a keyed hash: addresses of clients are not stored.
    """

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return self.key
