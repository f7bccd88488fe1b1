"""A source is one page: whatever address of it is stored, and by which way."""

import pytest

from claims.models import Source
from claims.services.ingestion.ingest import ingest
from claims.services.sources.descriptions import update_description
from tests import factories as f
from tests.sample_articles import make_article

pytestmark = pytest.mark.django_db


def test_a_source_has_the_key_of_its_url_after_every_save():
    source = f.SourceFactory(url="https://www.example.org/a/")
    assert Source.objects.get().page_key == "org,example)/a"
    source.url = "https://example.org/b"
    source.save(update_fields=["url"])
    assert Source.objects.get().page_key == "org,example)/b"
    source.url = ""
    source.save()
    assert Source.objects.get().page_key == ""


def test_a_source_of_a_service_has_the_key_of_its_url():
    source = ingest(article=make_article(url="https://www.example.org/a/")).source
    assert Source.objects.get().page_key == "org,example)/a"
    source.url = "https://example.org/b"
    update_description(row=source, fields=["url"], editor=f.UserFactory())
    assert Source.objects.get().page_key == "org,example)/b"


@pytest.mark.parametrize("url", ["http://example.org/a/", "https://www.example.org/a?utm_source=x#top"])
def test_another_address_of_a_page_is_the_same_source(url):
    first = ingest(article=make_article(url="https://example.org/a"))
    again = ingest(article=make_article(url=url))
    assert (again.outcome, again.source, Source.objects.count()) == ("unchanged", first.source, 1)
    changed = ingest(article=make_article("Rivers fell.", url=url))
    assert (changed.outcome, changed.source, Source.objects.get().url) == (
        "changed",
        first.source,
        "https://example.org/a",
    )


def test_articles_without_a_url_and_with_one_that_has_no_key_stay_apart():
    for url in ("", "https://localhost/a", "https://localhost/b"):
        ingest(article=make_article(f"Rivers rose at “{url}”.", url=url))
    assert Source.objects.count() == 3


def test_the_address_as_given_is_kept_beside():
    archived = "https://web.archive.org/web/20260302100000/https://example.org/a"
    source = ingest(article=make_article(url=archived)).source
    assert (source.url, source.given_url) == ("https://example.org/a", archived)


def test_a_merged_source_keeps_its_page_for_the_other_one():
    kept = f.SourceFactory(url="https://example.org/a")
    f.SourceFactory(url="http://example.org/a", merged_into=kept)
    assert Source.objects.at_page("example.org/a").get() == kept
