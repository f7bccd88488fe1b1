"""References in XML to what is no character, on which parsers fail."""

import re
import sys
from typing import Final

_REFERENCES = re.compile(rb"(?:&#(?:[0-9]+|x[0-9a-f]+);?)+", re.IGNORECASE)
_REFERENCE = re.compile(rb"&#(?:([0-9]+)|x([0-9a-f]+))", re.IGNORECASE)
MAX_REFERENCE_DIGITS: Final = 10


def mend_character_references(body: bytes) -> bytes:
    """Replace references to surrogates and beyond Unicode by ones to U+FFFD, except in UTF-16.

    Some sites write an emoji as its two surrogates, which become the emoji again.
    """
    return _REFERENCES.sub(_mend_references, body)


def _mend_references(references: re.Match[bytes]) -> bytes:
    units = "".join(_read_reference(*match.groups()) for match in _REFERENCE.finditer(references[0]))
    text = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return b"".join(b"&#%d;" % ord(character) for character in text)


def _read_reference(decimal: bytes | None, hexadecimal: bytes | None) -> str:
    digits = (decimal or hexadecimal or b"").lstrip(b"0") or b"0"
    code = int(digits, 10 if decimal else 16) if len(digits) <= MAX_REFERENCE_DIGITS else sys.maxunicode + 1
    return chr(code) if code <= sys.maxunicode else "\ufffd"
