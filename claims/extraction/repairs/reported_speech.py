"""What stands outside marks: where a statement begins and ends, and who makes it."""

from claims.extraction.candidates import Candidate
from claims.extraction.lexicon.cues import CUE_VERBS, FORMS_OF_BE
from claims.extraction.lexicon.role_nouns import NAMED_THINGS, OPINION_NOUNS
from claims.extraction.quotation import Part
from claims.extraction.repairs.candidate_set import SENTENCE_END, CandidateSet
from claims.extraction.text.tokens import QuoteSide

POSSESSIVE_DETERMINERS = frozenset({"his", "her", "their", "my", "our"})
# Words before a content that begin its sentence, at most; and what a clause that goes on with it may begin with.
MAX_LEAD_WORDS = 60
LEAD_WORDS = frozenset(
    {
        "although",
        "though",
        "while",
        "if",
        "when",
        "because",
        "since",
        "as",
        "after",
        "before",
        "unless",
        "despite",
        "in",
    }
    | {"at", "on", "for", "but", "and"}
)
# A clause behind a name and a colon has so many words at least.
MIN_CLAUSE_WORDS = 4
DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
PASSIVE_AUXILIARIES = FORMS_OF_BE | {"be", "been"}
PARTICIPLES = frozenset(form for form in CUE_VERBS if form.endswith(("ed", "id", "own", "ught", "lt", "ritten")))
# A content of these only points at what was said elsewhere.
EMPTY_WORDS = DEMONSTRATIVES | {
    "it",
    "so",
    "the",
    "a",
    "an",
    "such",
    "what",
    "which",
    "he",
    "she",
    "they",
    "them",
    "him",
    "her",
}


def confine_to_paragraph(board: CandidateSet) -> None:
    """The reporter's own words do not run over from one paragraph, or heading, into the next."""
    words = board.script.words
    for draft in board.drafts:
        if draft.line or not draft.cue:
            continue
        home = words[draft.cue[0]].paragraph
        kept = {
            word for word in draft.words() if words[word].paragraph == home or words[word].side is not QuoteSide.OUTSIDE
        }
        if kept:
            draft.hold(kept)


def extend_to_sentence_start(board: CandidateSet) -> None:
    """`Although it rained, the river is low, said Moor`: what is said before the cue begins with its sentence."""
    words = board.script.words
    for number, draft in enumerate(board.drafts):
        start, end = draft.content[0] if draft.content else (0, 0)
        part = min((p for p in (draft.cue, draft.source) if p), default=None)
        if (
            part is None
            or words[start].side is not QuoteSide.OUTSIDE
            or any(words[i].is_word for i in range(end, part[0]))
        ):
            continue
        first = start
        while first and words[first - 1].paragraph == words[start].paragraph and start - first < MAX_LEAD_WORDS:
            before = words[first - 1]
            if before.text in SENTENCE_END or before.side is not QuoteSide.OUTSIDE:
                break
            if first - 1 in board.owner or first - 1 in board.barred:
                first = start
                break
            first -= 1
        if first < start and words[first].text.lower() in LEAD_WORDS:
            board.take(set(range(first, start)), number)


def add_opinions(board: CandidateSet) -> None:
    """`In his opinion, …`: the rest of the sentence is what he thinks."""
    for index in range(len(board.script.words) - 4):
        noun = _find_opinion_noun(board, index)
        if noun is not None:
            board.replace((index, noun + 1), (index + 1, noun), noun + 2)


def _find_opinion_noun(board: CandidateSet, index: int) -> int | None:
    """The "opinion" of an "In his opinion," that begins a sentence at `index`."""
    words = board.script.words
    first, before = words[index], words[index - 1] if index else None
    if first.text.lower() != "in" or first.side is not QuoteSide.OUTSIDE:
        return None
    if before and before.text not in SENTENCE_END and before.paragraph == first.paragraph:
        return None
    for noun in range(index + 2, min(index + 6, len(words) - 2)):
        if words[noun].text.lower() in OPINION_NOUNS and words[noun + 1].text == ",":
            owner = words[noun - 1].text.lower()
            return noun if owner in POSSESSIVE_DETERMINERS or owner.endswith("'s") else None
    return None


def add_labelled_statements(board: CandidateSet) -> None:
    """`Later, on the radio, Moor: it rains`: a name known from elsewhere, a colon and a clause are a statement."""
    words = board.script.words
    for colon in range(1, len(words) - MIN_CLAUSE_WORDS):
        after = words[colon + 1]
        if words[colon].text != ":" or words[colon].side is not QuoteSide.OUTSIDE or not after.text[0].islower():
            continue
        start = board.name_before(colon)
        led = start < colon and (words[start - 1].text == "," or board.opens(start))
        if led and board.capitals[words[colon - 1].text] > 1 and after.paragraph == words[colon].paragraph:
            board.replace((colon, colon + 1), (start, colon), colon + 1)


def name_speaker_before_colon(board: CandidateSet) -> None:
    """`Moor: it rains`: without another source, the name before the colon."""
    words = board.script.words
    for draft in board.drafts:
        if draft.source or not draft.cue or words[draft.cue[0]].text != ":":
            continue
        end = draft.cue[0]
        start = board.name_before(end)
        if start < end:
            draft.source = (start, end)
            draft.repaired.add(Part.MENTION)


def drop_expletive_sources(board: CandidateSet) -> None:
    """`It is reported that`: this "it" is nobody, and no "this" ever says anything."""
    words = board.script.words
    for draft in board.drafts:
        if draft.source and draft.cue and draft.source[1] - draft.source[0] == 1:
            named = words[draft.source[0]].text.lower()
            cue = {words[i].text.lower() for i in range(*draft.cue)}
            if named in DEMONSTRATIVES or (named == "it" and cue & PASSIVE_AUXILIARIES and cue & PARTICIPLES):
                draft.source = None
                draft.repaired.add(Part.MENTION)


def states_something(board: CandidateSet, draft: Candidate) -> bool:
    """Whether a statement is left: not "this" or "it", and not "according to the … formula"."""
    words = board.script.words
    if draft.source and draft.cue and words[draft.cue[0]].text.lower() == "according":
        named = words[draft.source[1] - 1].text.lower()
        if named in NAMED_THINGS:
            return False
    return any(words[i].is_word and words[i].text.lower() not in EMPTY_WORDS for i in draft.words())
