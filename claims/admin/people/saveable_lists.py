"""The changelists that views can be saved of, their valid parameters, and the URL of a saved view.

Query strings from requests and from the database are never used as they are: a URL is built only from parameters that
the changelist knows.
"""

import copy
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import DataError, transaction
from django.http import HttpRequest, QueryDict

from claims.admin.common.admin_urls import cached_reverse
from claims.admin.common.unfold_compat import ModelAdmin
from claims.services.errors import RefusedError

MAX_PARAMETERS = 50
APP_LABEL = "claims"
EXCLUDED_MODELS = frozenset({"claims.savedview"})

QueryPairs = list[tuple[str, str]]


def get_saveable_lists() -> dict[str, ModelAdmin]:
    """The admins of the changelists by model label (`claims.quote`)."""
    return {
        model._meta.label_lower: model_admin
        for model, model_admin in admin.site._registry.items()  # noqa: SLF001  # has no public equivalent
        if model._meta.app_label == APP_LABEL and model._meta.label_lower not in EXCLUDED_MODELS
    }


def is_list_parameter(model_admin: Any, request: HttpRequest, name: str) -> bool:
    """Whether this is the search, the order or a filter of the changelist."""
    if name in {SEARCH_VAR, ORDER_VAR}:
        return True
    for list_filter in model_admin.get_list_filter(request):
        if isinstance(list_filter, str | tuple):
            field = list_filter if isinstance(list_filter, str) else list_filter[0]
            if name.startswith(f"{field}__"):
                return True
        elif name == list_filter.parameter_name:
            return True
    return False


def validate_list_query(model_admin: ModelAdmin, request: HttpRequest, query: str) -> QueryPairs:
    """The known parameters of a query string. Raises RefusedError for values that the changelist does not accept."""
    try:
        pairs = parse_qsl(query, max_num_fields=MAX_PARAMETERS)
    except ValueError as error:
        raise RefusedError("Too many filters to save.") from error
    known_pairs = [(name, value) for name, value in pairs if is_list_parameter(model_admin, request, name)]
    list_request = copy.copy(request)
    list_request.method, list_request.GET = "GET", QueryDict(urlencode(known_pairs))
    try:
        with transaction.atomic():
            model_admin.get_changelist_instance(list_request)
    except (
        *(IncorrectLookupParameters, SuspiciousOperation, ValidationError),
        *(OverflowError, ValueError, DataError),
    ) as error:
        raise RefusedError("Invalid filters. The view was not saved.") from error
    return known_pairs


def saved_list_url(listing: str, query: Iterable[object]) -> str | None:
    """The URL of the changelist with these parameters, or None if the list no longer exists."""
    if listing not in get_saveable_lists():
        return None
    changelist = cached_reverse(f"admin:{listing.replace('.', '_')}_changelist")
    pairs = clean_pairs(query)
    return f"{changelist}?{urlencode(pairs)}" if pairs else changelist


def clean_pairs(query: Iterable[object]) -> QueryPairs:
    """The stored names and values, without anything that is not a pair."""
    return [(str(pair[0]), str(pair[1])) for pair in query if isinstance(pair, list | tuple) and len(pair) == 2]


def list_title(listing: str) -> str:
    model_admin = get_saveable_lists().get(listing)
    return str(model_admin.opts.verbose_name_plural).capitalize() if model_admin else listing
