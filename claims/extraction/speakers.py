"""Who a mention is, as far as its own document tells.

A last name is the person whose full name the document gives; a pronoun or a role is the person just quoted, when only
one fits. What the document leaves open stays open: `Ambiguous` with its candidates, or `Unresolved`.
"""

from collections.abc import Iterator

from claims.extraction.cast import HE, SHE, Cast
from claims.extraction.frame import Sentence
from claims.extraction.phrases import Mention, MentionForm, phrase
from claims.extraction.quotation import Ambiguous, EntityKind, Resolved, Span, Speaker, Unresolved
from claims.extraction.reading import Found, Reading
from claims.extraction.roles import DOCUMENTS, GROUPS, HONORIFICS, ORGANIZATIONS, PARTICLES, PREPOSITIONS, ROLES, TITLES

# How many sentences back "he" and "the expert" may look.
MEMORY = 5
OFFICES = ROLES | TITLES
# Roles that anyone quoted as knowing the matter may be called by afterwards.
GENERIC = frozenset(
    {"expert", "analyst", "specialist", "scientist", "politician", "diplomat", "official", "strategist", "economist"}
)


def resolve(reading: Reading) -> list[Speaker]:
    """The speaker of each quotation of the reading, in its order."""
    return _Resolver(reading).resolve()


class _Resolver:
    """Walks the sentences in order and keeps in mind who spoke and whom they were about."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.cast = Cast(reading.names)
        # For each sentence already read, the people it may leave for a pronoun: its speakers, else its subject.
        self.people: dict[int, list[str]] = {}
        # What is said in each sentence: whoever is named in there takes no part.
        self.said: dict[int, list[Span]] = {}
        for found in reading.found:
            self.said.setdefault(found.passage, []).extend(found.content)
        self._learn_titles()

    def resolve(self) -> list[Speaker]:
        speakers: list[Speaker] = [Unresolved()] * len(self.reading.found)
        waiting = sorted(
            range(len(speakers)), key=lambda i: (self.reading.found[i].passage, _at(self.reading.found[i]))
        )
        place = 0
        for number, passage in enumerate(self.reading.passages):
            subject = self._speaker(number, passage.subject) if passage.subject else Unresolved()
            # A lone word in capitals that opens a sentence may be a city; who is quoted under it is a person.
            if isinstance(subject, Resolved) and self.reading.names.is_person(subject.name):
                self._remember(number, subject)
            while place < len(waiting) and self.reading.found[waiting[place]].passage == number:
                found = self.reading.found[waiting[place]]
                speakers[waiting[place]] = speaker = (
                    self._speaker(number, found.mention) if found.mention else Unresolved()
                )
                self._remember(number, speaker)
                place += 1
        return speakers

    def _learn_titles(self) -> None:
        """A title anywhere in the document tells of its bearer's gender."""
        for passage in self.reading.passages:
            for index, token in enumerate(passage.tokens):
                if token.capital and token.lower in HONORIFICS:
                    name = self._written(passage.tokens[index + 1 : capitals_end(passage.tokens, index + 1)])
                    bearer = self.cast.named(name, role=token.text) if name else Unresolved()
                    if isinstance(bearer, Resolved):
                        self.cast.learn(bearer.name, token.text)

    def _bystanders(self, number: int) -> Iterator[str]:
        """The people whom a sentence names, but not behind a preposition: who spoke or did something, and to whom."""
        tokens = self.reading.passages[number].tokens
        index = 0
        while index < len(tokens):
            end = capitals_end(tokens, index)
            start = index
            while start < end and tokens[start].lower in OFFICES:
                start += 1
            before = tokens[index - 1] if index else None
            inside = any(span.start <= tokens[index].start < span.end for span in self.said.get(number, ()))
            if inside or (before and before.lower in PREPOSITIONS):
                start = end
            if start < end and self.reading.names.is_person(name := self._written(tokens[start:end])):
                person = self.cast.named(name)
                if isinstance(person, Resolved) and person.kind is EntityKind.PERSON:
                    yield person.name
            index = max(end, index + 1)

    def _remember(self, number: int, speaker: Speaker) -> None:
        if isinstance(speaker, Resolved) and speaker.kind is EntityKind.PERSON:
            people = self.people.setdefault(number, [])
            if speaker.name not in people:
                people.append(speaker.name)

    def _speaker(self, number: int, mention: Mention) -> Speaker:
        tokens = self.reading.passages[number].tokens
        if mention.form is MentionForm.PRONOUN:
            return self._pronoun(number, mention, tokens)
        if mention.form is MentionForm.NOMINAL:
            return self._nominal(number, mention, tokens)
        written = self._written(tokens[mention.start : mention.end])
        role = self._written(tokens[mention.phrase : mention.start])
        articled = tokens[mention.start - 1].lower == "the" if mention.start else False
        speaker = self.cast.named(written, role="" if articled else role, articled=articled)
        if isinstance(speaker, Resolved):
            self.cast.learn(speaker.name, role)
        return speaker

    def _written(self, tokens: Sentence) -> str:
        """The characters of the tokens as they stand in the text, with single spaces."""
        return " ".join(self.reading.text[tokens[0].start : tokens[-1].end].split()) if tokens else ""

    def _pronoun(self, number: int, mention: Mention, tokens: Sentence) -> Speaker:
        word = tokens[mention.start].lower
        if word == "who" and mention.start:
            before = mention.start - (tokens[mention.start - 1].text == ",")
            antecedent = phrase(tokens, 0, before, self.reading.names)
            named = antecedent is not None and antecedent.form is MentionForm.NAME
            return self._speaker(number, antecedent) if antecedent and named else Unresolved()
        if word not in HE | SHE:
            return Unresolved()
        speaker = self._nearest(number, word)
        if isinstance(speaker, Resolved):
            self.cast.called(speaker.name, word)
        return speaker

    def _nominal(self, number: int, mention: Mention, tokens: Sentence) -> Speaker:
        head, first = tokens[mention.head].lower, tokens[mention.start].lower
        if head in GROUPS or head in DOCUMENTS or first in {"a", "an", "one", "another", "some"}:
            return Unresolved()
        if head in ORGANIZATIONS:
            return Resolved(self._written(tokens[mention.start : mention.head + 1]), EntityKind.ORGANIZATION)
        if first in {"the", "this", "that"} and mention.end == mention.head + 1:
            return self._nearest(number, head, role=head)
        return Unresolved()

    def _has_rival(self, number: int, name: str, word: str) -> bool:
        """Whether the sentence names somebody else whom the pronoun may as well mean."""
        return not self.cast.is_called(name, word) and any(
            other != name and self.cast.may_be(other, word) for other in self._bystanders(number)
        )

    def _nearest(self, number: int, word: str, role: str = "") -> Speaker:
        """The person of the nearest sentence back that has any who fit; nobody when several of it do."""
        for back in range(number, max(-1, number - MEMORY), -1):
            fits = [name for name in self.people.get(back, ()) if self.cast.may_be(name, word)]
            if role:
                fits = [name for name in fits if role in GENERIC or self.cast.has_role(name, role)]
            if len(fits) == 1:
                if not role and back < number and self._has_rival(back, fits[0], word):
                    return Unresolved()
                return Resolved(fits[0], EntityKind.PERSON)
            if fits:
                return Ambiguous(tuple(sorted(fits)))
        return Unresolved()


def capitals_end(tokens: Sentence, start: int) -> int:
    """Where the name that begins there ends, particles and all."""
    end = start
    while end < len(tokens) and (tokens[end].capital or (end > start and tokens[end].lower in PARTICLES)):
        end += 1
    return end


def _at(found: Found) -> int:
    return found.mention.start if found.mention else 0
