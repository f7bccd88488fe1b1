from tests.articles.fetching.loopback_site import site

__all__ = ["site"]
