"""Where form decides: marks, dashes, colons and labels tell what the tagger, which reads words, may have missed.

What stands between marks is one utterance, whatever the tagger made of its middle; a signature, a label or "in his
opinion" says who speaks; and what only points at something ("this was stated") states nothing.
"""

from collections.abc import Sequence

from claims.extraction.candidates import Candidate
from claims.extraction.repairs.candidate_set import CandidateSet
from claims.extraction.repairs.quoted_speech import (
    attribute_signed_quotations,
    complete_quoted_spans,
    continue_utterances,
    drop_announcements,
    drop_reporter_words,
)
from claims.extraction.repairs.reported_speech import (
    add_labelled_statements,
    add_opinions,
    confine_to_paragraph,
    drop_expletive_sources,
    extend_to_sentence_start,
    name_speaker_before_colon,
    states_something,
)
from claims.extraction.repairs.transcript_turns import add_transcript_turns
from claims.extraction.text.tokens import TokenizedDocument

# In this order: what is said by whom, then what is not part of it, then who is left to be named.
REPAIR_RULES = (
    complete_quoted_spans,
    attribute_signed_quotations,
    continue_utterances,
    drop_announcements,
    drop_reporter_words,
    confine_to_paragraph,
    extend_to_sentence_start,
    add_opinions,
    add_labelled_statements,
    name_speaker_before_colon,
    drop_expletive_sources,
    add_transcript_turns,
)


def apply_repairs(script: TokenizedDocument, drafts: Sequence[Candidate]) -> list[Candidate]:
    """The drafts of a document after every rule, in reading order; those that state nothing are left out."""
    board = CandidateSet(script, drafts)
    for rule in REPAIR_RULES:
        rule(board)
    kept = [draft for draft in board.drafts if draft.content and states_something(board, draft)]
    return sorted(kept, key=lambda draft: draft.content[0])
