"""The queue's length, for the sidebar."""

from django.http import HttpRequest

from claims.models import Quote

MOST = 999  # counted no further: the number is on every page


def waiting(request: HttpRequest) -> str:
    """How many quotes wait for an editor."""
    count = len(Quote.objects.pending().order_by().values_list("pk", flat=True)[: MOST + 1])
    return f"{MOST}+" if count > MOST else str(count)
