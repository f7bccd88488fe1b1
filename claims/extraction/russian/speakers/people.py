"""The people and organizations that a text names, each under the fullest name it is given, in the nominative."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from claims.extraction.russian.mentions import CASES, name_words
from claims.extraction.russian.name_runs import ORGANIZATION, PERSON, REGIONS_IN_GENITIVE, NameRun
from claims.extraction.russian.names import Case, Gender, Name, SeenNames, nominative, same_name_key
from claims.extraction.russian.names.readings import is_given_name, surname_readings_of
from claims.extraction.russian.parsing.morphology import analyze
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence, parse_late
from claims.extraction.russian.speakers.nationalities import nation_of_word
from claims.extraction.russian.speakers.organizations import (
    Organization,
    count_words_in_marks,
    describe_organization,
)

MAX_ROLE_WORDS = 8
CASE_BY_FEATURE = {feature: Case(case) for case, feature in CASES.items()}


@dataclass(slots=True)
class Person:
    name: str
    key: str
    given: str
    gender: str
    is_nominative: bool
    roles: set[str] = field(default_factory=set)
    role_words: set[str] = field(default_factory=set)
    nations: set[str] = field(default_factory=set)
    # The sentences that mention the person, in order, and those in which the person is the subject.
    sentences: list[int] = field(default_factory=list)
    subject_of: set[int] = field(default_factory=set)

    def last_before(self, sentence: int) -> int | None:
        """Return the last sentence up to this one that mentions the person."""
        place = bisect_right(self.sentences, sentence)
        return self.sentences[place - 1] if place else None


class NameTable:
    """The people and organizations of one document."""

    def __init__(self, sentences: Sequence[ParsedSentence]) -> None:
        self._sentences = sentences
        # The sentences counted: the reporter's words within speech are none of their own.
        self._places = list(accumulate(sentence.source.interrupts is None for sentence in sentences))
        self.people: list[Person] = []
        self.by_key: dict[str, list[Person]] = defaultdict(list)
        self.by_given_name: dict[str, list[Person]] = defaultdict(list)
        # Those with a given name, by each surname in lower case that they have had, then by identity.
        self._named_in_full: dict[str, dict[int, Person]] = defaultdict(dict)
        # By the sentence and the first word of a mention.
        self.person_at: dict[tuple[int, int], Person] = {}
        self.people_in: dict[int, list[tuple[int, Person]]] = defaultdict(list)
        self.organizations_in: dict[int, list[Organization]] = defaultdict(list)
        self._with_country: dict[str, set[str]] = defaultdict(set)
        self._names: dict[tuple[str, Case | None, str, bool], Name] = {}
        self._keys: dict[str, str] = {}
        people = [(sentence, run) for sentence in sentences for run in sentence.names if run.type == PERSON]
        self._seen = SeenNames(
            (word.text for sentence in sentences for word in sentence.source.words),
            names=(word.text for sentence, run in people for word in sentence.source.words[run.start : run.end]),
        )
        # Full names first, so that a surname alone finds whose it is.
        for sentence, run in sorted(people, key=lambda pair: " " not in pair[0].text_of(pair[1])):
            self._add_person(sentence, run)
        for person in self.people:
            person.sentences.sort()
        organizations = [
            (sentence, run) for sentence in sentences for run in sentence.names if run.type == ORGANIZATION
        ]
        self._marked = count_words_in_marks(sentences)
        for sentence, run in organizations:
            organization = self.describe_organization(sentence, run)
            self.organizations_in[sentence.number].append(organization)
            short, *country = organization.name.split()
            if country and country[-1] in REGIONS_IN_GENITIVE:
                self._with_country[short].add(organization.name)

    def distance(self, earlier: int, later: int) -> int:
        """Return by how many sentences one is before another; a negative number is before the first."""
        return self._places[later] - (self._places[earlier] if earlier >= 0 else earlier)

    def sentences_up_to(self, number: int, *, within: int) -> range:
        """Return the numbers of a sentence and of those before it within some distance."""
        return range(bisect_left(self._places, self._places[number] - within), number + 1)

    def people_named_in(self, numbers: Iterable[int]) -> list[Person]:
        """Return the people whom sentences name, one as often as they do."""
        return [person for number in numbers for _, person in self.people_in.get(number, ())]

    def is_same_paragraph(self, sentence: ParsedSentence, number: int) -> bool:
        return sentence.source.paragraph == self._sentences[number].source.paragraph

    def with_country(self, organization: Organization) -> Organization:
        """Return an organization by the only name with a country or region that the text has of it: `МЧС России`."""
        longer = self._with_country.get(organization.name, set())
        return organization._replace(name=next(iter(longer))) if len(longer) == 1 else organization

    def in_nominative(self, organization: Organization) -> Organization:
        """Return an organization with the name that its sentence shows if it is parsed, which few need to be."""
        sentence = self._sentences[organization.sentence]
        run = next((run for run in sentence.names if run.start == organization.start), None)
        if run is None or sentence.source.is_parsed:
            return organization
        parse_late(sentence)
        return self.describe_organization(sentence, run)

    def describe_organization(
        self, sentence: ParsedSentence, run: NameRun, *, is_nominative: bool = False
    ) -> Organization:
        return describe_organization(sentence, run, is_nominative=is_nominative, marked=self._marked)

    def name_of(
        self, sentence: ParsedSentence, run: NameRun, *, gender: str = "", case: str = "", is_governed: bool = False
    ) -> Name:
        """Return a person's name in the nominative; the gender and the case that the sentence shows are evidence."""
        text = sentence.text_of(run)
        known_case = Case(case) if case else CASE_BY_FEATURE.get(sentence.parses[run.start].feats.get("Case", ""))
        key = text, known_case, gender, is_governed
        if key not in self._names:
            known_gender = Gender(gender) if gender in {"masc", "femn"} else None
            words = name_words(text) or [text]
            name = nominative(
                words, case=known_case, gender=known_gender, seen=self._seen, is_case_guessed=not is_governed
            )
            is_as_written = name.text.lower() == text.lower()
            self._names[key] = replace(name, text=text) if is_as_written else name
        return self._names[key]

    def namesakes(self, name: Name, gender: str) -> list[Person]:
        """Return the people whom a name may refer to, by its surname or the given name alone."""
        key = self._key_of(name.surname or name.given or name.text)
        people = self.by_key.get(key) or ([] if name.surname else self.by_given_name.get(name.given, []))
        return [person for person in people if not gender or person.gender in {"", gender}]

    def _key_of(self, surname: str) -> str:
        if surname not in self._keys:
            self._keys[surname] = same_name_key([surname])
        return self._keys[surname]

    def _add_person(self, sentence: ParsedSentence, run: NameRun) -> None:
        gender, case = _agreement_before(sentence, run)
        name = self.name_of(sentence, run, gender=gender, case=case)
        parse = sentence.parses[run.start]
        is_nominative = parse.feats.get("Case") == "Nom"
        gender = name.gender.value if name.gender else ""
        given = name.given if name.surname else ""
        matches = self._find(name, given, gender, sentence.number) or self._with_surname(sentence, run)
        if len(matches) > 1:
            return  # two people of one surname: a surname alone says neither
        if matches:
            person = matches[0]
            self._complete(person, name, given, gender, is_nominative=is_nominative)
        else:
            key = self._key_of(name.surname or name.given or name.text)
            person = Person(name.text, key, given, gender, is_nominative)
            self.people.append(person)
            self.by_key[key].append(person)
            if given:
                self.by_given_name[given.split()[0]].append(person)
        if person.given:
            self._named_in_full[_surname_of(person)][id(person)] = person
        person.sentences.append(sentence.number)
        first = next(other for other in sentence.names if other.type == PERSON)
        is_first = not sentence.source.is_parsed and run.start <= MAX_ROLE_WORDS and first == run
        is_nominative = is_nominative or (is_first and name.text.lower() == sentence.text_of(run).lower())
        if is_nominative and (is_first or parse.rel in {"nsubj", "appos", "nsubj:pass"}):
            person.subject_of.add(sentence.number)
        before = _words_before(sentence, run)
        person.roles.update(_roles_beside(sentence, run, before))
        person.nations.update(filter(None, (nation_of_word(sentence.lowers[index]) for index in before)))
        person.role_words.update(sentence.lowers[max(0, run.start - MAX_ROLE_WORDS) : run.start])
        self.person_at[sentence.number, run.start] = person
        self.people_in[sentence.number].append((run.start, person))

    def _find(self, name: Name, given: str, gender: str, sentence: int) -> list[Person]:
        key = self._key_of(name.surname or name.given or name.text)
        matches = [person for person in self.by_key[key] if _is_compatible(person, given, gender)]
        if given:
            same = [person for person in matches if person.given == given]
            return same or matches[:1]
        if not matches:
            matches = self.by_given_name.get(name.given or name.surname, [])
        if not matches:  # `по словам Дорн`, of a woman, whose surname is not declined
            surname = name.text if len(name.text.split()) == 1 else ""
            women = (person for person in self.by_key[key] if person.gender == "femn")
            matches = [woman for woman in women if surname and woman.name.split()[-1] == surname]
        introduced = [person for person in matches if person.sentences and min(person.sentences) <= sentence]
        return introduced or matches

    def _with_surname(self, sentence: ParsedSentence, run: NameRun) -> list[Person]:
        """Return who is named in full and whose surname a word may be a form of that alone is read otherwise."""
        if run.end - run.start > 1 or is_given_name(sentence.lowers[run.start]):
            return []
        surnames = {reading.nominative for reading in surname_readings_of(sentence.lowers[run.start])}
        people = {number: who for name in surnames for number, who in self._named_in_full.get(name, {}).items()}
        return [person for person in people.values() if _surname_of(person) in surnames]

    def _complete(self, person: Person, name: Name, given: str, gender: str, *, is_nominative: bool) -> None:
        """Take over a fuller name, or the same one written in the nominative."""
        length, known = len(name.text.split()), len(person.name.split())
        if (length > known and name.surname) or (length == known and is_nominative and not person.is_nominative):
            person.name, person.is_nominative = name.text, is_nominative
            person.given = given or person.given
        person.gender = person.gender or gender


def _surname_of(person: Person) -> str:
    return person.name.split()[-1].lower()


def _is_compatible(person: Person, given: str, gender: str) -> bool:
    if gender and person.gender and gender != person.gender:
        return False
    if not given or not person.given:
        return True
    first, other = (name.lower().replace("ё", "е").split()[0] for name in (given, person.given))
    is_initial = "." in first or "." in other or min(len(first), len(other)) == 1
    return first[0] == other[0] if is_initial else first == other


def _agreement_before(sentence: ParsedSentence, run: NameRun) -> tuple[str, str]:
    """Return the gender and case of an adjective or the case of a role before a name, which may not show them.

    `юная Амина Дудаева`, `экс-мэра Виктора Палия`
    """
    tags = [reading.tag for reading in analyze(sentence.lowers[run.start - 1])] if run.start else []
    if len(tags) == 1 and {"ADJF", "sing"} <= tags[0]:
        return next(iter(tags[0] & {"masc", "femn"}), ""), next(iter(tags[0] & CASES.keys()), "")
    is_role = all({"NOUN", "anim"} <= tag and "Surn" not in tag for tag in tags)
    cases = {case for tag in tags if "sing" in tag for case in tag & CASES.keys()} if is_role else set()
    return "", "gent" if cases == {"gent", "accs"} else next(iter(cases)) if len(cases) == 1 else ""


def _words_before(sentence: ParsedSentence, run: NameRun) -> list[int]:
    """Return the words that may describe a person before the name, nearest first."""
    words: list[int] = []
    for index in range(run.start - 1, max(-1, run.start - 1 - MAX_ROLE_WORDS), -1):
        if sentence.lowers[index] in {",", ".", ":", ";", "(", "и"} or _is_verb(sentence, index):
            break
        if (other := sentence.name_at(index)) and other.type == PERSON:
            break
        words.append(index)
    return words


def _roles_beside(sentence: ParsedSentence, run: NameRun, before: Sequence[int]) -> Iterator[str]:
    """Yield the lemmas of what a person is called before the name, or behind it in an apposition."""
    lowers = sentence.lowers
    nouns = [index for index in before if _person_noun(lowers[index])]
    # The first is what the person is called; of the others, those in the genitive are not: `заместитель министра`.
    for index in nouns:
        if index == nouns[-1] or _is_nominative(lowers[index]):
            yield _person_noun(lowers[index])
            # `режиссёр-документалист`
            yield from (role for part in lowers[index].split("-")[:-1] if (role := _person_noun(part)))
    if run.end < len(lowers) - 1 and lowers[run.end] in {",", "(", "—"}:
        behind = map(_person_noun, lowers[run.end + 1 : run.end + 4])
        yield from (noun for noun in behind if noun)


def _is_verb(sentence: ParsedSentence, index: int) -> bool:
    if sentence.source.is_parsed:
        return sentence.parses[index].pos == "VERB"
    readings = analyze(sentence.lowers[index])
    return bool(readings) and "VERB" in readings[0].tag


def _is_nominative(lower: str) -> bool:
    return any({"NOUN", "nomn", "sing"} <= reading.tag for reading in analyze(lower))


def _person_noun(lower: str) -> str:
    """Return the lemma of a noun for a person; empty of other words."""
    for reading in analyze(lower)[:2]:
        if {"NOUN", "anim"} <= reading.tag and not reading.tag & {"Name", "Surn", "Patr"}:
            return reading.normal_form
    return ""
