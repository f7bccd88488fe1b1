"""How English is written, for the shared reading of texts."""

from claims.extraction.english.lexicon.cues import SPEECH_VERBS
from claims.extraction.english.sentences import ABBREVIATIONS
from claims.extraction.lexicon import word_set
from claims.extraction.text.orthography import Orthography

_VERBS = "|".join(sorted(verb for verb in SPEECH_VERBS if not verb.endswith("ing")))
ORTHOGRAPHY = Orthography(
    ABBREVIATIONS,
    # "self-made", "two-year"
    word_set(
        "all anti co counter cross ex far first full half high left long low mid multi near no non off old one part"
        " post pre pro re right second self semi short so third top two three four five six seven eight nine ten vice"
        " well"
    ),
    # "— said Moor", "— Ann Moor answered". A relative clause between dashes is none: "the mill — which Moor said was
    # old — is gone".
    r"(?!(?:which|who|that|as|what|where|when|and|but)\b)"
    rf"(?=(?:[\w.'’-]{{1,30}}\s){{0,3}}(?:{_VERBS})\b)",
)
