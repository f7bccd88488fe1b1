from typing import ClassVar

from django.db import models


class RequestDebt(models.Model):
    """When all requests of a client are paid off, over all processes (see `claims.http.rate_limit`).

    The client is a keyed hash: addresses of readers are not stored.
    """

    client = models.CharField(max_length=32, unique=True)
    paid_off_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return self.client
