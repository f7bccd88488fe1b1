"""A text read anew by the extractor as it is now; what an editor touched stays as it is.

What becomes of each quote of the text is planned first, and then done as planned in one operation:

- *stays*: an editor decided, corrected, linked or commented on it, or added it by hand; the machine has no say.
- *kept*: the new reading finds the same.
- *updated*: the same words, but another speaker, cue, kind or confidence.
- *new*: the text has it, and no quote that stays covers it.
- *gone*: pending, never touched, and the new reading has it no more. It is taken away, with the claim that it alone
  made; its history stays, and undoing the operation brings it back.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.extraction import Document, Quotation, Resolved, extract
from claims.models import Claim, Quote, QuoteDecision, Snapshot
from claims.services.claims import claim_proposals
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.ingestion.quote_factory import (
    REASON_EXTRACTED,
    build_quote,
    build_speaker_directory,
    filter_new_quotations,
    filter_statements,
)
from claims.services.locks import lock_speakers

REASON_REEXTRACTED = "read again"  # why a quote is there, or is as it is, since a later reading
MACHINE_REASONS = [REASON_EXTRACTED, REASON_REEXTRACTED]
MIN_OVERLAP = 0.5  # share of their characters that two readings of one statement have in common
BUCKET_SIZE = 1000  # code points: quotes are looked for among those near
EXTRACTED_FIELDS = (
    "kind",
    "act",
    "cue",
    "cue_spans",
    "mention",
    "mention_spans",
    "candidates",
    "role",
    "outlet",
    "repaired",
)


class ReextractionOutcome(StrEnum):
    """What becomes of a quote."""

    NEW = "new"
    UPDATED = "updated"
    GONE = "gone"
    STAYS = "stays"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuote:
    """One quote and its fate: `quote` as it is stored, `found` as it was read now; `told` says what differs, or why."""

    fate: ReextractionOutcome
    quote: Quote | None = None
    found: Quotation | None = None
    exact: str = ""
    speaker: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class ReextractionPlan:
    """What reading a text anew would do. `digest` is the same as long as it would do the same."""

    snapshot: Snapshot
    lines: list[PlannedQuote]
    digest: str

    @property
    def counts(self) -> Counter[ReextractionOutcome]:
        """How many quotes meet which fate."""
        return Counter(line.fate for line in self.lines)

    @property
    def changes(self) -> bool:
        """Whether it would do anything."""
        return any(
            line.fate in {ReextractionOutcome.NEW, ReextractionOutcome.UPDATED, ReextractionOutcome.GONE}
            for line in self.lines
        )

    def __str__(self) -> str:
        counts = self.counts
        return ", ".join(f"{counts[fate]} {fate}" for fate in ReextractionOutcome if counts[fate]) or "no quotes"


def plan_reextraction(*, snapshot: Snapshot) -> ReextractionPlan:
    """What reading this text anew would do; nothing is changed.

    Raises RefusedError for a text that is not its source's latest: earlier ones are kept as they were.
    """
    if newer := Snapshot.objects.filter(source=snapshot.source_id, pk__gt=snapshot.pk).order_by("pk").first():
        raise RefusedError(f"This source has a later text, of {newer.retrieved_at:%Y-%m-%d %H:%M}: read that one anew.")
    quotations = _extract_statements(snapshot.text)
    directory = build_speaker_directory(quotations, editor=None, add=False)
    quotes = list(Quote.objects.filter(snapshot=snapshot).select_related("speaker").order_by("start", "pk"))
    reasons = _reasons_to_keep(snapshot, quotes)
    staying = [quote for quote in quotes if quote.pk in reasons]
    free: defaultdict[tuple[Any, ...], list[Quote]] = defaultdict(list)
    for quote in quotes:
        if quote.pk not in reasons:
            free[tuple(map(tuple, quote.spans))].append(quote)
    lines = [_plan_quote(ReextractionOutcome.STAYS, quote, told=reasons[quote.pk]) for quote in staying]
    unmatched: list[Quotation] = []
    near = _index_by_bucket(staying)
    for quotation in quotations:
        same = free[tuple(map(tuple, quotation.content))]
        if same:
            mention = "".join(snapshot.text[start:end] for start, end in quotation.mention)
            quote = next((each for each in same if each.mention == mention), same[0])
            same.remove(quote)
            as_read = _build_current_quote(quotation, snapshot, quote, directory)
            told = "; ".join(_describe_differences(quote, as_read))
            lines.append(
                _plan_quote(ReextractionOutcome.UPDATED if told else ReextractionOutcome.KEPT, quote, quotation, told)
            )
        elif not _overlaps_kept_quote(quotation, near):
            unmatched.append(quotation)
    anchors = list(snapshot.anchors.select_related("quote").order_by("quote_id"))
    for quotation in filter_new_quotations(unmatched, anchors, snapshot.text):
        as_read = build_quote(quotation, snapshot, directory)
        lines.append(
            PlannedQuote(
                fate=ReextractionOutcome.NEW,
                found=quotation,
                exact=as_read.exact,
                speaker=_speaker_label(quotation, as_read),
            )
        )
    lines += [_plan_quote(ReextractionOutcome.GONE, quote) for rest in free.values() for quote in rest]
    return ReextractionPlan(snapshot, sorted(lines, key=_reading_order), _digest_plan(lines))


def reextract(*, snapshot: Snapshot, editor: User, digest: str | None = None) -> ReextractionPlan:
    """Read the text anew, and do what `plan` says. Twice is once.

    With the `digest` of a plan that was shown, raises RefusedError if by now it would do something else.
    """
    _extract_statements(snapshot.text)  # before the transaction, which others wait for
    with audit.operation(verb="reextract", summary=f"Read “{snapshot.source}” anew", editor=editor) as operation:
        lock_speakers()
        list(Quote.objects.select_for_update().filter(snapshot=snapshot).order_by("pk").values_list("pk"))
        planned = plan_reextraction(snapshot=snapshot)
        if digest is not None and digest != planned.digest:
            raise RefusedError("What would become of the quotes changed meanwhile: look at it again.")
        operation.summary = f"Read “{snapshot.source}” anew: {planned}"
        _apply(planned, editor)
    return planned


def _apply(planned: ReextractionPlan, editor: User) -> None:
    by_fate = {fate: [line for line in planned.lines if line.fate is fate] for fate in ReextractionOutcome}
    read = [
        line.found
        for fate in (ReextractionOutcome.UPDATED, ReextractionOutcome.NEW)
        for line in by_fate[fate]
        if line.found
    ]
    directory = build_speaker_directory(read, editor=editor)
    former: set[int] = set()
    for line in by_fate[ReextractionOutcome.GONE]:
        if line.quote:
            former.add(line.quote.claim_id or 0)
            audit.delete(line.quote, user=editor, reason=REASON_REEXTRACTED)
    updated = [
        _copy_extracted_fields(
            line.quote, _build_current_quote(line.found, planned.snapshot, line.quote, directory), former
        )
        for line in by_fate[ReextractionOutcome.UPDATED]
        if line.quote and line.found
    ]
    new = [
        build_quote(line.found, planned.snapshot, directory) for line in by_fate[ReextractionOutcome.NEW] if line.found
    ]
    claim_proposals.propose_claims([*updated, *new], editor=editor)
    fields = [*EXTRACTED_FIELDS, "confidence", "extractor", "extractor_version", "speaker", "claim"]
    audit.update(updated, fields, user=editor, reason=REASON_REEXTRACTED)
    audit.create(new, user=editor, reason=REASON_REEXTRACTED)
    alone = Claim.objects.filter(pk__in=former, quotes=None, released_at=None)
    touched = _edited_claims(former)
    for claim in alone.order_by("pk"):
        if claim.pk not in touched:
            audit.delete(claim, user=editor, reason=REASON_REEXTRACTED)
    directory.suggest_merges()


def _copy_extracted_fields(quote: Quote, as_read: Quote, former: set[int]) -> Quote:
    if quote.speaker_id != as_read.speaker_id:  # it says something of somebody else now
        former.add(quote.claim_id or 0)
        quote.claim = None
    for name in (*EXTRACTED_FIELDS, "confidence", "speaker", "extractor", "extractor_version"):
        setattr(quote, name, getattr(as_read, name))
    return quote


@lru_cache(maxsize=4)  # what is shown first and then done is read once
def _extract_statements(text: str) -> tuple[Quotation, ...]:
    return tuple(filter_statements(extract(Document.from_text(text))))


def _build_current_quote(quotation: Quotation, snapshot: Snapshot, quote: Quote, directory: Any) -> Quote:
    """The quote as it was read now; of several who bear the name, the one it has keeps it."""
    as_read = build_quote(quotation, snapshot, directory)
    name = quotation.speaker.name if isinstance(quotation.speaker, Resolved) else ""
    if name and as_read.speaker_id is None and directory.bears(quote.speaker_id, name):
        as_read.speaker, as_read.candidates = quote.speaker, []
    return as_read


def _speaker_label(quotation: Quotation, as_read: Quote) -> str:
    if as_read.speaker:
        return str(as_read.speaker)
    named = isinstance(quotation.speaker, Resolved) and as_read.candidates
    return str(as_read.candidates[0]) if named else f"unresolved: {as_read.mention or 'nobody named'}"


def _describe_differences(quote: Quote, as_read: Quote) -> list[str]:
    """In words, what the new reading says otherwise."""
    told = []
    if quote.speaker_id != as_read.speaker_id or quote.candidates != as_read.candidates:
        told = [f"speaker: {_speaker_or_candidates(quote)} → {_speaker_or_candidates(as_read)}"]
    told += [
        f"{name.replace('_spans', ' place')}: {_format_field(old)} → {_format_field(new)}"
        for name in EXTRACTED_FIELDS
        if name != "candidates" and (old := getattr(quote, name)) != (new := getattr(as_read, name))
        # Of other words the place goes without saying.
        if not name.endswith("_spans")
        or getattr(quote, words := name.removesuffix("_spans")) == getattr(as_read, words)
    ]
    if f"{quote.confidence:.0%}" != f"{as_read.confidence:.0%}":
        told.append(f"confidence: {quote.confidence:.0%} → {as_read.confidence:.0%}")
    return told


def _speaker_or_candidates(quote: Quote) -> str:
    return str(quote.speaker or ", ".join(map(str, quote.candidates)) or "nobody")


def _format_field(value: Any) -> str:
    text = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    return (text if len(text) <= 60 else f"{text[:59]}…") or "nothing"


def _plan_quote(
    fate: ReextractionOutcome, quote: Quote, found: Quotation | None = None, told: str = ""
) -> PlannedQuote:
    who = str(quote.speaker) if quote.speaker else f"unresolved: {quote.mention or 'nobody named'}"
    return PlannedQuote(fate=fate, quote=quote, found=found, exact=quote.exact, speaker=who, told=told)


def _reading_order(line: PlannedQuote) -> tuple[int, str]:
    if line.quote:
        return line.quote.start, line.fate
    return (line.found.content[0].start if line.found else 0), line.fate


def _reasons_to_keep(snapshot: Snapshot, quotes: Sequence[Quote]) -> dict[int, str]:
    """The quotes that a person had a hand in, and which."""
    history = Quote.history.filter(snapshot=snapshot, history_user__isnull=False)
    changed = history.filter(history_type="~").exclude(history_change_reason=REASON_REEXTRACTED)
    by_hand = history.filter(history_type="+").exclude(history_change_reason__in=MACHINE_REASONS)
    claims = _edited_claims({quote.claim_id for quote in quotes if quote.claim_id})
    reasons = {quote.pk: "its claim was edited" for quote in quotes if quote.claim_id in claims}
    for relation in Quote._meta.related_objects:  # public by its docs
        name = relation.field.name
        related = relation.related_model._base_manager.filter(**{f"{name}__snapshot": snapshot})  # as above
        noun = str(relation.related_model._meta.verbose_name)  # as above
        if hasattr(relation.related_model, "until"):  # that somebody looks at it, until then: looking touches nothing
            related = related.filter(until__gt=timezone.now())
        reasons |= dict.fromkeys(related.values_list(name, flat=True), f"it has a {noun}")
    reasons |= dict.fromkeys(changed.values_list("id", flat=True), "an editor changed it")
    reasons |= dict.fromkeys(by_hand.values_list("id", flat=True), "an editor added it")
    decided = (quote for quote in quotes if quote.decision != QuoteDecision.PENDING)
    reasons |= {quote.pk: quote.get_decision_display().lower() for quote in decided}
    own = {quote.pk for quote in quotes}
    return {pk: reason for pk, reason in reasons.items() if pk in own}


def _edited_claims(ids: Iterable[int]) -> set[int]:
    """Those of these claims that a person had a hand in, or that anything but a quote refers to."""
    ids = set(ids)
    history = Claim.history.filter(id__in=ids, history_type="~", history_user__isnull=False)
    machine = [REASON_REEXTRACTED, "a quote of it was decided"]
    touched = set(history.exclude(history_change_reason__in=machine).values_list("id", flat=True))
    touched |= set(Claim.objects.filter(pk__in=ids, topics__isnull=False).values_list("pk", flat=True))
    for relation in Claim._meta.related_objects:  # public by its docs
        if relation.related_model is not Quote:
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})  # as above
            touched |= set(rows.values_list(relation.field.name, flat=True))
    return touched


def _index_by_bucket(quotes: Sequence[Quote]) -> dict[int, list[Sequence[Sequence[int]]]]:
    """The spans of each quote, under every bucket it reaches into."""
    near: defaultdict[int, list[Sequence[Sequence[int]]]] = defaultdict(list)
    for quote in quotes:
        for bucket in range(quote.start // BUCKET_SIZE, quote.end // BUCKET_SIZE + 1):
            near[bucket].append(quote.spans)
    return near


def _overlaps_kept_quote(quotation: Quotation, near: dict[int, list[Sequence[Sequence[int]]]]) -> bool:
    """Whether a quote that stays is the same statement, by the characters they share."""
    own = [tuple(span) for span in quotation.content]
    buckets = range(own[0][0] // BUCKET_SIZE, own[-1][1] // BUCKET_SIZE + 1)
    for other in (each for bucket in buckets for each in near.get(bucket, ())):
        shared = sum(max(0, min(b, d) - max(a, c)) for a, b in own for c, d in other)
        both = sum(b - a for a, b in own) + sum(d - c for c, d in other) - shared
        if shared >= MIN_OVERLAP * both:
            return True
    return False


def _digest_plan(lines: Sequence[PlannedQuote]) -> str:
    said = [
        [line.fate, line.quote.pk if line.quote else None, line.exact, line.speaker, line.told,
         [list(span) for span in line.found.content] if line.found else []]
        for line in lines
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
