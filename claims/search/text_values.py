"""Text that filters take, and the words in it."""

import re
from typing import Any

from claims.search.parameter_values import ParameterValue

# What lies between words. Said one by one: what `\\s` means differs between the languages that read the schema.
WHITESPACE = r"\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_WHITESPACE_RUN = re.compile(f"[{WHITESPACE}]+")


def split_words(text: str) -> list[str]:
    """The words of it."""
    return [word for word in _WHITESPACE_RUN.split(text) if word]


class TextValue(ParameterValue):
    """Text with something in it."""

    # Blanks, then what is none: any other way to say it tries every place anew where the text ends in what is refused.
    pattern = re.compile(rf"[{WHITESPACE}]*[^{WHITESPACE}\0\ud800-\udfff][^\0\ud800-\udfff]*")

    def __init__(self, most: int = 200) -> None:
        self.most = most
        self.expected = f"text of 1 to {most} characters, none of them NUL"

    def described(self) -> dict[str, Any]:
        """As JSON Schema."""
        pattern = rf"^[{WHITESPACE}]*[^{WHITESPACE}\u0000][^\u0000]*$"
        return {"type": "string", "minLength": 1, "maxLength": self.most, "pattern": pattern}


class FullTextValue(TextValue):
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
        words = split_words(text)
        if len(words) > self.words or all(word.startswith("-") for word in words):
            raise ValueError
        return text

    def described(self) -> dict[str, Any]:
        """As JSON Schema."""
        word, blank = rf"[^{WHITESPACE}\u0000]+", f"[{WHITESPACE}]"
        wanted = rf"(?=([^\u0000]*{blank})?[^{WHITESPACE}\u0000-])"
        words = rf"{blank}*{word}({blank}+{word}){{0,{self.words - 1}}}{blank}*"
        return super().described() | {"pattern": f"^{wanted}{words}$"}
