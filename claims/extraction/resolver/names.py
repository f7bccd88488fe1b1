"""The names in a document: runs of capitalised words, without the titles that stand before them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.extraction.cues import AUXILIARIES
from claims.extraction.resolver.given import MEN, WOMEN
from claims.extraction.resolver.nouns import BEFORE_NAMES, HONORIFICS, ORGANIZATION_NOUNS, PEOPLE, SUFFIXES, SURNAMES
from claims.extraction.resolver.words import Word, Words
from claims.extraction.roles import CALENDAR, DETERMINERS, LEADING_PARTICLES, PARTICLES, PREPOSITIONS, SUBORDINATORS
from claims.extraction.roles import PRONOUNS as SUBJECTS

# A run of more words is a headline or a list.
LONGEST = 6
NEVER_FIRST = DETERMINERS | PREPOSITIONS | SUBJECTS | SUBORDINATORS | AUXILIARIES | {"it", "you", "there", "here"}
OF = frozenset({"of", "for", "on"})
MARKS = frozenset("\"“”'‘’")


class Run(NamedTuple):
    """Words `[start, end)` of a document that are a name; `[title, start)` are the titles in capitals before it."""

    title: int
    start: int
    end: int


def runs(words: Words) -> Iterator[Run]:
    """All names of the document in order."""
    for sentence in words.sentences:
        index = sentence.start
        while index < sentence.stop:
            end = capitals_end(words, index, sentence.stop)
            start = index
            while start < end and _opens(words, sentence, start):
                start += 1
            if start < end and (name := without_title(words, range(start, end))) < end:
                yield Run(start, name, end)
            index = max(end, index + 1)


def _opens(words: Words, sentence: range, index: int) -> bool:
    """Whether the word has its capital from the sentence only. A title keeps it: "President Moor", "the president"."""
    word = words.lower(index)
    return word in NEVER_FIRST or (index == sentence.start and word in words.common and word not in BEFORE_NAMES)


def capitals_end(words: Words, start: int, stop: int) -> int:
    """Where the run of capitals that begins at `start` ends: particles and a nickname between marks go with it."""
    end = start
    while end < stop:
        word = words.all[end]
        if word.capital and word.lower not in CALENDAR:
            end += 1
            if _is_short(word):
                break
        elif _joins(words, start, end, stop):
            end += 1
        elif end > start and word.text in MARKS and _nickname(words, end, stop):
            end += 3
        else:
            break
    return end


def _is_short(word: Word) -> bool:
    """Whether a full stop shortens a place: "Ohio. Polls show" is no name."""
    stem = word.lower[:-1]
    return word.text.endswith(".") and len(stem) > 2 and stem.isalpha() and word.lower not in BEFORE_NAMES | SUFFIXES


def without_title(words: Words, run: Sequence[int]) -> int:
    """Where the name begins in a run of capitals: behind the last title; at its end when it is nothing but titles."""
    end = run[-1] + 1
    last = words.lower(run[-1])
    if last in ORGANIZATION_NOUNS or (len(run) == 2 and last in SURNAMES and words.lower(run[0]) not in BEFORE_NAMES):
        return run[0]
    if last in SURNAMES and len(run) > 1 and words.lower(run[-2]) in HONORIFICS:
        return run[-1]
    start = run[0]
    for index in run:
        surname = words.lower(index) in SURNAMES and index > start and words.lower(index - 1) in MEN | WOMEN
        # "the Mill Board Ann Moor": the aide of the one is the other.
        body = words.lower(index) in ORGANIZATION_NOUNS and words.lower(index + 1) in MEN | WOMEN and index + 2 < end
        if body or (words.lower(index) in BEFORE_NAMES and not surname):
            start = index + 1
    return end if last in PEOPLE else start


def name_words(words: Words, start: int, end: int) -> tuple[str, ...]:
    """The words of a name as they are compared: small letters, no full stops, no marks."""
    return tuple(
        words.lower(index).replace(".", "").replace("’", "'")
        for index in range(start, end)
        if words.all[index].alphabetic
    )


def last_of(name: Sequence[str]) -> str:
    """The last word of a name that is not "Jr"."""
    return next((word for word in reversed(name) if word not in SUFFIXES), name[-1])


def fits(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether one name is the other or a part of it, in order; an initial fits its name."""
    rest = iter(full)
    return all(any(word == other or (len(word) == 1 and other[:1] == word) for other in rest) for word in short)


def _capital(words: Words, index: int, stop: int) -> bool:
    return index < stop and words.all[index].capital


def _joins(words: Words, start: int, index: int, stop: int) -> bool:
    """Whether a particle goes with the name: "Ursula von der Leyen", "van Dijk"."""
    if index == start:
        return words.lower(index) in LEADING_PARTICLES and _capital(words, index + 1, stop)
    if words.lower(index) not in PARTICLES:
        return False
    while index < stop and words.lower(index) in PARTICLES and not words.all[index].capital:
        index += 1
    return _capital(words, index, stop)


def _nickname(words: Words, index: int, stop: int) -> bool:
    """Robert "Bob" Lee."""
    return (
        index + 3 < stop
        and words.all[index + 1].capital
        and words.all[index + 2].text in MARKS
        and words.all[index + 3].capital
    )
