"""Keys that names are looked up by; `SpeakerName` stores them beside each name."""

import re
import unicodedata

from anyascii import anyascii

# One apostrophe and one hyphen for all variants that people type: Мар’яна, Марʼяна, Мар'яна; Jean‑Luc, Jean-Luc.
_UNIFIED_SIGNS = str.maketrans({**dict.fromkeys("‘’ʼʻʹ′`´", "'"), **dict.fromkeys("‐‑−", "-")})
# Letters in which transliterations of one name differ (Zelensky, Zelenskyy, Zelenskiy; Aleksandr, Alexander).
_TRANSLITERATION_FOLDS = [
    (re.compile(pattern), letters) for pattern, letters in (("x", "ks"), ("kh", "h"), ("[yj]", "i"), ("w", "v"))
]
# Letters in which, after that, romanizations of a Cyrillic name differ: those of BGN/PCGN, ISO 9, passports and the
# Polish and Czech press, from its Russian, Ukrainian or Belarusian form.
_ROMANIZATION_FOLDS = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("i[eo]", "e"),  # Yermak and Ermak, Solovyov and Solovev
        ("i(?=[au])", ""),  # Yakovlev and Âkovlev
        ("t[sz]", "c"),  # Tsybulya and Cybulya
        ("([csz])[hz]", r"\1"),  # Zhukov and Žukov, Chizhov and Čižov
        ("sc", "s"),  # Shchedrin and Ŝedrin
        ("g", "h"),  # Goncharenko and Honcharenko
        ("enka$", "enko"),  # Lukashenka and Lukashenko
    )
]
_REPEATED_LETTER = re.compile(r"(.)\1+")
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
_GENERATION_SUFFIXES = {"Jr", "Jnr", "Sr", "Snr", "II", "III", "IV"}

MAX_NAME_KEY_LENGTH = 200  # characters, as of the column


def name_key(name: str) -> str:
    """Returns the key under which a name is looked up; never empty for a name.

    It ignores case, width, invisible characters, and the kinds of spaces, apostrophes and hyphens.
    """
    visible = "".join(c for c in name if unicodedata.category(c) != "Cf")
    folded = visible.translate(_UNIFIED_SIGNS)
    for _ in range(2):  # case folding can undo the normal form, and the other way round
        folded = unicodedata.normalize("NFKC", folded).casefold()
    words = unicodedata.normalize("NFKC", folded).translate(_UNIFIED_SIGNS).split() or name.split()
    return " ".join(words)[:MAX_NAME_KEY_LENGTH].rstrip()


def transliteration_key(word: str) -> str:
    """Returns the ASCII letters that transliterations of a word have in common."""
    letters = _NOT_ALPHANUMERIC.sub("", anyascii(word).lower())
    for pattern, replacement in _TRANSLITERATION_FOLDS:
        letters = pattern.sub(replacement, letters)
    return _REPEATED_LETTER.sub(r"\1", letters)


def romanization_key(word: str) -> str:
    """Returns the letters that romanizations of a Cyrillic word have in common with it, by whatever system."""
    letters = transliteration_key(word)
    for pattern, replacement in _ROMANIZATION_FOLDS:
        letters = pattern.sub(replacement, letters)
    return _REPEATED_LETTER.sub(r"\1", letters)


def split_name(name: str) -> tuple[list[str], str, str]:
    """Splits a name into given names, last name and generation suffix ("Jr"), without commas; "" for a missing part."""
    words = name.replace(",", " ").split()
    generation = words[-1].rstrip(".") if len(words) > 1 else ""
    if generation not in _GENERATION_SUFFIXES:
        return words[:-1], words[-1] if words else "", ""
    return words[:-2], words[-2], generation


def family_key(name: str) -> str:
    """Returns what spellings of a name's last name have in common, to find candidates by; never empty for a name."""
    return romanization_key(split_name(name)[1])[:MAX_NAME_KEY_LENGTH] or name_key(name)
