"""Tells names of people from names of organizations, by their form and by what stands beside them in the document."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum

from claims.extraction.english.lexicon.cues import CUE_VERBS
from claims.extraction.english.lexicon.function_words import DETERMINERS, PERSONAL_PRONOUNS, SINGULAR_PRONOUNS
from claims.extraction.english.lexicon.noun_classes import ORGANIZATION_NOUNS, PERSON_NOUNS, WEAK_TITLES
from claims.extraction.english.lexicon.organization_names import (
    COMMON_ORGANIZATION_NOUNS,
    COMPASS_WORDS,
    COUNTRIES,
    FOREIGN_ARTICLES,
    KNOWN_ORGANIZATIONS,
    ORGANIZATION_STARTS,
    PLACE_ENDINGS,
    STATES,
)
from claims.extraction.english.lexicon.role_nouns import DOCUMENT_NOUNS
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.name_runs import NON_NAME_STARTS, NameRun, normalize_name
from claims.extraction.english.resolver.phrases.apposition import role_after
from claims.extraction.english.sentences import POSSESSIVE_ENDINGS
from claims.extraction.lexicon import word_set
from claims.extraction.lexicon.first_names import FIRST_NAMES, LEADING_SURNAMES
from claims.extraction.lexicon.organization_endings import ORGANIZATION_ENDINGS

# "shares in Lampo", "the chief executive of Lampo": what only an organization has.
THINGS_OF_ORGANIZATIONS = word_set(
    """
    analyst boss captain ceo chair chairman chairwoman chief director economist editor employee employees executive
    fans founder headquarters manager member members midfielder president professor profits researcher sales shareholder
    shareholders shares spokesman spokesperson spokeswoman stake stock strategist striker subsidiary supporters workers
    """
)
THINGS_OF_PEOPLE = word_set(
    """
    administration aide aides allies brother campaign candidacy daughter doctor emails family father health home husband
    lawyer lawyers letter mother opponent presidency remarks resignation running sister son speech supporter surrogate
    trial tweet victory wife
    """
)
ORGANIZATION_PREPOSITIONS = frozenset({"at", "in", "of", "with"})
APPOSITION_HEAD_ENDS = frozenset({",", ".", "that", "which", "of", "in", "based", "for"})
# "It rained" speaks of no organization, "it would hire" does.
PLANNING_VERBS = word_set("aims expected expects had has hopes intends planned plans wants will would")
MAX_APPOSITION_HEAD = 8
# After a name, within as many words, "said it" or "said he" tells what it names.
MAX_CUE_DISTANCE = 6
MAX_PRONOUN_DISTANCE = 25
# Within a name they tell that it is no person's: "Doctors Without Borders". An initial is none.
FUNCTION_WORDS = frozenset(word for word in NON_NAME_STARTS if len(word) > 1) - FOREIGN_ARTICLES
PERSON_ONLY_NOUNS = PERSON_NOUNS - COMMON_ORGANIZATION_NOUNS
ANY_ORGANIZATION_NOUNS = ORGANIZATION_NOUNS | COMMON_ORGANIZATION_NOUNS
NON_NAMES = SINGULAR_PRONOUNS | NON_NAME_STARTS
FIRST_WORDS_OF_PEOPLE = FIRST_NAMES | LEADING_SURNAMES
KNOWN_NAMES = COUNTRIES | STATES | KNOWN_ORGANIZATIONS
FORMAL_ENDINGS = ORGANIZATION_ENDINGS | PLACE_ENDINGS
COUNTRY_ENDINGS = COUNTRIES | {"uk", "usa"}
FORMAL_STARTS = ORGANIZATION_STARTS | COMPASS_WORDS


class Weight(IntEnum):
    """How much a sign says; that of one kind of name is compared with that of the other."""

    HINT = 1
    CONTEXT = 2
    FIRST_NAME = 3
    FORM = 4


class NameKinds:
    """What the document says of each name, given as normalized words: more for an organization, or for a person."""

    def __init__(self, words: DocumentWords, runs: Sequence[NameRun]) -> None:
        self._words = words
        self._weights: Counter[tuple[str, ...]] = Counter()
        last_names = {words.lower(run.end - 1) for run in runs if run.end - run.start > 1}
        for run in runs:
            name = normalize_name(words, run.start, run.end)
            if name not in self._weights:
                self._weights[name] = _form_weight(name) * (len(name) > 1 or name[0] not in last_names)
            self._weights[name] += sum(self._organization_signs(run)) - sum(self._person_signs(run))
        for last_name in last_names:
            # "the Moor spokesman" beside "Ann Moor"
            self._weights[last_name,] = min(0, self._weights[last_name,])

    def is_organization(self, name: tuple[str, ...]) -> bool:
        return self._weights[name] > 0 if name in self._weights else _form_weight(name) > 0

    def is_person(self, name: tuple[str, ...]) -> bool:
        return self._weights[name] < 0

    def _organization_signs(self, run: NameRun) -> Iterator[Weight]:
        words, before, after = self._words, run.title_start - 1, run.end
        if any(words.lower(index) == "&" for index in range(run.start, run.end)):
            yield Weight.FORM
        previous = words.lower(before)
        if previous in ORGANIZATION_PREPOSITIONS and words.lower(before - 1) in THINGS_OF_ORGANIZATIONS:
            yield Weight.CONTEXT
        if run.end < len(words.all) and not words.all[after].is_capitalized:
            follows_owner = words.lower(after) in POSSESSIVE_ENDINGS
            if words.lower(after + follows_owner) in THINGS_OF_ORGANIZATIONS:
                yield Weight.HINT
        if run.end - run.start > 1 and words.lower(run.end - 1) in words.lower_case_words:
            yield Weight.HINT  # "Lampo Mobility" in a text on mobility
        if self.nouns_beside(run) or (words.lower(after) == "," and words.lower(after + 1) == "which"):
            yield Weight.CONTEXT
        subject, verb = self._subject_after_cue(after)
        if subject == "its" or (subject == "it" and verb in PLANNING_VERBS):
            yield Weight.HINT
        if run.end - run.start == 1 and self._next_pronoun(run.end) == "its":
            yield Weight.HINT

    def _person_signs(self, run: NameRun) -> Iterator[Weight]:
        words = self._words
        titles = {words.lower(index) for index in range(run.title_start, run.start)}
        previous = words.lower(run.title_start - 1)
        if titles - WEAK_TITLES or previous in PERSON_ONLY_NOUNS:
            yield Weight.FIRST_NAME
        after = run.end + (words.lower(run.end) == ",")
        is_age = after > run.end and words.lower(after).isdigit() and len(words.lower(after)) < 3
        if is_age or words.lower(after) == "who" or role_after(words, run.end):
            yield Weight.CONTEXT
        if self._subject_after_cue(run.end)[0] in PERSONAL_PRONOUNS:
            yield Weight.HINT
        if run.end - run.start == 1 and self._next_pronoun(run.end) in PERSONAL_PRONOUNS:
            yield Weight.HINT
        if words.lower(run.end + (words.lower(run.end) in POSSESSIVE_ENDINGS)) in THINGS_OF_PEOPLE:
            yield Weight.HINT

    def nouns_beside(self, run: NameRun) -> list[str]:
        """Return the nouns for organizations beside a name: "audio firm Lampo", "Lampo, the largest carmaker,"."""
        words, before = self._words, run.title_start - 1
        nouns = []
        if words.lower(before) in COMMON_ORGANIZATION_NOUNS and words.in_same_sentence(before, run.start):
            nouns.append(words.lower(before))
        if words.lower(before) == "," and words.lower(before - 1) in COMMON_ORGANIZATION_NOUNS:
            nouns.append(words.lower(before - 1))  # "the operator, Lampo Mobility,"
        if words.lower(run.end) == "," and words.lower(run.end + 1) in DETERMINERS:
            nouns += self._apposition_head(run.end + 2)
        return nouns

    def _apposition_head(self, start: int) -> list[str]:
        words = self._words
        for index in range(start, start + MAX_APPOSITION_HEAD):
            word = words.lower(index)
            if word in PERSON_ONLY_NOUNS or word in {"", ",", "who"}:
                return []
            is_head = words.lower(index + 1) in APPOSITION_HEAD_ENDS
            if is_head and word in ANY_ORGANIZATION_NOUNS:
                return [word]
        return []

    def _next_pronoun(self, start: int) -> str:
        """Return the first pronoun that may refer to a name before `start`; empty if another name comes first."""
        for word in self._words.all[start : start + MAX_PRONOUN_DISTANCE]:
            if word.is_capitalized and word.lower not in NON_NAMES:
                return ""
            if word.lower in SINGULAR_PRONOUNS and not word.is_quoted:
                return word.lower
        return ""

    def _subject_after_cue(self, start: int) -> tuple[str, str]:
        """Return the two words after "said" or "said that", if a name before `start` is its subject."""
        words = self._words
        cue = next((n for n in range(start, start + MAX_CUE_DISTANCE) if words.lower(n) in CUE_VERBS), None)
        if cue is None or not words.in_same_sentence(start - 1, cue):
            return "", ""
        subject = cue + 1 + (words.lower(cue + 1) == "that")
        return words.lower(subject), words.lower(subject + 1)


def _form_weight(name: Sequence[str]) -> int:
    """Return what the form of a name says: positive for an organization, negative for a person."""
    full = " ".join(name)
    weight = -Weight.FIRST_NAME if name[0] in FIRST_WORDS_OF_PEOPLE else 0
    if full in KNOWN_NAMES:
        return weight + Weight.FORM
    if len(name) == 1:
        return weight
    last = name[-1]
    is_thing = last in DOCUMENT_NOUNS or last.removesuffix("s") in ORGANIZATION_NOUNS
    if last in FORMAL_ENDINGS or is_thing or FUNCTION_WORDS.intersection(name[1:-1]):
        weight += Weight.FORM
    elif last in COUNTRY_ENDINGS or name[0] in FORMAL_STARTS:
        weight += Weight.CONTEXT
    elif name[0] in FOREIGN_ARTICLES and len(name) == 2:
        weight += Weight.HINT
    return weight
