"""People whom a document mentions without a name: "a spokesman", "the judge", "her father".

They are referred to like those with names: "he" behind "a spokesman said" is the spokesman, not the president.
"""

from collections.abc import Sequence

from claims.extraction.english.lexicon.function_words import (
    AUXILIARIES,
    DEFINITE_DETERMINERS,
    FORMS_OF_BE,
    INDEFINITE_DETERMINERS,
    INDEFINITE_PERSON_PRONOUNS,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
)
from claims.extraction.english.lexicon.person_nouns import BARE_PERSON_NOUNS, is_person_noun
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.people import Person
from claims.extraction.english.resolver.subjects import precedes_verb
from claims.extraction.lexicon import word_set
from claims.extraction.text.quotation_marks import MARK_PATTERN

# In words: the distance of a noun from its determiner.
MAX_MODIFIERS = 5
PHRASE_DETERMINERS = DEFINITE_DETERMINERS | INDEFINITE_DETERMINERS | POSSESSIVE_PRONOUNS
NON_MODIFIERS = PREPOSITIONS | AUXILIARIES | FORMS_OF_BE | SUBORDINATORS | (PRONOUNS - POSSESSIVE_PRONOUNS)
# Begin what is told of somebody: "a man who lives there", "a man nicknamed “Lofty”".
DESCRIPTION_LEADS = word_set("who whom whose nicknamed dubbed called known named identified")
# "She is a baker", "as a baker", "became a baker": no other person.
PREDICATE_LEADS = FORMS_OF_BE | word_set("as become became becomes like remained named elected called of not")


class UnnamedPeople:
    """The people without a name that were mentioned so far. `Person.name` is empty for one who was never introduced."""

    def __init__(self, words: DocumentWords) -> None:
        self._words = words
        self._by_noun: dict[str, Person] = {}

    def find(self, noun: str) -> Person | None:
        """Return the last person who was called so."""
        return self._by_noun.get(noun)

    def introduce(self, phrase: Sequence[int], noun: str) -> Person:
        """Add a person by the phrase that mentions him first; he goes by the phrase if that is indefinite.

        What he is called stays out of it: "a man who goes by the name “Lofty”", "a man nicknamed “Lofty”".
        """
        is_indefinite = self._words.lower(phrase[0]) in INDEFINITE_DETERMINERS | INDEFINITE_PERSON_PRONOUNS
        end = next((n for n, index in enumerate(phrase) if n and self._begins_description(index)), len(phrase))
        name = self._words.text_of(phrase[:end]) if is_indefinite else ""
        person = Person(name, (), phrase[0], is_certain=True, is_named=False)
        person.add_role([*(self._words.lower(index) for index in phrase), noun])
        self._by_noun[noun] = person
        return person

    def _begins_description(self, index: int) -> bool:
        word = self._words.all[index]
        is_apart = word.start > self._words.all[index - 1].end
        return word.lower in DESCRIPTION_LEADS or (is_apart and MARK_PATTERN.fullmatch(word.text) is not None)


def person_phrase(words: DocumentWords, head: int) -> Sequence[int]:
    """Return the noun phrase that a noun for a person ends: "a young man"; empty if it has no determiner."""
    if not is_person_noun(words.lower(head)) or _is_modifier(words, head):
        return ()
    start = head - 1
    while head - start <= MAX_MODIFIERS and words.in_same_sentence(start, head) and words.all[start].is_word:
        if words.lower(start) in PHRASE_DETERMINERS:
            return range(start, head + 1)
        if words.lower(start) in NON_MODIFIERS:
            break
        start -= 1
    return ()


def is_predicate(words: DocumentWords, phrase: Sequence[int]) -> bool:
    """Whether the phrase says what somebody is, rather than mentions somebody else."""
    previous = phrase[0] - 1
    return words.in_same_sentence(previous, phrase[0]) and (
        words.lower(previous) in PREDICATE_LEADS
        or (words.lower(previous) in {",", "—", "–", "-", "("} and words.all[max(0, previous - 1)].is_capitalized)
    )


def _is_modifier(words: DocumentWords, noun: int) -> bool:
    """Whether a noun may modify the one behind it: "the expert community"."""
    following = noun + 1
    return (
        words.lower(noun) not in BARE_PERSON_NOUNS
        and words.in_same_sentence(noun, following)
        and words.all[following].is_word
        and words.lower(following) not in NON_MODIFIERS
        and not precedes_verb(words, following)
    )
