"""Django's default cache: a table, so that all processes and machines count attempts to sign in together.

Values are JSON. Django's own cache in a table stores pickles: whoever could write a row could run code with it.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims.models import CacheEntry


class SharedCache(BaseCache):
    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        entry = CacheEntry.objects.filter(pk=self._digest(key, version), expires_at__gt=timezone.now()).first()
        return entry.value if entry else default

    def set(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        values = {"value": value, "expires_at": self._expiry(timeout)}
        CacheEntry.objects.update_or_create(pk=self._digest(key, version), defaults=values)

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        digest = self._digest(key, version)
        CacheEntry.objects.filter(pk=digest, expires_at__lte=timezone.now()).delete()
        try:
            with transaction.atomic():
                CacheEntry.objects.create(pk=digest, value=value, expires_at=self._expiry(timeout))
        except IntegrityError:  # another process was first
            return False
        return True

    def delete(self, key: str, version: int | None = None) -> bool:
        deleted, _ = CacheEntry.objects.filter(pk=self._digest(key, version)).delete()
        return deleted > 0

    def clear(self) -> None:
        CacheEntry.objects.all().delete()

    def _digest(self, key: str, version: int | None) -> str:
        return salted_hmac("claims.shared_cache", self.make_key(key, version), algorithm="sha256").hexdigest()

    def _expiry(self, timeout: float | None) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return datetime.max.replace(tzinfo=UTC) if seconds is None else timezone.now() + timedelta(seconds=seconds)


def delete_expired_entries() -> None:
    CacheEntry.objects.filter(expires_at__lte=timezone.now()).delete()
