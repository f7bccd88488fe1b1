"""Finds claims with similar wording: those of the same speaker first, each with its similarity and the reason.

Candidates come from indexes: the newest claims of the speaker and of everyone. Similarity is the overlap of words,
regardless of their order, case and the spelling of names.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import nlargest

from django.db.models import QuerySet
from rapidfuzz import fuzz, process, utils

from claims.models import Claim, Quote
from claims.models.name_keys import transliteration_key

MAX_CLAIMS_OF_SPEAKER = 500  # newest claims of the same speaker that are compared
MAX_CLAIMS_OF_OTHERS = 1000
MAX_COMPARED_CHARACTERS = 300  # of a text: its first sentence or two
MAX_CLOSE_CANDIDATES = 20  # candidates that are compared word by word
PREFIX_LENGTH = 4  # letters that are compared at first: spellings differ mostly in their endings
MIN_PREFIX_OVERLAP = 0.3  # from which candidates are compared word by word
MIN_WORD_OVERLAP = 0.5  # from which a claim counts as similar
MIN_SPELLING_SIMILARITY = 80  # per cent, from which two words are spellings of one
MAX_IGNORED_WORD_LENGTH = 1  # letters
_WORD_PATTERN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SimilarClaim:
    """A claim, its similarity from 0 to 1, and the reason in words for editors."""

    claim: Claim
    score: float
    reason: str
    same_speaker: bool

    @property
    def percent(self) -> str:
        return f"{self.score:.0%}"


def find_claims_similar_to_quote(quote: Quote, *, limit: int = 5) -> list[SimilarClaim]:
    """Finds claims that the quote may belong to, other than its own."""
    return find_similar_claims(quote.exact, speaker=quote.speaker_id, without={quote.claim_id or 0}, limit=limit)


def find_claims_similar_to_claim(claim: Claim, *, limit: int = 8) -> list[SimilarClaim]:
    """Finds claims that may be the same or related."""
    return find_similar_claims(claim.text, speaker=claim.speaker_id, without={claim.pk}, limit=limit)


def find_similar_claims(text: str, *, speaker: int | None, without: Collection[int], limit: int) -> list[SimilarClaim]:
    """Finds the current claims most similar to a text, those of `speaker` first. Proposals are not among them."""
    current = Claim.objects.current().confirmed().exclude(pk__in=without)
    candidates = dict(list_wording_candidates(current))
    if speaker:
        candidates |= dict(_texts(current.filter(speaker=speaker).order_by("-pk"), MAX_CLAIMS_OF_SPEAKER))
    words, overlaps = _comparable_words(text), {}
    for pk in _rank_by_prefix_overlap(text, candidates):
        if (overlap := word_overlap(words, _comparable_words(candidates[pk]))) >= MIN_WORD_OVERLAP:
            overlaps[pk] = overlap
    rows = Claim.objects.select_related("speaker").in_bulk(overlaps)
    similar = [
        SimilarClaim(
            claim,
            round(overlaps[pk], 3),
            _describe_similarity(claim, overlaps[pk], speaker),
            bool(speaker) and claim.speaker_id == speaker,
        )
        for pk, claim in rows.items()
    ]
    return sorted(similar, key=lambda found: (not found.same_speaker, -found.score, -found.claim.pk))[:limit]


def list_wording_candidates(claims: QuerySet[Claim]) -> Iterable[tuple[int, str]]:
    """Returns ids and texts of claims that may have a similar wording, of any speaker: the newest, by their index."""
    return _texts(claims.order_by("-created_at", "-pk"), MAX_CLAIMS_OF_OTHERS)


def _rank_by_prefix_overlap(text: str, candidates: dict[int, str]) -> list[int]:
    """Returns the ids of the candidates that share the most word prefixes with the text, which is fast to compute."""
    prefixes = _word_prefixes(text)
    scores = {}
    for pk, candidate in candidates.items():
        candidate_prefixes = _word_prefixes(candidate)
        if common := len(prefixes & candidate_prefixes):
            scores[pk] = 2 * common / (len(prefixes) + len(candidate_prefixes))
    best = nlargest(MAX_CLOSE_CANDIDATES, scores, key=scores.__getitem__)
    return [pk for pk in best if scores[pk] >= MIN_PREFIX_OVERLAP]


def _word_prefixes(text: str) -> set[str]:
    return {word[:PREFIX_LENGTH] for word in _WORD_PATTERN.findall(text[:MAX_COMPARED_CHARACTERS].casefold())}


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


def _texts(claims: QuerySet[Claim], limit: int) -> Iterable[tuple[int, str]]:
    return claims.values_list("pk", "text")[:limit]


def _comparable_words(text: str) -> list[str]:
    """Returns the transliteration keys of the words; a number stands for itself, single letters are ignored."""
    words = (transliteration_key(word) for word in utils.default_process(text[:MAX_COMPARED_CHARACTERS]).split())
    return [word for word in words if len(word) > MAX_IGNORED_WORD_LENGTH or word.isdigit()]


def _describe_similarity(claim: Claim, overlap: float, speaker: int | None) -> str:
    who = "same speaker" if speaker and claim.speaker_id == speaker else str(claim.speaker or "speaker unknown")
    return f"{who}, {'same' if overlap == 1 else 'similar'} words"
