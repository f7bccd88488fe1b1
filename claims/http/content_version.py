"""The version of what readers see: while it stays the same, no response to a request changes.

It is read from the database that the response is made from, and from nothing else, so it is the same in all processes
and on all machines. A replica that lags has an earlier version than the writer. It tells how far the change feed is
(`claims.services.changefeed`), which changes it has yet to process, which embargo ended last, and what became of the
texts of the site and of readers' reports.
"""

from django.utils import timezone

from claims.reading import read_connection

_VERSION_SQL = (
    "SELECT (SELECT max(changed_at) FROM claims_change), (SELECT count(*) FROM claims_touched),"
    " (SELECT max(id) FROM claims_touched), (SELECT max(released_at) FROM claims_claim WHERE released_at <= %s),"
    " (SELECT count(*) FROM claims_historicalsitepage), (SELECT max(history_id) FROM claims_historicalerrorreport)"
)


def current_version() -> str | None:
    """Returns the version as of now; None if it is unknown.

    Equal versions mean equal content; different versions may too. Within a transaction the version is unknown, as the
    transaction sees its own writes, which belong to no version yet.
    """
    connection = read_connection()
    if connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_VERSION_SQL, [connection.ops.adapt_datetimefield_value(timezone.now())])
        return " ".join(map(str, cursor.fetchone()))
