"""Resolution of names: full names, short forms, namesakes, organizations."""

import pytest

from claims.extraction import Ambiguous, Speaker, Unresolved
from tests.extraction.english.resolver.marked_text import (
    resolve_marked,
    resolved_group,
    resolved_organization,
    resolved_person,
)

ANN = "{Ann Moor} said [the mill is old]."

SPEAKERS: list[tuple[str, str, Speaker]] = [
    ("a full name", ANN, resolved_person("Ann Moor")),
    ("a last name", f"{ANN} {{Moor}} noted [it rains].", resolved_person("Ann Moor")),
    (
        "a last name before the full one",
        "On Monday {Moor} said [it rains]. They met Ann Moor.",
        resolved_person("Ann Moor"),
    ),
    ("a first name", f"{ANN} {{Ann}} noted [it rains].", resolved_person("Ann Moor")),
    ("a first name of two", f"{ANN} They met Ann Lee. {{Ann}} noted [it rains].", Ambiguous(("Ann Lee", "Ann Moor"))),
    ("a title", f"{ANN} {{Mrs. Moor}} noted [it rains].", resolved_person("Ann Moor")),
    (
        "the fullest name",
        "They met Ann Lee Moor at the mill. {Ann Moor} said [it rains].",
        resolved_person("Ann Lee Moor"),
    ),
    (
        "one of several",
        "{One of the chains, Bonmarkt,} confirmed [it rains].",
        resolved_organization("Bonmarkt"),
    ),
    (
        "an organization behind what it is",
        "{The union that called the strike in Ghent, Verbond Noord,} said [it rains].",
        resolved_organization("Verbond Noord"),
    ),
    (
        "the noun that told what it is",
        "{The union that called the strike, Verbond Noord,} said [it rains]. {The union} said [it is late].",
        resolved_organization("Verbond Noord"),
    ),
    ("one of several without a name", "{One of them, a baker,} said [it rains].", Unresolved()),
    ("an initial", "They met Ann L. Moor at the mill. {Ann Moor} said [it rains].", resolved_person("Ann L. Moor")),
    ("an epithet is no name", "They met Crooked Ann Moor. {Ann Moor} said [it rains].", resolved_person("Ann Moor")),
    ("a nickname", 'They met Robert "Bob" Lee. {Bob Lee} said [it rains].', resolved_person('Robert "Bob" Lee')),
    (
        "a surname that comes first",
        "They met Minister Lee Ki-moon. {Mr. Lee} said [it rains].",
        resolved_person("Lee Ki-moon"),
    ),
    ("two spellings stay two", "Bogdan Moor is old. {Bohdan Moor} said [it rains].", resolved_person("Bohdan Moor")),
    ("a name with its owner", "{The Lamp's Ann Moor} wrote [it rains].", resolved_person("Ann Moor")),
    ("a possessive", f"{ANN} In {{Moor's}} words, [it rains].", resolved_person("Ann Moor")),
    (
        "two introduced together",
        "They met Ann Moor and Bob Moor at the mill. {Moor} said [it rains].",
        Ambiguous(("Ann Moor", "Bob Moor")),
    ),
    (
        "two, written out",
        "They met Ann Moor and Bob Moor at the mill. {Bob Moor} said [it rains].",
        resolved_person("Bob Moor"),
    ),
    (
        "two, told apart by a title",
        "They met Ann Moor and Bob Moor at the mill. {Mr. Moor} said [it rains].",
        resolved_person("Bob Moor"),
    ),
    (
        "two introduced together long ago",
        "They met Ann Moor and Bob Moor at the mill. It rained. It rained. It rained. {Moor} said [it pours].",
        Ambiguous(("Ann Moor", "Bob Moor")),
    ),
    (
        "known by office, and the daughter",
        "President Moor spoke. The daughter, Sky Moor, did not. {The president} said [it rains].",
        resolved_person("Moor"),
    ),
    (
        "a family: the first one is called by the last name",
        "Ann Moor runs. Her husband Bob Moor ran once. It was long ago. It was late. {Moor} said [it rains].",
        resolved_person("Ann Moor"),
    ),
    (
        "a family: another one was just named",
        "Ann Moor runs. It was late. Her husband Bob Moor ran once. {Moor} said [it rains].",
        Ambiguous(("Ann Moor", "Bob Moor")),
    ),
    (
        "known by office, and the wife",
        "President Moor spoke. His wife, Ann Moor, did not. {Mr. Moor} said [it rains].",
        resolved_person("Moor"),
    ),
    ("an organization", "{The Lamp Post} reported [it rains].", resolved_organization("Lamp Post")),
    ("its short form", "They read the Lamp Post. {The Post} reported [it rains].", resolved_organization("Lamp Post")),
    (
        "a short form of two",
        "They read the Lamp Post and the Mill Post. {The Post} reported [it rains].",
        resolved_organization("Post"),
    ),
    (
        "its initials",
        "They asked the Mill Grain Board. {The M.G.B.} said [it rains].",
        resolved_organization("Mill Grain Board"),
    ),
    ("initials that nothing explains", "According to {BNR}, [it rains].", resolved_organization("BNR")),
    ("a campaign", f"{ANN} {{The Moor campaign}} said [it rains].", resolved_organization("Moor campaign")),
    (
        "the campaign",
        "They asked the Moor campaign. {The campaign} said [it rains].",
        resolved_organization("Moor campaign"),
    ),
    ("an institution", "{The Kremlin} said [it rains].", resolved_organization("Kremlin")),
    ("several", "{Ann Moor and Bob Lee} said [it rains].", resolved_group("Ann Moor and Bob Lee")),
    ("somebody and others", "{Ann Moor and her aides} said [it rains].", resolved_group("Ann Moor and her aides")),
    ("no source", f"{ANN} {{}}[It rains].", Unresolved()),
    ("small letters only", "{ann moor} said [it rains].", resolved_person("ann moor")),
]


@pytest.mark.parametrize(("marked", "expected"), [case[1:] for case in SPEAKERS], ids=[case[0] for case in SPEAKERS])
def test_speaker_of_the_last_utterance(marked: str, expected: Speaker) -> None:
    assert resolve_marked(marked)[1][-1].speaker == expected
