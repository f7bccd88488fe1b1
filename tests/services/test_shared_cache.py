"""The cache that all processes share: values, expiry, and one winner of those who add at once."""

import pytest
from django.core.cache import cache
from django.db.models.functions import Now

from claims.models import CacheEntry
from claims.services.shared_cache import SharedCache, delete_expired_entries
from tests.concurrency import run_concurrently

pytestmark = pytest.mark.django_db


def test_values_are_kept_until_they_expire() -> None:
    cache.set("hits of 192.0.2.7", [2.5, 1.0], 60)
    cache.set("for good", {"a": True}, None)
    assert SharedCache("", {}).get("hits of 192.0.2.7") == [2.5, 1.0]
    assert not cache.add("hits of 192.0.2.7", [])
    CacheEntry.objects.filter(expires_at__year__lt=9999).update(expires_at=Now())
    assert cache.get("hits of 192.0.2.7", "none") == "none"
    assert cache.add("hits of 192.0.2.7", [3.0], 60)
    assert cache.get("hits of 192.0.2.7") == [3.0]
    assert cache.get("for good") == {"a": True}
    assert not CacheEntry.objects.filter(key__contains="192").exists(), "addresses are not stored"


def test_entries_are_deleted() -> None:
    for key in "abc":
        cache.set(key, 1, 60)
    assert [cache.delete("a"), cache.delete("a")] == [True, False]
    CacheEntry.objects.filter(pk=CacheEntry.objects.first().pk).update(expires_at=Now())
    delete_expired_entries()
    assert CacheEntry.objects.count() == 1
    cache.clear()
    assert not CacheEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_of_several_processes_adds_a_key() -> None:
    added = run_concurrently(*[lambda: cache.add("code of one user", 1, 60)] * 4)
    assert sorted(added) == [False, False, False, True]
