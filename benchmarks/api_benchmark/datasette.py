"""Datasette with the same claims: a table with labels for speaker, source and status, indexes and full text.

It runs as its documentation recommends for immutable data, and returns JSON without facets or counts: the least work
for a page of 50 rows with labels.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.api_benchmark.baseline_sql import CLAIM_ROWS_SQL, STATUS_SQL
from benchmarks.api_benchmark.server_process import ServerProcess, find_free_port, run_server
from benchmarks.peer_environment import install_peers

DATASETTE_REQUIREMENTS = Path(__file__).with_name("datasette.txt")
DATABASE_NAME = "peer"
_CHEAPEST_PAGE = {"_labels": "on", "_size": 50, "_nocount": 1, "_nofacet": 1, "_nosuggest": 1, "_shape": "objects"}
TABLE_URL = f"/{DATABASE_NAME}/claim.json?{urlencode(_CHEAPEST_PAGE | {'_sort_desc': 'released_at'})}"
STREAM_URL = f"/{DATABASE_NAME}/claim.csv?{urlencode({'_stream': 'on', '_labels': 'on', '_size': 'max'})}"
DATASETTE_SETTINGS = {"max_csv_mb": 0, "sql_time_limit_ms": 60_000}

_SCHEMA = """
CREATE TABLE speaker (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE source (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE status (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE);
CREATE TABLE claim (id INTEGER PRIMARY KEY, text TEXT NOT NULL, said_on TEXT, released_at TEXT NOT NULL,
  speaker_id INTEGER REFERENCES speaker (id), source_id INTEGER REFERENCES source (id),
  status_id INTEGER REFERENCES status (id));
INSERT INTO speaker SELECT id, name FROM site.claims_speaker;
INSERT INTO source SELECT id, title FROM site.claims_source;
INSERT INTO status (slug) SELECT slug FROM site.claims_rating UNION SELECT 'in-review' UNION SELECT 'unreviewed';
INSERT INTO claim SELECT f.id, f.text, f.said_on, f.released_at, f.speaker_id, f.source_id, status.id
FROM ({rows}) f JOIN status ON status.slug = f.status;
CREATE INDEX claim_released_at ON claim (released_at);
CREATE INDEX claim_speaker ON claim (speaker_id);
CREATE INDEX claim_source ON claim (source_id);
CREATE VIRTUAL TABLE claim_fts USING fts5 (text, content='claim', content_rowid='id');
INSERT INTO claim_fts (claim_fts) VALUES ('rebuild');
ANALYZE;
"""


def search_url(word: str) -> str:
    """Returns the URL of the first page of claims with a word."""
    return f"/{DATABASE_NAME}/claim.json?{urlencode(_CHEAPEST_PAGE | {'_search': word})}"


def build_datasette_database(site: Path, path: Path) -> Path:
    """Builds Datasette's database from the site's, unless it exists."""
    if path.exists():
        return path
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    rows = CLAIM_ROWS_SQL.replace("FROM claims", "FROM site.claims").replace("JOIN claims", "JOIN site.claims")
    status = STATUS_SQL.replace("FROM claims", "FROM site.claims")
    select = f"""SELECT c.id, c.text, c.said_on, c.released_at, c.speaker_id, so.id AS source_id,
        {status} AS status {rows.partition("ORDER BY")[0]}"""
    connection = sqlite3.connect(unfinished)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("ATTACH ? AS site", [str(site)])
    connection.executescript(_SCHEMA.format(rows=select))
    connection.close()
    return unfinished.rename(path)


@contextmanager
def serve_datasette(database: Path, peers: Path, log: Path) -> Iterator[ServerProcess]:
    """Serves a database with Datasette. Raises PeerInstallationError."""
    python, port = install_peers(peers, DATASETTE_REQUIREMENTS), find_free_port()
    options = [part for name, value in DATASETTE_SETTINGS.items() for part in ("--setting", name, value)]
    command = [python, "-m", "datasette", "serve", "--immutable", database, "--port", port, *options]
    with run_server([str(part) for part in command], port, {}, log) as server:
        yield server
