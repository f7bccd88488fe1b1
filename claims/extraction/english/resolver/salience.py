"""Ranks the people of a document by salience, to resolve a pronoun or a noun at some point of the text.

Each mention of a person adds a weight that decays with every sentence (after Lappin and Leass, "An algorithm for
pronominal anaphora resolution", 1994). Quoted words count less than the reporter's own.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container
from typing import NamedTuple

from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.people import Person

# By the grammatical function of a mention.
SPEAKER_WEIGHT = 4.0
SUBJECT_WEIGHT = 3.0
OBJECT_WEIGHT = 1.2
OWNER_WEIGHT = 1.2
MODIFIER_WEIGHT = 0.3
# Applied to a mention in quotation marks, and once per sentence.
QUOTED_FACTOR = 0.2
# Applied to a mention in the reported words of a speaker.
REPORTED_FACTOR = 0.9
# Applied to a name that may not be a person's.
UNCERTAIN_FACTOR = 0.6
DECAY_PER_SENTENCE = 0.4
# Applied to the last speaker, to a subject in the same sentence, and to the person's share of all mentions.
LAST_SPEAKER_FACTOR = 1.5
SAME_SENTENCE_FACTOR = 2.0
TOPIC_FACTOR = 1.0
# Applied to people whose gender is known, over those who may be either.
KNOWN_GENDER_FACTOR = 1.4
# Older mentions are not considered.
MAX_SENTENCES_BACK = 7
MAX_MENTIONS_BACK = 60
# The most salient person needs this weight, and this lead over the next to be the only one.
MIN_WEIGHT = 0.35
MIN_LEAD = 1.3
# If the gender of the most salient person is unknown, over those whose gender fits.
GENDER_LEAD = 2.2


class WeightedMention(NamedTuple):
    """The word that mentions a person, and the weight of the mention."""

    word_index: int
    person: Person
    weight: float


class SalienceModel:
    """The mentions of people, in the order of the text."""

    def __init__(self, words: DocumentWords) -> None:
        self._words = words
        self._mentions: list[WeightedMention] = []
        self._counts: Counter[int] = Counter()

    def add(self, index: int, person: Person, weight: float) -> None:
        """Add a mention. Must be called in the order of the text."""
        self._mentions.append(WeightedMention(index, person, weight))
        self._counts[id(person)] += 1

    def ranked(
        self, index: int, word: str, *, excluded: Container[int] = (), max_mentions: int = MAX_MENTIONS_BACK
    ) -> list[tuple[float, Person]]:
        """Return the people to whom a pronoun or noun at a word may refer, most salient first.

        `excluded` holds the ids of the people to whom it cannot refer. `max_mentions` are looked at, the last ones.
        """
        clock = self._words.clock_of[index]
        # Of several mentions in one sentence only the weightiest counts.
        weights: dict[tuple[int, int], float] = defaultdict(float)
        people: dict[int, Person] = {}
        stop = self._mention_count_before(index)
        for mention in reversed(self._mentions[max(0, stop - max_mentions) : stop]):
            age = clock - self._words.clock_of[mention.word_index]
            if age > MAX_SENTENCES_BACK:
                break
            person = mention.person
            if id(person) in excluded or not person.can_be(word):
                continue
            weight = self._weight_at(index, mention) * DECAY_PER_SENTENCE**age
            weight *= KNOWN_GENDER_FACTOR if person.gender else 1
            key = id(person), self._words.sentence_of[mention.word_index]
            weights[key] = max(weights[key], weight)
            people[id(person)] = person
        totals: dict[int, float] = defaultdict(float)
        for (person_id, _), weight in weights.items():
            totals[person_id] += weight
        ranked = []
        for person_id, total in totals.items():
            topic_share = self._counts[person_id] / len(self._mentions)
            ranked.append((total * (1 + TOPIC_FACTOR * topic_share), people[person_id]))
        return sorted(ranked, key=lambda pair: -pair[0])

    def most_salient(
        self, index: int, word: str, *, excluded: Container[int] = (), last_speaker: Person | None = None
    ) -> list[Person]:
        """Return the person to whom a word refers; several if none has a clear lead, nobody if nobody fits.

        The last speaker is likely to continue.
        """
        candidates = self.ranked(index, word, excluded=excluded)
        if last_speaker is not None and self.has_other_subject_since(
            last_speaker, index, among={id(person) for _, person in candidates}
        ):
            last_speaker = None
        ranked = [
            (weight * LAST_SPEAKER_FACTOR if person is last_speaker else weight, person)
            for weight, person in candidates
        ]
        ranked.sort(key=lambda pair: -pair[0])
        ranked = [pair for pair in ranked if pair[1].is_certain and pair[0] >= MIN_WEIGHT] or ranked
        if not ranked or ranked[0][0] < MIN_WEIGHT:
            return []
        top_weight, top = ranked[0]
        return [
            person
            for weight, person in ranked
            if weight * (GENDER_LEAD if person.gender and not top.gender else MIN_LEAD) > top_weight
        ]

    def has_other_subject_since(self, speaker: Person, index: int, *, among: Container[int]) -> bool:
        """Whether another of some people, given by their ids, has been a subject since a speaker was mentioned."""
        stop = self._mention_count_before(index)
        for mention in reversed(self._mentions[max(0, stop - MAX_MENTIONS_BACK) : stop]):
            if mention.person is speaker:
                return False
            is_quoted = self._words.all[mention.word_index].is_quoted
            if mention.weight >= SUBJECT_WEIGHT and not is_quoted and id(mention.person) in among:
                return True
        return False

    def _weight_at(self, index: int, mention: WeightedMention) -> float:
        words = self._words
        if words.all[mention.word_index].is_quoted and not words.all[index].is_quoted:
            return mention.weight * QUOTED_FACTOR
        if words.sentence_of[index] == words.sentence_of[mention.word_index] and mention.weight > OBJECT_WEIGHT:
            return mention.weight * SAME_SENTENCE_FACTOR
        return mention.weight

    def _mention_count_before(self, index: int) -> int:
        return bisect_left(self._mentions, index, key=lambda mention: mention.word_index)
