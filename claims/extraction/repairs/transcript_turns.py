"""Transcripts: every paragraph is its speaker's."""

from bisect import bisect_left

from claims.extraction.candidates import Candidate
from claims.extraction.repairs.candidate_set import CandidateSet
from claims.extraction.text.transcript_labels import find_transcript_labels, match_label


def add_transcript_turns(board: CandidateSet) -> None:
    """A transcript's paragraphs are their speakers' to the end, and go on until the next label."""
    script = board.script
    labels = find_transcript_labels(script.text, script.paragraphs)
    found = [match_label(script.text, paragraph, labels) for paragraph in script.paragraphs]
    if not any(found):
        return
    firsts = [bisect_left(script.words, p.start, key=lambda word: word.span.start) for p in script.paragraphs]
    # Where most paragraphs have a label, those without one go on.
    is_transcript = 2 * sum(label is not None for label in found) >= len(found)
    line: int | None = None  # the draft of whoever speaks
    for number, label in enumerate(found):
        first = firsts[number]
        last = firsts[number + 1] if number + 1 < len(firsts) else len(script.words)
        if label:
            colon = bisect_left(script.words, label.end, key=lambda word: word.span.start)
            named = bisect_left(script.words, label.start, key=lambda word: word.span.start)
            line = board.add(Candidate([], (colon, colon + 1), (named, colon), line=True))
            first = colon + 1
        elif not is_transcript:
            line = None
        if any(q.start < first and q.end == last and q.stretch.closed for q in script.quoted_in(last - 1, last)):
            last -= 1  # the mark that closes what one before the label opened
        if line is not None and first < last:
            said = set(range(first, last))
            board.free(said)
            board.owner.update(dict.fromkeys(said, line))
            board.drafts[line].content.append((first, last))
