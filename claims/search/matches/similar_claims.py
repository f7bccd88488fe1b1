"""Finds claims alike in meaning, of any age and speaker, and tells which say the same and in what others differ.

Whether two claims say the same is decided by their texts as they are now; the index only tells which to compare.
English is compared by meaning. Other scripts, which the encoder does not know, are compared word by word.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from rapidfuzz import fuzz, process, utils

from claims.matching import Comparison, DifferenceKind, Match, Span, compare_claims
from claims.models import Claim, Quote
from claims.models.name_keys import transliteration_key
from claims.search.matches.claim_index import open_claim_index

MAX_CANDIDATES = 20  # that the index returns
COMPARED_PER_RESULT = 2  # so that one that says the same is not behind those that differ; each takes 10 ms
MAX_COMPARED_CHARACTERS = 500  # of a text; longer ones never count as the same
MIN_PROBABILITY = 0.3  # of having been checked before, from which claims are alike
MIN_WORD_OVERLAP = 0.5  # the same for scripts that the encoder does not know
MIN_SPELLING_SIMILARITY = 80  # per cent, from which two words are spellings of one
MAX_IGNORED_WORD_LENGTH = 1  # letters
MAX_SHOWN_CHARACTERS = 200
_FOREIGN_LETTER = re.compile(r"[^\W\d_\u0000-\u024f]")


@dataclass(frozen=True, slots=True)
class WordDifference:
    """In what two claims differ: the words of the text and those of the claim found, either of which may be empty."""

    kind: DifferenceKind
    own: str
    other: str
    own_span: Span
    other_span: Span

    def __str__(self) -> str:
        if self.own and self.other:
            return f"“{self.own}” instead of “{self.other}”"
        return f"“{self.own}” (in this text only)" if self.own else f"“{self.other}” (in the other claim only)"


@dataclass(frozen=True, slots=True)
class TextPart:
    text: str
    is_difference: bool = False


@dataclass(frozen=True, slots=True)
class SimilarClaim:
    """A claim alike in meaning, with the probability (0 to 1) that it is what the text says.

    It says the same only if `is_same`, and never with `differences`, which are marked in `parts` of its text.
    """

    claim: Claim
    probability: float
    is_same: bool
    differences: tuple[WordDifference, ...]
    parts: tuple[TextPart, ...]
    same_speaker: bool

    @property
    def percent(self) -> str:
        return f"{self.probability:.0%}"

    @property
    def reason(self) -> str:
        who = "same speaker" if self.same_speaker else str(self.claim.speaker or "speaker unknown")
        return f"{who}, {describe_likeness(self.differences, is_same=self.is_same)}"


def describe_likeness(differences: Sequence[WordDifference], *, is_same: bool) -> str:
    if is_same:
        return "says the same"
    return f"alike, but differs in: {'; '.join(map(str, differences))}" if differences else "alike"


def find_claims_similar_to_quote(quote: Quote, *, limit: int = 5) -> list[SimilarClaim]:
    """Finds claims that the quote may belong to, other than its own."""
    return find_similar_claims(quote.exact, speaker=quote.speaker_id, without={quote.claim_id or 0}, limit=limit)


def find_claims_similar_to_claim(
    claim: Claim, *, limit: int = 8, min_probability: float = MIN_PROBABILITY
) -> list[SimilarClaim]:
    """Finds claims that may be the same or related."""
    return find_similar_claims(
        claim.text, speaker=claim.speaker_id, without={claim.pk}, limit=limit, min_probability=min_probability
    )


def find_similar_claims(
    text: str,
    *,
    speaker: int | None,
    without: Collection[int],
    limit: int,
    among: QuerySet[Claim] | None = None,
    min_probability: float = MIN_PROBABILITY,
) -> list[SimilarClaim]:
    """Finds the claims most alike to a text: first those that say the same.

    Of all current claims in a confirmed wording, or `among` others.
    """
    shown = text[:MAX_COMPARED_CHARACTERS]
    found = [match for match in open_claim_index().find(shown, MAX_CANDIDATES, among=among) if match.id not in without]
    candidates = [match for match in found if match.probability >= min_probability][: COMPARED_PER_RESULT * limit]
    rows = Claim.objects.all() if among is None else among
    claims = rows.select_related("speaker").in_bulk([match.id for match in candidates])
    similar = [
        _build_similar_claim(
            text, claims[match.id], match, is_of_speaker=bool(speaker) and claims[match.id].speaker_id == speaker
        )
        for match in candidates
        if match.id in claims and is_alike(shown, claims[match.id].text)
    ]
    return sorted(similar, key=lambda each: (not each.is_same, -each.probability, -each.claim.pk))[:limit]


def is_alike(text: str, other: str) -> bool:
    """The encoder has found it, which means little if it does not know the script."""
    if not (_FOREIGN_LETTER.search(text) or _FOREIGN_LETTER.search(other)):
        return True
    return word_overlap(_comparable_words(text), _comparable_words(other)) >= MIN_WORD_OVERLAP


def _build_similar_claim(text: str, claim: Claim, match: Match, *, is_of_speaker: bool) -> SimilarClaim:
    comparison = compare_texts(text, claim.text)
    return SimilarClaim(
        claim=claim,
        probability=round(match.probability, 3),
        is_same=comparison.is_same,
        differences=list_word_differences(text, claim.text, comparison),
        parts=tuple(mark_spans(claim.text, [each.second for each in comparison.differences])),
        same_speaker=is_of_speaker,
    )


def describe_differences(text: str, other: str) -> str:
    """Returns in what two texts differ; empty if nothing is found."""
    return "; ".join(map(str, list_word_differences(text, other, compare_texts(text, other))))


def list_word_differences(text: str, other: str, comparison: Comparison) -> tuple[WordDifference, ...]:
    return tuple(
        WordDifference(each.kind, text[slice(*each.first)], other[slice(*each.second)], each.first, each.second)
        for each in comparison.differences
    )


def compare_texts(text: str, other: str) -> Comparison:
    comparison = compare_claims(text[:MAX_COMPARED_CHARACTERS], other[:MAX_COMPARED_CHARACTERS])
    is_whole = max(len(text), len(other)) <= MAX_COMPARED_CHARACTERS
    if _FOREIGN_LETTER.search(text) or _FOREIGN_LETTER.search(other):
        is_whole = is_whole and _comparable_words(text) == _comparable_words(other)
    return Comparison(comparison.likeness, comparison.is_same and is_whole, comparison.differences)


def mark_spans(text: str, spans: Sequence[Span], max_length: int = MAX_SHOWN_CHARACTERS) -> list[TextPart]:
    """Splits the start of a text into the words that differ and the others."""
    shown = text[:max_length]
    parts, end = [], 0
    for span in sorted(spans):
        if end <= span.start < span.end <= len(shown):
            parts += [TextPart(shown[end : span.start]), TextPart(shown[slice(*span)], is_difference=True)]
            end = span.end
    rest = shown[end:] + ("…" if len(text) > len(shown) else "")
    return [part for part in (*parts, TextPart(rest)) if part.text]


def word_overlap(first: list[str], second: list[str]) -> float:
    """Returns the share of the words of both lists that they have in common (0 to 1); spellings count as one word."""
    unmatched, common = list(second), 0
    for word in first:
        match = process.extractOne(word, unmatched, scorer=fuzz.ratio, score_cutoff=MIN_SPELLING_SIMILARITY)
        if match:
            del unmatched[match[2]]
            common += 1
    total = len(first) + len(second)
    return 2 * common / total if total else 0.0


def _comparable_words(text: str) -> list[str]:
    """Returns the transliteration keys of the words; a number stands for itself, single letters are ignored."""
    words = (transliteration_key(word) for word in utils.default_process(text[:MAX_COMPARED_CHARACTERS]).split())
    return [word for word in words if len(word) > MAX_IGNORED_WORD_LENGTH or word.isdigit()]
