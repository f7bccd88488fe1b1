"""How well predictions agree with annotations, by the measures that the field uses and some that it should.

Two quotations *match* where they share at least half of the words of both (intersection over union); matching is one to
one, the best first. A predicted quotation without a match counts against a subset if it is of that subset itself; one
that matches a quotation outside the subset does not count.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from claims.extraction.evaluation.comparable_quotes import ComparableQuote, Subset, has_right_name, has_right_speaker
from claims.extraction.evaluation.word_index import WordIndex

MIN_MATCH_SHARE = 0.5


class Measure(StrEnum):
    """What a figure counts."""

    # Quotations with exactly the annotated words; the second leaves out a leading "that".
    EXACT = "exact"
    EXACT_CORE = "exact but for “that”"
    # Words shared by quotations paired one to one; then words of any quotation; then those with the right speaker.
    OVERLAP = "overlap"
    WORD = "token"
    WORD_ATTRIBUTED = "token, attributed"
    # Matched quotations whose speaker is right: this mention, or any mention of the name.
    ATTRIBUTED = "attributed"
    ATTRIBUTED_NAME = "attributed, by name"
    # Matched quotations, whoever speaks; then the share of those whose speaker is right.
    DETECTED = "detected"
    SPEAKER = "speaker right"


class MatchCounts(NamedTuple):
    """Right ones, out of those predicted, out of those annotated. A share of nothing is 0."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Of what was predicted, how much is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Of what was annotated, how much was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def plus(self, other: "MatchCounts") -> "MatchCounts":
        """Both together: figures over texts are of the sums, not means of figures."""
        return MatchCounts(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)


ScoreKey = tuple[Measure, Subset]
Scores = Mapping[ScoreKey, MatchCounts]
# How much two contents share, and whether the speaker is right too.
Likeness = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One text's annotated and predicted quotations, and which pairs of them match."""

    words: WordIndex
    gold: Sequence[ComparableQuote]
    predicted: Sequence[ComparableQuote]
    matches: Mapping[int, int]

    @classmethod
    def of(
        cls, words: WordIndex, gold: Sequence[ComparableQuote], predicted: Sequence[ComparableQuote]
    ) -> "Comparison":
        """Match them. Of equally good pairs that with the right speaker comes first, then the earlier one."""

        def likeness(one: ComparableQuote, other: ComparableQuote) -> Likeness | None:
            share = len(one.content & other.content) / len(one.content | other.content)
            return (share, has_right_speaker(one, other)) if share >= MIN_MATCH_SHARE else None

        return cls(words, gold, predicted, _pair_best_first(gold, predicted, likeness))

    def outcomes(self) -> Iterator[tuple[ComparableQuote, bool]]:
        """Each predicted quotation, with whether it matches and has the right speaker."""
        matched = {found: self.gold[index] for index, found in self.matches.items()}
        for index, quote in enumerate(self.predicted):
            yield quote, index in matched and has_right_speaker(matched[index], quote)

    def scores(self) -> dict[ScoreKey, MatchCounts]:
        """Every figure of this text."""
        return {**self._of_words(), **dict(self._of_quotations())}

    def _of_words(self) -> dict[ScoreKey, MatchCounts]:
        def shared(one: ComparableQuote, other: ComparableQuote) -> Likeness | None:
            words = len(one.content & other.content)
            return (words, False) if words else None

        paired = _pair_best_first(self.gold, self.predicted, shared)
        both = sum(len(self.gold[i].content & self.predicted[j].content) for i, j in paired.items())
        lengths = [sum(len(quote.content) for quote in quotes) for quotes in (self.predicted, self.gold)]
        predicted, gold = (_union_of(quote.content for quote in quotes) for quotes in (self.predicted, self.gold))
        attributed = _union_of(
            one.content & other.content
            for one in self.gold
            for other in self.predicted
            if not one.content.isdisjoint(other.content) and has_right_speaker(one, other)
        )
        return {
            (Measure.OVERLAP, Subset.ALL): MatchCounts(both, *lengths),
            (Measure.WORD, Subset.ALL): MatchCounts(len(predicted & gold), len(predicted), len(gold)),
            (Measure.WORD_ATTRIBUTED, Subset.ALL): MatchCounts(len(attributed), len(predicted), len(gold)),
        }

    def _of_quotations(self) -> Iterator[tuple[ScoreKey, MatchCounts]]:
        for measure, part in ((Measure.EXACT, _content_of), (Measure.EXACT_CORE, _core_of)):
            same = Counter(map(part, self.gold)) & Counter(map(part, self.predicted))
            yield (measure, Subset.ALL), MatchCounts(same.total(), len(self.predicted), len(self.gold))
        unmatched = set(range(len(self.predicted))) - set(self.matches.values())
        for subset in Subset:
            of_subset = [index for index, quote in enumerate(self.gold) if subset in quote.subsets]
            pairs = [(self.gold[i], self.predicted[self.matches[i]]) for i in of_subset if i in self.matches]
            attributed = sum(has_right_speaker(*pair) for pair in pairs)
            named = sum(has_right_name(self.words, *pair) for pair in pairs)
            predicted = len(pairs) + sum(subset in self.predicted[index].subsets for index in unmatched)
            yield (Measure.ATTRIBUTED, subset), MatchCounts(attributed, predicted, len(of_subset))
            yield (Measure.ATTRIBUTED_NAME, subset), MatchCounts(named, predicted, len(of_subset))
            yield (Measure.DETECTED, subset), MatchCounts(len(pairs), predicted, len(of_subset))
            yield (Measure.SPEAKER, subset), MatchCounts(attributed, len(pairs), len(pairs))


def sum_scores(scores: Iterable[Scores]) -> dict[ScoreKey, MatchCounts]:
    """The figures of several texts together."""
    summed: dict[ScoreKey, MatchCounts] = {}
    for each in scores:
        for figure, count in each.items():
            summed[figure] = summed.get(figure, MatchCounts()).plus(count)
    return summed


def _content_of(quote: ComparableQuote) -> frozenset[int]:
    return quote.content


def _core_of(quote: ComparableQuote) -> frozenset[int]:
    return quote.core


def _union_of(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*sets)


def _pair_best_first(
    gold: Sequence[ComparableQuote],
    predicted: Sequence[ComparableQuote],
    likeness: Callable[[ComparableQuote, ComparableQuote], Likeness | None],
) -> dict[int, int]:
    """Pairs one to one by falling likeness; None does not pair. Of equals the earlier annotation, then prediction."""
    alike = [
        (like, -i, -j)
        for i, one in enumerate(gold)
        for j, other in enumerate(predicted)
        if (like := likeness(one, other)) is not None
    ]
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(alike, reverse=True):
        if -i not in paired and -j not in taken:
            paired[-i] = -j
            taken.add(-j)
    return paired
