"""Quotations as they are compared: sets of words, what kind of quotation each is, and whether the speaker is right.

What was annotated and what was predicted differ only in their speaker: an annotated source counts by its head words, a
predicted mention by all its words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from claims.extraction.corpus import Attribution
from claims.extraction.evaluation.head_words import find_head_words
from claims.extraction.evaluation.predictions import Prediction
from claims.extraction.evaluation.speech_cues import is_speech_cue
from claims.extraction.evaluation.word_index import CLOSING, OPENING, STRAIGHT, WordIndex
from claims.extraction.quotation import Span

# Left out of the comparison where a content begins with one.
COMPLEMENTIZERS = frozenset({"that", "whether", "if", "to"})
# So much of a direct quotation's words stands between marks.
MIN_DIRECT_SHARE = 0.9
MIN_NAME_LENGTH = 3  # letters


class Subset(StrEnum):
    """Which quotations a figure is of; one may be in several."""

    ALL = "all"
    SPEECH = "speech"
    QUOTED = "quoted"
    DIRECT = "direct"
    SPEECH_QUOTED = "speech, quoted"
    SPEECH_INDIRECT = "speech, indirect"


@dataclass(frozen=True, slots=True)
class ComparableQuote:
    """A quotation as words of its text. `core` is its content without a leading "that"."""

    content: frozenset[int]
    core: frozenset[int]
    speaker: frozenset[int]
    subsets: frozenset[Subset]
    confidence: float | None = None


def annotated_quotes(words: WordIndex, attributions: Iterable[Attribution]) -> list[ComparableQuote]:
    """What people annotated. An attribution whose content holds no word is left out: nothing can be compared."""
    return list(_annotated_quotes(words, attributions))


def predicted_quotes(words: WordIndex, predictions: Iterable[Prediction]) -> list[ComparableQuote]:
    """What a system found, as far as its contents hold words. Without a cue it may be speech."""
    return list(_predicted_quotes(words, predictions))


def has_right_speaker(gold: ComparableQuote, predicted: ComparableQuote) -> bool:
    """Whether the mention holds a head word of the source; where there is no source, there may be no mention."""
    return not gold.speaker.isdisjoint(predicted.speaker) if gold.speaker else not predicted.speaker


def has_right_name(words: WordIndex, gold: ComparableQuote, predicted: ComparableQuote) -> bool:
    """As `is_right_speaker`, but any mention of the same name is right too."""
    if has_right_speaker(gold, predicted):
        return True
    names = {words.lower(index) for index in gold.speaker if _is_name_word(words.spans[index].of(words.text))}
    return any(words.lower(index) in names for index in predicted.speaker)


def _is_name_word(word: str) -> bool:
    return len(word) >= MIN_NAME_LENGTH and word[0].isupper()


def _annotated_quotes(words: WordIndex, attributions: Iterable[Attribution]) -> Iterator[ComparableQuote]:
    for each in attributions:
        if content := words.under(each.content):
            speech = bool(each.cue) and is_speech_cue(_join_spans(words, each.cue))
            subsets = frozenset(_subsets_of(words, each.content, content, speech=speech))
            yield ComparableQuote(content, _core_content(words, content), find_head_words(words, each.source), subsets)


def _predicted_quotes(words: WordIndex, predictions: Iterable[Prediction]) -> Iterator[ComparableQuote]:
    for each in predictions:
        if content := words.under(each.content):
            speech = not each.cue or is_speech_cue(_join_spans(words, each.cue))
            subsets = frozenset(_subsets_of(words, each.content, content, speech=speech))
            yield ComparableQuote(
                content, _core_content(words, content), words.under(each.mention), subsets, each.confidence
            )


def _join_spans(words: WordIndex, spans: Iterable[Span]) -> str:
    return " ".join(span.of(words.text) for span in spans)


def _core_content(words: WordIndex, content: frozenset[int]) -> frozenset[int]:
    first = min(content)
    return content - {first} if len(content) > 1 and words.lower(first) in COMPLEMENTIZERS else content


def _subsets_of(words: WordIndex, spans: Sequence[Span], content: frozenset[int], *, speech: bool) -> Iterator[Subset]:
    yield Subset.ALL
    quoted = _has_mark_pair(words, spans, content)
    if quoted:
        yield Subset.QUOTED
        if len(content & words.quoted) >= MIN_DIRECT_SHARE * len(content):
            yield Subset.DIRECT
    if speech:
        yield Subset.SPEECH
        yield Subset.SPEECH_QUOTED if quoted else Subset.SPEECH_INDIRECT


def _has_mark_pair(words: WordIndex, spans: Sequence[Span], content: frozenset[int]) -> bool:
    """Whether a pair of double marks stands in the content or around it: one span's, or one over all of them."""
    marks = 0
    for span in spans:
        # A mark behind may have a full stop or a comma before it.
        around = words.text[max(0, span.start - 1) : span.end + 2]
        opening, closing, straight = (sum(map(around.count, kind)) for kind in (OPENING, CLOSING, STRAIGHT))
        if (opening and closing) or straight >= 2:
            return True
        marks += opening + closing + straight
    return marks >= 2 and not content.isdisjoint(words.quoted)
