"""`compare` and `evaluate_matching`: their output and errors. No test here uses a database, and none may."""

import json
from pathlib import Path

import pytest

from tests.commands.shell import Shell

SAME = {"a": "Wages rose by 3 percent.", "b": "Wages went up by 3 %."}
OTHER = {"a": "Wages rose by 3 percent.", "b": "Wages rose by 30 percent."}


def lines(*records: object) -> bytes:
    return "".join(f"{json.dumps(record)}\n" for record in records).encode()


def test_pairs_are_compared_in_their_order(shell: Shell) -> None:
    ran = shell("compare", "-", stdin=lines(SAME, OTHER))
    first, second = map(json.loads, ran.out.splitlines())
    assert (ran.status, first["same"], first["differences"]) == (0, True, [])
    assert not second["same"]
    assert [(each["kind"], each["a"], each["b"]) for each in second["differences"]] == [
        ("number", "3 percent", "30 percent")
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{\n", "line 1: no JSON in UTF-8"),
        (b"[1]\n", "line 1: no JSON object"),
        (b'{"a": "Wages rose."}\n', 'line 1: "b" must be a text'),
        (b'{"a": " ", "b": 3}\n', 'line 1: "a" must be a text'),
        (b'"\xff"\n', "line 1: no JSON in UTF-8"),
        (b"[" * 100_000 + b"\n", "line 1: no JSON in UTF-8"),
        (b'"' + b"a" * 1_000_001 + b'"\n', "line 1: longer than 1,000,000 bytes"),
    ],
    ids=["broken", "list", "missing", "blank", "bytes", "nested", "long"],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_compared(
    shell: Shell, line: bytes, message: str
) -> None:
    ran = shell("compare", "-", stdin=line + lines(SAME))
    refused, compared = map(json.loads, ran.out.splitlines())
    assert (ran.status, compared["same"]) == (1, True)
    assert message in refused["error"]
    assert message in ran.err
    assert "1 lines refused; the others were compared." in ran.err


def test_a_missing_file_is_named(shell: Shell, tmp_path: Path) -> None:
    ran = shell("compare", str(tmp_path / "missing.jsonl"))
    assert (ran.status, "missing.jsonl: No such file" in ran.err) == (1, True)


def test_the_claims_that_queries_repeat_are_found(shell: Shell, tmp_path: Path) -> None:
    claims, queries, run = (tmp_path / name for name in ("claims.jsonl", "queries.jsonl", "run.jsonl"))
    claims.write_bytes(
        lines({"id": "c1", "text": "The dam was built in 1962."}, {"id": "c2", "text": "Petrol costs twice as much."})
    )
    queries.write_bytes(lines({"id": "q1", "text": "Fuel has doubled in price"}))
    ran = shell("evaluate_matching", str(claims), str(queries), "--run", str(run))
    assert ran.status == 0, ran.err
    assert [json.loads(line) for line in run.read_text().splitlines()] == [{"query": "q1", "claims": ["c2", "c1"]}]
    assert ran.out.startswith("q1\tc2\t0.")
    queries.write_bytes(lines({"id": 4, "text": "Fuel"}))
    refused = shell("evaluate_matching", str(claims), str(queries))
    assert (refused.status, 'queries.jsonl: line 1: "id" must be a text' in refused.err) == (1, True)
