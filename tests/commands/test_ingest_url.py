"""`ingest` with the addresses of pages."""

import re
from pathlib import Path

import pytest
from pytest_django import Settings

from claims.models import Delivery, Quote, Source
from tests.articles.fetching.loopback_site import LoopbackSite
from tests.commands.shell import Shell
from tests.sample_articles import RIVERS_TEXT
from tests.services.ingestion import rivers_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def _loopback_is_fetched(settings: Settings) -> None:
    settings.FACTBASE_FETCH_PRIVATE = True
    settings.FACTBASE_FETCH_DELAY = 0


@pytest.mark.usefixtures("_loopback_is_fetched")
def test_a_page_is_fetched_from_its_address(shell: Shell, site: LoopbackSite) -> None:
    site.pages["/rivers"] = rivers_page.body(url="")
    ran = shell("ingest", site.url("/rivers"), "--publisher", "Coast Herald")
    source = Source.objects.get()
    warning = f"warning    {site.url('/rivers')}: The text is very short: it may not be the whole article.\n"
    assert (ran.status, ran.err) == (0, warning)
    assert ran.out.splitlines() == [
        f"new        {site.url('/rivers')}: 3 quotes (source {source.pk})",
        "Articles: 1 new. New quotes to review: 3.",
    ]
    assert (source.url, source.publisher) == (site.url("/rivers"), "Coast Herald")
    assert source.snapshots.get().raw.body == site.pages["/rivers"]
    assert "unchanged" in shell("ingest", site.url("/rivers")).out
    site.pages["/rivers"] = rivers_page.body("Changed.\n\n" + RIVERS_TEXT, url="")
    assert "changed    " in shell("ingest", site.url("/rivers")).out
    assert (Source.objects.count(), Quote.objects.count()) == (1, 3)


@pytest.mark.usefixtures("_loopback_is_fetched")
def test_pages_that_cannot_be_read_are_named(shell: Shell, site: LoopbackSite, tmp_path: Path) -> None:
    rivers = tmp_path / "rivers.txt"
    rivers.write_text(RIVERS_TEXT)
    site.pages["/busy"] = lambda exchange: exchange.send(503, Retry_After="120")
    ran = shell("ingest", site.url("/gone"), site.url("/busy"), str(rivers), "https://user:secret@example.org/")
    assert ran.status == 1
    assert "Articles: 1 new, 1 put off, 2 refused." in ran.out
    assert re.search(rf"waiting    {site.url('/busy')}: .+; next attempt at ", ran.err)
    assert re.search(rf"refused    {site.url('/gone')}: ", ran.err)
    assert "1 of 4 inputs put off: a worker tries them again." in ran.err
    assert Delivery.objects.open().get().url == site.url("/busy")


def test_private_addresses_are_not_fetched(shell: Shell, site: LoopbackSite) -> None:
    ran = shell("ingest", site.url("/"))
    assert ran.status == 1
    assert "private network" in ran.err
    assert site.requests == []


def test_the_address_of_a_page_is_its_own(shell: Shell) -> None:
    ran = shell("ingest", "https://example.org/1", "--url", "https://example.org/2")
    assert ran.status == 1
    assert "--url cannot be given" in ran.err
