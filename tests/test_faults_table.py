"""The tables in docs/faults.md: each row names tests that exist."""

import re
from pathlib import Path

from tests.test_security_table import TEST, is_test

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = ["fault", "tried", "lost", "answered", "test"]


def find_bad_rows(document: str) -> list[str]:
    """The faults of rows that lack a column, or name something other than tests that exist."""
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in re.findall(r"(?m)^\|.+\|$", document)]
    return [row[0] for row in rows if row != COLUMNS and set(row) != {"---"} and not _is_good(row)]


def _is_good(row: list[str]) -> bool:
    tests = [TEST.fullmatch(name) for name in row[-1].split(", ")]
    return len(row) == len(COLUMNS) and all(row) and all(test and is_test(ROOT / test[1], test[2]) for test in tests)


def test_every_row_names_tests_that_exist() -> None:
    document = (ROOT / "docs" / "faults.md").read_text()
    assert document.count("\n|") > 20
    assert find_bad_rows(document) == []


def test_bad_rows_are_found() -> None:
    this = "tests/test_faults_table.py"
    document = f"""
| fault | tried | lost | answered | test |
|---|---|---|---|---|
| good | often | nothing | well | `{this}`, `{this}::test_bad_rows_are_found` |
| no function | often | nothing | well | `{this}`, `{this}::test_nothing` |
| no module | often | nothing | well | `tests/test_nothing.py` |
| no test | often | nothing | well | surely |
| empty | | nothing | well | `{this}` |
| short | often | nothing | `{this}` |
"""
    assert find_bad_rows(document) == ["no function", "no module", "no test", "empty", "short"]
