"""Where the words of a full-text query stand in a text, by the rules of the search."""

from collections.abc import Iterator, Sequence
from itertools import chain

from claims.search.full_text_query import FullTextQuery, SearchTerm
from claims.search.tokenizer import locate_tokens, stem_word

Span = tuple[int, int]  # code points, end exclusive


def match_spans(query: FullTextQuery, text: str) -> list[Span]:
    """Returns the spans of the words that a query asks for, in order, apart from each other.

    They are whole words, also where a prefix matches; a phrase is one span. Any of several alternatives counts, and it
    does not matter whether the text matches the whole query: its other words may stand in other places of the row.
    """
    tokens = locate_tokens(text)
    words = [token.word for token in tokens]
    terms = dict.fromkeys(chain.from_iterable(query.required))
    found = sorted((tokens[first].start, tokens[last].end) for term in terms for first, last in _find_term(term, words))
    spans: list[Span] = []
    for start, end in found:
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans


def _find_term(term: SearchTerm, words: Sequence[str]) -> Iterator[Span]:
    """Yields the positions of the first and the last word of each occurrence of a term."""
    *before, last = term.words
    stem = stem_word(last) if term.is_stemmed else None
    for position, word in enumerate(words):
        if stem:
            is_match = stem in {word, stem_word(word)}
        else:
            is_match = word.startswith(last) if term.is_prefix else word == last
        first = position - len(before)
        if is_match and first >= 0 and words[first:position] == before:
            yield first, position
