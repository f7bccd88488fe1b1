"""The lists that views are kept of: which there are, what each can be asked for, and the address of a kept one.

What comes from outside (a query string, what is stored) is never an address: parameters that the list knows are picked
out of it, and the address is made anew.
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
from claims.services.errors import RefusedError

MAX_PARAMETERS = 50
APP_LABEL = "claims"
EXCLUDED_MODELS = frozenset({"claims.savedview"})

QueryPairs = list[tuple[str, str]]


def get_saveable_lists() -> dict[str, Any]:
    """The editors' lists by their model (`claims.quote`)."""
    return {
        model._meta.label_lower: of  # public by its docs
        for model, of in admin.site._registry.items()  # noqa: SLF001  # `AdminSite` has no other way to ask
        if model._meta.app_label == APP_LABEL and model._meta.label_lower not in EXCLUDED_MODELS  # as above
    }


def is_list_parameter(model_admin: Any, request: HttpRequest, name: str) -> bool:
    """Whether the list can be asked for this parameter: its search, its order, or one of its filters."""
    if name in {SEARCH_VAR, ORDER_VAR}:
        return True
    for each in model_admin.get_list_filter(request):
        field = each if isinstance(each, str) else each[0] if isinstance(each, tuple) else None
        if field is None:
            if name == each.parameter_name:
                return True
        elif name.startswith(f"{field}__"):
            return True
    return False


def validate_list_query(model_admin: Any, request: HttpRequest, query: str) -> QueryPairs:
    """What of a query string the list knows. Raises RefusedError for one that the list cannot be asked for."""
    try:
        asked = parse_qsl(query, max_num_fields=MAX_PARAMETERS)
    except ValueError as error:
        raise RefusedError("This list is asked for too many things at once: it cannot be kept.") from error
    kept = [(name, value) for name, value in asked if is_list_parameter(model_admin, request, name)]
    looking = copy.copy(request)
    looking.method, looking.GET = "GET", QueryDict(urlencode(kept))
    try:
        with transaction.atomic():
            model_admin.get_changelist_instance(looking)
    except (
        *(IncorrectLookupParameters, SuspiciousOperation, ValidationError),
        *(OverflowError, ValueError, DataError),
    ) as error:
        raise RefusedError("The list cannot be filtered so: nothing was kept.") from error
    return kept


def saved_list_url(listing: str, query: Iterable[Any]) -> str | None:
    """Where the list is, so filtered; None if there is no such list any more."""
    if listing not in get_saveable_lists():
        return None
    place = cached_reverse(f"admin:{listing.replace('.', '_')}_changelist")
    asked = clean_pairs(query)
    return f"{place}?{urlencode(asked)}" if asked else place


def clean_pairs(query: Iterable[Any]) -> QueryPairs:
    """Names and values; what is stored as anything else is left out."""
    return [(str(pair[0]), str(pair[1])) for pair in query if isinstance(pair, list | tuple) and len(pair) == 2]


def list_title(listing: str) -> str:
    """What the list holds, in the editors' words."""
    of = get_saveable_lists().get(listing)
    return str(of.opts.verbose_name_plural).capitalize() if of else listing
