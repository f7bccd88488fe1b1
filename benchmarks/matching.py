"""`python -m benchmarks.matching`: claims found by meaning, beside SQLite FTS5 alone in the same run.

The claims are generated: each mixes the words and the vectors of two claims of `tests/matching`, with noise. Both read
from one SQLite table of texts. The recall is the share of the 5 nearest vectors, by comparing all, that are among the
100 claims that the index compares by words. The exit status is 1 if a query costs more than LIMIT_MS or a million
claims take more than LIMIT_MB.
"""

import argparse
import json
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.console import log_progress, write_report
from claims.matching import Index, load_encoder
from claims.matching.encoder import DIMENSIONS, FloatArray

LIMIT_MS = 30.0
LIMIT_MB = 700.0  # of a million claims
SIZES = (10_000, 100_000)
CHUNK = 10_000
NOISE = 0.03  # standard deviation of each of a vector's numbers: a cosine of about 0.86 to the claim without it
NEAREST = 5
COMPARED = 100
PAIRS = sorted((Path(__file__).parents[1] / "tests/matching").glob("pairs*.jsonl"))


@dataclass(frozen=True, slots=True)
class Source:
    """The claims that the others are mixed from."""

    texts: Sequence[str]
    vectors: FloatArray


@dataclass(slots=True)
class Result:
    """What was measured with a number of claims; times in seconds of CPU, sizes in bytes."""

    claims: int
    build: float = 0.0
    size: int = 0
    query: float = 0.0
    recall: float = 0.0
    fts_build: float = 0.0
    fts_size: int = 0
    fts_query: float = 0.0


def read_source(most: int | None = None) -> Source:
    pairs = [json.loads(line) for path in PAIRS for line in path.read_text(encoding="utf-8").splitlines()]
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair["a"], pair["b"])))[:most]
    return Source(texts, np.stack([load_encoder().embed(text) for text in texts]))


def generate_claims(source: Source, count: int, seed: int) -> tuple[list[str], FloatArray]:
    random = np.random.default_rng(seed)
    first, second = random.integers(len(source.texts), size=(2, count))
    share = random.uniform(0.2, 0.8, size=(count, 1))
    noise = random.normal(scale=NOISE, size=(count, DIMENSIONS))
    vectors = share * source.vectors[first] + (1 - share) * source.vectors[second] + noise
    texts = [
        f"{_part(source.texts[one], float(part))} {_part(source.texts[other], float(part) - 1)}"
        for one, other, [part] in zip(first, second, share, strict=True)
    ]
    return texts, (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def _part(text: str, share: float) -> str:
    """The first words of a text, or with a negative share the last."""
    words = text.split()
    count = max(1, round(abs(share) * len(words)))
    return " ".join(words[:count] if share > 0 else words[-count:])


def measure(source: Source, count: int, queries: int, folder: Path) -> Result:
    result = Result(count)
    texts, vectors = generate_claims(source, queries, seed=0)
    with closing(sqlite3.connect(folder / "claims.sqlite3")) as database:
        database.execute("CREATE TABLE claim (id INTEGER PRIMARY KEY, text TEXT)")
        database.execute(
            "CREATE VIRTUAL TABLE fts USING fts5(text, content='claim', content_rowid=id, tokenize=porter)"
        )
        index = Index(folder / "index", lambda ids: _read_texts(database, ids))
        nearest: list[list[tuple[float, int]]] = [[] for _ in range(queries)]
        for start in range(0, count, CHUNK):
            chunk_texts, chunk = generate_claims(source, min(CHUNK, count - start), seed=start + 1)
            ids = range(start + 1, start + 1 + len(chunk))
            database.executemany("INSERT INTO claim VALUES (?, ?)", zip(ids, chunk_texts, strict=True))
            _keep_nearest(nearest, vectors @ chunk.T, start + 1)
            result.build += cpu_seconds(index.put, zip(ids, chunk_texts, chunk, strict=True))
            if start % (10 * CHUNK) == 0:
                log_progress(f"{start:,} of {count:,}")
        database.commit()
        size = _file_size(folder)
        result.size = _file_size(folder / "index")
        result.fts_build = cpu_seconds(database.execute, "INSERT INTO fts(fts) VALUES('rebuild')")
        database.commit()
        result.fts_size = _file_size(folder) - size
        found = 0
        for text, vector, expected in zip(texts, vectors, nearest, strict=True):
            result.query += cpu_seconds(index.find, text, vector) / queries
            result.fts_query += cpu_seconds(_search_words, database, text) / queries
            matches = {match.id for match in index.find(text, vector, COMPARED)}
            found += sum(pk in matches for _, pk in expected)
        result.recall = found / sum(map(len, nearest))
    return result


def cpu_seconds(function: Callable[..., object], *arguments: object) -> float:
    started = time.process_time()
    function(*arguments)
    return time.process_time() - started


def _keep_nearest(nearest: list[list[tuple[float, int]]], scores: FloatArray, first_id: int) -> None:
    for number, row in enumerate(scores):
        best = np.argsort(row)[-NEAREST:]
        nearest[number] = sorted([*nearest[number], *((float(row[place]), first_id + int(place)) for place in best)])[
            -NEAREST:
        ]


def _read_texts(database: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    marks = ",".join("?" * len(ids))
    return dict(database.execute(f"SELECT id, text FROM claim WHERE id IN ({marks})", list(ids)))


def _search_words(database: sqlite3.Connection, text: str) -> list[tuple[int]]:
    query = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
    return database.execute(
        "SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY rank LIMIT ?", (query, NEAREST)
    ).fetchall()


def _file_size(folder: Path) -> int:
    """What is allocated: parts of the index's files that were never written take no disk."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())


def format_rows(results: Sequence[Result]) -> Iterator[str]:
    yield "| claims | search by | CPU per query | on disk | built in (CPU) | nearest 5 found |"
    yield "|--:|---|--:|--:|--:|--:|"
    for each in results:
        yield (
            f"| {each.claims:,} | meaning and words | {each.query * 1000:.1f} ms | {each.size / 1e6:,.0f} MB"
            f" | {each.build:,.0f} s | {each.recall:.1%} |"
        )
        yield (
            f"| | FTS5 alone | {each.fts_query * 1000:.1f} ms | {each.fts_size / 1e6:,.0f} MB"
            f" | {each.fts_build:,.0f} s | |"
        )


def exceeded_limits(result: Result) -> list[str]:
    lines = []
    if result.query * 1000 > LIMIT_MS:
        lines.append(f"{result.claims:,} claims: a query costs {result.query * 1000:.1f} ms, the limit is {LIMIT_MS}.")
    if result.claims >= 1_000_000 and result.size / 1e6 > LIMIT_MB * result.claims / 1e6:
        lines.append(f"{result.claims:,} claims take {result.size / 1e6:,.0f} MB, the limit is {LIMIT_MB} a million.")
    return lines


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.matching", description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=SIZES, help="default: 10000 100000")
    parser.add_argument("--queries", type=int, default=100, help="default: 100")
    options = parser.parse_args(argv)
    source = read_source()
    results = []
    for count in options.claims:
        with tempfile.TemporaryDirectory() as folder:
            results.append(measure(source, count, options.queries, Path(folder)))
    write_report("\n".join(format_rows(results)))
    exceeded = [line for result in results for line in exceeded_limits(result)]
    for line in exceeded:
        log_progress(line)
    return int(bool(exceeded))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
