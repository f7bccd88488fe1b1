"""Whom noun phrases mean in passages of several genres: sport, politics, science, business, courts, crime, wire.

Each has its speakers in the order of the text: by name, by the words that introduce somebody unnamed, or None if the
passage does not say who it is.
"""

import pytest

from tests.extraction.english.resolver.marked_text import resolve_names

NOMINALS: list[tuple[str, str, list[str | None]]] = [
    (
        "sport: a defender",
        (
            "Leeds have signed Pedro Maas from Utrecht for five million pounds.\n[“I want to win things here,”] "
            "{the 24-year-old defender} said."
        ),
        ["Pedro Maas"],
    ),
    (
        "sport: a nationality",
        "Rovers manager Louis Dekker praised his side.\n[“We were not sharp,”] {the Dutchman} said.",
        ["Louis Dekker"],
    ),
    (
        "sport: an age",
        (
            "Amara Okafor won the 800 metres in Lagos.\n{The 25-year-old} said [it was her best race]. [“I felt "
            "strong,”] {she} said."
        ),
        ["Amara Okafor", "Amara Okafor"],
    ),
    (
        "sport: the other team's coach",
        (
            "{Chelsea coach Ruud Janssen} said [his team deserved it]. {Villa captain Gareth Pike} said [it was "
            "unfair]. [“We hit the post twice,”] {the captain} added. {The coach} said [he was proud]."
        ),
        ["Ruud Janssen", "Gareth Pike", "Gareth Pike", "Ruud Janssen"],
    ),
    (
        "sport: the former champion",
        (
            "Serena Holm lost to Ana Petrova in two sets.\n[“She served well,”] {Holm} said. {The former Wimbledon "
            "champion} said [she would rest]."
        ),
        ["Serena Holm", "Serena Holm"],
    ),
    (
        "sport: the striker is not the manager",
        "{Manager Alan Firth} said [the club had no money]. {The striker} said [he wanted to stay].",
        ["Alan Firth", None],
    ),
    (
        "politics: the minister who spoke",
        (
            "{Health Minister Zweli Dlamini} told [reporters that clinics would open]. {The minister} said [drugs "
            "were on the way]."
        ),
        ["Zweli Dlamini", "Zweli Dlamini"],
    ),
    (
        "politics: the party's leader",
        (
            "{Kenji Sato} opened the congress in Osaka and said [taxes must fall]. {The Liberal leader} said "
            "[voters were tired]."
        ),
        ["Kenji Sato", "Kenji Sato"],
    ),
    (
        "politics: the MP for a place",
        "Tom Harding resigned on Tuesday. {The Labour MP} said [he had lost trust in the whips].",
        ["Tom Harding"],
    ),
    (
        "politics: another minister",
        ("{Prime Minister Ravi Menon} said [the bill would pass]. {The finance minister} said [it would cost little]."),
        ["Ravi Menon", None],
    ),
    (
        "politics: a minister nobody named",
        "{Opposition leader Grace Banda} said [prices had doubled]. {The minister} said [that was false].",
        ["Grace Banda", None],
    ),
    (
        "science: the researcher",
        (
            "The study was led by Professor Maria Costa of the University of Porto. [“Mice lived longer,”] {the "
            "researcher} said."
        ),
        ["Maria Costa"],
    ),
    (
        "science: the expert after two paragraphs",
        (
            "{Dr Ingrid Sund}, a virologist, said [the strain was mild].\nCases rose in June.\n[“Nobody should "
            "panic,”] {the virologist} said."
        ),
        ["Ingrid Sund", "Ingrid Sund"],
    ),
    (
        "science: a second scientist has no name",
        (
            "{Professor Li Wei} said [the test worked]. {Another scientist} said [it did not]. {The scientist} "
            "said [more work was needed]."
        ),
        ["Li Wei", "Another scientist", "Another scientist"],
    ),
    (
        "business: the chief executive",
        (
            "{Carla Ruiz, chief executive of Banco Sol,} said [profits rose]. {The executive} said [more branches "
            "would open]."
        ),
        ["Carla Ruiz", "Carla Ruiz"],
    ),
    (
        "business: the billionaire",
        "Naveen Shah sold half of his shares in the airline. [“It was time,”] {the billionaire} said.",
        ["Naveen Shah"],
    ),
    (
        "business: the analyst is not the boss",
        (
            "{Boss Peter Lang} said [sales were strong]. {An analyst at Cazenove} called [it a surprise]. {The "
            "analyst} said [costs would rise]."
        ),
        ["Peter Lang", "An analyst at Cazenove", "An analyst at Cazenove"],
    ),
    (
        "wire: a spokesman without a name",
        (
            "President Hassan Farah flew to Djibouti. {A spokesman for the president} said [the talks went well]. "
            "{The spokesman} said [another round would follow]."
        ),
        ["A spokesman for the president", "A spokesman for the president"],
    ),
    (
        "wire: a spokesman after a named person",
        (
            "{Captain Joao Mendes} said [the ship was safe]. {A navy spokeswoman} said [two men were missing]. "
            "{The spokeswoman} gave [no names]."
        ),
        ["Joao Mendes", "A navy spokeswoman", "A navy spokeswoman"],
    ),
    (
        "wire: the spokesman for someone else",
        (
            "{Ali Reza, a spokesman for the ministry,} said [two were hurt]. {A hospital spokesman} said [it was "
            "five]. {The ministry spokesman} said [there would be an inquiry]."
        ),
        ["Ali Reza", "A hospital spokesman", "Ali Reza"],
    ),
    (
        "wire: an official",
        (
            "{A senior official in Manila} told [the agency that the dam held]. {The official}, who asked not to "
            "be named, said [it could still burst]."
        ),
        ["A senior official in Manila", "A senior official in Manila"],
    ),
    (
        "entertainment: the actress",
        "Lupita Mwangi won best actress for the film. [“I cried,”] {the actress} said.",
        ["Lupita Mwangi"],
    ),
    (
        "entertainment: the singer and her manager",
        (
            "Pop star Dana Kell has cancelled her tour. {Her manager} said [she was ill]. {The singer} said [she "
            "was sorry]."
        ),
        [None, "Dana Kell"],
    ),
    (
        "court: the judge nobody named",
        "Darren Cole denied murder at Leeds Crown Court. {The judge} told [him that he faced a long sentence].",
        [None],
    ),
    (
        "court: the judge with a name",
        (
            "Darren Cole was jailed for life. {Judge Ruth Aldous} said [he was dangerous]. {The judge} said [he "
            "showed no remorse]."
        ),
        ["Ruth Aldous", "Ruth Aldous"],
    ),
    (
        "court: the prosecutor",
        "Maurice Petit was cleared of fraud. {The prosecutor} said [he would appeal].",
        [None],
    ),
    (
        "court: counsel by name and by role",
        (
            "{Prosecution barrister Nigel Barr} told [the jury that the money was gone]. {The lawyer} said [it "
            "went to Jersey]."
        ),
        ["Nigel Barr", "Nigel Barr"],
    ),
    (
        "crime: the victim is not the detective",
        "{Detective Inspector Sue Grant} said [the attack was brutal]. {The victim} said [he heard a shout].",
        ["Sue Grant", None],
    ),
    (
        "crime: the detective",
        (
            "{Detective Inspector Sue Grant} said [the attack was brutal]. A man of 30 was held. {The detective} "
            "said [he would be charged]."
        ),
        ["Sue Grant", "Sue Grant"],
    ),
    (
        "crime: the man nobody named",
        "{Police chief Anil Rao} said [a bag was found]. {The man} said [it was not his].",
        ["Anil Rao", None],
    ),
    (
        "crime: the woman",
        "Inspector Priya Nair met the family. {The woman} said [her son had gone].",
        [None],
    ),
    (
        "crime: the officer",
        "{Officer Dan Reyes} said [the car was stolen]. {The officer} said [nobody was hurt].",
        ["Dan Reyes", "Dan Reyes"],
    ),
]


@pytest.mark.parametrize(("marked", "names"), [case[1:] for case in NOMINALS], ids=[case[0] for case in NOMINALS])
def test_speakers_of_a_passage(marked: str, names: list[str | None]) -> None:
    assert resolve_names(marked) == names
