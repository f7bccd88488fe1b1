"""Finds the head words of a source, which name the speaker: "spokesman" in "a spokesman for the mayor".

A prediction of the mayor is wrong there, although the mayor is mentioned in the source. By rules: the head is the last
word of the noun phrase before a preposition, relative clause or participle, with the name it is part of; phrases joined
by a comma, a bracket or a conjunction have heads of their own. For 95 % of the sources in PolNeAR's dev texts the heads
are those of spaCy's parser; for another 4 % they share one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.extraction.evaluation.word_index import WordIndex
from claims.extraction.lexicon import word_set
from claims.extraction.quotation import Span

# A word with its apostrophes and hyphens, or a mark that ends a phrase. A full stop does not: "Mr. Moor".
WORD_OR_BREAK = re.compile(r"\w+(?:[’'\-‑&./]\w+)*[’']?|[,;:()\[\]—–]")
POSSESSIVE_SUFFIX = re.compile(r"(?<=\w)[’'][sS]?$")


PREPOSITIONS = word_set(
    """
    about above according across after against along alongside amid among around as at before behind below beneath
    beside besides between beyond by concerning despite down during except following for from in including inside into
    like near of off on onto opposite out outside over past per regarding since than through throughout to toward
    towards under unlike until up upon via versus with within without
    """
)
RELATIVES = word_set("who whom whose which that where when what why how")
# Begin a relative clause without a relative pronoun: "the experts I met", "those she told".
CLAUSE_SUBJECTS = word_set("i he she we they you")
VERBS = word_set(
    """
    am are be been being can could did do does had has have is may might must shall should was were will would isn't
    told said says
    """
)
CONJUNCTIONS = frozenset({"and", "or", "nor", "but", "&", "plus"})
ADVERBS = word_set("also alike once then now too not already currently formerly here there")
MODIFIERS = PREPOSITIONS | RELATIVES | ADVERBS | VERBS
DETERMINERS = word_set("the a an his her my our your their its this that these those some any no every")
# Follow a participle that modifies the noun before it: "analysts interviewed by", not "the leading analysts".
AFTER_PARTICIPLE = (
    PREPOSITIONS
    | DETERMINERS
    | word_set("it them him last earlier today monday tuesday wednesday thursday friday saturday sunday")
)
# Before a noun, these are not part of a name with it, even if capitalized at the start of a sentence.
QUANTIFIERS = DETERMINERS | word_set(
    """
    all another at both dozens each eight either few five former four half least leading many more most nearly neither
    nine none one only other others several seven six such ten three twelve two twenty thirty forty fifty sixty seventy
    eighty ninety hundreds thousands
    """
)
# Lower-case words inside a name: "Osama bin Laden".
PARTICLES = word_set("al bin da de del den der di du el la le van von")
# Capitalized before a noun, but not part of a name with it: "Russian officials".
ADJECTIVE = re.compile(
    r"(?:republican|democratic|conservative|liberal|black|white|hispanic|muslim|jewish|catholic|arab|swiss|french|greek|dutch"
    r"|czech|\w+(?:[aei]an|ese|ish|istic))",
    re.IGNORECASE,
)


class _SourceWord(NamedTuple):
    text: str
    span: Span
    is_possessive: bool  # "the mayor's"

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_capitalized(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_mark(self) -> bool:
        return not self.text[0].isalnum()


def find_head_words(words: WordIndex, source: Sequence[Span]) -> frozenset[int]:
    """Return the indexes of the head words; of all words of the source if no head is found."""
    heads = [word.span for word in _phrase_heads(list(_source_words(words.text, source)))]
    return words.indexes_in(heads) or words.indexes_in(source)


def _source_words(text: str, source: Sequence[Span]) -> Iterator[_SourceWord]:
    for span in source:
        for match in WORD_OR_BREAK.finditer(text, *span):
            word = POSSESSIVE_SUFFIX.sub("", match[0])
            end = match.start() + len(word)
            yield _SourceWord(word, Span(match.start(), end), is_possessive=word != match[0])


def _phrase_heads(source_words: Sequence[_SourceWord]) -> Iterator[_SourceWord]:
    """Yield the heads of a source's phrases from left to right."""
    phrase: list[_SourceWord] = []
    # Whether the current words modify the phrase, and whether a modifier precedes the phrase.
    in_modifier = follows_modifier = False
    for index, word in enumerate(source_words):
        next_word = source_words[index + 1].lower if index + 1 < len(source_words) else ""
        if word.is_mark or (word.lower in CONJUNCTIONS and not in_modifier):
            yield from _head_of_phrase(phrase, follows_modifier=follows_modifier)
            phrase, in_modifier, follows_modifier = [], False, in_modifier
        elif in_modifier and _follows_secretary_of(source_words, index):
            # "Secretary of State Ann Moor", "the secretary of state and mayor"
            yield from _head_of_phrase(phrase, follows_modifier=follows_modifier)
            phrase, in_modifier, follows_modifier = [], False, False
        elif word.lower in RELATIVES and not next_word and not in_modifier:
            # "a report that": the relative pronoun ends the source and is a head itself.
            yield word
        elif not in_modifier:
            in_modifier = _begins_modifier(source_words, index, phrase)
            phrase += [] if in_modifier else [word]
    yield from _head_of_phrase(phrase, follows_modifier=follows_modifier)


def _follows_secretary_of(source_words: Sequence[_SourceWord], index: int) -> bool:
    return index >= 2 and [word.lower for word in source_words[index - 2 : index]] == ["secretary", "of"]


def _begins_modifier(source_words: Sequence[_SourceWord], index: int, phrase: Sequence[_SourceWord]) -> bool:
    """Whether a modifier of the phrase begins with this word."""
    word = source_words[index]
    next_word = source_words[index + 1].lower if index + 1 < len(source_words) else ""
    previous = phrase[-1].lower if phrase else ""
    if previous in DETERMINERS or word.text in PARTICLES or (word.lower in {"that", "whose"} and not previous):
        return False
    if word.lower in CLAUSE_SUBJECTS:
        return bool(previous)
    if word.is_capitalized and previous:
        return False
    if word.lower in MODIFIERS:
        # The first word of a source has nothing to modify: "At least one farmer".
        return index > 0
    if word.lower in DETERMINERS:
        return bool(previous) and previous not in QUANTIFIERS | PREPOSITIONS
    is_participle = word.text.islower() and word.lower.endswith(("ed", "ing"))
    return is_participle and (next_word in AFTER_PARTICIPLE if previous else bool(next_word) and index > 0)


def _head_of_phrase(words: Sequence[_SourceWord], *, follows_modifier: bool) -> Iterator[_SourceWord]:
    """Yield the last word of a noun phrase, and the capitalized words before it that form a name with it.

    A single name that follows a modifier is part of that: "Md." in "of Ashton, Md.".
    """
    possessives = [index for index, word in enumerate(words[:-1]) if word.is_possessive]
    phrase = words[possessives[-1] + 1 :] if possessives else words
    if not phrase or (follows_modifier and len(words) == 1 and phrase[0].is_capitalized):
        return
    yield phrase[-1]
    for index in range(len(phrase) - 2, -1, -1):
        word = phrase[index]
        # Only the first word can be capitalized because of its place; elsewhere "A" is an initial.
        is_quantifier = index == 0 and word.lower.partition("-")[0] in QUANTIFIERS
        is_name_part = word.is_capitalized or word.text in PARTICLES
        if not is_name_part or is_quantifier or (ADJECTIVE.fullmatch(word.text) and not phrase[-1].is_capitalized):
            return
        yield word
