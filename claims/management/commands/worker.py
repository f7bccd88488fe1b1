"""`worker`: takes in articles as they are delivered, until it is stopped."""

import signal
import sys
from threading import Event
from types import FrameType

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.extraction import Document, ModelError, extract
from claims.management.current_database import check_database_is_current
from claims.management.worker_log import log_to
from claims.services.ingestion.delivery_work import work


class Command(BaseCommand):
    help = (
        "Take in articles: read what is delivered and extract its quotes, until Ctrl-C or SIGTERM. The article at hand "
        "is finished. On PostgreSQL run as many as you like, on any machine. On SQLite, `serve` runs one itself."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--drain", action="store_true", help="do what is due now, and end")

    def handle(self, *, drain: bool, **options: object) -> None:
        check_database_is_current()
        log_to(sys.stdout)
        stop = Event()

        def stop_after_article(number: int, _: FrameType | None) -> None:
            stop.set()
            signal.signal(number, signal.SIG_DFL)  # the second time, at once

        handlers = {number: signal.signal(number, stop_after_article) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            extract(Document.from_text("Warm."))  # so that a damaged model is said now
            work(stop=stop, drain=drain)
        except ModelError as error:
            raise CommandError(str(error)) from error
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
