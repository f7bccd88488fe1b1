"""Repair rule for posts of social media that a page embeds: `It is late. — Ann Moor (@annmoor) May 3, 2024`."""

import re
from bisect import bisect_left

from claims.extraction.english.candidates import Candidate
from claims.extraction.english.repairs.candidate_set import CandidateSet
from claims.extraction.quotation import Span

# The name, the account and the date, at the end of a paragraph.
SIGNATURE = re.compile(r"([—–―-])\s?([^\W\d_][^—–―()@]{0,60}?) \(@\w{1,40}\)[\w ,.:·|-]{0,40}$")
MAX_SIGNATURE_LENGTH = 160
# Tags, addresses and pictures at the end of a post.
TRAILER = re.compile(r"(?:\s+(?:#\w+|https?://\S+|pic\.\w+\.com\S*))+\s*$")
MAX_TRAILER_LENGTH = 240


def attribute_embedded_posts(candidates: CandidateSet) -> None:
    """Attribute a post to its signature, unless a line before it names its speaker; drop the tags at its end."""
    document = candidates.document
    for number, paragraph in enumerate(document.paragraphs):
        tail_start = max(paragraph.start, paragraph.end - MAX_SIGNATURE_LENGTH)
        tail = document.text[tail_start : paragraph.end]
        signature = SIGNATURE.search(tail) if "(@" in tail else None
        if signature is None:
            continue
        dash = tail_start + signature.start()
        is_apart = dash == paragraph.start
        if is_apart and not number:
            continue
        post = document.paragraphs[number - 1] if is_apart else Span(paragraph.start, dash)
        post_end = _end_of_words(document.text, post)
        first, last, trailer_end, sign = (
            bisect_left(document.tokens, offset, key=lambda token: token.span.start)
            for offset in (post.start, post_end, post.end, dash)
        )
        if first == last:
            continue
        owners = {candidates.owners[token] for token in range(first, last) if token in candidates.owners}
        if is_apart and any(_is_announced(candidates, owner, first) for owner in owners):
            candidates.release(set(range(last, trailer_end)))
            continue
        name = [
            bisect_left(document.tokens, tail_start + offset, key=lambda token: token.span.start)
            for offset in signature.span(2)
        ]
        candidates.release(set(range(first, trailer_end)))
        signed = candidates.add(Candidate([], (sign, sign + 1), (name[0], name[1])))
        candidates.assign(set(range(first, last)), signed)


def _end_of_words(text: str, post: Span) -> int:
    tail_start = max(post.start, post.end - MAX_TRAILER_LENGTH)
    trailer = TRAILER.search(text[tail_start : post.end])
    return tail_start + trailer.start() if trailer else post.end


def _is_announced(candidates: CandidateSet, number: int, first: int) -> bool:
    candidate = candidates.all[number]
    return bool(candidate.cue and candidate.source and candidate.cue[0] < first)
