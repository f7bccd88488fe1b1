"""Processes beside the site, which `serve` starts. Imports no models: a spawned process has no apps yet."""

import multiprocessing
import os
import signal
from collections.abc import Callable


def start_process(work: Callable[[], None], *, name: str) -> None:
    """Starts a process that ends with this one; `work` sees to that where this one is killed."""
    # Spawned, not forked: it shares no connection and no lock with the server.
    multiprocessing.get_context("spawn").Process(target=work, name=name, daemon=True).start()


def stop_with_parent(parent: multiprocessing.process.BaseProcess) -> None:
    """Stops this process when its parent has ended: a killed parent cannot do it."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
