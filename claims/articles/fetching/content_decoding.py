"""Decompresses the body of an answer up to a limit."""

import zlib
from collections.abc import Iterable

from claims.articles.fetching.errors import BadAnswerError, TooLargeError

_EITHER = 32 + zlib.MAX_WBITS  # gzip or zlib, as the first bytes say


def decode_body(chunks: Iterable[bytes], encoding: str, *, url: str, limit: int) -> bytes:
    """The body that `chunks` have in the `encoding` of a Content-Encoding header: none, gzip or deflate.

    Memory never exceeds the limit by more than a chunk. Raises TooLargeError and BadAnswerError, also for a body that
    ends too early.
    """
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        parts = chunks
    elif encoding in {"gzip", "x-gzip", "deflate"}:
        parts = _decompress(chunks, url, limit)
    else:
        raise BadAnswerError(url, f"the page is compressed in a way that was not asked for ({encoding[:40]})")
    body = bytearray()
    try:
        for part in parts:
            body += part
            if len(body) > limit:
                raise TooLargeError(url, f"the page is larger than {limit / 1_000_000:g} MB")
    except zlib.error as error:
        raise BadAnswerError(url, "the compressed page is damaged", retryable=True) from error
    return bytes(body)


def _decompress(chunks: Iterable[bytes], url: str, limit: int) -> Iterable[bytes]:
    decoder = zlib.decompressobj(_EITHER)
    is_first, compressed_size = True, 0
    for chunk in chunks:
        compressed_size += len(chunk)
        if compressed_size > limit:  # members of a gzip file that hold nothing
            raise TooLargeError(url, f"the page is larger than {limit / 1_000_000:g} MB")
        rest = chunk
        while rest:
            if decoder.eof:
                decoder = zlib.decompressobj(_EITHER)  # another member
            try:
                part = decoder.decompress(rest, 65_536)
            except zlib.error:
                if not is_first:
                    raise
                decoder = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers take "deflate" for the bare stream
                part = decoder.decompress(rest, 65_536)
            is_first = False
            yield part
            rest = decoder.unconsumed_tail or decoder.unused_data
    if not decoder.eof and not is_first:
        raise BadAnswerError(url, "the page breaks off", retryable=True)
