"""Two claims: whether they say the same, and in what they differ."""

import json
from collections import Counter
from pathlib import Path

import pytest

from claims.matching import Comparison, DifferenceKind, compare_claims

FOLDER = Path(__file__).parent
SPREAD = "Rumours of a {} spread through the {} on Monday."


def kinds(comparison: Comparison) -> list[DifferenceKind]:
    return [difference.kind for difference in comparison.differences]


@pytest.mark.parametrize(
    ("file", "most_wrong", "recall", "kinds_named"),
    [
        ("pairs", 1, 0.95, 0.95),
        ("pairs_more", 1, 0.9, 0.95),
        ("pairs_held_out", 1, 0.85, 0.95),
        ("pairs_hard", 3, 0.88, 0.96),
        ("pairs_fresh", 1, 0.75, 0.93),
    ],
    ids=["first", "more", "held out", "hard", "fresh"],
)
def test_pairs_of_claims_are_told_apart(file: str, most_wrong: int, recall: float, kinds_named: float) -> None:
    pairs = [json.loads(line) for line in (FOLDER / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()]
    outcomes: Counter[tuple[bool, bool]] = Counter()
    named = 0
    for pair in pairs:
        comparison = compare_claims(pair["a"], pair["b"])
        outcomes[pair["same"], comparison.is_same] += 1
        named += not pair["same"] and pair["difference"] in kinds(comparison)
    assert outcomes[False, True] <= most_wrong, "a contradiction is called the same"
    assert outcomes[True, True] / (outcomes[True, True] + outcomes[True, False]) >= recall
    assert named / sum(not pair["same"] for pair in pairs) >= kinds_named


@pytest.mark.parametrize(
    ("first", "second", "kind", "words"),
    [
        ("About 40,000 people came.", "About 400,000 people came.", "number", ("40,000", "400,000")),
        ("It cost 3 million euros.", "It cost 3 billion euros.", "unit", ("3 million euros", "3 billion euros")),
        ("Wages rose in May.", "Wages rose in June.", "date", ("May", "June")),
        ("The mine will close.", "The mine will not close.", "negation", ("", "not")),
        (
            "Roads are open and ports are full.",
            "Roads are not open and ports not full.",
            "negation",
            ("", "not open and ports not"),
        ),
        ("Wages rose in May.", "Wages fell in May.", "antonym", ("rose", "fell")),
        ("Ghana sued Togo in 2004.", "Togo sued Ghana in 2004.", "role", ("Ghana sued Togo", "Togo sued Ghana")),
        ("All miners survived.", "Some miners survived.", "quantifier", ("All", "Some")),
        ("The wolf was seen near Lorne.", "The wolf was seen near Calder.", "place", ("Lorne", "Calder")),
        ("The bank will close.", "The bank may close.", "modality", ("will", "may")),
        ("Women over 50 pay less.", "Women pay less.", "scope", ("50", "")),
        ("Airbus lost the contract.", "Boeing lost the contract.", "entity", ("Airbus", "Boeing")),
        ("Austria signed the pact.", "Australia signed the pact.", "entity", ("Austria", "Australia")),
        ("The firm closed its mine.", "The firm sold its mine.", "antonym", ("closed", "sold")),
        (
            "Uber paid the union.",
            "The sum was paid to Uber by the union.",
            "role",
            ("Uber paid the union", "Uber by the union"),
        ),
        (
            "Ghana owes more than Togo.",
            "Togo owes more than Ghana.",
            "role",
            ("Ghana owes more than Togo", "Togo owes more than Ghana"),
        ),
        ("Nurses in private clinics got a bonus.", "Nurses got a bonus.", "scope", ("private clinics", "")),
        ("Fuel costs 2 euros a litre.", "Fuel costs 2 euros a gallon.", "unit", ("litre", "gallon")),
        ("The WHO approved it.", "The FDA approved it.", "entity", ("WHO", "FDA")),
        ("The judge freed the men.", "The men were jailed by the judge.", "antonym", ("freed", "jailed")),
        (
            "Ghana beat Togo in the final.",
            "In the final Ghana was beaten by Togo.",
            "role",
            ("Ghana beat Togo", "Ghana was beaten by Togo"),
        ),
        ("It holds 60 cubic metres.", "It holds 60 litres.", "unit", ("60 cubic metres", "60 litres")),
        ("Voters need to show a card.", "Voters can show a card.", "modality", ("need", "can")),
        ("Some vaccines contain mercury.", "No vaccines contain mercury.", "quantifier", ("Some", "No")),
        ("It flows from Chad into Togo.", "It flows from Togo into Chad.", "place", ("Chad", "Togo")),
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
        ("The police counted 40,000 people.", "THE POLICE COUNTED 40,000 PEOPLE."),
        ("Crime among Spaniards fell.", "In Spain crime fell."),
        ("Rents rose from 400 to 600 euros.", "Rents increased from 400 euros to 600 euros."),
        ("Nurses work unpaid overtime.", "Nurses work overtime without pay."),
        ("Emissions are the lowest since 1990.", "Emissions have never been lower since 1990."),
        ("The king vetoed the law that would ban plastic bags.", "A law banning plastic bags was vetoed by the king."),
        ("Ghana and Togo built the dam.", "The dam was built by Ghana and Togo."),
        ("The dam supplies power to the villages.", "The villages get power from the dam."),
        ("Crime was halved in 2019.", "In 2019 crime was cut by half."),
        ("Migrants commit fewer crimes than citizens.", "Citizens commit more crimes than migrants."),
        ("The king said that he would not resign.", "The king said he will not resign."),
        ("Filming the police is a crime.", "It is illegal to film the police."),
    ],
    ids=[
        "unit",
        "passive",
        "share",
        "denied opposite",
        "converse verb",
        "capitals",
        "people of a country",
        "unit of a range",
        "negative prefix",
        "denied comparative",
        "relative clause",
        "several agents",
        "light converse verb",
        "half",
        "comparison turned round",
        "reported",
        "illegal",
    ],
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
