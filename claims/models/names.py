"""Names as they are looked up: what `SpeakerName` keeps beside each name."""

import re
import unicodedata

from anyascii import anyascii

# What differs between transliterations of one name (Zelensky, Zelenskyy, Zelenskiy; Aleksandr, Alexander).
_FOLDS = [(re.compile(pattern), letters) for pattern, letters in (("x", "ks"), ("kh", "h"), ("[yj]", "i"), ("w", "v"))]
_REPEATED = re.compile(r"(.)\1+")
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")

MAX_LENGTH = 200  # of a key, as of the column that keeps it


def key(name: str) -> str:
    """The name as it is looked up: case, width, kinds of space and of apostrophe do not count."""
    folded = unicodedata.normalize("NFKC", name).replace("’", "'").casefold()
    return " ".join(folded.split())[:MAX_LENGTH]


def skeleton(word: str) -> str:
    """What transliterations of a word have in common."""
    letters = _NOT_A_LETTER.sub("", anyascii(word).lower())
    for pattern, replacement in _FOLDS:
        letters = pattern.sub(replacement, letters)
    return _REPEATED.sub(r"\1", letters)


def family_key(name: str) -> str:
    """What spellings of the name's last word have in common, to find candidates by; never empty for a name."""
    words = name.split()
    return (skeleton(words[-1]) if words else "")[:MAX_LENGTH] or key(name)
