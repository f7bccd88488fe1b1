"""What stands between marks: whole, with who said it, and without what the reporter says beside it."""

from claims.extraction.candidates import Candidate
from claims.extraction.repairs.candidate_set import MAX_SIGNATURE_WORDS, CandidateSet
from claims.extraction.text.tokens import QuotedTokens, QuoteSide

# A content with this share of the words between two marks is meant to hold them all.
MIN_SHARE = 0.5
# Fewer words between marks are a name or a phrase, not an utterance that could stand by itself.
MIN_UTTERANCE_WORDS = 4
DASHES = frozenset("—–―-")


def complete_quoted_spans(board: CandidateSet) -> None:
    """A content that holds most of a stretch holds all of it, and all that goes on in the next paragraph."""
    continued = {quoted.continues for quoted in board.script.quoted}
    for number, quoted in enumerate(board.script.quoted):
        if not quoted.stretch.closed and number not in continued:
            continue  # nothing tells where it ends
        inner = board.inner(quoted)
        shares: dict[int, int] = {}
        for word in inner:
            if word in board.owner:
                shares[board.owner[word]] = shares.get(board.owner[word], 0) + 1
        if not shares and quoted.continues is not None:
            before = board.owner.get(board.script.quoted[quoted.continues].end - 1)
            shares = {} if before is None else {before: len(inner)}
        best = max(shares, key=shares.__getitem__, default=None)
        if best is not None and shares[best] >= MIN_SHARE * len(inner) and board.barred.isdisjoint(inner):
            board.give(quoted, best)


def attribute_signed_quotations(board: CandidateSet) -> None:
    """`"…" — Ann Moor`: a name that ends a paragraph behind a dash signs the quotation that began it."""
    words = board.script.words
    for first, last in board.paragraphs():
        dash = next((i for i in range(last - 1, first, -1) if words[i].text in DASHES), first)
        name = words[dash + 1 : last]
        # In a text without capitals the dash behind the closing mark must do.
        capitals = sum(word.text[0].isupper() for word in name) if board.capitals else len(name)
        signed = 0 < len(name) <= MAX_SIGNATURE_WORDS and 2 * capitals >= len(name)
        signed = signed and (name[0].text[0].isupper() or not board.capitals)
        if (
            signed
            and dash - first > MIN_UTTERANCE_WORDS
            and words[first].side is QuoteSide.OPENS
            and not words[dash - 1].is_word
        ):
            # Whoever else the tagger thought of keeps what else it thought they said.
            signature = Candidate([], (dash, dash + 1), (dash + 1, last))
            board.take(set(range(first, dash)), board.add(signature))


def continue_utterances(board: CandidateSet) -> None:
    """`"…," she said, adding that …. "…"`: an utterance that stands by itself goes on from the one before it."""
    words = board.script.words
    speaking: tuple[int, int] | None = None  # the paragraph and the draft of the last utterance in it
    for quoted in board.script.quoted:
        inner = board.inner(quoted)
        paragraph = words[quoted.start].paragraph
        owners = {board.owner.get(word) for word in inner}
        owner = next(iter(owners)) if len(owners) == 1 else None
        alone = len(inner) >= MIN_UTTERANCE_WORDS and _follows_punctuation(board, quoted)
        swallowed = owner is not None and _begins_outside(board, owner, quoted)
        if alone and speaking and speaking[0] == paragraph and (owners == {None} or swallowed):
            board.give(quoted, speaking[1])
            continue
        if owner is not None and not swallowed and _is_utterance(board, owner, quoted):
            speaking = (paragraph, owner)


def drop_announcements(board: CandidateSet) -> None:
    """`He spoke of the demands: "…"`: what stands before the colon only announces what was said."""
    words = board.script.words
    for quoted in board.script.quoted:
        owner = board.owner.get(quoted.start)
        inner = board.inner(quoted)
        if owner is None or len(inner) < MIN_UTTERANCE_WORDS or not words[inner[0]].text[0].isupper():
            continue
        if quoted.start and words[quoted.start - 1].text == ":" and _begins_outside(board, owner, quoted):
            draft = board.drafts[owner]
            draft.hold({word for word in draft.words() if word >= quoted.start})


def drop_reporter_words(board: CandidateSet) -> None:
    """`"Yes," she said, and soon it rained`: beside whole utterances, the reporter's words are the reporter's."""
    sides = [word.side for word in board.script.words]
    for draft in board.drafts:
        outside = [
            (start, end)
            for start, end in draft.content
            if all(sides[word] is QuoteSide.OUTSIDE for word in range(start, end))
        ]
        spoken = [
            part
            for part in draft.content
            if sides[part[0]] is QuoteSide.OPENS and sides[part[1] - 1] is QuoteSide.CLOSES
        ]
        if spoken and outside:
            gone = {word for start, end in outside for word in range(start, end)}
            draft.hold(set(draft.words()) - gone)


def _follows_punctuation(board: CandidateSet, quoted: QuotedTokens) -> bool:
    """Whether punctuation, or nothing, stands before the opening mark."""
    return quoted.start == 0 or not board.script.words[quoted.start - 1].is_word


def _begins_outside(board: CandidateSet, number: int, quoted: QuotedTokens) -> bool:
    """Whether the draft's content begins with the reporter's words and comes to the stretch later."""
    start, _ = board.drafts[number].content[0]
    return start < quoted.start and board.script.words[start].side is QuoteSide.OUTSIDE


def _is_utterance(board: CandidateSet, number: int, quoted: QuotedTokens) -> bool:
    return any(start == quoted.start and end == quoted.end for start, end in board.drafts[number].content)
