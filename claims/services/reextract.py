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
from claims.models import Claim, Decision, Quote, Snapshot
from claims.services import match, record
from claims.services.found import FOUND, directory_of, quote_of, stated, unknown
from claims.services.refusal import RefusedError
from claims.services.turn import wait_for_turn

READ_AGAIN = "read again"  # why a quote is there, or is as it is, since a later reading
BY_MACHINE = [FOUND, READ_AGAIN]
SAME = 0.5  # share of their characters that two readings of one statement have in common
BUCKET = 1000  # code points: quotes are looked for among those near
READ = ("kind", "act", "cue", "cue_spans", "mention", "mention_spans", "candidates", "role", "outlet", "repaired")


class Fate(StrEnum):
    """What becomes of a quote."""

    NEW = "new"
    UPDATED = "updated"
    GONE = "gone"
    STAYS = "stays"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One quote and its fate: `quote` as it is stored, `found` as it was read now; `told` says what differs, or why."""

    fate: Fate
    quote: Quote | None = None
    found: Quotation | None = None
    exact: str = ""
    speaker: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What reading a text anew would do. `digest` is the same as long as it would do the same."""

    snapshot: Snapshot
    lines: list[Line]
    digest: str

    @property
    def counts(self) -> Counter[Fate]:
        """How many quotes meet which fate."""
        return Counter(line.fate for line in self.lines)

    @property
    def changes(self) -> bool:
        """Whether it would do anything."""
        return any(line.fate in {Fate.NEW, Fate.UPDATED, Fate.GONE} for line in self.lines)

    def __str__(self) -> str:
        counts = self.counts
        return ", ".join(f"{counts[fate]} {fate}" for fate in Fate if counts[fate]) or "no quotes"


def plan(*, snapshot: Snapshot) -> Plan:
    """What reading this text anew would do; nothing is changed.

    Raises RefusedError for a text that is not its source's latest: earlier ones are kept as they were.
    """
    if newer := Snapshot.objects.filter(source=snapshot.source_id, pk__gt=snapshot.pk).order_by("pk").first():
        raise RefusedError(f"This source has a later text, of {newer.retrieved_at:%Y-%m-%d %H:%M}: read that one anew.")
    quotations = _read(snapshot.text)
    directory = directory_of(quotations, editor=None, add=False)
    quotes = list(Quote.objects.filter(snapshot=snapshot).select_related("speaker").order_by("start", "pk"))
    reasons = _touched(snapshot, quotes)
    staying = [quote for quote in quotes if quote.pk in reasons]
    free: defaultdict[tuple[Any, ...], list[Quote]] = defaultdict(list)
    for quote in quotes:
        if quote.pk not in reasons:
            free[tuple(map(tuple, quote.spans))].append(quote)
    lines = [_line(Fate.STAYS, quote, told=reasons[quote.pk]) for quote in staying]
    unmatched: list[Quotation] = []
    near = _by_place(staying)
    for quotation in quotations:
        same = free[tuple(map(tuple, quotation.content))]
        if same:
            mention = "".join(snapshot.text[start:end] for start, end in quotation.mention)
            quote = next((each for each in same if each.mention == mention), same[0])
            same.remove(quote)
            as_read = _as_read(quotation, snapshot, quote, directory)
            told = "; ".join(_differences(quote, as_read))
            lines.append(_line(Fate.UPDATED if told else Fate.KEPT, quote, quotation, told))
        elif not _is_covered(quotation, near):
            unmatched.append(quotation)
    anchors = list(snapshot.anchors.select_related("quote").order_by("quote_id"))
    for quotation in unknown(unmatched, anchors, snapshot.text):
        as_read = quote_of(quotation, snapshot, directory)
        lines.append(Line(fate=Fate.NEW, found=quotation, exact=as_read.exact, speaker=_who(quotation, as_read)))
    lines += [_line(Fate.GONE, quote) for rest in free.values() for quote in rest]
    return Plan(snapshot, sorted(lines, key=_in_reading_order), _digest(lines))


def reextract(*, snapshot: Snapshot, editor: User, digest: str | None = None) -> Plan:
    """Read the text anew, and do what `plan` says. Twice is once.

    With the `digest` of a plan that was shown, raises RefusedError if by now it would do something else.
    """
    _read(snapshot.text)  # before the transaction, which others wait for
    with record.operation(verb="reextract", summary=f"Read “{snapshot.source}” anew", editor=editor) as operation:
        wait_for_turn()
        list(Quote.objects.select_for_update().filter(snapshot=snapshot).order_by("pk").values_list("pk"))
        planned = plan(snapshot=snapshot)
        if digest is not None and digest != planned.digest:
            raise RefusedError("What would become of the quotes changed meanwhile: look at it again.")
        operation.summary = f"Read “{snapshot.source}” anew: {planned}"
        _do(planned, editor)
    return planned


def _do(planned: Plan, editor: User) -> None:
    by_fate = {fate: [line for line in planned.lines if line.fate is fate] for fate in Fate}
    read = [line.found for fate in (Fate.UPDATED, Fate.NEW) for line in by_fate[fate] if line.found]
    directory = directory_of(read, editor=editor)
    former: set[int] = set()
    for line in by_fate[Fate.GONE]:
        if line.quote:
            former.add(line.quote.claim_id or 0)
            record.remove(line.quote, user=editor, reason=READ_AGAIN)
    updated = [
        _update(line.quote, _as_read(line.found, planned.snapshot, line.quote, directory), former)
        for line in by_fate[Fate.UPDATED]
        if line.quote and line.found
    ]
    new = [quote_of(line.found, planned.snapshot, directory) for line in by_fate[Fate.NEW] if line.found]
    match.propose_claims([*updated, *new], editor=editor)
    fields = [*READ, "confidence", "extractor", "extractor_version", "speaker", "claim"]
    record.update(updated, fields, user=editor, reason=READ_AGAIN)
    record.create(new, user=editor, reason=READ_AGAIN)
    alone = Claim.objects.filter(pk__in=former, quotes=None, released_at=None)
    touched = _touched_claims(former)
    for claim in alone.order_by("pk"):
        if claim.pk not in touched:
            record.remove(claim, user=editor, reason=READ_AGAIN)
    directory.suggest_merges()


def _update(quote: Quote, as_read: Quote, former: set[int]) -> Quote:
    if quote.speaker_id != as_read.speaker_id:  # it says something of somebody else now
        former.add(quote.claim_id or 0)
        quote.claim = None
    for name in (*READ, "confidence", "speaker", "extractor", "extractor_version"):
        setattr(quote, name, getattr(as_read, name))
    return quote


@lru_cache(maxsize=4)  # what is shown first and then done is read once
def _read(text: str) -> tuple[Quotation, ...]:
    return tuple(stated(extract(Document.from_text(text))))


def _as_read(quotation: Quotation, snapshot: Snapshot, quote: Quote, directory: Any) -> Quote:
    """The quote as it was read now; of several who bear the name, the one it has keeps it."""
    as_read = quote_of(quotation, snapshot, directory)
    name = quotation.speaker.name if isinstance(quotation.speaker, Resolved) else ""
    if name and as_read.speaker_id is None and directory.bears(quote.speaker_id, name):
        as_read.speaker, as_read.candidates = quote.speaker, []
    return as_read


def _who(quotation: Quotation, as_read: Quote) -> str:
    if as_read.speaker:
        return str(as_read.speaker)
    named = isinstance(quotation.speaker, Resolved) and as_read.candidates
    return str(as_read.candidates[0]) if named else f"unresolved: {as_read.mention or 'nobody named'}"


def _differences(quote: Quote, as_read: Quote) -> list[str]:
    """In words, what the new reading says otherwise."""
    told = []
    if quote.speaker_id != as_read.speaker_id or quote.candidates != as_read.candidates:
        told = [f"speaker: {_named(quote)} → {_named(as_read)}"]
    told += [
        f"{name.replace('_spans', ' place')}: {_short(old)} → {_short(new)}"
        for name in READ
        if name != "candidates" and (old := getattr(quote, name)) != (new := getattr(as_read, name))
        # Of other words the place goes without saying.
        if not name.endswith("_spans")
        or getattr(quote, words := name.removesuffix("_spans")) == getattr(as_read, words)
    ]
    if f"{quote.confidence:.0%}" != f"{as_read.confidence:.0%}":
        told.append(f"confidence: {quote.confidence:.0%} → {as_read.confidence:.0%}")
    return told


def _named(quote: Quote) -> str:
    return str(quote.speaker or ", ".join(map(str, quote.candidates)) or "nobody")


def _short(value: Any) -> str:
    text = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    return (text if len(text) <= 60 else f"{text[:59]}…") or "nothing"


def _line(fate: Fate, quote: Quote, found: Quotation | None = None, told: str = "") -> Line:
    who = str(quote.speaker) if quote.speaker else f"unresolved: {quote.mention or 'nobody named'}"
    return Line(fate=fate, quote=quote, found=found, exact=quote.exact, speaker=who, told=told)


def _in_reading_order(line: Line) -> tuple[int, str]:
    if line.quote:
        return line.quote.start, line.fate
    return (line.found.content[0].start if line.found else 0), line.fate


def _touched(snapshot: Snapshot, quotes: Sequence[Quote]) -> dict[int, str]:
    """The quotes that a person had a hand in, and which."""
    history = Quote.history.filter(snapshot=snapshot, history_user__isnull=False)
    changed = history.filter(history_type="~").exclude(history_change_reason=READ_AGAIN)
    by_hand = history.filter(history_type="+").exclude(history_change_reason__in=BY_MACHINE)
    claims = _touched_claims({quote.claim_id for quote in quotes if quote.claim_id})
    reasons = {quote.pk: "its claim was edited" for quote in quotes if quote.claim_id in claims}
    for relation in Quote._meta.related_objects:  # noqa: SLF001  # public by its docs
        name = relation.field.name
        related = relation.related_model._base_manager.filter(**{f"{name}__snapshot": snapshot})  # noqa: SLF001  # as above
        noun = str(relation.related_model._meta.verbose_name)  # noqa: SLF001  # as above
        if hasattr(relation.related_model, "until"):  # that somebody looks at it, until then: looking touches nothing
            related = related.filter(until__gt=timezone.now())
        reasons |= dict.fromkeys(related.values_list(name, flat=True), f"it has a {noun}")
    reasons |= dict.fromkeys(changed.values_list("id", flat=True), "an editor changed it")
    reasons |= dict.fromkeys(by_hand.values_list("id", flat=True), "an editor added it")
    decided = (quote for quote in quotes if quote.decision != Decision.PENDING)
    reasons |= {quote.pk: quote.get_decision_display().lower() for quote in decided}
    own = {quote.pk for quote in quotes}
    return {pk: reason for pk, reason in reasons.items() if pk in own}


def _touched_claims(ids: Iterable[int]) -> set[int]:
    """Those of these claims that a person had a hand in, or that anything but a quote refers to."""
    ids = set(ids)
    history = Claim.history.filter(id__in=ids, history_type="~", history_user__isnull=False)
    machine = [READ_AGAIN, "a quote of it was decided"]
    touched = set(history.exclude(history_change_reason__in=machine).values_list("id", flat=True))
    touched |= set(Claim.objects.filter(pk__in=ids, topics__isnull=False).values_list("pk", flat=True))
    for relation in Claim._meta.related_objects:  # noqa: SLF001  # public by its docs
        if relation.related_model is not Quote:
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})  # noqa: SLF001  # as above
            touched |= set(rows.values_list(relation.field.name, flat=True))
    return touched


def _by_place(quotes: Sequence[Quote]) -> dict[int, list[Sequence[Sequence[int]]]]:
    """The spans of each quote, under every bucket it reaches into."""
    near: defaultdict[int, list[Sequence[Sequence[int]]]] = defaultdict(list)
    for quote in quotes:
        for bucket in range(quote.start // BUCKET, quote.end // BUCKET + 1):
            near[bucket].append(quote.spans)
    return near


def _is_covered(quotation: Quotation, near: dict[int, list[Sequence[Sequence[int]]]]) -> bool:
    """Whether a quote that stays is the same statement, by the characters they share."""
    own = [tuple(span) for span in quotation.content]
    buckets = range(own[0][0] // BUCKET, own[-1][1] // BUCKET + 1)
    for other in (each for bucket in buckets for each in near.get(bucket, ())):
        shared = sum(max(0, min(b, d) - max(a, c)) for a, b in own for c, d in other)
        both = sum(b - a for a, b in own) + sum(d - c for c, d in other) - shared
        if shared >= SAME * both:
            return True
    return False


def _digest(lines: Sequence[Line]) -> str:
    said = [
        [line.fate, line.quote.pk if line.quote else None, line.exact, line.speaker, line.told,
         [list(span) for span in line.found.content] if line.found else []]
        for line in lines
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
