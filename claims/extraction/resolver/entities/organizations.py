"""The organizations a document names, found by their short forms: "the Post", "the campaign", "CNS"."""

from collections import defaultdict
from collections.abc import Sequence

from claims.extraction.lexicon.noun_classes import ORGANIZATION_NOUNS
from claims.extraction.resolver.entities.name_runs import NON_NAME_STARTS, ORGANIZATION_LINKS

# Longer words in capitals are shouted names.
MAX_ACRONYM_LETTERS = 6
# More organizations that share a word are not told apart; the bound keeps a list of them linear.
MAX_SIMILAR_ORGANIZATIONS = 20
MINOR_WORDS = NON_NAME_STARTS | {"of", "for", "and", "the"}


class OrganizationTable:
    """Every organization a document names."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._by_initials: dict[str, set[str]] = defaultdict(set)

    def add(self, name: str, words: tuple[str, ...]) -> None:
        """An organization called so in full."""
        if words in self._names:
            return
        self._names[words] = name
        if len(words) == 1:
            return
        for word in set(words):
            self._by_word[word].append(words)
        for parts in (words, [word for word in words if word not in MINOR_WORDS]):
            self._by_initials["".join(word[0] for word in parts)].add(name)

    def called(self, words: Sequence[str]) -> str | None:
        """The one organization that may be called so: by its initials, its name, its noun or some words of it.

        Nothing when there is none or there are several.
        """
        spelt = self._by_initials.get(words[0], set()) if len(words) == 1 else set()
        if len(spelt) == 1:
            return next(iter(spelt))
        told = set(words)
        near = min((self._by_word.get(word, []) for word in told), key=len)[:MAX_SIMILAR_ORGANIZATIONS]
        fits = [full for full in near if told <= set(full) and (len(words) > 1 or full[-1] == words[0])]
        short = len(words) > 1 or words[0] in ORGANIZATION_NOUNS
        exact = self._names.get(tuple(words))
        if len(words) > 1 and exact:
            return exact
        return self._names[fits[0]] if short and len(fits) == 1 else exact


def looks_like_organization(words: Sequence[str], written: str) -> bool:
    """Whether a name is an organization's by its look: its last word, or capitals only."""
    first = written.split(maxsplit=1)[0].replace(".", "")
    acronym = first.isupper() and (2 if len(words) == 1 else 3) <= len(first) <= MAX_ACRONYM_LETTERS
    joined = bool(set(words) & ORGANIZATION_LINKS and set(words) & ORGANIZATION_NOUNS)
    return acronym or joined or (len(words) > 1 and words[-1] in ORGANIZATION_NOUNS)
