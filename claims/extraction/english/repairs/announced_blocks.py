"""Repair rules for paragraphs that a line before them announces: lists, block quotations, quotations without a cue."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.extraction.english.candidates import Candidate, TokenRange
from claims.extraction.english.lexicon.cues import NON_ASSERTIVE_VERBS, SPEECH_VERBS
from claims.extraction.english.lexicon.function_words import AUXILIARIES, PREPOSITIONS, PRONOUNS, SUBORDINATORS
from claims.extraction.english.repairs.candidate_set import CandidateSet
from claims.extraction.lexicon import word_set
from claims.extraction.text.tokens import QuoteSide
from claims.extraction.text.wrapped_lines import BULLETS

LIST_DASHES = frozenset("-–—")
MAX_ITEM_NUMBER_LENGTH = 2
# In tokens, from the verb to the colon: "told reporters in the capital on Monday:".
MAX_COLON_DISTANCE = 12
# An announcement without a verb has no more words: "And from Chairwoman Moor, in a letter to the board:".
MAX_INTRODUCTION_LENGTH = 16
SENDER_PREPOSITIONS = word_set("from by of")
MESSAGES = word_set("desk note letter message statement column post words memo remarks address email e-mail")


@dataclass(frozen=True, slots=True)
class Announcement:
    """The cue and source of a paragraph that ends with a colon, and the candidate that the tagger made of them."""

    cue: TokenRange
    source: TokenRange
    number: int | None


def attribute_announced_blocks(candidates: CandidateSet) -> None:
    """`Ann Moor also said:` and a list, or a paragraph without marks: make each item, or the paragraph, a statement."""
    tokens = candidates.document.tokens
    paragraphs = candidates.paragraph_ranges
    by_paragraph: dict[int, list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates.all):
        if candidate.cue:
            by_paragraph[tokens[candidate.cue[0]].paragraph].append(number)
    list_end = 0  # a list within a list belongs to who announces that
    for index, (start, end) in enumerate(paragraphs[:-1]):
        if index < list_end or tokens[end - 1].text != ":" or tokens[end - 1].side is not QuoteSide.OUTSIDE:
            continue
        announcement = _find_announcement(candidates, start, end, by_paragraph[tokens[start].paragraph])
        if announcement is None:
            continue
        items = list(_list_items(candidates, paragraphs, index + 1))
        list_end = index + 1 + len(items)
        blocks = items or [paragraphs[index + 1]]
        if not items and tokens[blocks[0][0]].side is not QuoteSide.OUTSIDE:
            continue  # a quotation, which other rules complete
        if announcement.number is not None:
            candidates.release(set(candidates.all[announcement.number].content_tokens()))
        for first, last in blocks:
            if not _has_speaker(candidates, (first, last), by_paragraph[tokens[first].paragraph]):
                statement = Candidate([], announcement.cue, announcement.source)
                candidates.assign(set(range(first, last)), candidates.add(statement))


def _find_announcement(candidates: CandidateSet, start: int, end: int, numbers: Sequence[int]) -> Announcement | None:
    """Return who announces something in a paragraph: as the tagger found it, else by the last verb of speech."""
    tokens = candidates.document.tokens
    for number in reversed(numbers):
        candidate = candidates.all[number]
        if candidate.cue and candidate.source and candidate.cue[0] >= end - 1 - MAX_COLON_DISTANCE:
            cue = {tokens[i].lower for i in range(*candidate.cue)}
            is_speech = cue & SPEECH_VERBS and not cue & NON_ASSERTIVE_VERBS
            states_itself = any(start <= first < end for first, _ in candidate.content)
            return Announcement(candidate.cue, candidate.source, number) if is_speech and not states_itself else None
    verbs = (
        i for i in range(end - 2, max(start, end - 2 - MAX_COLON_DISTANCE), -1) if _is_verb_of_speech(candidates, i)
    )
    verb = next(verbs, None)
    source = None if verb is None else _subject_before(candidates, start, verb)
    return Announcement((verb, verb + 1), source, None) if verb is not None and source else None


def _is_verb_of_speech(candidates: CandidateSet, index: int) -> bool:
    token = candidates.document.tokens[index]
    return token.side is QuoteSide.OUTSIDE and token.text in SPEECH_VERBS and not token.text.endswith("ing")


def _subject_before(candidates: CandidateSet, start: int, verb: int) -> TokenRange | None:
    """Return the phrase before a verb, up to a comma, or to the name before an apposition between commas."""
    tokens = candidates.document.tokens
    end = verb
    while end > start and tokens[end - 1].lower in AUXILIARIES:
        end -= 1
    first = _start_of_phrase(candidates, start, end - 1 if tokens[end - 1].text == "," else end)
    if tokens[end - 1].text == "," and first > start and tokens[first - 1].text == ",":
        end = first - 1
        first = _start_of_phrase(candidates, start, end)
    is_phrase = first < end and tokens[first].lower not in PREPOSITIONS | SUBORDINATORS
    return (first, end) if is_phrase and tokens[end - 1].is_word else None


def _start_of_phrase(candidates: CandidateSet, start: int, end: int) -> int:
    """Return the token after the last punctuation mark before `end`."""
    tokens = candidates.document.tokens
    first = end
    while first > start and (tokens[first - 1].is_word or tokens[first - 1].text in "-'."):
        first -= 1
    return first


def _list_items(candidates: CandidateSet, paragraphs: Sequence[TokenRange], index: int) -> Iterator[TokenRange]:
    """Yield the list items from a paragraph on, without their bullets or numbers."""
    for number in range(index, len(paragraphs)):
        start, end = paragraphs[number]
        first = _after_list_marker(candidates, start, end)
        if first is None or first >= end:
            return
        yield first, end


def _after_list_marker(candidates: CandidateSet, start: int, end: int) -> int | None:
    tokens = candidates.document.tokens
    marker = tokens[start].text
    if end - start < 2:
        return None
    is_apart = tokens[start + 1].span.start > tokens[start].span.end
    if marker in BULLETS or (marker in LIST_DASHES and is_apart):
        return start + 1
    is_number = marker.isdecimal() and len(marker) <= MAX_ITEM_NUMBER_LENGTH and not is_apart
    return start + 2 if is_number and tokens[start + 1].text in {".", ")"} else None


def _has_speaker(candidates: CandidateSet, block: TokenRange, numbers: Sequence[int]) -> bool:
    """Whether somebody else is said to say something in a block. A pronoun may stand for who announced it."""
    tokens = candidates.document.tokens
    start, end = block
    for number in numbers:
        candidate = candidates.all[number]
        if not candidate.content or not candidate.cue or not candidate.source or not start <= candidate.source[0] < end:
            continue
        cue = {tokens[i].lower for i in range(*candidate.cue)}
        if cue & SPEECH_VERBS and tokens[candidate.source[0]].lower not in PRONOUNS:
            return True
    return False


def attribute_introduced_quotations(candidates: CandidateSet) -> None:
    """`And from Chairwoman Ann Moor:`, `A note from Ann Moor, editor.` and a quotation: make Ann Moor its source."""
    tokens = candidates.document.tokens
    quoted_at = {quoted.start: number for number, quoted in enumerate(candidates.document.quoted)}
    for (start, end), (next_start, _) in pairwise(candidates.paragraph_ranges):
        number = quoted_at.get(next_start)
        if number is None or end - start > MAX_INTRODUCTION_LENGTH:
            continue
        quoted = candidates.document.quoted[number]
        owner = candidates.owners.get(quoted.start + 1)
        if owner is not None and candidates.all[owner].source:
            continue
        cue = (end - 1, end) if tokens[end - 1].text == ":" else _find_message(candidates, start, end)
        name = cue and _introduced_name(candidates, start if cue[1] == end else cue[1], end)
        if not cue or not name:
            continue
        # Also if the tagger found the quotation: without a cue and a source it was unsure.
        content = set(range(quoted.start, quoted.end))
        if owner is not None:
            content.update(candidates.all[owner].content_tokens())
        candidates.assign(content, candidates.add(Candidate([], cue, name)))


def _find_message(candidates: CandidateSet, start: int, end: int) -> TokenRange | None:
    """Return the "note from" of "A note from Ann Moor"."""
    tokens = candidates.document.tokens
    for index in range(start, end - 2):
        if tokens[index].lower in MESSAGES and tokens[index + 1].lower in SENDER_PREPOSITIONS:
            return index, index + 2
    return None


def _introduced_name(candidates: CandidateSet, start: int, end: int) -> TokenRange | None:
    """Return the first run of capitalized words that may be a person's name: of two words, or of one that recurs."""
    tokens = candidates.document.tokens
    first = start
    for index in range(start, end):
        token = tokens[index]
        if token.is_word and token.text[0].isupper() and not (index == start and token.lower in PREPOSITIONS):
            continue
        before = tokens[first - 1].lower if first > start else ""
        is_name = index - first > 1 or (index > first and candidates.capitalized_counts[tokens[first].text] > 1)
        if is_name and before not in PREPOSITIONS - SENDER_PREPOSITIONS:
            return first, index
        first = index + 1
    return None
