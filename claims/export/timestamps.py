"""Timestamps in public formats."""

import datetime as dt


def format_timestamp(moment: dt.datetime) -> str:
    """Formats as ISO 8601 in UTC with a `Z`, as `claims.resources.sql.expressions.ISODateTime` does in SQL."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
