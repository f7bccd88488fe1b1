"""Finds the role beside a name: "Trade Minister Ann Moor", "Ann Moor, the trade minister,"."""

from collections.abc import Sequence

from claims.extraction.english.lexicon.cues import CUE_VERBS
from claims.extraction.english.lexicon.function_words import (
    AUXILIARIES,
    DETERMINERS,
    FORMS_OF_BE,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE_PRONOUNS,
)
from claims.extraction.english.lexicon.noun_classes import HONORIFICS, NAME_PREMODIFIERS, PERSON_NOUNS
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.name_runs import NON_NAME_STARTS, NameRun
from claims.extraction.english.sentences import POSSESSIVE_ENDINGS
from claims.extraction.lexicon import word_set
from claims.extraction.quotation import Span

PHRASE_BREAKS = frozenset(",—–―-;:(")
# In words: the length of a role before a name, and of an apposition after it, and the place of its head noun in it.
MAX_ROLE_WORDS = 8
MAX_APPOSITION_WORDS = 25
MAX_HEAD_DISTANCE = 12
# A parenthesis between a name and its role: "(R-Ind.)".
MAX_PARENTHESIS_WORDS = 8
# Words of a role, and words before it.
ROLE_WORDS = PERSON_NOUNS | NAME_PREMODIFIERS
ROLE_ENDS = DETERMINERS | PREPOSITIONS | POSSESSIVE_ENDINGS
COORDINATORS = frozenset({"and", "&", "or"})
NON_ROLE_STARTS = PREPOSITIONS | RELATIVE_PRONOUNS | {"including", "where", "and", "but"}
NON_ROLE_WORDS = (
    (AUXILIARIES | FORMS_OF_BE | PRONOUNS)
    - POSSESSIVE_PRONOUNS
    - POSSESSIVE_ENDINGS
    - word_set("first all one once now then however")
)
VERBAL_ENDINGS = ("ed", "ly")


def role_before(words: DocumentWords, run: NameRun) -> Sequence[int]:
    """Return the words of the role right before a name: "Trade Minister", "former trade minister"."""
    start = run.title_start
    if start == run.start and words.lower(start - 1) not in ROLE_WORDS:
        return ()
    while (
        words.in_same_sentence(start - 1, run.start)
        and run.start - start < MAX_ROLE_WORDS
        and _belongs_to_role(words, start - 1)
    ):
        start -= 1
    return range(start, run.start)


def role_in_front(words: DocumentWords, run: NameRun, role: Sequence[int]) -> Sequence[int]:
    """Return the words of the role that a comma separates from the name: "its chief negotiator, Ann Moor,".

    `role` is the role right before the name.
    """
    comma = (role[0] if role else run.title_start) - 1
    if words.lower(comma) in POSSESSIVE_ENDINGS:
        comma -= 2  # "The first witness, the fund's chairman Ann Moor"
    comma -= words.lower(comma) in DETERMINERS
    if (
        words.lower(comma) != ","
        or words.lower(run.end) in COORDINATORS
        or not words.in_same_sentence(comma, run.start)
    ):
        return ()
    start = comma
    while words.in_same_sentence(start - 1, comma) and comma - start < MAX_HEAD_DISTANCE:
        start -= 1
        if words.lower(start) in POSSESSIVE_ENDINGS:
            return leading_role(words, range(start + 1, comma))
        if words.lower(start) in DETERMINERS and words.lower(start - 1) not in PREPOSITIONS:
            return leading_role(words, range(start, comma))
        if not words.all[start].is_word:
            break
    return ()


def role_after(words: DocumentWords, end: int) -> Sequence[int]:
    """Return the words of the role in the apposition to a name that ends at `end`."""
    if words.lower(end) == "(":
        end = next((i + 1 for i in range(end, end + MAX_PARENTHESIS_WORDS) if words.lower(i) == ")"), end)
    if words.lower(end) not in PHRASE_BREAKS or not words.in_same_sentence(end - 1, end):
        return ()
    stop = end + 1
    while words.in_same_sentence(end, stop) and stop - end < MAX_APPOSITION_WORDS and words.all[stop].is_word:
        stop += 1
    return leading_role(words, range(end + 1, stop))


def leading_role(words: DocumentWords, phrase: Sequence[int]) -> Sequence[int]:
    """Return the role that a phrase begins with, up to the next comma; empty if that is no role."""
    if not phrase or words.lower(phrase[0]) in NON_ROLE_STARTS:
        return ()
    ends = (
        n
        for n, i in enumerate(phrase)
        if words.lower(i) in PHRASE_BREAKS or words.lower(i) in {"who", "which", "whose"}
    )
    role = phrase[: next(ends, len(phrase))]
    heads = (
        n
        for n, i in enumerate(role[:MAX_HEAD_DISTANCE])
        if words.lower(i).removeprefix("co-") in PERSON_NOUNS and not _is_followed_by_name(words, role, n)
    )
    head = next(heads, None)
    if head is None or any(words.lower(i) in PREPOSITIONS for i in role[:head]):
        return ()
    return () if any(words.lower(i) in NON_ROLE_WORDS for i in role) else role


def role_span(words: DocumentWords, role: Sequence[int]) -> Span | None:
    """Return the span of a role without its article and honorifics; None if nothing is left."""
    start, end = 0, len(role)
    while start < end and (words.lower(role[start]) in {"the", "a", "an"} or not words.all[role[start]].is_word):
        start += 1
    while end > start and words.lower(role[end - 1]) in HONORIFICS | {",", "—", "–", "-", ":"}:
        end -= 1
    if start == end:
        return None
    last_word = words.all[role[end - 1]]
    is_possessive = last_word.lower in POSSESSIVE_ENDINGS or not (
        last_word.text[-1].isalnum() or last_word.text[-1] == "."
    )
    if is_possessive:
        return None
    role_words = {words.lower(index) for index in role[start:end]}
    # "an angry Ann Moor": no role.
    if words.lower(role[0]) in {"a", "an"} and not role_words & ROLE_WORDS:
        return None
    return Span(words.all[role[start]].start, words.all[role[end - 1]].end)


def _belongs_to_role(words: DocumentWords, index: int) -> bool:
    word = words.all[index]
    if not word.is_word or word.lower in ROLE_ENDS:
        return False
    if word.is_capitalized or word.lower in ROLE_WORDS:
        return True
    # "the mill board chairman" and "Moor campaign spokesman", but not "Moor told" or "Moor greeted".
    is_verbal = word.lower in NON_ROLE_WORDS or word.lower in CUE_VERBS or word.lower.endswith(VERBAL_ENDINGS)
    return not is_verbal and _may_begin_role(words, index - 1)


def _may_begin_role(words: DocumentWords, index: int) -> bool:
    """Whether a role can begin with this word: "the mill chairman", "Moor spokesman", but not "They met Chairman"."""
    return words.lower(index) in DETERMINERS or (
        words.all[index].is_capitalized and words.lower(index) not in NON_NAME_STARTS
    )


def _is_followed_by_name(words: DocumentWords, role: Sequence[int], number: int) -> bool:
    """Whether a name follows the noun: "Senator Ann Moor" is another person, not a role."""
    pair = role[number : number + 2]
    return len(pair) == 2 and all(words.all[index].is_capitalized for index in pair)
