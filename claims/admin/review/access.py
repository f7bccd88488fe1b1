"""Permissions of the review screen, and lookups of the quote or snapshot that a URL names."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from claims.models import Quote, Snapshot
from claims.search.parameter_values import MAX_ID

VIEW_QUOTE, DECIDE_QUOTE, ADD_QUOTE = "claims.view_quote", "claims.decide_quote", "claims.add_quote"


def require_permission(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def id_or_404(pk: int) -> int:
    """The ID, if it is within the range of the database's keys."""
    if not 1 <= pk <= MAX_ID:
        raise Http404
    return pk


def get_quote_or_404(pk: int) -> Quote:
    return get_object_or_404(Quote, pk=id_or_404(pk))


def get_snapshot_or_404(pk: int) -> Snapshot:
    return get_object_or_404(Snapshot, pk=id_or_404(pk))
