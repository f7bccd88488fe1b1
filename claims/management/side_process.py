"""Processes that `serve` starts and `KeptProcess` keeps. Imports no models: a spawned process has no apps yet."""

import multiprocessing
import os
import signal
from threading import Thread


def follow_parent() -> None:
    """Ends this process when its parent has ended, which a killed parent cannot do itself; Ctrl-C is the parent's."""
    os.setpgrp()
    if parent := multiprocessing.parent_process():
        Thread(target=_stop_with, args=[parent], daemon=True).start()


def _stop_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
