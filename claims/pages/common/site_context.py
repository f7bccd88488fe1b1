"""What every page says of the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from claims.resources.permalinks import absolute_url

PAGE_NAMES = (
    *("claims", "quotes", "speakers", "sources", "topics", "corrections", "search", "check"),
    *("about", "methodology", "corrections-policy", "data", "feeds"),
)
SPDX_LICENCE_URL = "https://spdx.org/licenses/{}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site as its operator has named it; `contact` and `licence` are empty if not set.

    `paths` are those of the pages that others link to, by the names of their URLs, as in `corrections_policy`.
    """

    name: str
    publisher: str
    url: str
    logo_url: str
    language: str
    contact: str
    licence: str
    licence_url: str
    paths: Mapping[str, str]


def current_site() -> Site:
    licence = settings.FACTBASE_DATA_LICENCE
    is_url = licence.startswith(("http://", "https://"))
    return Site(
        name=settings.FACTBASE_SITE_NAME,
        publisher=settings.FACTBASE_PUBLISHER,
        url=absolute_url("home"),
        logo_url=static(settings.FACTBASE_LOGO),
        language=settings.FACTBASE_LANGUAGE,
        contact=settings.FACTBASE_CONTACT,
        licence=licence,
        licence_url=licence if is_url else SPDX_LICENCE_URL.format(licence) if licence else "",
        paths=_paths(),
    )


@cache  # URLs do not change, and `{% url %}` for each would take a good part of a page's time
def _paths() -> Mapping[str, str]:
    return {"home": reverse("home"), "api_docs": reverse("api-docs")} | {
        name.replace("-", "_"): reverse(f"page-{name}") for name in PAGE_NAMES
    }


def site(_: HttpRequest) -> dict[str, object]:
    """The template context of every page."""
    return {"site": SimpleLazyObject(current_site)}
