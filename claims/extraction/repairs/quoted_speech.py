"""Repair rules for quoted text: keep an utterance whole, find its speaker, drop the reporter's words."""

from collections import Counter

from claims.extraction.candidates import Candidate
from claims.extraction.repairs.candidate_set import MAX_SIGNATURE_WORDS, CandidateSet
from claims.extraction.text.tokens import QuotedTokens, QuoteSide

# A content with this share of the words between two marks is meant to hold all of them.
MIN_SHARE = 0.5
# Fewer words between marks are a name or a phrase rather than an utterance of their own.
MIN_UTTERANCE_WORDS = 4
DASHES = frozenset("—–―-")


def complete_quoted_spans(candidates: CandidateSet) -> None:
    """Give a candidate that holds most of a quoted span all of it, with its continuation in the next paragraph."""
    continued = {quoted.continues for quoted in candidates.document.quoted}
    for number, quoted in enumerate(candidates.document.quoted):
        if not quoted.span.closed and number not in continued:
            continue  # nothing tells where the quotation ends
        words = candidates.words_in(quoted)
        word_counts = Counter(candidates.owners[word] for word in words if word in candidates.owners)
        if not word_counts and quoted.continues is not None:
            owner = candidates.owners.get(candidates.document.quoted[quoted.continues].end - 1)
            if owner is not None:
                word_counts[owner] = len(words)
        best = max(word_counts, key=word_counts.__getitem__, default=None)
        if (
            best is not None
            and word_counts[best] >= MIN_SHARE * len(words)
            and candidates.cue_and_source_tokens.isdisjoint(words)
        ):
            candidates.assign_quote(quoted, best)


def attribute_signed_quotations(candidates: CandidateSet) -> None:
    """`"…" — Ann Moor`: attribute a quotation to the name after a dash that ends its paragraph."""
    tokens = candidates.document.tokens
    has_capitals = bool(candidates.capitalized_counts)
    for first, last in candidates.paragraph_ranges():
        dash = next((i for i in range(last - 1, first, -1) if tokens[i].text in DASHES), first)
        name = tokens[dash + 1 : last]
        # In a text without capitals, the dash after the closing mark is all there is to go by.
        capital_count = sum(word.text[0].isupper() for word in name) if has_capitals else len(name)
        is_signature = (
            0 < len(name) <= MAX_SIGNATURE_WORDS
            and 2 * capital_count >= len(name)
            and (name[0].text[0].isupper() or not has_capitals)
        )
        is_quotation = (
            dash - first > MIN_UTTERANCE_WORDS
            and tokens[first].side is QuoteSide.OPENS
            and not tokens[dash - 1].is_word
        )
        if is_signature and is_quotation:
            # A new candidate: another source keeps whatever else the tagger attributed to it.
            signed = Candidate([], (dash, dash + 1), (dash + 1, last))
            candidates.assign(set(range(first, dash)), candidates.add(signed))


def continue_utterances(candidates: CandidateSet) -> None:
    """`"…," she said, adding that …. "…"`: attribute a later quotation of the paragraph to the same speaker."""
    last_utterance: tuple[int, int] | None = None  # its paragraph and its candidate
    for quoted in candidates.document.quoted:
        words = candidates.words_in(quoted)
        paragraph = candidates.document.tokens[quoted.start].paragraph
        owners = {candidates.owners.get(word) for word in words}
        owner = next(iter(owners)) if len(owners) == 1 else None
        stands_alone = len(words) >= MIN_UTTERANCE_WORDS and _follows_punctuation(candidates, quoted)
        # The tagger made the quotation the end of something in the reporter's words.
        is_appended = owner is not None and _begins_outside(candidates, owner, quoted)
        if stands_alone and last_utterance and last_utterance[0] == paragraph and (owners == {None} or is_appended):
            candidates.assign_quote(quoted, last_utterance[1])
        elif owner is not None and not is_appended and _is_utterance(candidates, owner, quoted):
            last_utterance = (paragraph, owner)
        if not quoted.span.closed:
            last_utterance = None  # nothing tells who goes on


def drop_announcements(candidates: CandidateSet) -> None:
    """`He spoke of the demands: "…"`: drop the words before the colon, which only announce the quotation."""
    tokens = candidates.document.tokens
    for quoted in candidates.document.quoted:
        owner = candidates.owners.get(quoted.start)
        words = candidates.words_in(quoted)
        if owner is None or len(words) < MIN_UTTERANCE_WORDS or not tokens[words[0]].text[0].isupper():
            continue
        if quoted.start and tokens[quoted.start - 1].text == ":" and _begins_outside(candidates, owner, quoted):
            candidate = candidates.all[owner]
            candidate.set_content_tokens({token for token in candidate.content_tokens() if token >= quoted.start})


def drop_reporter_words(candidates: CandidateSet) -> None:
    """`"Yes," she said, and soon it rained`: drop what stands outside the marks beside a whole utterance."""
    sides = [token.side for token in candidates.document.tokens]
    for candidate in candidates.all:
        unquoted = [
            (start, end)
            for start, end in candidate.content
            if all(sides[token] is QuoteSide.OUTSIDE for token in range(start, end))
        ]
        has_utterance = any(
            sides[start] is QuoteSide.OPENS and sides[end - 1] is QuoteSide.CLOSES for start, end in candidate.content
        )
        if has_utterance and unquoted:
            dropped = {token for start, end in unquoted for token in range(start, end)}
            candidate.set_content_tokens(set(candidate.content_tokens()) - dropped)


def _follows_punctuation(candidates: CandidateSet, quoted: QuotedTokens) -> bool:
    """Whether the opening mark begins the text or follows a punctuation mark."""
    return quoted.start == 0 or not candidates.document.tokens[quoted.start - 1].is_word


def _begins_outside(candidates: CandidateSet, number: int, quoted: QuotedTokens) -> bool:
    """Whether a candidate's content begins with the reporter's words, before the quotation."""
    start, _ = candidates.all[number].content[0]
    return start < quoted.start and candidates.document.tokens[start].side is QuoteSide.OUTSIDE


def _is_utterance(candidates: CandidateSet, number: int, quoted: QuotedTokens) -> bool:
    return (quoted.start, quoted.end) in candidates.all[number].content
