"""The mention within a source phrase, and the role beside it."""

import pytest

from claims.extraction import MentionKind, text_of
from tests.extraction.english.resolver.marked_text import resolve_marked

MENTIONS: list[tuple[str, str, str, str | None]] = [
    ("a name", "{Ann Moor} said [it rains].", "Ann Moor", None),
    ("a role before the name", "{Trade Minister Ann Moor} said [it rains].", "Ann Moor", "Trade Minister"),
    ("a role in small letters", "{mill spokesman Bob Lee} said [it rains].", "Bob Lee", "mill spokesman"),
    (
        "a role outside the source",
        "Former trade minister {Ann Moor} said [it rains].",
        "Ann Moor",
        "Former trade minister",
    ),
    ("a trade that no list has", "[It rains], said {thatcher Bob Lee}.", "Bob Lee", "thatcher"),
    ("a title that is no role", "{Mr. Lee} said [it rains].", "Lee", None),
    (
        "a role behind",
        "{Ann Moor, a professor at the Mill School,} said [it rains].",
        "Ann Moor",
        "professor at the Mill School",
    ),
    (
        "a role behind the source",
        "[It rains], said {Ann Moor}, head of the Mill Board.",
        "Ann Moor",
        "head of the Mill Board",
    ),
    (
        "a role behind a district",
        "{Rep. Ann Moor (D-Aln), chairwoman of the board,} said [it rains].",
        "Ann Moor",
        "Rep.",
    ),
    ("no role, but a clause", "{Ann Moor, who is 70,} said [it rains].", "Ann Moor", None),
    ("a role, then the name", "{The head of the board, Ann Moor,} said [it rains].", "Ann Moor", "head of the board"),
    (
        "an owned role, then the name",
        "{Lee's campaign manager, Ann Moor,} said [it rains].",
        "Ann Moor",
        "Lee's campaign manager",
    ),
    ("an owner is no role", "{The Lamp Post 's Bob Lee} wrote [it rains].", "Bob Lee", None),
    ("an owner in s is no role", "{Lamp News' Bob Lee} wrote [it rains].", "Bob Lee", None),
    (
        "a role that ends with a body",
        "{The aide to the head of the Mill Board Ann Moor} said [it rains].",
        "Ann Moor",
        "aide to the head of the Mill Board",
    ),
    ("what leads to the source", "[It rains], {according to Ann Moor}.", "Ann Moor", None),
    ("a nickname", '{Robert "Bob" Lee} said [it rains].', 'Robert "Bob" Lee', None),
    ("particles", "{Minister Ana van der Moor} said [it rains].", "Ana van der Moor", "Minister"),
    ("a surname that is a role", "{Larry King} said [it rains].", "Larry King", None),
    ("a suffix", "{Bob Lee Jr.} said [it rains].", "Bob Lee Jr.", None),
    ("a spokesman for somebody", "{a spokesman for Ann Moor} said [it rains].", "a spokesman for Ann Moor", None),
    (
        "a spokesman for somebody with an office",
        "{A spokesman for Gov. Ann Moor} said [it rains].",
        "A spokesman for Gov. Ann Moor",
        None,
    ),
    (
        "an aide to somebody with a title",
        "{An aide to Senator Kwame Osei} said [it rains].",
        "An aide to Senator Kwame Osei",
        None,
    ),
    ("a participle is no name", "{The bench, headed by Justice Ann Moor,} said [it rains].", "The bench", None),
    ("a campaign", "{the Moor campaign} said [it rains].", "the Moor campaign", None),
    ("somebody's aides", "{Ann Moor's aides} said [it rains].", "Ann Moor's aides", None),
    ("an organization", "{The Lamp Post} reported [it rains].", "Lamp Post", None),
    (
        "an organization of something",
        "{the Department of Food and Water} said [it rains].",
        "Department of Food and Water",
        None,
    ),
    (
        "an organization with and in its name",
        "{the Mill and Grain Board, which met,} said [it rains].",
        "Mill and Grain Board",
        None,
    ),
    ("two names", "{Ann Moor and Bob Lee} said [it rains].", "Ann Moor and Bob Lee", None),
    (
        "three names",
        "{Ann Moor (D-Aln), Bob Lee (D-Orm) and Cy Roe} said [it rains].",
        "Ann Moor (D-Aln), Bob Lee (D-Orm) and Cy Roe",
        None,
    ),
    ("two roles of one", "{Ann Moor, the mayor and a baker,} said [it rains].", "Ann Moor", "mayor and a baker"),
    ("a pronoun", "{he} said [it rains].", "he", None),
    ("a pronoun with its verb", "{I}'m sure [it rains].", "I", None),
    ("an opinion", "{In her opinion}, [it rains].", "her", None),
    ("a noun phrase", "{the expert} said [it rains].", "the expert", None),
    ("a clause behind a noun phrase", "{the experts, who met in Aln,} said [it rains].", "the experts", None),
    ("a noun that opens a sentence", "Some readers left. {Readers} said [it rains].", "Readers", None),
    ("no source", "{}[It rains].", "", None),
]


@pytest.mark.parametrize(
    ("marked", "mention", "role"), [case[1:] for case in MENTIONS], ids=[case[0] for case in MENTIONS]
)
def test_mention_and_role(marked: str, mention: str, role: str | None) -> None:
    text, mentions = resolve_marked(marked)
    assert text_of(text, mentions[-1].mention) == mention
    assert (mentions[-1].role.of(text) if mentions[-1].role else None) == role


KINDS = [
    ("a name", "{Ann Moor} said [it rains].", MentionKind.NAME),
    ("a role with a name", "{Trade Minister Ann Moor} said [it rains].", MentionKind.NAME),
    ("a last name", "Ann Moor spoke. {Moor} said [it rains].", MentionKind.NAME),
    ("an organization", "{The Mill Board} said [it rains].", MentionKind.NAME),
    ("a name in capitals that is a pronoun in small letters", "{WHO} said [it rains].", MentionKind.NAME),
    ("a pronoun", "Ann Moor spoke. {She} said [it rains].", MentionKind.PRONOUN),
    ("a relative pronoun", "Ann Moor, {who} said [it rains], left.", MentionKind.PRONOUN),
    ("a role", "Minister Ann Moor spoke. {The minister} said [it rains].", MentionKind.NOMINAL),
    ("an aide of a name", "{A spokesman for Ann Moor} said [it rains].", MentionKind.NOMINAL),
    ("a possessive is no pronoun", "{His aides} said [it rains].", MentionKind.NOMINAL),
    ("several names", "{Ann Moor and Bob Lee} said [it rains].", MentionKind.NOMINAL),
    ("nobody", "[It rains]{}.", None),
]


@pytest.mark.parametrize(("text", "kind"), [case[1:] for case in KINDS], ids=[case[0] for case in KINDS])
def test_kind_of_mention(text: str, kind: MentionKind | None) -> None:
    _, (mention,) = resolve_marked(text)
    assert mention.kind is kind
