"""Builds the table of people and organizations that a document names, before any speaker is resolved."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.extraction.english.lexicon.function_words import (
    CALENDAR_WORDS,
    DETERMINERS,
    NAME_PARTICLES,
    PREPOSITIONS,
    RELATIVE_PRONOUNS,
)
from claims.extraction.english.lexicon.noun_classes import HONORIFICS, ORGANIZATION_NOUNS, PERSON_NOUNS, WEAK_TITLES
from claims.extraction.english.lexicon.person_nouns import AGE_PATTERN
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.name_kinds import NameKinds
from claims.extraction.english.resolver.entities.name_runs import (
    MAX_NAME_WORDS,
    NON_NAME_STARTS,
    NameRun,
    find_name_runs,
    last_name,
    normalize_name,
)
from claims.extraction.english.resolver.entities.organizations import OrganizationTable, looks_like_organization
from claims.extraction.english.resolver.entities.people import MAX_SAME_NAME, Person, PersonTable
from claims.extraction.english.resolver.phrases.apposition import role_after, role_before, role_in_front
from claims.extraction.english.resolver.phrases.source_phrases import SourcePhrase
from claims.extraction.english.sentences import POSSESSIVE_ENDINGS
from claims.extraction.lexicon import word_set
from claims.extraction.lexicon.first_names import FIRST_NAMES

# Organizations named after a person: "the Moor campaign".
NAMED_BODY_NOUNS = word_set("administration camp campaign delegation department foundation government ministry")
LOCATIVE_PREPOSITIONS = word_set("in from near across")
# A single capitalized word can be a person's name if at most every fourth of its mentions is as a place ("in Moor").
MIN_MENTIONS_PER_PLACE = 4


@dataclass(frozen=True, slots=True)
class EntityTable:
    """The people, organizations and name runs of a document; `roles` maps a word of a role to its people."""

    people: PersonTable
    organizations: OrganizationTable
    kinds: NameKinds
    runs: list[NameRun]
    roles: dict[str, list[Person]]

    def people_with_role(self, role: str) -> list[Person]:
        """Return the people whom the document calls so, in the order of the text."""
        return self.roles.get(role, [])


def build_entity_table(words: DocumentWords, named_sources: Sequence[SourcePhrase]) -> EntityTable:
    return _EntityTableBuilder(words, named_sources).build()


class _EntityTableBuilder:
    """Adds full names first, since they tell what a single name refers to."""

    def __init__(self, words: DocumentWords, named_sources: Sequence[SourcePhrase]) -> None:
        self._words, self._named_sources = words, named_sources
        self._people, self._organizations = PersonTable(), OrganizationTable()
        self._runs = list(find_name_runs(words))
        # The nouns of the organizations that sources call so: "the union that called the strike, Moor Workers,".
        self._organization_nouns = {
            source.mention[0]: noun
            for source in named_sources
            if (noun := _organization_noun([words.lower(index) for index in source.role]))
        }
        self._kinds = NameKinds(words, self._runs)

    def build(self) -> EntityTable:
        single_names: list[NameRun] = []
        names_with_article: list[NameRun] = []
        for run in self._runs:
            if organization := self._organization(run):
                noun = self._organization_nouns.get(run.start)
                self._add_organization(organization, [*self._kinds.nouns_beside(run), *([noun] if noun else [])])
            elif self._words.lower(run.title_start - 1) == "the" and run.title_start == run.start:
                names_with_article.append(run)
            elif self._words.sentence_of[run.start] not in self._words.headlines:
                if run.end == run.start + 1:
                    single_names.append(run)
                else:
                    self._add_full_name(run)
        self._add_single_names(single_names)
        for run in names_with_article:
            if not self._people.find(self._name(run)):
                self._add_organization(range(run.start, run.end), self._kinds.nouns_beside(run))
        for source in self._named_sources:
            self._learn_from_source(source)
        return EntityTable(self._people, self._organizations, self._kinds, self._runs, self._people_by_role())

    def _name(self, run: NameRun) -> tuple[str, ...]:
        return normalize_name(self._words, run.start, run.end)

    def _text(self, run: NameRun) -> str:
        return self._words.text_of(range(run.start, run.end))

    def _organization(self, run: NameRun) -> range | None:
        """Return the full name of the organization that the run names or begins."""
        if named_body := organization_at(self._words, run):
            return named_body
        if run.start in self._organization_nouns:
            return range(run.start, run.end)
        name = self._name(run)
        full_name = _full_organization_name(self._words, run)
        is_extended = name[-1] in ORGANIZATION_NOUNS and full_name.stop > run.end
        if is_extended or looks_like_organization(name, self._words.all[run.start].text):
            return full_name
        return range(run.start, run.end) if self._kinds.is_organization(name) else None

    def _add_organization(self, name: range, nouns: Iterable[str]) -> None:
        words = normalize_name(self._words, name.start, name.stop)
        self._organizations.add(self._words.text_of(name), words, name.start, nouns)

    def _add_full_name(self, run: NameRun) -> None:
        name = self._name(run)
        if len(name) <= MAX_NAME_WORDS and not (NON_NAME_STARTS - NAME_PARTICLES).intersection(name):
            self._learn_from_run(self._people.add(self._text(run), name, run.start), run)

    def _add_single_names(self, runs: Sequence[NameRun]) -> None:
        """Match single names to the people named in full, or add a person if there is evidence that it is one."""
        words = self._words
        place_counts = Counter(
            words.lower(run.start) for run in runs if words.lower(run.start - 1) in LOCATIVE_PREPOSITIONS
        )
        counts = Counter(words.lower(run.start) for run in runs)
        source_starts = {source.mention[0] for source in self._named_sources}
        source_names = {words.lower(run.start) for run in runs if run.start in source_starts}
        for run in runs:
            word = words.lower(run.start)
            is_name = word in FIRST_NAMES or (word in source_names and self._kinds.is_person((word,)))
            is_person = is_name and place_counts[word] * MIN_MENTIONS_PER_PLACE <= counts[word]
            person = self._person_by_single_name(run, is_person=is_person)
            if person is not None:
                self._learn_from_run(person, run)
                # Only people are called by their last names.
                person.is_certain = person.is_certain or word == last_name(person.words)

    def _person_by_single_name(self, run: NameRun, *, is_person: bool) -> Person | None:
        name, titles = self._name(run), set(titles_before(self._words, run))
        namesakes = self._people.find(name, titles)
        # A name with an office that precedes all introductions of that name is another, well-known person.
        is_well_known = titles - HONORIFICS and all(run.start < person.first_index for person in namesakes)
        if namesakes and not is_well_known:
            return namesakes[0] if len(namesakes) == 1 else None
        has_title = bool(titles - WEAK_TITLES) or self._words.lower(run.start - 1) in PERSON_NOUNS
        if not has_title and not is_person:
            return None
        return self._people.add(self._text(run), name, run.start, has_title=has_title)

    def _learn_from_run(self, person: Person, run: NameRun) -> None:
        """Record the role beside a name, and a mention by the full name."""
        before, after = role_before(self._words, run), role_after(self._words, run.end)
        person.add_role(self._words.lower(index) for index in (*before, *after))
        in_front = role_in_front(self._words, run, before)
        person.add_role(self._words.lower(index) for index in in_front)
        person.add_role(self._age(run))
        # "Ann Moor KC"
        person.add_role({self._words.lower(run.end)} & {"kc", "qc"})
        person.is_certain = person.is_certain or bool(before or after or in_front)
        if run.end > run.start + 1:
            person.full_mentions.append(run.start)

    def _age(self, run: NameRun) -> list[str]:
        """Return the age beside a name, as the noun it gives: "Ann Moor, 44," is the 44-year-old."""
        before, after = self._words.lower(run.title_start - 1), self._words.lower(run.end + 1)
        if AGE_PATTERN.fullmatch(before):
            return [before]
        is_age = self._words.lower(run.end) in {",", "("} and after.isdecimal() and len(after) < 3
        return [f"{after}-year-old"] if is_age else []

    def _learn_from_source(self, source: SourcePhrase) -> None:
        """Record that a source is certainly a person, with the role in the source phrase."""
        name = normalize_name(self._words, source.mention[0], source.mention[-1] + 1)
        role = [self._words.lower(index) for index in source.role]
        people = self._people.find(name, role)
        if len(people) == 1:
            people[0].is_certain = True
            people[0].add_role(role)

    def _people_by_role(self) -> dict[str, list[Person]]:
        people_by_role: dict[str, list[Person]] = defaultdict(list)
        for person in self._people.in_text_order():
            for role in person.roles:
                if len(people_by_role[role]) < MAX_SAME_NAME:
                    people_by_role[role].append(person)
        return people_by_role


def _organization_noun(role: Sequence[str]) -> str:
    """Return "union" of "the union that called the strike", "chain" of "one of those chains"; empty if none."""
    if not role:
        return ""
    end = next((n for n, word in enumerate(role) if word in PREPOSITIONS | RELATIVE_PRONOUNS), len(role))
    noun = role[-1].removesuffix("s") if role[0] == "one" else role[end - 1]
    return noun if noun in ORGANIZATION_NOUNS - PERSON_NOUNS else ""


def organization_at(words: DocumentWords, run: NameRun) -> range | None:
    """Return the organization that a name and the next word form: "the Moor campaign", "Ann Moor's campaign"."""
    noun = run.end + (words.lower(run.end) in POSSESSIVE_ENDINGS)
    if words.lower(noun) in NAMED_BODY_NOUNS and words.in_same_sentence(run.start, noun):
        return range(run.start, noun + 1)
    return None


def titles_before(words: DocumentWords, run: NameRun) -> list[str]:
    return [words.lower(index) for index in range(run.title_start, run.start)]


def follows_preposition(words: DocumentWords, run: NameRun) -> bool:
    """Whether a preposition precedes a name, or the role before the name."""
    role = role_before(words, run)
    previous = (role[0] if role else run.title_start) - 1
    if words.lower(previous) in DETERMINERS:
        previous -= 1
    return words.in_same_sentence(previous, run.start) and words.lower(previous) in PREPOSITIONS


def _continues_name(words: DocumentWords, index: int) -> bool:
    return words.all[index].is_capitalized and words.lower(index) not in CALENDAR_WORDS


def _full_organization_name(words: DocumentWords, run: NameRun) -> range:
    """Extend a name over "of" and the like: "Department of Food and Water"."""
    end = run.end
    while words.lower(end) in {"of", "for", "on", "and"}:
        if words.lower(end) == "and" and end == run.end:
            break  # "the Times and the Post" are two, "the Department of Food and Water" is one
        start = end + 1
        if words.lower(start) in DETERMINERS:
            start += 1
        stop = start
        while words.in_same_sentence(run.start, stop) and _continues_name(words, stop):
            stop += 1
        if stop == start:
            break
        end = stop
    return range(run.start, end)
