"""The candidates of one document while rules change them, with the questions that rules ask of the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from claims.extraction.english.candidates import Candidate, TokenRange, token_ranges
from claims.extraction.english.sentences import ABBREVIATIONS
from claims.extraction.quotation import Part
from claims.extraction.text.tokens import QuotedTokens, QuoteSide, Token, TokenizedDocument

ABBREVIATION_PATTERN = re.compile(rf"{ABBREVIATIONS}|[A-Z]\.")
SENTENCE_END = frozenset(".!?…")
# A name with an age or an office has no more words.
MAX_SIGNATURE_WORDS = 10


class CandidateSet:
    """The candidates of one document. A token belongs to the content of at most one candidate.

    Candidates are referred to by their index in `all`. `owners` maps a content token to its candidate, `by_cue_start`
    the first token of a cue to its candidate. `cue_and_source_tokens` are the tokens of all cues and sources as the
    tagger gave them. `capitalized_counts` counts the capitalized tokens of the document, `paragraph_ranges` are the
    tokens of its paragraphs.
    """

    def __init__(self, document: TokenizedDocument, candidates: Sequence[Candidate]) -> None:
        self.document = document
        self.all = list(candidates)
        self.paragraph_ranges = list(_paragraph_ranges(document.tokens))
        self.capitalized_counts = Counter(token.text for token in document.tokens if token.text[0].isupper())
        self.owners = {
            token: number for number, candidate in enumerate(self.all) for token in candidate.content_tokens()
        }
        self.by_cue_start = {candidate.cue[0]: number for number, candidate in enumerate(self.all) if candidate.cue}
        self.cue_and_source_tokens = {
            token
            for candidate in self.all
            for token_range in (candidate.cue, candidate.source)
            if token_range
            for token in range(*token_range)
        }

    def add(self, candidate: Candidate) -> int:
        """Add a candidate and return its number."""
        self.all.append(candidate)
        return len(self.all) - 1

    def words_in(self, quoted: QuotedTokens) -> list[int]:
        return [token for token in range(quoted.start, quoted.end) if self.document.tokens[token].is_word]

    def assign_quote(self, quoted: QuotedTokens, number: int) -> None:
        """Move a quoted span with its marks into a candidate's content."""
        self.assign(set(range(quoted.start, quoted.end)), number)

    def separate(self, statements: Sequence[tuple[QuotedTokens, Candidate]]) -> None:
        """Move quoted spans into new candidates, all at once: one by one takes quadratic time if one has them all."""
        self.release({token for quoted, _ in statements for token in range(quoted.start, quoted.end)})
        for quoted, candidate in statements:
            number = self.add(candidate)
            candidate.content = [(quoted.start, quoted.end)]
            candidate.repaired.add(Part.CONTENT)
            self.owners.update(dict.fromkeys(range(quoted.start, quoted.end), number))

    def assign(self, tokens: set[int], number: int) -> None:
        """Move tokens into a candidate's content, out of any other candidate's."""
        self.release({token for token in tokens if self.owners.get(token) != number})
        for start, end in token_ranges(tokens):
            self.all[number].add_content(start, end)
        self.owners.update(dict.fromkeys(tokens, number))

    def release(self, tokens: set[int]) -> None:
        """Remove tokens from the content of whichever candidates hold them."""
        released: dict[int, list[int]] = defaultdict(list)
        for token in tokens:
            if token in self.owners:
                released[self.owners.pop(token)].append(token)
        for number, owned in released.items():
            for start, end in token_ranges(owned):
                self.all[number].remove_content(start, end)

    def replace_statement(self, cue: TokenRange, source: TokenRange, start: int) -> None:
        """Make the rest of the sentence from `start` one new candidate, in place of those whose cues stand in it."""
        end = self.sentence_end(start)
        for token in range(cue[0], end):
            if token in self.by_cue_start:
                self.release(set(self.all[self.by_cue_start[token]].content_tokens()))
        self.assign(set(range(start, end)), self.add(Candidate([], cue, source)))

    def sentence_end(self, start: int, max_length: int | None = None) -> int:
        """Return the token that ends the sentence of token `start`, or the end of its paragraph.

        At most `max_length` tokens are looked at.
        """
        tokens = self.document.tokens
        stop = len(tokens) if max_length is None else min(len(tokens), start + max_length)
        end = start
        while end < stop and tokens[end].paragraph == tokens[start].paragraph:
            if tokens[end].side is QuoteSide.OUTSIDE and self._ends_sentence(end):
                return end
            end += 1
        return end

    def _ends_sentence(self, index: int) -> bool:
        """Whether a sentence ends with the token, which is not so for the full stops in "Mr." and "3.5"."""
        tokens = self.document.tokens
        token = tokens[index]
        if token.text not in SENTENCE_END:
            return False
        next_token = tokens[index + 1] if index + 1 < len(tokens) else None
        is_joined = next_token is not None and next_token.is_word and next_token.span.start == token.span.end
        return not is_joined and not (index and ABBREVIATION_PATTERN.fullmatch(tokens[index - 1].text + token.text))

    def starts_sentence(self, index: int) -> bool:
        previous, token = self.document.tokens[index - 1], self.document.tokens[index]
        return index == 0 or previous.text in SENTENCE_END or previous.paragraph != token.paragraph

    def start_of_name_before(self, end: int) -> int:
        """Return where the run of capitalized words before token `end` begins; `end` itself if there is none."""
        tokens = self.document.tokens
        start = end
        while start and end - start < MAX_SIGNATURE_WORDS:
            previous = tokens[start - 1]
            if not previous.is_word or not previous.text[0].isupper():
                break
            start -= 1
        return start


def _paragraph_ranges(tokens: Sequence[Token]) -> Iterator[TokenRange]:
    start = 0
    for _, paragraph in groupby(tokens, key=attrgetter("paragraph")):
        end = start + sum(1 for _ in paragraph)
        yield start, end
        start = end
