"""Claims that say nearly what a text says: the same speaker's first, each with how alike and why.

Candidates come from indexes: the speaker's newest claims, and the newest of all, which `worded_alike` stands for. The
likeness is of words, whatever their order, spelling of names and case.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import nlargest

from django.db.models import QuerySet
from rapidfuzz import fuzz, process, utils

from claims.models import Claim, Quote
from claims.models.name_keys import transliteration_key

MAX_CLAIMS_OF_SPEAKER = 500  # of the same speaker's newest claims that are compared
MAX_CLAIMS_OF_OTHERS = 1000  # of other claims
MAX_COMPARED_CHARACTERS = 300  # characters of a text: its first sentence or two
MAX_CLOSE_CANDIDATES = 20  # candidates that are looked at word by word
PREFIX_LENGTH = 4  # letters by which words are compared at first: spellings differ in their endings more often
MIN_PREFIX_OVERLAP = 0.3  # share of these in common from which a closer look is taken
MIN_WORD_OVERLAP = 0.5  # share of the words that two texts have in common, from which one is offered
MIN_SPELLING_SIMILARITY = 80  # per cent from which two words are spellings of one
MAX_IGNORED_WORD_LENGTH = 1  # letters that a word has more than
_WORD_PATTERN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SimilarClaim:
    """A claim, how alike it is from 0 to 1, and the reason in words."""

    claim: Claim
    score: float
    reason: str
    same_speaker: bool

    @property
    def percent(self) -> str:
        """The score as it is shown."""
        return f"{self.score:.0%}".replace("%", " %")


def find_claims_similar_to_quote(quote: Quote, *, limit: int = 5) -> list[SimilarClaim]:
    """Claims that the quote may make: not the one it makes already."""
    return find_similar_claims(quote.exact, speaker=quote.speaker_id, without={quote.claim_id or 0}, limit=limit)


def find_claims_similar_to_claim(claim: Claim, *, limit: int = 8) -> list[SimilarClaim]:
    """Claims that may be the same, or have to do with it."""
    return find_similar_claims(claim.text, speaker=claim.speaker_id, without={claim.pk}, limit=limit)


def find_similar_claims(text: str, *, speaker: int | None, without: Collection[int], limit: int) -> list[SimilarClaim]:
    """The claims most like `text`, that speaker's first; stubs and redirects are left out."""
    current = Claim.objects.current().exclude(pk__in=without)
    candidates = dict(list_wording_candidates(current))
    if speaker:
        candidates |= dict(_newest_texts(current.filter(speaker=speaker), MAX_CLAIMS_OF_SPEAKER))
    words, shares = _comparable_words(text), {}
    for pk in _rank_by_prefix_overlap(text, candidates):
        if (share := word_overlap(words, _comparable_words(candidates[pk]))) >= MIN_WORD_OVERLAP:
            shares[pk] = share
    rows = Claim.objects.select_related("speaker").in_bulk(shares)
    found = [
        SimilarClaim(
            row,
            round(shares[pk], 3),
            _describe_similarity(row, shares[pk], speaker),
            bool(speaker) and row.speaker_id == speaker,
        )
        for pk, row in rows.items()
    ]
    return sorted(found, key=lambda each: (not each.same_speaker, -each.score, -each.claim.pk))[:limit]


def list_wording_candidates(claims: QuerySet[Claim]) -> Iterable[tuple[int, str]]:
    """Ids and texts of claims that may be worded alike, whoever made them: here the newest, by their index."""
    return _newest_texts(claims, MAX_CLAIMS_OF_OTHERS)


def _rank_by_prefix_overlap(text: str, candidates: dict[int, str]) -> list[int]:
    """The ids of those worth a closer look: with the most beginnings of words in common, which is quick to see."""
    own = _word_prefixes(text)
    scores = {}
    for pk, each in candidates.items():
        theirs = _word_prefixes(each)
        if common := len(own & theirs):
            scores[pk] = 2 * common / (len(own) + len(theirs))
    return [
        pk for pk in nlargest(MAX_CLOSE_CANDIDATES, scores, key=scores.__getitem__) if scores[pk] >= MIN_PREFIX_OVERLAP
    ]


def _word_prefixes(text: str) -> set[str]:
    return {word[:PREFIX_LENGTH] for word in _WORD_PATTERN.findall(text[:MAX_COMPARED_CHARACTERS].casefold())}


def word_overlap(first: list[str], second: list[str]) -> float:
    """The share of the words of both that they have in common, from 0 to 1; spellings of a word are that word."""
    rest, common = list(second), 0
    for word in first:
        match = process.extractOne(word, rest, scorer=fuzz.ratio, score_cutoff=MIN_SPELLING_SIMILARITY)
        if match:
            del rest[match[2]]
            common += 1
    together = len(first) + len(second)
    return 2 * common / together if together else 0.0


def _newest_texts(claims: QuerySet[Claim], most: int) -> Iterable[tuple[int, str]]:
    return claims.order_by("-pk").values_list("pk", "text")[:most]


def _comparable_words(text: str) -> list[str]:
    """What spellings of its words have in common; a number is itself, and a word of one letter says nothing."""
    words = (transliteration_key(word) for word in utils.default_process(text[:MAX_COMPARED_CHARACTERS]).split())
    return [word for word in words if len(word) > MAX_IGNORED_WORD_LENGTH or word.isdigit()]


def _describe_similarity(claim: Claim, share: float, speaker: int | None) -> str:
    who = "same speaker" if speaker and claim.speaker_id == speaker else f"{claim.speaker or 'nobody known'}"
    return f"{who}, {'the same words' if share == 1 else f'{share:.0%} of the words'.replace('%', ' %')}"
