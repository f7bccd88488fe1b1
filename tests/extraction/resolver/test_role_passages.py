"""Roles, offices, ages and genders that passages tell of people, and whom they mean afterwards.

Each has its speakers in the order of the text: by name, by the words that introduce somebody unnamed, or None if the
passage does not say who it is.
"""

import pytest

from tests.extraction.resolver.marked_text import resolve_names

ROLES: list[tuple[str, str, list[str | None]]] = [
    (
        "a role and a comma before the name",
        "They met the Minister of Labour, Mrs Wanjiru Oduya, in Nairobi. {The minister} said [pay had risen].",
        ["Wanjiru Oduya"],
    ),
    (
        "a role behind an owner",
        "The first witness, the club's treasurer Aldo Fabbri, wept. {The witness} said [he had signed].",
        ["Aldo Fabbri"],
    ),
    (
        "another's role and a comma",
        "They met the Minister of Labour, Wanjiru Oduya and Paul Kamau. {The treasurer} said [pay had risen].",
        [None],
    ),
    (
        "a co-author",
        (
            "{Lead author Aiko Sato} said [bees sleep]. Her co-author Anselm Voigt built the hive. {He} said [it "
            "was hot]."
        ),
        ["Aiko Sato", "Anselm Voigt"],
    ),
    (
        "initials of an office",
        "Chief Minister Devendra Patil met farmers. [“The canal will open,”] {the CM} said.",
        ["Devendra Patil"],
    ),
    (
        "initials spelt out",
        "{CEO Freya Dahl} said [sales rose]. {The chief executive} said [costs fell].",
        ["Freya Dahl", "Freya Dahl"],
    ),
    (
        "a chief minister is no chief",
        "{Chief Minister Devendra Patil} said [it rained]. {The police chief} said [roads were shut].",
        ["Devendra Patil", None],
    ),
    (
        "a mother of four",
        "{Lindiwe Maseko} said [fish was dear]. {The mother of four} said [it was hard].",
        ["Lindiwe Maseko", "Lindiwe Maseko"],
    ),
    (
        "no mother of four",
        "{Bob Lindqvist} said [fish was dear]. {The mother of four} said [it was hard].",
        ["Bob Lindqvist", None],
    ),
    (
        "an age",
        "Ivan Petrov, 44, and his brother Oleg, 31, denied theft. {The 44-year-old} said [he was asleep].",
        ["Ivan Petrov"],
    ),
    (
        "another's age",
        "{Ivan Petrov, 44,} denied [theft]. {The 31-year-old} said [he was asleep].",
        ["Ivan Petrov", None],
    ),
    (
        "a letter behind the name",
        "{Rhona Keir KC} said [the will was forged]. {The barrister} said [it was typed].",
        ["Rhona Keir", "Rhona Keir"],
    ),
    (
        "the pronoun tells the gender",
        "{Dr Nkem Obi} said [it rained]. {She} said [it poured]. {He} said [it snowed].",
        ["Nkem Obi", "Nkem Obi", None],
    ),
    (
        "a judge named after the lead",
        "A judge has freed a man. It rained. Justice Amrita Rao ruled in Pune. {The judge} said [he was ill].",
        ["Amrita Rao"],
    ),
    (
        "a lead that another follows",
        "{A lawyer} said [a man was ill]. Lawyer Amrita Rao came. {Lawyer Bela Kun} said [he was not].",
        ["A lawyer", "Bela Kun"],
    ),
]


@pytest.mark.parametrize(("marked", "names"), [case[1:] for case in ROLES], ids=[case[0] for case in ROLES])
def test_speakers_of_a_passage(marked: str, names: list[str | None]) -> None:
    assert resolve_names(marked) == names
