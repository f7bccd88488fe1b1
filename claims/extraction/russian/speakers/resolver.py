"""Resolves the mention of each statement to a person or an organization of the document."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from claims.extraction.quotation import Ambiguous, EntityKind, MentionKind, Resolved, Speaker, Unresolved
from claims.extraction.russian.cue_words import word_set
from claims.extraction.russian.mentions import (
    POSSESSIVES,
    RELATIVES,
    SERVICE_NOUNS,
    THAT_ONE,
    THERE,
    Mention,
    lemma_of,
)
from claims.extraction.russian.name_runs import ORGANIZATION, PLACE
from claims.extraction.russian.nouns import ORGANIZATION_NOUNS
from claims.extraction.russian.speakers.institutions import VAGUE_WORDS, describe_institution
from claims.extraction.russian.speakers.nationalities import nation_of_noun, nation_of_word
from claims.extraction.russian.speakers.organizations import (
    KINDS_OF_NOUNS,
    Organization,
    find_referent,
    is_same_organization,
)
from claims.extraction.russian.speakers.people import NameTable, Person
from claims.extraction.russian.speakers.roles import (
    COMMON_NOUNS,
    GENERAL_ROLES,
    gender_of_role,
    is_called,
    may_be_role,
    may_hold,
)
from claims.extraction.russian.statements import Statement

# Whoever they mean is not named, even if somebody with a name spoke before.
UNNAMED_NOUNS = word_set(
    """
    источник очевидец свидетель житель жительница местный мать отец парень сосед соседка
    прохожий пользователь читатель зритель сын дочь жена муж брат сестра бабушка дедушка друг подруга коллега кто-то
    человек ребёнок корреспондент журналист соавтор
    """
)
PLACE_PREPOSITIONS = word_set("в во на")  # `игрок в соцсетях`, but `дежурная по переезду`
SINGULAR_PRONOUNS = word_set("он она его её ее него неё нее")
MAX_DISTANCE = 5  # sentences
MAX_SPEAKER_DISTANCE = 8
MAX_NOUN_DISTANCE = 2
MAX_ORGANIZATION_DISTANCE = 4
MAX_RIVAL_DISTANCE = 12
MIN_LEAD = 0.6
MIN_NOUN_LEAD = 1.0
MAX_ALTERNATIVES = 4


@dataclass(slots=True)
class Resolution:
    """Whom a mention refers to, the evidence for that, and who else it may be, with their weights."""

    speaker: Speaker
    kind: MentionKind | None
    features: dict[str, float] = field(default_factory=dict)
    alternatives: list[tuple[str, float]] = field(default_factory=list)


class SpeakerResolver:
    """Resolves statements in reading order: a pronoun or a role often means whoever spoke before."""

    def __init__(self, table: NameTable) -> None:
        self._table = table
        self._last_person: Person | None = None
        self._last_sentence = -MAX_SPEAKER_DISTANCE
        self._last_organization: Organization | None = None
        # Whether «там» in the sentences that follow may mean it: `В МЧС сообщили, …`, `МЧС сообщило, …`.
        self._last_source: Organization | None = None
        # Whether the last statement is of somebody whom the text does not name.
        self._was_unnamed = False
        self._was_person = False  # it is of a person whom the text names

    def resolve_all(self, statements: Sequence[Statement]) -> list[Resolution]:
        resolutions: dict[int, Resolution] = {}
        for statement in statements:
            earlier = resolutions.get(id(statement.goes_on_from))
            if earlier and statement.mention is None:
                resolutions[id(statement)] = Resolution(earlier.speaker, None, {"goes on": 1.0})
            else:
                resolution = resolutions[id(statement)] = self._resolve(statement)
                self._was_unnamed = resolution.kind is MentionKind.NOMINAL and resolution.speaker == Unresolved()
                self._was_person = getattr(resolution.speaker, "kind", None) is EntityKind.PERSON
                self._last_source = self._source_of(statement, resolution)
            self._last_sentence = statement.sentence.number
        return list(resolutions.values())

    def _resolve(self, statement: Statement) -> Resolution:
        mention = statement.mention
        if statement.guest:
            return Resolution(Resolved(statement.guest, EntityKind.PERSON), None, {"guest": 1.0})
        if mention is None:
            return self._resolve_left_out(statement)
        if mention.is_plural and mention.entity not in {ORGANIZATION, PLACE}:
            return Resolution(Unresolved(), mention.kind)
        if mention.kind is MentionKind.NAME:
            return self._resolve_name(mention)
        if mention.kind is MentionKind.PRONOUN:
            return self._resolve_pronoun(mention)
        return self._resolve_noun(mention, statement)

    def _resolve_name(self, mention: Mention) -> Resolution:
        sentence = mention.sentence
        if mention.entity in {ORGANIZATION, PLACE}:
            is_nominative = mention.case == "nomn"
            organization = self._table.describe_organization(sentence, mention.run, is_nominative=is_nominative)
            self._last_organization = self._table.with_country(organization)
            return Resolution(
                Resolved(self._last_organization.name, EntityKind.ORGANIZATION),
                mention.kind,
                {"name": 1.0, "organization": 1.0},
            )
        gender = mention.gender if mention.gender in {"masc", "femn"} else ""
        person = self._table.person_at.get((sentence.number, mention.start))
        is_governed = mention.case == "gent"
        name = self._table.name_of(sentence, mention.run, gender=gender, case=mention.case, is_governed=is_governed)
        is_whole = bool(name.given and name.surname) and mention.case == "nomn"
        if person and gender and person.gender not in {"", gender} and is_whole:
            # The verb knows better: `сообщила Евгения Лазаренко` is no form of Евгений.
            person.name, person.gender, person.given = name.text, gender, name.given if name.surname else ""
        if person is None or (gender and person.gender not in {"", gender}):
            namesakes = self._table.namesakes(name, gender)
            if len(namesakes) > 1:
                names = tuple(namesake.name for namesake in namesakes)
                return Resolution(Ambiguous(names), mention.kind, {}, [(candidate, 1.0) for candidate in names])
            person = namesakes[0] if namesakes else None
        relative = RELATIVES.get(lemma_of(sentence.lowers[mention.start - 1]), "") if mention.role else ""
        if person and relative and person.gender not in {"", relative}:
            return Resolution(Unresolved(), mention.kind)  # `по словам соседки Петренко`, who is a man
        if person is None and not any(run.start == mention.start for run in sentence.names):
            return Resolution(Unresolved(), mention.kind)  # a label that the tagger did not take for a name
        if person is None:
            return Resolution(Resolved(name.text, EntityKind.PERSON), mention.kind, {"name": 1.0, "unknown": 1.0})
        if gender and not person.gender:
            person.gender = gender
        is_only_here = person.sentences == [sentence.number] and person.name == sentence.text_of(mention.run)
        # `по прогнозу аналитика Чиомы Окафор`: the tagger may take a genitive for a nominative
        is_nominative = person.is_nominative and not (is_governed and is_only_here)
        if not is_nominative and len(name.text.split()) == len(person.name.split()):
            person.name, person.is_nominative = name.text, mention.case == "nomn"
        self._last_person = person
        features = {"name": 1.0, "one word": float(" " not in person.name), "oblique": float(mention.case != "nomn")}
        return Resolution(Resolved(person.name, EntityKind.PERSON), mention.kind, features)

    def _resolve_pronoun(self, mention: Mention) -> Resolution:
        if mention.head == THERE:
            return self._resolve_there(mention)
        if mention.head in THAT_ONE:
            return self._resolve_that_one(mention)
        if mention.head not in SINGULAR_PRONOUNS:
            return Resolution(Unresolved(), mention.kind)
        gender = "femn" if mention.head in {"она", "её", "ее", "нее", "неё"} else "masc"
        ranked = self._rank(gender, mention)
        if not ranked:
            return Resolution(Unresolved(), mention.kind)
        best, person = ranked[0]
        rival = ranked[1][0] if len(ranked) > 1 else 0.0
        alternatives = [(candidate.name, weight) for weight, candidate in ranked[:MAX_ALTERNATIVES]]
        if rival and best - rival < MIN_LEAD:
            return Resolution(Ambiguous(tuple(name for name, _ in alternatives)), mention.kind, {}, alternatives)
        self._last_person = person
        features = {"pronoun": 1.0, "lead": min(4.0, best - rival), "possessive": float(mention.head in POSSESSIVES)}
        return Resolution(Resolved(person.name, EntityKind.PERSON), mention.kind, features, alternatives)

    def _resolve_that_one(self, mention: Mention) -> Resolution:
        """Resolve «тот»: it is whom the words just before name last, who is not their subject."""
        number = mention.sentence.number
        here = [(start, person) for start, person in self._table.people_in.get(number, ()) if start < mention.start]
        named, place = (here, number) if here else (self._table.people_in.get(number - 1, []), number - 1)
        person = max(named, key=lambda pair: pair[0])[1] if named else None
        if person is None or place in person.subject_of or person.gender not in {"", THAT_ONE[mention.head]}:
            return Resolution(Unresolved(), mention.kind)
        self._last_person = person
        return Resolution(Resolved(person.name, EntityKind.PERSON), mention.kind, {"pronoun": 1.0})

    def _resolve_left_out(self, statement: Statement) -> Resolution:
        """Resolve a subject that is left out: it is that of the sentence before, or who spoke there."""
        sentence, gender = statement.sentence, statement.gender_without_subject
        before = set(self._table.sentences_up_to(sentence.number, within=1)[:-1])
        people = self._table.people_named_in(before)
        fitting = [person for person in people if before & person.subject_of]
        if self._last_person and self._last_sentence in before:
            fitting.append(self._last_person)
        names = {person.name for person in fitting if gender and person.gender == gender}
        if len(names) != 1 or not self._table.is_same_paragraph(sentence, min(before)):
            return Resolution(Unresolved(), None)
        (name,) = names
        self._last_person = next(person for person in fitting if person.name == name)
        return Resolution(Resolved(name, EntityKind.PERSON), None, {"pronoun": 1.0})

    def _rank(self, gender: str, mention: Mention) -> list[tuple[float, Person]]:
        """Return the people of a gender whom the text last mentioned, the most salient first."""
        number = mention.sentence.number
        since_speech = self._table.distance(self._last_sentence, number)
        just_before = set(self._table.sentences_up_to(number, within=1))
        ranked = []
        for person in self._recent_people(number):
            last = self._last_mention(person, mention)
            if last is None or person.gender not in {"", gender} or self._is_beside(person, mention):
                continue
            weight = max(0.2, 2.0 - 0.5 * self._table.distance(last, number))
            weight += 1.0 if just_before & person.subject_of else 0.0
            is_newer = last > self._last_sentence and bool(just_before & person.subject_of)
            weight += 1.5 if is_newer and person is not self._last_person else 0.0
            if person is self._last_person:
                weight += 2.0 if since_speech <= MAX_NOUN_DISTANCE else 1.0
            weight -= 0.0 if person.gender else 0.5
            ranked.append((weight, person))
        return sorted(ranked, key=lambda pair: -pair[0])

    def _recent_people(self, number: int) -> list[Person]:
        near = self._table.sentences_up_to(number, within=MAX_DISTANCE)
        people = self._table.people_named_in(near)
        if self._last_person and self._table.distance(self._last_sentence, number) <= MAX_SPEAKER_DISTANCE:
            people.append(self._last_person)
        return list({id(person): person for person in people}.values())

    def _last_mention(self, person: Person, mention: Mention) -> int | None:
        """Return the last sentence that names a person before a mention."""
        number = mention.sentence.number
        here = [start for start, other in self._table.people_in.get(number, ()) if other is person]
        if here and min(here) < mention.start:
            return number
        return person.last_before(number - 1)

    def _is_beside(self, person: Person, mention: Mention) -> bool:
        """Whether a pronoun's own clause names somebody, who then is another: `На переговорах с Лавровым он заявил`."""
        number = mention.sentence.number
        here = [start for start, other in self._table.people_in.get(number, ()) if other is person]
        if mention.kind is not MentionKind.PRONOUN or mention.head in POSSESSIVES or not here:
            return False
        between = mention.sentence.parses[min(here) : mention.start]
        is_one_clause = all(parse.pos in {"PROPN", "NOUN", "ADJ", "ADV"} for parse in between)
        return bool(between) and is_one_clause

    def _resolve_noun(self, mention: Mention, statement: Statement) -> Resolution:
        words = [lower for lower in mention.sentence.lowers[mention.start : mention.end] if lower[0].isalpha()]
        own = lemma_of(words[-1]) if words else ""
        if mention.head in ORGANIZATION_NOUNS or (mention.head in SERVICE_NOUNS and own in ORGANIZATION_NOUNS):
            is_known = own in KINDS_OF_NOUNS and (len(words) == 1 or mention.head in SERVICE_NOUNS)
            return self._resolve_organization_noun(mention, own) if is_known else self._resolve_institution(mention)
        words = words[1:] if words and words[0] in {"сам", "сама"} else words
        words = list(takewhile(lambda word: word not in PLACE_PREPOSITIONS, words))
        if nation_of_noun(mention.head):
            words = [mention.head]  # `бразилец клубной пресс-службе`
        number, gender = mention.sentence.number, gender_of_role(mention, has_cue=statement.cue is not None)
        owners = [
            person
            for person in self._table.people
            if is_called(person, mention.head)
            and person.last_before(number) is not None
            and (not gender or person.gender in {"", gender})
            and (len(words) == 1 or words[-1] in person.role_words)
        ] or self._compatriots(mention, words, gender)
        is_common = mention.head in COMMON_NOUNS
        is_of_other = is_common and len(words) == 2 and not self._is_of_organization(mention, own)
        is_unnamed = mention.head in UNNAMED_NOUNS or (is_common and self._was_unnamed) or is_of_other
        if mention.head == "собеседник" and not self._was_person:
            is_unnamed = True  # seldom of somebody who was named, as «собеседница» is
        if is_unnamed or len(words) > 2 or not VAGUE_WORDS.isdisjoint(words):
            return Resolution(Unresolved(), mention.kind)
        if not owners and not may_be_role(mention.head):
            return Resolution(Unresolved(), mention.kind)
        is_near = self._table.distance(self._last_sentence, number) <= MAX_NOUN_DISTANCE
        last = self._last_person if is_near else None
        if len(owners) == 1 or (last and last in owners):
            person = owners[0] if len(owners) == 1 else last
            found = (person, {"role known": 1.0, "rivals": float(len(owners) > 1)}) if person else None
        elif owners:
            found = None
        else:
            # General nouns for men are used of women too, if the text speaks of nobody else: `объясняет эксперт`.
            gender = gender or ("" if mention.head in GENERAL_ROLES else "masc")
            found = self._bearer_of_new_role(mention, gender, last, words)
        if found is None:
            return Resolution(Unresolved(), mention.kind)
        self._last_person, features = found
        return Resolution(Resolved(found[0].name, EntityKind.PERSON), mention.kind, features)

    def _compatriots(self, mention: Mention, words: Sequence[str], gender: str) -> list[Person]:
        """Return whom a nationality means, or a role with the adjective of one: `чех`, `узбекский лидер`."""
        nation = nation_of_noun(mention.head) or (nation_of_word(words[0]) if len(words) == 2 else "")
        return [
            person
            for person in self._table.people
            if nation in person.nations
            and person.last_before(mention.sentence.number) is not None
            and (not gender or person.gender in {"", gender})
            and may_hold(person, mention.head)
        ]

    def _bearer_of_new_role(
        self, mention: Mention, gender: str, last: Person | None, words: Sequence[str]
    ) -> tuple[Person, dict[str, float]] | None:
        """Return who is meant by a role that the text calls nobody by before, with the evidence."""
        if last and may_hold(last, mention.head) and self._may_be(last, gender, mention):
            person, features = last, {"words": float(len(words) - 1)}
        elif only := self._only_person_near(mention, gender):
            person, features = only, {"not a speaker": 1.0}
        elif (
            len(words) == 1
            and mention.head not in COMMON_NOUNS | GENERAL_ROLES
            and (leading := self._leading_person(gender, mention))
        ):
            person, features = leading, {"rivals": 1.0}
        else:
            return None
        # `глава района`, who receives `глава делегации`
        is_of_another = len(words) > 1 and is_called(person, mention.head) and lemma_of(words[-1]) not in KINDS_OF_NOUNS
        is_possible = may_hold(person, mention.head) and not is_of_another and words[0] not in POSSESSIVES
        return (person, {"other role": 1.0, **features}) if is_possible else None

    @staticmethod
    def _is_of_organization(mention: Mention, noun: str) -> bool:
        """`собеседница «Известий»`, `собеседник агентства`: of whoever talked to a person whom it quotes."""
        run = mention.sentence.name_at(mention.end - 1)
        return noun in ORGANIZATION_NOUNS or (run is not None and run.type == ORGANIZATION)

    def _only_person_near(self, mention: Mention, gender: str) -> Person | None:
        """Return the only person of that gender whom the last sentences name and a role may mean."""
        near = self._table.sentences_up_to(mention.sentence.number, within=MAX_NOUN_DISTANCE)[:-1]
        people = (person for person in self._table.people_named_in(near) if may_hold(person, mention.head))
        fitting = [person for person in people if not gender or person.gender in {"", gender}]
        return fitting[0] if fitting and all(person is fitting[0] for person in fitting) else None

    def _leading_person(self, gender: str, mention: Mention) -> Person | None:
        """Return whom the text speaks of, if it is clear enough who of several that is."""
        ranked = self._rank(gender, mention)
        is_clear = len(ranked) > 1 and ranked[0][0] - ranked[1][0] >= MIN_NOUN_LEAD
        return ranked[0][1] if is_clear else None

    def _may_be(self, person: Person, gender: str, mention: Mention) -> bool:
        """Whether a role that nobody is known by may be the last speaker's: nobody else was named since."""
        if gender and person.gender not in {"", gender}:
            return False
        number = mention.sentence.number
        since = range(max(0, self._last_sentence + 1), number + 1)
        others = self._table.people_named_in(since)
        return all(other is person or (gender and other.gender not in {"", gender}) for other in others)

    def _resolve_organization_noun(self, mention: Mention, noun: str) -> Resolution:
        number, last = mention.sentence.number, self._last_organization
        near = self._table.sentences_up_to(number, within=MAX_RIVAL_DISTANCE)
        named = [
            organization
            for sentence in near
            for organization in self._table.organizations_in.get(sentence, ())
            if organization.place < (number, mention.start)
        ]
        if last and self._table.distance(last.sentence, number) > MAX_ORGANIZATION_DISTANCE:
            last = None
        referent = find_referent(noun, named, last)
        if referent is None or self._table.distance(referent.sentence, number) > MAX_ORGANIZATION_DISTANCE:
            return Resolution(Unresolved(), mention.kind)
        is_speaker = last is not None and referent.name == last.name
        features = {"rivals": float(any(other.name != referent.name for other in named))} if is_speaker else {}
        if not is_speaker:
            referent, features = self._table.in_nominative(referent), {"not a speaker": 1.0}
        return self._resolve_to(referent, mention, features)

    def _resolve_there(self, mention: Mention) -> Resolution:
        number, source = mention.sentence.number, self._last_source
        if source is None or self._table.distance(source.sentence, number) > MAX_NOUN_DISTANCE:
            return Resolution(Unresolved(), mention.kind)
        return self._resolve_to(source, mention, {})

    def _resolve_to(self, organization: Organization, mention: Mention, features: dict[str, float]) -> Resolution:
        """Resolve another word for an organization that was named before."""
        self._last_organization = organization._replace(sentence=mention.sentence.number, start=mention.start)
        speaker = Resolved(organization.name, EntityKind.ORGANIZATION)
        return Resolution(speaker, mention.kind, {"organization noun": 1.0, **features})

    def _source_of(self, statement: Statement, resolution: Resolution) -> Organization | None:
        """Return the organization that a statement is of, if no other in its sentence may be meant by «там»."""
        mention, organization = statement.mention, self._last_organization
        is_organization = (
            isinstance(resolution.speaker, Resolved) and resolution.speaker.kind is EntityKind.ORGANIZATION
        )
        if mention is None or organization is None or not is_organization:
            return None
        others = self._table.organizations_in.get(mention.sentence.number, ())
        is_only = all(is_same_organization(other, organization) for other in others)
        return organization if is_only or mention.case == "loct" or mention.head == THERE else None

    def _resolve_institution(self, mention: Mention) -> Resolution:
        institution = describe_institution(mention)
        if institution is None:
            return Resolution(Unresolved(), mention.kind)
        return self._resolve_to(institution, mention, {"institution": 1.0})
