"""The role that stands beside a name: "Trade Minister Ann Moor", "Ann Moor, the trade minister,"."""

from collections.abc import Sequence

from claims.extraction.cues import AUXILIARIES, BE, CUES
from claims.extraction.frame import POSSESSIVE
from claims.extraction.quotation import Span
from claims.extraction.resolver.names import NEVER_FIRST, Run
from claims.extraction.resolver.nouns import BEFORE_NAMES, HONORIFICS, PERSONS, POSSESSIVES, PRONOUNS, RELATIVE
from claims.extraction.resolver.words import Words
from claims.extraction.roles import DETERMINERS, PREPOSITIONS

COMMAS = frozenset(",—–―-;:(")
# How far before a name its role may begin, and how far behind it an apposition and the head of it may stand, in words.
ROLE = 8
APPOSITION = 25
HEAD = 12
# A parenthesis between a name and its role: "(R-Ind.)".
PARENTHESIS = 8
BEGINS_NO_ROLE = PREPOSITIONS | RELATIVE | {"including", "where", "and", "but"}
NO_ROLE = ((AUXILIARIES | BE | PRONOUNS) - POSSESSIVES - POSSESSIVE) - {
    "first",
    "all",
    "one",
    "once",
    "now",
    "then",
    "however",
}
VERBAL_ENDINGS = ("ed", "ly")


def role_before(words: Words, run: Run) -> Sequence[int]:
    """The words of the role right before a name: "Trade Minister", "former trade minister"."""
    start = run.title
    if start == run.start and words.lower(start - 1) not in PERSONS | BEFORE_NAMES:
        return ()
    while words.beside(start - 1, run.start) and run.start - start < ROLE and _goes_with_role(words, start - 1):
        start -= 1
    return range(start, run.start)


def role_after(words: Words, end: int) -> Sequence[int]:
    """The words of the role in the apposition to a name that ends at `end`."""
    if words.lower(end) == "(":
        end = next((i + 1 for i in range(end, end + PARENTHESIS) if words.lower(i) == ")"), end)
    if words.lower(end) not in COMMAS or not words.beside(end - 1, end):
        return ()
    stop = end + 1
    while words.beside(end, stop) and stop - end < APPOSITION and words.all[stop].alphabetic:
        stop += 1
    return role_behind(words, range(end + 1, stop))


def role_behind(words: Words, after: Sequence[int]) -> Sequence[int]:
    """The role that these words begin with, up to the comma that ends it; empty where they are no role."""
    if not after or words.lower(after[0]) in BEGINS_NO_ROLE:
        return ()
    ends = (n for n, i in enumerate(after) if words.lower(i) in COMMAS or words.lower(i) in {"who", "which", "whose"})
    role = after[: next(ends, len(after))]
    heads = (n for n, i in enumerate(role[:HEAD]) if words.lower(i) in PERSONS and not _goes_on(words, role, n))
    head = next(heads, None)
    if head is None or any(words.lower(i) in PREPOSITIONS for i in role[:head]):
        return ()
    return () if any(words.lower(i) in NO_ROLE for i in role) else role


def role_span(words: Words, role: Sequence[int]) -> Span | None:
    """The role as it is reported: without its article and without a mere "Mr."; none where nothing is left of it."""
    start, end = 0, len(role)
    while start < end and (words.lower(role[start]) in {"the", "a", "an"} or not words.all[role[start]].alphabetic):
        start += 1
    while end > start and words.lower(role[end - 1]) in HONORIFICS | {",", "—", "–", "-", ":"}:
        end -= 1
    told = {words.lower(index) for index in role[start:end]}
    # "Moor's" owns, and "an angry" is no role.
    owner = end > start and not words.all[role[end - 1]].text[-1].isalnum() and words.all[role[end - 1]].text[-1] != "."
    if not told or owner or words.lower(role[end - 1]) in POSSESSIVE:
        return None
    if words.lower(role[0]) in {"a", "an"} and not told & (PERSONS | BEFORE_NAMES):
        return None
    return Span(words.all[role[start]].start, words.all[role[end - 1]].end)


def _goes_with_role(words: Words, index: int) -> bool:
    word = words.all[index]
    if not word.alphabetic or word.lower in DETERMINERS | PREPOSITIONS | POSSESSIVE:
        return False
    if word.capital or word.lower in PERSONS | BEFORE_NAMES:
        return True
    # "the mill board chairman", "Moor campaign spokesman", but "Moor told", "Moor greeted".
    verbal = word.lower in NO_ROLE or word.lower in CUES or word.lower.endswith(VERBAL_ENDINGS)
    return not verbal and _begins_role(words, index - 1)


def _begins_role(words: Words, index: int) -> bool:
    """Whether a role may begin with this word: "the mill chairman", "Moor spokesman", but not "They met Chairman"."""
    return words.lower(index) in DETERMINERS or (words.all[index].capital and words.lower(index) not in NEVER_FIRST)


def _goes_on(words: Words, role: Sequence[int], number: int) -> bool:
    """Whether a name follows the noun: "Senator Ann Moor" is not what somebody else is."""
    behind = role[number + 1 : number + 2]
    return words.all[role[number]].capital and any(words.all[index].capital for index in behind)
