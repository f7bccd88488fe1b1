"""Finds the stored texts that share passages with a text, by shingles: the database is sent none of its words."""

from collections import defaultdict
from collections.abc import Collection

from claims.reading import read_connection
from claims.search.passages.shingles import shingle_term

SHINGLE_TABLE = "claims_snapshot_shingles"  # see `claims.database.shingle_index`
MAX_SNAPSHOTS_PER_SHINGLE = 200  # the newest: a shingle that more texts have tells little


def find_snapshots_with_shingles(shingles: Collection[int]) -> dict[int, set[int]]:
    """Returns the ids of the snapshots that have each of these shingles; of frequent ones, some of them."""
    snapshots: defaultdict[int, set[int]] = defaultdict(set)
    connection = read_connection()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT w.shingle, s.rowid FROM unnest(%s::int[]) w(shingle) CROSS JOIN LATERAL ("
                f"SELECT rowid FROM {SHINGLE_TABLE} t WHERE t.shingles @> ARRAY[w.shingle] LIMIT %s) s",
                [list(shingles), MAX_SNAPSHOTS_PER_SHINGLE],
            )
            for shingle, snapshot in cursor.fetchall():
                snapshots[shingle].add(snapshot)
            return snapshots
        query = f"SELECT rowid FROM {SHINGLE_TABLE} WHERE {SHINGLE_TABLE} MATCH %s ORDER BY rowid DESC LIMIT %s"
        for shingle in shingles:
            cursor.execute(query, [f'"{shingle_term(shingle)}"', MAX_SNAPSHOTS_PER_SHINGLE])
            if rows := cursor.fetchall():
                snapshots[shingle].update(row[0] for row in rows)
    return snapshots
