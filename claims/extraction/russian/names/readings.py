"""The readings of a word as a part of a name: those of the dictionary and those of the rules together."""

import re
from functools import lru_cache

from claims.extraction.russian.names.declension import (
    VOWELS,
    Case,
    Gender,
    Reading,
    given_name_readings,
    surname_readings,
)
from claims.extraction.russian.names.dictionary import (
    KNOWN_NAME_WEIGHT,
    KNOWN_SURNAME_WEIGHT,
    LISTED_SURNAMES,
    MEN,
    WOMEN,
    is_known_patronymic,
    known_given_names,
    known_surnames,
)

UNKNOWN_NAME_WEIGHT = -1.0
LISTED_NAME_WEIGHT = 3.5
_MALE, _FEMALE = r"([а-яё-]+(?:[оеё]в|[иьмктнс])ич)", r"([а-яё-]+(?:[оеё]в|ич|инич)н)"
PATRONYMICS = {
    Gender.MASCULINE: (
        re.compile(_MALE + r"(|а|у|ем|ом|е)"),
        ("", {"": "nomn", "а": "gent accs", "у": "datv", "ем": "ablt", "ом": "ablt", "е": "loct"}),
    ),
    Gender.FEMININE: (
        re.compile(_FEMALE + r"(а|ы|е|у|ой|ою)"),
        ("а", {"а": "nomn", "ы": "gent", "е": "datv loct", "у": "accs", "ой": "ablt", "ою": "ablt"}),
    ),
}


@lru_cache(maxsize=20_000)  # pure: depends on the word and the dictionary alone
def surname_readings_of(word: str) -> tuple[Reading, ...]:
    """Return the readings of a word in lower case as a surname."""
    if "-" in word:
        return ()
    listed = (reading for reading in surname_readings(word) if reading.nominative in LISTED_SURNAMES)
    return (
        *surname_readings(word),
        *known_surnames(word),
        *(reading._replace(weight=KNOWN_SURNAME_WEIGHT) for reading in listed),
    )


@lru_cache(maxsize=20_000)  # pure: depends on the word and the dictionary alone
def given_name_readings_of(word: str) -> tuple[Reading, ...]:
    """Return the readings of a word in lower case as a given name."""
    return (*known_given_names(word), *map(_weighed, given_name_readings(word)))


@lru_cache(maxsize=5_000)  # pure, as above
def patronymic_readings_of(word: str) -> tuple[Reading, ...]:
    """Return the readings of a word in lower case as a patronymic; none if it is not one."""
    return tuple(
        Reading(match[1] + ending, Case(case), gender, KNOWN_NAME_WEIGHT)
        for gender, (pattern, (ending, cases)) in PATRONYMICS.items()
        if (match := pattern.fullmatch(word))
        for case in cases[match[2]].split()
    )


@lru_cache(maxsize=5_000)  # pure, as above
def last_syllable_readings_of(word: str) -> tuple[Reading, ...]:
    """Return the readings of the last word of a Chinese, Korean or Vietnamese name: a man's is declined as a noun."""
    readings = given_name_readings(word)
    return tuple(reading for reading in readings if reading.case is None or reading.nominative[-1] not in VOWELS)


def is_given_name(word: str) -> bool:
    """Return whether a word in lower case is a form of a given name that is known."""
    return any(reading.weight >= KNOWN_NAME_WEIGHT / 2 for reading in given_name_readings_of(word))


def forms_of_given_name(word: str) -> frozenset[tuple[str, str]]:
    """Return of which cases and genders a word in lower case is a known given name; nothing if it is not one."""
    return frozenset(
        (case.value, reading.gender.value)
        for reading in given_name_readings_of(word)
        if reading.weight >= KNOWN_NAME_WEIGHT / 2
        for case in ([reading.case] if reading.case else Case)
    )


def is_surname(word: str) -> bool:
    """Return whether a word in lower case is a form of a surname of the dictionary."""
    return any(reading.weight >= KNOWN_SURNAME_WEIGHT for reading in known_surnames(word))


def is_patronymic(word: str) -> bool:
    """Return whether a word in lower case is a form of a patronymic, and not of a surname as Арестович."""
    readings = patronymic_readings_of(word)
    return any(reading.gender is Gender.FEMININE for reading in readings) or (
        bool(readings) and is_known_patronymic(word)
    )


def _is_listed(reading: Reading) -> bool:
    return reading.nominative in (WOMEN if reading.gender is Gender.FEMININE else MEN)


def _weighed(reading: Reading) -> Reading:
    bonus = LISTED_NAME_WEIGHT if _is_listed(reading) else UNKNOWN_NAME_WEIGHT
    return reading._replace(weight=reading.weight + bonus)
