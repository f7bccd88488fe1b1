"""An article: its unmodified text, and its metadata."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict

from claims.addresses import clean_url


class ArticleValueError(ValueError):
    """A text or field is invalid; the message says why and what to do, without the input's name."""


class ArticleError(Exception):
    """An input cannot be read as an article.

    `name` is the input's name as the user gave it (with `:line` for a line of JSON Lines), `reason` says what is wrong
    with it and what to do.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class WarningCode(StrEnum):
    """Codes of warnings; they are stored, so that filters may rely on them."""

    CHARSET_GUESSED = "charset-guessed"
    DAMAGED_TEXT = "damaged-text"
    UNLIKELY_DATE = "unlikely-date"
    METADATA_LEFT_OUT = "metadata-left-out"
    TEXT_CUT_OFF = "text-cut-off"
    PAYWALL = "paywall"
    SHORT_TEXT = "short-text"
    TEXT_OF_FEED = "text-of-feed"
    MARKS_LOST = "marks-lost"
    PARAGRAPHS_LOST = "paragraphs-lost"
    TABLES_LEFT_OUT = "tables-left-out"
    ATTACHMENTS = "attachments"


@dataclass(frozen=True, slots=True)
class ArticleWarning:
    """What an editor should know of a text that was read, such as words of the page that are missing in it.

    `code` is stable, for filters; `message` is a sentence for editors.
    """

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class TextPosition:
    """Where in the input the text from an offset on stands: `p. 3` of a PDF, `00:12:31` of a recording."""

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class RawContent:
    """The bytes that an article was read from, and their media type, such as `text/html; charset=utf-8`."""

    body: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article. `text` is unmodified: no newline translation, no normalization, a byte order mark is kept.

    `url` is the address of the page itself; `given_url` is the one that the input gave, where that is another (a copy
    in a web archive, one with tracking parameters). `name` is the input (a path, `-`, `articles.jsonl:3`). Unknown text
    fields are "", unknown dates None. `published` is the day of publication as the source gives it, `published_at` the
    moment (aware) where it states one; `suggested_published` is a guess for an editor to confirm, where it states no
    day. `language` and `translated_from` are BCP 47 tags. `reader` and `reader_version` identify what extracted the
    text from the input, `raw` is the input itself. `positions` are in the order of the text; most inputs have none.
    """

    name: str
    text: str
    title: str = ""
    url: str = ""
    given_url: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    published_at: datetime | None = None
    suggested_published: date | None = None
    language: str = ""
    translated_from: str = ""
    translator: str = ""
    reader: str
    reader_version: str
    positions: tuple[TextPosition, ...] = ()
    warnings: tuple[ArticleWarning, ...] = ()
    raw: RawContent | None = None

    def __post_init__(self) -> None:
        if (url := clean_url(self.url)) != self.url:
            object.__setattr__(self, "given_url", self.url)  # as dataclasses themselves set fields of frozen ones
            object.__setattr__(self, "url", url)


class ArticleFields(TypedDict, total=False):
    """The metadata of an article, as far as it is known."""

    title: str
    url: str
    given_url: str
    publisher: str
    authors: tuple[str, ...]
    published: date | None
    published_at: datetime | None
    suggested_published: date | None
    language: str
    translated_from: str
    translator: str
