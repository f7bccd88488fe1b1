"""The drafts of a document while rules change them: whose content each word is, and what rules ask of the text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from claims.extraction.candidates import Candidate, TokenRange
from claims.extraction.text.sentences import ABBREVIATIONS
from claims.extraction.text.tokens import QuotedTokens, QuoteSide, TokenizedDocument

ABBREVIATION_PATTERN = re.compile(rf"{ABBREVIATIONS}|[A-Z]\.")
SENTENCE_END = frozenset(".!?…")
# A name has no more words: a name, an age, an office.
MAX_SIGNATURE_WORDS = 10


class CandidateSet:
    """The drafts of one document. A word is of one draft's content at most.

    `owner` tells of which, by number; `cues` the draft whose cue begins with a word; `barred` are the words of cues and
    sources; `capitals` counts the words that begin with one.
    """

    def __init__(self, script: TokenizedDocument, drafts: Sequence[Candidate]) -> None:
        self.script = script
        self.drafts = list(drafts)
        self.capitals = Counter(word.text for word in script.words if word.text[0].isupper())
        self.owner = {word: number for number, draft in enumerate(self.drafts) for word in draft.words()}
        self.cues = {draft.cue[0]: number for number, draft in enumerate(self.drafts) if draft.cue}
        self.barred = {
            word for draft in self.drafts for part in (draft.cue, draft.source) if part for word in range(*part)
        }

    def add(self, draft: Candidate) -> int:
        """A new draft; gives its number."""
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def inner(self, quoted: QuotedTokens) -> list[int]:
        """The words between the marks."""
        return [word for word in range(quoted.start, quoted.end) if self.script.words[word].is_word]

    def give(self, quoted: QuotedTokens, number: int) -> None:
        """Make the whole stretch, marks and all, part of this draft's content."""
        self.take(set(range(quoted.start, quoted.end)), number)

    def take(self, taken: set[int], number: int) -> None:
        """Make the words part of this draft's content and of no other's."""
        self.free({word for word in taken if self.owner.get(word) != number})
        self.drafts[number].hold(set(self.drafts[number].words()) | taken)
        self.owner.update(dict.fromkeys(taken, number))

    def free(self, words: set[int]) -> None:
        """Make the words part of no draft's content."""
        for loser in {self.owner.pop(word) for word in words if word in self.owner}:
            self.drafts[loser].hold(set(self.drafts[loser].words()) - words)

    def replace(self, cue: TokenRange, source: TokenRange, start: int) -> None:
        """Make what begins at `start` one statement to its sentence's end, instead of what its words made until now."""
        end = self.sentence_end(start)
        for word in range(cue[0], end):
            if word in self.cues:
                self.free(set(self.drafts[self.cues[word]].words()))
        self.take(set(range(start, end)), self.add(Candidate([], cue, source)))

    def paragraphs(self) -> Iterator[tuple[int, int]]:
        """The words of each paragraph, first and last (exclusive)."""
        words = self.script.words
        start = 0
        for end in range(1, len(words) + 1):
            if end == len(words) or words[end].paragraph != words[start].paragraph:
                yield start, end
                start = end

    def sentence_end(self, start: int) -> int:
        """The word that ends the sentence of word `start`, or where its paragraph ends."""
        words = self.script.words
        end = start
        while end < len(words) and words[end].paragraph == words[start].paragraph:
            if words[end].side is QuoteSide.OUTSIDE and self._ends(end):
                return end
            end += 1
        return end

    def _ends(self, index: int) -> bool:
        """Whether a sentence ends with the word: not with the full stop of "Mr." or of "3.5"."""
        words = self.script.words
        if words[index].text not in SENTENCE_END:
            return False
        after = words[index + 1] if index + 1 < len(words) else None
        joined = after is not None and after.is_word and after.span.start == words[index].span.end
        return not joined and not (index and ABBREVIATION_PATTERN.fullmatch(words[index - 1].text + words[index].text))

    def opens(self, index: int) -> bool:
        """Whether a sentence begins with the word."""
        before, here = self.script.words[index - 1], self.script.words[index]
        return index == 0 or before.text in SENTENCE_END or before.paragraph != here.paragraph

    def name_before(self, end: int) -> int:
        """Where the run of capitalised words begins that ends before a word; `end` itself where there is none."""
        words = self.script.words
        start = end
        while (
            start
            and words[start - 1].is_word
            and words[start - 1].text[0].isupper()
            and end - start < MAX_SIGNATURE_WORDS
        ):
            start -= 1
        return start
