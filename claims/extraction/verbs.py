"""Attributions by a cue verb: its subject before or behind it, and what is said behind or before it."""

from collections.abc import Sequence

from claims.extraction.attribution import Attribution
from claims.extraction.complements import REACH, content_after, is_bare
from claims.extraction.cues import AUXILIARIES, CUES, FINITE, Takes, Verb
from claims.extraction.frame import Form, Sentence, Token
from claims.extraction.mentions import COMMAS, after, before
from claims.extraction.names import Names
from claims.extraction.phrases import Mention, MentionForm
from claims.extraction.roles import CALENDAR, DETERMINERS, GROUPS, PREPOSITIONS, PRONOUNS, SUBORDINATORS
from claims.extraction.subjects import subject
from claims.extraction.trades import TRADE, with_trade
from claims.extraction.unsaid import is_unsaid

BEHIND_SUBJECT = (PREPOSITIONS | SUBORDINATORS | CALENDAR) - {"that"}
PROGRESSIVE = FINITE | AUXILIARIES
# "…, X said, …": what begins with one of these is told about X, not by X.
NOT_RESUMED = PREPOSITIONS | SUBORDINATORS | PRONOUNS
RESUMES_BEHIND = COMMAS | {":", ";"}
HELPING = AUXILIARIES | {"went", "goes", "go"}
# What a participle with the sentence's own subject follows: "…, adding that", "by saying".
BEFORE_PARTICIPLE = COMMAS | {"and", "but", "by", "while", "in"}
UNFINISHED = DETERMINERS | PREPOSITIONS


def of_verb(
    sentence: Sentence, index: int, verb: Verb, names: Names, found: Sequence[Attribution]
) -> Attribution | None:
    """The attribution that the cue verb at `index` makes; `found` are those of the same sentence before it."""
    made = _made(sentence, index, verb, names, found)
    if made:
        made.asserted = not is_unsaid(sentence, index, verb, made.mention)
    return made


def _made(sentence: Sentence, index: int, verb: Verb, names: Names, found: Sequence[Attribution]) -> Attribution | None:
    who = _subject(sentence, index, verb, names, found)
    if who and _asks(sentence, who):
        return None
    content, cue_end = content_after(sentence, index, verb)
    if who and _is_postposed(sentence, who.phrase, content):
        return _postposed(sentence, who.phrase, index, who, verb)
    if inverted := _inverted(sentence, index, verb, names):
        return _postposed(sentence, index, index, inverted, verb)
    # A comma or a conjunction before a verb without a subject of its own belongs to neither clause.
    begins = who.phrase if who else index - (index > 0 and sentence[index - 1].form is not Form.QUOTE)
    if who is None and _shares_subject(sentence, index, verb):
        who = found[-1].mention if found else subject(sentence, names)
        who = who if who and who.end <= index else None
    if who is None or content is None:
        return None
    end = len(sentence)
    if sentence[who.head].lower == "who":
        # "X, who says it rains, walked on": a relative clause ends at its comma.
        end = next((i for i in range(content + 1, end) if sentence[i].text == ","), end)
    return Attribution([(content, end)], (index, cue_end), who, begins, bare=is_bare(sentence, content), verb=verb)


def _subject(sentence: Sentence, index: int, verb: Verb, names: Names, found: Sequence[Attribution]) -> Mention | None:
    """The subject before the verb, when it is one that can do what the verb says."""
    floor = found[-1].cue[1] if found else 0
    who = before(sentence, index, floor, names, participle=verb.participle)
    if who is None or (verb.participle and sentence[index - 1].lower not in PROGRESSIVE):
        return None
    who = _with_trade_before(sentence, who, floor)
    return who if _agrees(sentence, who, verb) and (who.known or verb.lemma in {"say", "tell"}) else None


def _with_trade_before(sentence: Sentence, who: Mention, floor: int) -> Mention:
    """The subject with what stands between it and a quotation: `"…," baker Ann Moor said`."""
    for start in range(who.phrase - 1, max(floor, who.phrase - TRADE - 1, 0), -1):
        behind = start - 1 if sentence[start - 1].text in COMMAS else start
        if behind and sentence[behind - 1].form is Form.QUOTE:
            return with_trade(sentence, start, who)
    return who


def _asks(sentence: Sentence, who: Mention) -> bool:
    """Whether the sentence asks who it was: "Who said that …?", "Which minister said …?"."""
    if sentence[who.head].lower == "who":
        return who.phrase == 0
    return who.phrase == 1 and sentence[0].lower in {"which", "what"}


def _agrees(sentence: Sentence, who: Mention, verb: Verb) -> bool:
    """The base form needs a plural or an auxiliary: "officials state", not "the former secretary of state"."""
    if not verb.base or verb.lemma == "read":
        return True
    if who.form is MentionForm.PRONOUN or sentence[who.end].lower in HELPING:
        return True
    head = sentence[who.head].lower
    several = head in GROUPS or head.endswith("s") or head[0].isdigit() or _is_pair(sentence, who)
    plural = who.form is MentionForm.NOMINAL and several
    return plural and sentence[who.end - 1].lower not in UNFINISHED


def _is_pair(sentence: Sentence, who: Mention) -> bool:
    return any(token.lower == "and" for token in sentence[who.start : who.end])


def _shares_subject(sentence: Sentence, index: int, verb: Verb) -> bool:
    """Whether the verb goes on with the subject of the one before: "…, adding that", "… and said"."""
    if not index:
        return False
    previous = sentence[index - 1]
    if verb.participle:
        return previous.form is Form.QUOTE or previous.lower in BEFORE_PARTICIPLE
    return previous.lower in {"and", "but"} and not verb.base


def _inverted(sentence: Sentence, index: int, verb: Verb, names: Names) -> Mention | None:
    """The subject behind its verb: "…, said X"."""
    if verb.participle or verb.takes is Takes.HEARER or not _closes_content(sentence, index):
        return None
    who = after(sentence, index + 1, names)
    if who and _is_behind_quote(sentence, index):
        who = with_trade(sentence, index + 1, who)
    if who is None or who.phrase != index + 1:
        return None
    if not _is_behind_quote(sentence, index) and (not who.known or who.form is MentionForm.PRONOUN):
        return None
    following = sentence[who.end] if who.end < len(sentence) else None
    is_clause = following and following.form is Form.WORD and following.lower not in BEHIND_SUBJECT
    is_noun = who.known or sentence[who.start].lower in DETERMINERS
    return who if is_noun and not is_clause else None


def _is_postposed(sentence: Sentence, start: int, content: int | None) -> bool:
    """Whether subject and verb, from `start`, follow what is said rather than lead to it."""
    if not _closes_content(sentence, start):
        return False
    if content is None:
        return True
    if sentence[content].form is Form.QUOTE:
        return sentence[0].form is Form.QUOTE
    only_quotes = all(token.form is not Form.WORD for token in sentence[:start])
    return only_quotes and is_bare(sentence, content)


def _closes_content(sentence: Sentence, start: int) -> bool:
    """Whether what stands before `start` may be what is said: words and a comma, or a quotation."""
    if not start:
        return False
    previous = sentence[start - 1]
    if previous.form is Form.QUOTE:
        return True
    if previous.text not in COMMAS:
        return False
    # "On Monday, she said": a date or a place is not said by anyone.
    fewest = 5 if sentence[0].lower in PREPOSITIONS else 3
    return start >= fewest or (start > 1 and sentence[start - 2].form is Form.QUOTE)


def _is_behind_quote(sentence: Sentence, start: int) -> bool:
    return any(token.form is Form.QUOTE for token in sentence[max(0, start - 2) : start])


def _postposed(sentence: Sentence, end: int, index: int, who: Mention, verb: Verb) -> Attribution | None:
    """What is said ends at `end`, before subject and verb; it may go on behind them."""
    content = [(_said_from(sentence, end), end)]
    quoted = _is_behind_quote(sentence, end)
    follows = sentence[index + 1] if index + 1 < len(sentence) else None
    if not quoted and (verb.takes is Takes.QUOTE or (who.end <= index and not _is_complete(follows, verb))):
        return None
    again = _quote_again(sentence, max(index + 1, who.end))
    if again is None and not quoted and who.end <= index and follows and follows.text == ",":
        again = _words_again(sentence, index + 2)
    if again is not None:
        content.append((again, len(sentence)))
    return Attribution(content, (index, index + 1), who, end, verb=verb)


def _is_complete(follows: Token | None, verb: Verb) -> bool:
    """Whether the verb has no object behind it: what it needs was said before."""
    if follows is None or verb.takes is Takes.HEARER or follows.form is Form.PUNCTUATION:
        return True
    return follows.lower in BEHIND_SUBJECT and follows.lower != "to"


def _said_from(sentence: Sentence, end: int) -> int:
    """Where it begins: at the sentence, or at the quotation that ends there when another stands before that."""
    last = end - 1 if sentence[end - 1].text in COMMAS else end
    start = last
    while start and sentence[start - 1].form is Form.QUOTE:
        start -= 1
    earlier = any(token.form is Form.QUOTE for token in sentence[max(0, start - REACH) : start])
    return start if start < last and earlier else 0


def _quote_again(sentence: Sentence, start: int) -> int | None:
    """Where the quotation goes on behind its attribution: `"A," he said, "B."`."""
    for index in range(start, min(len(sentence) - 1, start + REACH)):
        token, following = sentence[index], sentence[index + 1]
        if token.form is Form.QUOTE:
            return None
        if token.text in RESUMES_BEHIND:
            verb = CUES.get(following.lower)
            if following.form is Form.QUOTE:
                return index + 1
            if verb and verb.participle:
                return None
    return None


def _words_again(sentence: Sentence, start: int) -> int | None:
    """Where the reporter's words go on: "After the war, he said, nothing was left"."""
    if start >= len(sentence):
        return None
    first = sentence[start].lower
    return None if first in NOT_RESUMED or first.endswith("ing") else start
