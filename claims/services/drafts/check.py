"""Checks a draft: says of each of its quotations whether a source has it, as it is, altered or by somebody else."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.models import Quote, Snapshot, SpeakerName
from claims.services.drafts.alignment import Alteration, Place
from claims.services.drafts.draft_quotations import DraftQuotation, find_quotations
from claims.services.drafts.findings import Audience, DraftReport, Finding, FoundPassage, Outcome
from claims.services.drafts.known_claims import claims_of_quotes, find_known_claim
from claims.services.drafts.matches import Match, SpeakerNames, find_match
from claims.services.drafts.quoted_parts import QuotedWords
from claims.services.drafts.speaker_comparison import SpeakerAgreement
from claims.services.drafts.stored_texts import StoredTexts
from claims.services.errors import RefusedError
from claims.services.history.word_diff import DiffOp, DiffPart

MAX_DRAFT_CHARACTERS = 100_000  # about 16,000 words
MAX_QUOTATIONS = 400


def check_draft(text: str, *, audience: Audience) -> DraftReport:
    """Compares the quotations of a draft with what the audience may see. Writes nothing and logs nothing.

    Raises RefusedError for a draft that is too long, and ModelError if the extractor's files are damaged.
    """
    if len(text) > MAX_DRAFT_CHARACTERS:
        raise RefusedError(f"The draft is longer than {MAX_DRAFT_CHARACTERS:,} characters. Check it in parts.")
    quotations = find_quotations(text)
    if len(quotations) > MAX_QUOTATIONS:
        raise RefusedError(f"The draft has more than {MAX_QUOTATIONS} quotations. Check it in parts.")
    stored = StoredTexts([quotation.quoted for quotation in quotations], audience)
    texts = [stored.near(index) for index in range(len(quotations))]
    names = _read_names({quote.speaker_id for near in texts for each in near for quote in each.quotes})
    matches = [find_match(quotation, near, stored, names) for quotation, near in zip(quotations, texts, strict=True)]
    passages = _PassageReader([match for match in matches if match])
    claims = claims_of_quotes([match.quote for match in matches if match and match.quote], audience)
    findings = []
    for number, (quotation, match) in enumerate(zip(quotations, matches, strict=True), 1):
        if match is None:
            claim = find_known_claim(_plain_text(quotation), audience)
            outcome = Outcome.KNOWN_CLAIM if claim else Outcome.NOT_FOUND
            findings.append(Finding(number, quotation, outcome, claim=claim))
            continue
        passage, joined_with = passages.read(match)
        findings.append(
            Finding(
                number,
                quotation,
                _judge(quotation, match),
                passage,
                joined_with,
                tuple(sorted(match.place.alterations)),
                tuple(_merge(_diff(quotation.quoted, match.place))) if match.place.alterations else (),
                claims.get(match.quote.claim_id or 0) if match.quote else None,
            )
        )
    return DraftReport(text, findings)


def _judge(quotation: DraftQuotation, match: Match) -> Outcome:
    if match.agreement is SpeakerAgreement.OTHER:
        return Outcome.OTHER_SPEAKER
    if match.is_reported or (quotation.is_reported and not match.place.is_exact):
        return Outcome.REPORTED
    return Outcome.VERBATIM if match.place.is_exact else Outcome.ALTERED


def _plain_text(quotation: DraftQuotation) -> str:
    words = quotation.quoted.words
    return " ".join(" ".join(words.slice_text(part.first, part.last).split()) for part in quotation.quoted.parts)


def _read_names(speakers: set[int | None]) -> SpeakerNames:
    kinds: dict[int, str] = {}
    names: defaultdict[int, list[str]] = defaultdict(list)
    rows = SpeakerName.objects.filter(speaker__in=speakers - {None}).values_list("speaker", "speaker__kind", "name")
    for speaker, kind, name in rows:
        kinds[speaker] = kind
        names[speaker].append(name)
    return {speaker: (kind, names[speaker]) for speaker, kind in kinds.items()}


class _PassageReader:
    """Reads the quotes and the sources of all passages at once."""

    def __init__(self, matches: Sequence[Match]) -> None:
        texts = [text for match in matches for text in (match.text, match.joined and match.joined.text) if text]
        quotes = {match.quote.pk for match in matches if match.quote}
        quotes |= {text.quotes[0].pk for text in texts if text.is_quote}
        self._quotes = Quote.objects.select_related("speaker").in_bulk(quotes)
        self._snapshots = (
            Snapshot.objects.defer("text").select_related("source").in_bulk({text.snapshot_id for text in texts})
        )

    def read(self, match: Match) -> tuple[FoundPassage, FoundPassage | None]:
        quote = self._quotes[match.quote.pk] if match.quote else None
        start, end = match.place.span
        passage = FoundPassage(
            self._snapshots[match.text.snapshot_id], quote, start, end, match.text.words.text[start:end],
            match.is_quoted,
        )  # fmt: skip
        if match.joined is None:
            return passage, None
        text = match.joined.text
        start, end = match.joined.span
        quote = self._quotes[text.quotes[0].pk] if text.is_quote else None
        snapshot = self._snapshots[text.snapshot_id]
        return passage, replace(
            passage, snapshot=snapshot, quote=quote, start=start, end=end, text=text.words.text[start:end]
        )


def _diff(quoted: QuotedWords, place: Place) -> Iterator[DiffPart]:
    """Yields the words of the source and of the draft, in the draft's order."""
    words = quoted.words
    for step in place.steps:
        first, last = step.own
        if step.op is DiffOp.GONE:
            gap = words.text[words.ends[first - 1] : words.starts[first]] if 0 < first < len(words) else ""
            if not (place.is_exact or _is_excused(gap, place)):
                yield DiffOp.GONE, f"{place.text.slice_text(*step.other)} "
        else:
            end = words.starts[last] if last < len(words) else words.ends[last - 1]
            yield step.op, words.text[words.starts[first] : end]


def _is_excused(gap: str, place: Place) -> bool:
    """Whether what was left out is marked by an ellipsis or brackets; of a negation, that is no excuse."""
    return any(sign in gap for sign in ("…", "...", "[")) and Alteration.NEGATION not in place.alterations


def _merge(parts: Iterator[DiffPart]) -> Iterator[DiffPart]:
    """Joins neighbours of one kind, and yields them with single spaces."""
    merged: list[DiffPart] = []
    for op, text in parts:
        if merged and merged[-1][0] is op:
            merged[-1] = op, merged[-1][1] + text
        else:
            merged.append((op, text))
    for op, text in merged:
        tail = " " if text[-1:].isspace() else ""
        yield op, " ".join(text.split()) + tail
