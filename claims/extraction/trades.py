"""What a person is called beside a quotation in words that no list has: "said baker Lucy Hale"."""

from dataclasses import replace

from claims.extraction.cues import AUXILIARIES, BE, CUES, FINITE
from claims.extraction.frame import POSSESSIVE, Form, Sentence
from claims.extraction.phrases import ARTICLES, Mention, MentionForm, is_adverb, role_span
from claims.extraction.roles import CALENDAR, EMPTY_SUBJECTS, PREPOSITIONS, PRONOUNS, SUBORDINATORS

# How many words there may be.
TRADE = 4
NO_TRADE = (
    (
        (
            PREPOSITIONS
            | SUBORDINATORS
            | PRONOUNS
            | CALENDAR
            | EMPTY_SUBJECTS
            | AUXILIARIES
            | BE
            | FINITE
            | frozenset(CUES)
        )
        | {"you", "them", "us", "him", "me"}
    )
    - POSSESSIVE
    - {"both", "first", "then", "later"}
)
BEFORE_PARTICIPLE = ARTICLES | frozenset(CUES)


def with_trade(sentence: Sentence, start: int, who: Mention) -> Mention:
    """The mention from `start` on, when nothing but a trade stands between that and its name."""
    words = sentence[start : who.phrase]
    if who.form is not MentionForm.NAME or not 0 < len(words) <= TRADE or who.phrase != who.start:
        return who
    if any(
        t.form is not Form.WORD or t.lower in NO_TRADE or is_adverb(sentence, start + i) for i, t in enumerate(words)
    ):
        return who
    if any(token.lower in ARTICLES for token in words[1:]) or not words[-1].text.islower():
        return who
    # "the crowd greeted Ann Moor", but "said a tired Ann Moor".
    if words[-1].text.endswith("ed") and sentence[who.start - 2].lower not in BEFORE_PARTICIPLE:
        return who
    # "an angry Ann Moor": how she was, not what she is.
    role = None if words[0].lower in {"a", "an"} else role_span(sentence, start, who.start)
    return replace(who, phrase=start, role=role or who.role)
