import pytest

from claims.extraction import Ambiguous, Document, Span, Speaker, Unresolved
from claims.extraction.english.resolver import Utterance, resolve_speakers
from tests.extraction.english.resolver.marked_text import (
    resolve_marked,
    resolved_group,
    resolved_organization,
    resolved_person,
)

ANN = "{Ann Moor} said [the mill is old]."
BOB = "{Bob Lee} said [the mill is new]."

SPEAKERS: list[tuple[str, str, Speaker]] = [
    ("she", f"{ANN} [“It rains,”] {{she}} added.", resolved_person("Ann Moor")),
    ("in the next paragraph", f"{ANN}\n[“It rains on us,”] {{she}} told The Lamp.", resolved_person("Ann Moor")),
    ("after a subject", "Ann Moor walked home. [“It rains,”] {she} said.", resolved_person("Ann Moor")),
    ("with a verb in it", f"{ANN} {{She'd}} said [it rains].", resolved_person("Ann Moor")),
    ("nobody before it", "[“It rains,”] {he} said.", Unresolved()),
    ("the other gender", f"{ANN} {{He}} noted [it is late].", Unresolved()),
    ("the other gender by a role", "{Spokesman Sky Lee} said [it rains]. {She} noted [it is late].", Unresolved()),
    ("a man and a woman", f"{ANN} {BOB} {{She}} noted [it is late].", resolved_person("Ann Moor")),
    (
        "two men, one of whom speaks",
        f"{{Tom Roe}} said [it rains]. {BOB} {{He}} noted [it is late].",
        resolved_person("Bob Lee"),
    ),
    ("two men side by side", "Tom Roe and Bob Lee met. {He} noted [it is late].", Ambiguous(("Bob Lee", "Tom Roe"))),
    ("a speaker and a hearer", "{Tom Roe} told [it to Bob Lee]. {He} noted [it is late].", resolved_person("Tom Roe")),
    ("a companion", "Tom Roe went home with Bob Lee. {He} said [it is late].", resolved_person("Tom Roe")),
    (
        "whom the utterance names",
        f"{{Tom Roe}} said [it rains]. {BOB} [Bob Lee is late], {{he}} said.",
        resolved_person("Tom Roe"),
    ),
    (
        "an owner of a spokeswoman",
        "{Moor spokeswoman Eve Roe} said [it rains]. {She} noted [it is late]. They met Ann Moor.",
        resolved_person("Eve Roe"),
    ),
    (
        "who is named between marks",
        f"{BOB} [“Tom Roe is a liar,”] {{Lee}} said. [“It rains,”] {{he}} added.",
        resolved_person("Bob Lee"),
    ),
    (
        "an owner of a spokeswoman who did something",
        "They met Ann Moor. Moor spokeswoman Eve Roe left the mill. {She} noted [it is late].",
        resolved_person("Eve Roe"),
    ),
    ("between marks", "Bob Lee left. “Tom Roe lies.” {He} noted [it is late].", resolved_person("Bob Lee")),
    (
        "two men of whom one spoke last",
        "{Tom Roe} said [it rains] and {Bob Lee} said [it pours]. {He} noted [it is late].",
        resolved_person("Bob Lee"),
    ),
    (
        "a man and who may be one",
        "Mayor Sky Lee and Bob Roe met at the mill. {He} noted [it is late].",
        resolved_person("Bob Roe"),
    ),
    (
        "whom the text is about",
        f"{'Tom Roe ran. ' * 6}{'It rained on the mill. ' * 8}Tom Roe and Bob Lee met. {{He}} noted [it is late].",
        resolved_person("Tom Roe"),
    ),
    ("long ago and in passing", f"They spoke of Bob Lee. {'It rained. ' * 5}{{He}} noted [it is late].", Unresolved()),
    (
        "who does something in the sentence before who spoke last",
        "{Tom Roe} said [it rains]. {He} added [it pours]. {He} fears [it snows]. Bob Lee ran as {he} said [it hails].",
        resolved_person("Bob Lee"),
    ),
    ("they, long ago", "{Some bakers} said [it rains]. It rained. It rained. {They} said [it pours].", Unresolved()),
    ("far back", f"{BOB} {'It rained again on the mill. ' * 12}{{He}} noted [it is late].", Unresolved()),
    (
        "across a long quotation",
        f"{BOB}\n“{'It rained again on the mill. ' * 12}”\n{{He}} noted [it is late].",
        resolved_person("Bob Lee"),
    ),
    ("his opinion", f"{BOB} {{In his opinion}}, [it rains].", resolved_person("Bob Lee")),
    ("himself", "{Bob Lee} said [{he} thinks [it rains]].", resolved_person("Bob Lee")),
    (
        "not himself between marks",
        "Tom Roe spoke. {Bob Lee} said, [“{He} thinks [it rains].”]",
        resolved_person("Tom Roe"),
    ),
    ("nobody else between marks", "{Bob Lee} said, [“{He} thinks [it rains].”]", Unresolved()),
    ("I", "{Bob Lee} said, [“{I} think [it rains].”]", resolved_person("Bob Lee")),
    ("I, the author", f"{BOB} {{I}} think [it rains].", Unresolved()),
    ("who", "They met Bob Lee, {who} said [it rains].", resolved_person("Bob Lee")),
    ("who behind a role", "They met Bob Lee, now the mayor, {who} said [it rains].", resolved_person("Bob Lee")),
    ("who behind a complement", "They met aides to Bob Lee {who} said [it rains].", Unresolved()),
    ("who behind a place", "They met Democrats on Mill Hill {who} said [it rains].", Unresolved()),
    ("they", "{Some bakers} said [it rains]. {They} added [it pours].", resolved_group("Some bakers")),
    ("they behind a person", f"{ANN} {{They}} added [it rains].", Unresolved()),
    ("it", "{The Mill Board} said [it rains]. {It} added [that it pours].", resolved_organization("Mill Board")),
    ("it behind a person", f"{ANN} {{It}} shows [that it rains].", Unresolved()),
    ("this", f"{ANN} {{This}} shows [that it rains].", Unresolved()),
    ("which", "They read a letter, {which} said [it rains].", Unresolved()),
]


@pytest.mark.parametrize(("marked", "expected"), [case[1:] for case in SPEAKERS], ids=[case[0] for case in SPEAKERS])
def test_speaker_of_the_last_utterance(marked: str, expected: Speaker) -> None:
    assert resolve_marked(marked)[1][-1].speaker == expected


def test_first_person_before_its_speaker() -> None:
    text = "“I think it rains,” Bob Lee said."
    mine = Utterance((Span(9, 17),), (), (Span(1, 2),))
    his = Utterance((Span(0, 19),), (), (Span(20, 27),))
    assert [mention.speaker for mention in resolve_speakers(Document.from_text(text), [mine, his])] == [
        resolved_person("Bob Lee")
    ] * 2
