"""Detection: every attribution with its content, cue and source as spans, before anyone asks who the source is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.extraction.acts import act_of
from claims.extraction.confidence import signs
from claims.extraction.drafts import Draft, Range
from claims.extraction.quotation import Act, Kind, Part, Span
from claims.extraction.repairs import repaired
from claims.extraction.tagger import Linked
from claims.extraction.tagger.words import Script
from claims.extraction.trimming import kind_of, spans_of


@dataclass(frozen=True, slots=True)
class Found:
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


def find(script: Script, linked: Sequence[Linked]) -> list[Found]:
    """What the tagger linked in a document, as spans in reading order, repaired where form decides."""
    drafts = repaired(script, [Draft.of(each) for each in linked])
    return [found for draft in drafts if (found := _found(script, draft))]


def _found(script: Script, draft: Draft) -> Found | None:
    if draft.line:
        kind, content = Kind.DIRECT, tuple(script.span(*part) for part in draft.content)
    else:
        kind = kind_of(script, draft.content)
        content = spans_of(script, draft.content, kind)
    if not content:
        return None
    words = sum(len(span.of(script.text).split()) for span in content)
    return Found(
        kind=kind,
        act=act_of(script, draft, kind),
        content=content,
        cue=_span(script, _spoken(script, draft.cue)),
        source=_span(script, draft.source),
        repaired=frozenset(draft.repaired),
        signs=signs(draft, kind, words=words),
    )


def _spoken(script: Script, cue: Range | None) -> Range | None:
    """The cue without the punctuation at its ends, unless it is nothing else."""
    if cue is None or not any(script.words[index].is_word for index in range(*cue)):
        return cue
    start, end = cue
    while not script.words[start].is_word:
        start += 1
    while not script.words[end - 1].is_word:
        end -= 1
    return start, end


def _span(script: Script, part: Range | None) -> tuple[Span, ...]:
    return (script.span(*part),) if part else ()
