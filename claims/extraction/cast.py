"""The people a document names: their full names, and what it shows of their roles and gender."""

from collections import defaultdict
from collections.abc import Sequence

from claims.extraction.names import Names
from claims.extraction.quotation import Ambiguous, EntityKind, Resolved, Speaker
from claims.extraction.roles import HERS, HIS, ORGANIZATIONS

SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
HE = frozenset({"he", "his", "him"})
SHE = frozenset({"she", "her"})
# More bearers of one last name than this are not told apart.
NAMESAKES = 20


class Cast:
    """The people a document names, and what it shows of them."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._by_last: dict[str, list[str]] = defaultdict(list)
        for name in names.full:
            self._by_last[last_name(name)].append(name)
        self._gender: dict[str, str] = {}
        self._roles: dict[str, set[str]] = defaultdict(set)

    def named(self, written: str, *, role: str = "", articled: bool = False) -> Speaker:
        """The person or organization written so."""
        words = written.split()
        if not role and (_is_organization(words, articled=articled) or written in self._names.places):
            return Resolved(written, EntityKind.ORGANIZATION)
        namesakes = self._by_last.get(last_name(written), [])
        if len(namesakes) > NAMESAKES and written in self._names:
            return Resolved(written, EntityKind.PERSON)
        fits = _fullest([name for name in namesakes[:NAMESAKES] if _fits(words, name)])
        if written in fits or not fits:
            return Resolved(written, EntityKind.PERSON)
        if len(fits) > 1:
            return Ambiguous(tuple(sorted(fits)))
        return Resolved(fits[0], EntityKind.PERSON)

    def learn(self, name: str, role: str) -> None:
        """Remember the role a person was given, and the gender that a title gives away."""
        words = {word.strip(",") for word in role.lower().split()}
        self._roles[name] |= words
        if words & HIS:
            self._gender.setdefault(name, "he")
        elif words & HERS:
            self._gender.setdefault(name, "she")

    def called(self, name: str, pronoun: str) -> None:
        """Remember the first pronoun that stood for a person."""
        self._gender.setdefault(name, "he" if pronoun in HE else "she")

    def may_be(self, name: str, word: str) -> bool:
        """Whether this pronoun or role noun may stand for the person, as far as gender tells."""
        gender = self._gender.get(name)
        return not (word in HE | HIS and gender == "she") and not (word in SHE | HERS and gender == "he")

    def is_called(self, name: str, pronoun: str) -> bool:
        """Whether the document shows that this pronoun is the person's."""
        return self._gender.get(name) == ("he" if pronoun in HE else "she")

    def has_role(self, name: str, noun: str) -> bool:
        """Whether the document gave the person this role."""
        return noun in self._roles[name]


def last_name(name: str) -> str:
    """The last word of a name that is not "Jr."."""
    words = [word for word in name.split() if word.lower() not in SUFFIXES] or name.split() or [""]
    return words[-1].casefold()


def _fits(words: Sequence[str], full: str) -> bool:
    """Whether the words are the full name or a part of it ("J. Smith" fits "John Smith")."""
    rest = [word.casefold().rstrip(".") for word in full.split()]
    for word in words:
        short = word.casefold().rstrip(".")
        match = next(
            (i for i, other in enumerate(rest) if other == short or (len(short) == 1 and other[:1] == short)), None
        )
        if match is None:
            return False
        rest = rest[match + 1 :]
    return True


def _fullest(names: list[str]) -> list[str]:
    """Without the names that are part of another one."""
    return [n for n in names if not any(other != n and _fits(n.split(), other) for other in names)]


def _is_organization(words: Sequence[str], *, articled: bool) -> bool:
    last = words[-1].lower() if words else ""
    acronym = len(words) == 1 and words[0].isupper() and len(words[0]) > 1
    return last in ORGANIZATIONS or acronym or articled
