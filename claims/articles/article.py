"""An article as it was read: its text, untouched, and what it says about itself."""

from dataclasses import dataclass
from datetime import date


class ArticleValueError(ValueError):
    """Why a text or a field cannot be taken and what to do, as one sentence without the input's name."""


class ArticleError(Exception):
    """An input that cannot be read as an article: which one, what is wrong with it, and what to do.

    `name` is the input's name as the user gave it (with `:line` for a line of JSON Lines), `reason` one sentence.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article. `text` is kept as it was read: no newline translation, no normalisation, a byte order mark stays.

    `name` says where it came from (a path, `-`, `articles.jsonl:3`). Unknown text fields are "", unknown dates None.
    `published` is the day of publication as the source gives it, `language` and `translated_from` are BCP 47 tags,
    `reader` and `reader_version` say what turned the input into text.
    """

    name: str
    text: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str = ""
    translated_from: str = ""
    translator: str = ""
    reader: str
    reader_version: str
