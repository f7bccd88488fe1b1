"""Counts failed attempts to sign in, for django-axes."""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.db.models import Sum
from django.http import HttpRequest

NAMES_FACTOR = 5  # an address may fail so many times as often with many names as with one


class SignInFailures(AxesDatabaseHandler):  # type: ignore[misc]  # it has no types
    """Counts by name and address, so that nobody locks out an editor from elsewhere; by address over all names, too.

    The latter ends the trying of one password with many names. An office behind one address has more attempts then.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        recent = AccessAttempt.objects.filter(
            ip_address=request.axes_ip_address,  # type: ignore[attr-defined]  # set by django-axes
            attempt_time__gte=get_cool_off_threshold(request),
        )
        of_address: int = recent.aggregate(total=Sum("failures_since_start", default=0))["total"]
        of_name: int = super().get_failures(request, credentials)
        return max(of_name, of_address // NAMES_FACTOR)
