"""Extraction from one sentence or a few: content, cue, mention, role and outlet."""

import pytest

from claims.extraction import Act, Document, Kind, extract, text_of

DIRECT, INDIRECT, MIXED = Kind.DIRECT, Kind.INDIRECT, Kind.MIXED

ATTRIBUTIONS = [
    ("cue behind", '"We go north," Ann Moor said.', DIRECT, "Ann Moor", "said", ["We go north,"]),
    ("inverted", '"We go north," said Ann Moor, the mayor.', DIRECT, "Ann Moor", "said", ["We go north,"]),
    ("cue before", 'Ann Moor said: "We go north."', DIRECT, "Ann Moor", "said", ["We go north."]),
    ("cue before, comma", "Ann Moor said, “We go north.”", DIRECT, "Ann Moor", "said", ["We go north."]),
    ("no-break space", '"We go north,"\xa0Ann\xa0Moor said.', DIRECT, "Ann\xa0Moor", "said", ["We go north,"]),
    ("pronoun", '"We go north," she told reporters.', DIRECT, "she", "told", ["We go north,"]),
    ("question", '"Do we go?" asked Ann Moor.', DIRECT, "Ann Moor", "asked", ["Do we go?"]),
    ("question, then a name", '"Do we go?" Ann Moor asked.', DIRECT, "Ann Moor", "asked", ["Do we go?"]),
    ("split", '"We go," he said, "to the sea."', DIRECT, "he", "said", ["We go,", "to the sea."]),
    ("goes on", '"We go," he said. "To the sea."', DIRECT, "he", "said", ["We go,", "To the sea."]),
    ("apposition", '"We go," Ann Moor, a miller, said.', DIRECT, "Ann Moor", "said", ["We go,"]),
    ("dash", '— We go," Ann Moor, a miller, told The Lamp.', DIRECT, "Ann Moor", "told", ["We go,"]),
    (
        "colon far behind",
        'He commented on the tax: "It is too high."',
        DIRECT,
        "He",
        "commented on the tax",
        ["It is too high."],
    ),
    (
        "announced",
        'Ann Moor wrote:\n"We all go north in May."',
        DIRECT,
        "Ann Moor",
        "wrote",
        ["We all go north in May."],
    ),
    ("several paragraphs", '"We go.\n"We stay," he said.', DIRECT, "he", "said", ["We go.", "We stay,"]),
    ("a role speaks", '"We go," the minister said.', DIRECT, "the minister", "said", ["We go,"]),
    ("a spokesman", '"We go," said a spokesman for Ann Moor.', DIRECT, "a spokesman for Ann Moor", "said", ["We go,"]),
    (
        "a spokesman, and a title",
        '"We go," said a spokesman for Gov. Ann Moor.',
        DIRECT,
        "a spokesman for Gov. Ann Moor",
        "said",
        ["We go,"],
    ),
    ("that", "Ann Moor said that the mill is old.", INDIRECT, "Ann Moor", "said", ["the mill is old"]),
    ("no that", "Ann Moor said the mill is old.", INDIRECT, "Ann Moor", "said", ["the mill is old"]),
    ("on a day", "Ann Moor said on Monday the mill is old.", INDIRECT, "Ann Moor", "said", ["the mill is old"]),
    ("told somebody", "Ann Moor told The Lamp that it is old.", INDIRECT, "Ann Moor", "told", ["it is old"]),
    ("at the end", "The mill is very old, Ann Moor noted.", INDIRECT, "Ann Moor", "noted", ["The mill is very old"]),
    ("in the middle", "The old mill, he said, will go.", INDIRECT, "he", "said", ["The old mill", "will go"]),
    ("according to", "According to BNR, the mill burned.", INDIRECT, "BNR", "According to", ["the mill burned"]),
    (
        "according to, behind",
        "The mill burned, according to BNR.",
        INDIRECT,
        "BNR",
        "according to",
        ["The mill burned"],
    ),
    ("in his opinion", "In his opinion, the mill is lost.", INDIRECT, "his", "In his opinion", ["the mill is lost"]),
    ("thought", "The expert believes that it is lost.", INDIRECT, "The expert", "believes", ["it is lost"]),
    ("in turn", "Ann Moor, in turn, said that it is lost.", INDIRECT, "Ann Moor", "said", ["it is lost"]),
    ("auxiliary", "Ann Moor has also said that it is lost.", INDIRECT, "Ann Moor", "has also said", ["it is lost"]),
    ("went on", "Ann Moor went on to say that it is lost.", INDIRECT, "Ann Moor", "went on to say", ["it is lost"]),
    ("label", "Later, on the radio, Ann Moor: it was late.", INDIRECT, "Ann Moor", ":", ["it was late"]),
    ("mixed", 'Ann Moor said that it is "quite lost" now.', MIXED, "Ann Moor", "said", ['it is "quite lost" now']),
    ("mixed to the end", 'Ann Moor said it is "quite lost."', MIXED, "Ann Moor", "said", ['it is "quite lost."']),
    (
        "a thing's name",
        'Ann Moor said the "old mill" plan is lost.',
        INDIRECT,
        "Ann Moor",
        "said",
        ['the "old mill" plan is lost'],
    ),
    ("a title", 'He said he liked the song "Old Mill".', INDIRECT, "He", "said", ['he liked the song "Old Mill"']),
    (
        "an office, but of the content",
        "According to Ann Moor, the chief has left, the mill is lost.",
        INDIRECT,
        "Ann Moor",
        "According to",
        ["the chief has left, the mill is lost"],
    ),
    ("particles", '"We go," said Ursula van der Moor.', DIRECT, "Ursula van der Moor", "said", ["We go,"]),
    (
        "particles, title",
        "President Ana de la Moor said that it rains.",
        INDIRECT,
        "Ana de la Moor",
        "said",
        ["it rains"],
    ),
    ("a particle first", '"We go," said van Moor.', DIRECT, "van Moor", "said", ["We go,"]),
    ("a hyphened particle", "Adel al-Moor said that it rains.", INDIRECT, "Adel al-Moor", "said", ["it rains"]),
    ("negated content", "Ann Moor said that she did not go.", INDIRECT, "Ann Moor", "said", ["she did not go"]),
    (
        "a condition said",
        "If it rains, Ann Moor says, the mill goes.",
        INDIRECT,
        "Ann Moor",
        "says",
        ["If it rains", "the mill goes"],
    ),
    ("nobody before", "Nobody went, and Ann Moor said that it rains.", INDIRECT, "Ann Moor", "said", ["it rains"]),
    ("a number", "No 10 said that it rains.", INDIRECT, "No 10", "said", ["it rains"]),
    ("relative", "It was Ann Moor who said that it is lost.", INDIRECT, "who", "said", ["it is lost"]),
    (
        "relative, behind a comma",
        "It was Ann Moor, who said it is lost.",
        INDIRECT,
        "Ann Moor who",
        "said",
        ["it is lost"],
    ),
    (
        "relative, behind an apposition",
        "It was opened by Ann Moor, the mayor, who said it is lost.",
        INDIRECT,
        "Ann Moor who",
        "said",
        ["it is lost"],
    ),
    ("a contraction", "He's claiming that the mill is lost.", INDIRECT, "He", "claiming", ["the mill is lost"]),
    ("a floating quantifier", "They met, and all agreed that it is lost.", INDIRECT, "all", "agreed", ["it is lost"]),
    (
        "a plan is no title",
        'Ann Moor called the plan "a disgrace".',
        MIXED,
        "Ann Moor",
        "called",
        ['the plan "a disgrace"'],
    ),
    (
        "readiness",
        'She statements her readiness to meet them "at any time."',
        MIXED,
        "She",
        "statements",
        ['her readiness to meet them "at any time."'],
    ),
]


@pytest.mark.parametrize(
    ("text", "kind", "mention", "cue", "content"),
    [case[1:] for case in ATTRIBUTIONS],
    ids=[case[0] for case in ATTRIBUTIONS],
)
def test_attribution(text: str, kind: Kind, mention: str, cue: str, content: list[str]) -> None:
    (quotation,) = extract(Document.from_text(text))
    assert quotation.act is not Act.OTHER
    assert quotation.kind is kind
    assert text_of(text, quotation.mention) == mention
    assert text_of(text, quotation.cue) == cue
    assert [span.of(text) for span in quotation.content] == content


NOTHING_SAID = [
    ("a question", "Who said that the mill is old?"),
    ("a question for one of several", "Which minister said the mill was old?"),
    ("a heading", "Who said what in May"),
    ("a scare quote", 'The so-called "old mill" was sold in May.'),
    ("a title", 'The film "The Old Mill by the River Aln" opens in May.'),
    ("a formula", 'They will share it according to the "50 to 50" formula.'),
    ("according to plan", "Everything in the mill went according to plan."),
    ("according to a plan", "The mill was built according to the old plan."),
    ("was told", "Ann Moor was told that the mill is lost."),
    ("a noun, then a clause", "The secretary of state they will meet is old."),
    ("this says", "This said that the mill is lost."),
    ("it says", "It is said that the mill is lost."),
    ("is said to", "Ann Moor is said to own the mill."),
    ("a wish", "Ann Moor wants to sell the mill."),
    ("a noun that looks like a verb", "The former secretary of state is old, and in every state it rains."),
    ("continues to", "Although the mill is old, the town continues to use it."),
    ("did not say", "Ann Moor did not say that the mill is lost."),
    ("never said", "Ann Moor has never said that the mill is lost."),
    ("wouldn't say", "The mayor wouldn't say that the mill is lost."),
    ("never said, quoted", '"The mill is lost," Ann Moor never said.'),
    ("did not say, quoted", 'Ann Moor did not say: "The mill is lost."'),
    ("nobody said", "Nobody said that the mill is lost."),
    ("no one said", "No one said that the mill is lost."),
    ("none said", "None of them said the mill is lost."),
    ("said nobody", '"The mill is lost," said nobody.'),
    ("neither said", "Neither Ann Moor nor Bob Lee said that the mill is lost."),
    ("if she says", "If Ann Moor says that the mill is lost, we leave."),
    ("unless he says", "Unless the mayor says that the mill is lost, we stay."),
    ("should she say", "Should Ann Moor say that the mill is lost, we leave."),
    ("whether she said", "It is unclear whether Ann Moor said that the mill is lost."),
    ("did she say", "Did Ann Moor say that the mill is lost?"),
    ("denied", "Ann Moor denied that the mill is lost."),
    ("nobody speaks", "The mill is old and stands by the river."),
    ("a quotation of a few words alone", '"The Old Mill"'),
]


@pytest.mark.parametrize("text", [case[1] for case in NOTHING_SAID], ids=[case[0] for case in NOTHING_SAID])
def test_no_statement(text: str) -> None:
    """No speech or thought has a speaker; what somebody wants or denies may be quotation as such."""
    statements = [quotation for quotation in extract(Document.from_text(text)) if quotation.act is not Act.OTHER]
    assert [text_of(text, quotation.mention) for quotation in statements if quotation.mention] == []


ROLES = [
    ("before the name", '"We go," Polish Defense Minister Ann Moor said.', "Polish Defense Minister"),
    ("behind the name", '"We go," said Ann Moor, head of the Mill Board, in May.', "head of the Mill Board"),
    ("behind, cue last", '"We go," Ann Moor, a miller and writer, said.', "miller and writer"),
    ("lower case", '"We go," mill director Ann Moor said.', "mill director"),
    ("across a comma", "The head of the mill, Ann Moor, said that it is lost.", "head of the mill"),
    ("across a comma, behind", '"We go," said the mill\'s head, Ann Moor.', "mill's head"),
    ("a trade", '"We go," said river pilot Ann Moor.', "river pilot"),
    ("a trade, cue last", '"We go," retired pilot Ann Moor said.', "retired pilot"),
    ("no trade", '"We go," said a tired Ann Moor.', None),
    ("an age", '"We go," said Ann Moor, a 45-year-old teacher.', "45-year-old teacher"),
    ("according to X, her office", "According to Ann Moor, the mill's chief miller, it rains.", "mill's chief miller"),
    ("none", '"We go," Ann Moor said.', None),
]


@pytest.mark.parametrize(("text", "role"), [case[1:] for case in ROLES], ids=[case[0] for case in ROLES])
def test_role(text: str, role: str | None) -> None:
    (quotation,) = extract(Document.from_text(text))
    assert text_of(text, quotation.mention) == "Ann Moor"
    assert (quotation.role.of(text) if quotation.role else None) == role


OUTLETS = [
    ("told", '"We go," Ann Moor told The Lamp.', "Lamp"),
    ("interview", '"We go," Ann Moor said in an interview with BNR.', "BNR"),
    ("conversation", "The mill is old, said Ann Moor, a miller, in a conversation with BNR.", "BNR"),
    ("on the air", "On the air of the Morning Hour program, Ann Moor said that it is late.", "Morning Hour"),
    ("on the air of a medium", '"We go," Ann Moor said on Sky News.', "Sky News"),
    ("on a day", '"We go," Ann Moor said on Monday.', None),
    ("wrote in", "Ann Moor wrote in the Daily Lamp that it rains.", "Daily Lamp"),
    ("wrote in a town", "Ann Moor wrote in Lagos that it rains.", None),
    ("spoke to", "Speaking to the BBC, Ann Moor said that it rains.", "BBC"),
    ("a name with of", "In an interview with The Times of India, Ann Moor said that it rains.", "Times of India"),
    ("published by", '"We go," Ann Moor said in remarks published by the Daily Lamp.', "Daily Lamp"),
    ("told a person in a text of capitals", 'Ann Moor told Bob Lee: "We go."', None),
    ("told a person", "Ann Moor told Bob Lee that it rains.", None),
    ("told a mayor", "Ann Moor told Mayor Bob Lee that it rains.", None),
    ("told people", '"We go," Ann Moor told reporters.', None),
    ("told somebody introduced", "Zorba Quux, the mayor of Aln, left. Ann Moor told Quux that it rains.", None),
    ("behind two quoted sentences", 'Ann Moor said "It rains. It snows" in an interview with BNR.', "BNR"),
    ("in a text of capitals", '"WE GO," ANN MOOR TOLD REPORTERS ON MONDAY.', None),
]


@pytest.mark.parametrize(("text", "outlet"), [case[1:] for case in OUTLETS], ids=[case[0] for case in OUTLETS])
def test_outlet(text: str, outlet: str | None) -> None:
    (quotation,) = extract(Document.from_text(text))
    assert (quotation.outlet.of(text) if quotation.outlet else None) == outlet


SEVERAL = [
    (
        "coordinated",
        "Ann Moor said that it is late, and Bob Lee stressed that it is early.",
        [("Ann Moor", "it is late"), ("Bob Lee", "it is early")],
    ),
    (
        "adding",
        "Ann Moor said that it is late, adding that it rains.",
        [("Ann Moor", "it is late"), ("Ann Moor", "it rains")],
    ),
    (
        "a quotation goes on, but somebody else said it",
        'Ann Moor said: "We go.\n"We stay," Bob Lee added.',
        [("Ann Moor", "We go."), ("Bob Lee", "We stay,")],
    ),
    (
        "an answer beside a question",
        '"How is the wall?" "It holds, thank you," Bob Lee replied.',
        [("", "How is the wall?"), ("Bob Lee", "It holds, thank you,")],
    ),
    (
        "a title beside a quotation",
        'He said on the "Morning Hour," "It holds, thank you."',
        [("He", "It holds, thank you.")],
    ),
    (
        "indirect, then direct",
        'Last night Bob Lee, a miller, said he was worried. "What she did was to bring the town into it."',
        [("Bob Lee", "he was worried"), ("Bob Lee", "What she did was to bring the town into it.")],
    ),
    (
        "indirect, a colon, then direct",
        'Ann Moor said that the wall was weak: "It will not hold through the winter."',
        [("Ann Moor", "the wall was weak"), ("Ann Moor", "It will not hold through the winter.")],
    ),
    (
        "a question and the answer in two paragraphs",
        '"What will you do?" I ask.\n\n"Sleep," Bob Lee says.',
        [("I", "What will you do?"), ("Bob Lee", "Sleep,")],
    ),
    (
        "and wonders",
        "Ann Moor points out that the mill is lost and wonders whether it rains.",
        [("Ann Moor", "the mill is lost"), ("Ann Moor", "whether it rains")],
    ),
    (
        "a sentence of somebody else, then a quotation",
        '"The wall is old," Ann Moor said. Bob Lee said he was worried. "It has never been mended by anyone."',
        [
            ("Ann Moor", "The wall is old,"),
            ("Bob Lee", "he was worried"),
            ("Bob Lee", "It has never been mended by anyone."),
        ],
    ),
    (
        "a clause of somebody else, then a quotation",
        '"Your name is great," Ann Moor assured Lee, after Lee assured her that it rained. "I will not let you down."',
        [("Ann Moor", "Your name is great, I will not let you down."), ("Lee", "it rained")],
    ),
    (
        "an announcement states nothing",
        'Ann Moor said the following about the wall: "It will not hold through the winter."',
        [("Ann Moor", "It will not hold through the winter.")],
    ),
    (
        "and added",
        "Ann Moor said the mill was lost and added that the river was high.",
        [("Ann Moor", "the mill was lost"), ("Ann Moor", "the river was high")],
    ),
    (
        "added a thing",
        "Ann Moor said the firm had hired 20 people and added two shifts.",
        [("Ann Moor", "the firm had hired 20 people and added two shifts")],
    ),
    (
        "coordinated contents",
        "Ann Moor said that the mill was lost and that the river was high.",
        [("Ann Moor", "the mill was lost and that the river was high")],
    ),
    (
        "who acts before the quotation, not behind it",
        'Alice Moor began talking to Bob Lee. "The river is high." Bob nodded.',
        [("Alice Moor", "The river is high.")],
    ),
    (
        "who acts in a later paragraph",
        '"We lost it all," said Ann Moor.\n\nBob Lee stood by his car. "I have nothing left at all."',
        [("Ann Moor", "We lost it all,"), ("Bob Lee", "I have nothing left at all.")],
    ),
    (
        "a paragraph that goes on",
        '"We lost it all," said Ann Moor.\n\n"The house is gone and so is the barn."',
        [("Ann Moor", "We lost it all, The house is gone and so is the barn.")],
    ),
    (
        "a paragraph in the reporter's words between",
        '"We lost it all," said Ann Moor.\n\nThe rain went on.\n\n"I have nothing left at all, nothing."',
        [("Ann Moor", "We lost it all,"), ("", "I have nothing left at all, nothing.")],
    ),
    (
        "a clause between verb and that",
        "Ann Moor told reporters on Friday, speaking in Aln, that the mill would open.",
        [("Ann Moor", "the mill would open")],
    ),
    (
        "which he said",
        'Ann Moor confirmed the loss, which she said had robbed the town of "a legend of song."',
        [("Ann Moor", "the loss"), ("she", 'had robbed the town of "a legend of song."')],
    ),
    (
        "a relative clause ends before its sentence",
        "The plan, which critics say is too costly, was passed.",
        [("critics", "The plan, which is too costly")],
    ),
    (
        "words in marks of another paragraph",
        "Moor says she is free. There are “so many others in jail” whose names are lost.\n\nAll are free, she says.",
        [("Moor", "she is free"), ("she", "All are free")],
    ),
    ("two who speak as one", "Ann Moor and Bob Lee say it rains.", [("Ann Moor and Bob Lee", "it rains")]),
    (
        "transcript",
        "MOOR: Do we go?\nLEE: We do.\nMOOR: Good. He said that it rains.\nLEE: It does.",
        [("MOOR", "Do we go?"), ("LEE", "We do."), ("MOOR", "Good. He said that it rains."), ("LEE", "It does.")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in SEVERAL], ids=[case[0] for case in SEVERAL])
def test_several_quotations(text: str, expected: list[tuple[str, str]]) -> None:
    pairs = [(text_of(text, q.mention), text_of(text, q.content)) for q in extract(Document.from_text(text))]
    assert pairs == expected
