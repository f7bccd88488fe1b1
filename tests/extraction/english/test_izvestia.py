"""A machine-translated article with boilerplate, dashes, lone quotation marks and formulas."""

from functools import cache
from pathlib import Path

import pytest

from claims.extraction import Act, Document, EntityKind, Kind, Quotation, Resolved, extract, text_of

ARTICLE = Path(__file__).parents[4] / "shared" / "articles" / "izvestia-istanbul-talks.txt"

pytestmark = pytest.mark.beside("shared/articles/izvestia-istanbul-talks.txt")

DIRECT = [
    ("Vladimir Medinsky", "After such a vision is presented,", "to continue negotiations,"),
    ("Vladimir Medinsky", "As a rule, always, as Napoleon said,", "are conducted simultaneously."),
    ("Andrei Belousov", "We plan to jointly work out actions", "and the Russian Federation,"),
    ("Alexei Dzermant", "The fact that Russia and Belarus", "actions in our direction,"),
    ("Bogdan Bezpalko", "Zelensky will present this either", "the interests of Ukraine,'"),
    ("Bohdan Bezpalko", "We will do everything we can.", "to the negotiating table,"),
    ("Timofey Bordachev", "This issue (of the Ukrainian settlement.", "between Trump and Putin,"),
]
MIXED = [
    ("Rustem Umerov", 'Kiev would "inform soon" about', "of negotiations"),
    ("Alexander Lukashenko", "Minsk is", 'Minsk is "ready for exercises."'),
    ("Donald Trump", "his readiness to meet with the Russian leader", '"as soon as it is possible to arrange it."'),
]
INDIRECT = [
    ("Vladimir Medinsky", "Moscow took this request", "into consideration"),
    ("Vladimir Medinsky", "the Russian Federation is generally", "with Ukraine"),
    ("Vladimir Medinsky", "the Russian delegation reminded", "it was important"),
    ("Konstantin Kosachev", "The results of the negotiations", "at the moment"),
    ("Konstantin Kosachev", "this indicates that", "in March 2022"),
    ("RBC", "Russia returned 909 bodies", "in response"),
    ("Alexei Dzermant", "Although the maneuvers", "the Russian Federation"),
    ("Alexander Lukashenko", "Minsk and Moscow are actively", "missile system"),
    ("Bogdan Bezpalko", "At the same time, Moscow", "with the United States"),
    ("Timofey Bordachev", "a personal meeting", "in the Ukrainian settlement"),
    ("Donald Trump", "he could call Putin", "in Ukraine"),
]


@cache
def read_izvestia() -> tuple[str, list[Quotation]]:
    text = ARTICLE.read_text(encoding="utf-8")
    return text, extract(Document.from_text(text))


def quotations_by(name: str | None, start: str, end: str) -> list[Quotation]:
    text, quotations = read_izvestia()
    return [
        quotation
        for quotation in quotations
        if isinstance(quotation.speaker, Resolved)
        and quotation.speaker.name == name
        and text_of(text, quotation.content).startswith(start)
        and text_of(text, quotation.content).endswith(end)
    ]


@pytest.mark.parametrize(("name", "start", "end"), DIRECT)
def test_direct(name: str, start: str, end: str) -> None:
    (quotation,) = quotations_by(name, start, end)
    assert quotation.kind is Kind.DIRECT
    assert len(quotation.content) == 1


def test_no_other_direct_quotation() -> None:
    assert sum(quotation.kind is Kind.DIRECT for quotation in read_izvestia()[1]) == len(DIRECT)


@pytest.mark.parametrize(("name", "start", "end"), MIXED)
def test_mixed(name: str, start: str, end: str) -> None:
    (quotation,) = quotations_by(name, start, end)
    assert quotation.kind is Kind.MIXED


@pytest.mark.parametrize(("name", "start", "end"), INDIRECT)
def test_indirect(name: str, start: str, end: str) -> None:
    (quotation,) = quotations_by(name, start, end)
    assert quotation.kind is Kind.INDIRECT


def test_roles_and_outlets() -> None:
    text, _ = read_izvestia()
    (bordachev,) = quotations_by(*DIRECT[6])
    assert bordachev.role is not None
    assert bordachev.role.of(text).startswith("professor at the Higher School of Economics and program director")
    assert bordachev.role.of(text).endswith("the Valdai Club")
    outlets = [quotation.outlet.of(text) for case in DIRECT for quotation in quotations_by(*case) if quotation.outlet]
    assert outlets == ["Izvestia", "Izvestia", "Izvestia"]


def test_no_formula_or_pronoun_is_a_speaker() -> None:
    text, quotations = read_izvestia()
    for quotation in quotations:
        mention = text_of(text, quotation.mention).lower()
        assert mention not in {"this", "it"}
        assert "formula" not in mention


def test_named_speakers() -> None:
    stated = [quotation for quotation in read_izvestia()[1] if quotation.act is not Act.OTHER]
    named = {
        quotation.speaker.name
        for quotation in stated
        if isinstance(quotation.speaker, Resolved) and quotation.speaker.kind is EntityKind.PERSON
    }
    assert named == {case[0] for case in [*DIRECT, *MIXED, *INDIRECT] if case[0] != "RBC"} | {"Friedrich Merz"}
