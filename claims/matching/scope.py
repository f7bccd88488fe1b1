"""Compares of whom claims are true (only, all, over 65), and what was exchanged in the same words."""

from collections.abc import Iterator

from rapidfuzz.distance import LCSseq

from claims.matching.alignment import Alignment
from claims.matching.difference import Difference, DifferenceKind, Span
from claims.matching.lexicon import word_set
from claims.matching.reading import ClaimReading, polarity
from claims.matching.reading.words import lemma_of
from claims.matching.roles import preposition_of

_SAME_ORDER = 0.65  # share of words in the same order from which a claim counts as the other with some words exchanged
LIGHT_WORDS = frozenset(map(lemma_of, word_set("light_words")))
_WIDE_WORDS = word_set("wide_words")
_UNITS_OF_TIME = word_set("period_nouns") | {"second", "minute", "hour", "day", "night", "time"}


def compare_scope(one: ClaimReading, other: ClaimReading, alignment: Alignment) -> Iterator[Difference]:
    limit, other_limit = _limited_by_only(one), _limited_by_only(other)
    if limit is not None and other_limit is not None and alignment.second_of(limit) not in (other_limit, None):
        yield Difference(DifferenceKind.SCOPE, one.words[limit].span, other.words[other_limit].span)
        return
    rests = [
        [place for place in rest if _can_limit(claim, place)]
        for claim, rest in ((one, alignment.first_rest), (other, alignment.second_rest))
    ]
    wide = [[place for place in range(len(claim.words)) if _is_wide(claim, place)] for claim in (one, other)]
    order = LCSseq.normalized_similarity([word.lemma for word in one.words], [word.lemma for word in other.words])
    numbers = [
        [place for quantity in claim.quantities for place in range(quantity.start, quantity.end)]
        for claim in (one, other)
    ]
    is_longer = order > 0 and _is_inserted(one, other)
    exchanged = _exchanged_verb(one, other, alignment) if order >= _SAME_ORDER else None
    if exchanged is not None:
        yield Difference(DifferenceKind.ANTONYM, *exchanged)
    elif (order >= _SAME_ORDER or any(map(_is_age_limit, (one, other)))) and any(numbers) and not all(numbers):
        yield Difference(DifferenceKind.SCOPE, one.span(numbers[0]), other.span(numbers[1]))
    elif (
        order >= _SAME_ORDER
        and alignment.first_rest == alignment.second_rest == (0,)
        and all(_may_be_name(claim) for claim in (one, other))
    ):
        yield Difference(DifferenceKind.ENTITY, one.words[0].span, other.words[0].span)
    elif (any(rests) and (order >= _SAME_ORDER or is_longer)) or (
        (any(rests) or order >= _SAME_ORDER) and any(wide) and not all(wide)
    ):
        yield Difference(DifferenceKind.SCOPE, one.span(rests[0] or wide[0]), other.span(rests[1] or wide[1]))


def _is_inserted(one: ClaimReading, other: ClaimReading) -> bool:
    """Whether one claim is the other with some words put in: "nurses", "nurses in private clinics"."""
    lemmas = [[word.lemma for word in claim.words] for claim in (one, other)]
    return LCSseq.similarity(*lemmas) == min(map(len, lemmas))


def _is_age_limit(claim: ClaimReading) -> bool:
    """Whether a claim is limited by a bound without a unit: "women over 50"."""
    return any(quantity.bound in {">", "<"} and not quantity.dimension for quantity in claim.quantities)


def _exchanged_verb(one: ClaimReading, other: ClaimReading, alignment: Alignment) -> tuple[Span, Span] | None:
    """Returns the verbs of which one stands for another of no like meaning: "closed the mine", "sold the mine"."""
    rests = [
        [claim.words[place] for place in rest if claim.words[place].lemma not in LIGHT_WORDS]
        for claim, rest in ((one, alignment.first_rest), (other, alignment.second_rest))
    ]
    if [len(rest) for rest in rests] != [1, 1] or alignment.first_rest[0] == alignment.second_rest[0] == 0:
        return None
    [verb], [other_verb] = rests
    if not (verb.is_verb_form and other_verb.is_verb_form) or polarity.mean_alike(verb.lemma, other_verb.lemma):
        return None
    return verb.span, other_verb.span


def _may_be_name(claim: ClaimReading) -> bool:
    """Whether the first word can be a name: it has a capital letter like any other, and no plural's ending."""
    return not claim.words[0].lower.endswith("s") or claim.words[0].lower.endswith(("us", "ss", "is"))


def _is_wide(claim: ClaimReading, place: int) -> bool:
    after = claim.words[place + 1].lower if place + 1 < len(claim.words) else ""
    word = claim.words[place].lower
    if word == "any" and claim.denials:
        return False  # "did not pay any tax" is "paid no tax"
    return word in _WIDE_WORDS and after not in _UNITS_OF_TIME  # "every year" is "a year"


def _can_limit(claim: ClaimReading, place: int) -> bool:
    """Whether a word can say of whom a claim is true: no verb, no title, no noun before the name that it explains."""
    word = claim.words[place]
    after = claim.words[place + 1] if place + 1 < len(claim.words) else None
    if word.lemma in LIGHT_WORDS or (word.is_verb_form and preposition_of(claim.words, place) == ""):
        return False
    if any(place in denial.places for denial in claim.denials) or claim.is_quantified(place):
        return False
    return not (after is not None and after.is_name and not word.is_name)


def _limited_by_only(claim: ClaimReading) -> int | None:
    for place, word in enumerate(claim.words):
        if word.lower in {"only", "solely", "exclusively"}:
            return next((after for after in range(place + 1, len(claim.words)) if claim.words[after].is_content), None)
    return None
