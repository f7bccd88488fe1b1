"""Cached URLs of admin pages. A changelist links to about a hundred of them."""

from functools import lru_cache

from django.db.models import Model
from django.urls import get_script_prefix, get_urlconf, reverse


def cached_reverse(name: str) -> str:
    """The URL of the page with this name (`admin:…`)."""
    return _cached_reverse(name, get_urlconf(), get_script_prefix())


def change_url_parts(model: type[Model]) -> tuple[str, str]:
    """The parts of an object's change URL before and after its primary key."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    before, _, after = _cached_reverse(name, get_urlconf(), get_script_prefix(), "0").rpartition("/0/")
    return f"{before}/", f"/{after}"


@lru_cache(maxsize=500)  # the arguments are everything that a URL depends on
def _cached_reverse(name: str, urlconf: str | None, prefix: str, *args: str) -> str:
    return reverse(name, urlconf=urlconf, args=args)
