"""Splits paragraphs into sentences, with each quoted span folded into one token.

A folded quotation can be neither a cue nor a subject, and costs the rules one step however long it is.
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
    # An accent may be a combining character after its letter. Repeated punctuation is one token.
    rf"{ABBREVIATIONS}|(?:[^\W\d_]\.){{2,}}|[A-Z]\.(?=\s+[A-Z])|[a-z]\.(?=\s+[a-z])|\d+(?:[.,:]\d+)+"
    r"|\w[\w\u0300-\u036f]*(?:[-&]\w[\w\u0300-\u036f]*|['’](?![sS]\b)\w[\w\u0300-\u036f]*)*|['’][sS]\b|([^\w\s])\1{2,}|\S"
)
POSSESSIVE_ENDINGS = frozenset({"'s", "’s"})
# Longer than any real sentence; keeps the work on a text without full stops linear.
MAX_SENTENCE_TOKENS = 240
SENTENCE_END_MARKS = frozenset(".!?…।。！？")
# A cue within this many tokens after "…?" shows that the sentence continues: "Why?" the minister asked.
MAX_CUE_DISTANCE = 8


class TokenForm(Enum):
    WORD = auto()
    PUNCTUATION = auto()
    QUOTE = auto()


class SentenceToken(NamedTuple):
    """A word, a punctuation mark or a folded quotation, whose text is empty."""

    start: int
    end: int
    text: str
    lower: str
    form: TokenForm
    is_capitalized: bool = False


Sentence = list[SentenceToken]


def split_sentences(text: str, paragraph: Span, quoted: Sequence[QuotedSpan]) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph, each of 1 to `MAX_SENTENCE_TOKENS` tokens."""
    tokens = list(_sentence_tokens(text, paragraph, quoted))
    start = 0
    for index, token in enumerate(tokens):
        if index + 1 - start >= MAX_SENTENCE_TOKENS or _ends_sentence(text, tokens, index, token):
            yield tokens[start : index + 1]
            start = index + 1
    if start < len(tokens):
        yield tokens[start:]


def _sentence_tokens(text: str, paragraph: Span, quoted: Sequence[QuotedSpan]) -> Iterator[SentenceToken]:
    start = paragraph.start
    for span in quoted:
        yield from _word_tokens(text, start, span.outer.start)
        yield SentenceToken(*span.outer, "", "", TokenForm.QUOTE)
        start = span.outer.end
    yield from _word_tokens(text, start, paragraph.end)


def _word_tokens(text: str, start: int, end: int) -> Iterator[SentenceToken]:
    for match in TOKEN_PATTERN.finditer(text, start, end):
        word = match[0]
        if word[0].isalnum() or word.lower() in POSSESSIVE_ENDINGS:
            yield SentenceToken(match.start(), match.end(), word, word.lower(), TokenForm.WORD, is_capitalized(word))
        else:
            yield SentenceToken(match.start(), match.end(), word, word, TokenForm.PUNCTUATION)


def is_capitalized(word: str) -> bool:
    """Whether the word is capitalized as a name is: "Roe", "al-Roe"; letters of scripts without case count as well."""
    first = word[0]
    if first.islower():
        return word.startswith(("al-", "el-")) and word[3:4].isupper()
    is_caseless = first.isalpha() and first.lower() == first.upper()
    return first.isupper() or is_caseless


def _ends_sentence(text: str, tokens: Sequence[SentenceToken], index: int, token: SentenceToken) -> bool:
    if index + 1 == len(tokens):
        return True
    next_token = tokens[index + 1]
    if token.form is TokenForm.QUOTE:
        last_character = text[token.end - 2 : token.end - 1]
        return last_character in SENTENCE_END_MARKS and (
            next_token.form is TokenForm.QUOTE
            or (next_token.is_capitalized and not _continues_after_question(tokens, index, last_character))
        )
    is_lower_case = next_token.form is TokenForm.WORD and next_token.text[0].islower()
    return token.text[0] in SENTENCE_END_MARKS and next_token.form is not TokenForm.PUNCTUATION and not is_lower_case


def _continues_after_question(tokens: Sequence[SentenceToken], index: int, last_character: str) -> bool:
    """Whether the sentence continues after a quoted question: "Why?" Ann Moor asked."""
    return last_character != "." and any(
        token.lower in CUE_VERBS for token in tokens[index + 1 : index + 1 + MAX_CUE_DISTANCE]
    )
