"""Resolution of noun phrases: roles, organizations, groups, unnamed people, things."""

import pytest

from claims.extraction import Ambiguous, Speaker, Unresolved
from tests.extraction.english.resolver.marked_text import (
    resolve_marked,
    resolved_group,
    resolved_organization,
    resolved_person,
    resolved_unnamed,
)

ANN = "{Trade Minister Ann Moor} said [the mill is old]."
TOM = "{Tom Roe} said [the mill is new]."

SPEAKERS: list[tuple[str, str, Speaker]] = [
    ("a role before the name", f"{ANN} {{The minister}} noted [it is late].", resolved_person("Ann Moor")),
    (
        "a role behind the name",
        "{Ann Moor, a baker,} said [it rains]. {The baker} noted [it is late].",
        resolved_person("Ann Moor"),
    ),
    (
        "a role across a comma",
        "{The delegation head, Ann Moor,} said [it rains]. {The delegation head} left, [it seems].",
        resolved_person("Ann Moor"),
    ),
    (
        "a role beside a mere mention",
        "They met Governor Tom Roe. {Ann Moor} said [it rains]. {The governor} agreed [it does].",
        resolved_person("Tom Roe"),
    ),
    (
        "a short title",
        "They met Gov. Tom Roe. {Ann Moor} said [it rains]. {The governor} agreed [it does].",
        resolved_person("Tom Roe"),
    ),
    ("a role that nobody has", f"{TOM} {{The minister}} noted [it is late].", Unresolved()),
    (
        "a role of two: whom the text has in mind",
        f"{ANN} {{Trade Minister Eve Lee}} agreed [it is]. {{The minister}} left, [it seems].",
        resolved_person("Eve Lee"),
    ),
    (
        "a role of two, told apart",
        f"{ANN} {{Mill Minister Eve Lee}} agreed [it is]. {{The trade minister}} left, [it seems].",
        resolved_person("Ann Moor"),
    ),
    ("a role of the other gender", "They met King Tom Roe. {The queen} said [it rains].", Unresolved()),
    ("the expert", f"{TOM} [It is late], {{the expert}} believes.", resolved_person("Tom Roe")),
    (
        "the expert is who spoke last",
        f"{'Ann Moor ran. ' * 9}{TOM} [It is late], {{the expert}} believes.",
        resolved_person("Tom Roe"),
    ),
    ("the expert and nobody", "[It is late], {the expert} believes.", Unresolved()),
    ("the mill expert", f"{TOM} [It is late], {{the mill expert}} believes.", Unresolved()),
    (
        "the spokesman",
        f"{ANN} {{Tom Roe}} agreed [it is]. {{The spokesman}} noted [it is late].",
        resolved_person("Tom Roe"),
    ),
    ("a name varied", "{Ann Moor} said [it rains]. {The Aln senator} noted [it is late].", resolved_person("Ann Moor")),
    (
        "a name varied by the past",
        "{Ann Moor} said [it rains]. {The former first lady} noted [it is late].",
        resolved_person("Ann Moor"),
    ),
    ("nobody's variation", "{The Aln senator} noted [it is late].", Unresolved()),
    (
        "a variation of two",
        "Ann Moor and Amy Lee met. {The Aln senator} noted [it is late].",
        Ambiguous(("Amy Lee", "Ann Moor")),
    ),
    (
        "not who has another office",
        "{Judge Ann Moor} said [it rains]. {The Aln senator} noted [it is late].",
        Unresolved(),
    ),
    (
        "somebody's lawyer",
        "{Roe lawyer Ann Moor} said [it rains]. {Roe's lawyer} noted [it is late].",
        resolved_person("Ann Moor"),
    ),
    ("another one's lawyer", "{Roe lawyer Ann Moor} said [it rains]. {Lee's lawyer} noted [it is late].", Unresolved()),
    ("his wife", f"{TOM} {{His wife}} noted [it is late].", Unresolved()),
    ("the ministry of nobody knows what", "{The ministry} said [it rains].", Unresolved()),
    (
        "the court",
        "They asked the Court of Appeals for Aln. {The appeals court} said [it rains].",
        resolved_organization("Court of Appeals for Aln"),
    ),
    ("the expert community", "{The expert community} believes [it rains].", resolved_group("The expert community")),
    ("people", "{Some experts} believe [it rains].", resolved_group("Some experts")),
    ("a people", "{Mexicans} believe [it rains].", resolved_group("Mexicans")),
    ("somebody's people", f"{ANN} {{Moor's aides}} believe [it rains].", resolved_group("Moor's aides")),
    ("a number of people", "{a group of bakers} said [it rains].", resolved_group("a group of bakers")),
    (
        "people who were counted",
        "{42 percent of the bakers} said [it rains].",
        resolved_group("42 percent of the bakers"),
    ),
    ("a source", "{a source} said [it rains].", resolved_unnamed("a source")),
    (
        "a source who knows",
        "{a U.S. official familiar with the matter} said [it rains].",
        resolved_unnamed("a U.S. official familiar with the matter"),
    ),
    (
        "a man of whom more is told",
        "{a homeless man who sleeps there} said [it rains].",
        resolved_unnamed("a homeless man"),
    ),
    (
        "somebody's unnamed spokesman",
        f"{ANN} {{a spokesman for Moor}} said [it rains].",
        resolved_unnamed("a spokesman for Moor"),
    ),
    ("one of several", f"{ANN} {{one of Moor's aides}} said [it rains].", resolved_unnamed("one of Moor's aides")),
    ("someone", "{someone} said [it rains].", resolved_unnamed("someone")),
    ("a paper", "{a new poll} showed [that it rains].", Unresolved()),
    ("papers", "{media reports} said [it rains].", Unresolved()),
    ("somebody's paper", f"{ANN} {{Moor's brief}} said [it rains].", Unresolved()),
    ("a paper in a headline", "{New Poll} Shows That [It Rains].", Unresolved()),
    ("a formula", "They left by {the “one for one” formula}, [one each].", Unresolved()),
]


@pytest.mark.parametrize(("marked", "expected"), [case[1:] for case in SPEAKERS], ids=[case[0] for case in SPEAKERS])
def test_speaker_of_the_last_utterance(marked: str, expected: Speaker) -> None:
    assert resolve_marked(marked)[1][-1].speaker == expected
