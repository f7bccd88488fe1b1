"""What workers do about once a minute, besides deliveries."""

from claims.services.ingestion.delivery_queue import enqueue_due

SECONDS_BETWEEN_RUNS = 60


def do_periodic_work() -> None:
    """Every worker may call it at any time: each part takes what is due, and what no other worker has."""
    enqueue_due()
