"""Which place of the stored texts a quotation of a draft comes from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from claims.extraction import Span, find_all_quoted_spans
from claims.models import Quote, QuoteDecision, QuoteKind
from claims.services.drafts.alignment import Alteration, Place, find_places, find_run
from claims.services.drafts.draft_quotations import DraftQuotation
from claims.services.drafts.speaker_comparison import SpeakerAgreement, compare_speakers
from claims.services.drafts.stored_texts import StoredText, StoredTexts

MIN_COVERED, MIN_KEPT_WORDS = 0.6, 4  # of a quotation, from which it is an altered form of a passage
MIN_COVERED_UNQUOTED = 0.8  # by a passage that is neither a stored quote nor between quotation marks
MIN_COVERED_REPORTED, MIN_REPORTED_WORDS = 0.7, 5  # of what a draft gives in its own words
MIN_COVERED_REPORTED_SAME = 0.6  # the same, if it names the speaker
MIN_COVERED_OTHER, MIN_OTHER_WORDS = 0.85, 5  # by the words of another speaker; fewer are anybody's
MIN_COVERED_BEFORE_OTHERS = 0.85  # by the speaker's own words, rather than exactly by another speaker's
MIN_SHORT_COVERED = 0.75  # of fewer than five words, which must be the speaker's
SHORT_WORDS = 5
MIN_JOINED_WORDS, MIN_JOINED_SHARE = 4, 0.75  # of what a place does not have, by another place
MIN_IN_QUOTE = 0.5  # of a passage, by the stored quote that it is

SpeakerNames = Mapping[int, tuple[str, Collection[str]]]  # kind and names by the id of a speaker


class Tier(IntEnum):
    """How well a place explains a quotation."""

    ALTERED_BY_OTHER = 1
    ALTERED_REPORTED = 2
    ALTERED = 3
    REPORTED = 4
    OTHER_SPEAKER = 5
    SLIGHTLY_ALTERED = 6
    VERBATIM = 7


@dataclass(frozen=True, slots=True)
class JoinedPlace:
    """Where other words of a quotation stand, in this text or another."""

    text: StoredText
    words: tuple[int, int]

    @property
    def span(self) -> tuple[int, int]:
        first, last = self.words
        return self.text.words.starts[first], self.text.words.ends[last - 1]


@dataclass(frozen=True, slots=True)
class Match:
    """A place that has the words of a quotation, and the stored quote there, if there is one."""

    text: StoredText
    place: Place
    quote: Quote | None
    agreement: SpeakerAgreement
    is_quoted: bool
    joined: JoinedPlace | None = None

    @property
    def is_reported(self) -> bool:
        """Whether the source has a stored quote there, but in its own words."""
        return self.quote is not None and self.quote.kind != QuoteKind.DIRECT and not self.is_quoted

    @property
    def tier(self) -> Tier:
        is_other = self.agreement is SpeakerAgreement.OTHER
        if self.place.is_exact:
            if is_other:
                return Tier.OTHER_SPEAKER
            return Tier.REPORTED if self.is_reported else Tier.VERBATIM
        if is_other:
            return Tier.ALTERED_BY_OTHER
        if self.is_reported:
            return Tier.ALTERED_REPORTED
        is_own = self.agreement is SpeakerAgreement.SAME and self.place.covered >= MIN_COVERED_BEFORE_OTHERS
        return Tier.SLIGHTLY_ALTERED if is_own else Tier.ALTERED

    @property
    def rank(self) -> tuple[object, ...]:
        decision = self.quote.decision if self.quote else ""
        order = (decision == QuoteDecision.ACCEPTED, bool(self.quote), self.is_quoted)
        is_same = self.agreement is SpeakerAgreement.SAME
        return self.tier, round(self.place.covered, 2), is_same, *order, -self.text.snapshot_id


def find_match(
    quotation: DraftQuotation, texts: Sequence[StoredText], stored: StoredTexts, names: SpeakerNames
) -> Match | None:
    """Returns the place that explains a quotation best, if one does."""
    matches = [
        _with_second_place(_read_match(quotation, text, place, names), quotation, stored)
        for text in texts
        for place in find_places(quotation.quoted, text.words)
    ]
    return max(
        (match for match in matches if _is_acceptable(match, quotation)), key=lambda match: match.rank, default=None
    )


def _is_acceptable(match: Match, quotation: DraftQuotation) -> bool:
    covered, kept = match.place.covered, match.place.covered * len(quotation.quoted)
    if match.agreement is SpeakerAgreement.OTHER:
        # Who repeats in other words what another has said is no mistake.
        if not match.place.is_exact and quotation.is_reported:
            return False
        return covered >= MIN_COVERED_OTHER and kept >= MIN_OTHER_WORDS
    return match.place.is_exact or _is_near_enough(match, quotation, covered, kept)


def _is_near_enough(match: Match, quotation: DraftQuotation, covered: float, kept: float) -> bool:
    if quotation.is_reported:
        is_same = match.agreement is SpeakerAgreement.SAME
        least = MIN_COVERED_REPORTED_SAME if is_same else MIN_COVERED_REPORTED
        return covered >= least and kept >= MIN_REPORTED_WORDS
    if len(quotation.quoted) < SHORT_WORDS:
        return covered >= MIN_SHORT_COVERED and match.agreement is SpeakerAgreement.SAME
    if match.quote is None and not match.is_quoted:
        return covered >= MIN_COVERED_UNQUOTED
    return covered >= MIN_COVERED and kept >= MIN_KEPT_WORDS


def _read_match(quotation: DraftQuotation, text: StoredText, place: Place, names: SpeakerNames) -> Match:
    quote = _find_quote(text, place.span)
    agreement = SpeakerAgreement.UNKNOWN
    if quote is not None and quote.speaker_id is not None and quote.speaker_id in names:
        agreement = compare_speakers(quotation.speaker, *names[quote.speaker_id])
    is_direct = quote is not None and quote.kind == QuoteKind.DIRECT
    is_quoted = is_direct or _is_between_marks(text.words.text, place.span)
    return Match(text, place, quote, agreement, is_quoted)


def _with_second_place(match: Match, quotation: DraftQuotation, stored: StoredTexts) -> Match:
    """Adds where the words stand that the place does not have, if they stand somewhere: the two were joined."""
    first, last = match.place.missing
    if last - first < MIN_JOINED_WORDS or quotation.is_reported:
        return match
    words = quotation.quoted.words[first:last]
    for text in [match.text, *stored.near_words(quotation.quoted, (first, last))]:
        start, end = find_run(words, text.words)
        if end - start >= max(MIN_JOINED_WORDS, MIN_JOINED_SHARE * len(words)):
            share = (end - start) / len(quotation.quoted)
            place = replace(
                match.place,
                covered=min(1.0, match.place.covered + share),
                alterations=match.place.alterations - {Alteration.ADDED, Alteration.CHANGED} | {Alteration.JOINED},
            )
            return replace(match, place=place, joined=JoinedPlace(text, (start, end)))
    return match


def _find_quote(text: StoredText, span: tuple[int, int]) -> Quote | None:
    """Returns the stored quote that a passage is, or most of it: an accepted one before others."""
    if text.is_quote:
        return text.quotes[0]
    start, end = span
    shared = [(sum(_overlaps(quote.spans, start, end)), quote) for quote in text.quotes]
    candidates = [
        (quote.decision == QuoteDecision.ACCEPTED, length, -quote.pk, quote)
        for length, quote in shared
        if length >= MIN_IN_QUOTE * (end - start)
    ]
    return max(candidates, default=(False, 0, 0, None))[3]


def _overlaps(spans: Sequence[Sequence[int]], start: int, end: int) -> Iterator[int]:
    for span_start, span_end in spans:
        yield max(0, min(span_end, end) - max(span_start, start))


def _is_between_marks(text: str, span: tuple[int, int]) -> bool:
    start, end = span
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line = text[line_start : len(text) if line_end < 0 else line_end]
    if not (content := line.strip()):
        return False
    line_start += line.index(content[0])
    [passages] = find_all_quoted_spans(text, [Span(line_start, line_start + len(content))])
    shared = sum(_overlaps([passage.inner for passage in passages], start, end))
    return shared >= MIN_IN_QUOTE * (end - start)
