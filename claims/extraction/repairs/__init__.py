"""Where form decides: marks, dashes, colons and labels tell what the tagger, which reads words, may have missed.

What stands between marks is one utterance, whatever the tagger made of its middle; a signature, a label or "in his
opinion" says who speaks; and what only points at something ("this was stated") states nothing.
"""

from collections.abc import Sequence

from claims.extraction.drafts import Draft
from claims.extraction.repairs.board import Board
from claims.extraction.repairs.statements import begin, expel, label, name, opine, says_something, stay
from claims.extraction.repairs.transcripts import speak
from claims.extraction.repairs.utterances import announce, complete, prune, resume, sign
from claims.extraction.tagger.words import Script

# In this order: what is said by whom, then what is not part of it, then who is left to be named.
RULES = (complete, sign, resume, announce, prune, stay, begin, opine, label, name, expel, speak)


def repaired(script: Script, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a document after every rule, in reading order; those that state nothing are left out."""
    board = Board(script, drafts)
    for rule in RULES:
        rule(board)
    kept = [draft for draft in board.drafts if draft.content and says_something(board, draft)]
    return sorted(kept, key=lambda draft: draft.content[0])
