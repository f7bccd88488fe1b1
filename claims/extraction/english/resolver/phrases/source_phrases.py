"""Parses the phrase that names a source: a pronoun, a name with its role, several names, or a noun phrase.

The tagger returns the whole phrase: "Trade Minister Ann Moor, who is 70,", "a spokesman for Ann Moor". Its core ends at
the first comma, preposition, participle or relative clause; the last word of the core is the head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from claims.extraction.english.lexicon.function_words import (
    COUNTING_PRONOUNS,
    DAY_WORDS,
    DEFINITE_DETERMINERS,
    PLURAL_QUANTIFIERS,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE_PRONOUNS,
)
from claims.extraction.english.lexicon.noun_classes import (
    AGENT_SUFFIXES,
    NAME_SUFFIXES,
    ORGANIZATION_NOUNS,
    PEOPLE_NOUNS,
    PERSON_NOUNS,
    THING_NOUNS,
    VIEWPOINT_NOUNS,
    denotes_people,
)
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.name_runs import NICKNAME_MARKS, ORGANIZATION_LINKS
from claims.extraction.english.resolver.phrases.apposition import PHRASE_BREAKS, leading_role
from claims.extraction.english.resolver.phrases.phrase_names import (
    joint_source_length,
    name_after_office,
    name_after_organization,
    trailing_name,
)
from claims.extraction.english.sentences import POSSESSIVE_ENDINGS

PHRASE_LEADS = PREPOSITIONS | {"according", "as", "that", "and", "but", "while", "when"}
CORE_ENDINGS = PREPOSITIONS | RELATIVE_PRONOUNS | {"including", "where"}
# End the core after a noun for people: "officials briefed on it", "a source familiar with it".
PARTICIPLES = ("ing", "ed", "familiar", "close", "aware")
# Names that are pronouns in lower case.
UPPERCASE_NAMES = frozenset({"US", "WHO", "IT"})


SAYING_VERBS = frozenset({"said", "says", "told", "tells"})


class PhraseForm(Enum):
    EMPTY = auto()
    PRONOUN = auto()
    NAME = auto()
    SEVERAL = auto()
    NOUN_PHRASE = auto()


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """A source phrase; words are given by their index in the document.

    `mention` is the part that names the speaker and `head` its head word, `core` the noun phrase up to its first
    modifier, `role` the role before or after a name.
    """

    form: PhraseForm
    mention: Sequence[int] = ()
    head: int = -1
    core: Sequence[int] = ()
    role: Sequence[int] = ()


def parse_source_phrase(words: DocumentWords, source: Sequence[int]) -> SourcePhrase:
    phrase = _trim_phrase(words, source)
    if not phrase:
        return SourcePhrase(PhraseForm.EMPTY)
    if _is_pronoun(words, phrase):
        return SourcePhrase(PhraseForm.PRONOUN, phrase[:1], phrase[0], phrase[:1])
    core = phrase[: _core_length(words, phrase)]
    if joint_length := joint_source_length(words, phrase, len(core)):
        return SourcePhrase(PhraseForm.SEVERAL, phrase[:joint_length], core[-1], core)
    is_common_noun = len(core) == 1 and _is_common_noun(words, core[0])
    if not is_common_noun and (name := trailing_name(words, core)):
        role = core[: len(core) - len(name)] or _role_after_name(words, phrase[len(core) :])
        return SourcePhrase(PhraseForm.NAME, name, name[-1], core, role)
    if named_source := (
        _name_after_office(words, phrase)
        or _name_of_member(words, phrase, core)
        or _name_in_apposition(words, phrase, core)
    ):
        return named_source
    end = next((n for n, index in enumerate(phrase) if n and words.lower(index) in PHRASE_BREAKS), len(phrase))
    return SourcePhrase(PhraseForm.NOUN_PHRASE, phrase[:end], core[-1], core)


def _trim_phrase(words: DocumentWords, source: Sequence[int]) -> Sequence[int]:
    """Strip leading words ("according to"), and punctuation and possessive endings at the end."""
    start, end = 0, len(source)
    while start < end and not words.all[source[start]].is_word:
        start += 1
    while start < end - 1 and _is_phrase_lead(words, source[start]):
        start += 1
    # "ANN MOOR SAID ON MONDAY": a name ends before its verb.
    end = next((n for n in range(start + 1, end) if _is_verb_of_name(words, source[n])), end)
    while end > start and words.lower(source[end - 1]) != ")" and not _is_phrase_word(words, source[end - 1]):
        end -= 1
    return source[start:end]


def _is_verb_of_name(words: DocumentWords, index: int) -> bool:
    word = words.all[index]
    return word.lower in SAYING_VERBS and not word.is_capitalized and words.all[index - 1].is_capitalized


def _is_phrase_lead(words: DocumentWords, index: int) -> bool:
    word = words.all[index]
    return word.lower in PHRASE_LEADS and not word.text.isupper() and words.lower(index + 1) != "least"


def _is_phrase_word(words: DocumentWords, index: int) -> bool:
    """Whether the last word of a phrase belongs to it: not so "today" in "Ann Moor today"."""
    word = words.all[index]
    is_day = word.lower in DAY_WORDS and not word.is_capitalized
    return word.is_word and not is_day and word.lower not in POSSESSIVE_ENDINGS


def _is_pronoun(words: DocumentWords, phrase: Sequence[int]) -> bool:
    """Whether the phrase is a pronoun, which "his aides" and "one of them" are not."""
    first = words.all[phrase[0]]
    if first.lower not in PRONOUNS or first.text in UPPERCASE_NAMES:
        return False
    if len(phrase) == 1:
        return True
    if first.lower in COUNTING_PRONOUNS:
        return False
    second = words.all[phrase[1]]
    if first.lower in POSSESSIVE_PRONOUNS and second.lower in VIEWPOINT_NOUNS:
        # "his own", "his own words", but "our own benchmarks".
        return second.lower != "own" or len(phrase) == 2 or words.lower(phrase[2]) in VIEWPOINT_NOUNS
    is_separated = not second.is_word and second.text not in NICKNAME_MARKS
    return is_separated or second.lower in CORE_ENDINGS | {"himself", "herself"}


def _is_common_noun(words: DocumentWords, index: int) -> bool:
    """Whether a single word is a noun for people, or is capitalized only because it begins a sentence."""
    word = words.all[index]
    begins_sentence = index == words.sentences[words.sentence_of[index]].start
    # "Swimmers" in a text that speaks of a swimmer
    is_plural = word.lower.endswith(AGENT_SUFFIXES) and word.lower[:-1] in words.lower_case_words
    common_words = words.lower_case_words | THING_NOUNS | COUNTING_PRONOUNS | PLURAL_QUANTIFIERS
    return denotes_people(word.lower) or (begins_sentence and (is_plural or word.lower in common_words))


def _core_length(words: DocumentWords, phrase: Sequence[int]) -> int:
    """Return the number of words before the first comma, preposition, participle or relative clause."""
    is_organization = False
    for number in range(1, len(phrase)):
        previous, word = words.all[phrase[number - 1]], words.all[phrase[number]]
        precedes_suffix = word.text == "," and words.lower(phrase[number] + 1) in NAME_SUFFIXES
        # "the National Union of Teachers of Aln"
        is_organization_link = (
            word.lower in ORGANIZATION_LINKS
            and previous.is_capitalized
            and (previous.lower in ORGANIZATION_NOUNS or is_organization)
        )
        is_organization = is_organization or is_organization_link
        if precedes_suffix or is_organization_link or word.text in NICKNAME_MARKS:
            continue
        is_part_of_name = word.is_capitalized and previous.is_capitalized
        is_participle = previous.lower in PEOPLE_NOUNS | PERSON_NOUNS and word.text.endswith(PARTICIPLES)
        if (
            is_participle
            or (word.lower in CORE_ENDINGS and not is_part_of_name)
            or word.text in PHRASE_BREAKS
            or word.text == ")"
            or phrase[number] != phrase[number - 1] + 1
        ):
            return number
    return len(phrase)


def _role_after_name(words: DocumentWords, rest: Sequence[int]) -> Sequence[int]:
    """Return the role in what follows a name within its source: ", professor at the Mill School,"."""
    start = 0
    if rest and words.lower(rest[0]) == "(":
        start = next((n + 1 for n, index in enumerate(rest) if words.lower(index) == ")"), len(rest))
    if start >= len(rest) or words.lower(rest[start]) not in PHRASE_BREAKS:
        return ()
    return leading_role(words, rest[start + 1 :])


def _name_after_office(words: DocumentWords, phrase: Sequence[int]) -> SourcePhrase | None:
    name = name_after_office(words, phrase)
    role = [index for index in phrase if name and index < name[0]]
    return SourcePhrase(PhraseForm.NAME, name, name[-1], name, role) if name else None


def _name_in_apposition(words: DocumentWords, phrase: Sequence[int], core: Sequence[int]) -> SourcePhrase | None:
    """Return the name in "the head of the mill, Ann Moor," if the core is a role."""
    if len(core) == 1 and _is_common_noun(words, core[0]):
        return None
    head = words.lower(core[-1])
    is_plural = head.endswith("s") and head not in PERSON_NOUNS
    if is_plural or head in THING_NOUNS | ORGANIZATION_NOUNS | PEOPLE_NOUNS:
        return None
    breaks = [n for n, index in enumerate(phrase) if n >= len(core) and words.lower(index) in PHRASE_BREAKS]
    if not breaks:
        name = name_after_organization(words, phrase)
        role = phrase[: len(phrase) - len(name)]
        return SourcePhrase(PhraseForm.NAME, name, phrase[-1], name, role) if name else None
    apposition = phrase[breaks[0] + 1 : breaks[1] if len(breaks) > 1 else len(phrase)]
    if apposition and words.lower(apposition[0]) in RELATIVE_PRONOUNS:
        return None  # "the designer, who works at Moor"
    name = trailing_name(words, apposition) or name_after_organization(words, apposition)
    # "The bench, headed by Justice Ann Moor," is not Ann Moor.
    if "by" in [words.lower(index) for index in apposition[1:2]]:
        return None
    return SourcePhrase(PhraseForm.NAME, name, name[-1], apposition, phrase[: breaks[0]]) if name else None


def _name_of_member(words: DocumentWords, phrase: Sequence[int], core: Sequence[int]) -> SourcePhrase | None:
    """Return the name in "One of those chains, Moor Foods," and "The union that called the strike, Moor Workers,"."""
    head = words.lower(core[-1])
    if head != "one" and not (head in ORGANIZATION_NOUNS and words.lower(core[0]) in DEFINITE_DETERMINERS):
        return None
    comma = next((n for n, index in enumerate(phrase) if words.lower(index) == ","), 0)
    name = phrase[comma + 1 :]
    if not comma or not name or not all(words.all[index].is_capitalized for index in name):
        return None
    # "The company in Aln, Moldova,": a place of one word.
    is_place = words.all[phrase[comma - 1]].is_capitalized and len(name) == 1
    return None if is_place else SourcePhrase(PhraseForm.NAME, name, name[-1], name, phrase[:comma])
