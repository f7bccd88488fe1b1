"""Annotated and predicted quotations in a form in which they can be compared: as sets of words.

They differ only in their speaker: an annotated source is represented by its head words, a predicted mention by all its
words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from claims.extraction.corpus import AnnotatedSpeaker, Attribution
from claims.extraction.evaluation.predictions import Prediction
from claims.extraction.evaluation.scoring import Scoring, scoring_of
from claims.extraction.evaluation.word_index import CLOSING, OPENING, STRAIGHT, WordIndex
from claims.extraction.quotation import Resolved, Span

# The share of words between quotation marks from which a quotation is direct.
MIN_DIRECT_SHARE = 0.9
MIN_NAME_LENGTH = 3  # letters


class Subset(StrEnum):
    """The quotations that a score is of. A quotation can be in several subsets."""

    ALL = "all"
    SPEECH = "speech"
    QUOTED = "quoted"
    DIRECT = "direct"
    SPEECH_QUOTED = "speech, quoted"
    SPEECH_INDIRECT = "speech, indirect"


@dataclass(frozen=True, slots=True)
class ComparableQuote:
    """A quotation as indexes of words. `core` is the content without a leading "that".

    `annotated_speaker` and `resolved_speaker` are who the speaker is by the corpus and by the prediction, if they say.
    """

    content: frozenset[int]
    core: frozenset[int]
    speaker: frozenset[int]
    subsets: frozenset[Subset]
    confidence: float | None = None
    annotated_speaker: AnnotatedSpeaker | None = None
    resolved_speaker: Resolved | None = None
    speaker_confidence: float | None = None


def annotated_quotes(words: WordIndex, attributions: Iterable[Attribution]) -> list[ComparableQuote]:
    """Convert annotated attributions; those without a word in their content are left out."""
    return list(_annotated_quotes(words, attributions))


def predicted_quotes(words: WordIndex, predictions: Iterable[Prediction]) -> list[ComparableQuote]:
    """Convert predictions; those without a word in their content are left out. One without a cue is speech."""
    return list(_predicted_quotes(words, predictions))


def has_right_speaker(gold: ComparableQuote, predicted: ComparableQuote) -> bool:
    """Whether the mention contains a head word of the source, or both are missing."""
    return not gold.speaker.isdisjoint(predicted.speaker) if gold.speaker else not predicted.speaker


def has_right_name(words: WordIndex, gold: ComparableQuote, predicted: ComparableQuote) -> bool:
    """Like `has_right_speaker`, but any other mention by the same name is right too."""
    if has_right_speaker(gold, predicted):
        return True
    names = {words.lower(index) for index in gold.speaker if _is_name_word(words.spans[index].of(words.text))}
    return any(words.lower(index) in names for index in predicted.speaker)


def _is_name_word(word: str) -> bool:
    return len(word) >= MIN_NAME_LENGTH and word[0].isupper()


def _annotated_quotes(words: WordIndex, attributions: Iterable[Attribution]) -> Iterator[ComparableQuote]:
    scoring = scoring_of(words.text)
    for attribution in attributions:
        if content := words.indexes_in(attribution.content):
            is_speech = bool(attribution.cue) and scoring.is_speech_cue(_join_spans(words, attribution.cue))
            yield ComparableQuote(
                content=content,
                core=_core_content(words, content, scoring),
                speaker=scoring.find_head_words(words, attribution.source),
                subsets=frozenset(_subsets_of(words, attribution.content, content, is_speech=is_speech)),
                annotated_speaker=attribution.speaker,
            )


def _predicted_quotes(words: WordIndex, predictions: Iterable[Prediction]) -> Iterator[ComparableQuote]:
    scoring = scoring_of(words.text)
    for prediction in predictions:
        if content := words.indexes_in(prediction.content):
            is_speech = not prediction.cue or scoring.is_speech_cue(_join_spans(words, prediction.cue))
            yield ComparableQuote(
                content=content,
                core=_core_content(words, content, scoring),
                speaker=words.indexes_in(prediction.mention),
                subsets=frozenset(_subsets_of(words, prediction.content, content, is_speech=is_speech)),
                confidence=prediction.confidence,
                resolved_speaker=prediction.speaker,
                speaker_confidence=prediction.speaker_confidence,
            )


def _join_spans(words: WordIndex, spans: Iterable[Span]) -> str:
    return " ".join(span.of(words.text) for span in spans)


def _core_content(words: WordIndex, content: frozenset[int], scoring: Scoring) -> frozenset[int]:
    first = min(content)
    return content - {first} if len(content) > 1 and words.lower(first) in scoring.complementizers else content


def _subsets_of(
    words: WordIndex, spans: Sequence[Span], content: frozenset[int], *, is_speech: bool
) -> Iterator[Subset]:
    yield Subset.ALL
    is_quoted = _has_mark_pair(words, spans, content)
    if is_quoted:
        yield Subset.QUOTED
        if len(content & words.quoted) >= MIN_DIRECT_SHARE * len(content):
            yield Subset.DIRECT
    if is_speech:
        yield Subset.SPEECH
        yield Subset.SPEECH_QUOTED if is_quoted else Subset.SPEECH_INDIRECT


def _has_mark_pair(words: WordIndex, spans: Sequence[Span], content: frozenset[int]) -> bool:
    """Whether a pair of double marks is in or around the content: in or around one span, or over all of them."""
    mark_count = 0
    for span in spans:
        # A full stop or a comma may stand between the span and the closing mark.
        surroundings = words.text[max(0, span.start - 1) : span.end + 2]
        opening, closing, straight = (sum(map(surroundings.count, marks)) for marks in (OPENING, CLOSING, STRAIGHT))
        if (opening and closing) or straight >= 2:
            return True
        mark_count += opening + closing + straight
    return mark_count >= 2 and not content.isdisjoint(words.quoted)
