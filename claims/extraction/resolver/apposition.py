"""The role that stands beside a name: "Trade Minister Ann Moor", "Ann Moor, the trade minister,"."""

from collections.abc import Sequence

from claims.extraction.lexicon.cues import AUXILIARIES, CUE_VERBS, FORMS_OF_BE
from claims.extraction.lexicon.noun_classes import (
    HONORIFICS,
    NAME_PREMODIFIERS,
    PERSON_NOUNS,
    POSSESSIVE_PRONOUNS,
    PRONOUNS,
    RELATIVE_PRONOUNS,
)
from claims.extraction.lexicon.role_nouns import DETERMINERS, PREPOSITIONS
from claims.extraction.quotation import Span
from claims.extraction.resolver.document_words import DocumentWords
from claims.extraction.resolver.entities.name_runs import NON_NAME_STARTS, NameRun
from claims.extraction.text.sentences import POSSESSIVE_ENDINGS

PHRASE_BREAKS = frozenset(",—–―-;:(")
# How far before a name its role may begin, and how far behind it an apposition and the head of it may stand, in words.
MAX_ROLE_WORDS = 8
MAX_APPOSITION_WORDS = 25
MAX_HEAD_DISTANCE = 12
# A parenthesis between a name and its role: "(R-Ind.)".
MAX_PARENTHESIS_WORDS = 8
NON_ROLE_STARTS = PREPOSITIONS | RELATIVE_PRONOUNS | {"including", "where", "and", "but"}
NON_ROLE_WORDS = ((AUXILIARIES | FORMS_OF_BE | PRONOUNS) - POSSESSIVE_PRONOUNS - POSSESSIVE_ENDINGS) - {
    "first",
    "all",
    "one",
    "once",
    "now",
    "then",
    "however",
}
VERBAL_ENDINGS = ("ed", "ly")


def role_before(words: DocumentWords, run: NameRun) -> Sequence[int]:
    """The words of the role right before a name: "Trade Minister", "former trade minister"."""
    start = run.title
    if start == run.start and words.lower(start - 1) not in PERSON_NOUNS | NAME_PREMODIFIERS:
        return ()
    while (
        words.beside(start - 1, run.start) and run.start - start < MAX_ROLE_WORDS and _belongs_to_role(words, start - 1)
    ):
        start -= 1
    return range(start, run.start)


def role_after(words: DocumentWords, end: int) -> Sequence[int]:
    """The words of the role in the apposition to a name that ends at `end`."""
    if words.lower(end) == "(":
        end = next((i + 1 for i in range(end, end + MAX_PARENTHESIS_WORDS) if words.lower(i) == ")"), end)
    if words.lower(end) not in PHRASE_BREAKS or not words.beside(end - 1, end):
        return ()
    stop = end + 1
    while words.beside(end, stop) and stop - end < MAX_APPOSITION_WORDS and words.all[stop].alphabetic:
        stop += 1
    return leading_role(words, range(end + 1, stop))


def leading_role(words: DocumentWords, after: Sequence[int]) -> Sequence[int]:
    """The role that these words begin with, up to the comma that ends it; empty where they are no role."""
    if not after or words.lower(after[0]) in NON_ROLE_STARTS:
        return ()
    ends = (
        n for n, i in enumerate(after) if words.lower(i) in PHRASE_BREAKS or words.lower(i) in {"who", "which", "whose"}
    )
    role = after[: next(ends, len(after))]
    heads = (
        n
        for n, i in enumerate(role[:MAX_HEAD_DISTANCE])
        if words.lower(i) in PERSON_NOUNS and not _is_followed_by_name(words, role, n)
    )
    head = next(heads, None)
    if head is None or any(words.lower(i) in PREPOSITIONS for i in role[:head]):
        return ()
    return () if any(words.lower(i) in NON_ROLE_WORDS for i in role) else role


def role_span(words: DocumentWords, role: Sequence[int]) -> Span | None:
    """The role as it is reported: without its article and without a mere "Mr."; none where nothing is left of it."""
    start, end = 0, len(role)
    while start < end and (words.lower(role[start]) in {"the", "a", "an"} or not words.all[role[start]].alphabetic):
        start += 1
    while end > start and words.lower(role[end - 1]) in HONORIFICS | {",", "—", "–", "-", ":"}:
        end -= 1
    told = {words.lower(index) for index in role[start:end]}
    # "Moor's" owns, and "an angry" is no role.
    owner = end > start and not words.all[role[end - 1]].text[-1].isalnum() and words.all[role[end - 1]].text[-1] != "."
    if not told or owner or words.lower(role[end - 1]) in POSSESSIVE_ENDINGS:
        return None
    if words.lower(role[0]) in {"a", "an"} and not told & (PERSON_NOUNS | NAME_PREMODIFIERS):
        return None
    return Span(words.all[role[start]].start, words.all[role[end - 1]].end)


def _belongs_to_role(words: DocumentWords, index: int) -> bool:
    word = words.all[index]
    if not word.alphabetic or word.lower in DETERMINERS | PREPOSITIONS | POSSESSIVE_ENDINGS:
        return False
    if word.capital or word.lower in PERSON_NOUNS | NAME_PREMODIFIERS:
        return True
    # "the mill board chairman", "Moor campaign spokesman", but "Moor told", "Moor greeted".
    verbal = word.lower in NON_ROLE_WORDS or word.lower in CUE_VERBS or word.lower.endswith(VERBAL_ENDINGS)
    return not verbal and _may_begin_role(words, index - 1)


def _may_begin_role(words: DocumentWords, index: int) -> bool:
    """Whether a role may begin with this word: "the mill chairman", "Moor spokesman", but not "They met Chairman"."""
    return words.lower(index) in DETERMINERS or (words.all[index].capital and words.lower(index) not in NON_NAME_STARTS)


def _is_followed_by_name(words: DocumentWords, role: Sequence[int], number: int) -> bool:
    """Whether a name follows the noun: "Senator Ann Moor" is not what somebody else is."""
    behind = role[number + 1 : number + 2]
    return words.all[role[number]].capital and any(words.all[index].capital for index in behind)
