"""Fact-checks to import."""

import json
from typing import Any

from django.contrib.auth.models import Permission, User

from claims.models import Rating
from claims.services.reviews.outcomes import ReviewPlan
from claims.services.reviews.rating_mappings import map_rating
from claims.services.reviews.review_files import read_review_file
from claims.services.reviews.review_import import import_reviews
from tests import factories as make

OWN_SITE, OTHER_SITE = "checks.example.org", "fakty.example.net"


def review_node(claim: str = "Rivers rose.", *, site: str = OTHER_SITE, rating: str = "False", **fields: Any) -> Any:
    node = {
        "@type": "ClaimReview",
        "url": f"https://{site}/rivers",
        "claimReviewed": claim,
        "datePublished": "2024-03-05",
        "author": {"@type": "Organization", "name": "Checks" if site == OWN_SITE else "Fakty"},
        "reviewRating": {"alternateName": rating},
        "reviewBody": "Two gauges show it.",
        "itemReviewed": {"author": {"@type": "Person", "name": "Achieng Otieno"}, "datePublished": "2024-03-01"},
    }
    return node | fields


def own_review_node(claim: str = "Rivers rose.", **fields: Any) -> Any:
    return review_node(claim, site=OWN_SITE, **fields)


def make_importer() -> User:
    editor = make.UserFactory()
    editor.user_permissions.add(Permission.objects.get(codename="import_externalreview"))
    return editor


def run_import(*nodes: object, editor: User | None = None) -> ReviewPlan:
    entries = read_review_file(json.dumps(nodes).encode(), clean_cell=str)
    return import_reviews(entries=entries, editor=editor)


def map_false(words: str = "False", slug: str = "false", *, editor: User) -> None:
    map_rating(publisher="Checks", words=words, rating=Rating.objects.get(slug=slug), editor=editor)
