"""Repairs the tagger's attributions by rules on form: quotation marks, dashes, colons and speaker labels.

The tagger reads words and may miss what the typography says. Text between quotation marks is one utterance; a
signature, a label or "in his opinion" names the speaker; "this was stated" states nothing by itself.
"""

from collections.abc import Sequence

from claims.extraction.english.candidates import Candidate
from claims.extraction.english.repairs.announced_blocks import (
    attribute_announced_blocks,
    attribute_introduced_quotations,
)
from claims.extraction.english.repairs.candidate_set import CandidateSet
from claims.extraction.english.repairs.embedded_posts import attribute_embedded_posts
from claims.extraction.english.repairs.incomplete_statements import (
    add_missed_statements,
    complete_truncated_contents,
    include_appositions,
)
from claims.extraction.english.repairs.quoted_speech import (
    attribute_signed_quotations,
    complete_quoted_spans,
    continue_utterances,
    drop_announcements,
    drop_described_subjects,
    drop_reporter_words,
    separate_adjacent_utterances,
    separate_reported_clauses,
)
from claims.extraction.english.repairs.reported_speech import (
    add_labelled_statements,
    add_opinions,
    confine_to_paragraph,
    drop_expletive_sources,
    end_relative_clauses,
    extend_to_sentence_start,
    name_adjacent_subjects,
    name_contracted_sources,
    name_speaker_before_colon,
    separate_coordinated_statements,
    skip_inserted_phrases,
    states_something,
)
from claims.extraction.english.repairs.second_hand import (
    add_nested_statements,
    attribute_cited_speakers,
    attribute_quoted_speakers,
    include_addressees,
    unwrap_carried_quotations,
)
from claims.extraction.english.repairs.silent_quotations import (
    attribute_to_own_sentence,
    attribute_to_preceding_subject,
    separate_distant_quotations,
)
from claims.extraction.english.repairs.transcript_turns import add_transcript_turns
from claims.extraction.text.tokens import TokenizedDocument

# The order matters: first the contents and their speakers, then what does not belong to them, then missing speakers.
REPAIR_RULES = (
    attribute_quoted_speakers,
    attribute_cited_speakers,
    include_addressees,
    unwrap_carried_quotations,
    complete_quoted_spans,
    attribute_to_own_sentence,
    separate_adjacent_utterances,
    attribute_signed_quotations,
    continue_utterances,
    separate_reported_clauses,
    separate_distant_quotations,
    drop_announcements,
    drop_described_subjects,
    drop_reporter_words,
    attribute_to_preceding_subject,
    confine_to_paragraph,
    skip_inserted_phrases,
    complete_truncated_contents,
    end_relative_clauses,
    separate_coordinated_statements,
    extend_to_sentence_start,
    add_opinions,
    add_labelled_statements,
    name_speaker_before_colon,
    name_contracted_sources,
    name_adjacent_subjects,
    include_appositions,
    drop_expletive_sources,
    attribute_announced_blocks,
    attribute_introduced_quotations,
    attribute_embedded_posts,
    add_transcript_turns,
    add_missed_statements,
    add_nested_statements,
)


def apply_repairs(document: TokenizedDocument, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Apply all rules and return the candidates that state something, in reading order."""
    candidate_set = CandidateSet(document, candidates)
    for rule in REPAIR_RULES:
        rule(candidate_set)
    statements = [
        candidate for candidate in candidate_set.all if candidate.content and states_something(candidate_set, candidate)
    ]
    return sorted(statements, key=lambda candidate: candidate.content[0])
