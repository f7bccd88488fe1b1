"""What pymorphy's dictionary knows of names, with the names that it lacks."""

from functools import lru_cache
from importlib.resources import files
from typing import TypedDict

import pymorphy3
import yaml

from claims.extraction.russian.names.declension import Case, Gender, Reading
from claims.extraction.russian.parsing.morphology import parse_word

KNOWN_NAME_WEIGHT = 3.0
KNOWN_SURNAME_WEIGHT = 2.0
UNDECLINED_SURNAME_WEIGHT = 0.5  # of these the dictionary has some that are declined: Берзини, of Берзиня
KNOWN_NOUN_WEIGHT = 0.8  # a common noun as a surname: Заяц, Сорока
KNOWN_ADJECTIVE_WEIGHT = -0.2  # Лесной; less than what Дымова has as a surname in -ова
CASES = frozenset(case.value for case in Case)
NAMES_OF_OTHER_KINDS = frozenset({"Name", "Patr", "Geox", "Orgn"})


class Lexicon(TypedDict):
    """What `lexicon.yaml` holds: words in lower case, divided by spaces."""

    women: str
    men: str
    surnames: str
    syllabic_surnames: str
    particles: str


_lexicon: Lexicon = yaml.safe_load(files(__package__).joinpath("lexicon.yaml").read_text(encoding="utf-8"))
WOMEN = frozenset(_lexicon["women"].split())
MEN = frozenset(_lexicon["men"].split())
LISTED_SURNAMES = frozenset(_lexicon["surnames"].split())
SYLLABIC_SURNAMES = frozenset(_lexicon["syllabic_surnames"].split())
PARTICLES = frozenset(_lexicon["particles"].split())


def known_given_names(word: str) -> list[Reading]:
    """Return the readings of a word in lower case as a given name of the dictionary."""
    return [
        Reading(_as_listed(parse.normal_form), Case(parse.tag.case), gender, _name_weight(parse))
        for parse in _known_parses(word)
        if "Name" in parse.tag
        for gender in _genders(parse)
        if parse.normal_form not in (MEN if gender is Gender.FEMININE else WOMEN)
    ]


def _as_listed(name: str) -> str:
    """Return a name without the «ё» that pymorphy writes and the lexicon does not: `Ярема`."""
    spelling = name.replace("ё", "е")
    return spelling if spelling in MEN | WOMEN else name


def known_surnames(word: str) -> list[Reading]:
    """Return the readings of a word in lower case as a surname, a noun or an adjective of the dictionary."""
    found = []
    for parse in _known_parses(word):
        if "Surn" in parse.tag:
            weight = UNDECLINED_SURNAME_WEIGHT if "Fixd" in parse.tag else KNOWN_SURNAME_WEIGHT
        elif "ADJF" in parse.tag:
            weight = KNOWN_ADJECTIVE_WEIGHT
        elif not parse.tag.grammemes & NAMES_OF_OTHER_KINDS:
            weight = KNOWN_NOUN_WEIGHT
        else:
            continue
        nominative = parse.inflect({"nomn"})
        if nominative is not None:
            genders = list(Gender) if nominative.word[-1] in "ая" and weight == KNOWN_NOUN_WEIGHT else _genders(parse)
            found += [
                Reading(nominative.word, Case(parse.tag.case), gender, weight + parse.score) for gender in genders
            ]
    return found


def is_known_patronymic(word: str) -> bool:
    """Return whether a word in lower case is a patronymic of the dictionary."""
    return any("Patr" in parse.tag for parse in _known_parses(word))


def _name_weight(parse: pymorphy3.analyzer.Parse) -> float:
    """Return how usual a given name is; of equal forms those not declined (Анне, Марку) and those in -иа are rarer."""
    is_rare = "Fixd" in parse.tag or parse.normal_form.endswith("иа")
    return KNOWN_NAME_WEIGHT + float(parse.score) - (1.5 if is_rare else 0)


@lru_cache(maxsize=2_000)  # of the same word as a given name and as a surname
def _known_parses(word: str) -> tuple[pymorphy3.analyzer.Parse, ...]:
    return tuple(
        parse
        for parse in parse_word(word)
        if parse.tag.POS in {"NOUN", "ADJF"}
        and parse.tag.number == "sing"
        and parse.tag.case in CASES
        and "Abbr" not in parse.tag
        and parse.is_known
    )


def _genders(parse: pymorphy3.analyzer.Parse) -> list[Gender]:
    if parse.tag.gender in set(Gender):
        return [Gender(parse.tag.gender)]
    return [] if parse.tag.gender == "neut" else list(Gender)
