"""Repair rules for quotations without a verb of speech, whose speaker is who acts in the sentence before."""

from collections.abc import Iterator
from itertools import pairwise

from claims.extraction.english.candidates import Candidate, TokenRange
from claims.extraction.english.lexicon.cues import INNER_SPEECH_FORMS, SPEECH_CUES, THOUGHT_CUES
from claims.extraction.english.lexicon.function_words import (
    AUXILIARIES,
    CALENDAR_WORDS,
    DETERMINERS,
    FORMS_OF_BE,
    PREPOSITIONS,
    SUBORDINATORS,
)
from claims.extraction.english.repairs.candidate_set import SENTENCE_END, CandidateSet
from claims.extraction.english.repairs.second_hand import MAX_CLAUSE_LENGTH, find_subject
from claims.extraction.lexicon import word_set
from claims.extraction.quotation import Part
from claims.extraction.text.tokens import QuotedTokens, QuoteSide

ACTING_PRONOUNS = frozenset({"he", "she"})
PRESENT_FORMS = word_set("say says tell ask asks asked reply replies answer answers answered")
MAX_NAME_LENGTH = 5
# In tokens; a longer sentence has too much in it to tell who acts.
MAX_SENTENCE_LENGTH = 40


def attribute_to_own_sentence(candidates: CandidateSet) -> None:
    """`"It rains," I say.`: attribute a quotation to the verb behind it, if its speaker is from another paragraph."""
    tokens = candidates.document.tokens
    statements: list[tuple[QuotedTokens, Candidate]] = []
    for quoted in candidates.document.quoted:
        owner = candidates.owners.get(quoted.start)
        cue = None if owner is None else candidates.all[owner].cue
        is_elsewhere = cue is None or tokens[cue[0]].paragraph != tokens[quoted.start].paragraph
        if not is_elsewhere or not quoted.span.closed or tokens[quoted.end - 2].text not in {",", "?", "!"}:
            continue
        verb = next(
            (
                index
                for index in _clause_behind(candidates, quoted.end)
                if tokens[index].lower in INNER_SPEECH_FORMS | PRESENT_FORMS | {"quoted"}
            ),
            None,
        )
        subject = None if verb is None else find_subject(candidates, quoted.end, verb)
        if verb is not None and subject and verb not in candidates.cue_and_source_tokens:
            statements.append((quoted, Candidate([], (verb, verb + 1), subject)))
    candidates.separate(statements)


def _clause_behind(candidates: CandidateSet, start: int) -> Iterator[int]:
    """Yield the tokens from `start` to the end of the sentence or the next quotation."""
    tokens = candidates.document.tokens
    for index in range(start, min(start + MAX_CLAUSE_LENGTH, len(tokens))):
        if tokens[index].side is not QuoteSide.OUTSIDE or tokens[index].text in SENTENCE_END:
            return
        if tokens[index].paragraph != tokens[start - 1].paragraph:
            return
        yield index


def separate_distant_quotations(candidates: CandidateSet) -> None:
    """Separate quotations of later paragraphs if another person acts before them, or a paragraph has none.

    Nothing tells there that the speaker goes on: `"It rains," said Moor.`, then `Bob Lee stood up. "It snows."`.
    """
    tokens = candidates.document.tokens
    for candidate in list(candidates.all):
        if candidate.is_transcript_turn or not candidate.cue:
            continue
        for (_, end), (start, _) in pairwise(list(candidate.content)):
            if start < candidate.cue[0] or tokens[start].side is not QuoteSide.OPENS:
                continue
            skips_paragraph = (
                tokens[start].paragraph - max(tokens[end - 1].paragraph, tokens[candidate.cue[0]].paragraph) > 1
            )
            if skips_paragraph or _acts_before(candidates, candidate, start):
                distant = {token for token in candidate.content_tokens() if token >= start}
                candidates.assign(distant, candidates.add(Candidate([], None, None)))
                break


def _acts_before(candidates: CandidateSet, candidate: Candidate, start: int) -> bool:
    """Whether another person acts in the sentence before a quotation."""
    tokens = candidates.document.tokens
    subject = _subject_of_sentence_before(candidates, start) if candidates.starts_sentence(start) else None
    if subject is None or not candidate.source or not candidate.cue:
        return False
    if tokens[candidate.cue[0]].paragraph == tokens[start].paragraph:
        return False
    source_words = {tokens[index].text for index in range(*candidate.source)}
    is_pronoun = tokens[subject[0]].lower in ACTING_PRONOUNS
    return not is_pronoun and source_words.isdisjoint(tokens[index].text for index in range(*subject))


def attribute_to_preceding_subject(candidates: CandidateSet) -> None:
    """`Ann Moor turned to Bob Lee. "It rains." Bob nodded.`: attribute the quotation to who acts before it."""
    tokens = candidates.document.tokens
    for candidate in candidates.all:
        if candidate.is_transcript_turn or not candidate.content:
            continue
        start = candidate.content[0][0]
        if start == 0 or tokens[start].side is not QuoteSide.OPENS or not candidates.starts_sentence(start):
            continue
        subject = _subject_of_sentence_before(candidates, start)
        if subject is not None and candidate.source == subject and candidate.cue is None:
            candidate.linked = None  # form tells as much
        elif subject is not None and _is_silent(candidates, candidate):
            candidate.source, candidate.cue = subject, None
            candidate.repaired.add(Part.MENTION)


def _is_silent(candidates: CandidateSet, candidate: Candidate) -> bool:
    """Whether a whole quotation has no cue, or an act in the sentence behind it that is no speech ("nodded")."""
    tokens = candidates.document.tokens
    start, end = candidate.content[-1]
    if tokens[start].side is not QuoteSide.OPENS or tokens[end - 1].side is not QuoteSide.CLOSES:
        return False
    if candidate.cue is None:
        return candidate.source is None or candidate.source[0] >= end
    words = {tokens[index].lower for index in range(*candidate.cue)}
    ends_sentence = tokens[end - 2].text in SENTENCE_END
    return ends_sentence and candidate.cue[0] >= end and words.isdisjoint(SPEECH_CUES | THOUGHT_CUES)


def _subject_of_sentence_before(candidates: CandidateSet, index: int) -> TokenRange | None:
    """Return the name or pronoun that begins the sentence before a token, if a verb follows it."""
    tokens = candidates.document.tokens
    end = index - 1
    start = end
    while start and not candidates.starts_sentence(start):
        start -= 1
        if end - start > MAX_SENTENCE_LENGTH or tokens[start].side is not QuoteSide.OUTSIDE:
            return None
    if tokens[end].text not in SENTENCE_END or tokens[start].paragraph != tokens[index].paragraph:
        return None
    stop = start
    while stop < end and stop - start < MAX_NAME_LENGTH and tokens[stop].is_word and tokens[stop].text[0].isupper():
        stop += 1
    words = [tokens[number].lower for number in range(start, stop)]
    is_pronoun = len(words) == 1 and words[0] in ACTING_PRONOUNS
    is_name = (
        bool(words)
        and NON_NAMES.isdisjoint(words)
        and (len(words) > 1 or candidates.capitalized_counts[tokens[start].text] > 1)
    )
    next_word = tokens[stop].lower
    has_verb = tokens[stop].is_word and next_word not in PREPOSITIONS | SUBORDINATORS
    return (start, stop) if (is_pronoun or is_name) and has_verb else None


NON_NAMES = DETERMINERS | PREPOSITIONS | SUBORDINATORS | AUXILIARIES | FORMS_OF_BE | CALENDAR_WORDS
