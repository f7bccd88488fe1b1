"""A fact-check as it was published: checked strictly, in plain text."""

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Final, TypedDict
from urllib.parse import urlsplit

from claims.articles.article import ArticleValueError
from claims.articles.metadata_fields import normalize_line, parse_url
from claims.articles.publication_dates import parse_publication_date

MAX_CLAIM_LENGTH: Final = 2_000
MAX_LINE_LENGTH: Final = 200
MAX_EXPLANATION_LENGTH: Final = 20_000
MAX_MARKUP_LENGTH: Final = 100_000  # characters of a value, before its tags are removed

_TAG: Final = re.compile(r"<(/?)([a-zA-Z!?][^\s<>/]*+)[^<>]*+>")
_BLOCKS: Final = frozenset({"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "tr", "td", "blockquote"})
_CODE: Final = frozenset({"script", "style"})


class ReviewError(ValueError):
    """A fact-check cannot be read; the message is a sentence that says what is wrong."""


class ReviewFields(TypedDict, total=False):
    """The values as a file has them. All but `claim`, `rating` and `review_url` may be missing or empty."""

    claim: str
    speaker: str
    speaker_is_organization: bool
    said_on: object
    rating: str
    rating_scale: str
    review_url: str
    publisher: str
    author: str
    published: object
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A fact-check. `rating` is in the publisher's words; a number stands with its scale, such as "2 (1 to 5)".

    `publisher` is never empty: without a name it is the host of the `review_url`.
    """

    claim: str
    rating: str
    review_url: str
    publisher: str
    speaker: str = ""
    speaker_is_organization: bool = False
    said_on: date | None = None
    author: str = ""
    published: date | None = None
    explanation: str = ""

    @property
    def host(self) -> str:
        return (urlsplit(self.review_url).hostname or "").lower().rstrip(".")


def build_review(fields: ReviewFields) -> Review:
    """Checks the values and removes markup from them. Raises ReviewError."""
    url = _parse_review_url(fields.get("review_url", ""))
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return Review(
        claim=_required("claim", " ".join(_limited("claim", fields.get("claim", ""), MAX_CLAIM_LENGTH).split())),
        rating=_required("rating", _rating(fields)),
        review_url=url,
        publisher=_line("publisher", fields.get("publisher", "")) or host[:MAX_LINE_LENGTH],
        speaker=_line("speaker", fields.get("speaker", "")),
        speaker_is_organization=fields.get("speaker_is_organization", False),
        said_on=_parse_date("date of the claim", fields.get("said_on")),
        author=_line("author", fields.get("author", "")),
        published=_parse_date("date of publication", fields.get("published")),
        explanation=_limited("explanation", fields.get("explanation", ""), MAX_EXPLANATION_LENGTH),
    )


def plain_text(value: str) -> str:
    """The text of a value that may be HTML: without tags, scripts and control characters; blocks become lines."""
    if len(value) > MAX_MARKUP_LENGTH:
        raise ReviewError(f"A value has {len(value):,} characters; the limit is {MAX_MARKUP_LENGTH:,}.")
    text = unescape(_without_tags(value))
    if "<" in text:  # escaped twice
        text = _without_tags(text)
    return "\n".join(line for line in map(normalize_line, text.splitlines()) if line)


def _without_tags(text: str) -> str:
    parts: list[str] = []
    position, code = 0, ""
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if not code:
            parts.append(text[position : tag.start()])
            if name in _BLOCKS:
                parts.append("\n")
        if name in _CODE:
            code = "" if tag[1] else name
        position = tag.end()
    return "".join(parts) + ("" if code else text[position:])


def _rating(fields: ReviewFields) -> str:
    """The rating in words or, where it is a number, with its scale: 3 of 5 means nothing without it."""
    rating, scale = (_line(name, fields.get(name, "")) for name in ("rating", "rating_scale"))  # type: ignore[arg-type]  # both are text
    is_number = bool(re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", rating))
    return f"{rating} ({scale})"[:MAX_LINE_LENGTH] if is_number and scale else rating


def _parse_review_url(value: str) -> str:
    if not value.strip():
        raise ReviewError("The URL of the review is missing.")
    try:
        return parse_url(value)
    except ArticleValueError as error:
        raise ReviewError(str(error).replace("url", "The URL of the review", 1) + ".") from error


def _parse_date(label: str, value: object) -> date | None:
    """The day; None if the value is empty. Raises ReviewError for anything that is not one day for certain."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    parsed = parse_publication_date(value) if isinstance(value, str) else None
    if parsed is None or parsed.day.year < 1450:  # the first printed news
        shown = normalize_line(str(value)[:60])
        raise ReviewError(f"The {label}, “{shown}”, is not a date. Use the form 2026-01-31.")
    return parsed.day


def _line(label: str, value: str) -> str:
    return normalize_line(_limited(label, value, MAX_LINE_LENGTH))


def _limited(label: str, value: str, limit: int) -> str:
    text = plain_text(value)
    if len(text) > limit:
        raise ReviewError(f"The {label} has {len(text):,} characters; the limit is {limit:,}.")
    return text


def _required(label: str, value: str) -> str:
    if not value:
        raise ReviewError(f"The {label} is missing.")
    return value
