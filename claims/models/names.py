"""Names as they are looked up: what `SpeakerName` keeps beside each name."""

import re
import unicodedata

from anyascii import anyascii

# One apostrophe and one hyphen for all that are typed for them: Мар’яна, Марʼяна, Мар'яна; Jean‑Luc, Jean-Luc.
_ONE_SIGN = str.maketrans({**dict.fromkeys("‘’ʼʻʹ′`´", "'"), **dict.fromkeys("‐‑−", "-")})
# What differs between transliterations of one name (Zelensky, Zelenskyy, Zelenskiy; Aleksandr, Alexander).
_FOLDS = [(re.compile(pattern), letters) for pattern, letters in (("x", "ks"), ("kh", "h"), ("[yj]", "i"), ("w", "v"))]
_REPEATED = re.compile(r"(.)\1+")
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_GENERATIONS = {"Jr", "Jnr", "Sr", "Snr", "II", "III", "IV"}

MAX_LENGTH = 200  # of a key, as of the column that keeps it


def key(name: str) -> str:
    """The name as it is looked up; never empty for a name.

    Case, width, kinds of space, of apostrophe and of hyphen do not count, nor do characters that cannot be seen.
    """
    visible = "".join(c for c in name if unicodedata.category(c) != "Cf")
    folded = visible.translate(_ONE_SIGN)
    for _ in range(2):  # folding the case can undo the normal form, and the other way round
        folded = unicodedata.normalize("NFKC", folded).casefold()
    words = unicodedata.normalize("NFKC", folded).translate(_ONE_SIGN).split() or name.split()
    return " ".join(words)[:MAX_LENGTH].rstrip()


def skeleton(word: str) -> str:
    """What transliterations of a word have in common."""
    letters = _NOT_A_LETTER.sub("", anyascii(word).lower())
    for pattern, replacement in _FOLDS:
        letters = pattern.sub(replacement, letters)
    return _REPEATED.sub(r"\1", letters)


def parts(name: str) -> tuple[list[str], str, str]:
    """The given names, the last name and the generation ("Jr"), without the commas between them; "" where none is."""
    words = name.replace(",", " ").split()
    generation = words[-1].rstrip(".") if len(words) > 1 else ""
    if generation not in _GENERATIONS:
        return words[:-1], words[-1] if words else "", ""
    return words[:-2], words[-2], generation


def family_key(name: str) -> str:
    """What spellings of the name's last word have in common, to find candidates by; never empty for a name."""
    return skeleton(parts(name)[1])[:MAX_LENGTH] or key(name)
