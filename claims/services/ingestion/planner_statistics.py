"""What the database knows about its own tables, by which it chooses how to look things up."""

from django.db import connection

ANALYSIS_LIMIT = 1000  # of each index: enough to tell them apart, and the same work whatever the size


def refresh_planner_statistics() -> None:
    """Have SQLite look at its indexes anew, as after many rows came; PostgreSQL does so by itself.

    Without it, SQLite takes an index over three decisions for a good one and reads most of the table: lists of sources
    and quotes took five to thirty times as long at 30,000 claims.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ANALYSIS_LIMIT}")
            cursor.execute("ANALYZE")
