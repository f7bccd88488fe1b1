"""Repair rules for quoted text: keep an utterance whole, find its speaker, drop the reporter's words."""

from bisect import bisect_left
from collections import Counter
from dataclasses import replace

from claims.extraction.english.candidates import Candidate, TokenRange
from claims.extraction.english.content_spans import FINITE_VERBS
from claims.extraction.english.lexicon.function_words import FORMS_OF_BE, RELATIVE_PRONOUNS, SUBJECT_PRONOUNS
from claims.extraction.english.repairs.candidate_set import MAX_SIGNATURE_WORDS, SENTENCE_END, CandidateSet
from claims.extraction.english.repairs.second_hand import phrase_at
from claims.extraction.lexicon import word_set
from claims.extraction.text.tokens import QuotedTokens, QuoteSide

# A content with this share of the words between two marks is meant to hold all of them.
MIN_SHARE = 0.5
# Fewer words between marks are a name or a phrase rather than an utterance of their own.
MIN_UTTERANCE_WORDS = 4
# A statement in the reporter's words has at least this many, at most this far behind its cue ("said on Monday that").
MIN_CLAUSE_WORDS = 3
MAX_CUE_DISTANCE = 4
CLAUSE_STARTS = (SUBJECT_PRONOUNS - {"who"}) | word_set("that it there")
NAMING_PARTICIPLES = word_set("called dubbed branded described labelled labeled")
REFERRING_WORDS = word_set("this these those what which how")
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
    for first, last in candidates.paragraph_ranges:
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
        is_appended = (
            owner is not None
            and _begins_outside(candidates, owner, quoted)
            and not (
                candidates.starts_sentence(quoted.start) and _is_another_speaker(candidates, owner, last_utterance)
            )
        )
        if stands_alone and last_utterance and last_utterance[0] == paragraph and (owners == {None} or is_appended):
            candidates.assign_quote(quoted, last_utterance[1])
        elif owner is not None and not is_appended and _is_utterance(candidates, owner, quoted):
            last_utterance = (paragraph, owner)
        if not quoted.span.closed:
            last_utterance = None  # nothing tells who goes on


def _is_another_speaker(candidates: CandidateSet, number: int, last_utterance: tuple[int, int] | None) -> bool:
    """Whether another name begins a sentence of its own: `"…," he said. Bob Lee said that …. "…"`."""
    source = candidates.all[number].source
    last_source = candidates.all[last_utterance[1]].source if last_utterance else None
    if source is None or last_source is None or not candidates.starts_sentence(source[0]):
        return False
    words, last_words = (
        {candidates.document.tokens[index].text for index in range(*part)} for part in (source, last_source)
    )
    return words.isdisjoint(last_words) and not {word.lower() for word in words} <= SUBJECT_PRONOUNS


def separate_adjacent_utterances(candidates: CandidateSet) -> None:
    """`"How is it?" "It holds," he said`: quotations of whole sentences with nothing between have two speakers.

    The one beside the cue keeps the speaker; nothing tells who says the others.
    """
    tokens = candidates.document.tokens
    quoted_spans = candidates.document.quoted
    separated: dict[int, QuotedTokens] = {}
    is_separated = False
    for number in range(len(quoted_spans) - 2, -1, -1):
        first, second = quoted_spans[number], quoted_spans[number + 1]
        owner = candidates.owners.get(first.start)
        cue = None if owner is None else candidates.all[owner].cue
        is_adjacent = first.end == second.start and first.span.closed and tokens[first.end - 2].text in SENTENCE_END
        if not is_adjacent or tokens[first.start].paragraph != tokens[second.start].paragraph:
            is_separated = False
            continue
        if cue is None or not (is_separated or candidates.owners.get(second.start) == owner):
            continue
        if cue[0] < first.start:
            separated[second.start] = second
            is_separated = False
        if cue[0] >= second.end or candidates.starts_sentence(first.start):
            separated[first.start] = first
            is_separated = True
    candidates.separate([(quoted, Candidate([], None, None)) for quoted in separated.values()])


def separate_reported_clauses(candidates: CandidateSet) -> None:
    """`She said it was late. "We must go."`, `She said it was late: "We must go."`: make two statements of it."""
    tokens = candidates.document.tokens
    for candidate in list(candidates.all):
        if not candidate.cue or not candidate.content or candidate.content[0][0] not in _after(candidate.cue):
            continue
        start, end = candidate.content[0]
        if tokens[start].side is not QuoteSide.OUTSIDE:
            continue
        quote = next((q for q in candidates.document.quoted_in(start, candidate.content[-1][1])), None)
        if quote is None or len(candidates.words_in(quote)) < MIN_UTTERANCE_WORDS:
            continue
        clause = range(start, min(end, quote.start))
        follows_clause = tokens[quote.start - 1].text in SENTENCE_END | {":"}
        begins_sentence = tokens[candidates.words_in(quote)[0]].text[0].isupper()
        if follows_clause and begins_sentence and _is_clause([tokens[index].lower for index in clause]):
            content = set(clause) - {quote.start - 1}
            candidates.release(content)
            number = candidates.add(replace(candidate, content=[], repaired=set()))
            candidates.assign(content, number)


def _after(cue: TokenRange) -> range:
    return range(cue[1], cue[1] + MAX_CUE_DISTANCE)


def _is_clause(words: list[str]) -> bool:
    """Whether the words state something, which "of the demands" and "the reasons that they gave" do not."""
    if len(words) < MIN_CLAUSE_WORDS or words[0] in REFERRING_WORDS or "following" in words:
        return False
    relative = next((n for n, word in enumerate(words) if n and word in RELATIVE_PRONOUNS), len(words))
    return words[0] in CLAUSE_STARTS or not FINITE_VERBS.isdisjoint(words[:relative])


def drop_announcements(candidates: CandidateSet) -> None:
    """`He spoke of the demands: "…"`: drop the words before the colon, which only announce the quotation."""
    tokens = candidates.document.tokens
    for quoted in candidates.document.quoted:
        owner = candidates.owners.get(quoted.start)
        words = candidates.words_in(quoted)
        if owner is None or len(words) < MIN_UTTERANCE_WORDS or not tokens[words[0]].text[0].isupper():
            continue
        if quoted.start and tokens[quoted.start - 1].text == ":" and _begins_outside(candidates, owner, quoted):
            candidates.all[owner].remove_content(0, quoted.start)


def drop_described_subjects(candidates: CandidateSet) -> None:
    """`The film "River" was called "loud" by Lee`: keep what it was called; who calls it so follows "by"."""
    tokens = candidates.document.tokens
    for candidate in candidates.all:
        words = {tokens[index].lower for index in range(*(candidate.cue or (0, 0)))}
        if not candidate.cue or FORMS_OF_BE.isdisjoint(words) or NAMING_PARTICIPLES.isdisjoint(words):
            continue
        cue_end = candidate.cue[1]
        content = set(candidate.content_tokens())
        names = [q for q in candidates.document.quoted_in(cue_end, max(content, default=0) + 1) if q.start in content]
        if not names or names[0].start - cue_end > 1:
            continue
        by = next(
            (i for i in range(names[-1].end, min(names[-1].end + 2, len(tokens))) if tokens[i].text == "by"), None
        )
        if by is None:
            continue
        candidates.release({index for index in content if index < cue_end or index >= by})
        candidate.source, candidate.linked = phrase_at(candidates, by + 1), None


def drop_reporter_words(candidates: CandidateSet) -> None:
    """`"Yes," she said, and soon it rained`: drop what stands outside the marks beside a whole utterance."""
    tokens = candidates.document.tokens
    sides = [token.side for token in tokens]
    for candidate in candidates.all:
        paragraphs = {
            tokens[start].paragraph
            for start, end in candidate.content
            if sides[start] is QuoteSide.OPENS and sides[end - 1] is QuoteSide.CLOSES
        }
        unquoted = [
            (start, end)
            for start, end in candidate.content
            if tokens[start].paragraph in paragraphs
            and all(sides[token] is QuoteSide.OUTSIDE for token in range(start, end))
        ]
        for start, end in unquoted:
            candidate.remove_content(start, end)


def _follows_punctuation(candidates: CandidateSet, quoted: QuotedTokens) -> bool:
    """Whether the opening mark begins the text or follows a punctuation mark."""
    return quoted.start == 0 or not candidates.document.tokens[quoted.start - 1].is_word


def _begins_outside(candidates: CandidateSet, number: int, quoted: QuotedTokens) -> bool:
    """Whether a candidate's content begins with the reporter's words, before the quotation."""
    start, _ = candidates.all[number].content[0]
    return start < quoted.start and candidates.document.tokens[start].side is QuoteSide.OUTSIDE


def _is_utterance(candidates: CandidateSet, number: int, quoted: QuotedTokens) -> bool:
    """Whether the quotation is one of the parts of a candidate's content."""
    content, part = candidates.all[number].content, (quoted.start, quoted.end)
    place = bisect_left(content, part)
    return content[place : place + 1] == [part]
