"""Repair rules for statements that the tagger misses wholly or in part although their form is plain."""

from claims.extraction.english.candidates import Candidate
from claims.extraction.english.lexicon.cues import INNER_SPEECH_FORMS
from claims.extraction.english.repairs.candidate_set import CandidateSet
from claims.extraction.english.repairs.second_hand import find_subject, start_of_statement
from claims.extraction.lexicon import word_set
from claims.extraction.quotation import Part
from claims.extraction.text.tokens import QuoteSide

# "it rained"
MIN_CLAUSE_WORDS = 2
MAX_NAME_LENGTH = 5
# In tokens, from the verb; keeps the work linear.
MAX_STATEMENT_LENGTH = 60
# No statement ends with one of these.
INCOMPLETE_ENDS = word_set("the a an its their our my every")


def complete_truncated_contents(candidates: CandidateSet) -> None:
    """`… heroes, including the [painter Ann Moor]`: end no content with an article, but with the phrase."""
    tokens = candidates.document.tokens
    for number, candidate in enumerate(candidates.all):
        if not candidate.content or candidate.is_transcript_turn:
            continue
        end = stop = candidate.content[-1][1]
        last = tokens[end - 1]
        if last.lower not in INCOMPLETE_ENDS or last.side is not QuoteSide.OUTSIDE:
            continue
        while (
            stop < len(tokens)
            and tokens[stop].is_word
            and tokens[stop].paragraph == last.paragraph
            and stop not in candidates.owners
            and stop not in candidates.cue_and_source_tokens
        ):
            stop += 1
        if stop > end:
            candidates.assign(set(range(end, stop)), number)


def include_appositions(candidates: CandidateSet) -> None:
    """`"…," its leader, Ann Moor, said`: add the name beside a noun that is the source."""
    tokens = candidates.document.tokens
    for candidate in candidates.all:
        if not candidate.source or not candidate.cue or candidate.is_transcript_turn:
            continue
        start, end = candidate.source
        stop = end + 1
        while stop < len(tokens) and stop - end <= MAX_NAME_LENGTH and tokens[stop].text[0].isupper():
            stop += 1
        is_apposition = (
            stop < len(tokens)
            and stop > end + 1
            and tokens[end].text == tokens[stop].text == ","
            and tokens[end - 1].text.islower()
            and tokens[end].side is tokens[stop].side is QuoteSide.OUTSIDE
            and candidate.cue[0] == stop + 1
        )
        if is_apposition and candidates.owners.keys().isdisjoint(range(start, stop)):
            candidate.source = (start, stop)
            candidate.repaired.add(Part.MENTION)


def add_missed_statements(candidates: CandidateSet) -> None:
    """`Ann Moor told the court it rained.`: make the clause behind an unused verb of speech a statement."""
    tokens = candidates.document.tokens
    clause_start = 0
    for verb, token in enumerate(tokens):
        if verb and (not token.is_word or token.paragraph != tokens[verb - 1].paragraph) and token.text != ",":
            clause_start = verb + (not token.is_word)
        if token.lower not in INNER_SPEECH_FORMS or token.side is not QuoteSide.OUTSIDE:
            continue
        used = candidates.all[candidates.by_cue_start[verb]] if verb in candidates.by_cue_start else None
        if used is None and (verb in candidates.cue_and_source_tokens or verb in candidates.owners):
            continue
        subject = find_subject(candidates, clause_start, verb)
        if subject is None:
            continue
        end = candidates.sentence_end(verb, MAX_STATEMENT_LENGTH)
        start = start_of_statement(candidates, verb, end)
        content = set(range(start or end, end))
        is_long = end - verb == MAX_STATEMENT_LENGTH
        if is_long or len(content) < MIN_CLAUSE_WORDS or not content.isdisjoint(candidates.cue_and_source_tokens):
            continue
        if (
            used is not None
            and used.content == [(end - len(content), end - len(content) + 1)]
            and used.source == subject
        ):
            used.linked = None  # "it" of "it rained"
            candidates.assign(content, candidates.by_cue_start[verb])
        elif used is None and content.isdisjoint(candidates.owners):
            candidates.assign(content, candidates.add(Candidate([], (verb, verb + 1), subject)))
