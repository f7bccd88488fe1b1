"""An opened input with its name and its limit, read without ever holding more than the limit and one byte."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from claims.articles.article import ArticleValueError


@dataclass(frozen=True, slots=True)
class NamedStream:
    """`limit` is in bytes; `size` too, where it is known beforehand (not for standard input)."""

    name: str
    stream: BinaryIO
    limit: int
    size: int | None = None

    def read_whole(self) -> bytes:
        """All bytes. Raises Refusal when there are more than the limit."""
        data = self.stream.read(self.limit + 1)
        if len(data) > self.limit:
            # a file may have grown since its size was asked
            size = max(self.size or 0, len(data))
            known = "" if self.size == size else "at least "
            raise ArticleValueError(f"{known}{size:,} bytes is over the limit of {self.limit:,}; split it")
        return data

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Line numbers from 1 and lines; None stands for a line over the limit, which is passed over in pieces."""
        number = 0
        longest = self.limit + len(b"\r\n")
        while line := self.stream.readline(longest):
            number += 1
            if len(line.removesuffix(b"\n").removesuffix(b"\r")) <= self.limit:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = self.stream.readline(longest)
            yield number, None
