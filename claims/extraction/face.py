"""The face of extraction: whatever finds the quotations, this is how they are asked for."""

from claims.extraction.confidence import confidence
from claims.extraction.document import Document
from claims.extraction.finding import Found, find
from claims.extraction.outlets import outlets
from claims.extraction.quotation import Quotation, Span
from claims.extraction.resolver import Saying, Who, resolve
from claims.extraction.tagger import tagger
from claims.extraction.tagger.words import script_of

EXTRACTOR = "tagger"
EXTRACTOR_VERSION = "1"


def extract(document: Document) -> list[Quotation]:
    """The attributed quotations of a document in reading order; takes time linear in the text.

    Any text will do. Raises `ModelError` when the tagger's own files are missing or damaged.
    """
    model = tagger()
    script = script_of(document)
    likely = [
        (each, sure)
        for each in find(script, model.attributions(script.words))
        if (sure := confidence(each.signs, model.settings.confidence)) >= model.settings.least
    ]
    speakers = resolve(document, [Saying(each.content, each.cue, each.source) for each, _ in likely])
    told = outlets(script, [each.cue for each, _ in likely])
    quotations = [
        _quotation(each, sure, who, outlet) for (each, sure), who, outlet in zip(likely, speakers, told, strict=True)
    ]
    return sorted(quotations, key=lambda quotation: (quotation.content, quotation.cue))


def _quotation(found: Found, sure: float, who: Who, outlet: Span | None) -> Quotation:
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
