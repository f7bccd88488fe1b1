"""The organizations that a document names, found by their short forms: "the Post", "the campaign", "CNS"."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from claims.extraction.english.lexicon.noun_classes import ORGANIZATION_NOUNS
from claims.extraction.english.lexicon.organization_names import (
    COUNTRIES,
    GENERIC_ORGANIZATION_NOUNS,
    ORGANIZATION_CLASSES,
)
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.name_runs import NON_NAME_STARTS, ORGANIZATION_LINKS

# A longer word in capitals is a shouted name.
MAX_ACRONYM_LETTERS = 6
# Organizations that share a word, beyond this number, are not told apart; keeps the work linear on a list of them.
MAX_SIMILAR_ORGANIZATIONS = 20
COUNTRY_NOUNS = ORGANIZATION_CLASSES["country"][0]
# Older mentions are not considered.
MAX_MENTIONS_BACK = 60
MINOR_WORDS = NON_NAME_STARTS | {"of", "for", "and", "the"}


@dataclass(slots=True)
class Organization:
    """An organization that the document names; `nouns` are the common nouns that the document calls it by."""

    name: str
    words: tuple[str, ...]
    nouns: set[str] = field(default_factory=set)

    def can_be(self, noun: str) -> bool:
        """Whether a common noun can stand for it: "the company" for Lampo Inc., "the club" for Ostmark Rovers."""
        is_linked = noun == self.words[0] and not ORGANIZATION_LINKS.isdisjoint(self.words)
        if is_linked or noun in self.nouns or noun == self.words[-1]:
            return True
        return any(
            noun in nouns and self._has_class(nouns, endings) for nouns, endings in ORGANIZATION_CLASSES.values()
        )

    @property
    def is_of_known_class(self) -> bool:
        return any(self._has_class(nouns, endings) for nouns, endings in ORGANIZATION_CLASSES.values())

    def _has_class(self, nouns: frozenset[str], endings: frozenset[str]) -> bool:
        is_country = nouns is COUNTRY_NOUNS and " ".join(self.words) in COUNTRIES
        return is_country or not nouns.isdisjoint(self.nouns) or self.words[-1] in endings


class OrganizationTable:
    """The organizations of a document. Names are given as normalized words."""

    def __init__(self) -> None:
        self._organizations: dict[tuple[str, ...], Organization] = {}
        self._by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._by_initials: dict[str, set[str]] = defaultdict(set)
        self._mentions: list[tuple[int, Organization]] = []

    def add(self, name: str, words: tuple[str, ...], index: int, nouns: Iterable[str] = ()) -> None:
        """Add a mention of an organization at a word of the document, by its full name."""
        organization = self._organizations.get(words)
        if organization is None:
            organization = self._organizations[words] = Organization(name, words)
            self._index(organization)
        organization.nouns.update(nouns)
        insort(self._mentions, (index, organization), key=itemgetter(0))

    def _index(self, organization: Organization) -> None:
        words = organization.words
        if len(words) == 1:
            return
        for word in set(words):
            self._by_word[word].append(words)
        for initialed_words in (words, [word for word in words if word not in MINOR_WORDS]):
            self._by_initials["".join(word[0] for word in initialed_words)].add(organization.name)

    def meant_by(self, words: DocumentWords, noun: str, index: int, *, last_speaker: str | None) -> list[str]:
        """Return the organizations for which a common noun at a word can stand.

        That is the last speaker, else those in the last sentence that names one, else the only one of no known class.
        """
        stop = bisect_left(self._mentions, index, key=itemgetter(0))
        recent = self._mentions[max(0, stop - MAX_MENTIONS_BACK) : stop]
        fitting = [(place, organization) for place, organization in recent if organization.can_be(noun)]
        names = list(dict.fromkeys(organization.name for _, organization in fitting))
        if last_speaker in names:
            return [last_speaker]
        if not names and noun in GENERIC_ORGANIZATION_NOUNS:
            others = {organization.name for _, organization in recent if not organization.is_of_known_class}
            return list(others) if len(others) == 1 else []
        if len(names) < 2 or noun in COUNTRY_NOUNS:
            return names
        last = fitting[-1][0]
        return list(dict.fromkeys(named.name for place, named in fitting if words.in_same_sentence(place, last)))

    def find(self, words: Sequence[str]) -> str | None:
        """Return the one organization that can be called so: by its initials, its name, its noun or some of its words.

        None if there is none or several.
        """
        is_single_word = len(words) == 1
        by_initials = self._by_initials.get(words[0], set()) if is_single_word else set()
        if len(by_initials) == 1:
            return next(iter(by_initials))
        exact_match = self._organizations.get(tuple(words))
        exact = exact_match.name if exact_match else None
        if exact and not is_single_word:
            return exact
        if is_single_word and words[0] not in ORGANIZATION_NOUNS:
            return exact
        short_form = set(words)
        rarest = min((self._by_word.get(word, []) for word in short_form), key=len)[:MAX_SIMILAR_ORGANIZATIONS]
        matches = [full for full in rarest if short_form <= set(full) and (not is_single_word or full[-1] == words[0])]
        return self._organizations[matches[0]].name if len(matches) == 1 else exact


def looks_like_organization(words: Sequence[str], first_word: str) -> bool:
    """Whether a name has the form of an organization's: an acronym, or an organization noun in the right place.

    `words` are normalized, `first_word` is not.
    """
    first_word = first_word.replace(".", "")
    is_acronym = first_word.isupper() and (2 if len(words) == 1 else 3) <= len(first_word) <= MAX_ACRONYM_LETTERS
    is_linked = bool(set(words) & ORGANIZATION_LINKS and set(words) & ORGANIZATION_NOUNS)
    return is_acronym or is_linked or (len(words) > 1 and words[-1] in ORGANIZATION_NOUNS)
