"""Splits bylines into names."""

import re
from typing import Final

_START: Final = re.compile(r"(?:by|von|par|por|автор:?)\s+(?=\w)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*[;|]\s*|\s+(?:and|und|et|y|и|&)\s+")


def split_authors(byline: str) -> list[str]:
    """Split a byline into names. Commas are part of names ("Reck, Tobias") unless all parts have several words."""
    names = _BETWEEN.split(_START.sub("", byline.strip(), count=1))
    return [part for name in names for part in _split_at_commas(name)]


def _split_at_commas(names: str) -> list[str]:
    parts = [part.strip() for part in names.split(",")]
    return parts if all(" " in part for part in parts) else [names]
