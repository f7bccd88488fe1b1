"""What is told of but not asserted: "did not say", "nobody said", "if he says", "denied"."""

from claims.extraction.cues import AUXILIARIES, BE, Verb
from claims.extraction.frame import Form, Sentence
from claims.extraction.phrases import Mention, is_adverb
from claims.extraction.roles import SUBORDINATORS

# What is denied or doubted is not what the speaker says.
DISOWNING = frozenset({"deny", "doubt"})
NEGATIONS = frozenset({"not", "never", "cannot", "neither", "nor"})
NOBODY = frozenset({"nobody", "none", "neither", "nor", "no", "not", "never", "no-one"})
HYPOTHESES = frozenset({"if", "unless", "whether", "should", "did", "does", "had"})
# What may stand between a negation and its verb.
VERBAL = (AUXILIARIES | BE) - {"there"}


def is_unsaid(sentence: Sentence, index: int, verb: Verb, who: Mention) -> bool:
    """Whether the cue at `index` with this subject leaves open or denies that the words are the subject's."""
    if verb.lemma in DISOWNING or _is_negated(sentence, index):
        return True
    if who.phrase and sentence[who.phrase - 1].lower in HYPOTHESES:
        return True
    return _is_nobody(sentence, who.phrase) or (who.phrase < index and _is_nobody(sentence, _clause(sentence, index)))


def _is_negated(sentence: Sentence, index: int) -> bool:
    while index and (_is_negation(sentence[index - 1].lower) or _is_verbal(sentence, index - 1)):
        index -= 1
        if _is_negation(sentence[index].lower):
            return True
    return False


def _is_negation(word: str) -> bool:
    return word in NEGATIONS or word.endswith(("n't", "n’t"))


def _is_verbal(sentence: Sentence, index: int) -> bool:
    return sentence[index].lower in VERBAL or is_adverb(sentence, index)


def _clause(sentence: Sentence, index: int) -> int:
    """Where the clause of the token at `index` begins."""
    start = index
    while start and sentence[start - 1].form is Form.WORD and sentence[start - 1].lower not in SUBORDINATORS:
        start -= 1
    return start


def _is_nobody(sentence: Sentence, start: int) -> bool:
    """Whether a phrase that begins there denies: "None of them"; "No 10" is somebody."""
    numbered = start + 1 < len(sentence) and sentence[start + 1].text[:1].isdigit()
    return sentence[start].lower in NOBODY and not numbered
