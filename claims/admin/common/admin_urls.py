"""Addresses of the admin's pages, each looked up once: a list names some hundred of them."""

from functools import lru_cache

from django.db.models import Model
from django.urls import get_script_prefix, get_urlconf, reverse


def cached_reverse(name: str) -> str:
    """The address of the page with this name (`admin:…`)."""
    return _cached_reverse(name, get_urlconf(), get_script_prefix())


def change_url_parts(model: type[Model]) -> tuple[str, str]:
    """What the address of a row's own page has before and after the row's key."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"  # public by its docs
    before, _, after = _cached_reverse(name, get_urlconf(), get_script_prefix(), "0").rpartition("/0/")
    return f"{before}/", f"/{after}"


@lru_cache(maxsize=500)
def _cached_reverse(name: str, urlconf: str | None, prefix: str, *args: str) -> str:
    # All that the answer depends on is asked for.
    return reverse(name, urlconf=urlconf, args=args)
