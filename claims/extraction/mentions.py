"""Who a sentence says is speaking: the noun phrase before or behind a cue, across an apposition if need be."""

from dataclasses import replace

from claims.extraction.cues import AUXILIARIES, BE
from claims.extraction.frame import Form, Sentence
from claims.extraction.names import Names
from claims.extraction.phrases import ARTICLES, LONGEST, Mention, MentionForm, is_adverb, phrase
from claims.extraction.quotation import Span
from claims.extraction.roles import CALENDAR, PREPOSITIONS, ROLES, SUBORDINATORS

# How far an apposition may reach, in tokens. A bound keeps long sentences linear.
APPOSITION = 40
COMMAS = frozenset({",", "—", "–"})
ENDS_SUBJECT = PREPOSITIONS - {"of", "for"} | AUXILIARIES | (BE - {"'s", "’s"})
ENDS_AT_ONCE = SUBORDINATORS - {"and"}
NO_NAME_INSIDE = PREPOSITIONS | {"who", "which"}
NO_ROLE = PREPOSITIONS | {"who", "which", "where", "and", "but"}


def before(sentence: Sentence, cue: int, floor: int, names: Names, *, participle: bool = False) -> Mention | None:
    """The subject that stands before the verb at `cue`, looking back no further than `floor`."""
    end = cue
    while end > floor and (sentence[end - 1].lower in AUXILIARIES or is_adverb(sentence, end - 1)):
        end -= 1
    if end > floor and sentence[end - 1].lower in BE:
        # "is said to", "was told": somebody else is speaking. "is saying" is the subject's own.
        if not participle:
            return None
        end -= 1
    if end - 3 > floor and [token.lower for token in sentence[end - 2 : end]] == ["on", "to"]:
        # "went on to say"
        end -= 3
    if end <= floor or sentence[end - 1].lower == "to":
        return None
    if sentence[end - 1].text in COMMAS:
        return _around_apposition(sentence, end - 1, floor, names)
    return phrase(sentence, floor, end, names)


def after(sentence: Sentence, start: int, names: Names, *, apposition: bool = True) -> Mention | None:
    """The subject that begins right at `start`: "said X, his role", "according to X"."""
    end = start
    while end < len(sentence) and end - start < LONGEST and not _ends_subject(sentence, start, end):
        end += 1
    found = phrase(sentence, start, end, names) if end > start else None
    if found is None or found.role is not None or not apposition:
        return found
    return replace(found, role=_role_behind(sentence, found.end))


def _ends_subject(sentence: Sentence, start: int, index: int) -> bool:
    token = sentence[index]
    if token.form is not Form.WORD:
        return True
    if token.lower in CALENDAR and index > start:
        return True
    if token.lower in ENDS_SUBJECT:
        return index > start
    return token.lower in ENDS_AT_ONCE


def _around_apposition(sentence: Sentence, comma: int, floor: int, names: Names) -> Mention | None:
    """The subject in "X, an office, said", "the office, X, said" and "X, in turn, said"."""
    tried: Mention | None = None
    for opening in range(comma - 1, max(floor, comma - APPOSITION) - 1, -1):
        token = sentence[opening]
        if token.text in {";", ":"} or token.form is Form.QUOTE:
            break
        if token.text not in COMMAS or opening == floor:
            continue
        found = phrase(sentence, floor, opening, names)
        if found is None or not found.known:
            continue
        inside = phrase(sentence, opening + 1, comma, names)
        if inside is not None and _is_office_of(sentence, found, inside, opening):
            first = _behind_article(sentence, found.phrase)
            office = Span(sentence[first].start, sentence[inside.start - 1].end)
            return replace(inside, phrase=found.phrase, role=office)
        if found.form is MentionForm.NAME:
            role = _role_of(sentence, opening + 1, comma)
            return found if found.role or role is None else replace(found, role=role)
        tried = tried or found
    return tried


def _is_office_of(sentence: Sentence, office: Mention, inside: Mention, opening: int) -> bool:
    """Whether what stands before the comma is the role of the name behind it: "The head of the board, X, said"."""
    if office.form is not MentionForm.NOMINAL or inside.form is not MentionForm.NAME:
        return False
    return sentence[office.head].lower in ROLES and sentence[opening + 1].lower not in NO_NAME_INSIDE


def _behind_article(sentence: Sentence, start: int) -> int:
    return start + 1 if sentence[start].lower in ARTICLES else start


def _role_behind(sentence: Sentence, end: int) -> Span | None:
    """The role in "…, said X, his role, …"."""
    if end >= len(sentence) or sentence[end].text != ",":
        return None
    stop = end + 1
    while stop < min(len(sentence), end + APPOSITION) and sentence[stop].form is Form.WORD:
        stop += 1
    return _role_of(sentence, end + 1, stop)


def _role_of(sentence: Sentence, start: int, end: int) -> Span | None:
    if end <= start or sentence[start].lower in NO_ROLE:
        return None
    start = _behind_article(sentence, start)
    if not any(token.lower in ROLES for token in sentence[start : min(end, start + 12)]):
        return None
    return Span(sentence[start].start, sentence[end - 1].end)
