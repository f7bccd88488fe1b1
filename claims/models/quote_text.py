"""How a quote is shown: the kinds of quotes, their parts joined, and quotation marks around direct words alone."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.db import models

from claims.truncation import truncate

OMISSION = " […] "
_MARKS = "\"“”„‟«»‹›「」『』《》'‘’‚‛"
_ENCLOSING_PAIRS = {'""', "“”", "„“", "„”", "«»", "»«", "「」", "『』", "《》"}
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")
_CYRILLIC_SHARE = 0.5  # of the letters: from there on, words are in Cyrillic
_COMMAS = ",，、،"
_SPACES = " \t\r\n\xa0\u202f"


class QuoteKind(models.TextChoices):
    """Whether the words are quoted, reported, or both."""

    DIRECT = "direct", "Direct"
    INDIRECT = "indirect", "Indirect"
    MIXED = "mixed", "Mixed"


class Marks(NamedTuple):
    """Quotation marks of a language: the usual ones, and those around words that contain one of `taken`."""

    usual: str
    other: str
    taken: str


ENGLISH_MARKS = Marks("“”", "‘’", '"“”„‟')
RUSSIAN_MARKS = Marks("«»", "„“", "«»")
MARKS_BY_LANGUAGE = {"ru": RUSSIAN_MARKS, "uk": RUSSIAN_MARKS, "be": RUSSIAN_MARKS}


def shown_text(text: str, spans: Sequence[Sequence[int]]) -> str:
    """Returns the quote at these spans of a text as readers see it.

    Its parts are joined by ` […] `, or by a space where the text has only quotation marks between them. A comma at the
    end of a part belongs to the sentence around the quote ("We will go," he said) and is left out.
    """
    passages: list[str] = []
    reached = 0
    for start, end in spans:
        part = text[start:end]
        if passages and not "".join(text[reached:start].split()).strip(_MARKS):
            passages[-1] += f" {part}"
        else:
            passages.append(part)
        reached = end
    return OMISSION.join(map(_without_outer_commas, passages))


def with_marks(text: str, kind: str, language: str = "", *, max_length: int | None = None) -> str:
    """Returns the shown text of a quote of this kind between quotation marks if all its words are verbatim.

    The marks are those of the language (BCP 47) of its source or, without that, of its script, and not those that the
    words contain. Words that stand between marks already get no others. The words are cut to `max_length` characters,
    between the marks.
    """
    if kind != QuoteKind.DIRECT:
        return _cut(text, max_length)
    pair, words = text[:1] + text[-1:], text[1:-1]
    if pair not in _ENCLOSING_PAIRS or any(mark in words for mark in pair):
        marks = _marks_of(text, language)
        pair, words = marks.other if any(mark in text for mark in marks.taken) else marks.usual, text
    return f"{pair[0]}{_cut(words, max_length)}{pair[1]}"


def _cut(words: str, max_length: int | None) -> str:
    return words if max_length is None else truncate(words, max_length)


def _marks_of(text: str, language: str) -> Marks:
    if language:
        return MARKS_BY_LANGUAGE.get(language.partition("-")[0].lower(), ENGLISH_MARKS)
    is_cyrillic = len(_CYRILLIC_LETTER.findall(text)) > sum(map(str.isalpha, text)) * _CYRILLIC_SHARE
    return RUSSIAN_MARKS if is_cyrillic else ENGLISH_MARKS


def _without_outer_commas(passage: str) -> str:
    words = passage.lstrip(_COMMAS + _SPACES).rstrip(_MARKS)
    marks = passage[len(passage.rstrip(_MARKS)) :]
    shown = words.rstrip(_COMMAS + _SPACES)
    if any(comma in words[len(shown) :] for comma in _COMMAS):
        words = shown
    return words + marks if words else passage
