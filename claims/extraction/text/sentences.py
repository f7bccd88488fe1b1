"""Sentences as attribution reads them: words and punctuation, with each quoted stretch folded into one token.

What stands between marks is the speaker's own; folded, it can be neither cue nor subject, and a quotation of any length
is one step for the rules.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from claims.extraction.lexicon.cues import CUE_VERBS
from claims.extraction.quotation import Span
from claims.extraction.text.quotation_marks import QuotedSpan

ABBREVIATIONS = (
    r"(?:\w+-)?(?:Mrs?|Ms|Mx|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Lt|Col|Gen|Maj|Capt|Cmdr|Adm|Sgt|Rev|Hon|Jr|Sr|St|vs|No|Inc|Corp|Co|Ltd"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Calif|Fla|Pa|Va|Md|Mass|Conn|Ind|Ill|Ohio|Wis|Minn|Mich|Tenn|Ala|Ga|Ariz"
    r"|a\.m|p\.m|e\.g|i\.e)\.(?!\w)"
)
TOKEN_PATTERN = re.compile(
    # An accent may follow its letter as a character of its own. Repeated punctuation is one token.
    rf"{ABBREVIATIONS}|(?:[^\W\d_]\.){{2,}}|[A-Z]\.(?=\s+[A-Z])|\d+(?:[.,:]\d+)+"
    r"|\w[\w\u0300-\u036f]*(?:[-&]\w[\w\u0300-\u036f]*|['’](?!s\b)\w[\w\u0300-\u036f]*)*|['’]s\b|([^\w\s])\1{2,}|\S"
)
POSSESSIVE_ENDINGS = frozenset({"'s", "’s"})
# Nobody speaks a longer sentence; the bound keeps a text without full stops linear.
MAX_SENTENCE_TOKENS = 240
SENTENCE_END_MARKS = frozenset(".!?…।。！？")
# After "…?" a cue this near shows that the sentence goes on: "Why?" the minister asked.
MAX_CUE_DISTANCE = 8


class TokenForm(Enum):
    """What a token is."""

    WORD = auto()
    PUNCTUATION = auto()
    QUOTE = auto()


class SentenceToken(NamedTuple):
    """One word, punctuation mark or folded quotation.

    `capital` says that it is a word with a capital first letter, `quote` is the quotation's number in the paragraph.
    """

    start: int
    end: int
    text: str
    lower: str
    form: TokenForm
    capital: bool = False
    quote: int = -1


Sentence = list[SentenceToken]


def split_sentences(text: str, paragraph: Span, quoted: Sequence[QuotedSpan]) -> Iterator[Sentence]:
    """The sentences of a paragraph, none empty, none of more than LONGEST tokens."""
    tokens = list(_sentence_tokens(text, paragraph, quoted))
    start = 0
    for index, token in enumerate(tokens):
        if index + 1 - start >= MAX_SENTENCE_TOKENS or _ends_sentence(text, tokens, index, token):
            yield tokens[start : index + 1]
            start = index + 1
    if start < len(tokens):
        yield tokens[start:]


def _sentence_tokens(text: str, paragraph: Span, quoted: Sequence[QuotedSpan]) -> Iterator[SentenceToken]:
    at = paragraph.start
    for number, stretch in enumerate(quoted):
        yield from _word_tokens(text, at, stretch.outer.start)
        yield SentenceToken(*stretch.outer, "", "", TokenForm.QUOTE, quote=number)
        at = stretch.outer.end
    yield from _word_tokens(text, at, paragraph.end)


def _word_tokens(text: str, start: int, end: int) -> Iterator[SentenceToken]:
    for match in TOKEN_PATTERN.finditer(text, start, end):
        word = match[0]
        if word[0].isalnum() or word in POSSESSIVE_ENDINGS:
            yield SentenceToken(match.start(), match.end(), word, word.lower(), TokenForm.WORD, _is_capitalized(word))
        else:
            yield SentenceToken(match.start(), match.end(), word, word, TokenForm.PUNCTUATION)


def _is_capitalized(word: str) -> bool:
    """Whether a name may begin so: "Roe", "al-Roe"."""
    return word[0].isupper() or (word.startswith(("al-", "el-")) and word[3:4].isupper())


def _ends_sentence(text: str, tokens: Sequence[SentenceToken], index: int, token: SentenceToken) -> bool:
    if index + 1 == len(tokens):
        return True
    after = tokens[index + 1]
    if token.form is TokenForm.QUOTE:
        last = text[token.end - 2 : token.end - 1]
        return last in SENTENCE_END_MARKS and (
            after.form is TokenForm.QUOTE or (after.capital and not _continues_after_question(tokens, index, last))
        )
    lower = after.form is TokenForm.WORD and after.text[0].islower()
    return token.text[0] in SENTENCE_END_MARKS and after.form is not TokenForm.PUNCTUATION and not lower


def _continues_after_question(tokens: Sequence[SentenceToken], index: int, last: str) -> bool:
    """Whether the sentence goes on behind a question in marks: "Why?" Ann Moor asked."""
    return last != "." and any(near.lower in CUE_VERBS for near in tokens[index + 1 : index + 1 + MAX_CUE_DISTANCE])
