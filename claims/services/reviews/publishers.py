"""Whose a fact-check is: told by the host of its address, as the names in a file may claim anything."""

from django.conf import settings

from claims.articles.reviews import Review


def is_own(review: Review) -> bool:
    """Whether a site of FACTBASE_OWN_SITES published it; `.example.org` includes the sites below it."""
    host = review.host.removeprefix("www.")
    for site in settings.FACTBASE_OWN_SITES:
        name = site.lower().removeprefix(".").removeprefix("www.")
        if host == name or (site.startswith(".") and host.endswith(f".{name}")):
            return True
    return False


def is_of_this_database(review: Review) -> bool:
    """Whether its address is a page of this very site, which shows the verdict that it is about."""
    base = settings.FACTBASE_BASE_URL
    return review.review_url == base or review.review_url.startswith(f"{base}/")
