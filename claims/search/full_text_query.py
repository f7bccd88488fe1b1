"""Parses full-text queries: words, "phrases", prefix*, -excluded, and OR between alternatives.

What other search engines take for an operator, but this one does not have, is an error rather than a word: a reader
would take the answer for another one. In lower case or in quotation marks, everything is a word.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from claims.search.text_values import WHITESPACE, TextValue, split_words
from claims.search.tokenizer import tokenize

MIN_PREFIX_LENGTH = 2  # letters; for shorter prefixes, the index would have to be scanned
SUPPORTED_SYNTAX = (
    'words, "words in quotation marks", prefix*, -excluded and OR between words are; to search for a word that looks'
    " like an operator, put it in quotation marks"
)

_TERM_PATTERN = re.compile(r'(?P<excluded>-?)(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
_LETTERS = "A-Za-z_\u00c0-\u024f\u0400-\u04ff"  # spelled out for the schema: see WHITESPACE
# Not of a time (12:30), of an address (https://…), nor at the end of a word (a headline: "Ford: taxes are high").
_FIELD = rf"[{_LETTERS}][{_LETTERS}0-9.-]*:(?!//)"
_FIELD_PATTERN = re.compile(rf"[(+]*{_FIELD}")
_NEAR_PATTERN = re.compile(r"NEAR(/[0-9]+)?(\(.*)?", re.DOTALL)
# In JSON Schema's dialect: a `field:` outside quotation marks.
_FIELD_IN_QUERY = rf'([^"]*"[^"]*")*([^"]*[{WHITESPACE}])?-?{_FIELD}[^{WHITESPACE}]'


class QuerySyntaxError(Exception):
    """A query has an operator that is not supported, or in a place where it has no meaning."""


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """Adjacent words. If `is_prefix`, the last one is a prefix."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class FullTextQuery:
    """One term of each group in `required` must match, and none of the `excluded` terms."""

    required: tuple[tuple[SearchTerm, ...], ...]
    excluded: tuple[SearchTerm, ...] = ()


def parse_full_text_query(text: str) -> FullTextQuery:
    """Parses a query. Signs without a meaning where they stand are ignored, as are terms without a word.

    Raises QuerySyntaxError.
    """
    matches = list(_TERM_PATTERN.finditer(text))
    is_grouped = any(match["word"] in {"AND", "OR"} and not match["excluded"] for match in matches)
    required: list[tuple[SearchTerm, ...]] = []
    excluded: list[SearchTerm] = []
    can_join = is_joined = False  # whether OR may come next, and whether one came before
    for match in matches:
        operator = match["word"] if not match["excluded"] else None
        if operator in {"AND", "OR"}:
            if is_joined or (operator == "OR" and not can_join):
                raise QuerySyntaxError("has OR without a word on each side")
            can_join, is_joined = False, operator == "OR"
            continue
        _check_is_supported(match, is_grouped=is_grouped)
        term = _parse_term(match)
        if term is None:
            continue
        if match["excluded"]:
            if is_joined:
                raise QuerySyntaxError("has OR before an excluded word")
            excluded.append(term)
        elif is_joined:
            required[-1] = (*required[-1], term)
        else:
            required.append((term,))
        can_join, is_joined = not match["excluded"], False
    if is_joined:
        raise QuerySyntaxError("has OR without a word on each side")
    return FullTextQuery(tuple(dict.fromkeys(required)), tuple(dict.fromkeys(excluded)))


def _parse_term(match: re.Match[str]) -> SearchTerm | None:
    words = tokenize(match["phrase"] if match["word"] is None else match["word"])
    if not words:
        return None
    is_prefix = (match["word"] or "").endswith("*") and len(words[-1]) >= MIN_PREFIX_LENGTH
    return SearchTerm(tuple(words), is_prefix)


def _check_is_supported(match: re.Match[str], *, is_grouped: bool) -> None:
    word, has_sign = match["word"], bool(match["excluded"])
    if word is None:
        return
    field = _FIELD_PATTERN.match(word)
    if not has_sign and (word == "NOT" or _NEAR_PATTERN.fullmatch(word)):
        unsupported = word[:4].rstrip("(/")
    elif field and (field.end() < len(word) or match.string[match.end() : match.end() + 1] == '"'):
        unsupported = field[0].lstrip("(+")
    elif (word.startswith("(") and (is_grouped or has_sign)) or (word.endswith(")") and is_grouped):
        unsupported = "grouping by parentheses"  # without operators, grouping would change nothing
    else:
        return
    raise QuerySyntaxError(f"{unsupported} is not supported: {SUPPORTED_SYNTAX}")


class FullTextValue(TextValue):
    """A full-text query as the value of a parameter."""

    def __init__(self, max_length: int, max_words: int) -> None:
        super().__init__(max_length)
        self.max_words = max_words
        self.expected = (
            f"1 to {max_words} words, {max_length} characters at most, without NUL, "
            "and at least one of them not excluded by a -"
        )

    def parse(self, text: str) -> FullTextQuery:
        words = split_words(text)
        if len(words) > self.max_words or all(word.startswith("-") for word in words):
            raise ValueError
        try:
            return parse_full_text_query(text)
        except QuerySyntaxError as error:
            raise ValidationError(str(error)) from error

    def json_schema(self) -> dict[str, object]:
        word, space = rf"[^{WHITESPACE}\u0000]+", f"[{WHITESPACE}]"
        has_wanted_word = rf"(?=([^\u0000]*{space})?[^{WHITESPACE}\u0000-])"
        words = rf"{space}*{word}({space}+{word}){{0,{self.max_words - 1}}}{space}*"
        return super().json_schema() | {"pattern": f"^(?!{_FIELD_IN_QUERY}){has_wanted_word}{words}$"}
