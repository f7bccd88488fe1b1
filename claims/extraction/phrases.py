"""The noun phrase that ends at a token: a name without its role, a pronoun, or a noun that can speak."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from claims.extraction.cues import AUXILIARIES, BE
from claims.extraction.frame import POSSESSIVE, Form, Sentence
from claims.extraction.names import Names
from claims.extraction.quotation import Span
from claims.extraction.roles import (
    CALENDAR,
    DETERMINERS,
    DOCUMENTS,
    EMPTY_SUBJECTS,
    GROUPS,
    LEADING_PARTICLES,
    ORGANIZATIONS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    SUBORDINATORS,
    TITLES,
)

SPEAKERS = ROLES | GROUPS | ORGANIZATIONS | DOCUMENTS
# How far a noun phrase may reach, in tokens. A bound keeps long sentences linear.
LONGEST = 25
NO_ADVERBS = frozenset({"family", "ally", "assembly", "early", "daily", "weekly", "elderly"})
TAIL = CALENDAR | {"himself", "herself", "themselves"}
NEVER_FIRST = DETERMINERS | PREPOSITIONS | AUXILIARIES | EMPTY_SUBJECTS
OFFICES = ROLES | TITLES
VERBAL = BE | AUXILIARIES
OUTSIDE = PREPOSITIONS | VERBAL
NOT_NOUN = AUXILIARIES - {"all", "both"}
ARTICLES = frozenset({"the", "a", "an"})
NO_ROLE_FIRST = ARTICLES | {",", "aged"}
AGE = re.compile(r"\d{1,3}(?:-years?-old)?")
OWNED = frozenset({"the", "'s", "’s"})
# In capitals these are names: "US", "WHO".
SHOUTED = frozenset({"US", "WHO", "WE", "HE", "SHE"})
SURNAMES = frozenset({"king", "prince", "pope", "judge", "fellow", "star"})


class MentionForm(Enum):
    """How the speaker is written."""

    NAME = auto()
    PRONOUN = auto()
    NOMINAL = auto()


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `[start, end)` of a sentence. `phrase` is where its noun phrase begins (role and article included).

    `head` is the token that names it, `known` whether that is a noun that can speak (always so for names and pronouns).
    """

    form: MentionForm
    start: int
    end: int
    phrase: int
    head: int
    known: bool = True
    role: Span | None = None


def phrase(sentence: Sentence, floor: int, end: int, names: Names) -> Mention | None:
    """The noun phrase that ends at `end`: its name, pronoun or speaking noun. It begins no earlier than `floor`."""
    end = _without_tail(sentence, floor, end)
    if end <= floor:
        return None
    last = sentence[end - 1]
    if last.lower in PRONOUNS and last.text not in SHOUTED:
        return Mention(MentionForm.PRONOUN, end - 1, end, end - 1, end - 1)
    if last.form is not Form.WORD or last.lower in EMPTY_SUBJECTS:
        return None
    zone = _zone(sentence, floor, end)
    run = _capitals(sentence, zone, end)
    office_end = _without_title(sentence, run, end)
    if office_end == end or not last.text[0].isalpha() or last.lower in GROUPS:
        return _nominal(sentence, zone, end)
    name = _without_office(sentence, office_end, end, names)
    if name == office_end and _is_complement(sentence, zone, run):
        return _head_of_complement(sentence, zone, run, end, names)
    both = _with_partner(sentence, floor, run, end)
    return both or _named(sentence, zone, run, name, end)


def _with_partner(sentence: Sentence, floor: int, run: int, end: int) -> Mention | None:
    """Two names that speak as one: "Ann Moor and Bob Lee said"."""
    if run < floor + 2 or sentence[run - 1].lower != "and" or not sentence[run - 2].capital:
        return None
    start = _capitals(sentence, floor, run - 1)
    if start == run - 1 or (start > floor and sentence[start - 1].form is Form.WORD):
        return None
    return Mention(MentionForm.NOMINAL, start, end, start, end - 1)


def _named(sentence: Sentence, zone: int, run: int, name: int, end: int) -> Mention:
    """The name `[name, end)` with the role that stands before it."""
    role_at = next((i for i in range(zone, name) if sentence[i].lower in ROLES), None)
    if role_at is None and name == run:
        own = name > zone and sentence[name - 1].lower in OWNED
        return Mention(MentionForm.NAME, name, end, name - 1 if own else name, end - 1)
    start = _phrase_start(sentence, zone, run if role_at is None else min(run, role_at))
    return Mention(MentionForm.NAME, name, end, start, end - 1, role=role_span(sentence, start, name))


def role_span(sentence: Sentence, start: int, end: int) -> Span | None:
    """The role in these tokens, without its article, the person's age or what the end of it belongs to."""
    while start < end and (sentence[start].lower in NO_ROLE_FIRST or AGE.fullmatch(sentence[start].lower)):
        start += 1
    while end > start and (sentence[end - 1].form is Form.PUNCTUATION or sentence[end - 1].lower in POSSESSIVE):
        end -= 1
    return Span(sentence[start].start, sentence[end - 1].end) if start < end else None


def _head_of_complement(sentence: Sentence, zone: int, run: int, end: int, names: Names) -> Mention | None:
    """In "a spokesman for Ann Lee" and "Ann Lee of Ohio" somebody else is meant than the last name."""
    complement = next((i for i in range(zone + 1, run) if sentence[i].lower in PREPOSITIONS), zone)
    if complement > zone and sentence[complement - 1].capital:
        return phrase(sentence, zone, complement, names)
    return None if sentence[zone].lower in PREPOSITIONS else _nominal(sentence, zone, end)


def is_adverb(sentence: Sentence, index: int) -> bool:
    word = sentence[index].text
    return word.endswith("ly") and word.islower() and word not in NO_ADVERBS


def _without_tail(sentence: Sentence, floor: int, end: int) -> int:
    """Leaves out what follows a name: "(R-Ind.)", "Monday"."""
    if end > floor and sentence[end - 1].text == ")":
        opener = next((i for i in range(end - 1, max(floor, end - 10), -1) if sentence[i].text == "("), end)
        end = opener
    while end > floor and sentence[end - 1].lower in TAIL:
        end -= 1
    return end


def _zone(sentence: Sentence, floor: int, end: int) -> int:
    """How far back the phrase may reach: to the last punctuation, quotation or subordinator."""
    start = end
    while start > max(floor, end - LONGEST):
        token = sentence[start - 1]
        if token.form is not Form.WORD or token.lower in SUBORDINATORS:
            break
        start -= 1
    return start


def _capitals(sentence: Sentence, zone: int, end: int) -> int:
    """Where the run of capitalised words that ends at `end` begins; `end` when there is none."""
    start = end
    while start > zone:
        token = sentence[start - 1]
        if not (token.capital or (start < end and _joins(sentence, zone, start - 1))) or token.lower in CALENDAR:
            break
        start -= 1
    # The first word of a sentence has a capital whatever it is.
    while start < end and sentence[start].lower in NEVER_FIRST:
        start += 1
    return start


def _joins(sentence: Sentence, zone: int, index: int) -> bool:
    """Whether a particle goes with the name behind it: "Ursula von der Leyen", "van Dijk"."""
    first = index
    while first > zone and sentence[first - 1].lower in PARTICLES:
        first -= 1
    if sentence[index].lower not in PARTICLES:
        return False
    return sentence[first].lower in LEADING_PARTICLES or (
        first > zone and sentence[first - 1].capital and sentence[first - 1].lower not in CALENDAR
    )


def _without_title(sentence: Sentence, run: int, end: int) -> int:
    """Where the name begins behind "Polish Defense Minister"; `end` when the run is nothing but an office."""
    name = run
    for index in range(run, end):
        if sentence[index].lower in OFFICES:
            name = index + 1
    # "Larry King" is a name, "the King" is not.
    if name == end and end - run == 2 and sentence[end - 1].lower in SURNAMES:
        return run
    return name


def _without_office(sentence: Sentence, name: int, end: int, names: Names) -> int:
    """In "the aide to the head of the Mill Board Ann Moor" the name is what the document names alone elsewhere."""
    for length in (3, 2):
        words = [token.text for token in sentence[end - length : end]]
        if end - name > length and " ".join(words) in names:
            return end - length
    return name


def _is_complement(sentence: Sentence, zone: int, run: int) -> bool:
    article = run > zone and sentence[run - 1].lower in DETERMINERS
    at = run - 2 if article else run - 1
    return at >= zone and sentence[at].lower in PREPOSITIONS


def _phrase_start(sentence: Sentence, zone: int, index: int) -> int:
    while index > zone and sentence[index - 1].lower not in OUTSIDE:
        index -= 1
        if sentence[index].lower in DETERMINERS:
            break
    return index


def _nominal(sentence: Sentence, zone: int, end: int) -> Mention | None:
    """A noun phrase without a name of its own, from its article to its end."""
    words = {token.lower for token in sentence[zone:end]}
    if any(word[0].isdigit() for word in words) and not words & VERBAL:
        # "About 4 in 10", "52 percent of them": people who were counted.
        return Mention(MentionForm.NOMINAL, zone, end, zone, end - 1)
    start = zone
    while start < end and (sentence[start].lower in NOT_NOUN or is_adverb(sentence, start)):
        start += 1
    if start < end and sentence[start].lower in PREPOSITIONS:
        # "In a statement the ministry …": the phrase is the last one that opens with an article.
        start = next((i for i in range(end - 1, start + 1, -1) if sentence[i].lower in DETERMINERS), end - 1)
        if sentence[start - 1].lower in PREPOSITIONS:
            return None
    if start < end and sentence[start].lower in PRONOUNS:
        # "who in May …"
        return Mention(MentionForm.PRONOUN, start, start + 1, start, start)
    complement = next((i for i in range(start + 1, end) if sentence[i].lower in PREPOSITIONS), end)
    head = complement - 1
    if head < start or sentence[head].lower in EMPTY_SUBJECTS or sentence[head].form is not Form.WORD:
        return None
    return Mention(MentionForm.NOMINAL, start, end, start, head, known=sentence[head].lower in SPEAKERS)
