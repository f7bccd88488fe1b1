"""The table in docs/security.md: each requirement once, with a test that exists or the reason why there is none."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
WITHOUT_A_TEST = re.compile(r"by design|not met(: .+)?|not applicable(: .+)?")
CHAPTERS = range(1, 15)


def find_faults(table: str, root: Path = ROOT) -> list[str]:
    """The rows whose last column is neither a test that exists nor says why there is none, and numbers given twice."""
    rows = ROW.findall(table)
    faults = [number for number, count in Counter(row[0] for row in rows).items() if count > 1]
    for number, _, _, shown_by in rows:
        if test := TEST.fullmatch(shown_by):
            if not is_test(root / test[1], test[2]):
                faults.append(number)
        elif not WITHOUT_A_TEST.fullmatch(shown_by):
            faults.append(number)
    return faults


def is_test(path: Path, name: str | None) -> bool:
    """Whether the module exists and, if a name is given, defines a function of that name."""
    if not path.is_file():
        return False
    nodes = ast.walk(ast.parse(path.read_text()))
    return not name or any(isinstance(node, ast.FunctionDef) and node.name == name for node in nodes)


def test_every_test_in_the_table_exists() -> None:
    table = (ROOT / "docs" / "security.md").read_text()
    assert find_faults(table) == []
    assert {int(row[0].partition(".")[0]) for row in ROW.findall(table)} == set(CHAPTERS)
    lines = [line for line in table.splitlines() if re.match(r"\| \d", line)]
    assert len(lines) == len(ROW.findall(table))  # none is malformed


def test_faults_are_found() -> None:
    this = "tests/test_security_table.py"
    rows = [
        ("1.1.1", f"`{this}::test_faults_are_found`"),
        ("1.1.2", f"`{this}::test_that_is_not_there`"),
        ("1.1.3", "`tests/test_nothing.py`"),
        ("1.1.4", "surely"),
        ("1.1.5", "not met: nobody did it"),
        ("1.1.5", "by design"),
    ]
    table = "\n".join(f"| {number} | what | how | {shown_by} |" for number, shown_by in rows)
    assert find_faults(table) == ["1.1.5", "1.1.2", "1.1.3", "1.1.4"]
