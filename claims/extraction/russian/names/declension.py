"""How names are declined: the readings of a name's form, each with its nominative."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple


class Case(StrEnum):
    """A case by its name in OpenCorpora's tag set, which pymorphy uses."""

    NOMINATIVE = "nomn"
    GENITIVE = "gent"
    DATIVE = "datv"
    ACCUSATIVE = "accs"
    INSTRUMENTAL = "ablt"
    LOCATIVE = "loct"


class Gender(StrEnum):
    MASCULINE = "masc"
    FEMININE = "femn"


class Reading(NamedTuple):
    """What a word may be: a form of a nominative. Without a case it is the form of every case."""

    nominative: str  # in lower case
    case: Case | None
    gender: Gender
    weight: float  # logarithmic: how usual such a name is


class Declension(NamedTuple):
    """A class of names: a stem, and its endings in the order of `Case`, with `/` between equals."""

    stem: re.Pattern[str]
    endings: tuple[str, str, str, str, str, str]
    genders: tuple[Gender, ...]
    weight: float


MASCULINE = (Gender.MASCULINE,)
FEMININE = (Gender.FEMININE,)
BOTH = (Gender.MASCULINE, Gender.FEMININE)
VOWELS = "аеёиоуыэюя"


def _declension(stem: str, endings: str, genders: tuple[Gender, ...], weight: float) -> Declension:
    nominative, *oblique = endings.split()
    forms = ("" if nominative == "-" else nominative, *("" if form == "-" else form for form in oblique))
    return Declension(re.compile(rf"(?:{stem})$"), forms, genders, weight)  # type: ignore[arg-type]  # one form for each case, which mypy cannot count


# The stems before which an ending is usual, the endings, whose they are, and how usual the class is.
# The stem of adjectives in -овой (Лановой, Яровая), which are otherwise taken for Ланов, Ярова.
ADJECTIVES_IN_OV = (
    "яров|берегов|мостов|лугов|боров|ланов|полев|верхов|рядов|вдов|дубов|коренев|часов|шестов|бронев|кошев"
)
# -ской under stress; others are -ский.
ADJECTIVES_IN_SKOY = "крамск|донск|трубецк|луговск|шаховск|сумск|рянск|городск|морск|тверск|мужск|людск|волоцк|ланск"
SURNAMES = (
    _declension("[оеё]в|[иы]н", "- а у а ым е", MASCULINE, 0.5),
    _declension("[оеё]в|[иы]н", "а ой/ою ой у ой/ою ой", FEMININE, 0.5),
    _declension("[сзц]к", "ий ого ому ого им ом", MASCULINE, 0.5),
    _declension("[сзц]к", "ая ой ой ую ой/ою ой", FEMININE, 0.5),
    _declension(ADJECTIVES_IN_SKOY, "ой ого ому ого им ом", MASCULINE, 1.5),
    _declension("[гкх]", "ий ого ому ого им ом", MASCULINE, -0.5),
    _declension("[гкх]", "ой ого ому ого им ом", MASCULINE, -1.5),
    _declension("[гкхн]", "ая ой ой ую ой/ою ой", FEMININE, -0.3),
    _declension("[тдрлмбпсзв]", "ая ой ой ую ой/ою ой", FEMININE, -1.2),
    _declension("[дтнрлмвпбсз]", "ый ого ому ого ым ом", MASCULINE, -0.3),
    _declension("[дтнрлмвпбсз]", "ой ого ому ого ым ом", MASCULINE, -1),
    _declension("[оеё]в", "ой ого ому ого ым ом", MASCULINE, -0.2),
    _declension(ADJECTIVES_IN_OV, "ой ого ому ого ым ом", MASCULINE, 3.5),
    _declension(ADJECTIVES_IN_OV, "ая ой ой ую ой/ою ой", FEMININE, 3.5),
    _declension("[нжшщч]", "ий его ему его им ем", MASCULINE, -1),
    _declension("н", "яя ей ей юю ей/ею ей", FEMININE, -1),
    _declension("[жшщч]", "ая ей ей ую ей/ею ей", FEMININE, -1),
)
# The classes of nouns are those of given names too.
NOUNS = (
    _declension("[бвгдзклмнпрстфхжшчщц]", "- а у а ом е", MASCULINE, 0),
    _declension("[жшчщц]", "- а у а ем е", MASCULINE, 0),
    _declension("[бвдзлмнпрстф]", "ь я ю я ем/ём е", MASCULINE, -0.7),
    _declension("[аеоуэюя]", "й я ю я ем е", MASCULINE, -0.5),
    _declension("и", "й я ю я ем и", MASCULINE, -1),
    _declension("[бвлнр]", "ей ья ью ья ьем/ьём ье", MASCULINE, -0.7),
    _declension("[бвгдзйкмнпрст]", "ец ца цу ца цем/цом це", MASCULINE, 0.3),
    _declension("л", "ец ьца ьцу ьца ьцем/ьцом ьце", MASCULINE, -0.7),
    _declension("[аеоуюя]", "ец йца йцу йца йцем/йцом йце", MASCULINE, 0),
    _declension("[бвдзлмнпрстфц]", "а ы е у ой/ою е", BOTH, -0.7),
    _declension("[гкхжшчщ]", "а и е у ой/ою/ей/ею е", BOTH, -0.7),
    _declension("[аеоуюяь]", "я и е ю ей/ею/ёй/ёю е", BOTH, -0.7),
    _declension("[бвдзлмнпрстф]", "я и е ю ей/ею/ёй/ёю е", BOTH, -1.3),
    _declension("и", "я и и ю ей/ею и", BOTH, -1),
    _declension("[уюы]л", "я и е ю ей/ею е", BOTH, 0.3),  # Цыбуля, Зозуля
    _declension("...[иы]н", "я и е ю ей/ею е", FEMININE, 0.2),  # Силиня, Калныня
    _declension("мур|ям|[кг]ав|дзав|сим|хар|зук|сид|мад|вад", "а ы е у ой/ою е", BOTH, 0.5),  # Накамура, Ояма
    _declension("[оа]цук|дзук|танак", "а и е у ой/ою е", BOTH, 0.5),  # Оцука
)
GIVEN_NAMES_ALONE = (
    _declension("[бвгдзклмнпрстфхжшчщц]", "ь и и ь ью и", FEMININE, -2),
    _declension("[бвдзлмнпрстф]", "а ы е у ой/ою е", FEMININE, 0.7),
    _declension("[гкхжшчщ]", "а и е у ой/ою/ей/ею е", FEMININE, 0.7),
    _declension("[аеоуюяь]", "я и е ю ей/ею/ёй/ёю е", FEMININE, 0.7),
    _declension("[бвдзлмнпрстф]", "я и е ю ей/ею/ёй/ёю е", FEMININE, -0.5),
    _declension("и", "я и и ю ей/ею и", FEMININE, 0.7),
)

# Endings of surnames that are not declined, of either gender; and what a woman's surname does not end in.
INDECLINABLE = (
    (re.compile(r"(?:ко|дзе|заде|швили|[аяи]го|ово|[ыи]х|иа|уа|ели|[аи]ни|ску|оглу|йгу|яху)$"), 0.5),
    (re.compile(r"(?:тте|[^е]лле|кке|..ье|.[ао]нше)$"), 0.5),  # Рюэтте, Барнье, Бланше
    (re.compile(r"(?:....улы|кызы|(?:айт|ав|ич|ун|ск)ене|[иуй]те)$"), 0.5),  # Бекболатулы, Юозайтене, Шимоните
    (re.compile(r"[ое][гм][оу]$"), -2.0),
    (re.compile(r"[аоуюя](?:[ие]|ей)$"), -1.3),  # rather a form of a name in -я: Кая, Гоя
    (re.compile(r"[оэ]$|[аеёиоуыэюя]е$"), 0.0),
    (re.compile(r"[гх]и$"), -1.0),
    (re.compile(r"[^и]и$"), -0.3),
    (re.compile(r"[илнр]ю$"), -3.0),  # rather a form of a name in -я: Цыбулю, Гогию
    (re.compile(r"[^аеёиоуыэюя]у$"), -2.2),
    (re.compile(r"[еую]$"), -1.3),
    (re.compile(r"ы$"), -2.0),
    (re.compile(r"[аоу]я$"), -1.5),  # Гурцкая
    (re.compile(r"[ая]$"), -4.0),
)
INSTRUMENTAL = re.compile(r"(?:..[оеыи]м|[аоуюяиь]ей)$")  # seldom the end of a nominative
CONSONANT_OR_SOFT = re.compile(r"[бвгдзйклмнпрстфхжшчщць]$")
# A woman's name does not end so; of one syllable in -ой it does: Лариса Цой.
MASCULINE_ALONE = re.compile(rf"(?:[оеё]в|[^{VOWELS}][иы]н|[ыи]й|[{VOWELS}].*ой)$")
# Endings that tell a surname, and with it the class of its forms.
USUAL_SURNAME = re.compile(r"(?:[аья]н|[уюа]к|ович|евич|сон|ман|берг|штейн|бай|бек|идзе|адзе|швили|енко|[ск]ий)$")
USUAL_SURNAME_BONUS = 0.8
# Before these a surname ends in -ц (Мерц, Шольц, Франц); elsewhere in -ец (Кравец), unless it is Armenian (Петросянц).
ENDS_IN_C = re.compile(rf"^[^{VOWELS}]*[{VOWELS}](?:р|н|т|ль)ц$|[яу]нц$")


class _Declensions:
    """Classes of names by the endings of their forms: of the many classes, few have the ending of a word."""

    def __init__(self, declensions: Iterable[Declension]) -> None:
        self._by_ending: dict[str, list[tuple[Case, Declension]]] = defaultdict(list)
        for declension in declensions:
            for case, endings in zip(Case, declension.endings, strict=True):
                for ending in endings.split("/"):
                    self._by_ending[ending].append((case, declension))
        self._longest = max(map(len, self._by_ending))

    def readings(self, word: str) -> Iterator[Reading]:
        for length in range(min(self._longest, len(word) - 2) + 1):
            stem = word[: len(word) - length]
            for case, declension in self._by_ending.get(word[len(stem) :], ()):
                if declension.stem.search(stem):
                    nominative = stem + declension.endings[0]
                    yield from (Reading(nominative, case, gender, declension.weight) for gender in declension.genders)


_SURNAMES, _GIVEN_NAMES = _Declensions((*SURNAMES, *NOUNS)), _Declensions((*NOUNS, *GIVEN_NAMES_ALONE))


def surname_readings(word: str) -> list[Reading]:
    """Return what a word in lower case may be as a surname."""
    found = [_weighed_surname(reading) for reading in _SURNAMES.readings(word)]
    for ending, weight in INDECLINABLE:
        if ending.search(word):
            found += [Reading(word, None, gender, weight) for gender in BOTH]
            break
    if CONSONANT_OR_SOFT.search(word):
        weight = -5.0 if MASCULINE_ALONE.search(word) else -2.2 if INSTRUMENTAL.search(word) else -0.7
        found.append(Reading(word, None, Gender.FEMININE, weight))
        found.append(Reading(word, None, Gender.MASCULINE, -4))
    return found


def given_name_readings(word: str) -> list[Reading]:
    """Return what a word in lower case that no dictionary has may be as a given name."""
    found = [_weighed(reading) for reading in _GIVEN_NAMES.readings(word)]
    if INDECLINABLE[0][0].search(word):
        found += [Reading(word, None, gender, INDECLINABLE[0][1]) for gender in BOTH]
    elif word[-1] in "оеэиуюы":
        found += [Reading(word, None, gender, 0 if word[-1] in "оэи" else -1) for gender in BOTH]
    else:
        found.append(Reading(word, None, Gender.FEMININE, -1.5))
        found.append(Reading(word, None, Gender.MASCULINE, -2))
    return found


def _weighed(reading: Reading) -> Reading:
    nominative, weight = reading.nominative, reading.weight
    if reading.gender is Gender.MASCULINE and USUAL_SURNAME.search(nominative):
        weight += USUAL_SURNAME_BONUS
    if nominative.endswith("ц") and nominative[-2:-1] not in VOWELS and not ENDS_IN_C.search(nominative):
        weight -= 2
    if nominative.endswith("ец") and ENDS_IN_C.search(nominative[:-2].replace("л", "ль") + "ц"):
        weight -= 1
    if INSTRUMENTAL.search(nominative) and (reading.case is Case.NOMINATIVE or nominative.endswith(("ном", "ком"))):
        weight -= 1.5
    return reading._replace(weight=weight)


def _weighed_surname(reading: Reading) -> Reading:
    is_declined_as_noun = reading.weight <= 0 and reading.case is Case.INSTRUMENTAL
    if is_declined_as_noun and MASCULINE_ALONE.search(reading.nominative) and reading.nominative[-1] in "вн":
        return reading._replace(weight=-1.5)  # Дарвином, Чаплином
    return _weighed(reading)
