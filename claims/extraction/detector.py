"""Detection: every attribution with its content, cue and source as spans, before anyone asks who the source is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.extraction.candidates import Candidate, TokenRange
from claims.extraction.confidence import confidence_features
from claims.extraction.content_spans import classify_kind, content_spans
from claims.extraction.quotation import Act, Kind, Part, Span
from claims.extraction.repairs import apply_repairs
from claims.extraction.speech_acts import classify_act
from claims.extraction.tagger import LinkedAttribution
from claims.extraction.text.tokens import TokenizedDocument


@dataclass(frozen=True, slots=True)
class Detection:
    """An attribution whose source is not resolved yet. `repaired` are the parts that a rule of form changed.

    `signs` are what tells how sure it is.
    """

    kind: Kind
    act: Act
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    repaired: frozenset[Part]
    signs: Mapping[str, float]


def detect_attributions(script: TokenizedDocument, linked: Sequence[LinkedAttribution]) -> list[Detection]:
    """What the tagger linked in a document, as spans in reading order, repaired where form decides."""
    drafts = apply_repairs(script, [Candidate.of(each) for each in linked])
    return [found for draft in drafts if (found := _build_detection(script, draft))]


def _build_detection(script: TokenizedDocument, draft: Candidate) -> Detection | None:
    if draft.line:
        kind, content = Kind.DIRECT, tuple(script.span(*part) for part in draft.content)
    else:
        kind = classify_kind(script, draft.content)
        content = content_spans(script, draft.content, kind)
    if not content:
        return None
    words = sum(len(span.of(script.text).split()) for span in content)
    return Detection(
        kind=kind,
        act=classify_act(script, draft, kind),
        content=content,
        cue=_span_of_range(script, _strip_cue_punctuation(script, draft.cue)),
        source=_span_of_range(script, draft.source),
        repaired=frozenset(draft.repaired),
        signs=confidence_features(draft, kind, words=words),
    )


def _strip_cue_punctuation(script: TokenizedDocument, cue: TokenRange | None) -> TokenRange | None:
    """The cue without the punctuation at its ends, unless it is nothing else."""
    if cue is None or not any(script.words[index].is_word for index in range(*cue)):
        return cue
    start, end = cue
    while not script.words[start].is_word:
        start += 1
    while not script.words[end - 1].is_word:
        end -= 1
    return start, end


def _span_of_range(script: TokenizedDocument, part: TokenRange | None) -> tuple[Span, ...]:
    return (script.span(*part),) if part else ()
