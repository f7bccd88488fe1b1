"""The act of a cue: whether the speaker said the content, thought it, or did something else about it.

"Something else" is wanting, planning, asking for, backing, and also leaving unsaid: "did not say", "denied", "nobody
said", "if she says". Who reads a list of what people said must not find it there.
"""

import re

from claims.extraction.candidates import Candidate
from claims.extraction.lexicon.cues import AUXILIARIES, FORMS_OF_BE, NON_ASSERTIVE_VERBS, SPEECH_CUES, THOUGHT_CUES
from claims.extraction.quotation import Act, Kind
from claims.extraction.text.tokens import TokenizedDocument

NEGATION_WORDS = frozenset({"not", "never", "cannot", "neither", "nor", "nobody", "none"})
NEGATIVE_SUBJECTS = frozenset({"nobody", "none", "neither", "nor", "no", "not"})
HYPOTHETICAL_MARKERS = frozenset({"if", "unless", "whether", "should", "did", "does", "had"})
QUESTION_WORDS = frozenset({"who", "which", "what"})
# What may stand between a negation and its verb, negations among it.
VERB_GROUP_WORDS = ((AUXILIARIES | FORMS_OF_BE) - {"there"}) | NEGATION_WORDS
REQUEST_CUE = re.compile(r"\b(?:call|calls|called|calling|ask|asks|asked|asking|push|pushes|pushed|pushing)\W+for\b")


def classify_act(script: TokenizedDocument, draft: Candidate, kind: Kind) -> Act:
    """What the draft's speaker did with its content; without a word that tells, what stands between marks was said."""
    words = [script.words[index].text.lower() for index in range(*draft.cue)] if draft.cue else []
    if _is_denied_or_open(script, draft, words) or REQUEST_CUE.search(" ".join(words)):
        return Act.OTHER
    for act, cues in ((Act.OTHER, NON_ASSERTIVE_VERBS), (Act.SPEECH, SPEECH_CUES), (Act.THOUGHT, THOUGHT_CUES)):
        if any(word in cues for word in words):
            return act
    spoken = kind is not Kind.INDIRECT or not any(word[0].isalpha() for word in words)
    return Act.SPEECH if spoken else Act.OTHER


def _is_denied_or_open(script: TokenizedDocument, draft: Candidate, cue: list[str]) -> bool:
    """Whether the words deny that it was said, leave it open, or ask who said it."""
    if any(word in NEGATION_WORDS or word.endswith("n't") for word in cue):
        return True
    words = script.words

    def before(index: int) -> str:
        same = index > 0 and words[index - 1].paragraph == words[index].paragraph
        return words[index - 1].text.lower() if same and words[index - 1].side is words[index].side else ""

    if draft.cue:
        index = draft.cue[0]
        while (word := before(index)) in VERB_GROUP_WORDS or word.endswith("n't"):
            if word in NEGATION_WORDS or word.endswith("n't"):
                return True
            index -= 1
    if not draft.source:
        return False
    first, numbered = words[draft.source[0]].text.lower(), draft.source[1] - draft.source[0] > 1
    numbered = numbered and words[draft.source[0] + 1].text[0].isdigit()
    opens = not before(draft.source[0]).isalpha()
    asks = first in QUESTION_WORDS and opens and draft.cue is not None and draft.source[1] == draft.cue[0]
    which = before(draft.source[0]) in {"which", "what"}
    return (
        (first in NEGATIVE_SUBJECTS and not numbered)
        or before(draft.source[0]) in HYPOTHETICAL_MARKERS
        or asks
        or which
    )
