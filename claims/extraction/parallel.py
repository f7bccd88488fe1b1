"""Extracts quotations from many texts on all cores, with bounded memory."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from claims.extraction.document import Document
from claims.extraction.quotation import Quotation
from claims.extraction.readers import extract

Item = TypeVar("Item")
# Enough that no core is idle while the caller stores a result.
MAX_QUEUED_PER_CORE = 2


def extract_ahead(items: Iterable[tuple[Item, str | None, str]]) -> Iterator[tuple[Item, list[Quotation] | None]]:
    """Yield each item with the quotations of its text, in order; None for an item without a text.

    `items` holds items with their texts and the languages that are stated, empty where none is; see `extract`.

    Consumes `items` in the caller's thread, at most `MAX_QUEUED_PER_CORE` texts per core ahead of the results, so that
    a batch of any size needs the memory of a few texts.
    """
    cores = os.cpu_count() or 1
    # Threads suffice: the encoder takes most of the time and releases the GIL.
    with ThreadPoolExecutor(cores, thread_name_prefix="extract") as pool:
        queue: deque[tuple[Item, Future[list[Quotation]] | None]] = deque()
        for item, text, language in items:
            queue.append((item, None if text is None else pool.submit(_extract_text, text, language)))
            while len(queue) > cores * MAX_QUEUED_PER_CORE:
                yield _take_next(queue)
        while queue:
            yield _take_next(queue)


def _take_next(queue: deque[tuple[Item, Future[list[Quotation]] | None]]) -> tuple[Item, list[Quotation] | None]:
    item, future = queue.popleft()
    return item, None if future is None else future.result()


def _extract_text(text: str, language: str) -> list[Quotation]:
    return extract(Document.from_text(text), language=language)
