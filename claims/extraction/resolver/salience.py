"""Whom a pronoun means: everyone named so far, by how much the text has them in mind.

Each mention of a person adds its weight, halved and halved again as sentences go by (after Lappin and Leass, "An
algorithm for pronominal anaphora resolution", 1994). Words between marks move the reader less than the reporter's own.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container
from typing import NamedTuple

from claims.extraction.resolver.document_words import DocumentWords
from claims.extraction.resolver.entities.people import Person

# What a mention weighs: who speaks, does something, is done to, owns, or only names something.
SPEAKER_WEIGHT = 4.0
SUBJECT_WEIGHT = 3.0
OBJECT_WEIGHT = 1.2
OWNER_WEIGHT = 1.2
MODIFIER_WEIGHT = 0.3
# What of it is left between somebody else's marks, and after each sentence.
QUOTED_FACTOR = 0.2
DECAY_PER_SENTENCE = 0.5
# What a subject of the same sentence weighs more, and whom the whole text is about.
LAST_SPEAKER_FACTOR = 1.5
SAME_SENTENCE_FACTOR = 1.5
TOPIC_FACTOR = 1.0
# How many sentences and mentions back a pronoun may look.
MAX_SENTENCES_BACK = 7
MAX_MENTIONS_BACK = 60
# The first must have this much, and be ahead of the second by this factor.
MIN_WEIGHT = 0.35
MIN_LEAD = 1.3
# Who is known to be "he" or "she" over somebody who may be either.
KNOWN_GENDER_FACTOR = 1.4


class WeightedMention(NamedTuple):
    """One place in the document where a person is mentioned, and what it weighs."""

    at: int
    person: Person
    weight: float


class SalienceModel:
    """The mentions of people in the order of the text."""

    def __init__(self, words: DocumentWords) -> None:
        self._words = words
        self._mentions: list[WeightedMention] = []
        self._counts: Counter[int] = Counter()

    def add(self, at: int, person: Person, weight: float) -> None:
        """Remember that word `at` mentions the person. Words come in order."""
        self._mentions.append(WeightedMention(at, person, weight))
        self._counts[id(person)] += 1

    def ranked(self, at: int, word: str, *, without: Container[int] = ()) -> list[tuple[float, Person]]:
        """Everyone whom a pronoun or noun at `at` may mean, best first. `without` holds the ids of who it cannot."""
        now = self._words.all[at].clock
        # Of several mentions in one sentence the weightiest counts: to speak twice in it is to speak.
        weights: dict[tuple[int, int], float] = defaultdict(float)
        persons: dict[int, Person] = {}
        place = bisect_left(self._mentions, at, key=lambda mention: mention.at)
        for mention in reversed(self._mentions[max(0, place - MAX_MENTIONS_BACK) : place]):
            age = now - self._words.all[mention.at].clock
            if age > MAX_SENTENCES_BACK:
                break
            person = mention.person
            if id(person) in without or not person.may_be(word):
                continue
            key = id(person), self._words.all[mention.at].sentence
            weight = self._weight(mention, at) * DECAY_PER_SENTENCE**age * (KNOWN_GENDER_FACTOR if person.gender else 1)
            weights[key] = max(weights[key], weight)
            persons[id(person)] = person
        totals: dict[int, float] = defaultdict(float)
        for (person_id, _), weight in weights.items():
            totals[person_id] += weight
        shares = {key: self._counts[key] / len(self._mentions) for key in totals}
        weighed = [(w * (1 + TOPIC_FACTOR * shares[key]), persons[key]) for key, w in totals.items()]
        return sorted(weighed, key=lambda pair: -pair[0])

    def _weight(self, mention: WeightedMention, at: int) -> float:
        here, there = self._words.all[at], self._words.all[mention.at]
        if there.quoted and not here.quoted:
            return mention.weight * QUOTED_FACTOR
        return (
            mention.weight * SAME_SENTENCE_FACTOR
            if here.sentence == there.sentence and mention.weight > OBJECT_WEIGHT
            else mention.weight
        )

    def nearest(self, at: int, word: str, *, without: Container[int] = (), last: Person | None = None) -> list[Person]:
        """The one whom the pronoun means; several when it may mean any of them; nobody when nobody fits.

        `last` is who spoke last: they are likely to go on.
        """
        if self._has_subject(at):
            last = None
        ranked = [(w * LAST_SPEAKER_FACTOR if p is last else w, p) for w, p in self.ranked(at, word, without=without)]
        ranked.sort(key=lambda pair: -pair[0])
        if not ranked or ranked[0][0] < MIN_WEIGHT:
            return []
        first = ranked[0][0]
        return [person for weight, person in ranked if weight * MIN_LEAD > first]

    def _has_subject(self, at: int) -> bool:
        """Whether somebody does something in the sentence before the word: then who spoke last is not in mind."""
        place = bisect_left(self._mentions, at, key=lambda mention: mention.at)
        before = self._mentions[place - 1] if place else None
        return before is not None and self._words.beside(before.at, at) and before.weight >= SUBJECT_WEIGHT
