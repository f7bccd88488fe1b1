"""What readers see of claims and quotes, and in what two such states differ."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from claims.models import (
    Claim,
    CorrectedField,
    CorrectedFieldName,
    Quote,
    Speaker,
    Verification,
    VerificationState,
)

# Mistakes noticed right after publication take no public note: a claim without a verdict, or a quote, is changed
# without one until this long after its release.
GRACE_PERIOD = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class AcceptedQuote:
    """An accepted quote, whether readers see it, and whether a change of it takes a note if they do."""

    text: str
    speaker: int | None
    claim: int | None
    is_public: bool
    needs_note: bool

    def reads_like(self, other: "AcceptedQuote | None") -> bool:
        return other is not None and (self.text, self.speaker) == (other.text, other.speaker)

    def differs_from(self, later: "AcceptedQuote | None") -> bool:
        """Whether readers would notice."""
        return self.is_public and (later is None or not later.is_public or not self.reads_like(later))


@dataclass(frozen=True, slots=True)
class PublicClaim:
    """A claim as readers see it, or would; `quotes` maps the ids of its accepted quotes to them."""

    text: str
    speaker: int | None
    said_on: date | None
    released_at: datetime | None
    is_retracted: bool
    quotes: dict[int, AcceptedQuote]
    is_public: bool
    needs_note: bool
    has_verdict: bool

    def differs_from(self, later: "PublicClaim") -> bool:
        """Whether readers would notice. An added quote counts only if there is a verdict, which did not judge it."""
        if (self.text, self.speaker, self.said_on, self.is_retracted) != (
            later.text,
            later.speaker,
            later.said_on,
            later.is_retracted,
        ):
            return True
        if any(not quote.reads_like(later.quotes.get(pk)) for pk, quote in self.quotes.items()):
            return True
        return self.has_verdict and self.quotes.keys() != later.quotes.keys()


@dataclass(slots=True)
class PublicState:
    """Claims and quotes at one moment, by id."""

    claims: dict[int, PublicClaim] = field(default_factory=dict)
    quotes: dict[int, AcceptedQuote] = field(default_factory=dict)


def load_public_state(claims: Collection[int], quotes: Collection[int]) -> PublicState:
    """The state of the claims with these ids and of their quotes, and of the quotes with these ids."""
    accepted = Quote.objects.accepted().filter(Q(claim__in=claims) | Q(pk__in=quotes)).order_by("pk")
    public = Quote.objects.released().filter(pk=OuterRef("pk"))
    settled = timezone.now() - GRACE_PERIOD
    state = PublicState()
    for pk, text, speaker, claim, decided_at, is_public in accepted.values_list(
        "pk", "text", "speaker", "claim", "decided_at", Exists(public)
    ):
        state.quotes[pk] = AcceptedQuote(text, speaker, claim, is_public, is_public and decided_at <= settled)
    published = Verification.objects.filter(claim=OuterRef("pk"), state=VerificationState.PUBLISHED)
    for row in Claim.objects.filter(pk__in=claims).annotate(has_verdict=Exists(published)).order_by("pk"):
        own = {pk: quote for pk, quote in state.quotes.items() if quote.claim == row.pk}
        state.claims[row.pk] = _public_claim(row, own, has_verdict=row.has_verdict, settled=settled)  # type: ignore[attr-defined]  # annotated
    return state


def _public_claim(
    claim: Claim, quotes: dict[int, AcceptedQuote], *, has_verdict: bool, settled: datetime
) -> PublicClaim:
    released = claim.released_at
    is_visible = bool(quotes and claim.is_open and released)
    is_stub = bool(claim.retracted_at and released and released <= claim.retracted_at)
    grace_period_over = bool(released and released <= settled)
    return PublicClaim(
        text=claim.text,
        speaker=claim.speaker_id,
        said_on=claim.said_on,
        released_at=released,
        is_retracted=claim.retracted_at is not None,
        quotes=quotes,
        is_public=is_visible or is_stub,
        needs_note=is_stub or (is_visible and (has_verdict or grace_period_over)),
        has_verdict=has_verdict,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDifference:
    """What readers would find different about a claim, or about a quote that has no public claim.

    `subject` and `speaker` are the text and the speaker's name before, `changes` are not stored. `is_gone` says that
    readers no longer see it.
    """

    claim: int | None = None
    quote: int | None = None
    subject: str
    speaker: str
    changes: tuple[CorrectedField, ...]
    needs_note: bool
    is_retracted: bool = False
    is_gone: bool = False


def find_differences(before: PublicState, after: PublicState) -> list[PublicDifference]:
    """What readers would notice: first about claims, in the order of their ids, then about quotes without one."""
    names = _SpeakerNames(before, after)
    stored = set(Quote.objects.filter(pk__in={*before.quotes, *after.quotes}).values_list("pk", flat=True))
    differences = [
        _claim_difference(pk, claim, after, names, stored)
        for pk, claim in sorted(before.claims.items())
        if claim.is_public and pk in after.claims and claim.differs_from(after.claims[pk])
    ]
    told = {difference.claim for difference in differences}
    differences += [
        PublicDifference(
            quote=pk,
            subject=quote.text,
            speaker=names[quote.speaker],
            changes=tuple(_quote_changes(quote, after.quotes.get(pk), names)),
            needs_note=quote.needs_note,
            is_gone=not (later := after.quotes.get(pk)) or not later.is_public,
        )
        for pk, quote in sorted(before.quotes.items())
        if pk in stored and quote.claim not in told and quote.differs_from(after.quotes.get(pk))
    ]
    return differences


class _SpeakerNames:
    """The names of the speakers in two states."""

    def __init__(self, *states: PublicState) -> None:
        ids = {claim.speaker for state in states for claim in state.claims.values()}
        ids |= {quote.speaker for state in states for quote in state.quotes.values()}
        self._names: Mapping[int, str] = dict(
            Speaker.objects.filter(pk__in=filter(None, ids)).values_list("pk", "name")
        )

    def __getitem__(self, speaker: int | None) -> str:
        return self._names.get(speaker or 0, "")


def _claim_difference(
    pk: int, claim: PublicClaim, after: PublicState, names: _SpeakerNames, stored: Collection[int]
) -> PublicDifference:
    later = after.claims[pk]
    values = [
        (CorrectedFieldName.WORDING, claim.text, later.text),
        (CorrectedFieldName.SPEAKER, names[claim.speaker], names[later.speaker]),
        (CorrectedFieldName.SAID_ON, _date_text(claim.said_on), _date_text(later.said_on)),
    ]
    changes = list(_changed_fields(values))
    quotes = list(_quotes_changes(claim, later, names, stored))
    # The speaker of a claim usually changes with that of its quote.
    changed_speakers = {(row.before, row.after) for row in changes if row.field == CorrectedFieldName.SPEAKER}
    changes += [
        row
        for row in quotes
        if row.field != CorrectedFieldName.QUOTE_SPEAKER or (row.before, row.after) not in changed_speakers
    ]
    settled = (quote.needs_note and quote.differs_from(after.quotes.get(pk)) for pk, quote in claim.quotes.items())
    return PublicDifference(
        claim=pk,
        subject=claim.text,
        speaker=names[claim.speaker],
        changes=tuple(changes),
        needs_note=claim.needs_note or any(settled),
        is_retracted=later.is_retracted and not claim.is_retracted,
        is_gone=not later.is_public,
    )


def _quotes_changes(
    claim: PublicClaim, later: PublicClaim, names: _SpeakerNames, stored: Collection[int]
) -> Iterator[CorrectedField]:
    for pk in sorted({*claim.quotes, *later.quotes}):
        former, current = claim.quotes.get(pk), later.quotes.get(pk)
        values = [
            (CorrectedFieldName.QUOTE, former.text if former else "", current.text if current else ""),
            (
                CorrectedFieldName.QUOTE_SPEAKER,
                names[former.speaker] if former and current else "",
                names[current.speaker] if former and current else "",
            ),
        ]
        # Only a verdict makes an added quote a change: see `PublicClaim.differs_from`.
        if former or claim.has_verdict:
            yield from _changed_fields(values, quote=pk if pk in stored else None)


def _quote_changes(quote: AcceptedQuote, later: AcceptedQuote | None, names: _SpeakerNames) -> Iterator[CorrectedField]:
    """The changes of a quote that has no public claim; of one that is gone, its words."""
    if later is None or not later.is_public:
        return _changed_fields([(CorrectedFieldName.QUOTE, quote.text, "")])
    return _changed_fields(
        [
            (CorrectedFieldName.WORDING, quote.text, later.text),
            (CorrectedFieldName.SPEAKER, names[quote.speaker], names[later.speaker]),
        ]
    )


def _changed_fields(
    values: Iterable[tuple[CorrectedFieldName, str, str]], quote: int | None = None
) -> Iterator[CorrectedField]:
    for name, before, after in values:
        if before != after:
            yield CorrectedField(field=name, quote_id=quote, before=before, after=after)


def _date_text(day: date | None) -> str:
    return day.isoformat() if day else ""
