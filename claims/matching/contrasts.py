"""Compares what two claims deny, how many they speak of, and whether they hold as a fact, in future or perhaps."""

from collections.abc import Iterator

from claims.matching.difference import Difference, DifferenceKind
from claims.matching.reading import ClaimReading, modality, polarity
from claims.matching.reading.modality import Modality
from claims.matching.reading.quantifiers import Extent
from claims.matching.reading.words import Word


def compare_polarity(one: ClaimReading, other: ClaimReading) -> Iterator[Difference]:
    """An odd number of denials and opposites apart, the claims say the contrary of each other."""
    denials, other_denials = list(one.denials), list(other.denials)
    for denial in one.denials:
        match = next((each for each in other_denials if _same_denial(one, denial, other, each)), None)
        if match is not None:
            denials.remove(denial)
            other_denials.remove(match)
    denials = [each for each in denials if not polarity.is_met(one.words, each, other.words)]
    other_denials = [each for each in other_denials if not polarity.is_met(other.words, each, one.words)]
    opposites = _find_opposites(one, other)[:1]
    denied = {place for denial in denials for place in denial.places}
    other_denied = {place for denial in other_denials for place in denial.places}
    counted = [pair for pair in opposites if pair[0] not in denied and pair[1] not in other_denied]
    # Two denials in one claim alone deny two things; one in each, or one beside an opposite, make up for each other.
    is_one_sided = bool(denials) != bool(other_denials) and not counted
    if not is_one_sided and (len(denials) + len(other_denials) + len(counted)) % 2 == 0:
        return
    for place, other_place in opposites:
        word, other_word = one.words[place], other.words[other_place]
        kind = DifferenceKind.NEGATION if polarity.is_prefixed(word, other_word) else DifferenceKind.ANTONYM
        if one.is_before_date(place) and other.is_before_date(other_place):
            kind = DifferenceKind.DATE  # early May, late May
        yield Difference(kind, word.span, other_word.span)
    if denials or other_denials:
        spans = [
            claim.span([place for denial in found for place in denial.places])
            for claim, found in ((one, denials), (other, other_denials))
        ]
        yield Difference(DifferenceKind.NEGATION, *spans)


def _find_opposites(one: ClaimReading, other: ClaimReading) -> list[tuple[int, int]]:
    lemmas = {word.lemma for word in one.words}, {word.lemma for word in other.words}
    opposites = [
        (place, other_place)
        for place, word in _opposable_words(one, lemmas[1])
        for other_place, other_word in _opposable_words(other, lemmas[0])
        if polarity.are_opposites(word, other_word)
        and frozenset((word.lemma, other_word.lemma)) not in polarity.CONVERSE_PAIRS
    ]
    sides = [polarity.favours(claim.words) for claim in (one, other)]
    against = [
        next((place for place, word in enumerate(claim.words) if word.lower == "against"), None)
        for claim in (one, other)
    ]
    if all(place is not None for place in against):
        sides = [None, None]  # "61 for and 39 against"
    return opposites + [
        (place, other_place)
        for place, other_place in ((sides[0], against[1]), (against[0], sides[1]))
        if place is not None and other_place is not None
    ]


def _opposable_words(claim: ClaimReading, other_lemmas: set[str]) -> list[tuple[int, Word]]:
    """Returns the words that the other claim has neither itself nor as one of the same side."""
    return [
        (place, word)
        for place, word in enumerate(claim.words)
        if not word.is_name
        and place not in claim.taken
        and word.lemma not in other_lemmas
        and not polarity.list_equivalents(word.lemma) & other_lemmas
    ]


def _same_denial(
    one: ClaimReading, denial: polarity.Denial, other: ClaimReading, other_denial: polarity.Denial
) -> bool:
    return [one.words[place].lemma for place in denial.places] == [
        other.words[place].lemma for place in other_denial.places
    ]


def compare_quantifiers(one: ClaimReading, other: ClaimReading, *, is_opposite: bool) -> Iterator[Difference]:
    extents, other_extents = (
        {quantifier.extent: quantifier for quantifier in claim.quantifiers} for claim in (one, other)
    )
    alone = [quantifier for extent, quantifier in extents.items() if extent not in other_extents]
    other_alone = [quantifier for extent, quantifier in other_extents.items() if extent not in extents]
    if alone and other_alone:
        extents_alone = {alone[0].extent, other_alone[0].extent}
        if extents_alone == {Extent.ALL, Extent.NONE} and not is_opposite:
            return  # "neither survived" and "both were killed": what is denied is compared as such
        yield Difference(DifferenceKind.QUANTIFIER, one.span(alone[0].places), other.span(other_alone[0].places))
        return
    denials = [[denial for denial in claim.denials if _says_no(claim, denial)] for claim in (one, other)]
    if is_opposite and alone and denials[1]:
        yield Difference(DifferenceKind.QUANTIFIER, one.span(alone[0].places), other.span(denials[1][0].places))
        return
    if is_opposite and other_alone and denials[0]:
        yield Difference(DifferenceKind.QUANTIFIER, one.span(denials[0][0].places), other.span(other_alone[0].places))
        return
    for claim, quantifier, counterpart in [
        *((one, each, other) for each in alone[:1]),
        *((other, each, one) for each in other_alone[:1]),
    ]:
        share = next((each for each in counterpart.quantities if each.dimension == "percent"), None)
        if (
            share is not None
            and quantifier.extent != Extent.HALF
            and not any(each.dimension == "percent" for each in claim.quantities)
        ):
            spans = claim.span(quantifier.places), share.span
            yield Difference(DifferenceKind.QUANTIFIER, *(spans if claim is one else reversed(spans)))
            return


def _says_not(claim: ClaimReading) -> bool:
    """Whether a claim denies by a word such as "not", and not by a verb: "are obliged to stop"."""
    return any(claim.words[denial.places[0]].lower in polarity.DENYING_WORDS for denial in claim.denials)


def _says_no(claim: ClaimReading, denial: polarity.Denial) -> bool:
    return claim.words[denial.places[0]].lower == "no"


def compare_modality(one: ClaimReading, other: ClaimReading) -> Iterator[Difference]:
    kinds = frozenset((one.modality.modality, other.modality.modality))
    if kinds not in modality.DIFFERENT:
        return
    if Modality.PERMISSION in kinds and any(_says_not(claim) for claim in (one, other)):
        return  # "must not" is "is not allowed to"
    if Modality.FACT in kinds and kinds & {Modality.FUTURE, Modality.INTENTION}:
        fact = one if one.modality.modality == Modality.FACT else other
        if not modality.is_past(fact.words):
            return  # "the fare rises in May" is said of the future, too
        if one.denials and other.denials and Modality.FUTURE in kinds:
            return  # "was cancelled" is "will not take place"
    yield Difference(DifferenceKind.MODALITY, one.span(one.modality.places), other.span(other.modality.places))
