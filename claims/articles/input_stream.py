"""An open input, of which never more than its size limit is read into memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from claims.articles.article import ArticleValueError


@dataclass(frozen=True, slots=True)
class NamedStream:
    """`limit` is the maximum number of bytes, `text_limit` that of an article's text, where it is another.

    `size` is the number of bytes if known (not for standard input), `charset` that of an HTTP header. `wants_one` is
    for who takes one article only, which in a mail is that of its text.
    """

    name: str
    stream: BinaryIO
    limit: int
    size: int | None = None
    text_limit: int = 0
    charset: str = ""
    wants_one: bool = False

    def __post_init__(self) -> None:
        if not self.text_limit:
            object.__setattr__(self, "text_limit", self.limit)  # as dataclasses themselves set fields of frozen ones

    def read_whole(self, max_size: int | None = None) -> bytes:
        """Read all bytes. Raises ArticleValueError if there are more than `max_size`, by default the limit of texts."""
        limit = self.limit if max_size is None else max_size
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            # The file may have grown since its size was determined.
            size = max(self.size or 0, len(data))
            at_least = "" if self.size == size else "at least "
            raise ArticleValueError(f"{at_least}{size:,} bytes is over the limit of {limit:,}; split it")
        return data

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield line numbers from 1 and lines; None for a line over the limit, which is skipped in parts."""
        number = 0
        max_length = self.limit + len(b"\r\n")
        while line := self.stream.readline(max_length):
            number += 1
            if len(line.removesuffix(b"\n").removesuffix(b"\r")) <= self.limit:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = self.stream.readline(max_length)
            yield number, None
