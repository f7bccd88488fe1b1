"""Classifies what a speaker did with the content of a quotation: said it, thought it, or something else.

"Something else" covers wanting, planning, asking for and backing, and what was left unsaid: "did not say", "denied",
"nobody said", "if she says". Such content must not appear in a list of what people said. A question is speech of
whoever asks it.
"""

import re

from claims.extraction.english.candidates import Candidate
from claims.extraction.english.lexicon.cues import NON_ASSERTIVE_VERBS, SPEECH_CUES, THOUGHT_CUES
from claims.extraction.english.lexicon.function_words import AUXILIARIES, FORMS_OF_BE
from claims.extraction.lexicon import word_set
from claims.extraction.quotation import Act, Kind
from claims.extraction.text.tokens import TokenizedDocument

NEGATION_WORDS = word_set("not never cannot neither nor nobody none")
NEGATIVE_SUBJECTS = word_set("nobody none neither nor no not")
HYPOTHETICAL_MARKERS = word_set("if unless whether should did does had")
# Precede a relative clause that is not restrictive: "the mayor, who said", "the mayor (who said".
RELATIVE_CLAUSE_MARKS = frozenset(",;(—–-)")
QUESTION_WORDS = word_set("who which what")
# With a question they introduce speech: `"Why?" she demanded`, "questioned whether".
ASKING_VERBS = word_set("demand demands demanded demanding question questions questioned questioning")
SENTENCE_PUNCTUATION = frozenset(".,!?…")
QUESTION_STARTS = word_set("whether if why how who whom whose what which when where")
# May stand between a negation and its verb; negations can stack.
VERB_GROUP_WORDS = ((AUXILIARIES | FORMS_OF_BE) - {"there"}) | NEGATION_WORDS
REQUEST_CUE = re.compile(r"\b(?:call|calls|called|calling|ask|asks|asked|asking|push|pushes|pushed|pushing)\W+for\b")


def classify_act(document: TokenizedDocument, candidate: Candidate, kind: Kind) -> Act:
    """Classify the act of a candidate. Quoted content whose cue is unknown counts as speech."""
    cue = [document.tokens[index].lower for index in range(*candidate.cue)] if candidate.cue else []
    if _is_denied_or_open(document, candidate, cue) or REQUEST_CUE.search(" ".join(cue)):
        return Act.OTHER
    if any(word in ASKING_VERBS for word in cue) and _is_utterance_or_question(document, candidate, kind):
        return Act.SPEECH
    for act, cue_words in ((Act.OTHER, NON_ASSERTIVE_VERBS), (Act.SPEECH, SPEECH_CUES), (Act.THOUGHT, THOUGHT_CUES)):
        if any(word in cue_words for word in cue):
            return act
    is_speech = kind is not Kind.INDIRECT or not any(word[0].isalpha() for word in cue)
    return Act.SPEECH if is_speech else Act.OTHER


def _is_utterance_or_question(document: TokenizedDocument, candidate: Candidate, kind: Kind) -> bool:
    """Whether the content is a sentence between quotation marks, or an indirect question."""
    start, end = candidate.content[0]
    if kind is Kind.DIRECT:
        return any(document.tokens[index].text in SENTENCE_PUNCTUATION for index in range(start, end))
    return document.tokens[start].lower in QUESTION_STARTS


def _is_denied_or_open(document: TokenizedDocument, candidate: Candidate, cue: list[str]) -> bool:
    """Whether the sentence denies that the content was said, leaves it open, or asks who said it."""
    return (
        any(_is_negation(word) for word in cue)
        or _has_negated_cue(document, candidate)
        or _has_open_source(document, candidate)
    )


def _is_negation(word: str) -> bool:
    return word in NEGATION_WORDS or word.endswith("n't")


def _has_negated_cue(document: TokenizedDocument, candidate: Candidate) -> bool:
    """Whether a negation precedes the cue within its verb group: "has never said"."""
    if candidate.cue is None:
        return False
    index = candidate.cue[0]
    while (word := _word_before(document, index)) in VERB_GROUP_WORDS or word.endswith("n't"):
        if _is_negation(word):
            return True
        index -= 1
    return False


def _has_open_source(document: TokenizedDocument, candidate: Candidate) -> bool:
    """Whether the source is nobody, hypothetical, or asked for: "nobody said", "if she says", "Who said?"."""
    if candidate.source is None:
        return False
    start, end = candidate.source
    source_word = document.tokens[start].lower
    word_before = _word_before(document, start)
    if word_before in HYPOTHETICAL_MARKERS:
        return True
    if word_before in {"which", "what"} and _begins_clause(document, start - 1):
        return True
    # "No. 10 said": the number makes it a name.
    is_numbered = end - start > 1 and document.tokens[start + 1].text[0].isdigit()
    if source_word in NEGATIVE_SUBJECTS and not is_numbered:
        return True
    precedes_cue = candidate.cue is not None and end == candidate.cue[0]
    return source_word in QUESTION_WORDS and precedes_cue and _begins_clause(document, start)


def _begins_clause(document: TokenizedDocument, index: int) -> bool:
    """Whether neither a word nor a comma precedes, as it precedes the relative pronoun in "Ann Moor, who said"."""
    word_before = _word_before(document, index)
    return not word_before.isalnum() and word_before not in RELATIVE_CLAUSE_MARKS


def _word_before(document: TokenizedDocument, index: int) -> str:
    """Return the lower-case word before a token, if both are on the same side of the quotation marks."""
    if index == 0:
        return ""
    previous, token = document.tokens[index - 1], document.tokens[index]
    is_same_context = previous.paragraph == token.paragraph and previous.side is token.side
    return previous.lower if is_same_context else ""
