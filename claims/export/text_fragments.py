"""Links that scroll to a quote on the publisher's page and highlight it there: text fragments of URLs.

A directive is `text=[prefix-,]start[,end][,-suffix]`, percent-encoded (https://wicg.github.io/scroll-to-text-fragment/).
Each of its terms must lie within one paragraph of the page, and be whole words. A browser that does not know text
fragments, or does not find the words, opens the page at its top.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote as percent_encode

MAX_WHOLE_LENGTH = 120  # code points; longer passages are given by their first and last words
MIN_UNIQUE_LENGTH = 30  # shorter passages may be on the page twice: the words around them tell which is meant
MAX_TERM_LENGTH = 50  # of the first and of the last words
CONTEXT_WORDS = 3
# Words between spaces; in scripts without spaces, clauses.
_WORD = re.compile(r"[^\s，。、！？；：]+[，。、！？；：]*|[，。、！？；：]+")


def quote_fragment_url(quote: Mapping[str, Any]) -> str:
    """Returns the link to a quote, as the API shows it, on its publisher's page; empty if that has no web address."""
    url = quote["source"]["url"]
    return text_fragment_url(url, passages_of(quote["exact"], quote["spans"]), quote["prefix"], quote["suffix"])


def passages_of(exact: str, spans: Sequence[Sequence[int]]) -> list[str]:
    """Returns the parts of a quote, which `exact` joins by one space."""
    passages, position = [], 0
    for start, end in spans:
        passages.append(exact[position : position + end - start])
        position += end - start + 1
    return passages


def text_fragment_url(url: str, passages: Sequence[str], prefix: str = "", suffix: str = "") -> str:
    """Returns the URL with a directive for each passage; empty if it is not a URL of the web.

    `prefix` is the text before the first passage and `suffix` that after the last; both may be cut within a word.
    """
    if not url.lower().startswith(("http://", "https://")):
        return ""
    last = len(passages) - 1
    directives = [
        _directive(passage, prefix if index == 0 else "", suffix if index == last else "")
        for index, passage in enumerate(passages)
        if passage.strip()
    ]
    base = url.partition(":~:")[0]
    return f"{base}{'' if '#' in base else '#'}:~:{'&'.join(directives)}" if directives else url


def _directive(passage: str, prefix: str, suffix: str) -> str:
    encoded = [_encode(term) for term in _terms(passage.strip())]
    if len(passage) < MIN_UNIQUE_LENGTH:
        if before := _words_before(prefix):
            encoded.insert(0, f"{_encode(before)}-")
        if after := _words_after(suffix):
            encoded.append(f"-{_encode(after)}")
    return f"text={','.join(encoded)}"


def _terms(passage: str) -> list[str]:
    """Returns the passage or, if it is long or has several paragraphs, its first and last words."""
    lines = passage.split("\n")
    if len(lines) > 1:
        return [_first_words(lines[0], MAX_TERM_LENGTH), _last_words(lines[-1], MAX_TERM_LENGTH)]
    if len(passage) <= MAX_WHOLE_LENGTH or len(_WORD.findall(passage)) < 2:
        return [passage]
    half = min(len(passage) // 2, MAX_TERM_LENGTH)
    return [_first_words(passage, half), _last_words(passage, half)]


def _first_words(line: str, length: int) -> str:
    """Returns as many of the first words as fit, at least one."""
    ends = [match.end() for match in _WORD.finditer(line)]
    return line[: max((end for end in ends if end <= length), default=ends[0])]


def _last_words(line: str, length: int) -> str:
    starts = [match.start() for match in _WORD.finditer(line)]
    return line[min((start for start in starts if len(line) - start <= length), default=starts[-1]) :]


def _words_before(prefix: str) -> str:
    """Returns the last whole words of the paragraph that the prefix ends in."""
    line = prefix.rpartition("\n")[2]
    starts = [match.start() for match in _WORD.finditer(line)]
    is_cut = line == prefix  # the first word may be
    starts = starts[1:] if is_cut else starts
    return line[starts[-CONTEXT_WORDS:][0] :] if starts else ""


def _words_after(suffix: str) -> str:
    """Returns the first whole words of the paragraph that the suffix begins in."""
    line = suffix.partition("\n")[0]
    ends = [match.end() for match in _WORD.finditer(line)]
    is_cut = line == suffix  # the last word may be
    ends = ends[:-1] if is_cut else ends
    return line[: ends[:CONTEXT_WORDS][-1]] if ends else ""


def _encode(term: str) -> str:
    # A hyphen, an ampersand and a comma belong to the syntax; `quote` leaves the hyphen.
    return percent_encode(" ".join(term.split()), safe="").replace("-", "%2D")
