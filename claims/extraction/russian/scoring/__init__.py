"""How quotations in Russian are scored."""

import re
from collections.abc import Sequence

from claims.extraction.evaluation.scoring import Scoring
from claims.extraction.evaluation.word_index import WordIndex
from claims.extraction.quotation import Span

CUE_MARKS = frozenset({":", "—", "–", "-"})
PHRASE = re.compile(r"[^,;:()\[\]—–]+")
# The last word, with the capitalized ones before it.
HEADS = re.compile(r"(?:\b[A-ZА-ЯЁ][\w.-]*\W+)*[\w-]+\W*$")


def find_head_words(words: WordIndex, source: Sequence[Span]) -> frozenset[int]:
    """Return the name at the end of each phrase of a source, or its last word; all words if there is none."""
    heads = [
        Span(*match.span())
        for span in source
        for phrase in PHRASE.finditer(words.text, *span)
        if (match := HEADS.search(words.text, *phrase.span()))
    ]
    return words.indexes_in(heads) or words.indexes_in(source)


SCORING = Scoring(lambda cue: cue.strip() in CUE_MARKS, find_head_words)
