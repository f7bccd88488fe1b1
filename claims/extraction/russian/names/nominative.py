"""Bring a person's name in any case back to the nominative, with the gender that it shows."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from itertools import product

from claims.extraction.russian.names.declension import Case, Gender, Reading
from claims.extraction.russian.names.dictionary import PARTICLES, SYLLABIC_SURNAMES
from claims.extraction.russian.names.name import Name
from claims.extraction.russian.names.readings import (
    given_name_readings_of,
    is_given_name,
    is_patronymic,
    is_surname,
    last_syllable_readings_of,
    patronymic_readings_of,
    surname_readings_of,
)
from claims.extraction.russian.names.seen_names import NO_NAMES, SeenNames
from claims.extraction.russian.orthography import with_capitals_of

Hypothesis = tuple[Case, Gender]
HYPOTHESES: tuple[Hypothesis, ...] = tuple(product(Case, Gender))
CASE_WEIGHTS = {
    Case.NOMINATIVE: 0.5,
    Case.GENITIVE: 0.0,
    Case.DATIVE: -0.4,
    Case.ACCUSATIVE: -0.8,
    Case.INSTRUMENTAL: -0.2,
    Case.LOCATIVE: -1.5,
}
EXPECTED_CASE_WEIGHT = 3.0
SAME_FORM_WEIGHT = 2.8  # of the accusative where the genitive is expected, and the other way round: Сергея, Ивана
EXPECTED_GENDER_WEIGHT = 2.0
CERTAIN_GENDER = 0.5  # by how much the better gender must be better
UNREADABLE = -10.0
INITIALS = re.compile(r"(?:[А-ЯЁA-Z][а-яёa-z]?\.-?)+|[А-ЯЁA-Z]")
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


class Part(Enum):
    GIVEN = auto()
    PATRONYMIC = auto()
    SURNAME = auto()
    INITIALS = auto()
    SYLLABLE = auto()  # of a Chinese, Korean or Vietnamese name, whose last word alone is declined
    LAST_SYLLABLE = auto()
    PARTICLE = auto()


# What the beginning of a hyphenated name weighs that is left as it is: Касым-Жомарта, Бонч-Бруевича.
UNDECLINED = {Part.GIVEN: -0.5, Part.SURNAME: -2.0}


def nominative(
    words: Sequence[str],
    *,
    case: Case | None = None,
    gender: Gender | None = None,
    seen: SeenNames = NO_NAMES,
    is_case_guessed: bool = False,
) -> Name:
    """Return the nominative of a name's words.

    A tagger that guessed the case confuses a man's genitive and accusative.

    The case that the sentence asks for, the gender of a verb or a role, and the names that the text has elsewhere are
    evidence and do not bind: words that cannot be read so are read otherwise.
    """
    words = _joined_initials(words)
    parts = _parts(words)
    best: dict[Gender, tuple[float, list[str]]] = {}
    declined = [_decline_back(word, part, seen) for word, part in zip(words, parts, strict=True)]
    for hypothesis in HYPOTHESES:
        read = [readings[hypothesis] for readings in declined]
        score = sum(weight for weight, _ in read) + CASE_WEIGHTS[hypothesis[0]]
        score += _expected_case_weight(case, hypothesis, is_guessed=is_case_guessed)
        score += EXPECTED_GENDER_WEIGHT * (gender is hypothesis[1])
        if hypothesis[1] not in best or score > best[hypothesis[1]][0]:
            best[hypothesis[1]] = score, [form for _, form in read]
    (score, forms), other = sorted(best.values(), reverse=True)
    likely = next(of for of, scored in best.items() if scored == (score, forms))
    return Name(
        text=" ".join(forms),
        gender=likely if score - other[0] >= CERTAIN_GENDER else None,
        surname=_of(forms, parts, Part.PARTICLE, Part.SURNAME) if Part.SYLLABLE not in parts else forms[0],
        given=_of(forms, parts, Part.GIVEN, Part.INITIALS) if Part.SYLLABLE not in parts else " ".join(forms[1:]),
        patronymic=_of(forms, parts, Part.PATRONYMIC),
    )


def _expected_case_weight(expected: Case | None, hypothesis: Hypothesis, *, is_guessed: bool) -> float:
    if expected is hypothesis[0]:
        return EXPECTED_CASE_WEIGHT
    is_same_form = is_guessed and {expected, hypothesis[0]} == {Case.GENITIVE, Case.ACCUSATIVE}
    return SAME_FORM_WEIGHT if is_same_form and hypothesis[1] is Gender.MASCULINE else 0.0


def same_name_key(words: Sequence[str]) -> str:
    """Return a key that the forms of one surname share, in every case and of both genders: `лавров` of Лаврова."""
    name = nominative(words)
    key = (name.surname or name.text).lower().replace("ё", "е")
    return re.sub(r"(?<=..)(?:ая|яя|ый|ий|ой|[аьйя])$", "", key)


def _joined_initials(words: Sequence[str]) -> list[str]:
    """Return the words with the full stop of an initial joined to its letter."""
    joined: list[str] = []
    for word in words:
        if word == "." and joined:
            joined[-1] += word
        elif word:
            joined.append(word)
    return joined


def _parts(words: Sequence[str]) -> list[Part]:
    parts = [_part_alone(word) for word in words]
    if len(words) == 2 and parts[-1] is Part.PATRONYMIC and not _may_share_gender(*words):
        parts[-1] = Part.SURNAME  # Светлана Алексиевич
    named = [index for index, part in enumerate(parts) if part is Part.SURNAME]
    if len(named) > 1 and len(named) == len(words) and words[0].lower() in SYLLABIC_SURNAMES:
        return [*(Part.SYLLABLE for _ in words[1:]), Part.LAST_SYLLABLE]
    if len(named) == 1:
        if Part.PATRONYMIC in parts or (len(words) == 1 and _is_given_name_alone(words[0])):
            parts[named[0]] = Part.GIVEN  # Мария Ивановна, Мария
    elif named:
        surname = named[0] if _is_surname_first(words, parts, named) else named[-1]
        for index in named:
            if index != surname:
                parts[index] = Part.GIVEN
    return parts


def _part_alone(word: str) -> Part:
    if INITIALS.fullmatch(word):
        return Part.INITIALS
    if word.lower() in PARTICLES:
        return Part.PARTICLE
    return Part.PATRONYMIC if is_patronymic(word.lower()) else Part.SURNAME


def _is_surname_first(words: Sequence[str], parts: Sequence[Part], named: Sequence[int]) -> bool:
    """Return whether a name is written as in a list: Лавров Сергей Викторович, Лавров Сергей."""
    if parts[-1] is Part.PATRONYMIC:
        return True
    first, last = words[named[0]].lower(), words[named[-1]].lower()
    is_listed = ("-" in first or is_surname(first)) and is_given_name(last)
    return len(named) == len(words) and is_listed and not is_given_name(first) and not is_surname(last)


def _is_given_name_alone(word: str) -> bool:
    return is_given_name(word.lower()) and not is_surname(word.lower())


def _may_share_gender(given_name: str, patronymic: str) -> bool:
    genders = {reading.gender for reading in patronymic_readings_of(patronymic.lower())}
    return any(
        reading.gender in genders and reading.weight > 0 for reading in given_name_readings_of(given_name.lower())
    )


def _decline_back(word: str, part: Part, seen: SeenNames) -> Mapping[Hypothesis, tuple[float, str]]:
    """Return the best reading of a word in each case and gender: its weight, and the nominative."""
    if part in {Part.INITIALS, Part.PARTICLE, Part.SYLLABLE} or not CYRILLIC.search(word):
        return dict.fromkeys(HYPOTHESES, (0.0, word))
    *beginning, last = word.split("-")
    if beginning[:1] and beginning[0] in PARTICLES and last.endswith("и"):  # ас-Сиси, аль-Хатыби
        return dict.fromkeys(HYPOTHESES, (0.0, word))
    best = _best_readings(last, part, seen)
    if not beginning:
        return best
    undeclined = UNDECLINED[Part.SURNAME if part is Part.SURNAME else Part.GIVEN]
    pieces = [(piece, _best_readings(piece, part, seen)) for piece in beginning]
    joined = {}
    for hypothesis in HYPOTHESES:
        read = [max(readings[hypothesis], (undeclined, piece)) for piece, readings in pieces]
        read.append(best[hypothesis])
        joined[hypothesis] = sum(weight for weight, _ in read) / len(read), "-".join(form for _, form in read)
    return joined


def _best_readings(word: str, part: Part, seen: SeenNames) -> Mapping[Hypothesis, tuple[float, str]]:
    lower = word.lower()
    best: dict[Hypothesis, tuple[float, str]] = {}
    for reading in READINGS[part](lower):
        weight = reading.weight + seen.support(reading, lower)
        for case in (reading.case,) if reading.case else Case:
            other = best.get((case, reading.gender))
            # Of equals the first of the alphabet: Галина before Галиня.
            if other is None or (-weight, reading.nominative) < (-other[0], other[1]):
                best[case, reading.gender] = weight, reading.nominative
    return {
        hypothesis: (weight, with_capitals_of(word, form))
        for hypothesis in HYPOTHESES
        for weight, form in [best.get(hypothesis, (UNREADABLE, lower))]
    }


READINGS: dict[Part, Callable[[str], tuple[Reading, ...]]] = {
    Part.GIVEN: given_name_readings_of,
    Part.PATRONYMIC: patronymic_readings_of,
    Part.SURNAME: surname_readings_of,
    Part.LAST_SYLLABLE: last_syllable_readings_of,
}


def _of(forms: Sequence[str], parts: Sequence[Part], *wanted: Part) -> str:
    return " ".join(form for form, part in zip(forms, parts, strict=True) if part in wanted)
