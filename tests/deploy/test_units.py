"""The units for systemd, as systemd itself judges them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in {".service", ".timer"})
MAX_EXPOSURE = 3.0
UNHARDENED = "[Service]\nExecStart=/bin/true\n"


def analyze(*arguments: str) -> str:
    """Returns what systemd-analyze says. Skips the test without systemd."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("tests of the units need systemd-analyze: install your system's package systemd")
    done = subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def measure_exposure(unit: Path) -> float:
    found = re.search(r"Overall exposure level for .*: ([\d.]+) ", analyze("security", "--offline=yes", str(unit)))
    assert found
    return float(found[1])


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_services_are_hardened(name: str) -> None:
    assert measure_exposure(DEPLOY / name) <= MAX_EXPOSURE


def test_a_service_that_is_not_hardened_is_seen(tmp_path: Path) -> None:
    (tmp_path / "plain.service").write_text(UNHARDENED)
    assert measure_exposure(tmp_path / "plain.service") > MAX_EXPOSURE


@pytest.mark.parametrize("name", UNITS)
def test_systemd_knows_every_line(name: str, tmp_path: Path) -> None:
    unit = tmp_path / name
    unit.write_text((DEPLOY / name).read_text().replace("/srv/factbase/.venv/bin/python", "/bin/true"))
    assert "Unknown" not in (said := analyze("verify", "--man=no", str(unit))), said
    assert name not in said
