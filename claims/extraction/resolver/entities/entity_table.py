"""Who and what a document names: read once, before anyone asks who is speaking."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from claims.extraction.lexicon.first_names import FEMALE_FIRST_NAMES, MALE_FIRST_NAMES
from claims.extraction.lexicon.noun_classes import HONORIFICS, ORGANIZATION_NOUNS, PERSON_NOUNS, WEAK_TITLES
from claims.extraction.lexicon.role_nouns import DETERMINERS, NAME_PARTICLES, PREPOSITIONS
from claims.extraction.resolver.apposition import role_after, role_before
from claims.extraction.resolver.document_words import DocumentWords
from claims.extraction.resolver.entities.name_runs import (
    MAX_NAME_WORDS,
    NON_NAME_STARTS,
    NameRun,
    find_name_runs,
    last_name,
    normalize_name,
)
from claims.extraction.resolver.entities.organizations import OrganizationTable, looks_like_organization
from claims.extraction.resolver.entities.people import MAX_SAME_NAME, Person, PersonTable
from claims.extraction.resolver.source_phrases import SourcePhrase
from claims.extraction.text.sentences import POSSESSIVE_ENDINGS

# What somebody's name goes before: "the Moor campaign".
NAMED_BODY_NOUNS = frozenset(
    {"administration", "camp", "campaign", "delegation", "department", "foundation", "government", "ministry"}
)
LOCATIVE_PREPOSITIONS = frozenset({"in", "from", "near", "across"})
# A lone capital is somebody's name unless things happen "in" it more often than once in this many times.
MAX_PLACE_RATIO = 4


@dataclass(frozen=True, slots=True)
class EntityTable:
    """Who is in a document: its people and organizations, its names in order, and who is called by which role."""

    people: PersonTable
    organizations: OrganizationTable
    runs: list[NameRun]
    roles: dict[str, list[Person]]

    def bearers(self, role: str) -> list[Person]:
        """The people whom the document calls so, in the order of the text."""
        return self.roles.get(role, [])


def build_entity_table(words: DocumentWords, speakers: Sequence[SourcePhrase]) -> EntityTable:
    """Read the names of a document. `speakers` are the source phrases that are names."""
    return _EntityTableBuilder(words, speakers).cast()


class _EntityTableBuilder:
    """Meets full names first: what a lone name means depends on them."""

    def __init__(self, words: DocumentWords, speakers: Sequence[SourcePhrase]) -> None:
        self._words, self._speakers = words, speakers
        self._people, self._organizations = PersonTable(), OrganizationTable()
        self._runs = list(find_name_runs(words))

    def cast(self) -> EntityTable:
        lone: list[NameRun] = []
        articled: list[NameRun] = []
        for run in self._runs:
            if whole := self._organization(run):
                self._organizations.add(
                    self._words.written(whole), normalize_name(self._words, whole.start, whole.stop)
                )
            elif self._words.lower(run.title - 1) == "the" and run.title == run.start:
                articled.append(run)
            elif self._words.all[run.start].sentence not in self._words.headlines:
                if run.end == run.start + 1:
                    lone.append(run)
                else:
                    self._meet_in_full(run)
        self._meet_by_one_name(lone)
        for run in articled:
            name = normalize_name(self._words, run.start, run.end)
            if not self._people.called(name):
                self._organizations.add(self._words.written(range(run.start, run.end)), name)
        for phrase in self._speakers:
            self._hear(phrase)
        return EntityTable(self._people, self._organizations, self._runs, self._roles())

    def _organization(self, run: NameRun) -> range | None:
        """The whole name of the organization that the run names or begins."""
        if body := organization_at(self._words, run):
            return body
        name = normalize_name(self._words, run.start, run.end)
        whole = _full_organization_name(self._words, run)
        begins = name[-1] in ORGANIZATION_NOUNS and whole.stop > run.end
        return (
            whole if begins or looks_like_organization(name, self._words.written(range(run.start, run.end))) else None
        )

    def _meet_in_full(self, run: NameRun) -> None:
        name = normalize_name(self._words, run.start, run.end)
        if len(name) <= MAX_NAME_WORDS and not (NON_NAME_STARTS - NAME_PARTICLES).intersection(name):
            self._learn(self._people.add(self._words.written(range(run.start, run.end)), name, run.start), run)

    def _meet_by_one_name(self, lone: Sequence[NameRun]) -> None:
        """Last names of those met in full; else somebody known by one name, if anything says it is a person."""
        words = self._words
        places = Counter(words.lower(run.start) for run in lone if words.lower(run.start - 1) in LOCATIVE_PREPOSITIONS)
        often = Counter(words.lower(run.start) for run in lone)
        starts = {phrase.mention[0] for phrase in self._speakers}
        spoke = {words.lower(run.start) for run in lone if run.start in starts}
        for run in lone:
            word = words.lower(run.start)
            named = word in MALE_FIRST_NAMES | FEMALE_FIRST_NAMES or word in spoke
            person = self._by_one_name(run, alone=named and places[word] * MAX_PLACE_RATIO <= often[word])
            if person is not None:
                self._learn(person, run)
                # Only people go by the last part of their names.
                person.sure = person.sure or word == last_name(person.words)

    def _by_one_name(self, run: NameRun, *, alone: bool) -> Person | None:
        name, titles = normalize_name(self._words, run.start, run.end), set(titles_before(self._words, run))
        known = self._people.called(name, titles)
        # Who is named by office before anyone of that name is introduced is known to all, and somebody else.
        office = titles - HONORIFICS and all(run.start < person.first for person in known)
        if known and not office:
            return known[0] if len(known) == 1 else None
        titled = bool(titles - WEAK_TITLES) or self._words.lower(run.start - 1) in PERSON_NOUNS
        if not titled and not alone:
            return None
        return self._people.add(self._words.written(range(run.start, run.end)), name, run.start, titled=titled)

    def _learn(self, person: Person, run: NameRun) -> None:
        """Learn from one place what it tells of the person."""
        before, after = role_before(self._words, run), role_after(self._words, run.end)
        person.learn(self._words.lower(index) for index in (*before, *after))
        person.sure = person.sure or bool(before or after)
        if run.end > run.start + 1:
            person.full.append(run.start)

    def _hear(self, phrase: SourcePhrase) -> None:
        """Learn from a source phrase: who speaks is somebody."""
        name = normalize_name(self._words, phrase.mention[0], phrase.mention[-1] + 1)
        role = [self._words.lower(index) for index in phrase.role]
        called = self._people.called(name, role)
        if len(called) == 1:
            called[0].sure = True
            called[0].learn(role)

    def _roles(self) -> dict[str, list[Person]]:
        roles: dict[str, list[Person]] = defaultdict(list)
        for person in self._people.everyone():
            for role in person.roles:
                if len(roles[role]) < MAX_SAME_NAME:
                    roles[role].append(person)
        return roles


def organization_at(words: DocumentWords, run: NameRun) -> range | None:
    """The organization that a name and the word behind it are: "the Moor campaign", "Ann Moor's campaign"."""
    at = run.end + (words.lower(run.end) in POSSESSIVE_ENDINGS)
    if words.lower(at) in NAMED_BODY_NOUNS and words.beside(run.start, at):
        return range(run.start, at + 1)
    return None


def titles_before(words: DocumentWords, run: NameRun) -> list[str]:
    """The titles that stand before a name."""
    return [words.lower(index) for index in range(run.title, run.start)]


def follows_preposition(words: DocumentWords, run: NameRun) -> bool:
    """Whether a name stands behind a preposition, with its role or without."""
    before = role_before(words, run)
    start = (before[0] if before else run.title) - 1
    if words.lower(start) in DETERMINERS:
        start -= 1
    return words.beside(start, run.start) and words.lower(start) in PREPOSITIONS


def _full_organization_name(words: DocumentWords, run: NameRun) -> range:
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
