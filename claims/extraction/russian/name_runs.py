"""Names of people, organizations and places as runs of words."""

from dataclasses import dataclass

from claims.extraction.russian.names.readings import is_given_name
from claims.extraction.russian.parsing.morphology import analyze
from claims.extraction.russian.sentences import Sentence, Word

PERSON, ORGANIZATION, PLACE = "PER", "ORG", "LOC"


@dataclass(frozen=True, slots=True)
class NameRun:
    """Words `start` to `end` (exclusive) that are a name of a person, an organization or a place."""

    start: int
    end: int
    type: str


def find_names(sentence: Sentence) -> list[NameRun]:
    """Return the runs that the tagger found, with the initials before a surname and without roles before a name."""
    runs: list[NameRun] = []
    words = sentence.words
    for index, word in enumerate(words):
        prefix, _, kind = word.name_tag.partition("-")
        if not kind:
            continue
        last = runs[-1] if runs else None
        if last and prefix == "I" and last.end == index and last.type == kind:
            runs[-1] = NameRun(last.start, index + 1, kind)
            continue
        start = _with_initials(words, index) if kind == PERSON else index
        while runs and runs[-1].end > start:
            start = min(start, runs.pop().start)
        runs.append(NameRun(start, index + 1, kind))
    trimmed = (_without_role(words, run) if run.type == PERSON else run for run in runs)
    trimmed = (_without_full_stop(words, run) for run in trimmed)
    return [run for run in trimmed if any(word.text[0].isalpha() for word in words[run.start : run.end])]


def _with_initials(words: list[Word], index: int) -> int:
    while (
        index >= 2
        and words[index - 1].text == "."
        and len(words[index - 2].text) == 1
        and words[index - 2].text.isupper()
    ):
        index -= 2
    return index


def _without_full_stop(words: list[Word], run: NameRun) -> NameRun:
    """Leave out a full stop that ends a sentence, not an initial, and that the tagger took for a part of the name."""
    ends_sentence = run.end - run.start > 1 and words[run.end - 1].text == "." and len(words[run.end - 2].text) > 1
    return NameRun(run.start, run.end - 1, run.type) if ends_sentence and run.end == len(words) else run


def _without_role(words: list[Word], run: NameRun) -> NameRun:
    """Leave out a role that begins a sentence and so looks like a part of the name: `Аспирантка Лиана Тер-Саркисян`."""
    start = run.start
    while (run.end - start > 2 or (run.end - start == 2 and is_given_name(words[start + 1].lower))) and _is_role(
        words[start].lower
    ):
        start += 1
    return NameRun(start, run.end, run.type)


def _is_role(lower: str) -> bool:
    readings = analyze(lower)
    is_name = any(reading.tag & {"Name", "Surn", "Patr"} for reading in readings)
    return not is_name and any({"NOUN", "anim"} <= reading.tag for reading in readings)
