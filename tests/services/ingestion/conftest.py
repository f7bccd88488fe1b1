from tests.articles.fetching.loopback_site import loopback_allowed, site

__all__ = ["loopback_allowed", "site"]
