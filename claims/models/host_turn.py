from typing import ClassVar

from django.db import models
from django.utils import timezone


class HostTurn(models.Model):
    """When the next request to a host may be made, by whichever process.

    The host is asked by one process at a time, which holds it until `leased_until`, and left alone until `paused_until`
    after that.
    """

    host = models.CharField(max_length=270, unique=True)  # with its port, unless that is the default
    leased_until = models.DateTimeField(default=timezone.now)
    paused_until = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return self.host
