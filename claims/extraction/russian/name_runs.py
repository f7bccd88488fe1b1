"""Names of people, organizations and places as runs of words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.russian.cue_words import word_set
from claims.extraction.russian.names.readings import is_given_name
from claims.extraction.russian.parsing.morphology import analyze, is_known_word, parse_word
from claims.extraction.russian.sentences import Sentence, Word

PERSON, ORGANIZATION, PLACE = "PER", "ORG", "LOC"
# Trades that the dictionary knows as surnames alone.
TRADES = word_set("гончар швец")
SURNAME_ENDING = re.compile(r"(?:[оеё]в|[иы]н)(?:|а|у|ым|ой|е)$")
# Abbreviations that the tagger may take for surnames: `По данным Крайстата`.
PUBLIC_BODY = re.compile(
    r"(?:мин|рос|край|обл|гор|гос|глав)\w*(?:стат|надзор|реестр|суд|совет|канал|здрав|транс|фин|строй|пром|торг|лес|свет)"
    r"(?:а|у|ом|е)?"
)
MINISTRY = re.compile(r"мин(?!ск|ерал)\w+")
DEPARTMENT = re.compile(r"(?:управлени|департамент|инспекци|комитет|главк|отдел|отделени)(?:|[а-я]{1,2})")
REGIONS_IN_GENITIVE = word_set("России РФ края области республики округа района")
# `Самарчанка`, `Тверичанка`: the dictionary lacks many.
INHABITANT = re.compile(r"(?:[цчж]ан|ист)к[аиуе]$")
# They are a part of the name: «Леди Гага», «Дед Мороз».
TITLES_IN_NAMES = word_set("леди дед баба мать отец папа")


@dataclass(frozen=True, slots=True)
class NameRun:
    """Words `start` to `end` (exclusive) that are a name of a person, an organization or a place."""

    start: int
    end: int
    type: str


def find_names(sentences: Sequence[Sentence]) -> list[list[NameRun]]:
    """Return the names of each sentence.

    A family (`соседка Сабировых`) and a role that begins a sentence are no name of a person, unless the text has it as
    the surname of one.
    """
    found = [_tagged_names(sentence) for sentence in sentences]
    surnames = {
        form
        for sentence, runs in zip(sentences, found, strict=True)
        for run in runs
        if run.type == PERSON and run.end - run.start > 1
        for form in _dictionary_forms(sentence.words[run.end - 1].lower)
    }
    return [
        sorted(
            [run for run in runs if _is_name(sentence.words, run, surnames)]
            + _missed_surnames(sentence.words, runs, surnames),
            key=lambda run: run.start,
        )
        for sentence, runs in zip(sentences, found, strict=True)
    ]


def _missed_surnames(words: Sequence[Word], runs: Sequence[NameRun], surnames: set[str]) -> list[NameRun]:
    """Return the surnames of people whom the text names in full that the tagger took for adjectives: `Береговая`."""
    taken = {index for run in runs for index in range(run.start, run.end)}
    missed = []
    for index, word in enumerate(words):
        if not word.text.istitle() or index in taken or not any("ADJF" in form.tag for form in analyze(word.lower)):
            continue
        behind = analyze(words[index + 1].lower) if index + 1 < len(words) else ()
        is_modifier = any(not form.tag.isdisjoint({"NOUN", "ADJF", "PRTF"}) for form in behind)
        if not is_modifier and not surnames.isdisjoint(_dictionary_forms(word.lower)):
            missed.append(NameRun(index, index + 1, PERSON))
    return missed


def _dictionary_forms(lower: str) -> set[str]:
    return {lower, *(reading.normal_form for reading in analyze(lower))}


def _is_name(words: Sequence[Word], run: NameRun, surnames: set[str]) -> bool:
    if run.type != PERSON or run.end - run.start > 1:
        return True
    lower = words[run.start].lower
    if is_family(lower):
        return lower in surnames
    if run.start or not surnames.isdisjoint(_dictionary_forms(lower)):
        return True
    return not (_is_role(lower) and is_known_word(lower) and not _is_surname(lower)) and not _is_other_word(lower)


def _is_other_word(lower: str) -> bool:
    """Whether a word is no name of a person, but begins a sentence with a capital letter: `Приход`, `Самарчанка`."""
    readings = parse_word(lower)
    known = [reading for reading in readings if reading.is_known]
    if not known:
        return INHABITANT.search(lower) is not None
    is_noun = any(reading.tag.POS in {"NOUN", "ADJF", "ADJS"} for reading in known)
    return not is_noun


def is_family(lower: str) -> bool:
    """Whether a word is the plural of a surname and no form of its singular: `Сабировы`, `Сабировых`."""
    readings = [reading.tag for reading in analyze(lower) if "Surn" in reading.tag]
    return any("plur" in tag for tag in readings) and not any("sing" in tag for tag in readings)


def _is_surname(lower: str) -> bool:
    return any("Surn" in reading.tag for reading in analyze(lower))


def _may_be_surname(lower: str) -> bool:
    return _is_surname(lower) or SURNAME_ENDING.search(lower) is not None


def _tagged_names(sentence: Sentence) -> list[NameRun]:
    """Return the runs that the tagger found, with initials or a given name before them, without roles."""
    runs: list[NameRun] = []
    words = sentence.words
    for index, word in enumerate(words):
        prefix, _, kind = word.name_tag.partition("-")
        kind = ORGANIZATION if kind == PERSON and prefix == "B" and PUBLIC_BODY.fullmatch(word.lower) else kind
        if not kind:
            continue
        last = runs[-1] if runs else None
        is_abbreviated = kind == ORGANIZATION and word.text.isupper() and words[index - 1].text.isupper()  # `ГУ МЧС`
        if last and (prefix == "I" or is_abbreviated) and last.end == index and last.type == kind:
            runs[-1] = NameRun(last.start, index + 1, kind)
            continue
        start = _with_missed_words(words, index) if kind == PERSON else index
        while runs and runs[-1].end > start:
            start = min(start, runs.pop().start)
        runs.append(NameRun(start, index + 1, kind))
    trimmed = (_without_role(words, run) if run.type == PERSON else run for run in runs)
    joined = _join_regional(words, [_without_full_stop(words, run) for run in trimmed])
    return [run for run in joined if any(word.text[0].isalpha() for word in words[run.start : run.end])]


def _join_regional(words: Sequence[Word], runs: Sequence[NameRun]) -> list[NameRun]:
    """Join the parts of a public body's name: `ГУ МЧС по Томской области`, `управление МВД на транспорте`."""
    joined: list[NameRun] = []
    for run in runs:
        last = joined[-1] if joined else None
        between = [word.lower for word in words[last.end : run.start]] if last else []
        if last and last.type == ORGANIZATION and words[last.start].text.isupper():
            is_body = run.type == ORGANIZATION and not between and words[run.start].text.isupper()
            is_country = run.type == PLACE and not between and words[run.start].lower in {"россии", "рф"}
            is_second = between == ["и"] and words[run.start - 3].lower == "по"
            is_region = run.type == PLACE and (between == ["по"] or is_second)
            if is_body or is_region or (is_country and words[run.end : run.end + 1] and words[run.end].lower == "по"):
                joined[-1] = NameRun(last.start, run.end, ORGANIZATION)
                continue
        if last and last.type == ORGANIZATION and not between and _is_of_public_body(words, last, run):
            joined[-1] = NameRun(last.start, _with_field(words, run.end), ORGANIZATION)
            continue
        joined.append(run)
    return joined


def _is_of_public_body(words: Sequence[Word], body: NameRun, run: NameRun) -> bool:
    """Whether a name behind a public body says whose or where it is: `управление Ростехнадзора`, `МИД РФ`."""
    own, other = words[body.end - 1], words[run.end - 1]
    if run.type == ORGANIZATION:
        is_state = words[run.start].text.isupper() or PUBLIC_BODY.fullmatch(words[run.start].lower) is not None
        return is_state and body.end - body.start > 1 and DEPARTMENT.fullmatch(own.lower) is not None
    is_state = own.text.isupper() or MINISTRY.fullmatch(own.lower) is not None
    return run.type == PLACE and is_state and body.end - body.start == 1 and other.text in REGIONS_IN_GENITIVE


def _with_field(words: Sequence[Word], end: int) -> int:
    is_transport = [word.lower for word in words[end : end + 2]] == ["на", "транспорте"]
    return end + 2 if is_transport else end


def _with_missed_words(words: list[Word], index: int) -> int:
    """Return where a name begins whose initials or given name the tagger missed."""
    while (
        index >= 2
        and words[index - 1].text == "."
        and len(words[index - 2].text) == 1
        and words[index - 2].text.isupper()
    ):
        index -= 2
    while index and words[index - 1].name_tag == "O" and _is_missed_given_name(words[index - 1]):
        index -= 1
    return index


def _is_missed_given_name(word: Word) -> bool:
    return word.text.istitle() and is_given_name(word.lower) and not _is_role(word.lower)


def _without_full_stop(words: list[Word], run: NameRun) -> NameRun:
    """Leave out a full stop that ends a sentence, not an initial, and that the tagger took for a part of the name."""
    ends_sentence = run.end - run.start > 1 and words[run.end - 1].text == "." and len(words[run.end - 2].text) > 1
    return NameRun(run.start, run.end - 1, run.type) if ends_sentence and run.end == len(words) else run


def _without_role(words: list[Word], run: NameRun) -> NameRun:
    """Leave out a role that begins a sentence and so looks like a part of the name: `Аспирантка Лиана Тер-Саркисян`."""
    start = run.start
    while run.end - start > 1 and _is_role(words[start].lower):
        is_before_surname = is_known_word(words[start].lower) and _may_be_surname(words[start + 1].lower)
        if run.end - start == 2 and not is_given_name(words[start + 1].lower) and not is_before_surname:
            break
        start += 1
    return NameRun(start, run.end, run.type)


def _is_role(lower: str) -> bool:
    if lower in TRADES:
        return True
    readings = analyze(lower)
    is_name = lower in TITLES_IN_NAMES or is_given_name(lower) or any("Patr" in reading.tag for reading in readings)
    return not is_name and any({"NOUN", "anim"} <= reading.tag and "Surn" not in reading.tag for reading in readings)
