"""Compares the quantities and the dates of two claims, and what came before and after."""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product

from claims.matching.alignment import Alignment
from claims.matching.difference import Difference, DifferenceKind
from claims.matching.lexicon import LEXICON, word_set
from claims.matching.reading import ClaimReading
from claims.matching.reading.quantities import Quantity, find_rate

_CONTRARY_BOUNDS = ({">", "<"}, {">=", "<="}, {">", "<="}, {"<", ">="})
_CONTEXT = 3  # words on either side of a number, in which stands what it counts
_CONNECTOR_DISTANCE = 4  # words from "before" to what follows it
_CONTRARY_CONNECTORS = {
    connector: (group, side)
    for group, sides in LEXICON["contrary_connectors"].items()
    for side, connectors in enumerate(sides)
    for connector in connectors.split()
}
_TRANSPARENT = word_set("determiners") | word_set("function_words")


def compare_quantities(one: ClaimReading, other: ClaimReading, alignment: Alignment) -> Iterator[Difference]:
    rest, other_rest = list(one.quantities), list(other.quantities)
    matches: list[tuple[Quantity, Quantity]] = []
    for quantity in one.quantities:
        match = _find_equal(quantity, other_rest)
        if match is not None:
            rest.remove(quantity)
            other_rest.remove(match)
            matches.append((quantity, match))
            rates = find_rate(one.words, quantity), find_rate(other.words, match)
            if all(rates) and rates[0] != rates[1]:
                yield Difference(DifferenceKind.UNIT, one.span([quantity.end + 1]), other.span([match.end + 1]))
            if {quantity.bound, match.bound} in _CONTRARY_BOUNDS:
                yield Difference(DifferenceKind.QUANTIFIER, quantity.span, match.span)
    for quantity in rest:
        match = min(
            other_rest,
            key=lambda each: (each.dimension != quantity.dimension, abs(each.start - quantity.start)),
            default=None,
        )
        if match is not None:
            other_rest.remove(match)
            is_unit = quantity.count == match.count
            yield Difference(DifferenceKind.UNIT if is_unit else DifferenceKind.NUMBER, quantity.span, match.span)
    yield from _find_exchanged_numbers(one, other, matches, alignment)


def _find_equal(quantity: Quantity, others: Sequence[Quantity]) -> Quantity | None:
    """Returns an equal quantity, or one of the same value of which only one has a unit."""
    equal = (other for other in others if other.dimension == quantity.dimension and other.equals(quantity))
    same_value = (
        other for other in others if other.value == quantity.value and not (other.dimension and quantity.dimension)
    )
    return next(chain(equal, same_value), None)


def _find_exchanged_numbers(
    one: ClaimReading, other: ClaimReading, matches: Sequence[tuple[Quantity, Quantity]], alignment: Alignment
) -> Iterator[Difference]:
    """Yields numbers that count what the other one does: "four dead, ten hurt", "ten dead, four hurt"."""
    for (first, first_match), (second, second_match) in combinations(matches, 2):
        if first.value == second.value:
            continue
        contexts = _context(one, first), _context(one, second)
        other_contexts = _context(other, first_match), _context(other, second_match)
        shared = {
            (number, other_number)
            for number, places in enumerate(contexts)
            for other_number, other_places in enumerate(other_contexts)
            if not alignment.pairs.keys().isdisjoint(product(places, other_places))
        }
        if shared == {(0, 1), (1, 0)}:
            yield Difference(DifferenceKind.NUMBER, first.span, second_match.span)


def _context(claim: ClaimReading, quantity: Quantity) -> list[int]:
    """Returns the places of the nearest content words before and after a number in its part of the sentence."""
    places = []
    for steps in (range(quantity.start - 1, -1, -1), range(quantity.end, len(claim.words))):
        for place in list(steps)[:_CONTEXT]:
            word = claim.words[place]
            if word.lower in {"and", "but", "while", ",", ";"} or place in claim.taken:
                break
            if word.is_content:
                places.append(place)
                break
    return places


def compare_periods(one: ClaimReading, other: ClaimReading, alignment: Alignment) -> Iterator[Difference]:
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
    yield from _compare_connectors(one, other, alignment)


def _compare_connectors(one: ClaimReading, other: ClaimReading, alignment: Alignment) -> Iterator[Difference]:
    """Yields what stands before the same words and says the contrary: from and until 2030, before and after the war."""
    same_words = [*alignment.pairs]
    same_words += [
        (period.places[0], match.places[0])
        for period in one.periods
        for match in other.periods
        if (period.field, period.value) == (match.field, match.value)
    ]
    for place, other_place in sorted(same_words):
        connector, other_connector = _connector_before(one, place), _connector_before(other, other_place)
        if connector is None or other_connector is None:
            continue
        (group, side), (other_group, other_side) = (
            _CONTRARY_CONNECTORS[claim.words[found].lower]
            for claim, found in ((one, connector), (other, other_connector))
        )
        if group == other_group and side != other_side:
            yield Difference(DifferenceKind(group), one.words[connector].span, other.words[other_connector].span)
            return


def _connector_before(claim: ClaimReading, place: int) -> int | None:
    for before in range(place - 1, max(-1, place - 1 - _CONNECTOR_DISTANCE), -1):
        word = claim.words[before]
        if word.lower in _CONTRARY_CONNECTORS:
            return before
        if not (word.lower in _TRANSPARENT or before in claim.taken):
            return None
    return None
