"""Repair rules for second-hand speech: the speaker is who is quoted; who passes it on is the carrier."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from claims.extraction.english.candidates import Candidate, TokenRange
from claims.extraction.english.lexicon.cues import INNER_SPEECH_FORMS
from claims.extraction.english.lexicon.function_words import (
    AUXILIARIES,
    DETERMINERS,
    FORMS_OF_BE,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from claims.extraction.english.lexicon.noun_classes import PEOPLE_NOUNS, PERSON_NOUNS
from claims.extraction.english.lexicon.role_nouns import MEDIA_WORDS, ORGANIZATION_WORDS
from claims.extraction.english.repairs.candidate_set import SENTENCE_END, CandidateSet
from claims.extraction.lexicon import word_set
from claims.extraction.quotation import Part
from claims.extraction.text.tokens import QuoteSide

QUOTING_FORMS = word_set("quote quotes quoted quoting cite cites cited citing")
REPORTING_FORMS = word_set("report reports reported reporting")
SAYING_FORMS = word_set("saying telling stating writing adding warning")
# In tokens: the distances of "as saying" from "quoted" and of "citing" from "reported", the length of a subject, and of
# whom it is told to.
MAX_SAYING_DISTANCE = 16
MAX_CITATION_DISTANCE = 100
MAX_SUBJECT_LENGTH = 10
MAX_CLAUSE_LENGTH = 24
MAX_ADDRESSEE_LENGTH = 6
TELL_FORMS = word_set("tell tells told")
MIN_NESTED_WORDS = 3
# What follows these is not stated to have been said, or its subject begins before them.
OPEN_WORDS = word_set("if whether unless what as how why than and or")
# What else can be told: "tells so many lies that nobody believes him".
TOLD_THINGS = word_set("so such lie lies story stories tale tales truth joke jokes")
# A clause may follow these without "that"; after others a noun is an object: "claimed a loss", "warned the mayor".
BARE_CLAUSE_FORMS = word_set("said says added insisted argued")
CLAUSE_SUBJECTS = SUBJECT_PRONOUNS | word_set("it there the a an his her their its")


def attribute_quoted_speakers(candidates: CandidateSet) -> None:
    """`TASS quoted Ann Moor as saying …`, `Ann Moor was quoted by TASS as saying …`: make Ann Moor the source."""
    tokens = candidates.document.tokens
    for number, candidate in enumerate(candidates.all):
        if not candidate.cue:
            continue
        quoting = next((i for i in range(*candidate.cue) if tokens[i].lower in QUOTING_FORMS), None)
        saying = None if quoting is None else _find_as_saying(candidates, quoting)
        if quoting is None or saying is None:
            continue
        is_passive = any(tokens[i].lower in FORMS_OF_BE for i in range(candidate.cue[0], quoting))
        carrier = candidate.source
        speaker: TokenRange | None = (quoting + 1, saying)
        if is_passive and carrier is None and [token.lower for token in tokens[saying + 2 : saying + 3]] == ["by"]:
            carrier = phrase_at(candidates, saying + 3)
        if is_passive and not (carrier and carrier[0] > quoting):
            continue  # the tagger took the speaker for the source
        if is_passive:
            speaker = next((part for part in candidate.content if part[1] == candidate.cue[0]), None)
        if speaker is None or speaker[0] >= speaker[1]:
            continue
        candidate.source, candidate.carrier = speaker, carrier
        candidate.repaired.add(Part.MENTION)
        candidates.release(set(range(*speaker)) | set(range(quoting, saying + 2)))
        if candidate.cue[1] <= saying:
            candidate.cue = (saying, saying + 2)
            candidates.by_cue_start[saying] = number


def phrase_at(candidates: CandidateSet, start: int) -> TokenRange | None:
    """Return the words from a token to the next punctuation mark."""
    tokens = candidates.document.tokens
    end = start
    while end < len(tokens) and tokens[end].is_word and tokens[end].paragraph == tokens[start].paragraph:
        end += 1
    return (start, end) if start < end <= start + MAX_SUBJECT_LENGTH else None


def _find_as_saying(candidates: CandidateSet, quoting: int) -> int | None:
    """Return the "as" of "as saying" in the sentence of "quoted"."""
    tokens = candidates.document.tokens
    for index in range(quoting + 1, min(quoting + MAX_SAYING_DISTANCE, len(tokens) - 1)):
        if tokens[index].side is not QuoteSide.OUTSIDE or tokens[index].text in SENTENCE_END:
            return None
        if tokens[index].lower == "as" and tokens[index + 1].lower in SAYING_FORMS:
            return index
    return None


def attribute_cited_speakers(candidates: CandidateSet) -> None:
    """`It rains, TASS reported, citing Ann Moor`: make Ann Moor the source, if TASS only passes it on."""
    tokens = candidates.document.tokens
    cue_starts = sorted(candidates.by_cue_start)
    for candidate in candidates.all:
        if not candidate.cue or tokens[candidate.cue[1] - 1].lower not in {"citing", "quoting"}:
            continue
        cited = candidate.content[0] if candidate.content else None
        if cited is None or cited[0] != candidate.cue[1] or not _denotes_speaker(candidates, cited):
            continue
        place = bisect_left(cue_starts, candidate.cue[0])
        for neighbour in cue_starts[max(0, place - 1) : place + 2]:
            reported = candidates.all[candidates.by_cue_start[neighbour]]
            if reported is candidate or not reported.source or not reported.cue or not reported.content:
                continue
            shares_source = candidate.source in {None, reported.source}
            if (
                shares_source
                and _is_carrier(candidates, reported)
                and _in_one_sentence(candidates, candidate.cue[0], neighbour)
            ):
                reported.source, reported.carrier = cited, reported.source
                reported.repaired.add(Part.MENTION)
                candidates.release(set(range(*cited)))
                break


def _denotes_speaker(candidates: CandidateSet, phrase: TokenRange) -> bool:
    """Whether a phrase names or describes people or an organization, as "the governor" does and "poor health" not."""
    head = _head(candidates, phrase)
    return head[0].isupper() or head.lower() in PERSON_NOUNS | PEOPLE_NOUNS | ORGANIZATION_WORDS


def _is_carrier(candidates: CandidateSet, candidate: Candidate) -> bool:
    """Whether the source passes on what others say: it reports, or is a medium."""
    if not candidate.source or not candidate.cue:
        return False
    cue = {candidates.document.tokens[index].lower for index in range(*candidate.cue)}
    return bool(cue & REPORTING_FORMS) or _head(candidates, candidate.source).lower() in MEDIA_WORDS


def _head(candidates: CandidateSet, phrase: TokenRange) -> str:
    """Return the last word of a phrase before its first preposition or comma."""
    words = [candidates.document.tokens[index].text for index in range(*phrase)]
    end = next((n for n, word in enumerate(words) if n and word.lower() in PREPOSITIONS | {","}), len(words))
    return words[end - 1]


def _in_one_sentence(candidates: CandidateSet, first: int, second: int) -> bool:
    between = range(min(first, second), max(first, second))
    tokens = candidates.document.tokens
    return (
        len(between) <= MAX_CITATION_DISTANCE
        and tokens[first].paragraph == tokens[second].paragraph
        and not any(tokens[i].text in SENTENCE_END and tokens[i].side is QuoteSide.OUTSIDE for i in between)
    )


def include_addressees(candidates: CandidateSet) -> None:
    """`The suspect told officers that she fell, documents say`: add "officers", which the tagger leaves out."""
    tokens = candidates.document.tokens
    for number, candidate in enumerate(candidates.all):
        for (_, end), (start, _) in pairwise(list(candidate.content)):
            gap = range(end, start)
            if (
                tokens[end - 1].lower in TELL_FORMS
                and len(gap) <= MAX_ADDRESSEE_LENGTH
                and all(tokens[i].is_word and tokens[i].side is QuoteSide.OUTSIDE for i in gap)
                and candidates.cue_and_source_tokens.isdisjoint(gap)
            ):
                candidates.assign(set(gap), number)


def unwrap_carried_quotations(candidates: CandidateSet) -> None:
    """`"…," Moor said, according to TASS`: make the statement of TASS, which only repeats the quotation, Moor's."""
    for number, candidate in enumerate(candidates.all):
        if not candidate.content or not candidate.source:
            continue
        for verb, subject in _inner_subjects(candidates, candidate):
            quoted = [q for q in candidates.document.quoted_in(subject[0] - 1, subject[0]) if q.end == subject[0]]
            if not quoted or candidates.owners.get(quoted[0].start) != number:
                continue
            carried = {token for token in candidate.content_tokens() if token < subject[0]}
            candidates.release(set(candidate.content_tokens()) - carried)
            candidate.source, candidate.carrier, candidate.cue = subject, candidate.source, (verb, verb + 1)
            candidate.repaired |= {Part.MENTION, Part.CUE}
            candidates.by_cue_start[verb] = number
            break


def add_nested_statements(candidates: CandidateSet) -> None:
    """`Documents show that Lee told police he was at home`: add the statement within the statement.

    The last rule, as the tokens of the new contents belong to the outer ones as well.
    """
    tokens = candidates.document.tokens
    for candidate in list(candidates.all):
        if not candidate.content or not candidate.source or candidate.is_transcript_turn:
            continue
        for verb, subject in _inner_subjects(candidates, candidate):
            end = next(part[1] for part in candidate.content if part[0] <= verb < part[1])
            start = start_of_statement(candidates, verb, end)
            # "Moor said he admitted it": mostly Moor, who would say it twice.
            is_pronoun = tokens[subject[0]].lower in SUBJECT_PRONOUNS
            if start is None or end - start < MIN_NESTED_WORDS:
                continue
            if tokens[verb].lower in TELL_FORMS or not is_pronoun:
                nested = Candidate([(start, end)], (verb, verb + 1), subject)
                nested.carrier = candidate.source
                candidates.add(nested)
                break


def _inner_subjects(candidates: CandidateSet, candidate: Candidate) -> Iterator[tuple[int, TokenRange]]:
    """Yield each finite verb of speech with its subject in the reporter's words of a content."""
    tokens = candidates.document.tokens
    for first, last in candidate.content:
        clause_start = first
        for index in range(first, last):
            word = tokens[index].lower
            is_break = not tokens[index].is_word and tokens[index].text != ","
            if tokens[index].side is not QuoteSide.OUTSIDE or is_break or word in SUBORDINATORS:
                clause_start = index + 1
            elif word in INNER_SPEECH_FORMS and index not in candidates.by_cue_start:
                follows_open_word = clause_start > first and tokens[clause_start - 1].lower in OPEN_WORDS
                subject = find_subject(candidates, clause_start, index)
                if subject and not follows_open_word:
                    yield index, subject
                clause_start = index + 1


def find_subject(candidates: CandidateSet, start: int, verb: int) -> TokenRange | None:
    """Return the subject of a verb in its clause: "Ann Moor" in "in May, Ann Moor, 45, has said"."""
    tokens = candidates.document.tokens
    start, end = max(start, verb - MAX_CLAUSE_LENGTH), verb
    while end > start and tokens[end - 1].lower in AUXILIARIES | FORMS_OF_BE:
        end -= 1
    commas = [index for index in range(start, end) if tokens[index].text == ","]
    if commas and commas[-1] == end - 1:
        end = commas[-2] if len(commas) > 1 else commas[-1]
        commas = commas[:-2]
    start = commas[-1] + 1 if commas else start
    return (start, end) if _is_subject(candidates, start, end) else None


def _is_subject(candidates: CandidateSet, start: int, end: int) -> bool:
    """Whether the tokens are a short noun phrase that can speak: a pronoun, a name, "the suspect", "police"."""
    if not 0 < end - start <= MAX_SUBJECT_LENGTH:
        return False
    words = [candidates.document.tokens[index].text for index in range(start, end)]
    lower = [word.lower() for word in words]
    if len(words) == 1 and lower[0] in SUBJECT_PRONOUNS:
        return lower[0] != "who"
    if not PREPOSITIONS.isdisjoint(lower) or lower[0] in SUBJECT_PRONOUNS:
        return False
    head = lower[-1]
    is_nominal = head in PERSON_NOUNS | PEOPLE_NOUNS | ORGANIZATION_WORDS
    return is_nominal or (words[-1][0].isupper() and lower[0] not in DETERMINERS - {"the"})


def start_of_statement(candidates: CandidateSet, verb: int, end: int) -> int | None:
    """Return where the statement after a verb begins: after "that", or with its subject."""
    tokens = candidates.document.tokens
    words = [tokens[index].lower for index in range(verb + 1, min(end, verb + 2 + MAX_ADDRESSEE_LENGTH))]
    if tokens[verb].lower in TELL_FORMS and not TOLD_THINGS.isdisjoint(words[:4]):
        return None
    if "that" in words and (words[0] == "that" or tokens[verb].lower in TELL_FORMS):
        start = verb + 2 + words.index("that")
    elif tokens[verb].lower in TELL_FORMS:
        subject = next(
            (n for n, word in enumerate(words) if n and word in CLAUSE_SUBJECTS and words[n - 1] not in DETERMINERS),
            None,
        )
        if subject is None:
            return None
        start = verb + 1 + subject
    else:
        start = verb + 1
        begins_clause = bool(words) and (words[0] in CLAUSE_SUBJECTS or tokens[start].text[0].isupper())
        if not begins_clause or tokens[verb].lower not in BARE_CLAUSE_FORMS:
            return None
    return start if start < end else None
