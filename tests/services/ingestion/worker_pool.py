"""Runs workers on the deliveries of a database until none is open, and kills some at random moments.

    python -m tests.services.ingestion.worker_pool WORKERS KILLS SEED [SECONDS]

SECONDS is how long each article takes; without it, a moment.
Workers are forked, which takes milliseconds where starting Python takes a second. Prints their lines.
"""

import os
import random
import signal
import sys
import time
from datetime import timedelta

import django

# ruff: noqa: E402  # models can be imported only when Django is set up
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
django.setup()

from django.core.management import call_command
from django.db import connections

from claims.management.commands import worker
from claims.models import Delivery
from claims.services.ingestion import delivery_attempt, delivery_lease, ingest
from claims.services.ingestion.delivery_queue import enqueue_due
from tests.services.ingestion import quick_extractor

LEASE_SECONDS = 4  # extended each second, which a busy machine may delay
MAX_SECONDS_BETWEEN_KILLS = 0.5
TIMEOUT_SECONDS = 400


def main(workers: int, kills: int, seed: int, seconds: float = quick_extractor.SECONDS_OF_WORK) -> None:
    quick_extractor.SECONDS_OF_WORK = seconds
    if kills:
        delivery_lease.LEASE = timedelta(seconds=LEASE_SECONDS)
        delivery_attempt.MAX_ATTEMPTS = 1000  # what is interrupted often is still stored in the end
    worker.extract = ingest.extract = quick_extractor.extract_quickly

    def start() -> int:
        connections.close_all()
        if pid := os.fork():
            return pid
        call_command(worker.Command())
        os._exit(0)

    moments = random.Random(seed)
    running = [start() for _ in range(workers)]
    for _ in range(kills):
        time.sleep(moments.uniform(0, MAX_SECONDS_BETWEEN_KILLS))
        victim = running.pop(moments.randrange(workers))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        running.append(start())
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while Delivery.objects.open().exists():
        if time.monotonic() > deadline:
            for pid in running:
                os.kill(pid, signal.SIGKILL)
            sys.exit(f"still open: {list(Delivery.objects.open().values())}")
        enqueue_due()  # as a worker does each minute
        time.sleep(0.5)
    for pid in running:
        os.kill(pid, signal.SIGTERM)
    if any(os.waitpid(pid, 0)[1] for pid in running):
        sys.exit("a worker that was told to stop failed")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), *map(float, sys.argv[4:]))
