"""What a source phrase is: a pronoun, a name with its role, several names, or a noun phrase.

The tagger hands over the whole phrase: "Trade Minister Ann Moor, who is 70,", "a spokesman for Ann Moor". Its core ends
where a comma, a preposition or a relative clause begins, and the last word of the core is the head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from claims.extraction.lexicon.noun_classes import (
    COUNTING_PRONOUNS,
    NAME_SUFFIXES,
    ORGANIZATION_NOUNS,
    PEOPLE_NOUNS,
    PERSON_NOUNS,
    POSSESSIVE_PRONOUNS,
    PRONOUNS,
    RELATIVE_PRONOUNS,
    THING_NOUNS,
    VIEWPOINT_NOUNS,
    denotes_people,
)
from claims.extraction.lexicon.role_nouns import PREPOSITIONS
from claims.extraction.resolver.apposition import PHRASE_BREAKS, leading_role
from claims.extraction.resolver.document_words import DocumentWords
from claims.extraction.resolver.entities.name_runs import NICKNAME_MARKS, ORGANIZATION_LINKS
from claims.extraction.resolver.phrase_names import joint_source_length, name_after_organization, trailing_name
from claims.extraction.text.sentences import POSSESSIVE_ENDINGS

PHRASE_LEADS = PREPOSITIONS | {"according", "as", "that", "and", "but", "while", "when"}
CORE_ENDINGS = PREPOSITIONS | RELATIVE_PRONOUNS | {"including", "where"}
# "officials briefed on it", "a source familiar with it": what follows a noun for people goes no further with it.
PARTICIPLES = ("ing", "ed", "familiar", "close", "aware")
# In capitals these are names.
UPPERCASE_NAMES = frozenset({"US", "WHO", "IT"})


class PhraseForm(Enum):
    """How the speaker is written."""

    NOTHING = auto()
    PRONOUN = auto()
    NAME = auto()
    SEVERAL = auto()
    NOMINAL = auto()


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """A source phrase, as numbers of the document's words.

    `mention` is what names the speaker, `head` its last word, `core` the noun phrase up to its first modifier, `role`
    what stands as a role before the name or behind it.
    """

    form: PhraseForm
    mention: Sequence[int] = ()
    head: int = -1
    core: Sequence[int] = ()
    role: Sequence[int] = ()


def parse_source_phrase(words: DocumentWords, source: Sequence[int]) -> SourcePhrase:
    """Read a source phrase given as the numbers of its words."""
    rest = _trim_phrase(words, source)
    if not rest:
        return SourcePhrase(PhraseForm.NOTHING)
    if _is_pronoun(words, rest):
        return SourcePhrase(PhraseForm.PRONOUN, rest[:1], rest[0], rest[:1])
    core = rest[: _core_length(words, rest)]
    if joint := joint_source_length(words, rest, len(core)):
        return SourcePhrase(PhraseForm.SEVERAL, rest[:joint], core[-1], core)
    if len(core) > 1 or not _is_common_noun(words, core[0]):
        name = trailing_name(words, core)
        if name:
            return SourcePhrase(
                PhraseForm.NAME,
                name,
                name[-1],
                core,
                core[: len(core) - len(name)] or _apposition_role(words, rest, core),
            )
        if named := _name_in_apposition(words, rest, core):
            return named
    until = next((n for n, index in enumerate(rest) if n and words.lower(index) in PHRASE_BREAKS), len(rest))
    return SourcePhrase(PhraseForm.NOMINAL, rest[:until], core[-1], core)


def _trim_phrase(words: DocumentWords, source: Sequence[int]) -> Sequence[int]:
    """The phrase without what leads to it ("according to"), and without the marks and the possessive that end it."""
    start, end = 0, len(source)
    while start < end and not words.all[source[start]].alphabetic:
        start += 1
    while start < end - 1 and _is_phrase_lead(words, source[start]):
        start += 1
    while end > start and words.lower(source[end - 1]) != ")" and not _is_phrase_word(words, source[end - 1]):
        end -= 1
    return source[start:end]


def _is_phrase_lead(words: DocumentWords, index: int) -> bool:
    word = words.all[index]
    return word.lower in PHRASE_LEADS and not word.text.isupper() and words.lower(index + 1) != "least"


def _is_phrase_word(words: DocumentWords, index: int) -> bool:
    return words.all[index].alphabetic and words.lower(index) not in POSSESSIVE_ENDINGS


def _is_pronoun(words: DocumentWords, rest: Sequence[int]) -> bool:
    """Whether the phrase is a pronoun: "his aides" are others, and so is "one of them"."""
    first = words.all[rest[0]]
    if (
        first.lower not in PRONOUNS
        or first.text in UPPERCASE_NAMES
        or (first.lower in COUNTING_PRONOUNS and len(rest) > 1)
    ):
        return False
    if len(rest) == 1:
        return True
    second = words.all[rest[1]]
    if first.lower in POSSESSIVE_PRONOUNS and second.lower in VIEWPOINT_NOUNS:
        return True
    separate = not second.alphabetic and second.text not in NICKNAME_MARKS
    return separate or second.lower in CORE_ENDINGS | {"himself", "herself"}


def _is_common_noun(words: DocumentWords, index: int) -> bool:
    """Whether a lone word has its capital from the sentence only, or is what a people are called."""
    word = words.all[index]
    opens = index == words.sentences[word.sentence].start
    return denotes_people(word.lower) or (opens and word.lower in words.common | THING_NOUNS | COUNTING_PRONOUNS)


def _core_length(words: DocumentWords, rest: Sequence[int]) -> int:
    """How many words the phrase has before its first comma, preposition, participle or relative clause."""
    for number in range(1, len(rest)):
        word, before = words.all[rest[number]], words.all[rest[number - 1]]
        suffix = words.lower(rest[number] + 1) in NAME_SUFFIXES and word.text == ","
        body = word.lower in ORGANIZATION_LINKS and before.capital and before.lower in ORGANIZATION_NOUNS
        if suffix or body or word.text in NICKNAME_MARKS:
            continue
        named = word.capital and before.capital
        participle = before.lower in PEOPLE_NOUNS | PERSON_NOUNS and word.text.endswith(PARTICIPLES)
        if participle or (word.lower in CORE_ENDINGS and not named) or word.text in PHRASE_BREAKS or word.text == ")":
            return number
        if rest[number] != rest[number - 1] + 1:
            return number
    return len(rest)


def _apposition_role(words: DocumentWords, rest: Sequence[int], core: Sequence[int]) -> Sequence[int]:
    """The role in what follows a name inside its source: ", professor at the Mill School,"."""
    after = rest[len(core) :]
    start = 0
    if after and words.lower(after[0]) == "(":
        start = next((n + 1 for n, index in enumerate(after) if words.lower(index) == ")"), len(after))
    if start >= len(after) or words.lower(after[start]) not in PHRASE_BREAKS:
        return ()
    return leading_role(words, after[start + 1 :])


def _name_in_apposition(words: DocumentWords, rest: Sequence[int], core: Sequence[int]) -> SourcePhrase | None:
    """The name in "the head of the mill, Ann Moor," when what stands before the comma is somebody's role."""
    head = words.lower(core[-1])
    plural = head.endswith("s") and head not in PERSON_NOUNS
    if plural or head in THING_NOUNS | ORGANIZATION_NOUNS | PEOPLE_NOUNS:
        return None
    commas = [n for n, index in enumerate(rest) if n >= len(core) and words.lower(index) in PHRASE_BREAKS] + [len(rest)]
    if len(commas) == 1:
        name = name_after_organization(words, rest)
        return SourcePhrase(PhraseForm.NAME, name, rest[-1], name, rest[: len(rest) - len(name)]) if name else None
    behind = rest[commas[0] + 1 : commas[1]]
    name = trailing_name(words, behind) or name_after_organization(words, behind)
    return SourcePhrase(PhraseForm.NAME, name, name[-1], behind, rest[: commas[0]]) if name else None
