"""Who speaks: the speaker of each attribution, from the spans a tagger found and the document they stand in."""

from collections.abc import Sequence

from claims.extraction.document import Document
from claims.extraction.resolver.coreference import CoreferenceResolver
from claims.extraction.resolver.utterances import SpeakerMention, Utterance

__all__ = ["SpeakerMention", "Utterance", "resolve_speakers"]


def resolve_speakers(document: Document, sayings: Sequence[Utterance]) -> list[SpeakerMention]:
    """One Who for each saying, in the same order. Never raises; takes time linear in the text."""
    return CoreferenceResolver(document, sayings).resolve()
