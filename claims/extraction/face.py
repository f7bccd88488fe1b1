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
    sure = {}
    for number, each in enumerate(find(script, model.attributions(script.words))):
        likely = confidence(each.signs, model.settings.confidence)
        if likely >= model.settings.least:
            sure[number] = (each, likely)
    found = [each for each, _ in sure.values()]
    speakers = resolve(document, [Saying(each.content, each.cue, each.source) for each in found])
    told = outlets(script, [each.cue for each in found])
    quotations = [
        _quotation(each, likely, who, outlet)
        for (each, likely), who, outlet in zip(sure.values(), speakers, told, strict=True)
    ]
    return sorted(quotations, key=lambda quotation: (quotation.content, quotation.cue))


def _quotation(found: Found, likely: float, who: Who, outlet: Span | None) -> Quotation:
    return Quotation(
        kind=found.kind,
        act=found.act,
        content=found.content,
        cue=found.cue,
        mention=who.mention,
        role=who.role,
        outlet=outlet,
        speaker=who.speaker,
        confidence=likely,
        repaired=found.repaired,
    )
