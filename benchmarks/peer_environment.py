"""Installs the compared packages in a virtual environment of their own; they are not dependencies of the project."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

PEER_REQUIREMENTS = Path(__file__).with_name("peers.txt")


class PeerInstallationError(Exception):
    """The packages cannot be installed; contains the last line of the installer's output."""


def install_peers(folder: Path, requirements: Path | None = None) -> Path:
    """Returns the Python interpreter of an environment in `folder`, which is created once per version of the list.

    Raises PeerInstallationError.
    """
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    marker = folder / "installed"
    requirements = requirements or PEER_REQUIREMENTS
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if marker.exists() and marker.read_text() == digest:
        return python
    try:
        venv.create(folder, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise PeerInstallationError(str(error)) from error
    done = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--only-binary=:all:", "--require-hashes", "-r", requirements],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PeerInstallationError(done.stderr.strip().rpartition("\n")[2])
    marker.write_text(digest)
    return python
