"""Repair rule for transcripts, in which every paragraph belongs to its speaker."""

from bisect import bisect_left
from collections.abc import Sequence

from claims.extraction.english.candidates import Candidate
from claims.extraction.english.repairs.candidate_set import CandidateSet
from claims.extraction.text.tokens import Token, TokenizedDocument
from claims.extraction.text.transcript_labels import find_transcript_labels, match_label


def add_transcript_turns(candidates: CandidateSet) -> None:
    """Attribute each labelled paragraph, and in a transcript those up to the next label, to the labelled speaker."""
    document = candidates.document
    labels = find_transcript_labels(document.text, document.paragraphs)
    label_spans = [match_label(document.text, paragraph, labels) for paragraph in document.paragraphs]
    if not any(label_spans):
        return
    paragraph_starts = [_first_token_at(document, paragraph.start) for paragraph in document.paragraphs]
    paragraph_ends = [*paragraph_starts[1:], len(document.tokens)]
    # If most paragraphs have a label, those without one continue the turn before them.
    is_transcript = 2 * sum(label is not None for label in label_spans) >= len(label_spans)
    labelled = [number for number, label in enumerate(label_spans) if label]
    first_label, last_label = labelled[0], labelled[-1]
    has_long_turns = not all(label_spans[first_label:last_label])
    introduced = _names_in(document.tokens[: paragraph_starts[first_label]], document.tokens)
    turn: int | None = None  # the current speaker's candidate
    for number, label in enumerate(label_spans):
        paragraph_start, paragraph_end = paragraph_starts[number], paragraph_ends[number]
        start, end = paragraph_start, paragraph_end
        if label:
            colon = _first_token_at(document, label.end)
            name = _first_token_at(document, label.start)
            turn = candidates.add(Candidate([], (colon, colon + 1), (name, colon), is_transcript_turn=True))
            start = colon + 1
        elif not is_transcript or (
            number > last_label and (not has_long_turns or document.tokens[start].text in introduced)
        ):
            # Behind the last turn of one paragraph each, the reporter goes on; so does who begins with a name that the
            # introduction told: "Moor will read in May."
            turn = None
        if any(q.start < start and q.end == end and q.span.closed for q in document.quoted_in(end - 1, end)):
            end -= 1  # a closing mark whose opening mark stands before the label
        if turn is not None and start < end:
            tokens = set(range(start, end))
            candidates.release(set(range(paragraph_start, end)))
            candidates.owners.update(dict.fromkeys(tokens, turn))
            candidates.all[turn].content.append((start, end))


def _names_in(introduction: Sequence[Token], tokens: Sequence[Token]) -> set[str]:
    """Return the capitalized words of the introduction that the document never writes in lower case."""
    lower_case = {token.text for token in tokens if token.text.islower()}
    return {token.text for token in introduction if token.text[0].isupper() and token.lower not in lower_case}


def _first_token_at(document: TokenizedDocument, offset: int) -> int:
    """Return the index of the first token that starts at or after a character offset."""
    return bisect_left(document.tokens, offset, key=lambda token: token.span.start)
