"""The labels of an interview ("Q:", "A:") are the people whom its introduction names, else nobody."""

import pytest

from claims.extraction import Document, Resolved, extract

TURNS = "Q: Is there enough water?\n\nA: There is not.\n\nQ: Why?\n\nA: The glaciers melt."

# The introduction, who asks, who answers.
INTRODUCTIONS = [
    ("a conversation with", "‘I write at night’: a conversation with Ileana Dragomir", None, "Ileana Dragomir"),
    ("we spoke to", "We spoke to the marine biologist Adaeze Okonkwo about coral.", None, "Adaeze Okonkwo"),
    ("both in the title", "Bob Lee talks to Tomoko Arai about her film", "Bob Lee", "Tomoko Arai"),
    ("interview by", "An interview with Aroha Ngata, the skipper.\n\nInterview by Bob Lee.", "Bob Lee", "Aroha Ngata"),
    ("a heading", "Interview: Rafael Quispe, mayor of La Paz, on water", None, "Rafael Quispe"),
    ("sits down with a paper", "Wanjiru Kamau sat down with The Post after the vote.", None, "Wanjiru Kamau"),
    ("a role of several words", "Five questions for the Oslo-based composer Signe Haug", None, "Signe Haug"),
    ("one of two", "We met Farid Haddad at the mill that Ann Moor built.", None, "Farid Haddad"),
    ("a press conference", "Spokesperson Hua Moor's press conference on Monday", None, None),
    ("nobody", "The week in books: our interview", None, None),
    ("two who answer", "Ann Moor and Bob Lee met in Paris for an interview.", None, None),
]


@pytest.mark.parametrize(
    ("introduction", "interviewer", "interviewee"),
    [case[1:] for case in INTRODUCTIONS],
    ids=[case[0] for case in INTRODUCTIONS],
)
def test_the_introduction_names_who_asks_and_who_answers(
    introduction: str, interviewer: str | None, interviewee: str | None
) -> None:
    for labels in (("Q", "A"), ("Question", "Answer")):
        turns = TURNS.replace("Q:", f"{labels[0]}:").replace("A:", f"{labels[1]}:")
        quotations = extract(Document.from_text(f"{introduction}\n\n{turns}"))[-4:]
        names = [q.speaker.name if isinstance(q.speaker, Resolved) else None for q in quotations]
        assert names == [interviewer, interviewee] * 2


def test_what_the_reporter_adds_belongs_to_no_turn() -> None:
    text = (
        f"‘I write’: a conversation with Ileana Dragomir\n\n{TURNS}\n\nAll of them?\n\nQ: When?\n\nA: Soon.\n\n"
        "Dragomir will read in May.\n\nThis interview has been edited for length."
    )
    last = extract(Document.from_text(text))[-1]
    assert [span.of(text) for span in last.content] == ["Soon."]
