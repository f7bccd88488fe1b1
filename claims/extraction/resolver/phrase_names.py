"""The names within a source phrase: where a name begins behind its titles, and whether there are several."""

from collections.abc import Sequence

from claims.extraction.lexicon.noun_classes import NAME_PREMODIFIERS, ORGANIZATION_NOUNS, PERSON_NOUNS, denotes_people
from claims.extraction.lexicon.role_nouns import DETERMINERS, PREPOSITIONS
from claims.extraction.resolver.document_words import DocumentWords
from claims.extraction.resolver.entities.name_runs import ORGANIZATION_LINKS, capitals_end, skip_titles
from claims.extraction.text.sentences import POSSESSIVE_ENDINGS

COORDINATORS = frozenset({"and", "&", "or"})
# What ends with one of these is no name even in a headline.
FINDING_NOUNS = frozenset({"poll", "polls", "study", "studies", "survey", "surveys", "data", "video"})


def trailing_name(words: DocumentWords, core: Sequence[int]) -> Sequence[int]:
    """The name that an unbroken run of words ends with, behind titles and owners; empty where it ends with none."""
    if not core:
        return ()
    stop = core[-1] + 1
    floor = next((index + 1 for index in reversed(core[:-1]) if words.lower(index) in POSSESSIVE_ENDINGS), core[0])
    start = _last_capitals_start(words, floor, stop)
    last = words.lower(stop - 1)
    if start == stop or denotes_people(last) or last in FINDING_NOUNS:
        return ()
    opening = next((index for index in range(floor, stop) if _may_begin_name(words, index)), start)
    joined = (
        any(words.lower(index) in ORGANIZATION_LINKS for index in range(floor, stop))
        and words.lower(opening) not in PERSON_NOUNS
    )
    if joined or (last in ORGANIZATION_NOUNS and words.all[stop - 1].capital):
        return range(opening, stop)
    while start < stop and words.lower(start) in DETERMINERS:
        start += 1
    if start == stop:
        return ()
    name = skip_titles(words, range(start, stop))
    if name == stop and stop - start == 1 and words.all[start].text.isupper():
        # "the GOP"
        name = start
    return range(name, stop)


def name_after_organization(words: DocumentWords, rest: Sequence[int]) -> Sequence[int]:
    """The name in "the aide to the head of the Mill Board Ann Moor": only a given name tells where it begins."""
    start = len(rest)
    while start > 1 and words.all[rest[start - 1]].capital and rest[start - 1] == rest[0] + start - 1:
        start -= 1
    if start == len(rest):
        return ()
    name = skip_titles(words, rest[start:])
    before = words.lower(name - 1)
    return range(name, rest[-1] + 1) if name > rest[0] and before in ORGANIZATION_NOUNS | NAME_PREMODIFIERS else ()


def joint_source_length(words: DocumentWords, rest: Sequence[int], core: int) -> int:
    """How many words the phrase has when several speak as one: "Ann Moor and Bob Lee", "the minister and his aides"."""
    stop = next((n for n, index in enumerate(rest) if words.lower(index) in {"who", "which", "whose"}), len(rest))
    parts: list[list[int]] = [[]]
    joined = inside = False
    for number, index in enumerate(rest[:stop]):
        word = words.lower(index)
        inside = word == "(" or (inside and word != ")")
        if inside or word == ")":
            continue
        joins = word in COORDINATORS and number > 0
        if joins and number <= core and words.lower(index + 1) in DETERMINERS and number + 1 < stop:
            return stop
        joined = joined or joins
        if word in COORDINATORS or word == ",":
            parts.append([])
        else:
            parts[-1].append(index)
    named = [part for part in parts if part]
    whole = bool(named) and words.lower(named[-1][-1]) in ORGANIZATION_NOUNS
    return stop if joined and not whole and len(named) > 1 and all(_is_whole_name(words, part) for part in named) else 0


def _may_begin_name(words: DocumentWords, index: int) -> bool:
    return words.all[index].capital and words.lower(index) not in DETERMINERS


def _last_capitals_start(words: DocumentWords, start: int, stop: int) -> int:
    """Where the run of capitals that ends at `stop` begins; `stop` when there is none."""
    index = start
    while index < stop:
        end = capitals_end(words, index, stop)
        if end == stop:
            return index
        index = max(end, index + 1)
    return stop


def _is_whole_name(words: DocumentWords, part: Sequence[int]) -> bool:
    """Whether these words are somebody's name with nothing behind it."""
    unbroken = part[: next((n for n in range(1, len(part)) if part[n] != part[n - 1] + 1), len(part))]
    return bool(trailing_name(words, unbroken)) and not any(words.lower(index) in PREPOSITIONS for index in part)
