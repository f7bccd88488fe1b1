"""Whom a sentence opens with, whether it is speaking or not."""

from claims.extraction.cues import AUXILIARIES
from claims.extraction.frame import Form, Sentence
from claims.extraction.names import Names
from claims.extraction.phrases import SPEAKERS, Mention, MentionForm, phrase
from claims.extraction.roles import CALENDAR, DETERMINERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS

# How many tokens the opening of a sentence may have.
REACH = 20
NOT_SUBJECT = CALENDAR | PREPOSITIONS | DETERMINERS | AUXILIARIES
OPENING = SUBORDINATORS | AUXILIARIES | CALENDAR


def subject(sentence: Sentence, names: Names) -> Mention | None:
    """The person or pronoun the sentence opens with, be it a speaker or not."""
    for index in range(min(len(sentence), REACH)):
        token = sentence[index]
        if token.form is Form.QUOTE or token.text in {":", ";"}:
            return None
        ends = index + 1 == len(sentence) or not (sentence[index + 1].capital or sentence[index + 1].text == ".")
        if token.lower in PRONOUNS and token.lower not in {"who", "i"} and token.text != "US":
            return phrase(sentence, index, index + 1, names)
        if token.capital and ends and token.lower not in NOT_SUBJECT:
            found = phrase(sentence, 0, index + 1, names)
            if found is not None and found.form is MentionForm.NAME and is_subject(sentence, found, names):
                return found
        if token.lower in SPEAKERS and ends and index:
            found = phrase(sentence, 0, index + 1, names)
            if found is not None and found.known and found.phrase == 0:
                return found
    return None


def is_subject(sentence: Sentence, found: Mention, names: Names) -> bool:
    """Whether a person's name has nothing but an opening before it ("Earlier", "On Friday,") and owns nothing."""
    if not names.is_person(" ".join(token.text for token in sentence[found.start : found.end])):
        return False
    previous = sentence[found.phrase - 1] if found.phrase else None
    following = sentence[found.end].lower if found.end < len(sentence) else ""
    opens = previous is None or previous.form is not Form.WORD or previous.lower in OPENING
    return opens and following not in {"'s", "’s"}
