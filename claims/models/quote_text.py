"""How a quote is shown: the kinds of quotes, their parts joined, and quotation marks around direct words alone."""

from collections.abc import Sequence

from django.db import models

OMISSION = " […] "
_MARKS = "\"“”„‟«»‹›「」『』《》'‘’‚‛"
_ENCLOSING_PAIRS = {'""', "“”", "„“", "„”", "«»", "»«", "「」", "『』", "《》"}
_DOUBLE_MARKS = '"“”„‟'
_COMMAS = ",，、،"
_SPACES = " \t\r\n\xa0\u202f"


class QuoteKind(models.TextChoices):
    """Whether the words are quoted, reported, or both."""

    DIRECT = "direct", "Direct"
    INDIRECT = "indirect", "Indirect"
    MIXED = "mixed", "Mixed"


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


def with_marks(text: str, kind: str) -> str:
    """Returns the shown text of a quote of this kind between quotation marks if all its words are verbatim.

    The marks are not those that the words contain. Words that stand between marks already get no others.
    """
    if kind != QuoteKind.DIRECT:
        return text
    pair, inside = text[:1] + text[-1:], text[1:-1]
    if pair in _ENCLOSING_PAIRS and not any(mark in inside for mark in pair):
        return text
    return f"‘{text}’" if any(mark in text for mark in _DOUBLE_MARKS) else f"“{text}”"


def _without_outer_commas(passage: str) -> str:
    words = passage.lstrip(_COMMAS + _SPACES).rstrip(_MARKS)
    marks = passage[len(passage.rstrip(_MARKS)) :]
    shown = words.rstrip(_COMMAS + _SPACES)
    if any(comma in words[len(shown) :] for comma in _COMMAS):
        words = shown
    return words + marks if words else passage
