"""Finds the names in a document: runs of capitalized words, without the titles before them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.extraction.english.lexicon.function_words import (
    AUXILIARIES,
    CALENDAR_WORDS,
    DETERMINERS,
    LEADING_NAME_PARTICLES,
    NAME_PARTICLES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from claims.extraction.english.lexicon.noun_classes import (
    HONORIFICS,
    NAME_PREMODIFIERS,
    NAME_SUFFIXES,
    ORGANIZATION_NOUNS,
    PEOPLE_NOUNS,
    ROLE_SURNAMES,
)
from claims.extraction.english.lexicon.role_nouns import OFFICES, POSTNOMINALS, TITLE_ACRONYMS
from claims.extraction.english.resolver.document_words import DocumentWord, DocumentWords
from claims.extraction.lexicon.first_names import FIRST_NAMES

# A longer run is a headline or a list.
MAX_NAME_WORDS = 6
NON_NAME_STARTS = (
    DETERMINERS | PREPOSITIONS | SUBJECT_PRONOUNS | SUBORDINATORS | AUXILIARIES | {"it", "you", "there", "here"}
)
ORGANIZATION_LINKS = frozenset({"of", "for", "on"})
# Between the words of an office: "Minister of Defence and Trade", "Secretary of State for the Arts".
OFFICE_LINKS = ORGANIZATION_LINKS | {"and", "&", "the"}
MAX_OFFICE_WORDS = 12
# Before the hyphen of a title: "co-author", "ex-minister".
TITLE_PREFIXES = frozenset({"co", "deputy", "ex", "former", "non", "sub", "then", "under", "vice"})
# Endings of trades that no list holds: "flautist", "optician", "watchmaker".
TRADE_SUFFIXES = (
    "ator",
    "cist",
    "gist",
    "ician",
    "keeper",
    "maker",
    "nist",
    "person",
    "player",
    "rist",
    "tist",
    "woman",
    "worker",
    "writer",
)
MIN_TRADE_LETTERS = 8
NICKNAME_MARKS = frozenset("\"“”'‘’")


class NameRun(NamedTuple):
    """Words `[start, end)` of a document that form a name, after the capitalized titles `[title_start, start)`."""

    title_start: int
    start: int
    end: int


def find_name_runs(words: DocumentWords) -> Iterator[NameRun]:
    """Yield all names of the document in order."""
    for sentence in words.sentences:
        index = sentence.start
        while index < sentence.stop:
            start, word = index, words.all[index]
            if not word.is_capitalized and word.lower not in LEADING_NAME_PARTICLES:
                index += 1
                continue
            end = capitals_end(words, start, sentence.stop)
            while start < end and _is_capital_by_position(words, sentence, start):
                start += 1
            is_label = end - start == 1 and len(words.all[start].text) == 1 and words.all[start].text.isascii()
            if start < end and not is_label and (name_start := skip_titles(words, range(start, end))) < end:
                yield NameRun(start, name_start, without_postnominals(words, name_start, end))
            index = max(end, index + 1)


def _is_capital_by_position(words: DocumentWords, sentence: range, index: int) -> bool:
    """Whether the word may be capitalized only because of its place. Not so for a title: "President Moor"."""
    word = words.lower(index)
    return word in NON_NAME_STARTS or (
        index == sentence.start and word in words.lower_case_words and word not in NAME_PREMODIFIERS
    )


def capitals_end(words: DocumentWords, start: int, stop: int) -> int:
    """Return the end of the run of capitalized words at `start`, including particles and a quoted nickname."""
    end = start
    while end < stop:
        word = words.all[end]
        if word.is_capitalized and word.lower not in CALENDAR_WORDS:
            end += 1
            if _is_abbreviated_place(word):
                break
        elif _is_ampersand_in_name(words, start, end, stop) or _is_particle_in_name(words, start, end, stop):
            end += 1
        elif end > start and word.text in NICKNAME_MARKS and _is_nickname_at(words, end, stop):
            end += 3
        else:
            break
    return end


def _is_abbreviated_place(word: DocumentWord) -> bool:
    """Whether a full stop ends the name with this word: "Ohio. Polls show" is no name."""
    stem = word.lower[:-1]
    return (
        word.text.endswith(".")
        and len(stem) > 2
        and stem.isalpha()
        and word.lower not in NAME_PREMODIFIERS | NAME_SUFFIXES
    )


def skip_titles(words: DocumentWords, run: Sequence[int]) -> int:
    """Return where the name begins in a run of capitalized words, after its titles; its end if it has only titles."""
    end = run[-1] + 1
    last = words.lower(run[-1])
    if last in ORGANIZATION_NOUNS or (
        len(run) == 2 and last in ROLE_SURNAMES and words.lower(run[0]) not in NAME_PREMODIFIERS
    ):
        return run[0]
    if last in ROLE_SURNAMES and len(run) > 1 and words.lower(run[-2]) in HONORIFICS:
        return run[-1]
    start = name_start_after_office(words, run[0], end)
    for index in range(start, end):
        follows_first_name = index > start and words.lower(index - 1) in FIRST_NAMES
        is_surname = follows_first_name and (words.lower(index) in ROLE_SURNAMES or index == end - 1)
        # "the Mill Board Ann Moor": the name of an aide follows that of the organization.
        is_organization = (
            words.lower(index) in ORGANIZATION_NOUNS and words.lower(index + 1) in FIRST_NAMES and index + 2 < end
        )
        if is_organization or (is_title(words, index, end) and not is_surname):
            start = index + 1
    return end if last in PEOPLE_NOUNS else start


def is_title(words: DocumentWords, index: int, stop: int) -> bool:
    """Whether a capitalized word is a title or trade before a name that ends at `stop`: "Referee", "Ex-Minister"."""
    word = words.all[index]
    if word.lower in NAME_PREMODIFIERS or (word.text in TITLE_ACRONYMS and index < stop - 1):
        return True
    prefix, hyphen, noun = word.lower.rpartition("-")
    if hyphen:
        return noun in NAME_PREMODIFIERS and (noun not in ROLE_SURNAMES or prefix in TITLE_PREFIXES)
    return index < stop - 2 and len(noun) >= MIN_TRADE_LETTERS and noun.endswith(TRADE_SUFFIXES)


def name_start_after_office(words: DocumentWords, start: int, end: int) -> int:
    """Return where the name begins in "Minister of Defence and Trade Ann Moor", whose last capitals are a run.

    It begins with a first name, else it is the last two words of three or more. `start` if no office precedes the run.
    """
    index, first = start - 1, max(words.sentences[words.sentence_of[start]].start, start - MAX_OFFICE_WORDS)
    while index >= first and (words.all[index].is_capitalized or words.lower(index) in OFFICE_LINKS):
        if words.lower(index) in OFFICES and words.lower(index + 1) in {"of", "for"}:
            break
        index -= 1
    is_office = index >= first and words.lower(index) in OFFICES and words.lower(index + 1) in {"of", "for"}
    if not is_office or end - start < 2:
        return start
    first_name = next((n for n in range(start, end - 1) if words.lower(n) in FIRST_NAMES), end)
    # "the Mayor of New York City" and "Minister of Foreign Affairs" name nobody.
    has_article = any(words.lower(n) in DETERMINERS for n in range(max(first, index - 2), index))
    return end - 2 if first_name == end and end - start > 2 and not has_article else first_name


def without_postnominals(words: DocumentWords, start: int, end: int) -> int:
    """Return the end of a name without the letters after it: "Ann Moor QC"."""
    while end > start + 2 and words.all[end - 1].text in POSTNOMINALS:
        end -= 1
    return end


def normalize_name(words: DocumentWords, start: int, end: int) -> tuple[str, ...]:
    """Return the words of a name for comparison: in lower case, without full stops and punctuation."""
    return tuple(
        words.lower(index).replace(".", "").replace("’", "'") for index in range(start, end) if words.all[index].is_word
    )


def last_name(name: Sequence[str]) -> str:
    """Return the last word of a name, without suffixes such as "Jr"."""
    return next((word for word in reversed(name) if word not in NAME_SUFFIXES), name[-1])


def is_form_of_name(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the words of a name occur in a fuller name, in order; an initial matches its name."""
    remaining = iter(full)
    return all(any(word == other or (len(word) == 1 and other[:1] == word) for other in remaining) for word in short)


def _is_capital_at(words: DocumentWords, index: int, stop: int) -> bool:
    return index < stop and words.all[index].is_capitalized


def _is_ampersand_in_name(words: DocumentWords, start: int, index: int, stop: int) -> bool:
    return index > start and words.lower(index) == "&" and _is_capital_at(words, index + 1, stop)


def _is_particle_in_name(words: DocumentWords, start: int, index: int, stop: int) -> bool:
    """Whether a particle belongs to the name: "Ursula von der Leyen", "van Dijk"."""
    if index == start:
        return words.lower(index) in LEADING_NAME_PARTICLES and _is_capital_at(words, index + 1, stop)
    if words.lower(index) not in NAME_PARTICLES:
        return False
    while index < stop and words.lower(index) in NAME_PARTICLES and not words.all[index].is_capitalized:
        index += 1
    return _is_capital_at(words, index, stop)


def _is_nickname_at(words: DocumentWords, index: int, stop: int) -> bool:
    """Whether a quoted nickname begins here: Robert "Bob" Lee."""
    return (
        index + 3 < stop
        and words.all[index + 1].is_capitalized
        and words.all[index + 2].text in NICKNAME_MARKS
        and words.all[index + 3].is_capitalized
    )
