"""Attributions by a set form of words rather than a verb: "according to X", "in his opinion", "X: …"."""

from collections.abc import Sequence

from claims.extraction.attribution import Attribution
from claims.extraction.cues import CUES, FINITE
from claims.extraction.frame import POSSESSIVE, Form, Sentence
from claims.extraction.mentions import after, before
from claims.extraction.names import Names
from claims.extraction.phrases import Mention, MentionForm, phrase
from claims.extraction.roles import MEASURES, OPINIONS, SUBORDINATORS
from claims.extraction.subjects import is_subject, subject


def in_opening(sentence: Sentence, names: Names) -> Attribution | None:
    """A sentence that opens with its authority: "In his opinion, …", "As X noted, …"."""
    begin = 1 if sentence[0].lower in {"but", "and"} and len(sentence) > 1 else 0
    first = sentence[begin].lower
    comma = next((i for i in range(1, min(len(sentence), 12)) if sentence[i].text == ","), None)
    if comma is None or comma + 2 >= len(sentence):
        return None
    rest = [(comma + 1, len(sentence))]
    if first in {"in", "to"} and sentence[comma - 1].lower in OPINIONS:
        possessive = sentence[begin + 1]
        if comma == begin + 3 and possessive.lower in {"his", "her", "their"}:
            who = Mention(MentionForm.PRONOUN, begin + 1, begin + 2, begin + 1, begin + 1)
            return Attribution(rest, (begin, comma), who, begin)
        if sentence[comma - 2].lower in {"'s", "’s"} and (owner := phrase(sentence, begin + 1, comma - 2, names)):
            return Attribution(rest, (begin, comma), owner, begin)
    if first == "as" and sentence[comma - 1].lower in CUES and comma > 2:
        teller = before(sentence, comma - 1, begin + 1, names)
        if teller and teller.known:
            return Attribution(rest, (comma - 1, comma), teller, begin)
    return None


def of_label(sentence: Sentence, index: int, names: Names, found: Sequence[Attribution]) -> Attribution | None:
    """A name, a colon and words: "Later, on the radio, Ann Moor: …", and the headline "Moor: …"."""
    if index + 2 >= len(sentence) or sentence[index + 1].form is not Form.WORD:
        return None
    floor = found[-1].cue[1] if found else 0
    who = phrase(sentence, floor, index, names)
    if who is None or who.form is not MentionForm.NAME or who.end != index or not is_subject(sentence, who, names):
        return None
    return Attribution([(index + 1, len(sentence))], (index, index + 1), who, who.phrase)


def according(sentence: Sentence, index: int, names: Names) -> Attribution | None:
    who = _authority(sentence, index + 2, names)
    if who is None or (who.end < len(sentence) and sentence[who.end].form is Form.QUOTE):
        return None
    end = len(sentence)
    if index <= 1:
        behind = _behind_role(sentence, who)
        comma = next((i for i in range(behind, min(end, behind + 40)) if sentence[i].text in {",", ":"}), None)
        return Attribution([(comma + 1, end)], (index, index + 2), who, 0) if comma else None
    content = [(0, index)]
    if who.role is None and who.end + 1 < end and sentence[who.end].text == ",":
        content.append((who.end + 1, end))
    return Attribution(content, (index, index + 2), who, index)


def _behind_role(sentence: Sentence, who: Mention) -> int:
    """Where "X, the council's engineer" ends: the role is an apposition when a comma and a clause follow it."""
    if who.role is None or who.end >= len(sentence) or who.role.start < sentence[who.end].start:
        return who.end
    role_end = next(i for i in range(who.end, len(sentence)) if sentence[i].end >= who.role.end) + 1
    verbal = any(
        token.lower in FINITE or token.lower in CUES
        for token in sentence[who.end + 1 : role_end]
        if token.text not in POSSESSIVE
    )
    closed = role_end + 2 < len(sentence) and sentence[role_end].text == ","
    return role_end if closed and not verbal and sentence[role_end + 1].lower not in SUBORDINATORS else who.end


def _authority(sentence: Sentence, start: int, names: Names) -> Mention | None:
    """Who or what something is "according to"; a plan or a formula is nobody."""
    if start < len(sentence) and sentence[start].lower in {"him", "her", "them"}:
        return Mention(MentionForm.PRONOUN, start, start + 1, start, start)
    who = after(sentence, start, names)
    if who is None or who.phrase != start or sentence[who.head].lower in MEASURES:
        return None
    return who if who.known or who.end - who.start > 1 else None


def before_final_quote(sentence: Sentence, names: Names) -> Attribution | None:
    """The subject speaks the quotation behind a final colon: "He commented on the demands: "…""."""
    last = len(sentence) - 1
    while last > 0 and sentence[last].form is Form.PUNCTUATION:
        last -= 1
    if last < 2 or sentence[last].form is not Form.QUOTE or sentence[last - 1].text != ":":
        return None
    who = subject(sentence, names)
    if who is None:
        return None
    verb = next((i for i in range(who.end, last) if sentence[i].lower in CUES), last - 1)
    return Attribution([(last, len(sentence))], (verb, verb + 1), who, who.phrase)
