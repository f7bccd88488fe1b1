"""Compares of whom claims are true (only, all, over 65), and what was exchanged in the same words."""

from collections.abc import Iterator
from itertools import product

from rapidfuzz.distance import LCSseq

from claims.matching.alignment import Alignment
from claims.matching.difference import Difference, DifferenceKind
from claims.matching.lexicon import word_set
from claims.matching.reading import ClaimReading, polarity
from claims.matching.reading.words import lemma_of
from claims.matching.roles import is_verb

_SAME_ORDER = 0.65  # share of words in the same order from which a claim counts as the other with some words exchanged
_MAX_WORDED = 2
_SURE_LIKENESS = 0.8  # of two words in the same place, from which they say the same
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
    for figures in ([_figures(claim) for claim in (one, other)], [_dates(claim) for claim in (one, other)]):
        if any(figures) and not all(figures):
            yield Difference(DifferenceKind.SCOPE, one.span(figures[0]), other.span(figures[1]))
            return
    exchanged = _exchanged_word(one, other, alignment) if order >= _SAME_ORDER else None
    if exchanged is not None:
        yield exchanged
    elif (
        order >= _SAME_ORDER
        and alignment.first_rest == alignment.second_rest == (0,)
        and all(_may_be_name(claim) for claim in (one, other))
    ):
        yield Difference(DifferenceKind.ENTITY, one.words[0].span, other.words[0].span)
    elif (any(rests) and (order >= _SAME_ORDER or (order > 0 and _is_inserted(one, other)))) or (
        (any(rests) or order >= _SAME_ORDER) and any(wide) and not all(wide)
    ):
        yield Difference(DifferenceKind.SCOPE, one.span(rests[0] or wide[0]), other.span(rests[1] or wide[1]))


def _figures(claim: ClaimReading) -> list[int]:
    """Returns the places of figures; "both", "the second time" and the like can be said without one."""
    return [
        place
        for quantity in claim.quantities
        if quantity.dimension or quantity.value > _MAX_WORDED
        for place in range(quantity.start, quantity.end)
    ]


def _dates(claim: ClaimReading) -> list[int]:
    return [place for period in claim.periods for place in period.places]


def _is_inserted(one: ClaimReading, other: ClaimReading) -> bool:
    """Whether one claim is the other with some words put in: "nurses", "nurses in private clinics"."""
    lemmas = [[word.lemma for word in claim.words] for claim in (one, other)]
    return LCSseq.similarity(*lemmas) == min(map(len, lemmas))


def _exchanged_word(one: ClaimReading, other: ClaimReading, alignment: Alignment) -> Difference | None:
    """Returns the words of which one stands for another: "closed the mine", "sold the mine"."""
    rests = [
        [place for place in rest if claim.words[place].lemma not in LIGHT_WORDS]
        for claim, rest in ((one, alignment.first_rest), (other, alignment.second_rest))
    ]
    pairs = list(product(*rests)) if all(rests) else [] if any(rests) else list(alignment.guesses)
    if len(pairs) != 1 or pairs[0] == (0, 0):
        return None
    [(place, other_place)] = pairs
    word, other_word = one.words[place], other.words[other_place]
    is_sure = alignment.pairs.get((place, other_place), 0) > _SURE_LIKENESS
    if is_sure or polarity.mean_alike(word.lemma, other_word.lemma):
        return None
    if one.is_compared(place) or other.is_compared(other_place):
        return None
    if word.is_verb_form and other_word.is_verb_form:
        return Difference(DifferenceKind.ANTONYM, word.span, other_word.span)
    return Difference(DifferenceKind.SCOPE, word.span, other_word.span) if not any(rests) else None


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
    if word.lemma in LIGHT_WORDS or is_verb(claim.words, place):
        return False
    if any(place in denial.places for denial in claim.denials) or claim.is_quantified(place):
        return False
    return not (after is not None and after.is_name and not word.is_name)


def _limited_by_only(claim: ClaimReading) -> int | None:
    for place, word in enumerate(claim.words):
        if word.lower in {"only", "solely", "exclusively"}:
            return next((after for after in range(place + 1, len(claim.words)) if claim.words[after].is_content), None)
    return None
