"""Finds fact-checks of other publishers whose claims are alike in meaning to a text, and that no editor has linked yet.

They are some thousands: their vectors are compared in one pass, and stay in memory until another is made.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from django.db.models import Count, Max

from claims.matching import ENCODER_VERSION, Match, load_encoder, unpack_vector
from claims.models import ExternalReview, ExternalReviewVector
from claims.search.matches.similar_claims import (
    COMPARED_PER_RESULT,
    MAX_COMPARED_CHARACTERS,
    MIN_PROBABILITY,
    TextPart,
    WordDifference,
    compare_texts,
    describe_likeness,
    is_alike,
    list_word_differences,
    mark_spans,
)

MAX_REVIEWS = 50_000  # the newest; 20 MB
MAX_NEAREST = 200  # looked up: those that are linked or withdrawn are left out


@dataclass(frozen=True, slots=True)
class SimilarReview:
    """A fact-check of a claim alike in meaning, with the probability (0 to 1) that its claim is what the text says.

    Its claim says the same only if `is_same`, and never with `differences`, which are marked in `parts` of it.
    """

    review: ExternalReview
    probability: float
    is_same: bool
    differences: tuple[WordDifference, ...]
    parts: tuple[TextPart, ...]

    @property
    def percent(self) -> str:
        return f"{self.probability:.0%}"

    @property
    def reason(self) -> str:
        return describe_likeness(self.differences, is_same=self.is_same)


def find_similar_reviews(text: str, *, limit: int) -> list[SimilarReview]:
    """Finds the fact-checks most alike to a text: first those of a claim that says the same. Raises EncoderError."""
    probabilities = _find_nearest(text[:MAX_COMPARED_CHARACTERS])
    if not probabilities:
        return []
    rows = ExternalReview.objects.current().filter(claim=None, pk__in=list(probabilities))
    alike = [review for review in rows if is_alike(text, review.claim_text)]
    alike.sort(key=lambda review: (-probabilities[review.pk], -review.pk))
    similar = [
        _build_similar_review(text, review, probabilities[review.pk]) for review in alike[: COMPARED_PER_RESULT * limit]
    ]
    return sorted(similar, key=lambda match: not match.is_same)[:limit]


def _build_similar_review(text: str, review: ExternalReview, probability: float) -> SimilarReview:
    comparison = compare_texts(text, review.claim_text)
    return SimilarReview(
        review=review,
        probability=round(probability, 3),
        is_same=comparison.is_same,
        differences=list_word_differences(text, review.claim_text, comparison),
        parts=tuple(mark_spans(review.claim_text, [each.second for each in comparison.differences])),
    )


def _find_nearest(text: str) -> dict[int, float]:
    """Returns the ids of the nearest fact-checks and their probabilities, by vectors alone."""
    stored = ExternalReviewVector.objects.filter(encoder=ENCODER_VERSION)
    version = stored.aggregate(count=Count("pk"), newest=Max("made_at"))
    ids, vectors = _read_vectors((version["count"], version["newest"]))
    if not ids:
        return {}
    likenesses = unpack_vector(vectors).reshape(len(ids), -1) @ load_encoder().embed(text)
    nearest = np.argsort(-likenesses)[:MAX_NEAREST]
    matches = [Match(ids[place], likeness := float(likenesses[place]), likeness) for place in nearest]
    return {match.id: match.probability for match in matches if match.probability >= MIN_PROBABILITY}


@lru_cache(maxsize=1)  # the version changes whenever the vectors do
def _read_vectors(version: tuple[int, datetime | None]) -> tuple[list[int], bytes]:
    """Reads the ids and vectors. The version is their count and the time of the newest."""
    count, _ = version
    stored = ExternalReviewVector.objects.filter(encoder=ENCODER_VERSION).order_by("-pk")
    rows = list(stored.values_list("pk", "vector")[:MAX_REVIEWS]) if count else []
    return [pk for pk, _ in rows], b"".join(vector for _, vector in rows)
