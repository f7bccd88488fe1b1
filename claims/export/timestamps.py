"""Moments as readers get them."""

import datetime as dt


def format_timestamp(moment: dt.datetime) -> str:
    """ISO 8601 in UTC with a `Z`: as `claims.export.tabular.sql_expressions.ISODateTime` has the database write them."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
