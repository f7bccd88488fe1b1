"""The site's own texts: defaults that are true, the operator's Markdown instead, and the scale of ratings."""

import re

import pytest
from django.test import Client, override_settings

from claims.models import Rating, SitePage, SitePageSlug
from claims.services.site.site_texts import default_text, read_site_text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("slug", SitePageSlug)
def test_every_page_has_a_default_text_in_each_language(slug: SitePageSlug, language: str) -> None:
    with override_settings(
        FACTBASE_LANGUAGE=language, FACTBASE_PUBLISHER="R&D <News>", FACTBASE_CONTACT="desk@example.org"
    ):
        text = default_text(slug)
    assert len(text) > 400
    assert not re.search(r"\{[{%]|&lt;|&amp;", text)
    assert ("desk@example.org" in text) == (slug in {SitePageSlug.ABOUT, SitePageSlug.CORRECTIONS})


@pytest.mark.parametrize("path", ["/about/", "/methodology/", "/corrections/policy/", "/data/"])
def test_pages_show_the_default_until_the_operator_writes_one(client: Client, path: str) -> None:
    slug = path.strip("/").partition("/")[0]
    default = client.get(path).content.decode()
    assert "<h2>" in default or slug in {"corrections", "data"}
    assert "Last changed" not in default
    SitePage.objects.filter(slug=slug).update(title="Of *us*", text="We are **few** & free.\n\n# Who\n\n<b>x</b>")
    html = client.get(path).content.decode()
    assert '<h1 dir="auto">Of *us*</h1>' in html
    assert "<p>We are <strong>few</strong> &amp; free.</p>\n<h2>Who</h2>\n<p>&lt;b&gt;x&lt;/b&gt;</p>" in html
    assert "Last changed on" in html


def test_a_blank_text_counts_as_none() -> None:
    SitePage.objects.filter(slug="about").update(text=" \n")
    assert read_site_text(SitePageSlug.ABOUT).updated_at is None
    SitePage.objects.all().delete()
    assert read_site_text(SitePageSlug.ABOUT).markdown == default_text(SitePageSlug.ABOUT)


def test_methodology_lists_every_rating_from_the_best_to_the_worst(client: Client) -> None:
    Rating.objects.create(name="Half <true>", slug="half-true", value=3, explanation="Some of it.")
    html = client.get("/methodology/").content.decode()
    rows = re.findall(r'<tr id="rating-([\w-]+)">', html)
    expected = Rating.objects.order_by(*Rating._meta.ordering).values_list("slug", flat=True)
    assert rows == list(expected)
    assert "Half &lt;true&gt;" in html
    assert "Some of it." in html
    assert "3 (from 1 to 5)" in html


@pytest.mark.parametrize("path", ["/about/", "/methodology/", "/data/"])
def test_three_statements_at_most(client: Client, django_assert_max_num_queries, path: str) -> None:
    with django_assert_max_num_queries(3):
        assert client.get(path).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_changed_text_has_a_new_etag(client: Client) -> None:
    first = client.get("/about/")
    headers = {"If-None-Match": first["ETag"]}
    assert client.get("/about/", headers=headers).status_code == 304
    page = SitePage.objects.get(slug="about")
    page.text = "New."
    page.save()
    changed = client.get("/about/", headers=headers)
    assert (changed.status_code, b"<p>New.</p>" in changed.content) == (200, True)


def test_pages_set_no_cookie_and_have_no_other_address(client: Client) -> None:
    response = client.get("/about/?x=1")
    assert not response.cookies
    assert client.get("/about").status_code == 301
    assert client.post("/about/").status_code == 405


def test_links_of_the_default_texts_lead_to_pages(client: Client) -> None:
    for slug in SitePageSlug:
        for path in set(re.findall(r"\]\((/[^)]*)\)", default_text(slug))):
            assert client.get(path).status_code == 200, path
