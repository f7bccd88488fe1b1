"""Whom pronouns mean in passages of several genres: crime, courts, wire, politics, sport, business, families.

Each has its speakers in the order of the text: by name, by the words that introduce somebody unnamed, or None if the
passage does not say who it is.
"""

import pytest

from tests.extraction.english.resolver.marked_text import resolve_names

PRONOUNS: list[tuple[str, str, list[str | None]]] = [
    (
        "crime: she is the unnamed victim",
        "Kevin Marsh followed a woman home from the station. {She} told [police that he had a knife].",
        ["a woman"],
    ),
    (
        "crime: he is the victim, a man",
        (
            "{Sergeant Omar Haddad} said [the shop was robbed]. A man was stabbed in the leg. {He} told [officers "
            "that two boys ran off]."
        ),
        ["Omar Haddad", "A man"],
    ),
    (
        "crime: she is never a man",
        "{Inspector Paul Byrne} said [the house was empty]. {She} told [neighbours that she was leaving].",
        ["Paul Byrne", None],
    ),
    (
        "crime: the speaker before the suspect",
        "{Detective John Mbeki} said [Thabo Nkosi was armed]. {He} said [the search went on].",
        ["John Mbeki", "John Mbeki"],
    ),
    (
        "crime: the suspect is arrested",
        (
            "{Superintendent Mark Doyle} said [the arrest was a relief]. [Sean Kelly had been on the run for a "
            "month], {he} said."
        ),
        ["Mark Doyle", "Mark Doyle"],
    ),
    (
        "court: the defendant after the judge",
        "The judge adjourned the case. {He} said [the report was late].",
        [None],
    ),
    (
        "court: the judge after the defendant",
        "Ivan Petrov, 44, sat in the dock. The judge spoke for an hour. {He} said [the crime was cruel].",
        [None],
    ),
    (
        "court: the defendant's own words",
        (
            "Former nurse Helen Ward denies theft. Giving evidence, Ms Ward wept. {She} told [the court that she "
            "had debts]."
        ),
        ["Helen Ward"],
    ),
    (
        "court: the witness after the accused",
        "Rajesh Gupta denies the charge. {A witness} said [the car was red]. {He} said [it did not stop].",
        ["A witness", "A witness"],
    ),
    (
        "court: the prosecutor goes on",
        "{Prosecutor Eva Lund} said [Jonas Berg planned it]. {She} said [he bought a rope].",
        ["Eva Lund", "Eva Lund"],
    ),
    (
        "wire: he is the unnamed spokesman",
        (
            "President Paul Biko left for Geneva. {A spokesman} said [he would return on Sunday]. {He} did not say "
            "[why]."
        ),
        ["A spokesman", "A spokesman"],
    ),
    (
        "wire: the sentence's own subject",
        (
            "{Mr Sergei Orlov} said [the gas would flow]. Viktor Bondar left the room when {he} said [the price "
            "was too high]."
        ),
        ["Sergei Orlov", "Viktor Bondar"],
    ),
    (
        "wire: the subject of the sentence before",
        (
            "{Bishop Carlos Vega} said [the church was shut]. Mayor Luis Pena visited the town. {He} said [the "
            "roof would be mended]."
        ),
        ["Carlos Vega", "Luis Pena"],
    ),
    (
        "wire: the object of the sentence before",
        "Mayor Luis Pena met Carlos Vega on Monday. {He} said [the talks were good].",
        ["Luis Pena"],
    ),
    (
        "politics: two men side by side",
        "Joseph Owusu and Kofi Mensah shared a stage in Accra. {He} said [the vote was fair].",
        [None],
    ),
    (
        "politics: the last speaker before the topic",
        (
            "Donald Krill has sued the bank. Mr Krill wants his money. Mr Krill is 70. {Analyst Philip Nagy} said "
            "[the case was weak]. {He} added [that it could take years]."
        ),
        ["Philip Nagy", "Philip Nagy"],
    ),
    (
        "politics: an unnamed aide, then she",
        (
            "{Senator Emily Hart} said [the bill was dead]. {Her spokesman} said [it was asleep]. {She} said [she "
            "would try again]."
        ),
        ["Emily Hart", None, "Emily Hart"],
    ),
    (
        "sport: the manager of the scorer",
        ("Didier Kone scored twice. {Manager Steve Ball} praised [the striker]. {He} said [Kone had trained hard]."),
        ["Steve Ball", "Steve Ball"],
    ),
    (
        "sport: she beat her",
        "Vera Adler beat Maria Sousa in three sets. {She} said [the heat was awful].",
        ["Vera Adler"],
    ),
    (
        "business: who took over from whom",
        (
            "{Chairman Brian Holt} said [the bid was too low]. Mr Holt had replaced Ian Frost. {He} said [the "
            "board agreed]."
        ),
        ["Brian Holt", "Brian Holt"],
    ),
    (
        "family: his wife",
        "Miner Pedro Alva died in the shaft. {His wife} said [he was careful]. {She} said [the lamps were old].",
        [None, None],
    ),
    (
        "family: her father",
        "Nadia Karim, 15, is missing. {Her father} said [she left for school]. {He} said [she had no phone].",
        [None, None],
    ),
    (
        "family: the daughter of a man",
        (
            "{Rosa Vidal, the daughter of Marco Vidal,} says [her father is in prison]. And {she} says [nobody "
            "told them]."
        ),
        ["Rosa Vidal", "Rosa Vidal"],
    ),
    (
        "science: he after a team",
        "A team led by Oleg Tarasov found the gene. {He} said [it was luck].",
        ["Oleg Tarasov"],
    ),
    (
        "health: the doctor and the patient",
        "Dr Samuel Adeyemi treated a girl of nine. {She} said [it hurt].",
        ["a girl"],
    ),
]


@pytest.mark.parametrize(("marked", "names"), [case[1:] for case in PRONOUNS], ids=[case[0] for case in PRONOUNS])
def test_speakers_of_a_passage(marked: str, names: list[str | None]) -> None:
    assert resolve_names(marked) == names
