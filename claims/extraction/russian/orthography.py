"""How Russian is written, for the shared reading of texts: dialogue with dashes is found by the reader itself."""

from claims.extraction.text.orthography import Orthography

ORTHOGRAPHY = Orthography()
