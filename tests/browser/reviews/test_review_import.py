"""Importing fact-checks: the dry run, the ratings that a person chooses, and where readers see those of others."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from claims.models import ExternalReview, Verification
from claims.resources.permalinks import page_path
from claims.services.reviews.external_reviews import link_review
from tests import factories as make
from tests.browser.accessibility import accessibility_violations
from tests.browser.screens import on_every_screen, page_width
from tests.services.reviews.review_data import OWN_SITE, own_review_node, review_node

NODES = [own_review_node(rating="Pants on fire"), review_node(), review_node(url="javascript:alert(1)")]


@on_every_screen
def test_dry_run_ratings_and_import(login: Callable[[], Page], width: int, scheme: Any, settings: Any) -> None:
    settings.FACTBASE_OWN_SITES = [OWN_SITE]
    claim = make.QuoteFactory(accepted=True, claim__released=True).claim
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768})
    page.goto("/admin/claims/externalreview/import/")
    assert accessibility_violations(page) == []
    page.get_by_label("File").set_input_files(
        {"name": "reviews.json", "mimeType": "application/json", "buffer": json.dumps(NODES).encode()}
    )
    page.get_by_role("button", name="Dry run").click()
    expect(page.get_by_text("Dry run of “reviews.json”: 1 new, 1 waiting, 1 rejected")).to_be_visible()
    assert accessibility_violations(page) == []
    assert page_width(page) <= width
    page.get_by_label("Rating here for Pants on fire").select_option(label="False")
    page.get_by_role("button", name="Save ratings and repeat the dry run").click()
    expect(page.get_by_text("Dry run of “reviews.json”: 2 new, 1 rejected")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("“reviews.json” imported: 2 new, 1 rejected.")).to_be_visible()
    assert Verification.objects.get().is_imported

    link_review(review=ExternalReview.objects.get(), claim=claim, editor=make.UserFactory())
    page.goto(page_path("claims", claim.pk, claim.text))
    expect(page.get_by_role("heading", name="Checked by others")).to_be_visible()
    assert accessibility_violations(page) == []
    assert page_width(page) <= width
