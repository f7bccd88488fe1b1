"""The page of a source says when its article was read again, and whether it is still there."""

from django.test import Client
from django.utils import timezone

from claims.models import Watch
from tests import factories as make
from tests.admin.admin_client import admin_url


def source_page(client: Client, **fields: object) -> str:
    snapshot = make.SnapshotFactory()
    Watch.objects.create(source=snapshot.source, **fields)
    return client.get(admin_url("change", snapshot.source)).content.decode()


def test_a_page_that_is_gone_is_a_warning(client: Client) -> None:
    now = timezone.now()
    page = source_page(client, checks=1, last_checked_at=now, gone_at=now, reason="the site has no such page (404)")
    assert "The page is no longer there" in page
    assert "the site has no such page (404)" in page
    assert "It is not read again." in page


def test_a_page_that_is_there_is_none(client: Client) -> None:
    page = source_page(client, next_check_at=timezone.now())
    assert "no longer there" not in page
    assert "Next time" in page
