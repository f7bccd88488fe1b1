"""Parses full-text queries: words, "phrases", prefix*, -excluded, and OR between alternatives.

What other search engines take for an operator, but this one does not have, is an error rather than a word: a reader
would take the answer for another one. In lower case or in quotation marks, everything is a word.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.search.text_values import WHITESPACE, TextValue, split_words
from claims.search.tokenizer import tokenize

MIN_PREFIX_LENGTH = 2  # letters; for shorter prefixes, the index would have to be scanned
SUPPORTED_SYNTAX = gettext_lazy(
    'words, "words in quotation marks", prefix*, -excluded and OR between words are; to search for a word that looks'
    " like an operator, put it in quotation marks"
)

# A number in groups of digits ("40 000", also with a sign before or behind it) is one term, though it contains spaces.
_TERM_PATTERN = re.compile(
    r'(?P<excluded>-?)(?:"(?P<phrase>[^"]*)(?:"|$)'
    r'|(?P<number>[^\w\s"-]*[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+[^\w\s"*]*)(?=[\s"]|$)'
    r'|(?P<word>[^\s"]+))'
)
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
    """Adjacent words. If `is_prefix`, the last one is a prefix. A single word is stemmed unless it `is_exact`."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_exact: bool = False

    @property
    def is_stemmed(self) -> bool:
        return len(self.words) == 1 and not self.is_prefix and not self.is_exact


Group = tuple[SearchTerm, ...]  # alternatives


@dataclass(frozen=True, slots=True)
class FullTextQuery:
    """One term of each group in `required` must match, and none of the `excluded` terms.

    `places` are the names of those where they may stand; all if there are none.
    """

    required: tuple[Group, ...]
    excluded: tuple[SearchTerm, ...] = ()
    places: tuple[str, ...] = ()

    def searches(self, place: str) -> bool:
        return not self.places or place in self.places


def parse_full_text_query(text: str) -> FullTextQuery:
    """Parses a query. Signs without a meaning where they stand are ignored, as are terms without a word.

    Raises QuerySyntaxError.
    """
    matches = list(_TERM_PATTERN.finditer(text))
    is_grouped = any(match["word"] in {"AND", "OR"} and not match["excluded"] for match in matches)
    required: list[Group] = []
    excluded: list[SearchTerm] = []
    can_join = is_joined = False  # whether OR may come next, and whether one came before
    split_number: list[Group] = []  # the groups of the term before, if it is a number that may be several
    for match in matches:
        operator = match["word"] if not match["excluded"] else None
        if operator in {"AND", "OR"}:
            if is_joined or (operator == "OR" and not can_join):
                raise QuerySyntaxError(_("has OR without a word on each side"))
            can_join, is_joined = False, operator == "OR"
            if is_joined and split_number:
                required[-len(split_number) :] = [split_number[0][:1]]
                split_number = []
            continue
        _check_is_supported(match, is_grouped=is_grouped)
        term = _parse_term(match)
        if term is None:
            continue
        if match["excluded"]:
            if is_joined:
                raise QuerySyntaxError(_("has OR before an excluded word"))
            excluded.append(term)
        elif is_joined:
            required[-1] = (*required[-1], term)
        else:
            split_number = _split_number(match["number"], term)
            required += split_number or [(term,)]
        can_join, is_joined = not match["excluded"], False
    if is_joined:
        raise QuerySyntaxError(_("has OR without a word on each side"))
    return FullTextQuery(tuple(dict.fromkeys(required)), tuple(dict.fromkeys(excluded)))


def words_begin_with(text: str) -> FullTextQuery:
    """Returns the query for these words, adjacent, of which the last may be the beginning of a word."""
    words = tuple(tokenize(text))
    is_prefix = bool(words) and len(words[-1]) >= MIN_PREFIX_LENGTH
    return FullTextQuery(((SearchTerm(words, is_prefix, is_exact=True),),) if words else ())


def _parse_term(match: re.Match[str]) -> SearchTerm | None:
    words = tokenize(match["phrase"] or match["number"] or match["word"] or "")
    if not words:
        return None
    is_prefix = (match["word"] or "").endswith("*") and len(words[-1]) >= MIN_PREFIX_LENGTH
    return SearchTerm(tuple(words), is_prefix, is_exact=match["phrase"] is not None)


def _split_number(text: str | None, number: SearchTerm) -> list[Group]:
    """Returns the groups for a number that may be several: "12 500" is found as 12500, and as 12 beside 500."""
    parts = [] if text is None else re.findall("[0-9]+", text)
    return [] if any(part[0] == "0" for part in parts) else [(number, SearchTerm((part,))) for part in parts]


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
        unsupported = _("grouping by parentheses")  # without operators, grouping would change nothing
    else:
        return
    raise QuerySyntaxError(
        _("%(operator)s is not supported: %(supported)s") % {"operator": unsupported, "supported": SUPPORTED_SYNTAX}
    )


class FullTextValue(TextValue):
    """A full-text query as the value of a parameter."""

    def __init__(self, max_length: int, max_words: int) -> None:
        super().__init__(max_length)
        self.max_words = max_words

    def expected_text(self) -> str:
        return _(
            "1 to %(words)s words, %(length)s characters at most, without NUL, "
            "and at least one of them not excluded by a -"
        ) % {"words": self.max_words, "length": self.max_length}

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
