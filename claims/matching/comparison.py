"""Compares two claims: whether they say the same, and if not, in what they differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from claims.matching import modality, polarity, quantifiers, quantities, roles
from claims.matching.alignment import Alignment, align
from claims.matching.difference import Difference, DifferenceKind
from claims.matching.encoder import Encoder, load_encoder
from claims.matching.lexicon import LEXICON, word_set
from claims.matching.reading import ClaimReading
from claims.matching.scope import LIGHT_WORDS, compare_scope
from claims.matching.words import list_names

MIN_LIKENESS = 0.6  # cosine of the vectors of two claims from which they can be the same
_DIRECTIONS = [frozenset(axis.split()) for axis in LEXICON["directions"]]
_PLACE_PREPOSITIONS = word_set("place_prepositions")
_END_PREPOSITIONS = {"into": "to", "towards": "to", "toward": "to"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two claims are in meaning (cosine, -1 to 1), whether they say the same, and in what they differ."""

    likeness: float
    is_same: bool
    differences: tuple[Difference, ...]


def compare_claims(first: str, second: str, encoder: Encoder | None = None) -> Comparison:
    """Compares two claims in English. The order matters for the spans alone."""
    encoder = encoder or load_encoder()
    encodings = encoder.encode(first), encoder.encode(second)
    names = list_names(first) | list_names(second)
    one, other = ClaimReading(first, names), ClaimReading(second, names)
    vectors = encodings[0].word_vectors(one.words), encodings[1].word_vectors(other.words)
    alignment = align(one.words, other.words, vectors, (one.taken, other.taken))
    likeness = float(encodings[0].vector @ encodings[1].vector)
    # In capitals, words look like names.
    is_same_wording = [word.lower for word in one.words] == [word.lower for word in other.words]
    differences = () if is_same_wording else tuple(_find_differences(one, other, alignment))
    return Comparison(likeness, likeness >= MIN_LIKENESS and not differences, differences)


def _find_differences(one: ClaimReading, other: ClaimReading, alignment: Alignment) -> Iterator[Difference]:
    yield from _compare_quantities(one, other)
    yield from _compare_periods(one, other)
    polarity_differences = list(_compare_polarity(one, other))
    comparison = roles.find_exchanged_comparison(one.words, other.words)
    # "fewer than citizens" is "citizens, more than"
    is_reversed = comparison is not None and [each.kind for each in polarity_differences] == [DifferenceKind.ANTONYM]
    if is_reversed:
        polarity_differences = []
    yield from polarity_differences
    quantifier_differences = list(_compare_quantifiers(one, other, is_opposite=bool(polarity_differences)))
    yield from quantifier_differences
    yield from _compare_modality(one, other)
    exchanged = comparison or next(roles.find_exchanged(one.words, other.words, alignment), None)
    if exchanged is not None and not is_reversed:
        yield Difference(DifferenceKind.ROLE, one.span(exchanged[0]), other.span(exchanged[1]))
    yield from _compare_places(one, other)
    name_differences = list(_compare_names(one, other, alignment))
    yield from name_differences
    if not (polarity_differences or quantifier_differences or name_differences):
        yield from compare_scope(one, other, alignment)


def _compare_quantities(one: ClaimReading, other: ClaimReading) -> Iterator[Difference]:
    rest, other_rest = list(one.quantities), list(other.quantities)
    for quantity in one.quantities:
        match = _find_equal(quantity, other_rest)
        if match is not None:
            rest.remove(quantity)
            other_rest.remove(match)
            rates = quantities.find_rate(one.words, quantity), quantities.find_rate(other.words, match)
            if all(rates) and rates[0] != rates[1]:
                yield Difference(DifferenceKind.UNIT, one.span([quantity.end + 1]), other.span([match.end + 1]))
            if {quantity.bound, match.bound} in ({">", "<"}, {">=", "<="}, {">", "<="}, {"<", ">="}):
                yield Difference(DifferenceKind.QUANTIFIER, quantity.span, match.span)
    for quantity in rest:
        match = min(
            other_rest,
            key=lambda each: (each.dimension != quantity.dimension, abs(each.start - quantity.start)),
            default=None,
        )
        if match is not None:
            other_rest.remove(match)
            yield Difference(_quantity_kind(quantity, match), quantity.span, match.span)


def _find_equal(quantity: quantities.Quantity, others: Sequence[quantities.Quantity]) -> quantities.Quantity | None:
    """Returns an equal quantity, or one of the same value of which only one has a unit."""
    equal = (other for other in others if other.dimension == quantity.dimension and other.equals(quantity))
    same_value = (
        other for other in others if other.value == quantity.value and not (other.dimension and quantity.dimension)
    )
    return next(chain(equal, same_value), None)


def _quantity_kind(quantity: quantities.Quantity, other: quantities.Quantity) -> DifferenceKind:
    if quantity.count == other.count:
        return DifferenceKind.UNIT
    return DifferenceKind.NUMBER


def _compare_periods(one: ClaimReading, other: ClaimReading) -> Iterator[Difference]:
    fields = {period.field for period in one.periods} & {period.field for period in other.periods}
    for field in sorted(fields):
        values, other_values = (
            {period.value: period for period in claim.periods if period.field == field} for claim in (one, other)
        )
        if values.keys() != other_values.keys() and not (
            values.keys() < other_values.keys() or other_values.keys() < values.keys()
        ):
            alone = next(period for value, period in values.items() if value not in other_values)
            other_alone = next(period for value, period in other_values.items() if value not in values)
            yield Difference(DifferenceKind.DATE, alone.span, other_alone.span)


def _compare_polarity(one: ClaimReading, other: ClaimReading) -> Iterator[Difference]:
    """An odd number of denials and opposites apart, the claims say the contrary of each other."""
    denials, other_denials = list(one.denials), list(other.denials)
    for denial in one.denials:
        match = next((each for each in other_denials if _same_denial(one, denial, other, each)), None)
        if match is not None:
            denials.remove(denial)
            other_denials.remove(match)
    denials = [each for each in denials if not polarity.makes_superlative(one.words, each, other.words)]
    other_denials = [each for each in other_denials if not polarity.makes_superlative(other.words, each, one.words)]
    lemmas = {word.lemma for word in one.words}, {word.lemma for word in other.words}
    opposites = [
        (place, other_place)
        for place in _content_places(one)
        for other_place in _content_places(other)
        if polarity.are_opposites(one.words[place].lemma, other.words[other_place].lemma)
        and not polarity.list_equivalents(one.words[place].lemma) & lemmas[1]
        and not polarity.list_equivalents(other.words[other_place].lemma) & lemmas[0]
        and one.words[place].lemma not in lemmas[1]
        and other.words[other_place].lemma not in lemmas[0]
        and frozenset((one.words[place].lemma, other.words[other_place].lemma)) not in polarity.CONVERSE_PAIRS
    ]
    sides = [polarity.favours(claim.words) for claim in (one, other)]
    against = [
        next((place for place, word in enumerate(claim.words) if word.lower == "against"), None)
        for claim in (one, other)
    ]
    opposites += [
        (place, other_place)
        for place, other_place in ((sides[0], against[1]), (against[0], sides[1]))
        if place is not None and other_place is not None
    ]
    opposites = opposites[:1]
    denied = {place for denial in denials for place in denial.places}
    other_denied = {place for denial in other_denials for place in denial.places}
    counted = [pair for pair in opposites if pair[0] not in denied and pair[1] not in other_denied]
    # Two denials in one claim alone deny two things; one in each, or one beside an opposite, make up for each other.
    is_one_sided = bool(denials) != bool(other_denials) and not counted
    if not is_one_sided and (len(denials) + len(other_denials) + len(counted)) % 2 == 0:
        return
    if opposites:
        place, other_place = opposites[0]
        yield Difference(DifferenceKind.ANTONYM, one.words[place].span, other.words[other_place].span)
    if denials or other_denials:
        spans = [
            claim.span([place for denial in found for place in denial.places])
            for claim, found in ((one, denials), (other, other_denials))
        ]
        yield Difference(DifferenceKind.NEGATION, *spans)


def _same_denial(
    one: ClaimReading, denial: polarity.Denial, other: ClaimReading, other_denial: polarity.Denial
) -> bool:
    return [one.words[place].lemma for place in denial.places] == [
        other.words[place].lemma for place in other_denial.places
    ]


def _content_places(claim: ClaimReading) -> list[int]:
    return [place for place, word in enumerate(claim.words) if not word.is_name and place not in claim.taken]


def _compare_quantifiers(one: ClaimReading, other: ClaimReading, *, is_opposite: bool) -> Iterator[Difference]:
    extents, other_extents = (
        {quantifier.extent: quantifier for quantifier in claim.quantifiers} for claim in (one, other)
    )
    alone = [quantifier for extent, quantifier in extents.items() if extent not in other_extents]
    other_alone = [quantifier for extent, quantifier in other_extents.items() if extent not in extents]
    if alone and other_alone:
        extents_alone = {alone[0].extent, other_alone[0].extent}
        if extents_alone == {quantifiers.Extent.ALL, quantifiers.Extent.NONE} and not is_opposite:
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
            and quantifier.extent != quantifiers.Extent.HALF
            and not any(each.dimension == "percent" for each in claim.quantities)
        ):
            spans = claim.span(quantifier.places), share.span
            yield Difference(DifferenceKind.QUANTIFIER, *(spans if claim is one else reversed(spans)))
            return


def _says_no(claim: ClaimReading, denial: polarity.Denial) -> bool:
    return claim.words[denial.places[0]].lower == "no"


def _compare_modality(one: ClaimReading, other: ClaimReading) -> Iterator[Difference]:
    kinds = frozenset((one.modality.modality, other.modality.modality))
    if kinds not in modality.DIFFERENT:
        return
    if modality.Modality.PERMISSION in kinds and (one.denials or other.denials):
        return  # "must not" is "is not allowed to"
    if modality.Modality.FACT in kinds and kinds & {modality.Modality.FUTURE, modality.Modality.INTENTION}:
        fact = one if one.modality.modality == modality.Modality.FACT else other
        if not modality.is_past(fact.words):
            return  # "the fare rises in May" is said of the future, too
        if one.denials and other.denials and modality.Modality.FUTURE in kinds:
            return  # "was cancelled" is "will not take place"
    yield Difference(DifferenceKind.MODALITY, one.span(one.modality.places), other.span(other.modality.places))


def _compare_places(one: ClaimReading, other: ClaimReading) -> Iterator[Difference]:
    for axis in _DIRECTIONS:
        directions, other_directions = (
            {word.lower: word for word in claim.words if word.lower in axis} for claim in (one, other)
        )
        stems = {_direction(lower) for lower in directions}, {_direction(lower) for lower in other_directions}
        if stems[0] and stems[1] and stems[0] != stems[1]:
            yield Difference(
                DifferenceKind.PLACE, next(iter(directions.values())).span, next(iter(other_directions.values())).span
            )
    ends, other_ends = (
        {
            _END_PREPOSITIONS.get(preposition, preposition): word
            for place, word in enumerate(claim.words)
            if word.is_name and (preposition := roles.preposition_of(claim.words, place))
        }
        for claim in (one, other)
    )
    if {"from", "to"} <= ends.keys() & other_ends.keys() and (ends["from"].lemma, ends["to"].lemma) == (
        other_ends["to"].lemma,
        other_ends["from"].lemma,
    ):
        yield Difference(DifferenceKind.PLACE, ends["from"].span, other_ends["from"].span)


def _direction(word: str) -> str:
    return word.removesuffix("ern")


def _compare_names(one: ClaimReading, other: ClaimReading, alignment: Alignment) -> Iterator[Difference]:
    rest, other_rest = (
        [place for place in places if _is_capitalised(claim, place) and claim.words[place].lemma not in LIGHT_WORDS]
        for claim, places in ((one, alignment.first_rest), (other, alignment.second_rest))
    )
    names = [claim.words[place].is_name for claim, places in ((one, rest), (other, other_rest)) for place in places]
    if rest and other_rest and any(names):
        prepositions = {roles.preposition_of(one.words, rest[0]), roles.preposition_of(other.words, other_rest[0])}
        kind = DifferenceKind.PLACE if prepositions & _PLACE_PREPOSITIONS else DifferenceKind.ENTITY
        yield Difference(kind, one.words[rest[0]].span, other.words[other_rest[0]].span)


def _is_capitalised(claim: ClaimReading, place: int) -> bool:
    return claim.words[place].text[0].isupper()
