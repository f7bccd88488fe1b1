"""Who may, and which row: what every address of the screen asks first."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from claims.models import Quote, Snapshot
from claims.search.parameter_values import MAX_ID

VIEW_QUOTE, DECIDE_QUOTE, ADD_QUOTE = "claims.view_quote", "claims.decide_quote", "claims.add_quote"


def require_permission(request: HttpRequest, permission: str) -> None:
    """Raises PermissionDenied for who has not this permission."""
    if not request.user.has_perm(permission):
        raise PermissionDenied


def id_or_404(pk: int) -> int:
    """The number of a row in an address; Http404 for one that no row can have."""
    if not 1 <= pk <= MAX_ID:
        raise Http404
    return pk


def get_quote_or_404(pk: int) -> Quote:
    """The quote of an address. Raises Http404."""
    quote = Quote.objects.filter(pk=id_or_404(pk)).first()
    if quote is None:
        raise Http404
    return quote


def get_snapshot_or_404(pk: int) -> Snapshot:
    """The text of an address. Raises Http404."""
    snapshot = Snapshot.objects.filter(pk=id_or_404(pk)).first()
    if snapshot is None:
        raise Http404
    return snapshot
