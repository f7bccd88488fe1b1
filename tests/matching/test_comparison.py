"""Two claims: whether they say the same, and in what they differ."""

import json
from collections import Counter
from pathlib import Path

import pytest

from claims.matching import Comparison, DifferenceKind, compare_claims

PAIRS = [json.loads(line) for line in (Path(__file__).parent / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
SPREAD = "Rumours of a {} spread through the {} on Monday."


def kinds(comparison: Comparison) -> list[DifferenceKind]:
    return [difference.kind for difference in comparison.differences]


def test_pairs_of_claims_are_told_apart() -> None:
    outcomes: Counter[tuple[bool, bool]] = Counter()
    named = 0
    for pair in PAIRS:
        comparison = compare_claims(pair["a"], pair["b"])
        outcomes[pair["same"], comparison.is_same] += 1
        named += not pair["same"] and pair["difference"] in kinds(comparison)
    assert outcomes[False, True] <= 1, "a contradiction is called the same"
    assert outcomes[True, True] / (outcomes[True, True] + outcomes[True, False]) >= 0.95
    assert named / sum(not pair["same"] for pair in PAIRS) >= 0.95


@pytest.mark.parametrize(
    ("first", "second", "kind", "words"),
    [
        ("About 40,000 people came.", "About 400,000 people came.", "number", ("40,000", "400,000")),
        ("It cost 3 million euros.", "It cost 3 billion euros.", "unit", ("3 million euros", "3 billion euros")),
        ("Wages rose in May.", "Wages rose in June.", "date", ("May", "June")),
        ("The mine will close.", "The mine will not close.", "negation", ("", "not")),
        ("Wages rose in May.", "Wages fell in May.", "antonym", ("rose", "fell")),
        ("Ghana sued Togo in 2004.", "Togo sued Ghana in 2004.", "role", ("Ghana sued Togo", "Togo sued Ghana")),
        ("All miners survived.", "Some miners survived.", "quantifier", ("All", "Some")),
        ("The wolf was seen near Lorne.", "The wolf was seen near Calder.", "place", ("Lorne", "Calder")),
        ("The bank will close.", "The bank may close.", "modality", ("will", "may")),
        ("Meat prices rose in 2022.", "Meat and dairy prices rose in 2022.", "scope", ("", "dairy")),
    ],
    ids=lambda value: value if isinstance(value, str) and value in set(DifferenceKind) else "",
)
def test_a_difference_names_its_words(first: str, second: str, kind: str, words: tuple[str, str]) -> None:
    comparison = compare_claims(first, second)
    found = next(difference for difference in comparison.differences if difference.kind == kind)
    assert (first[slice(*found.first)], second[slice(*found.second)]) == words
    swapped = compare_claims(second, first)
    assert (swapped.is_same, set(kinds(swapped))) == (comparison.is_same, set(kinds(comparison)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The lake is 40 km long.", "The lake has a length of forty kilometres."),
        ("Ghana was sued by Togo.", "Togo sued Ghana."),
        ("Half of the farms were sold.", "50 % of the farms were sold."),
        ("The firm did not accept the offer.", "The firm turned down the offer."),
        ("The state sold the port to a bank.", "A bank bought the port from the state."),
    ],
    ids=["unit", "passive", "share", "denied opposite", "converse verb"],
)
def test_the_same_in_other_words(first: str, second: str) -> None:
    assert compare_claims(first, second).is_same


def test_claims_about_other_things_are_not_the_same() -> None:
    comparison = compare_claims(SPREAD.format("strike", "port"), "The orchestra plays Mahler in the spring.")
    assert not comparison.is_same
    assert comparison.likeness < 0.3


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "—",
        "1" * 5000,
        "a" * 100_000,
        "4 " * 5000,
        "from to " * 3000,
        "\x00\u202e\U0001f40b",
        "½ ٣ 三 5%",
        "$",
        "1,",
        "one",
    ],
    ids=[
        "empty",
        "space",
        "mark",
        "dash",
        "digits",
        "letters",
        "numbers",
        "words",
        "odd",
        "scripts",
        "sign",
        "comma",
        "one",
    ],
)
def test_any_text_can_be_compared(text: str) -> None:
    for first, second in ((text, text), (text, "Ghana owes Togo 4 million dollars."), ("Wages fell.", text)):
        for difference in compare_claims(first, second).differences:
            assert 0 <= difference.first.start <= difference.first.end <= len(first)
            assert 0 <= difference.second.start <= difference.second.end <= len(second)
