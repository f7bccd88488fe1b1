"""Tells by form whether a noun phrase is the subject of its clause."""

from claims.extraction.english.lexicon.cues import CUE_VERBS
from claims.extraction.english.lexicon.function_words import AUXILIARIES, FORMS_OF_BE, PREPOSITIONS
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.lexicon import word_set

# Past forms that a suffix does not show; of verbs that often have a person as their object, and of others.
TRANSITIVE_PAST_FORMS = word_set(
    """
    beat bit bought brought caught drew drove fed forgave forgot fought found gave got held hit hurt kept led left
    lent lost made met paid put saw sent shook shot showed sold struck stuck sued swept taught threw told took urged
    won
    """
)
PAST_FORMS = TRANSITIVE_PAST_FORMS | word_set(
    """
    became began broke came chose did drank ate fell flew froze went grew had hid knew lay lit rang ran rode rose
    sang sank sat set slept slid spent sprang stole stood swam swore tore understood wept woke wore wrote
    """
)
# After an auxiliary: "will meet Ann Moor".
TRANSITIVE_BASE_FORMS = word_set("beat face fight join lead meet play replace see succeed tell thank")
HEARER_VERBS = word_set("accused asked assured praised reminded thanked told urged warned")

OBJECT_VERBS = TRANSITIVE_PAST_FORMS | TRANSITIVE_BASE_FORMS | HEARER_VERBS
VERBS = AUXILIARIES | FORMS_OF_BE | CUE_VERBS | PAST_FORMS


def is_subject(words: DocumentWords, start: int, end: int) -> bool:
    """Whether the phrase `[start, end)` is a subject: before a verb, or behind neither a preposition nor a verb."""
    previous = words.lower(start - 1) if words.in_same_sentence(start - 1, start) else ""
    if previous in PREPOSITIONS:
        return False
    if precedes_verb(words, end):
        return True
    is_behind_verb = previous in OBJECT_VERBS or (previous.endswith(("ed", "ing")) and previous not in CUE_VERBS)
    return not is_behind_verb


def precedes_verb(words: DocumentWords, end: int) -> bool:
    """Whether a verb, as far as form tells, follows the phrase that ends before a word."""
    following = words.lower(end) if words.in_same_sentence(end - 1, end) else ""
    return following in VERBS or following.endswith("ed")
