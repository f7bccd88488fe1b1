"""The attributions of a sentence: every rule tried at every token, and where one content gives way to the next."""

from collections.abc import Iterator
from itertools import islice

from claims.extraction.attribution import Attribution
from claims.extraction.cues import CUES
from claims.extraction.formulas import according, before_final_quote, in_opening, of_label
from claims.extraction.frame import Sentence
from claims.extraction.names import Names
from claims.extraction.phrases import MentionForm
from claims.extraction.verbs import of_verb

# No sentence holds more attributions; the bound keeps a text of nothing but cues linear.
MOST = 12
OPPOSING = frozenset({"and", "but", "while", "whereas", "though", "although"})


def attributions(sentence: Sentence, names: Names) -> list[Attribution]:
    """The attributions of one sentence in the order of their cues."""
    found: list[Attribution] = []
    for clause in islice(_walk(sentence, names, found), MOST):
        for earlier in found:
            start, end = earlier.content[-1]
            if start < clause.begins < end and _cuts(sentence, clause):
                earlier.content[-1] = (start, clause.begins)
        found.append(clause)
    if not found and (labelled := before_final_quote(sentence, names)):
        found.append(labelled)
    return [clause for clause in found if clause.content and clause.asserted]


def _walk(sentence: Sentence, names: Names, found: list[Attribution]) -> Iterator[Attribution]:
    opening = in_opening(sentence, names)
    floor = 0
    if opening:
        yield opening
        floor = opening.cue[1]
    for index, token in enumerate(sentence):
        if index < floor:
            continue
        if token.lower == "according" and index + 1 < len(sentence) and sentence[index + 1].lower == "to":
            clause = according(sentence, index, names)
        else:
            clause = of_label(sentence, index, names, found) if token.text == ":" else None
            verb = CUES.get(token.lower)
            if verb and (token.text.islower() or verb.lemma == "say"):
                clause = of_verb(sentence, index, verb, names, found)
        if clause:
            yield clause
            floor = clause.cue[1]


def _cuts(sentence: Sentence, clause: Attribution) -> bool:
    """Whether what is said before ends where this attribution begins: "…, adding that", "…, but Y denied"."""
    if clause.verb is None or clause.verb.participle:
        return True
    opening = clause.begins if sentence[clause.begins].lower in OPPOSING else clause.begins - 1
    pronoun = clause.mention.form is MentionForm.PRONOUN
    # "X said it is late and he feels tired" goes on; "X said it is late, and Y denied that" does not.
    return sentence[opening].lower in OPPOSING and not (pronoun and sentence[opening - 1].text != ",")
