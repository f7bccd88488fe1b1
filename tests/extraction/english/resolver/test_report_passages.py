"""Who speaks in short reports of several genres, in the order and density of real ones.

Each has its speakers in the order of the text: by name, by the words that introduce somebody unnamed, or None if the
passage does not say who it is.
"""

import pytest

from tests.extraction.english.resolver.marked_text import resolve_names

REPORTS: list[tuple[str, str, list[str | None]]] = [
    (
        "sport bbc",
        (
            "Newcastle have agreed a fee for Basel striker Milan Petrovic.\nThe 23-year-old, who has scored 14 "
            "goals this season, flew to England on Tuesday.\n[“I cannot wait to play in front of these fans,”] {the "
            "Serbian} told the club website.\n{Manager Alan Gray} said [the move had been months in the making]. "
            "[“He is quick and strong,”] {the former England captain} added."
        ),
        ["Milan Petrovic", "Alan Gray", "Alan Gray"],
    ),
    (
        "court manslaughter",
        (
            "A lorry driver who killed a cyclist while texting has been jailed for six years.\nGraham Pike, 52, of "
            "Leeds, admitted causing death by dangerous driving.\n{Judge Colin Sharpe} told [him he had shown a "
            "wanton disregard for life]. [“You were on your phone for eleven minutes,”] {the judge} said.\nIn a "
            "statement read to the court, the victim's widow, Emma Hale, said her life had been torn apart. [“He "
            "was my best friend,”] {she} said.\n{Pike's barrister} said [he was ashamed]."
        ),
        ["Colin Sharpe", "Colin Sharpe", "Emma Hale", None],
    ),
    (
        "court defendant",
        (
            "Oleksandr Hrytsenko denied plotting to blow up a bridge.\n{The 38-year-old} told [jurors he had been "
            "asleep at the time]. {The prosecutor} asked [him why his phone was on].\n[“I lent it to a friend,”] "
            "{he} replied."
        ),
        ["Oleksandr Hrytsenko", None, None],
    ),
    (
        "crime police",
        (
            "Police are hunting two men who robbed a jeweller's in Bradford.\n{Detective Constable Farah Aziz} said "
            "[the shop assistant had been threatened with a hammer].\n[“She is deeply shaken,”] {the officer} said. "
            "{She} appealed [for witnesses to come forward]."
        ),
        ["Farah Aziz", "Farah Aziz", "Farah Aziz"],
    ),
    (
        "crime victim",
        (
            "A woman has described how she fought off a man who tried to snatch her baby.\nThe 29-year-old was "
            "walking in Queen's Park when she was attacked.\n[“I just screamed and held on,”] {she} "
            "said.\n{Inspector Tom Barker} said [officers were looking for a man in a grey hoodie]. {He} said [the "
            "attack was extremely unusual]."
        ),
        ["A woman", "Tom Barker", "Tom Barker"],
    ),
    (
        "crime family",
        (
            "Musa Bello, 17, was stabbed outside a takeaway in Peckham.\n{His mother} said [he had dreamed of "
            "becoming an engineer]. [“He never hurt anyone,”] {she} said.\n{A neighbour} said [she heard shouting]. "
            "{The neighbour} called [an ambulance]."
        ),
        [None, None, "A neighbour", "A neighbour"],
    ),
    (
        "business results",
        (
            "Shares in Tellis fell 8% after the chip maker warned on profits.\nChief executive Dieter Kohl blamed "
            "weak demand in Asia. [“The second half will be better,”] {he} told analysts.\n{An analyst at Nordbank} "
            "said [the guidance looked optimistic]. [“I would not bet on it,”] {the analyst} said."
        ),
        ["Dieter Kohl", "An analyst at Nordbank", "An analyst at Nordbank"],
    ),
    (
        "business founder",
        (
            "Sara Lindqvist founded the food delivery firm in her kitchen in 2011.\n[“Nobody believed it would "
            "work,”] {the entrepreneur} said. Her business partner, Johan Ek, left in 2015.\n{The 44-year-old} said "
            "[she had never considered selling]."
        ),
        ["Sara Lindqvist", "Sara Lindqvist"],
    ),
    (
        "science",
        (
            "A team at the University of Otago has found a way to make batteries from seaweed.\n{Lead researcher Dr "
            "Hemi Parata} said [the cells could power a phone for a week]. [“We were astonished,”] {the chemist} "
            "said.\n{Professor Ines Duarte of Lisbon University, who was not involved in the study,} said [the "
            "results were promising]. But {she} warned [that scaling up would be hard]."
        ),
        ["Hemi Parata", "Hemi Parata", "Ines Duarte", "Ines Duarte"],
    ),
    (
        "health",
        (
            "Health Secretary Fiona McAllister has ordered a review of maternity care in Tayside.\n{The minister} "
            "said [families deserved answers]. {A spokeswoman for NHS Tayside} said [the board would co-operate "
            "fully]. {She} said [improvements had already been made]."
        ),
        ["Fiona McAllister", "A spokeswoman for NHS Tayside", "A spokeswoman for NHS Tayside"],
    ),
    (
        "politics africa",
        (
            "President Adama Diallo swore in a new cabinet on Monday.\n{The president} said [the ministers had one "
            "year to deliver]. Opposition leader Fatou Ba boycotted the ceremony. {She} told [the radio station "
            "that the vote had been stolen]. {The 61-year-old} said [her party would go to court]."
        ),
        ["Adama Diallo", "Fatou Ba", "Fatou Ba"],
    ),
    (
        "india ani",
        (
            "Delhi Police Commissioner Sanjay Verma visited the site on Sunday.\n[“Two people have been detained,”] "
            "{he} told reporters. {A senior officer} said [the accused had fled to Haryana]. {The officer} said "
            "[raids were on].\nCongress leader Meenakshi Rao demanded a CBI probe. [“The truth must come out,”] "
            "{the Congress leader} said."
        ),
        ["Sanjay Verma", "A senior officer", "A senior officer", "Meenakshi Rao"],
    ),
    (
        "wire military",
        (
            "Rebels shelled the airport in Malakal overnight, killing four.\n{Army spokesman Colonel Deng Ajak} "
            "said [the attack had been repelled]. {A rebel commander} denied [that]. {The commander} said "
            "[government troops had fired first]. {The colonel} dismissed [the claim]."
        ),
        ["Deng Ajak", "A rebel commander", "A rebel commander", "Deng Ajak"],
    ),
    (
        "wire diplomacy",
        (
            "Foreign Minister Luis Carvalho met his Chilean counterpart Andrea Soto in Lima.\n{He} said [trade "
            "would double by 2030]. {The Chilean} was more cautious, saying [talks had only begun]."
        ),
        ["Luis Carvalho", "Andrea Soto"],
    ),
    (
        "negative minister",
        (
            "Farmers in Punjab blocked roads for a third day.\n{Union leader Gurdeep Singh} said [the protest would "
            "go on]. {The minister} has refused [to meet them]. {He} said [nobody had called him]."
        ),
        ["Gurdeep Singh", None, None],
    ),
    (
        "negative coach",
        (
            "{Goalkeeper Peter Lund} said [he had not seen the ball]. {The referee} said [it was a fair goal]. "
            "{The coach} said [he would appeal]."
        ),
        ["Peter Lund", None, None],
    ),
    (
        "negative doctor",
        (
            "{Maria Lopez} said [her son had been turned away twice]. {The doctor} said [there were no beds]. {The "
            "nurse} told [her to come back]."
        ),
        ["Maria Lopez", None, None],
    ),
    (
        "negative two women",
        "Anna Berg and Clara Holm shared the prize. [“It is an honour,”] {she} said.",
        [None],
    ),
    (
        "negative mayor",
        "{Councillor Dave Hughes} said [the plan was mad]. {The mayor} said [it was not].",
        ["Dave Hughes", None],
    ),
    (
        "negative expert second",
        (
            "{Analyst Rita Kovacs} said [prices would fall]. {A second analyst} said [they would not]. {The second "
            "analyst} spoke [on condition of anonymity]."
        ),
        ["Rita Kovacs", "A second analyst", "A second analyst"],
    ),
    (
        "object subject",
        ("Prime Minister Tomas Novak sacked Interior Minister Pavel Kral on Friday. {He} said [trust had been lost]."),
        ["Tomas Novak"],
    ),
    (
        "passive",
        (
            "Interior Minister Pavel Kral was sacked by Prime Minister Tomas Novak on Friday. {He} said [he had "
            "done nothing wrong]."
        ),
        ["Pavel Kral"],
    ),
    (
        "after quote about another",
        (
            "{Lawyer Sam Okoro} said [Daniel Moss had been framed by police]. {He} said [an appeal would be "
            "lodged].\nMoss, 40, has served ten years. {He} has always insisted [he is innocent]."
        ),
        ["Sam Okoro", "Sam Okoro", "Daniel Moss"],
    ),
    (
        "teacher pupil",
        (
            "Teacher Karen Wood was hit by a pupil of 14. {The boy} said [he was sorry]. {She} said [she would "
            "return to work]."
        ),
        [None, "Karen Wood"],
    ),
]


@pytest.mark.parametrize(("marked", "names"), [case[1:] for case in REPORTS], ids=[case[0] for case in REPORTS])
def test_speakers_of_a_passage(marked: str, names: list[str | None]) -> None:
    assert resolve_names(marked) == names
