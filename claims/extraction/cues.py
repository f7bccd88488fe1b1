"""Cue words: which verbs introduce somebody's words, and how they take them.

A cue's act says what kind of attribution it is: speech or thought. Wishes and plans ("wants", "plans") are neither.
"""

from dataclasses import dataclass
from enum import Enum, auto


class Act(Enum):
    """What the speaker did."""

    SPEECH = auto()
    THOUGHT = auto()


class Takes(Enum):
    """What a cue may be followed by. Each may also follow or precede a quotation."""

    CLAUSE = auto()  # "said (that) it rained"
    THAT = auto()  # "boasted that it rained", not "boasted it rained"
    HEARER = auto()  # "told them (that) it rained"
    QUOTE = auto()  # "asked"


@dataclass(frozen=True, slots=True)
class Verb:
    """One cue verb in one of its forms."""

    lemma: str
    act: Act
    takes: Takes
    participle: bool
    # "state", "hope": the form that is a noun as well.
    base: bool


_SPEECH = {
    Takes.CLAUSE: """
        say/says/said/saying write/writes/wrote/writing swear/swears/swore/swearing add admit acknowledge allege
        announce argue assert assure boast claim concede conclude confirm contend declare deny emphasise emphasize
        estimate explain hint indicate insist joke maintain note predict promise recall reiterate report reveal signal
        state stress suggest tweet underline vow warn
    """,
    Takes.THAT: """
        find/finds/found/finding accuse agree answer assess caution cite clarify comment complain counter demonstrate
        disclose highlight imply inform lament mention observe outline pledge point proclaim propose quip remark remind
        repeat reply respond retort show specify testify
    """,
    Takes.HEARER: "tell/tells/told/telling",
    Takes.QUOTE: """
        begin/begins/began/beginning cry/cries/cried/crying read/reads/reading ask blast call chant continue criticize
        demand describe dub elaborate exclaim fume intone interject laugh mock opine post praise scream shout slam snap
        tease thunder urge
    """,
}
_THOUGHT = {
    Takes.CLAUSE: "think/thinks/thought/thinking feel/feels/felt/feeling assume believe fear hope reckon suspect",
    Takes.THAT: """
        hold/holds/held know/knows/knew/knowing understand/understands/understood worry/worries/worried/worrying
        consider doubt expect
    """,
}
# Short verbs whose last consonant is doubled: "quipped".
_DOUBLING = frozenset({"quip", "admit", "dub", "slam"})


def _forms(entry: str) -> list[str]:
    if "/" in entry:
        return entry.split("/")
    if entry.endswith("e"):
        return [entry, entry + "s", entry + "d", entry[:-1] + "ing"]
    if entry.endswith("y") and entry[-2] not in "aeo":
        return [entry, entry[:-1] + "ies", entry[:-1] + "ied", entry + "ing"]
    stem = entry + entry[-1] if entry in _DOUBLING else entry
    plural = entry + ("es" if entry.endswith(("s", "sh", "ch")) else "s")
    return [entry, plural, stem + "ed", stem + "ing"]


CUES: dict[str, Verb] = {
    form: Verb(forms[0], act, takes, form.endswith("ing"), form == forms[0])
    for act, table in ((Act.THOUGHT, _THOUGHT), (Act.SPEECH, _SPEECH))
    for takes, entries in reversed(table.items())
    for forms in map(_forms, entries.split())
    for form in forms
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# "stated his readiness to meet": a noun that carries what is said in an infinitive.
INTENT_NOUNS = _words("readiness willingness intention desire determination commitment hope wish refusal plan plans")
# What stands between a subject and its verb.
AUXILIARIES = _words(
    """
    has have had did does do didn't didn’t doesn't doesn’t don't don’t not never will would could can may might must
    should all already also always both earlier even first however instead just later meanwhile now often once only
    again previously publicly recently repeatedly further separately simply still subsequently then there
    """
)
BE = _words("is are was were be been being am 's ’s isn't isn’t aren't aren’t wasn't wasn’t weren't weren’t")
COMPLEMENTIZERS = frozenset({"that", "whether", "if"})
# A clause without "that" after a verb other than "say" shows itself by a finite verb.
FINITE = BE | _words(
    """
    has have had will would can could may might must shall should did does do
    won't can't couldn't wouldn't didn't doesn't hasn't haven't hadn't shouldn't don't
    won’t can’t couldn’t wouldn’t didn’t doesn’t hasn’t haven’t hadn’t shouldn’t don’t
    """
)
