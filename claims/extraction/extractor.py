"""The face of extraction: whatever finds the quotations, this is how they are asked for."""

from claims.extraction.confidence import predict_confidence
from claims.extraction.detector import Detection, detect_attributions
from claims.extraction.document import Document
from claims.extraction.outlets import find_outlets
from claims.extraction.quotation import Quotation, Span
from claims.extraction.resolver import SpeakerMention, Utterance, resolve_speakers
from claims.extraction.tagger import load_tagger
from claims.extraction.text.tokens import tokenize_document

EXTRACTOR = "tagger"
EXTRACTOR_VERSION = "1"


def extract(document: Document) -> list[Quotation]:
    """The attributed quotations of a document in reading order; takes time linear in the text.

    Any text will do. Raises `ModelError` when the tagger's own files are missing or damaged.
    """
    model = load_tagger()
    script = tokenize_document(document)
    likely = [
        (each, sure)
        for each in detect_attributions(script, model.attributions(script.words))
        if (sure := predict_confidence(each.signs, model.settings.confidence)) >= model.settings.least
    ]
    speakers = resolve_speakers(document, [Utterance(each.content, each.cue, each.source) for each, _ in likely])
    told = find_outlets(script, [each.cue for each, _ in likely])
    quotations = [
        _build_quotation(each, sure, who, outlet)
        for (each, sure), who, outlet in zip(likely, speakers, told, strict=True)
    ]
    return sorted(quotations, key=lambda quotation: (quotation.content, quotation.cue))


def _build_quotation(found: Detection, sure: float, who: SpeakerMention, outlet: Span | None) -> Quotation:
    return Quotation(
        kind=found.kind,
        act=found.act,
        content=found.content,
        cue=found.cue,
        mention=who.mention,
        role=who.role,
        outlet=outlet,
        speaker=who.speaker,
        confidence=sure,
        repaired=found.repaired,
    )
