"""Finds names in a source phrase: where a name begins after its titles, and whether there are several."""

from collections.abc import Sequence

from claims.extraction.english.lexicon.function_words import DEFINITE_DETERMINERS, DETERMINERS, PREPOSITIONS
from claims.extraction.english.lexicon.noun_classes import (
    NAME_PREMODIFIERS,
    OFFICE_INITIALS,
    ORGANIZATION_NOUNS,
    PERSON_NOUNS,
    denotes_people,
)
from claims.extraction.english.lexicon.person_nouns import DEMONYMS, NEWSPAPER_DEMONYMS, PARTISANS, is_person_noun
from claims.extraction.english.lexicon.role_nouns import OFFICES, TITLE_WORDS
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.name_runs import (
    ORGANIZATION_LINKS,
    capitals_end,
    name_start_after_office,
    skip_titles,
    without_postnominals,
)
from claims.extraction.english.sentences import POSSESSIVE_ENDINGS
from claims.extraction.lexicon import word_set
from claims.extraction.lexicon.first_names import FIRST_NAMES

COORDINATORS = frozenset({"and", "or"})
# A phrase that ends with one of these is no name, even in a headline.
FINDING_NOUNS = word_set("poll polls study studies survey surveys data video")


def trailing_name(words: DocumentWords, phrase: Sequence[int]) -> Sequence[int]:
    """Return the name that an unbroken phrase ends with, after titles and owners; empty if there is none."""
    if not phrase:
        return ()
    stop = phrase[-1] + 1
    owner_end = next(
        (index + 1 for index in reversed(phrase[:-1]) if words.lower(index) in POSSESSIVE_ENDINGS), phrase[0]
    )
    start = _last_capitals_start(words, owner_end, stop)
    last_word = words.lower(stop - 1)
    if (
        start == stop
        or (denotes_people(last_word) and not _names_union(words, range(owner_end, stop)))
        or last_word in FINDING_NOUNS
        or last_word in OFFICE_INITIALS
        or _is_demonym(words, phrase)
    ):
        return ()
    first_capital = next((index for index in range(owner_end, stop) if _may_begin_name(words, index)), start)
    is_linked = (
        any(words.lower(index) in ORGANIZATION_LINKS for index in range(owner_end, stop))
        and words.lower(first_capital) not in PERSON_NOUNS
    )
    if is_linked or (last_word in ORGANIZATION_NOUNS and words.all[stop - 1].is_capitalized):
        return range(first_capital, stop)
    while start < stop and words.lower(start) in DETERMINERS:
        start += 1
    if start == stop:
        return ()
    name_start = skip_titles(words, range(start, stop))
    if name_start == stop and stop - start == 1 and words.all[start].text.isupper() and not is_person_noun(last_word):
        name_start = start  # "the GOP"
    return range(name_start, without_postnominals(words, name_start, stop))


def _names_union(words: DocumentWords, phrase: Sequence[int]) -> bool:
    """Whether people are the members of an organization: "the National Union of Teachers"."""
    return any(
        words.lower(index) in ORGANIZATION_LINKS
        and words.lower(index - 1) in ORGANIZATION_NOUNS
        and words.all[index - 1].is_capitalized
        and words.all[phrase[-1]].is_capitalized
        for index in phrase[1:]
    )


def name_after_organization(words: DocumentWords, phrase: Sequence[int]) -> Sequence[int]:
    """Return the name in "the aide to the head of the Mill Board Ann Moor", which begins with a first name."""
    start = len(phrase)
    while start > 1 and words.all[phrase[start - 1]].is_capitalized and phrase[start - 1] == phrase[0] + start - 1:
        start -= 1
    if start == len(phrase):
        return ()
    # "A spokesman for Mayor Ann Moor" is not the mayor.
    has_title = words.lower(phrase[start]) in PERSON_NOUNS | TITLE_WORDS
    if has_title and words.lower(phrase[start - 1]) in PREPOSITIONS:
        return ()
    name_start = skip_titles(words, phrase[start:])
    previous_word = words.lower(name_start - 1)
    if name_start > phrase[0] and previous_word in ORGANIZATION_NOUNS | NAME_PREMODIFIERS:
        return range(name_start, phrase[-1] + 1)
    return ()


def name_after_office(words: DocumentWords, phrase: Sequence[int]) -> Sequence[int]:
    """Return the name in "Minister of Defence and Trade Ann Moor", "head of trade Ann Moor"."""
    stop = next((index for index in phrase if words.lower(index) in {",", "(", "who"}), phrase[-1] + 1)
    start = _last_capitals_start(words, phrase[0], stop)
    if start == stop:
        return ()
    name_start = name_start_after_office(words, start, stop)
    has_office = any(
        words.lower(index) in OFFICES and words.lower(index + 1) in {"of", "for"} for index in range(phrase[0], start)
    )
    follows_office = has_office and words.lower(start) in FIRST_NAMES and words.lower(start - 1) not in PREPOSITIONS
    return range(name_start, stop) if name_start > start > phrase[0] or follows_office else ()


def joint_source_length(words: DocumentWords, phrase: Sequence[int], core_length: int) -> int:
    """Return the length of a source of several speakers: "Ann Moor and Bob Lee", "the minister and his aides".

    0 if it is a single speaker.
    """
    stop = next((n for n, index in enumerate(phrase) if words.lower(index) in {"who", "which", "whose"}), len(phrase))
    parts: list[list[int]] = [[]]
    has_coordinator = in_parenthesis = False
    for number, index in enumerate(phrase[:stop]):
        word = words.lower(index)
        in_parenthesis = word == "(" or (in_parenthesis and word != ")")
        if in_parenthesis or word == ")":
            continue
        coordinates = word in COORDINATORS and number > 0
        if coordinates and number <= core_length and words.lower(index + 1) in DETERMINERS and number + 1 < stop:
            return stop
        has_coordinator = has_coordinator or coordinates
        if word in COORDINATORS or word == ",":
            parts.append([])
        else:
            parts[-1].append(index)
    speakers = [part for part in parts if part]
    # "the Department of Food and Water": one name.
    is_organization = bool(speakers) and words.lower(speakers[-1][-1]) in ORGANIZATION_NOUNS
    is_joint = has_coordinator and not is_organization and len(speakers) > 1
    return stop if is_joint and all(_is_whole_name(words, speaker) for speaker in speakers) else 0


def _is_demonym(words: DocumentWords, phrase: Sequence[int]) -> bool:
    """Whether the phrase is a person by country: "the Dutchman", "the 30-year-old Kenyan"."""
    word, article = words.lower(phrase[-1]), words.all[phrase[0]]
    is_newspaper = word in NEWSPAPER_DEMONYMS and article.is_capitalized
    return (word in DEMONYMS or word in PARTISANS) and article.lower in DEFINITE_DETERMINERS and not is_newspaper


def _may_begin_name(words: DocumentWords, index: int) -> bool:
    return words.all[index].is_capitalized and words.lower(index) not in DETERMINERS


def _last_capitals_start(words: DocumentWords, start: int, stop: int) -> int:
    """Return the start of the run of capitalized words that ends at `stop`; `stop` if there is none."""
    index = start
    while index < stop:
        end = capitals_end(words, index, stop)
        if end == stop:
            return index
        index = max(end, index + 1)
    return stop


def _is_whole_name(words: DocumentWords, phrase: Sequence[int]) -> bool:
    """Whether the phrase is a name without a modifier."""
    break_at = next((n for n in range(1, len(phrase)) if phrase[n] != phrase[n - 1] + 1), len(phrase))
    has_name = bool(trailing_name(words, phrase[:break_at]))
    return has_name and not any(words.lower(index) in PREPOSITIONS for index in phrase)
