"""Plans what extracting the quotes of a stored text again would change.

Each quote has one outcome:

- *stays*: an editor decided, corrected, linked, added or commented on it; it is left alone.
- *kept*: the extractor finds the same quote again.
- *updated*: the same words, but another speaker, cue, kind or confidence.
- *new*: extracted now, and not covered by a quote that stays.
- *gone*: pending, never touched by an editor, and no longer extracted. It is deleted, and its claim too unless other
  quotes make it.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.utils import timezone

from claims.extraction import Document, Quotation, Resolved, extract
from claims.models import Claim, HistoryCause, Hold, Quote, QuoteDecision, Skip, Snapshot
from claims.services.claims.claim_proposals import claims_referred_to, related_models
from claims.services.errors import RefusedError
from claims.services.ingestion.quote_factory import (
    build_quote,
    build_speaker_directory,
    candidate_names,
    filter_new_quotations,
    is_statement,
)
from claims.services.sources.languages import describe_unread_language
from claims.services.speakers.directory import SpeakerDirectory
from claims.truncation import truncate

EXTRACTED_FIELDS = [
    *("kind", "act", "cue", "cue_spans", "mention", "mention_spans", "mention_kind"),
    *("candidates", "role", "outlet", "repaired"),
]
MIN_OVERLAP = 0.5  # shared characters of two versions of one quote, as a share of their union
BUCKET_SIZE = 1000  # code points; a quote is compared with those in the same buckets
MAX_SHOWN_VALUE_LENGTH = 60

Spans = Sequence[Sequence[int]]


class ReextractionOutcome(StrEnum):
    NEW = "new"
    UPDATED = "updated"
    GONE = "gone"
    STAYS = "stays"
    KEPT = "kept"


CHANGING_OUTCOMES = {ReextractionOutcome.NEW, ReextractionOutcome.UPDATED, ReextractionOutcome.GONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuote:
    """One quote's outcome: `quote` as stored, `quotation` as extracted now, `detail` the differences or the reason."""

    outcome: ReextractionOutcome
    quote: Quote | None = None
    quotation: Quotation | None = None
    exact: str = ""
    text: str = ""
    kind: str = ""
    speaker: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReextractionPlan:
    """The outcome for every quote of a text, in reading order. Plans that would change the same have one `digest`."""

    snapshot: Snapshot
    quotes: list[PlannedQuote]
    digest: str

    @property
    def counts(self) -> Counter[ReextractionOutcome]:
        return Counter(planned.outcome for planned in self.quotes)

    @property
    def has_changes(self) -> bool:
        return any(planned.outcome in CHANGING_OUTCOMES for planned in self.quotes)

    def __str__(self) -> str:
        counts = self.counts
        parts = [f"{counts[outcome]} {outcome}" for outcome in ReextractionOutcome if counts[outcome]]
        return ", ".join(parts) or "no quotes"


def plan_reextraction(*, snapshot: Snapshot) -> ReextractionPlan:
    """Extract the text again and compare with its stored quotes. Nothing is changed.

    Raises RefusedError unless the text is its source's latest version, in a language that extraction reads.
    """
    if newer := Snapshot.objects.filter(source=snapshot.source_id, pk__gt=snapshot.pk).order_by("pk").first():
        raise RefusedError(f"This source has a newer version, of {newer.retrieved_at:%Y-%m-%d %H:%M}: re-extract that.")
    if reason := describe_unread_language(snapshot.source):
        raise RefusedError(reason)
    quotations = extract_statements(snapshot.text, snapshot.source.language)
    directory = build_speaker_directory(quotations, editor=None, add=False)
    quotes = list(Quote.objects.filter(snapshot=snapshot).select_related("speaker").order_by("start", "pk"))
    reasons = _reasons_to_stay(snapshot, quotes)
    staying = [quote for quote in quotes if quote.pk in reasons]
    replaceable: defaultdict[tuple[tuple[int, ...], ...], list[Quote]] = defaultdict(list)
    for quote in quotes:
        if quote.pk not in reasons:
            replaceable[_as_key(quote.spans)].append(quote)
    planned = [_plan_stored_quote(ReextractionOutcome.STAYS, quote, detail=reasons[quote.pk]) for quote in staying]
    unmatched: list[Quotation] = []
    buckets = _index_by_bucket(staying)
    for quotation in quotations:
        matches = replaceable[_as_key(quotation.content)]
        if matches:
            mention = "".join(snapshot.text[start:end] for start, end in quotation.mention)
            quote = next((match for match in matches if match.mention == mention), matches[0])
            matches.remove(quote)
            extracted = build_extracted_quote(quotation, snapshot, quote, directory)
            detail = "; ".join(_describe_differences(quote, extracted))
            outcome = ReextractionOutcome.UPDATED if detail else ReextractionOutcome.KEPT
            planned.append(_plan_stored_quote(outcome, quote, quotation, detail))
        elif not _overlaps_staying_quote(quotation, buckets):
            unmatched.append(quotation)
    anchors = list(snapshot.anchors.select_related("quote").order_by("quote_id"))
    for quotation in filter_new_quotations(unmatched, anchors, snapshot.text):
        extracted = build_quote(quotation, snapshot, directory)
        planned.append(
            PlannedQuote(
                outcome=ReextractionOutcome.NEW,
                quotation=quotation,
                exact=extracted.exact,
                text=extracted.text,
                kind=extracted.kind,
                speaker=_speaker_label(quotation, extracted),
            )
        )
    planned += [
        _plan_stored_quote(ReextractionOutcome.GONE, quote) for matches in replaceable.values() for quote in matches
    ]
    return ReextractionPlan(snapshot, sorted(planned, key=_reading_order), _digest_plan(planned))


@lru_cache(maxsize=4)  # by text and language; a plan is usually shown first and applied next
def extract_statements(text: str, language: str) -> tuple[Quotation, ...]:
    return tuple(filter(is_statement, extract(Document.from_text(text), language=language)))


def build_extracted_quote(quotation: Quotation, snapshot: Snapshot, quote: Quote, directory: SpeakerDirectory) -> Quote:
    """The stored quote as extracted now, unsaved. If several speakers have the name, it keeps the one it had."""
    extracted = build_quote(quotation, snapshot, directory)
    name = quotation.speaker.name if isinstance(quotation.speaker, Resolved) else ""
    if name and extracted.speaker_id is None and directory.has_name(quote.speaker_id, name):
        extracted.speaker, extracted.candidates = quote.speaker, candidate_names(quotation, has_speaker=True)
        extracted.speaker_confidence = quotation.speaker_confidence
    return extracted


def edited_claims(ids: Iterable[int]) -> set[int]:
    """Those of these claims that an editor changed, or that something other than a quote refers to."""
    ids = set(ids)
    history = Claim.history.filter(id__in=ids, history_type="~", history_user__isnull=False)
    automatic = [HistoryCause.REEXTRACTED, HistoryCause.QUOTE_DECIDED]
    edited = set(history.exclude(history_cause__in=automatic).values_list("id", flat=True))
    edited |= set(Claim.objects.confirmed().filter(pk__in=ids).values_list("pk", flat=True))
    return edited | claims_referred_to(ids)


def _reasons_to_stay(snapshot: Snapshot, quotes: Sequence[Quote]) -> dict[int, str]:
    """The quotes that an editor has touched, and how."""
    history = Quote.history.filter(snapshot=snapshot, history_user__isnull=False)
    changed = history.filter(history_type="~").exclude(history_cause=HistoryCause.REEXTRACTED)
    added = history.filter(history_type="+").exclude(
        history_cause__in=[HistoryCause.EXTRACTED, HistoryCause.REEXTRACTED]
    )
    claims = edited_claims({quote.claim_id for quote in quotes if quote.claim_id})
    reasons = {quote.pk: "its claim was edited" for quote in quotes if quote.claim_id in claims}
    for model, name in related_models(Quote):
        if model is Skip:  # who puts a quote off has not touched it
            continue
        rows = model._base_manager.filter(**{f"{name}__snapshot": snapshot})
        if model is Hold:  # an expired review lock is no reason
            rows = rows.filter(until__gt=timezone.now())
        noun = str(model._meta.verbose_name)
        reasons |= dict.fromkeys(rows.values_list(name, flat=True), f"it has a {noun}")
    reasons |= dict.fromkeys(changed.values_list("id", flat=True), "an editor changed it")
    reasons |= dict.fromkeys(added.values_list("id", flat=True), "an editor added it")
    decided = (quote for quote in quotes if quote.decision != QuoteDecision.PENDING)
    reasons |= {quote.pk: quote.get_decision_display().lower() for quote in decided}
    ids = {quote.pk for quote in quotes}
    return {pk: reason for pk, reason in reasons.items() if pk in ids}


def _as_key(spans: Iterable[Collection[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(map(tuple, spans))


def _index_by_bucket(quotes: Sequence[Quote]) -> dict[int, list[Spans]]:
    """The spans of each quote, under every bucket that it reaches into."""
    buckets: defaultdict[int, list[Spans]] = defaultdict(list)
    for quote in quotes:
        for bucket in range(quote.start // BUCKET_SIZE, quote.end // BUCKET_SIZE + 1):
            buckets[bucket].append(quote.spans)
    return buckets


def _overlaps_staying_quote(quotation: Quotation, buckets: dict[int, list[Spans]]) -> bool:
    """Whether a quote that stays is another version of this quotation, by the characters they share."""
    own = [(span.start, span.end) for span in quotation.content]
    for bucket in range(own[0][0] // BUCKET_SIZE, own[-1][1] // BUCKET_SIZE + 1):
        for other in buckets.get(bucket, ()):
            shared = sum(max(0, min(end, other_end) - max(start, other_start))
                         for start, end in own for other_start, other_end in other)  # fmt: skip
            union = sum(end - start for start, end in own) + sum(end - start for start, end in other) - shared
            if shared >= MIN_OVERLAP * union:
                return True
    return False


def _plan_stored_quote(
    outcome: ReextractionOutcome, quote: Quote, quotation: Quotation | None = None, detail: str = ""
) -> PlannedQuote:
    speaker = str(quote.speaker) if quote.speaker else _unresolved_label(quote)
    return PlannedQuote(
        outcome=outcome,
        quote=quote,
        quotation=quotation,
        exact=quote.exact,
        text=quote.text,
        kind=quote.kind,
        speaker=speaker,
        detail=detail,
    )


def _speaker_label(quotation: Quotation, extracted: Quote) -> str:
    if extracted.speaker:
        return str(extracted.speaker)
    is_named = isinstance(quotation.speaker, Resolved) and extracted.candidates
    return str(extracted.candidates[0]) if is_named else _unresolved_label(extracted)


def _unresolved_label(quote: Quote) -> str:
    return f"unresolved: {quote.mention or 'no name in the text'}"


def _describe_differences(quote: Quote, extracted: Quote) -> list[str]:
    differences = []
    if quote.speaker_id != extracted.speaker_id or quote.candidates != extracted.candidates:
        differences = [f"speaker: {_speaker_or_candidates(quote)} → {_speaker_or_candidates(extracted)}"]
    for name in EXTRACTED_FIELDS:
        old, new = getattr(quote, name), getattr(extracted, name)
        if name == "candidates" or old == new:
            continue
        text_field = name.removesuffix("_spans")
        if name != text_field and getattr(quote, text_field) != getattr(extracted, text_field):
            continue  # other words are at another place anyway
        label = name.replace("_spans", " position").replace("_", " ")
        differences.append(f"{label}: {_format_field(old)} → {_format_field(new)}")
    for name in ("confidence", "speaker_confidence"):
        old_share, new_share = _format_share(getattr(quote, name)), _format_share(getattr(extracted, name))
        if old_share != new_share:
            differences.append(f"{name.replace('_', ' ')}: {old_share} → {new_share}")
    return differences


def _speaker_or_candidates(quote: Quote) -> str:
    return str(quote.speaker or ", ".join(map(str, quote.candidates)) or "unknown")


def _format_share(share: float | None) -> str:
    return "none" if share is None else f"{share:.0%}"


def _format_field(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return truncate(text, MAX_SHOWN_VALUE_LENGTH) or "nothing"


def _reading_order(planned: PlannedQuote) -> tuple[int, str]:
    if planned.quote:
        return planned.quote.start, planned.outcome
    return (planned.quotation.content[0].start if planned.quotation else 0), planned.outcome


def _digest_plan(quotes: Sequence[PlannedQuote]) -> str:
    rows = [
        [
            planned.outcome,
            planned.quote.pk if planned.quote else None,
            planned.exact,
            planned.speaker,
            planned.detail,
            [list(span) for span in planned.quotation.content] if planned.quotation else [],
        ]
        for planned in quotes
    ]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
