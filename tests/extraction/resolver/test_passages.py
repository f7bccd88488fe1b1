"""Who speaks in passages of several genres: crime, courts, sport, business, science, politics, wire.

Each has its speakers in the order of the text: by name, by the words that introduce somebody unnamed, or None if the
passage does not say who it is.
"""

import pytest

from claims.extraction import Resolved
from tests.extraction.resolver.marked_text import resolve_marked

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
        ("{A lawyer} said [a man was ill]. Lawyer Amrita Rao came. {Lawyer Bela Kun} said [he was not]."),
        ["A lawyer", "Bela Kun"],
    ),
]

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


PASSAGES = NOMINALS + ROLES + PRONOUNS


@pytest.mark.parametrize(
    ("marked", "names"),
    [case[1:] for case in PASSAGES],
    ids=[case[0] for case in PASSAGES],
)
def test_speakers_of_a_passage(marked: str, names: list[str | None]) -> None:
    speakers = [mention.speaker for mention in resolve_marked(marked)[1]]
    assert [speaker.name if isinstance(speaker, Resolved) else None for speaker in speakers] == names
