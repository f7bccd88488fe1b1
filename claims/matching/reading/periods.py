"""Reads dates, times and periods: years, quarters, months, days, weekdays, seasons, centuries and times of the day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.matching.difference import Span
from claims.matching.lexicon import LEXICON, word_set
from claims.matching.reading.words import Word, joined_span

_MONTHS = {form: month for month, forms in LEXICON["months"].items() for form in forms.split()}
_WEEKDAYS = {form: number for number, day in enumerate(LEXICON["weekdays"].split()) for form in (day, f"{day}s")}
_SEASONS = LEXICON["seasons"]
_RANKS = {rank: number for number, rank in enumerate(LEXICON["ranks"].split(), start=1)}
_RELATIVE_DAYS, _RELATIVE_PERIODS = LEXICON["relative_days"], LEXICON["relative_periods"]
_PERIOD_NOUNS = word_set("period_nouns")
_NUMBERS = {word: number for number, word in enumerate(LEXICON["numbers"].split())}
_BEFORE_YEARS = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "from",
        "to",
        "of",
        "before",
        "after",
        "during",
        ",",
        "the",
        "and",
        *_MONTHS,
        *_SEASONS,
    ]
)
_BEFORE_MONTHS = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "from",
        "of",
        "to",
        "last",
        "next",
        "before",
        "after",
        "and",
        "this",
        "early",
        "late",
    ]
)
_AFTER_YEARS = frozenset(["and", "to", "the", "was", "were", "is", "as", "by", "in"])


@dataclass(frozen=True, slots=True)
class Period:
    """One part of a date: its field ("year", "month", "day", "hour", …) and its value."""

    field: str
    value: object
    span: Span
    places: tuple[int, ...]


def find_periods(words: Sequence[Word]) -> list[Period]:
    """Returns the parts of all dates and times in order; "4 May 2016" has a day, a month and a year."""
    periods: list[Period] = []
    for place in range(len(words)):
        if periods and place in periods[-1].places:
            continue
        periods += _read_period(words, place)
    return periods


def _read_period(words: Sequence[Word], place: int) -> list[Period]:
    for reader in (_read_year, _read_month, _read_named_period, _read_ranked_period, _read_hour):
        if parts := reader(words, place):
            return [
                Period(field, value, joined_span([words[number] for number in places]), tuple(places))
                for field, value, places in parts
            ]
    return []


_Parts = list[tuple[str, object, Sequence[int]]]  # field, value and places


def _read_year(words: Sequence[Word], place: int) -> _Parts:
    if not re.fullmatch(r"(1[5-9]|20)\d\d", words[place].text):
        return []
    before, after = _lower(words, place - 1), _lower(words, place + 1)
    is_year = before in _BEFORE_YEARS or not after.isalpha() or after in _AFTER_YEARS
    return [("year", int(words[place].text), [place])] if is_year and after not in {"%", "percent"} else []


def _read_month(words: Sequence[Word], place: int) -> _Parts:
    """4 May, May 4th, in May."""
    word = words[place]
    if word.lower not in _MONTHS or not word.text[0].isupper():
        return []
    before, after = _lower(words, place - 1), _lower(words, place + 1)
    day_before, day_after = _day(before), _day(after)
    if word.lower in {"may", "march"} and not (before in _BEFORE_MONTHS or day_before or after[:1].isdigit()):
        return []
    parts: _Parts = [("month", _MONTHS[word.lower], [place])]
    if day_before:
        parts.append(("day", day_before, [place - 1]))
    elif day_after:
        parts.append(("day", day_after, [place + 1]))
    return parts


def _read_named_period(words: Sequence[Word], place: int) -> _Parts:
    """Monday, tomorrow, last year, in spring."""
    word, after = words[place].lower, _lower(words, place + 1)
    if word in _WEEKDAYS:
        return [("weekday", _WEEKDAYS[word], [place])]
    if word in _RELATIVE_DAYS:
        return [("relative day", _RELATIVE_DAYS[word], [place])]
    if word in _RELATIVE_PERIODS and after in _PERIOD_NOUNS:
        return [(f"relative {after}", _RELATIVE_PERIODS[word], [place])]
    is_verb = word == "fall" and (
        _lower(words, place - 1) not in {"the", "this", "last", "next", "in"} or after.isalpha()
    )
    return [("season", _SEASONS[word], [place])] if word in _SEASONS and not is_verb else []


def _read_ranked_period(words: Sequence[Word], place: int) -> _Parts:
    """The eighteenth century, the second quarter, the first three months."""
    word, after = words[place].lower, [_lower(words, place + 1), _lower(words, place + 2)]
    rank = _RANKS.get(word) or (int(word[:-2]) if re.fullmatch(r"\d{1,2}(st|nd|rd|th)", word) else 0)
    if rank and after[0] == "century":
        return [("century", rank, [place])]
    if 1 <= rank <= 4 and after[0] == "quarter":
        return [("quarter", rank, [place, place + 1])]
    return [("quarter", 1, [place, place + 1, place + 2])] if rank == 1 and after == ["three", "months"] else []


def _read_hour(words: Sequence[Word], place: int) -> _Parts:
    """9 a.m., nine in the morning, 8 at night, midnight."""
    word = words[place].lower
    if word in {"midnight", "noon", "midday"}:
        return [("hour", 0 if word == "midnight" else 12, [place])]
    hour = int(word) if word.isdecimal() and len(word) <= 2 else _NUMBERS.get(word, 0)
    if not 1 <= hour <= 24:
        return []
    minutes = _lower(words, place + 2) if _lower(words, place + 1) in {":", "."} else ""
    minute = int(minutes) if re.fullmatch(r"[0-5]\d", minutes) else 0
    end = place + 2 if minute else place + 1 if _lower(words, place + 1) == "o'clock" else place
    after = [_lower(words, number) for number in range(end + 1, end + 5)]
    if match := re.match(r"(a|p)\.?m", "".join(after)):
        last = next(number for number in range(end + 1, end + 4) if "m" in _lower(words, number))
        is_afternoon = match[1] == "p"
    elif after[:2] == ["in", "the"] and after[2] in {"morning", "afternoon", "evening"}:
        last, is_afternoon = end + 3, after[2] != "morning"
    elif after[:2] == ["at", "night"]:
        last, is_afternoon = end + 2, True
    else:
        return []
    return [("hour", hour % 12 + 12 * is_afternoon + minute / 60, range(place, last + 1))]


def _lower(words: Sequence[Word], place: int) -> str:
    return words[place].lower if 0 <= place < len(words) else ""


def _day(text: str) -> int | None:
    match = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", text)
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def expand_quarters(periods: Sequence[Period], words: Sequence[Word]) -> list[Period]:
    """Returns the periods with "between April and June" as the second quarter."""
    months = [period for period in periods if period.field == "month"]
    if len(months) != 2:
        return list(periods)
    first, second = (int(str(period.value)) for period in months)
    start = months[0].places[0] - 1
    if _lower(words, start) not in {"between", "from"} or second - first != 2 or first % 3 != 1:
        return list(periods)
    places = tuple(range(start, months[1].places[-1] + 1))
    quarter = Period("quarter", (first + 2) // 3, joined_span([words[place] for place in places]), places)
    return [quarter, *(period for period in periods if period not in months)]
