"""What clients owe for their requests, over all processes and machines: the shared part of the rate limits.

On PostgreSQL alone. On SQLite a site is on one machine, and a reader must not wait for those who write.
"""

import logging

from django import db
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims.models import RequestDebt

# By the database's clock: those of the machines may differ.
_ADD_SQL = (
    "INSERT INTO claims_requestdebt AS debt (client, paid_off_at)"
    " VALUES (%(client)s, clock_timestamp() + make_interval(secs => %(seconds)s))"
    " ON CONFLICT (client) DO UPDATE SET"
    " paid_off_at = greatest(debt.paid_off_at, clock_timestamp()) + make_interval(secs => %(seconds)s)"
    " RETURNING extract(epoch FROM paid_off_at - clock_timestamp())"
)

logger = logging.getLogger("claims.rate_limits")


def add_debt(client: str, seconds: float) -> float | None:
    """Adds so many seconds to what a client owes. Returns how many it owes then; None if they are not shared."""
    if connection.vendor != "postgresql":
        return None
    digest = salted_hmac("claims.request_debts", client, algorithm="sha256").hexdigest()[:32]
    try:
        with connection.cursor() as cursor:
            cursor.execute(_ADD_SQL, {"client": digest, "seconds": seconds})
            return float(cursor.fetchone()[0])
    except db.OperationalError as error:  # the process goes on with what it has counted itself
        logger.warning("rate limits are not shared: %s", str(error).partition("\n")[0])
        return None


def forget_paid_off() -> None:
    RequestDebt.objects.filter(paid_off_at__lt=timezone.now()).delete()
