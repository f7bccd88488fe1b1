"""The peers' packages, in a virtual environment of their own: they are none of the project's."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

PEER_REQUIREMENTS = Path(__file__).with_name("peers.txt")


class PeerInstallationError(Exception):
    """The peers cannot be installed; says what the installer said last."""


def install_peers(folder: Path, peers: Path | None = None) -> Path:
    """The interpreter that has the peers, in `folder`; installed there once for each state of the list.

    Raises `PeersError` where that fails.
    """
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    installed = folder / "installed"
    peers = peers or PEER_REQUIREMENTS
    state = hashlib.sha256(peers.read_bytes()).hexdigest()
    if installed.exists() and installed.read_text() == state:
        return python
    try:
        venv.create(folder, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise PeerInstallationError(str(error)) from error
    done = subprocess.run(  # noqa: S603  what is run is this list
        [python, "-m", "pip", "install", "--quiet", "--only-binary=:all:", "--require-hashes", "-r", peers],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PeerInstallationError(done.stderr.strip().rpartition("\n")[2])
    installed.write_text(state)
    return python
