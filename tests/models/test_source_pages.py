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
