"""Detects attributions: turns the tagger's output into spans, before their sources are resolved to speakers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.extraction.english.candidates import Candidate, TokenRange
from claims.extraction.english.confidence import confidence_features
from claims.extraction.english.content_spans import classify_kind, content_spans
from claims.extraction.english.repairs import apply_repairs
from claims.extraction.english.speech_acts import classify_act
from claims.extraction.english.tagger import LinkedAttribution
from claims.extraction.quotation import Act, Kind, Part, Span
from claims.extraction.text.tokens import TokenizedDocument


@dataclass(frozen=True, slots=True)
class Detection:
    """An attribution whose source is not resolved yet.

    `carrier` is who passes on what the source says ("according to TASS"). `repaired` names the parts that a repair rule
    changed, `features` are the inputs of its confidence.
    """

    kind: Kind
    act: Act
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    carrier: Span | None
    repaired: frozenset[Part]
    features: Mapping[str, float]


def detect_attributions(
    document: TokenizedDocument, linked_attributions: Sequence[LinkedAttribution]
) -> list[Detection]:
    """Repair the tagger's attributions and return them as spans, in reading order."""
    candidates = apply_repairs(document, [Candidate.from_linked(linked) for linked in linked_attributions])
    return [detection for candidate in candidates if (detection := _build_detection(document, candidate))]


def _build_detection(document: TokenizedDocument, candidate: Candidate) -> Detection | None:
    if candidate.is_transcript_turn:
        kind = Kind.DIRECT
        content = tuple(document.span(*token_range) for token_range in candidate.content)
    else:
        kind = classify_kind(document, candidate.content)
        content = content_spans(document, candidate.content, kind)
    if not content:
        return None
    word_count = sum(len(span.of(document.text).split()) for span in content)
    return Detection(
        kind=kind,
        act=classify_act(document, candidate, kind),
        content=content,
        cue=_spans_of_range(document, _strip_cue_punctuation(document, candidate.cue)),
        source=_spans_of_range(document, candidate.source),
        carrier=document.span(*candidate.carrier) if candidate.carrier else None,
        repaired=frozenset(candidate.repaired),
        features=confidence_features(candidate, kind, word_count=word_count),
    )


def _strip_cue_punctuation(document: TokenizedDocument, cue: TokenRange | None) -> TokenRange | None:
    """Strip the punctuation at a cue's ends, unless the cue is punctuation only (a colon, a dash)."""
    if cue is None or not any(document.tokens[index].is_word for index in range(*cue)):
        return cue
    start, end = cue
    while not document.tokens[start].is_word:
        start += 1
    while not document.tokens[end - 1].is_word:
        end -= 1
    return start, end


def _spans_of_range(document: TokenizedDocument, token_range: TokenRange | None) -> tuple[Span, ...]:
    return (document.span(*token_range),) if token_range else ()
