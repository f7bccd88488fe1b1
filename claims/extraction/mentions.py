"""Who a sentence says is speaking: the noun phrase before or behind a cue, across an apposition if need be."""

from dataclasses import replace

from claims.extraction.cues import AUXILIARIES, BE
from claims.extraction.frame import Form, Sentence
from claims.extraction.names import Names
from claims.extraction.phrases import LONGEST, Mention, MentionForm, is_adverb, phrase, role_span
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
    if found is None or not apposition:
        return found
    if named := _named_behind(sentence, found, names):
        return named
    if found.role is not None:
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
            return replace(inside, phrase=found.phrase, role=role_span(sentence, found.phrase, opening))
        if found.form is MentionForm.NAME:
            role = _role_of(sentence, opening + 1, comma)
            return found if found.role or role is None else replace(found, role=role)
        tried = tried or found
    return tried


def _named_behind(sentence: Sentence, office: Mention, names: Names) -> Mention | None:
    """The name in "said the union's president, X" and "according to the president, X, …"."""
    comma = office.end
    if office.form is not MentionForm.NOMINAL or comma >= len(sentence) or sentence[comma].text != ",":
        return None
    if not any(token.lower in ROLES for token in sentence[office.start : office.head + 1]):
        return None
    end = comma + 1
    while end < min(len(sentence), comma + LONGEST) and sentence[end].form is Form.WORD:
        end += 1
    inside = phrase(sentence, comma + 1, end, names)
    if inside is None or inside.form is not MentionForm.NAME or inside.phrase != comma + 1 or inside.end != end:
        return None
    return replace(inside, phrase=office.phrase, role=role_span(sentence, office.phrase, comma))


def _is_office_of(sentence: Sentence, office: Mention, inside: Mention, opening: int) -> bool:
    """Whether what stands before the comma is the role of the name behind it: "The head of the board, X, said"."""
    if office.form is not MentionForm.NOMINAL or inside.form is not MentionForm.NAME:
        return False
    return sentence[office.head].lower in ROLES and sentence[opening + 1].lower not in NO_NAME_INSIDE


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
    if not any(token.lower in ROLES for token in sentence[start : min(end, start + 12)]):
        return None
    return role_span(sentence, start, end)
