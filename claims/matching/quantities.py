"""Reads quantities: numbers in digits and words, with magnitude, unit, currency, share and bound."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from claims.matching.difference import Span
from claims.matching.lexicon import LEXICON
from claims.matching.words import Word, joined_span

_SMALL = {word: number for number, word in enumerate(LEXICON["numbers"].split())} | {
    word: 10 * number for number, word in enumerate(LEXICON["tens"].split(), start=2)
}
_MAGNITUDES = LEXICON["magnitudes"] | {
    f"{word}s": value for word, value in LEXICON["magnitudes"].items() if len(word) > 2
}
_ABBREVIATED_MAGNITUDES = frozenset(["k", "m", "b"])  # directly after the digits
_PARTS = LEXICON["parts"] | {f"{word}s": value for word, value in LEXICON["parts"].items() if word[-1] != "s"}
_MULTIPLES = {
    form: Fraction(str(value))
    for word, value in LEXICON["multiples"].items()
    for form in (word, f"{word}d" if word[-1] == "e" else f"{word}ed", f"{word}s")
}
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
    for reader in (_read_share, _read_multiple, _read_number):
        found = reader(words, place)
        if found is not None:
            break
    else:
        return None
    value, end, unit = found
    if any(number in taken for number in range(place, end)):
        return None
    if not unit:
        unit, end = (currency, end) if currency else _read_unit(words, end)
    dimension, factor = _UNITS.get(unit, (unit, Fraction(1)))
    return Quantity(
        value * factor,
        dimension,
        _bound_before(words, start),
        start,
        end,
        joined_span(words[start:end]),
        value if reader is _read_share else _leading_count(words, start, value),
        factor,
    )


def _read_number(words: Sequence[Word], place: int) -> tuple[Fraction, int, str] | None:
    """40,000; 1.2 billion; forty thousand; fifteen hundred; a dozen; 25k."""
    total, current, end = Fraction(0), None, place
    while end < len(words):
        word, value = words[end].lower, _number(words[end].lower)
        if value is not None and (current is None or _continues(current, value, word)):
            current = (current or Fraction(0)) + value
        elif word in _MAGNITUDES and _is_magnitude(words, end, begins=end == place):
            current = (1 if current is None else current) * Fraction(_MAGNITUDES[word])
            if _MAGNITUDES[word] >= 1000:
                total, current = total + current, None
        elif not (end > place and _joins_numbers(words, end)):
            break
        end += 1
    is_pronoun = (
        words[place].lower == "one" and end == place + 1 and not (end < len(words) and words[end].lower in _UNITS)
    )
    return None if end == place or is_pronoun else (total + (current or 0), end, "")


def _continues(current: Fraction, value: Fraction, word: str) -> bool:
    """Whether a number goes on with a word: forty-five, two hundred and ten."""
    return not word[0].isdigit() and (current % 100 == 0 or (current % 100 >= 20 and value < 10 and current % 10 == 0))


def _is_magnitude(words: Sequence[Word], place: int, *, begins: bool) -> bool:
    """Whether "million" or "m" multiplies what stands before it, or stands for one: "a million", "dozens"."""
    word = words[place].lower
    if word in _ABBREVIATED_MAGNITUDES:
        return not begins and words[place].span.start == words[place - 1].span.end
    return (
        not begins or word == "dozen" or (place > 0 and words[place - 1].lower in {"a", "an", "per", "several", "half"})
    )


def _joins_numbers(words: Sequence[Word], place: int) -> bool:
    if place + 1 >= len(words) or words[place + 1].lower not in _SMALL:
        return False
    before = words[place - 1].lower
    return (words[place].lower == "and" and before == "hundred") or (words[place].lower == "-" and before in _SMALL)


def _number(word: str) -> Fraction | None:
    return _digits(word) if word[0].isdigit() else Fraction(_SMALL[word]) if word in _SMALL else None


def _leading_count(words: Sequence[Word], place: int, value: Fraction) -> Fraction:
    """Returns 30 of "30 million", else the value itself."""
    for word in words[place : place + 2]:
        count = _number(word.lower)
        if count is not None:
            return count
    return value


def _digits(word: str) -> Fraction | None:
    if not word[0].isdigit():
        return None
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", word):
        return Fraction(word.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", word):
        return Fraction(word.replace(".", ""))
    if re.fullmatch(r"\d+([.,]\d+)?", word):
        return Fraction(word.replace(",", "."))
    return None


def _after_article(words: Sequence[Word], place: int) -> bool:
    return (place > 0 and words[place - 1].lower in {"a", "an", "one", "per", "several", "half"}) or words[
        place
    ].lower == "dozen"


def _counts(words: Sequence[Word], end: int) -> bool:
    """Whether a "one" that ends here is a number: "one million", "one metre", "one of", "one or two"."""
    return end < len(words) and words[end].lower in _UNITS


def _read_share(words: Sequence[Word], place: int) -> tuple[Fraction, int, str] | None:
    """Half, a third, two thirds, nine in ten, four out of five, three of the four, every fifth: in percent."""
    word = words[place].lower
    following = [each.lower for each in words[place + 1 : place + 4]] + [""] * 3
    if word == "half" and following[0] != "-":
        return Fraction(50), place + 1, "percent"
    if word in {"a", "one", "every"} and following[0] in _PARTS and (word == "every" or not _is_rank(words, place)):
        return Fraction(100, _PARTS[following[0]]), place + 2, "percent"
    number = _number(word)
    if number is None:
        return None
    part = place + 2 if following[0] == "-" else place + 1
    if part < len(words) and words[part].lower in _PARTS and words[part].lower.endswith("s") and number < 20:
        return 100 * number / _PARTS[words[part].lower], part + 1, "percent"
    if following[:2] == ["out", "of"] or (following[0] == "of" and following[1] in {"the", "its", "their", "all"}):
        link = 2
    elif following[0] == "in":
        link = 1
    else:
        return None
    whole = _number(following[link]) if following[link] else None
    return (100 * number / whole, place + 2 + link, "percent") if whole and number <= whole <= 1000 else None


def _is_rank(words: Sequence[Word], place: int) -> bool:
    """Whether "a third" is the third of a row: "a third man", and not "a third of", "by a third"."""
    after = words[place + 2].lower if place + 2 < len(words) else "."
    return after not in {
        "of",
        ".",
        ",",
        "in",
        "since",
        "over",
        "last",
        "this",
        "more",
        "less",
        "to",
        "from",
        "during",
        "the",
        "while",
        "when",
        "after",
        "before",
        "because",
        "and",
        "but",
        "by",
        "on",
        "at",
        "as",
        "than",
    }


def _read_multiple(words: Sequence[Word], place: int) -> tuple[Fraction, int, str] | None:
    """Doubled, tripled, threefold: as the percentage by which something grew."""
    multiple: Fraction | None = _MULTIPLES.get(words[place].lower)
    end = place + 1
    after = [word.lower for word in words[place + 1 : place + 3]]
    if (
        multiple is None
        and after[:1] == ["times"]
        and after[1:]
        and after[1] in {"as", "the", "more", "higher", "what"}
    ):
        multiple, end = _number(words[place].lower), place + 2
    return None if multiple is None else (abs(multiple - 1) * 100, end, "percent")


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
