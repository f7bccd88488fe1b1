"""Who and what a document names: read once, before anyone asks who is speaking."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.frame import POSSESSIVE
from claims.extraction.resolver.beside import role_after, role_before
from claims.extraction.resolver.given import MEN, WOMEN
from claims.extraction.resolver.names import LONGEST, NEVER_FIRST, Run, last_of, name_words, runs
from claims.extraction.resolver.nouns import HONORIFICS, ORGANIZATION_NOUNS, PERSONS, WEAK_TITLES
from claims.extraction.resolver.organizations import Organizations, looks_like_one
from claims.extraction.resolver.people import NAMESAKES, People, Person
from claims.extraction.resolver.phrases import Phrase
from claims.extraction.resolver.words import Words
from claims.extraction.roles import DETERMINERS, PARTICLES, PREPOSITIONS

# What somebody's name goes before: "the Moor campaign".
BODIES = frozenset(
    {"administration", "camp", "campaign", "delegation", "department", "foundation", "government", "ministry"}
)
PLACE_BEFORE = frozenset({"in", "from", "near", "across"})
# A lone capital is somebody's name unless things happen "in" it more often than once in this many times.
OFTEN = 4


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is in a document: its people and organizations, its names in order, and who is called by which role."""

    people: People
    organizations: Organizations
    runs: list[Run]
    roles: dict[str, list[Person]]

    def bearers(self, role: str) -> list[Person]:
        """The people whom the document calls so, in the order of the text."""
        return self.roles.get(role, [])


def cast_of(words: Words, speakers: Sequence[Phrase]) -> Cast:
    """Read the names of a document. `speakers` are the source phrases that are names."""
    return _Casting(words, speakers).cast()


class _Casting:
    """Meets full names first: what a lone name means depends on them."""

    def __init__(self, words: Words, speakers: Sequence[Phrase]) -> None:
        self._words, self._speakers = words, speakers
        self._people, self._organizations = People(), Organizations()
        self._runs = list(runs(words))

    def cast(self) -> Cast:
        lone: list[Run] = []
        articled: list[Run] = []
        for run in self._runs:
            if whole := self._organization(run):
                self._organizations.add(self._words.written(whole), name_words(self._words, whole.start, whole.stop))
            elif self._words.lower(run.title - 1) == "the" and run.title == run.start:
                articled.append(run)
            elif self._words.all[run.start].sentence not in self._words.headlines:
                if run.end == run.start + 1:
                    lone.append(run)
                else:
                    self._meet_in_full(run)
        self._meet_by_one_name(lone)
        for run in articled:
            name = name_words(self._words, run.start, run.end)
            if not self._people.called(name):
                self._organizations.add(self._words.written(range(run.start, run.end)), name)
        for phrase in self._speakers:
            self._hear(phrase)
        return Cast(self._people, self._organizations, self._runs, self._roles())

    def _organization(self, run: Run) -> range | None:
        """The whole name of the organization that the run names or begins."""
        if body := body_of(self._words, run):
            return body
        name = name_words(self._words, run.start, run.end)
        whole = _extended(self._words, run)
        begins = name[-1] in ORGANIZATION_NOUNS and whole.stop > run.end
        return whole if begins or looks_like_one(name, self._words.written(range(run.start, run.end))) else None

    def _meet_in_full(self, run: Run) -> None:
        name = name_words(self._words, run.start, run.end)
        if len(name) <= LONGEST and not (NEVER_FIRST - PARTICLES).intersection(name):
            self._learn(self._people.add(self._words.written(range(run.start, run.end)), name, run.start), run)

    def _meet_by_one_name(self, lone: Sequence[Run]) -> None:
        """Last names of those met in full; else somebody known by one name, if anything says it is a person."""
        words = self._words
        places = Counter(words.lower(run.start) for run in lone if words.lower(run.start - 1) in PLACE_BEFORE)
        often = Counter(words.lower(run.start) for run in lone)
        starts = {phrase.mention[0] for phrase in self._speakers}
        spoke = {words.lower(run.start) for run in lone if run.start in starts}
        for run in lone:
            word = words.lower(run.start)
            named = word in MEN | WOMEN or word in spoke
            person = self._by_one_name(run, alone=named and places[word] * OFTEN <= often[word])
            if person is not None:
                self._learn(person, run)
                # Only people go by the last part of their names.
                person.sure = person.sure or word == last_of(person.words)

    def _by_one_name(self, run: Run, *, alone: bool) -> Person | None:
        name, titles = name_words(self._words, run.start, run.end), set(titles_of(self._words, run))
        known = self._people.called(name, titles)
        # Who is named by office before anyone of that name is introduced is known to all, and somebody else.
        office = titles - HONORIFICS and all(run.start < person.first for person in known)
        if known and not office:
            return known[0] if len(known) == 1 else None
        titled = bool(titles - WEAK_TITLES) or self._words.lower(run.start - 1) in PERSONS
        if not titled and not alone:
            return None
        return self._people.add(self._words.written(range(run.start, run.end)), name, run.start, titled=titled)

    def _learn(self, person: Person, run: Run) -> None:
        """Learn from one place what it tells of the person."""
        before, after = role_before(self._words, run), role_after(self._words, run.end)
        person.learn(self._words.lower(index) for index in (*before, *after))
        person.sure = person.sure or bool(before or after)
        if run.end > run.start + 1:
            person.full.append(run.start)

    def _hear(self, phrase: Phrase) -> None:
        """Learn from a source phrase: who speaks is somebody."""
        name = name_words(self._words, phrase.mention[0], phrase.mention[-1] + 1)
        role = [self._words.lower(index) for index in phrase.role]
        called = self._people.called(name, role)
        if len(called) == 1:
            called[0].sure = True
            called[0].learn(role)

    def _roles(self) -> dict[str, list[Person]]:
        roles: dict[str, list[Person]] = defaultdict(list)
        for person in self._people.everyone():
            for role in person.roles:
                if len(roles[role]) < NAMESAKES:
                    roles[role].append(person)
        return roles


def body_of(words: Words, run: Run) -> range | None:
    """The organization that a name and the word behind it are: "the Moor campaign", "Ann Moor's campaign"."""
    at = run.end + (words.lower(run.end) in POSSESSIVE)
    if words.lower(at) in BODIES and words.beside(run.start, at):
        return range(run.start, at + 1)
    return None


def titles_of(words: Words, run: Run) -> list[str]:
    """The titles that stand before a name."""
    return [words.lower(index) for index in range(run.title, run.start)]


def is_governed(words: Words, run: Run) -> bool:
    """Whether a name stands behind a preposition, with its role or without."""
    before = role_before(words, run)
    start = (before[0] if before else run.title) - 1
    if words.lower(start) in DETERMINERS:
        start -= 1
    return words.beside(start, run.start) and words.lower(start) in PREPOSITIONS


def _extended(words: Words, run: Run) -> range:
    """The whole name of an organization: "Department of Food and Water", "Moor campaign"."""
    end = run.end
    while words.lower(end) in {"of", "for", "on", "and"}:
        stop = end + 1
        if words.lower(stop) in DETERMINERS:
            stop += 1
        start = stop
        while words.beside(run.start, stop) and words.all[stop].capital:
            stop += 1
        if start == stop:
            break
        end = stop
    return range(run.start, end)
