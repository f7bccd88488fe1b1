"""Grapheme boundaries: where a text may be cut without splitting what readers see as one character.

A letter belongs together with its combining marks, an emoji with its skin tone and with emoji joined to it, a carriage
return with its line feed. These are the rules of Unicode Standard Annex 29 that occur in news, chats and transcripts;
where the two differ, this module cuts less often.
"""

import unicodedata

ZERO_WIDTH_JOINER = "\u200d"
_EXTENDING_CATEGORIES = {"Mn", "Me", "Mc"}
_HANGUL_SYLLABLES = range(0xAC00, 0xD7A4)
_MAX_FLAGS = 400  # regional indicators scanned backwards


def is_grapheme_boundary(text: str, at: int) -> bool:
    """Whether the text may be cut before the code point `at`."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if before == "\r" and after == "\n":
        return False
    if before in "\r\n" or after in "\r\n":
        return True
    if _is_extending(after) or (before == ZERO_WIDTH_JOINER and _is_pictographic(after)):
        return False
    if _is_regional_indicator(before) and _is_regional_indicator(after):
        return _count_flags_before(text, at) % 2 == 0
    return not _is_hangul_syllable(before, after)


def expand_to_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen the span to grapheme boundaries; code points, end exclusive."""
    while not is_grapheme_boundary(text, start):
        start -= 1
    while not is_grapheme_boundary(text, end):
        end += 1
    return start, end


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Strip white space from both ends of the span; the result is empty if there is nothing else."""
    while start < end:
        after = expand_to_graphemes(text, start, start + 1)[1]  # a space with a combining mark is visible
        if not all(map(_is_blank, text[start:after])):
            break
        start = min(after, end)
    while start < end and _is_blank(text[end - 1]):
        end -= 1
    return start, end


def has_visible_text(text: str) -> bool:
    return any(not _is_blank(character) and unicodedata.category(character) not in {"Cf", "Cc"} for character in text)


def _is_blank(character: str) -> bool:
    return character.isspace() or character in "\u200b\ufeff"


def _is_extending(character: str) -> bool:
    """Whether it extends the character before it: marks, joiners, variation selectors, skin tones, flag tags."""
    code = ord(character)
    return (
        unicodedata.category(character) in _EXTENDING_CATEGORIES
        or character in "\u200c\u200d"
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )


def _is_pictographic(character: str) -> bool:
    code = ord(character)
    return unicodedata.category(character) == "So" or 0x1F000 <= code <= 0x1FAFF


def _is_regional_indicator(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _count_flags_before(text: str, at: int) -> int:
    """The number of regional indicators right before `at`; each two of them form a flag."""
    count = 0
    while count < min(at, _MAX_FLAGS) and _is_regional_indicator(text[at - 1 - count]):
        count += 1
    return count


def _is_hangul_syllable(before: str, after: str) -> bool:
    """Whether two Hangul characters form one syllable."""
    first, second = ord(before), ord(after)
    leads = 0x1100 <= first <= 0x115F or 0xA960 <= first <= 0xA97C
    if 0x1100 <= second <= 0x115F or 0xA960 <= second <= 0xA97C:
        return leads
    if 0x1160 <= second <= 0x11FF or 0xD7B0 <= second <= 0xD7FB:
        return leads or first in _HANGUL_SYLLABLES or 0x1160 <= first <= 0x11FF or 0xD7B0 <= first <= 0xD7FB
    return False
