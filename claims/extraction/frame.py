"""Sentences as attribution reads them: words and punctuation, with each quoted stretch folded into one token.

What stands between marks is the speaker's own; folded, it can be neither cue nor subject, and a quotation of any length
is one step for the rules.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from claims.extraction.cues import CUES
from claims.extraction.marks import Stretch
from claims.extraction.quotation import Span

ABBREVIATIONS = (
    r"(?:\w+-)?(?:Mrs?|Ms|Mx|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Lt|Col|Gen|Maj|Capt|Cmdr|Adm|Sgt|Rev|Hon|Jr|Sr|St|vs|No|Inc|Corp|Co|Ltd"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Calif|Fla|Pa|Va|Md|Mass|Conn|Ind|Ill|Ohio|Wis|Minn|Mich|Tenn|Ala|Ga|Ariz"
    r"|a\.m|p\.m|e\.g|i\.e)\.(?!\w)"
)
TOKEN = re.compile(
    # An accent may follow its letter as a character of its own. Repeated punctuation is one token.
    rf"{ABBREVIATIONS}|(?:[^\W\d_]\.){{2,}}|[A-Z]\.(?=\s+[A-Z])|\d+(?:[.,:]\d+)+"
    r"|\w[\w\u0300-\u036f]*(?:[-&]\w[\w\u0300-\u036f]*|['’](?!s\b)\w[\w\u0300-\u036f]*)*|['’]s\b|([^\w\s])\1{2,}|\S"
)
POSSESSIVE = frozenset({"'s", "’s"})
# Nobody speaks a longer sentence; the bound keeps a text without full stops linear.
LONGEST = 240
END = frozenset(".!?…।。！？")
# After "…?" a cue this near shows that the sentence goes on: "Why?" the minister asked.
NEAR = 8


class Form(Enum):
    """What a token is."""

    WORD = auto()
    PUNCTUATION = auto()
    QUOTE = auto()


class Token(NamedTuple):
    """One word, punctuation mark or folded quotation.

    `capital` says that it is a word with a capital first letter, `quote` is the quotation's number in the paragraph.
    """

    start: int
    end: int
    text: str
    lower: str
    form: Form
    capital: bool = False
    quote: int = -1


Sentence = list[Token]


def sentences(text: str, paragraph: Span, quoted: Sequence[Stretch]) -> Iterator[Sentence]:
    """The sentences of a paragraph, none empty, none of more than LONGEST tokens."""
    tokens = list(_tokens(text, paragraph, quoted))
    start = 0
    for index, token in enumerate(tokens):
        if index + 1 - start >= LONGEST or _ends(text, tokens, index, token):
            yield tokens[start : index + 1]
            start = index + 1
    if start < len(tokens):
        yield tokens[start:]


def _tokens(text: str, paragraph: Span, quoted: Sequence[Stretch]) -> Iterator[Token]:
    at = paragraph.start
    for number, stretch in enumerate(quoted):
        yield from _words(text, at, stretch.outer.start)
        yield Token(*stretch.outer, "", "", Form.QUOTE, quote=number)
        at = stretch.outer.end
    yield from _words(text, at, paragraph.end)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in TOKEN.finditer(text, start, end):
        word = match[0]
        if word[0].isalnum() or word in POSSESSIVE:
            yield Token(match.start(), match.end(), word, word.lower(), Form.WORD, _is_capital(word))
        else:
            yield Token(match.start(), match.end(), word, word, Form.PUNCTUATION)


def _is_capital(word: str) -> bool:
    """Whether a name may begin so: "Roe", "al-Roe"."""
    return word[0].isupper() or (word.startswith(("al-", "el-")) and word[3:4].isupper())


def _ends(text: str, tokens: Sequence[Token], index: int, token: Token) -> bool:
    if index + 1 == len(tokens):
        return True
    after = tokens[index + 1]
    if token.form is Form.QUOTE:
        last = text[token.end - 2 : token.end - 1]
        return last in END and (after.form is Form.QUOTE or (after.capital and not _goes_on(tokens, index, last)))
    lower = after.form is Form.WORD and after.text[0].islower()
    return token.text[0] in END and after.form is not Form.PUNCTUATION and not lower


def _goes_on(tokens: Sequence[Token], index: int, last: str) -> bool:
    """Whether the sentence goes on behind a question in marks: "Why?" Ann Moor asked."""
    return last != "." and any(near.lower in CUES for near in tokens[index + 1 : index + 1 + NEAR])
