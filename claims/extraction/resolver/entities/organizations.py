"""The organizations that a document names, found by their short forms: "the Post", "the campaign", "CNS"."""

from collections import defaultdict
from collections.abc import Sequence

from claims.extraction.lexicon.noun_classes import ORGANIZATION_NOUNS
from claims.extraction.resolver.entities.name_runs import NON_NAME_STARTS, ORGANIZATION_LINKS

# A longer word in capitals is a shouted name.
MAX_ACRONYM_LETTERS = 6
# Organizations that share a word, beyond this number, are not told apart; keeps the work linear on a list of them.
MAX_SIMILAR_ORGANIZATIONS = 20
MINOR_WORDS = NON_NAME_STARTS | {"of", "for", "and", "the"}


class OrganizationTable:
    """The organizations of a document. Names are given as normalized words."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._by_initials: dict[str, set[str]] = defaultdict(set)

    def add(self, name: str, words: tuple[str, ...]) -> None:
        """Add an organization under its full name."""
        if words in self._names:
            return
        self._names[words] = name
        if len(words) == 1:
            return
        for word in set(words):
            self._by_word[word].append(words)
        for initialed_words in (words, [word for word in words if word not in MINOR_WORDS]):
            self._by_initials["".join(word[0] for word in initialed_words)].add(name)

    def find(self, words: Sequence[str]) -> str | None:
        """Return the one organization that can be called so: by its initials, its name, its noun or some of its words.

        None if there is none or several.
        """
        is_single_word = len(words) == 1
        by_initials = self._by_initials.get(words[0], set()) if is_single_word else set()
        if len(by_initials) == 1:
            return next(iter(by_initials))
        exact = self._names.get(tuple(words))
        if exact and not is_single_word:
            return exact
        if is_single_word and words[0] not in ORGANIZATION_NOUNS:
            return exact
        short_form = set(words)
        rarest = min((self._by_word.get(word, []) for word in short_form), key=len)[:MAX_SIMILAR_ORGANIZATIONS]
        matches = [full for full in rarest if short_form <= set(full) and (not is_single_word or full[-1] == words[0])]
        return self._names[matches[0]] if len(matches) == 1 else exact


def looks_like_organization(words: Sequence[str], first_word: str) -> bool:
    """Whether a name has the form of an organization's: an acronym, or an organization noun in the right place.

    `words` are normalized, `first_word` is not.
    """
    first_word = first_word.replace(".", "")
    is_acronym = first_word.isupper() and (2 if len(words) == 1 else 3) <= len(first_word) <= MAX_ACRONYM_LETTERS
    is_linked = bool(set(words) & ORGANIZATION_LINKS and set(words) & ORGANIZATION_NOUNS)
    return is_acronym or is_linked or (len(words) > 1 and words[-1] in ORGANIZATION_NOUNS)
