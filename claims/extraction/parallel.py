"""Many texts: read on all of the machine's cores, handed out in order, a few texts ahead of who takes them."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from claims.extraction.document import Document
from claims.extraction.extractor import extract
from claims.extraction.quotation import Quotation

Item = TypeVar("Item")
# Texts under way for each core: enough that no core waits for the one that stores them.
MAX_QUEUED_PER_CORE = 2


def extract_ahead(items: Iterable[tuple[Item, str | None]]) -> Iterator[tuple[Item, list[Quotation] | None]]:
    """Each item with the quotations of its text, in order; None where it has no text.

    The items are drawn by the caller's thread, at most `AHEAD` texts a core before they are handed out, so that a
    batch of any size takes the memory of a few.
    """
    # The encoder, which is most of the work, lets other threads run.
    cores = os.cpu_count() or 1
    with ThreadPoolExecutor(cores, thread_name_prefix="extract") as pool:
        waiting: deque[tuple[Item, Future[list[Quotation]] | None]] = deque()
        for item, text in items:
            waiting.append((item, None if text is None else pool.submit(_extract_text, text)))
            while len(waiting) > cores * MAX_QUEUED_PER_CORE:
                yield _take_next(waiting)
        while waiting:
            yield _take_next(waiting)


def _take_next(waiting: deque[tuple[Item, Future[list[Quotation]] | None]]) -> tuple[Item, list[Quotation] | None]:
    item, future = waiting.popleft()
    return item, None if future is None else future.result()


def _extract_text(text: str) -> list[Quotation]:
    return extract(Document.from_text(text))
