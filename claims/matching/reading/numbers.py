"""Reads numbers in digits and in words, shares and multiples."""

import re
from collections.abc import Sequence
from fractions import Fraction

from claims.matching.lexicon import LEXICON, word_set
from claims.matching.reading.words import Word

_SMALL = {word: number for number, word in enumerate(LEXICON["numbers"].split())} | {
    word: 10 * number for number, word in enumerate(LEXICON["tens"].split(), start=2)
}
_MAGNITUDES = LEXICON["magnitudes"] | {
    f"{word}s": value for word, value in LEXICON["magnitudes"].items() if len(word) > 2
}
_ABBREVIATED_MAGNITUDES = frozenset(["k", "m", "b"])  # directly after the digits
_PARTS = LEXICON["parts"] | {f"{word}s": value for word, value in LEXICON["parts"].items() if word[-1] != "s"}
_MULTIPLES = {
    form: Fraction(str(value))
    for word, value in LEXICON["multiples"].items()
    for form in (word, f"{word}d" if word[-1] == "e" else f"{word}ed", f"{word}s")
}
_TWICE = {"once": 1, "twice": 2, "thrice": 3}  # a multiple before "as", else how often
_BEFORE_WHOLES = frozenset(["the", "its", "their", "all"])
_AFTER_PARTS, _AFTER_MULTIPLES = word_set("after_parts"), word_set("after_multiples")

# A number, where it ends, and its unit if it tells that: "percent".
Reading = tuple[Fraction, int, str]


def read_number(words: Sequence[Word], place: int) -> Reading | None:
    """40,000; 1.2 billion; forty thousand; fifteen hundred; a dozen; 25k; half a million; two and a half."""
    total, current, end = Fraction(0), None, place
    if words[place].lower == "a" and _lowers(words, place + 1, 1)[:1] in (["decade"], ["century"], ["fortnight"]):
        return Fraction(1), place + 1, ""
    part = _PARTS.get(words[place].lower)
    link = 2 if _lowers(words, place + 1, 2) == ["of", "a"] else 1 if _lowers(words, place + 1, 1) == ["a"] else 0
    if part and link and (magnitude := _MAGNITUDES.get("".join(_lowers(words, place + link + 1, 1)))):
        return Fraction(magnitude, part), place + link + 2, ""  # a quarter of a million
    while end < len(words):
        word, value = words[end].lower, number_of(words[end].lower)
        if value is not None and (current is None or _continues(current, value, word)):
            current = (current or Fraction(0)) + value
        elif word in _MAGNITUDES and _is_magnitude(words, end, begins=end == place):
            current = (1 if current is None else current) * Fraction(_MAGNITUDES[word])
            if _MAGNITUDES[word] >= 1000:
                total, current = total + current, None
        elif current is not None and _lowers(words, end, 3) == ["and", "a", "half"]:
            current, end = current + Fraction(1, 2), end + 2
        elif not (end > place and _joins_numbers(words, end)):
            break
        end += 1
    return None if end == place else (total + (current or 0), end, "")


def read_share(words: Sequence[Word], place: int) -> Reading | None:
    """Half, a third, two thirds, nine in ten, four out of five, three of the four, every fifth: in percent."""
    word = words[place].lower
    following = [*_lowers(words, place + 1, 3), "", "", ""]
    if word == "half" and following[0] != "-" and not (following[0] == "a" and following[1] in _MAGNITUDES):
        return Fraction(50), place + 1, "percent"
    if word == "every" and following[0] == "second":
        return Fraction(50), place + 2, "percent"
    is_of_magnitude = following[1:3] == ["of", "a"] and "".join(_lowers(words, place + 4, 1)) in _MAGNITUDES
    if word in {"a", "one", "every"} and following[0] in _PARTS and (word == "every" or not _is_rank(words, place)):
        return None if is_of_magnitude else (Fraction(100, _PARTS[following[0]]), place + 2, "percent")
    number = number_of(word)
    if number is None:
        return None
    part = place + 2 if following[0] == "-" else place + 1
    if part < len(words) and words[part].lower in _PARTS and words[part].lower.endswith("s") and number < 20:
        return 100 * number / _PARTS[words[part].lower], part + 1, "percent"
    link = 2 if following[:2] == ["out", "of"] or (following[0] == "of" and following[1] in _BEFORE_WHOLES) else 1
    is_linked = link == 2 or following[0] in {"in", "of"}
    whole = number_of(following[link]) if is_linked and following[link] else None
    return (100 * number / whole, place + 2 + link, "percent") if whole and number <= whole <= 1000 else None


def read_multiple(words: Sequence[Word], place: int) -> Reading | None:
    """Doubled, tripled, threefold, twice as much: as the percentage by which something grew. Twice: as a number."""
    word, after = words[place].lower, _lowers(words, place + 1, 2)
    if word in _TWICE and after[:1] not in (["as"], ["the"]):
        return Fraction(_TWICE[word]), place + 1, ""
    multiple: Fraction | None = _MULTIPLES.get(word)
    end = place + 1
    if multiple is None and after[:1] == ["times"] and after[1:] and after[1] in _AFTER_MULTIPLES:
        multiple, end = number_of(word), place + 2
    return None if multiple is None else (abs(multiple - 1) * 100, end, "percent")


def leading_count(words: Sequence[Word], place: int, value: Fraction) -> Fraction:
    """Returns 30 of "30 million", else the value itself."""
    for word in words[place : place + 2]:
        count = number_of(word.lower)
        if count is not None:
            return count
    return value


def number_of(word: str) -> Fraction | None:
    return _digits(word) if word[0].isdecimal() else Fraction(_SMALL[word]) if word in _SMALL else None


def _continues(current: Fraction, value: Fraction, word: str) -> bool:
    """Whether a number goes on with a word: forty-five, two hundred and ten."""
    return not word[0].isdecimal() and (
        current % 100 == 0 or (current % 100 >= 20 and value < 10 and current % 10 == 0)
    )


def _is_magnitude(words: Sequence[Word], place: int, *, begins: bool) -> bool:
    """Whether "million" or "m" multiplies what stands before it, or stands for one: "a million", "dozens"."""
    word = words[place].lower
    if word in _ABBREVIATED_MAGNITUDES:
        return not begins and words[place].span.start == words[place - 1].span.end
    return (
        not begins or word == "dozen" or (place > 0 and words[place - 1].lower in {"a", "an", "per", "several", "half"})
    )


def _joins_numbers(words: Sequence[Word], place: int) -> bool:
    if place + 1 >= len(words) or words[place + 1].lower not in _SMALL:
        return False
    before = words[place - 1].lower
    return (words[place].lower == "and" and before == "hundred") or (words[place].lower == "-" and before in _SMALL)


def _digits(word: str) -> Fraction | None:
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", word):
        return Fraction(word.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", word):
        return Fraction(word.replace(".", ""))
    if re.fullmatch(r"\d+([.,]\d+)?", word):
        return Fraction(word.replace(",", "."))
    return None


def _is_rank(words: Sequence[Word], place: int) -> bool:
    """Whether "a third" is the third of a row: "a third man", and not "a third of", "by a third"."""
    after = words[place + 2].lower if place + 2 < len(words) else "."
    return after not in _AFTER_PARTS


def _lowers(words: Sequence[Word], start: int, count: int) -> list[str]:
    return [word.lower for word in words[start : start + count]]
