"""Text that filters take, and the words in it."""

import re
from typing import Any

from claims.search.values import Value

# What lies between words. Said one by one: what `\\s` means differs between the languages that read the schema.
BLANK = r"\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_BLANKS = re.compile(f"[{BLANK}]+")


def words_in(text: str) -> list[str]:
    """The words of it."""
    return [word for word in _BLANKS.split(text) if word]


class Text(Value):
    """Text with something in it."""

    # Blanks, then what is none: any other way to say it tries every place anew where the text ends in what is refused.
    pattern = re.compile(rf"[{BLANK}]*[^{BLANK}\0\ud800-\udfff][^\0\ud800-\udfff]*")

    def __init__(self, most: int = 200) -> None:
        self.most = most
        self.expected = f"text of 1 to {most} characters, none of them NUL"

    def described(self) -> dict[str, Any]:
        """As JSON Schema."""
        pattern = rf"^[{BLANK}]*[^{BLANK}\u0000][^\u0000]*$"
        return {"type": "string", "minLength": 1, "maxLength": self.most, "pattern": pattern}


class Words(Text):
    """What full text is asked for: words, "phrases", beginnings*, -what must not be there."""

    def __init__(self, most: int, words: int) -> None:
        super().__init__(most)
        self.words = words
        self.expected = (
            f"1 to {words} words of together at most {most} characters, none of them NUL, "
            "at least one of them without a - before it"
        )

    def parsed(self, text: str) -> str:
        """The words, as written."""
        words = words_in(text)
        if len(words) > self.words or all(word.startswith("-") for word in words):
            raise ValueError
        return text

    def described(self) -> dict[str, Any]:
        """As JSON Schema."""
        word, blank = rf"[^{BLANK}\u0000]+", f"[{BLANK}]"
        wanted = rf"(?=([^\u0000]*{blank})?[^{BLANK}\u0000-])"
        words = rf"{blank}*{word}({blank}+{word}){{0,{self.words - 1}}}{blank}*"
        return super().described() | {"pattern": f"^{wanted}{words}$"}
