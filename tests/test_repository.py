"""Rules about the whole repository, each as a function of what it looks at, so that each is seen to fail as well."""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
MAX_MODULE_LINES = 400  # lines; most stay under 200
INDEX, REGISTRY = "index", "pypi"  # put together where needed, so that this file holds no address either
BANNED_MODULE_NAMES = {"utils", "helpers", "common", "misc", "tools", "shared", "base_utils"}
MAX_MODULES_PER_PACKAGE = 15
# One model to a file, one change to a migration, one command to a module, where Django looks for it.
# A file each, side by side, as Django looks for them.
UNBOUNDED_PACKAGES = {"claims/models", "claims/migrations", "claims/management/commands"}
MAX_MODULES_PER_NAME = 3
CONVENTIONAL_NAMES = {"Command", "main"}  # Django's name for a command, Python's for a script's entry point
TABLE_CELL = re.compile(r"^\| *([^|]+?) *\|", re.MULTILINE)


def find_settings_read(source: str) -> set[str]:
    """The environment variables that a module reads through `environment.<reader>("NAME", …)` or `os.environ`."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    first = [
        call.args[0]
        for call in calls
        if call.args and ast.unparse(call.func).startswith(("environment.", "os.environ"))
    ]
    return {argument.value for argument in first if isinstance(argument, ast.Constant)} - {"DJANGO_SETTINGS_MODULE"}


def find_settings_listed(readme: str) -> set[str]:
    """The variables that have a row of their own in a table."""
    return {cell.strip("`") for cell in TABLE_CELL.findall(readme) if re.fullmatch(r"`[A-Z][A-Z_]+`", cell)}


def find_dependencies_declared(pyproject: str) -> set[str]:
    """The names of the packages that the site runs on, with those of the extra that `make run` installs."""
    project = tomllib.loads(pyproject)["project"]
    declared = project["dependencies"] + project.get("optional-dependencies", {}).get("russian", [])
    return {re.split(r"[\[<>=!~;, ]", requirement)[0].lower() for requirement in declared}


def find_dependencies_listed(readme: str) -> set[str]:
    """The packages that have a row of their own, by a link, in a table."""
    links = (re.match(r"\[([^\]]+)\]\(", cell) for cell in TABLE_CELL.findall(readme))
    return {link[1].strip("`").lower() for link in links if link}


def find_make_targets(makefile: str) -> set[str]:
    """The targets a person calls."""
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    return set(phony[1].split())


def find_targets_named(text: str) -> set[str]:
    """The targets that a text speaks of as `make …`."""
    return set(re.findall(r"`make(?: ([a-z][a-z-]*))?", text)) - {""}


def find_long_modules(files: dict[str, str]) -> set[str]:
    """Modules that hold more than one idea, by their length; tests and migrations are lists, and may be long."""
    return {
        name
        for name, text in files.items()
        if name.endswith(".py") and not name.startswith("tests/") and "/migrations/" not in name
        if text.count("\n") > MAX_MODULE_LINES
    }


def find_unplaced_modules(files: dict[str, str]) -> set[str]:
    """Modules whose name says that nobody knew where their code belongs."""
    return {name for name in files if name.endswith(".py") and Path(name).stem in BANNED_MODULE_NAMES}


def find_crowded_packages(files: dict[str, str]) -> set[str]:
    """Packages with more than MAX_MODULES_PER_PACKAGE modules, of those that code is found in by name."""
    modules = Counter(
        str(Path(name).parent)
        for name in files
        if name.startswith(("claims/", "factbase/", "benchmarks/")) and name.endswith(".py")
        if Path(name).name != "__init__.py"
    )
    return {package for package, count in modules.items() if count > MAX_MODULES_PER_PACKAGE} - UNBOUNDED_PACKAGES


def find_overused_names(files: dict[str, str]) -> set[str]:
    """Functions and classes that are defined under the same name in more than MAX_MODULES_PER_NAME modules."""
    definition = re.compile(r"^(?:async )?(?:def|class) (?!test_)(\w+)", re.MULTILINE)
    modules = Counter(
        defined
        for name, text in files.items()
        if name.endswith(".py") and "/migrations/" not in name
        for defined in set(definition.findall(text))
    )
    return {name for name, count in modules.items() if count > MAX_MODULES_PER_NAME} - CONVENTIONAL_NAMES


def find_unexplained_caches(files: dict[str, str]) -> set[str]:
    """Modules with a process-wide cache that does not say beside it why its values stay right."""
    cache = re.compile(r"^@(?:functools\.)?(?:lru_)?cache(?:\(.*\))?$", re.MULTILINE)
    return {
        name
        for name, text in files.items()
        if name.startswith(("claims/", "factbase/")) and name.endswith(".py") and cache.search(text)
    }


def find_machine_paths(files: dict[str, str]) -> set[str]:
    """Files that name a person's directory or the address of a package index."""
    places = re.compile(r"/(?:root|home/\w+|Users/\w+)/|(?:index-url|find-links)\b|//[\w.]*pypi\.")
    return {name for name, text in files.items() if name != "tests/test_repository.py" and places.search(text)}


def iter_text_files() -> Iterator[tuple[str, str]]:
    """Every text file that git knows or would take in; without git, whatever lies outside of hidden directories."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name] or [
        path for path in ROOT.rglob("*") if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    ]
    for path in paths:
        if path.is_file():
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text()
            except UnicodeDecodeError:
                continue  # pictures, and articles in another encoding


@pytest.fixture(scope="module")
def repository() -> dict[str, str]:
    """The text of each file."""
    return dict(iter_text_files())


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_operating_guide_lists_every_setting_and_no_other(repository: dict[str, str]) -> None:
    read = find_settings_read(repository["factbase/settings.py"]) | find_settings_read(
        repository["factbase/environment.py"]
    )
    assert find_settings_listed(repository["docs/operating.md"]) == read


def test_settings_are_read_in_one_place(repository: dict[str, str]) -> None:
    # These two are not read, but set for children.
    read = re.compile(r"os\.environ(?!\[\"PROMETHEUS_MULTIPROC_DIR\"\] = | \|= )")
    elsewhere = {name for name, text in repository.items() if name.startswith("claims/") and read.search(text)}
    assert not elsewhere


def test_dependencies_are_documented(repository: dict[str, str]) -> None:
    assert find_dependencies_listed(repository["docs/dependencies.md"]) == find_dependencies_declared(
        repository["pyproject.toml"]
    )


def test_every_make_target_is_explained(repository: dict[str, str]) -> None:
    assert find_targets_named(repository["CONTRIBUTING.md"]) == find_make_targets(repository["Makefile"])


def test_no_module_is_too_long(repository: dict[str, str]) -> None:
    assert not find_long_modules(repository)


def test_every_module_has_a_room(repository: dict[str, str]) -> None:
    assert not find_unplaced_modules(repository)


def test_no_package_is_crowded(repository: dict[str, str]) -> None:
    assert not find_crowded_packages(repository)


def test_a_name_means_one_thing(repository: dict[str, str]) -> None:
    assert not find_overused_names(repository)


def test_process_wide_caches_say_why_they_stay_right(repository: dict[str, str]) -> None:
    assert not find_unexplained_caches(repository)


def test_no_file_names_a_machine(repository: dict[str, str]) -> None:
    assert not find_machine_paths(repository)


README = """
| `FACTBASE_PORT` | whole number | 8000 | where it listens |
| [Django](https://example.org) | everything | BSD |
| plain words | `FACTBASE_OTHER` |
"""


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            find_settings_read(
                'A = environment.read_int("FACTBASE_A", 1)\nB = [environment.read_text("B_URL", "")]\n'
                'os.environ.get("FACTBASE_C")'
            ),
            {"FACTBASE_A", "B_URL", "FACTBASE_C"},
        ),
        (find_settings_listed(README), {"FACTBASE_PORT"}),
        (
            find_dependencies_declared('[project]\ndependencies = ["Django>=5.2,<5.3", "psycopg[binary]"]'),
            {"django", "psycopg"},
        ),
        (find_dependencies_listed(README), {"django"}),
        (find_make_targets(".PHONY: run test\n"), {"run", "test"}),
        (find_targets_named("`make run`, `make test ARGS=x`, `make`"), {"run", "test"}),
        (
            find_long_modules(
                {"claims/long.py": "\n" * 401, "tests/long.py": "\n" * 401, "claims/short.py": "\n" * 400}
            ),
            {"claims/long.py"},
        ),
        (
            find_unplaced_modules(
                {"claims/utils.py": "", "claims/admin/common/x.py": "", "claims/models/claim.py": ""}
            ),
            {"claims/utils.py"},
        ),
        (
            find_crowded_packages(
                {
                    f"claims/{package}/module{number}.py": ""
                    for package in ("models", "api", "search")
                    for number in range(15)
                }
                | {"claims/models/one_more.py": "", "claims/api/one_more.py": "", "claims/search/__init__.py": ""}
            ),
            {"claims/api"},
        ),
        (
            find_overused_names(
                {f"claims/{number}.py": "def told(): ...\nclass Command: ..." for number in range(4)}
                | {f"tests/{number}.py": "async def page(): ...\ndef test_page(): ..." for number in range(3)}
            ),
            {"told"},
        ),
        (
            find_unexplained_caches(
                {
                    "claims/a.py": "@cache\ndef a(): ...",
                    "claims/b.py": "@lru_cache(maxsize=4)\ndef b(): ...",
                    "claims/c.py": "@cache  # by the text\ndef c(): ...",
                }
            ),
            {"claims/a.py", "claims/b.py"},
        ),
        (
            find_machine_paths(
                {"a": "cd /home/me/x", "b": f"--{INDEX}-url x", "c": f"https://{REGISTRY}.org/", "d": "see /etc"}
            ),
            {"a", "b", "c"},
        ),
    ],
    ids=[
        "read",
        "listed",
        "declared",
        "linked",
        "targets",
        "named",
        "long",
        "no room",
        "crowded",
        "overused",
        "caches",
        "machine",
    ],
)
def test_each_rule_sees_what_it_is_for(found: set[str], expected: set[str]) -> None:
    assert found == expected
