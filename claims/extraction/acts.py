"""The act of a cue: whether the speaker said the content, thought it, or did something else about it.

"Something else" is wanting, planning, asking for, backing, and also leaving unsaid: "did not say", "denied", "nobody
said", "if she says". Who reads a list of what people said must not find it there.
"""

import re

from claims.extraction.cues import AUXILIARIES, BE, OTHER_VERBS, SPEECH, THOUGHT
from claims.extraction.drafts import Draft
from claims.extraction.quotation import Act, Kind
from claims.extraction.tagger.words import Script

NEGATIONS = frozenset({"not", "never", "cannot", "neither", "nor", "nobody", "none"})
NOBODY = frozenset({"nobody", "none", "neither", "nor", "no", "not"})
HYPOTHESES = frozenset({"if", "unless", "whether", "should", "did", "does", "had"})
ASKING = frozenset({"who", "which", "what"})
# What may stand between a negation and its verb, negations among it.
VERBAL = ((AUXILIARIES | BE) - {"there"}) | NEGATIONS
ASKED_FOR = re.compile(r"\b(?:call|calls|called|calling|ask|asks|asked|asking|push|pushes|pushed|pushing)\W+for\b")


def act_of(script: Script, draft: Draft, kind: Kind) -> Act:
    """What the draft's speaker did with its content; without a word that tells, what stands between marks was said."""
    words = [script.words[index].text.lower() for index in range(*draft.cue)] if draft.cue else []
    if _is_unsaid(script, draft, words) or ASKED_FOR.search(" ".join(words)):
        return Act.OTHER
    for act, cues in ((Act.OTHER, OTHER_VERBS), (Act.SPEECH, SPEECH), (Act.THOUGHT, THOUGHT)):
        if any(word in cues for word in words):
            return act
    spoken = kind is not Kind.INDIRECT or not any(word[0].isalpha() for word in words)
    return Act.SPEECH if spoken else Act.OTHER


def _is_unsaid(script: Script, draft: Draft, cue: list[str]) -> bool:
    """Whether the words deny that it was said, leave it open, or ask who said it."""
    if any(word in NEGATIONS or word.endswith("n't") for word in cue):
        return True
    words = script.words

    def before(index: int) -> str:
        same = index > 0 and words[index - 1].paragraph == words[index].paragraph
        return words[index - 1].text.lower() if same and words[index - 1].side is words[index].side else ""

    if draft.cue:
        index = draft.cue[0]
        while (word := before(index)) in VERBAL or word.endswith("n't"):
            if word in NEGATIONS or word.endswith("n't"):
                return True
            index -= 1
    if not draft.source:
        return False
    first, numbered = words[draft.source[0]].text.lower(), draft.source[1] - draft.source[0] > 1
    numbered = numbered and words[draft.source[0] + 1].text[0].isdigit()
    opens = not before(draft.source[0]).isalpha()
    asks = first in ASKING and opens and draft.cue is not None and draft.source[1] == draft.cue[0]
    which = before(draft.source[0]) in {"which", "what"}
    return (first in NOBODY and not numbered) or before(draft.source[0]) in HYPOTHESES or asks or which
