"""Speakers that are named by a common noun, such as "The company": their quotes may be of several organizations."""

from claims.extraction.english.lexicon.organization_names import COMMON_ORGANIZATION_NOUNS
from claims.models import Speaker, SpeakerName
from claims.models.name_keys import name_key
from claims.models.speaker import SpeakerQuerySet

COMMON_NOUN_KEYS = sorted(
    name_key(f"{article}{noun}") for noun in COMMON_ORGANIZATION_NOUNS for article in ("", "the ", "this ")
)


def named_by_common_noun() -> SpeakerQuerySet:
    """Current speakers one of whose names is a common noun."""
    names = SpeakerName.objects.filter(key__in=COMMON_NOUN_KEYS)
    speakers: SpeakerQuerySet = Speaker.objects.current().filter(pk__in=names.values("speaker"))
    return speakers
