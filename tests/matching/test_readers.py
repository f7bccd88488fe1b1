"""What is read of a claim: quantities, dates, denials, quantifiers and modality."""

from fractions import Fraction

import pytest

from claims.matching.reading.modality import Modality, find_modality
from claims.matching.reading.periods import expand_quarters, find_periods
from claims.matching.reading.phrases import join_phrases
from claims.matching.reading.polarity import are_opposites, find_denials
from claims.matching.reading.quantifiers import find_quantifiers
from claims.matching.reading.quantities import find_quantities
from claims.matching.reading.words import split_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40,000 people", [(40_000, "", "")]),
        ("forty-five thousand people", [(45_000, "", "")]),
        ("two hundred and ten ships", [(210, "", "")]),
        ("fifteen hundred pupils", [(1500, "", "")]),
        ("0.4 million passengers", [(400_000, "", "")]),
        ("25k followers", [(25_000, "", "")]),
        ("£18m", [(18_000_000, "pound", "")]),
        ("about 3 per cent", [(3, "percent", "~")]),
        ("4 percentage points", [(4, "percentage point", "")]),
        ("no fewer than 12 km", [(12_000, "metre", ">=")]),
        ("not more than 5 tonnes", [(5_000_000, "gram", "<=")]),
        ("four out of five voters", [(80, "percent", "")]),
        ("two thirds of them", [(Fraction(200, 3), "percent", "")]),
        ("every fifth teenager", [(20, "percent", "")]),
        ("prices doubled", [(100, "percent", "")]),
        ("three times as much", [(200, "percent", "")]),
        ("a four-year term", [(48, "month", "")]),
        ("one said so", []),
        ("the third man", []),
        ("ten, twenty", [(10, "", ""), (20, "", "")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_quantities(text: str, expected: list[tuple[Fraction | int, str, str]]) -> None:
    found = find_quantities(split_words(text))
    assert [(quantity.value, quantity.dimension, quantity.bound) for quantity in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 4 May 2016", {"day": 4, "month": 5, "year": 2016}),
        ("on May 4th", {"day": 4, "month": 5}),
        ("they may march", {}),
        ("in March", {"month": 3}),
        ("2000 people came", {}),
        ("since 1998", {"year": 1998}),
        ("on Mondays", {"weekday": 0}),
        ("in the nineteenth century", {"century": 19}),
        ("between April and June", {"quarter": 2}),
        ("the first three months", {"quarter": 1}),
        ("at 9 p.m.", {"hour": 21}),
        ("at nine in the morning", {"hour": 9}),
        ("at midnight", {"hour": 0}),
        ("prices fall sharply", {}),
        ("last year", {"relative year": -1}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_periods(text: str, expected: dict[str, object]) -> None:
    words = split_words(text)
    assert {period.field: period.value for period in expand_quarters(find_periods(words), words)} == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("She did not come.", 1),
        ("She didn't come.", 1),
        ("They no longer fly.", 1),
        ("They failed to pay.", 1),
        ("The strike was called off.", 1),
        ("Not only wages fell.", 0),
        ("No fewer than 20 came.", 0),
        ("They came.", 0),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_denials(text: str, count: int) -> None:
    assert len(find_denials(join_phrases(split_words(text), []))) == count


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("rose", "fell", True), ("accepted", "refused", True), ("happy", "unhappy", True), ("rose", "grew", False)],
    ids=["verbs", "accept", "prefix", "same side"],
)
def test_opposites(first: str, second: str, *, expected: bool) -> None:
    assert are_opposites(*split_words(f"{first} {second}")) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All of the hikers", ["all"]),
        ("A majority of voters", ["most"]),
        ("None of the samples", ["none"]),
        ("the most expensive car", []),
        ("some 200 cars", []),
        ("how many came", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_quantifiers(text: str, expected: list[str]) -> None:
    assert [quantifier.extent for quantifier in find_quantifiers(split_words(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It will close.", Modality.FUTURE),
        ("It is going to close.", Modality.FUTURE),
        ("It may close.", Modality.POSSIBILITY),
        ("It must close.", Modality.DUTY),
        ("It should close.", Modality.ADVICE),
        ("They plan to close it.", Modality.INTENTION),
        ("It would close if they left.", Modality.CONDITION),
        ("It closed in May.", Modality.FACT),
    ],
    ids=lambda value: value if isinstance(value, str) and not isinstance(value, Modality) else "",
)
def test_modality(text: str, expected: Modality) -> None:
    assert find_modality(split_words(text)).modality == expected
