"""Roles, offices, ages and genders that passages tell of people, and whom they mean afterwards.

Each has its speakers in the order of the text: by name, by the words that introduce somebody unnamed, or None if the
passage does not say who it is.
"""

import pytest

from tests.extraction.english.resolver.marked_text import resolve_names

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
    (
        "a director's age",
        (
            "Director Ken Marlow has won the top prize at Cannes for his drama about miners.\n{The 68-year-old} "
            "dedicated [the award to his father]. [“He went down the pit at 14,”] {Marlow} said.\nActress Juliet "
            "Moreau, who plays the lead, cried on stage. [“I owe Ken everything,”] {she} said."
        ),
        ["Ken Marlow", "Ken Marlow", "Juliet Moreau"],
    ),
    (
        "a member of a party",
        (
            "Home Secretary Charles Clarkson defended plans for identity cards.\n{Mr Clarkson} told [MPs that the "
            "cards would cut fraud]. {Shadow home secretary David Dean} called [them a plastic poll tax]. {The "
            "Conservative} said [his party would vote against the bill]."
        ),
        ["Charles Clarkson", "David Dean", "David Dean"],
    ),
    (
        "a freed hostage",
        (
            "A hostage freed in Baghdad has spoken of her ordeal.\nGiulia Sgreni, 56, was held for a month. {The "
            "journalist} said [her captors had treated her well]. {Her partner, Pietro Scolari,} said [he had "
            "never lost hope]. {He} thanked [the government]."
        ),
        ["Giulia Sgreni", "Pietro Scolari", "Pietro Scolari"],
    ),
    (
        "a sub-inspector is an officer",
        (
            "A 22-year-old student was found hanging in her hostel in Kota on Friday.\n{Sub-inspector Ramesh Meena} "
            "said [no note was found]. {The officer} said [her parents had been informed]. {Her roommate} told "
            "[police that she had been upset]."
        ),
        ["Ramesh Meena", "Ramesh Meena", None],
    ),
    (
        "a party's leader, then another's",
        (
            "Union Minister Kiran Deshpande on Monday attacked the opposition.\n[“They have no agenda,”] {he} told "
            "ANI. {The BJP leader} said [the people would reply]. Congress spokesperson Alka Sethi hit back. [“The "
            "minister should resign,”] {she} said."
        ),
        ["Kiran Deshpande", "Kiran Deshpande", "Alka Sethi"],
    ),
    (
        "two scholars",
        (
            "Dr Helen Frost of Leeds University led the dig. [“We found a whole village,”] {the archaeologist} "
            "said. {Local historian Peter Wynn} said [it changed everything]. {The historian} hopes [a museum will "
            "follow]."
        ),
        ["Helen Frost", "Peter Wynn", "Peter Wynn"],
    ),
    (
        "a president nobody named",
        "{Senator Julie Ames} said [the war was lost]. {The president} said [it was not].",
        ["Julie Ames", None],
    ),
    (
        "an actress is no critic",
        "{Critic Paul Stone} said [the film was dull]. {The actress} said [she was proud of it].",
        ["Paul Stone", None],
    ),
    (
        "a striker is no referee",
        "{Referee Mike Deane} said [it was a penalty]. {The striker} said [he had dived].",
        ["Mike Deane", None],
    ),
    (
        "a suspect and he",
        (
            "{Constable Amy Nash} said [the car was stopped at noon]. {The suspect} said [he had borrowed it]. "
            "{He} gave [a false name]."
        ),
        ["Amy Nash", None, None],
    ),
    (
        "a pensioner is no councillor",
        "{Councillor Brian Ash} said [the lift would be mended]. {The pensioner} said [she had waited a year].",
        ["Brian Ash", None],
    ),
    (
        "a governor and a bishop",
        (
            "Governor Peter Obaseki was criticised by Bishop Mark Ade. {The governor} said [the bishop was wrong]. "
            "{The bishop} said [he was right]."
        ),
        ["Peter Obaseki", "Mark Ade"],
    ),
    (
        "a husband in between",
        ("Mayor Rosa Blum, whose husband Karl Blum owns the land, defended the sale. {She} said [the price was fair]."),
        ["Rosa Blum"],
    ),
    (
        "a lawyer is not told by age",
        "{His lawyer, Olivia Metz,} said [he would appeal]. {The 33-year-old} showed [no emotion].",
        ["Olivia Metz", None],
    ),
    (
        "a role behind a country and a comma",
        "Kenya's finance minister, Njuguna Ndirangu, ruled out a loan. {The minister} said [debt would fall].",
        ["Njuguna Ndirangu"],
    ),
    (
        "she is rather a woman than one who may be",
        ("Mrs Birgit Falk heard the whale. Professor Quillan Ruud dismissed the tapes. {She} said [it was a diploma]."),
        [None],
    ),
    (
        "a lead, and the name in the next sentences",
        "{A Pune judge} said [the mine must close]. The mine is old. Justice Amrita Rao ruled on Monday.",
        ["Amrita Rao"],
    ),
    (
        "a lead, and another's name far below",
        "{A Pune judge} said [the mine closes]. It is old. It is deep. It is wet. It is dark. Justice Amrita Rao ran.",
        ["A Pune judge"],
    ),
    (
        "a lead, and two of that office",
        "{A Pune judge} said [the mine must close]. Justice Amrita Rao and Judge Vikram Sen came.",
        ["A Pune judge"],
    ),
]


@pytest.mark.parametrize(("marked", "names"), [case[1:] for case in ROLES], ids=[case[0] for case in ROLES])
def test_speakers_of_a_passage(marked: str, names: list[str | None]) -> None:
    assert resolve_names(marked) == names
