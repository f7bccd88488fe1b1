"""Collects the evidence for a resolved speaker, from which its confidence is computed, and who else it could be."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log1p

from claims.extraction.english.lexicon.function_words import PERSONAL_PRONOUNS, PREPOSITIONS
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.people import Person
from claims.extraction.english.resolver.phrases.source_phrases import SourcePhrase
from claims.extraction.english.resolver.salience import SalienceModel
from claims.extraction.quotation import Ambiguous, EntityKind, MentionKind, Resolved, Speaker

MAX_ALTERNATIVES = 4
# Fewer than for the resolution itself: those who were mentioned last are the rivals.
MAX_MENTIONS_BACK = 20


@dataclass(frozen=True, slots=True)
class SpeakerEvidence:
    """The features of a resolved speaker, under the names that the model card uses; none if it is not resolved.

    `alternatives` are the people to whom the mention may refer, with their salience, most salient first.
    """

    features: Mapping[str, float] = field(default_factory=dict)
    alternatives: Sequence[tuple[str, float]] = ()


class EvidenceCollector:
    """Collects the evidence for the speakers of one document, once all its mentions of people are known."""

    def __init__(self, words: DocumentWords, salience: SalienceModel) -> None:
        self._words, self._salience = words, salience
        self._places: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(words.all):
            if word.is_capitalized:
                self._places[word.lower].append(index)

    def collect(
        self,
        source: SourcePhrase,
        kind: MentionKind,
        speaker: Speaker,
        *,
        person: Person | None,
        last_speaker: Speaker | None,
    ) -> SpeakerEvidence:
        """Collect the evidence for the speaker of a source; `last_speaker` is the one before it in the text."""
        is_personal = self._words.lower(source.head) in PERSONAL_PRONOUNS
        salient: list[tuple[str, float]] = []
        if is_personal or (kind is MentionKind.NOMINAL and person) or isinstance(speaker, Ambiguous):
            word = "" if kind is MentionKind.NAME else self._words.lower(source.head)
            ranked = self._salience.ranked(source.mention[0], word, max_mentions=MAX_MENTIONS_BACK)
            salient = [(candidate.name, weight) for weight, candidate in ranked]
        if isinstance(speaker, Ambiguous):
            weights = dict(salient)
            least = min(weights.values(), default=1.0)
            named = [(name, weights.get(name, least)) for name in speaker.candidates]
            return SpeakerEvidence(alternatives=sorted(named, key=lambda pair: -pair[1]))
        if not isinstance(speaker, Resolved):
            return SpeakerEvidence()
        name = [word.lower() for word in speaker.name.split()]
        first = source.mention[0]
        features = {
            "constant": 1.0,
            "pronoun": float(kind is MentionKind.PRONOUN),
            "nominal": float(kind is MentionKind.NOMINAL),
            "organization": float(speaker.kind is EntityKind.ORGANIZATION),
            "group or unnamed": float(speaker.kind in {EntityKind.GROUP, EntityKind.UNNAMED}),
            "same as before": float(speaker == last_speaker),
            "after preposition": float(self._words.lower(first - 1) in PREPOSITIONS),
        }
        if kind is MentionKind.NAME:
            features["part of name"] = float(len(source.mention) < len(name))
            features["one word"] = float(len(name) == 1)
        elif person is not None:
            total = sum(weight for _, weight in salient)
            share = dict(salient).get(speaker.name, 0.0) / total if total else 0.0
            features["salience"] = share - 1
            features["nominal salience"] = (share - 1) * (kind is MentionKind.NOMINAL)
            features["distance"] = log1p(self._sentences_since(name[-1], first))
            features["role known"] = float(self._words.lower(source.head) in person.roles)
        return SpeakerEvidence(features, salient[:MAX_ALTERNATIVES])

    def _sentences_since(self, name: str, index: int) -> int:
        """Return the number of sentences since a name; a high one if it has not been written before."""
        places = self._places.get(name, [])
        place = bisect_left(places, index)
        clock = self._words.clock_of[index]
        return clock - self._words.clock_of[places[place - 1]] if place else clock
