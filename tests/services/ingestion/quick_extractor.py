"""An extractor without a model, for tests of what is around it: `"…," said Lena Ford.`"""

import re
import time

from claims.extraction import Document, EntityKind, Kind, MentionKind, Quotation, Resolved, Span
from claims.extraction.quotation import Extractor

_SPEECH = re.compile(r'"(?P<content>[^"]+)," (?P<cue>said) (?P<mention>\w+ \w+)')
SECONDS_OF_WORK = 0.02


def extract_quickly(document: Document, **_: object) -> list[Quotation]:
    time.sleep(SECONDS_OF_WORK)
    return [
        Quotation(
            kind=Kind.DIRECT,
            content=(Span(*match.span("content")),),
            cue=(Span(*match.span("cue")),),
            mention=(Span(*match.span("mention")),),
            mention_kind=MentionKind.NAME,
            role=None,
            outlet=None,
            speaker=Resolved(match["mention"], EntityKind.PERSON),
            confidence=0.9,
            speaker_confidence=0.9,
            extractor=Extractor("quick", "1"),
        )
        for match in _SPEECH.finditer(document.text)
    ]
