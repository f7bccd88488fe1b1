"""Compares predicted quotations with annotated ones and counts the agreement by several measures.

Two quotations *match* if they share at least half of the words of both (intersection over union). Matching is one to
one, the best pairs first. A predicted quotation without a match counts against a subset if it belongs to that subset;
one that matches a quotation outside the subset does not count.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from claims.extraction.evaluation.comparable_quotes import ComparableQuote, Subset, has_right_name, has_right_speaker
from claims.extraction.evaluation.word_index import WordIndex

MIN_MATCH_SHARE = 0.5


class Measure(StrEnum):
    """What a score counts."""

    # Quotations with exactly the annotated words; the second without a leading "that".
    EXACT = "exact"
    EXACT_CORE = "exact but for “that”"
    # Words shared by quotations paired one to one; words of any quotation; those with the right speaker.
    OVERLAP = "overlap"
    WORD = "token"
    WORD_ATTRIBUTED = "token, attributed"
    # Matched quotations with the right speaker: by this mention, or by any mention of the name.
    ATTRIBUTED = "attributed"
    ATTRIBUTED_NAME = "attributed, by name"
    # Matched quotations; the share of those with the right speaker.
    DETECTED = "detected"
    SPEAKER = "speaker right"


class MatchCounts(NamedTuple):
    """The numbers of right, predicted and annotated items. Shares of nothing are 0."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        precision_and_recall = self.precision + self.recall
        return 2 * self.precision * self.recall / precision_and_recall if precision_and_recall else 0.0

    def plus(self, other: "MatchCounts") -> "MatchCounts":
        """Add counts: scores over several texts are computed from sums (micro-averaged)."""
        return MatchCounts(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)


ScoreKey = tuple[Measure, Subset]
Scores = Mapping[ScoreKey, MatchCounts]
# The overlap of two contents, and whether the speaker is right.
Similarity = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The annotated and predicted quotations of one text; `matches` maps indexes of the former to the latter."""

    words: WordIndex
    gold: Sequence[ComparableQuote]
    predicted: Sequence[ComparableQuote]
    matches: Mapping[int, int]

    @classmethod
    def match(
        cls, words: WordIndex, gold: Sequence[ComparableQuote], predicted: Sequence[ComparableQuote]
    ) -> "Comparison":
        """Match quotations. Of equally good pairs the one with the right speaker comes first, then the earlier one."""

        def similarity(annotation: ComparableQuote, prediction: ComparableQuote) -> Similarity | None:
            share = len(annotation.content & prediction.content) / len(annotation.content | prediction.content)
            return (share, has_right_speaker(annotation, prediction)) if share >= MIN_MATCH_SHARE else None

        return cls(words, gold, predicted, _pair_best_first(gold, predicted, similarity))

    def outcomes(self) -> Iterator[tuple[ComparableQuote, bool]]:
        """Yield each predicted quotation with whether it matches and has the right speaker."""
        matched = {predicted: self.gold[annotated] for annotated, predicted in self.matches.items()}
        for index, quote in enumerate(self.predicted):
            yield quote, index in matched and has_right_speaker(matched[index], quote)

    def scores(self) -> dict[ScoreKey, MatchCounts]:
        """Return the text's counts for every measure and subset."""
        return {**self._word_scores(), **dict(self._quotation_scores())}

    def _word_scores(self) -> dict[ScoreKey, MatchCounts]:
        def shared_words(annotation: ComparableQuote, prediction: ComparableQuote) -> Similarity | None:
            count = len(annotation.content & prediction.content)
            return (count, False) if count else None

        pairs = _pair_best_first(self.gold, self.predicted, shared_words)
        overlap = sum(len(self.gold[i].content & self.predicted[j].content) for i, j in pairs.items())
        lengths = [sum(len(quote.content) for quote in quotes) for quotes in (self.predicted, self.gold)]
        predicted, gold = (_union_of(quote.content for quote in quotes) for quotes in (self.predicted, self.gold))
        attributed = _union_of(
            annotation.content & prediction.content
            for annotation in self.gold
            for prediction in self.predicted
            if not annotation.content.isdisjoint(prediction.content) and has_right_speaker(annotation, prediction)
        )
        return {
            (Measure.OVERLAP, Subset.ALL): MatchCounts(overlap, *lengths),
            (Measure.WORD, Subset.ALL): MatchCounts(len(predicted & gold), len(predicted), len(gold)),
            (Measure.WORD_ATTRIBUTED, Subset.ALL): MatchCounts(len(attributed), len(predicted), len(gold)),
        }

    def _quotation_scores(self) -> Iterator[tuple[ScoreKey, MatchCounts]]:
        for measure, words in ((Measure.EXACT, attrgetter("content")), (Measure.EXACT_CORE, attrgetter("core"))):
            same = Counter(map(words, self.gold)) & Counter(map(words, self.predicted))
            yield (measure, Subset.ALL), MatchCounts(same.total(), len(self.predicted), len(self.gold))
        unmatched = set(range(len(self.predicted))) - set(self.matches.values())
        for subset in Subset:
            gold = [index for index, quote in enumerate(self.gold) if subset in quote.subsets]
            pairs = [(self.gold[i], self.predicted[self.matches[i]]) for i in gold if i in self.matches]
            attributed = sum(has_right_speaker(*pair) for pair in pairs)
            attributed_by_name = sum(has_right_name(self.words, *pair) for pair in pairs)
            predicted = len(pairs) + sum(subset in self.predicted[index].subsets for index in unmatched)
            yield (Measure.ATTRIBUTED, subset), MatchCounts(attributed, predicted, len(gold))
            yield (Measure.ATTRIBUTED_NAME, subset), MatchCounts(attributed_by_name, predicted, len(gold))
            yield (Measure.DETECTED, subset), MatchCounts(len(pairs), predicted, len(gold))
            yield (Measure.SPEAKER, subset), MatchCounts(attributed, len(pairs), len(pairs))


def sum_scores(text_scores: Iterable[Scores]) -> dict[ScoreKey, MatchCounts]:
    """Add up the counts of several texts."""
    totals: dict[ScoreKey, MatchCounts] = {}
    for scores in text_scores:
        for key, counts in scores.items():
            totals[key] = totals.get(key, MatchCounts()).plus(counts)
    return totals


def _union_of(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*sets)


def _pair_best_first(
    gold: Sequence[ComparableQuote],
    predicted: Sequence[ComparableQuote],
    similarity: Callable[[ComparableQuote, ComparableQuote], Similarity | None],
) -> dict[int, int]:
    """Pair quotations one to one by falling similarity, None meaning no pair. Ties go to the earlier quotations."""
    ranked = sorted(
        (
            (value, -i, -j)
            for i, annotation in enumerate(gold)
            for j, prediction in enumerate(predicted)
            if (value := similarity(annotation, prediction)) is not None
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    paired_predictions: set[int] = set()
    for _, i, j in ranked:
        if -i not in pairs and -j not in paired_predictions:
            pairs[-i] = -j
            paired_predictions.add(-j)
    return pairs
