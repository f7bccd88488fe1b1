"""Resolves the speaker of each attribution: a named person, an organization, a group, or nobody known."""

from collections.abc import Sequence

from claims.extraction.document import Document
from claims.extraction.english.resolver.coreference import CoreferenceResolver
from claims.extraction.english.resolver.utterances import SpeakerMention, Utterance

__all__ = ["SpeakerMention", "Utterance", "resolve_speakers"]


def resolve_speakers(document: Document, utterances: Sequence[Utterance]) -> list[SpeakerMention]:
    """Return one mention for each utterance, in the same order. Never raises; takes time linear in the text."""
    return CoreferenceResolver(document, utterances).resolve()
