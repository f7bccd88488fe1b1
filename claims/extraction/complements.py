"""What a cue verb takes: where the words said begin behind it."""

from claims.extraction.cues import COMPLEMENTIZERS, FINITE, INTENT_NOUNS, Takes, Verb
from claims.extraction.frame import Form, Sentence
from claims.extraction.mentions import COMMAS
from claims.extraction.roles import CALENDAR, PREPOSITIONS

# How far from its cue a content may begin: "said on Monday in an interview with X that …".
REACH = 18
HEARERS = frozenset({"him", "her", "them", "us", "me", "reporters"})
SUBJECT_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you", "there"})
CLAUSE_OPENERS = SUBJECT_PRONOUNS | {"the", "a", "an", "his", "her", "their", "this", "these", "those", "no"}
NO_CLAUSE = PREPOSITIONS | {"so", "nothing", "yes", "as", "and", "or", "but", "anything", "because", "when"}
# "X called the plan "stupid"": what is called what is said by X, in the reporter's words and X's own.
LABELLING = frozenset({"call", "describe", "dub", "criticize", "mock", "praise", "accuse", "slam", "blast"})
PERIODS = frozenset({"week", "month", "year", "night", "morning", "afternoon", "evening"})
BEFORE_HEARER = PREPOSITIONS | {"and"}
OCCASIONS = PREPOSITIONS | HEARERS
LEADS = COMMAS | {":"}
STOPS = frozenset({";", ".", "?", "!"})


def content_after(sentence: Sentence, index: int, verb: Verb) -> tuple[int | None, int]:
    """Where the words said behind the cue at `index` begin (none: nothing fits), and where the cue ends."""
    start = index + 1
    if start >= len(sentence):
        return None, start
    if _is_intent(sentence, start):
        return start + 2, start + 2
    if verb.lemma in LABELLING and sentence[start].form is Form.WORD:
        return (start if _is_labelled(sentence, start) else None), start
    return _opening(sentence, _behind_date(sentence, start), verb), start


def is_bare(sentence: Sentence, content: int) -> bool:
    """Whether the content that begins there is the reporter's words without a "that"."""
    return sentence[content].form is not Form.QUOTE and sentence[content - 1].lower not in COMPLEMENTIZERS


def _opening(sentence: Sentence, start: int, verb: Verb) -> int | None:
    """The first token behind "that" or a colon, the quotation, or the clause that simply follows."""
    for at in range(start, min(len(sentence), start + REACH)):
        token = sentence[at]
        if token.lower in COMPLEMENTIZERS and _has_clause(sentence, at) and _introduces(sentence, start, at, verb):
            return at + 1 if verb.takes is not Takes.QUOTE or verb.lemma == "ask" else None
        if token.form is Form.QUOTE and (at == start or _is_led_in(sentence, start, at, verb)):
            return at
        if token.text == ":" and at == start and at + 1 < len(sentence):
            return at + 1
        if token.form is Form.QUOTE or token.text in STOPS:
            break
    return _clause(sentence, start, verb)


def _is_led_in(sentence: Sentence, start: int, at: int, verb: Verb) -> bool:
    """Whether a hearer or an occasion stands between cue and quotation: "told them, "…"", "said in May: "…""."""
    if sentence[at - 1].text not in LEADS:
        return False
    first = sentence[start]
    return verb.takes in {Takes.HEARER, Takes.QUOTE} or first.lower in OCCASIONS or first.text in COMMAS


def _has_clause(sentence: Sentence, at: int) -> bool:
    """Whether more than one word or a quotation follows the token at `at`."""
    behind = sentence[at + 1 : at + 3]
    return len(behind) == 2 or (len(behind) == 1 and behind[0].form is Form.QUOTE)


def _introduces(sentence: Sentence, start: int, at: int, verb: Verb) -> bool:
    """Whether the "that" at `at` opens what is said, and is no part of it."""
    first = sentence[start].lower
    if at == start:
        return True
    if first == ",":
        return sentence[at - 1].text == ","
    if verb.lemma == "ask":
        return True
    return sentence[at].lower == "that" and (verb.takes is Takes.HEARER or first in OCCASIONS)


def _behind_date(sentence: Sentence, start: int) -> int:
    """Skips "out", "on Monday", "Monday night", "this week" behind a cue."""
    words = [token.lower for token in sentence[start : start + 4]] + [""] * 4
    if words[0] == "out" and words[1]:
        return start + 1
    if words[0] in {"this", "last", "earlier"} and words[1] in PERIODS and words[2]:
        return start + 2
    skip = 1 if words[0] == "on" and words[1] in CALENDAR else 0
    if words[skip] not in CALENDAR or not words[skip + 1]:
        return start
    return start + skip + 1 + (words[skip + 1] in PERIODS and bool(words[skip + 2]))


def _is_intent(sentence: Sentence, start: int) -> bool:
    """Whether an infinitive is what is said: "stated his readiness to meet"."""
    words = [token.lower for token in sentence[start : start + 3]]
    return len(words) == 3 and words[0] in {"his", "her", "their"} and words[1] in INTENT_NOUNS and words[2] == "to"


def _is_labelled(sentence: Sentence, start: int) -> bool:
    quoted = any(token.form is Form.QUOTE for token in sentence[start : start + REACH])
    return quoted and sentence[start].lower not in PREPOSITIONS


def _clause(sentence: Sentence, start: int, verb: Verb) -> int | None:
    """Where a clause without "that" begins behind the cue."""
    if verb.takes is Takes.HEARER:
        return _behind_hearer(sentence, start)
    if verb.takes is not Takes.CLAUSE or sentence[start].form is not Form.WORD or sentence[start].lower in NO_CLAUSE:
        return None
    if len(sentence) - start < (2 if sentence[-1].form is Form.QUOTE else 3):
        return None
    return start if verb.lemma == "say" or _is_finite(sentence, start) else None


def _behind_hearer(sentence: Sentence, start: int) -> int | None:
    for at in range(start + 1, min(len(sentence) - 2, start + 7)):
        if sentence[at].form is not Form.WORD:
            return None
        if sentence[at].lower in CLAUSE_OPENERS and sentence[at - 1].lower not in BEFORE_HEARER:
            return at if _is_finite(sentence, at) else None
    return None


def _is_finite(sentence: Sentence, start: int) -> bool:
    """Whether a finite verb follows before the next punctuation."""
    if sentence[start].lower in SUBJECT_PRONOUNS:
        return True
    for token in sentence[start + 1 : start + 12]:
        if token.lower in FINITE:
            return True
        if token.form is not Form.WORD:
            break
    return False
