"""Reads quantities: numbers with their unit, currency and bound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from claims.matching.difference import Span
from claims.matching.lexicon import LEXICON
from claims.matching.reading.numbers import leading_count, read_multiple, read_number, read_share
from claims.matching.reading.words import Word, joined_span

_IRREGULAR_PLURALS = {"century": "centuries", "foot": "feet", "inch": "inches"}
_UNITS = {
    form: (dimension, Fraction(str(factor)))
    for dimension, units in LEXICON["units"].items()
    for unit, factor in units.items()
    for form in (unit, f"{unit}s", _IRREGULAR_PLURALS.get(unit, unit))
}
_TEMPERATURES = {"celsius": "celsius", "c": "celsius", "fahrenheit": "fahrenheit", "f": "fahrenheit"}
_OPPOSITE_BOUNDS = {"<": ">=", ">": "<="}
_MAX_WORDS_OF_BOUND = 3
_TOLERANCE = Fraction(1, 50)  # of a value that was converted


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a claim: 0.4 million passengers is 400,000 of "", half is 50 of "percent".

    It stands in the claim's words `start` to `end` (exclusive), its unit included.
    """

    value: Fraction
    dimension: str
    bound: str
    start: int
    end: int
    span: Span
    count: Fraction  # the number before its magnitude and unit: 30 of "30 million euros"
    factor: Fraction = Fraction(1)  # how much of its base unit the unit is

    @property
    def is_converted(self) -> bool:
        return self.factor != 1

    def equals(self, other: "Quantity") -> bool:
        tolerance = _TOLERANCE if self.is_converted or other.is_converted else 0
        return abs(self.value - other.value) <= tolerance * max(abs(self.value), abs(other.value))

    def measured_as(self, other: "Quantity") -> "Quantity":
        return replace(self, value=self.value * other.factor, dimension=other.dimension, factor=other.factor)


def find_quantities(words: Sequence[Word], taken: frozenset[int] = frozenset()) -> list[Quantity]:
    """Returns the quantities in order. Words at the places in `taken` (dates) are not read."""
    quantities: list[Quantity] = []
    place = 0
    while place < len(words):
        quantity = None if place in taken else _read_quantity(words, place, taken)
        if quantity is None:
            place += 1
        else:
            if quantities and _is_range(words, quantities[-1], quantity):
                quantities[-1] = quantities[-1].measured_as(quantity)
            quantities.append(quantity)
            place = quantity.end
    return quantities


def find_rate(words: Sequence[Word], quantity: Quantity) -> tuple[str, Fraction] | None:
    """Returns the unit that a quantity is given for, with its size: "2 euros a litre"."""
    end = quantity.end
    if end + 1 >= len(words) or words[end].lower not in {"a", "an", "per", "each", "every"}:
        return None
    return _UNITS.get(words[end + 1].lower)


def _is_range(words: Sequence[Word], first: Quantity, second: Quantity) -> bool:
    """Whether two numbers have the unit of the second: "from 90,000 to 120,000 tonnes"."""
    if first.dimension or not second.dimension or second.start != first.end + 1:
        return False
    before = words[first.start - 1].lower if first.start else ""
    link = words[first.end].lower
    return link in {"to", "or", "-", "–"} or (link == "and" and before == "between")


def _read_quantity(words: Sequence[Word], place: int, taken: frozenset[int]) -> Quantity | None:
    start = place
    currency = ""
    if words[place].text in "$€£¥" and place + 1 < len(words):
        currency, place = words[place].text, place + 1
    for reader in (read_share, read_multiple, read_number):
        found = reader(words, place)
        if found is not None:
            break
    else:
        return None
    value, end, unit = found
    if any(number in taken for number in range(place, end)):
        return None
    if not unit:
        number_end = end
        unit, end = (currency, end) if currency else _read_unit(words, end)
        if not unit and number_end == place + 1 and words[place].lower == "one":
            return None  # a pronoun
    dimension, factor = _UNITS.get(unit, (unit, Fraction(1)))
    return Quantity(
        value * factor,
        dimension,
        _bound_before(words, start),
        start,
        end,
        joined_span(words[start:end]),
        value if reader is read_share else leading_count(words, start, value),
        factor,
    )


def _read_unit(words: Sequence[Word], place: int) -> tuple[str, int]:
    """Returns the unit after a number, "" if there is none, and where it ends."""
    following = [word.lower for word in words[place : place + 2]] + [""] * 2
    if following[0] == "-" and following[1] in _UNITS:  # a four-year term
        return following[1], place + 2
    if " ".join(following[:2]) in _UNITS:
        return " ".join(following[:2]), place + 2
    if following[:2] == ["per", "cent"]:
        return "percent", place + 2
    if following[0] in {"degree", "degrees", "°"}:
        scale = _TEMPERATURES.get(following[1])
        return (scale, place + 2) if scale else ("degree", place + 1)
    if following[0] == "m":
        return "metre", place + 1
    return (following[0], place + 1) if following[0] in _UNITS else ("", place)


def _bound_before(words: Sequence[Word], place: int) -> str:
    before = " ".join(["", *(word.lower for word in words[max(0, place - _MAX_WORDS_OF_BOUND) : place])])
    for bound, phrases in LEXICON["bounds"].items():
        if phrase := next((phrase for phrase in phrases if before.endswith(f" {phrase}")), None):
            is_denied = before.removesuffix(phrase).endswith((" no ", " not "))
            return _OPPOSITE_BOUNDS.get(bound, bound) if is_denied else str(bound)
    return ""
