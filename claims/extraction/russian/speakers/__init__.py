"""Whom a text names, and whom each statement's mention refers to."""

from claims.extraction.russian.speakers.people import NameTable
from claims.extraction.russian.speakers.resolver import Resolution, SpeakerResolver

__all__ = ["NameTable", "Resolution", "SpeakerResolver"]
