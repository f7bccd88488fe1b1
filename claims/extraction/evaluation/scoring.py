"""What the evaluation knows of a language: which cues introduce speech, and how a source names the speaker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims.extraction.evaluation.word_index import WordIndex
from claims.extraction.quotation import Span
from claims.extraction.readers import choose_language, load_part


@dataclass(frozen=True, slots=True)
class Scoring:
    """`find_head_words` returns the indexes of the words of a source that name the speaker.

    `complementizers` are not part of a content's core if it begins with one, `titles` are no part of a name.
    """

    is_speech_cue: Callable[[str], bool]
    find_head_words: Callable[[WordIndex, Sequence[Span]], frozenset[int]]
    complementizers: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()


def scoring_of(text: str) -> Scoring:
    """Return how quotations of a text are scored, by its language."""
    scoring: Scoring = load_part(choose_language(text), "scoring")
    return scoring
