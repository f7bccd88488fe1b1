"""What a source phrase is: a pronoun, a name with its role, several names, or a noun phrase.

The tagger hands over the whole phrase: "Trade Minister Ann Moor, who is 70,", "a spokesman for Ann Moor". Its core ends
where a comma, a preposition or a relative clause begins, and the last word of the core is the head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from claims.extraction.frame import POSSESSIVE
from claims.extraction.resolver.beside import COMMAS, role_behind
from claims.extraction.resolver.names import MARKS, OF
from claims.extraction.resolver.nouns import (
    COUNTING,
    NOT_PEOPLE,
    OPINIONS,
    ORGANIZATION_NOUNS,
    PEOPLE,
    PERSONS,
    POSSESSIVES,
    PRONOUNS,
    RELATIVE,
    SUFFIXES,
    is_people,
)
from claims.extraction.resolver.within import is_joint, name_at_end, name_in
from claims.extraction.resolver.words import Words
from claims.extraction.roles import PREPOSITIONS

LEADS = PREPOSITIONS | {"according", "as", "that", "and", "but", "while", "when"}
ENDS_CORE = PREPOSITIONS | RELATIVE | {"including", "where"}
# "officials briefed on it", "a source familiar with it": what follows a noun for people goes no further with it.
PARTICIPLES = ("ing", "ed", "familiar", "close", "aware")
# In capitals these are names.
SHOUTED = frozenset({"US", "WHO", "IT"})


class Form(Enum):
    """How the speaker is written."""

    NOTHING = auto()
    PRONOUN = auto()
    NAME = auto()
    SEVERAL = auto()
    NOMINAL = auto()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source phrase, as numbers of the document's words.

    `mention` is what names the speaker, `head` its last word, `core` the noun phrase up to its first modifier, `role`
    what stands as a role before the name or behind it.
    """

    form: Form
    mention: Sequence[int] = ()
    head: int = -1
    core: Sequence[int] = ()
    role: Sequence[int] = ()


def phrase(words: Words, source: Sequence[int]) -> Phrase:
    """Read a source phrase given as the numbers of its words."""
    rest = _trimmed(words, source)
    if not rest:
        return Phrase(Form.NOTHING)
    if _is_pronoun(words, rest):
        return Phrase(Form.PRONOUN, rest[:1], rest[0], rest[:1])
    core = rest[: _core_end(words, rest)]
    if joint := is_joint(words, rest, len(core)):
        return Phrase(Form.SEVERAL, rest[:joint], core[-1], core)
    if len(core) > 1 or not _is_common(words, core[0]):
        name = name_in(words, core)
        if name:
            return Phrase(
                Form.NAME, name, name[-1], core, core[: len(core) - len(name)] or _apposition(words, rest, core)
            )
        if named := _named_behind(words, rest, core):
            return named
    until = next((n for n, index in enumerate(rest) if n and words.lower(index) in COMMAS), len(rest))
    return Phrase(Form.NOMINAL, rest[:until], core[-1], core)


def _trimmed(words: Words, source: Sequence[int]) -> Sequence[int]:
    """The phrase without what leads to it ("according to"), and without the marks and the possessive that end it."""
    start, end = 0, len(source)
    while start < end and not words.all[source[start]].alphabetic:
        start += 1
    while start < end - 1 and _leads(words, source[start]):
        start += 1
    while end > start and words.lower(source[end - 1]) != ")" and not _is_word(words, source[end - 1]):
        end -= 1
    return source[start:end]


def _leads(words: Words, index: int) -> bool:
    word = words.all[index]
    return word.lower in LEADS and not word.text.isupper() and words.lower(index + 1) != "least"


def _is_word(words: Words, index: int) -> bool:
    return words.all[index].alphabetic and words.lower(index) not in POSSESSIVE


def _is_pronoun(words: Words, rest: Sequence[int]) -> bool:
    """Whether the phrase is a pronoun: "his aides" are others, and so is "one of them"."""
    first = words.all[rest[0]]
    if first.lower not in PRONOUNS or first.text in SHOUTED or (first.lower in COUNTING and len(rest) > 1):
        return False
    if len(rest) == 1:
        return True
    second = words.all[rest[1]]
    if first.lower in POSSESSIVES and second.lower in OPINIONS:
        return True
    separate = not second.alphabetic and second.text not in MARKS
    return separate or second.lower in ENDS_CORE | {"himself", "herself"}


def _is_common(words: Words, index: int) -> bool:
    """Whether a lone word has its capital from the sentence only, or is what a people are called."""
    word = words.all[index]
    opens = index == words.sentences[word.sentence].start
    return is_people(word.lower) or (opens and word.lower in words.common | NOT_PEOPLE | COUNTING)


def _core_end(words: Words, rest: Sequence[int]) -> int:
    """How many words the phrase has before its first comma, preposition, participle or relative clause."""
    for number in range(1, len(rest)):
        word, before = words.all[rest[number]], words.all[rest[number - 1]]
        suffix = words.lower(rest[number] + 1) in SUFFIXES and word.text == ","
        body = word.lower in OF and before.capital and before.lower in ORGANIZATION_NOUNS
        if suffix or body or word.text in MARKS:
            continue
        named = word.capital and before.capital
        participle = before.lower in PEOPLE | PERSONS and word.text.endswith(PARTICIPLES)
        if participle or (word.lower in ENDS_CORE and not named) or word.text in COMMAS or word.text == ")":
            return number
        if rest[number] != rest[number - 1] + 1:
            return number
    return len(rest)


def _apposition(words: Words, rest: Sequence[int], core: Sequence[int]) -> Sequence[int]:
    """The role in what follows a name inside its source: ", professor at the Mill School,"."""
    after = rest[len(core) :]
    start = 0
    if after and words.lower(after[0]) == "(":
        start = next((n + 1 for n, index in enumerate(after) if words.lower(index) == ")"), len(after))
    if start >= len(after) or words.lower(after[start]) not in COMMAS:
        return ()
    return role_behind(words, after[start + 1 :])


def _named_behind(words: Words, rest: Sequence[int], core: Sequence[int]) -> Phrase | None:
    """The name in "the head of the mill, Ann Moor," when what stands before the comma is somebody's role."""
    head = words.lower(core[-1])
    plural = head.endswith("s") and head not in PERSONS
    if plural or head in NOT_PEOPLE | ORGANIZATION_NOUNS | PEOPLE:
        return None
    commas = [n for n, index in enumerate(rest) if n >= len(core) and words.lower(index) in COMMAS] + [len(rest)]
    if len(commas) == 1:
        name = name_at_end(words, rest)
        return Phrase(Form.NAME, name, rest[-1], name, rest[: len(rest) - len(name)]) if name else None
    behind = rest[commas[0] + 1 : commas[1]]
    name = name_in(words, behind) or name_at_end(words, behind)
    return Phrase(Form.NAME, name, name[-1], behind, rest[: commas[0]]) if name else None
