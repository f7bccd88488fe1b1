"""Numeric character references that stand for no character, as browsers read them."""

import re
from html import unescape
from typing import Final

# lxml keeps controls and surrogates that are written so, and then refuses to move them within the tree.
_NUMERIC: Final = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));?")
_WHITE_SPACE: Final = frozenset(b"\t\n\f\r ")


def replace_control_references(page: str) -> str:
    """Replace references to controls by what browsers show: `&#146;` by ’, as in windows-1252, others by nothing."""
    return _NUMERIC.sub(_shown, page) if "&#" in page else page


def _shown(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    if (32 <= code < 127 or 160 <= code < 0xD800 or 0xE000 <= code < 0xFFFE) or code in _WHITE_SPACE:
        return reference.group()
    if 0xFFFF < code <= 0x10FFFF and code & 0xFFFE != 0xFFFE:
        return reference.group()
    shown = unescape(f"&#{code};")
    return shown if shown.isprintable() and shown != "\ufffd" else ""
