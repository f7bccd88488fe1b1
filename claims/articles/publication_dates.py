"""Parses dates of publication as pages, feeds and exporters write them, and rejects those that cannot be meant.

Only what has one meaning counts: 05/06/2025 has two, 2025-05 names no day.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from claims.articles.article import ArticleWarning, WarningCode

# Nothing was published on the web before. Digitized newspapers were, so that an older date is kept, with a warning.
FIRST_LIKELY_DAY: Final = date(1990, 1, 1)
FIRST_PRINTED_YEAR: Final = 1450
# Where clocks and empty columns start: a missing value rather than a date.
_MISSING_VALUES: Final = frozenset(
    date(*day)
    for day in (
        *((1970, 1, 1), (1969, 12, 31), (1980, 1, 1), (1904, 1, 1), (1900, 1, 1), (1899, 12, 30), (1899, 12, 31)),
        *((1753, 1, 1), (1601, 1, 1)),
    )
)
# At any moment, the day is already the next one in some zone; and clocks of servers are wrong by minutes.
_MAX_LEAD: Final = timedelta(days=1)

_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.]?)([0-9]{2})\2([0-9]{2})(?:(?![0-9])|(?=[0-9]{4}(?:[0-9]{2})?\Z))")
_UNIX_TIME: Final = re.compile(r"(?:(?P<seconds>[0-9]{9,10})|(?P<milliseconds>[0-9]{10})[0-9]{3})(?:\.[0-9]+)?")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?![0-9])")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY: Final = r"(?:[a-z]{3,9},?\s+)?"
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTHS)})(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?"
_IN_WORDS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{{4}})\b",
        rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>[0-9]{{4}})\b",
    )
)
_UTC_NAME: Final = re.compile(r"\s*(?:UTC|GMT|Z)\Z", re.IGNORECASE)
_QUOTATION_MARKS: Final = "\"'“”„‘’«» \t\r\n"


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """A day of publication, in the zone that is stated with it, and the moment where both time and zone are stated."""

    day: date
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class DateChoice:
    """The date that counts among those that are stated, and what is to be said about it."""

    day: date | None = None
    moment: datetime | None = None
    warnings: tuple[ArticleWarning, ...] = ()


def choose_publication_date(values: Iterable[object], now: datetime | None = None) -> DateChoice:
    """Return the first likely one of the values, which are in the order of their reliability.

    A date before 1990 counts where no other is stated, with a warning. A future date and a missing value, such as
    1 January 1970, never do.
    """
    last_day = ((now or datetime.now(UTC)) + _MAX_LEAD).date()
    stated = [published for value in values if (published := parse_publication_date(value))]
    for first in stated:
        if FIRST_LIKELY_DAY <= first.day <= last_day:
            same_day = (other.moment for other in stated if other.day == first.day and other.moment)
            return DateChoice(first.day, next(same_day, None))
    for old in stated:
        if FIRST_PRINTED_YEAR <= old.day.year < FIRST_LIKELY_DAY.year and old.day not in _MISSING_VALUES:
            message = f"The stated date of publication, {old.day}, is before 1990. Check it."
            return DateChoice(old.day, old.moment, (_unlikely(message),))
    if not stated:
        return DateChoice()
    meaning = "is in the future" if stated[0].day > last_day else "stands for a missing value"
    message = f"The stated date of publication, {stated[0].day}, {meaning}. It was left out."
    return DateChoice(warnings=(_unlikely(message),))


def _unlikely(message: str) -> ArticleWarning:
    return ArticleWarning(WarningCode.UNLIKELY_DATE, message)


def parse_publication_date(value: object) -> PublicationDate | None:
    """Parse an ISO, mail or Unix date or one in English words; None if it is none or has two meanings."""
    try:
        if isinstance(value, datetime):
            value = value.isoformat()
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = f"{value:.0f}"
        if not isinstance(value, str):
            return None
        return _parse(value.strip(_QUOTATION_MARKS)[:100])
    except (ValueError, IndexError, TypeError, OverflowError, OSError):
        # parsedate_to_datetime raises any of these for an invalid date.
        return None


def _parse(value: str) -> PublicationDate | None:
    if match := _UNIX_TIME.fullmatch(value):
        moment = datetime.fromtimestamp(int(match["seconds"] or match["milliseconds"]), UTC)
        return PublicationDate(moment.date(), moment)
    if match := _YEAR_FIRST.match(value):
        day = date(int(match[1]), int(match[3]), int(match[4]))
        return PublicationDate(day, _iso_moment(value))
    if match := _DAY_FIRST.match(value):
        return PublicationDate(date(int(match[3]), int(match[2]), int(match[1])))
    for pattern in _IN_WORDS:
        if (match := pattern.match(value)) and (day_only := _parse_words(match)):
            return PublicationDate(day_only, _mail_moment(value))
    moment = parsedate_to_datetime(value)
    return PublicationDate(moment.date(), moment if moment.tzinfo else None)


def _parse_words(match: re.Match[str]) -> date:
    return date(int(match["year"]), _MONTHS.index(match["month"].lower()) + 1, int(match["day"]))


def _iso_moment(value: str) -> datetime | None:
    """The moment of a value that starts with an ISO date, if it has a time and a zone."""
    try:
        moment = datetime.fromisoformat(_UTC_NAME.sub("+00:00", value.upper()))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _mail_moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else None
