"""Looking sources up by the address of their page, or by their site."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from claims.addresses import HOST_PATTERN, MAX_HOST_LENGTH, PAGE_URL_PATTERN, SCHEME_PATTERN, host_key, page_key
from claims.models import Source
from claims.search.parameter_values import ParameterValue

MAX_URL_LENGTH = 2000  # characters, as of the column
MAX_FETCHED_IDS = 500  # sources that are fetched first; of more, the database reads them as it goes


class PageURLValue(ParameterValue):
    """The address of a web page, with or without its scheme; its value is the page's key."""

    pattern = re.compile(PAGE_URL_PATTERN)
    expected = gettext_lazy("the address of a web page, such as https://example.org/2025/rivers")
    max_length = MAX_URL_LENGTH

    def parse(self, text: str) -> str:
        if key := page_key(text):
            return key
        raise ValueError

    def json_schema(self) -> dict[str, object]:
        return {"type": "string", "maxLength": self.max_length, "pattern": f"^{PAGE_URL_PATTERN}$"}


class SiteValue(ParameterValue):
    """The host of a site, as a name or as an address without a path; its value is the host's key."""

    pattern = re.compile(f"{SCHEME_PATTERN}{HOST_PATTERN}/?")
    expected = gettext_lazy("the host of a site, such as example.org")
    max_length = MAX_HOST_LENGTH

    def parse(self, text: str) -> str:
        return host_key(text.rstrip("/").rpartition("/")[2])

    def json_schema(self) -> dict[str, object]:
        return {"type": "string", "maxLength": self.max_length, "pattern": f"^{self.pattern.pattern}$"}


def at_page(source: str) -> Callable[[str], Q]:
    """Builds the condition that the source at this lookup is the page with a key."""
    return lambda key: _source_in(source, Source.objects.filter(page_key=key))


def on_site(source: str) -> Callable[[str], Q]:
    """Builds the condition that the source at this lookup is on a host, given by its key, or on one below it."""
    return lambda host: _source_in(source, Source.objects.filter(_begins_with_host(host)))


def _begins_with_host(host: str) -> Q:
    if connection.vendor == "postgresql":  # by the index for patterns, whatever the collation
        return Q(page_key__startswith=f"{host})") | Q(page_key__startswith=f"{host},")
    return Q(page_key__gte=f"{host})", page_key__lt=f"{host}-")  # `)` and `,` come before what hosts may contain


def _source_in(source: str, sources: QuerySet[Source]) -> Q:
    ids: Any = list(sources.order_by().values_list("pk", flat=True)[: MAX_FETCHED_IDS + 1])
    if len(ids) > MAX_FETCHED_IDS:
        ids = sources.order_by().values("pk")
    return Q(**{f"{source}__in": ids})
