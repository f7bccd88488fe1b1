"""What readers see is changed in the open: with a public note, and with the verdicts it concerns back in review.

Whatever changes a claim or its quotes does so within `in_the_open`, which compares what readers see before and after.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.models import Claim, Correction, CorrectionKind, Quote, Verification, VerificationState
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.verification import workflow

# A slip of the hand right after accepting is no correction: this long after its release, a claim without a verdict is
# changed without a note.
GRACE_PERIOD = timedelta(minutes=15)


_current_change: ContextVar["PublicChange | None"] = ContextVar("change", default=None)
_confirmation: ContextVar["tuple[PublicNote | None, bool]"] = ContextVar("asked", default=(None, True))


@dataclass(frozen=True, slots=True)
class PublicNote:
    """What readers are told of a change: what was changed, and why."""

    what: str
    why: str


class PublicNoteRequiredError(RefusedError):
    """Readers see these claims and would find them changed: it takes a public note.

    `verifications` are the verdicts that the change would send back to review.
    """

    def __init__(self, claims: Sequence[Claim], verifications: Sequence[Verification]) -> None:
        named = f"“{claims[0]}”" if len(claims) == 1 else f"{len(claims)} claims that this changes, “{claims[0]}” first"
        super().__init__(f"Readers see {named}: say in a public note what was changed, and why.")
        self.claims = tuple(claims)
        self.verifications = tuple(verifications)


class ReopenConfirmationRequiredError(RefusedError):
    """The change of these claims would send these `verifications` back to review, and nobody has confirmed it."""

    def __init__(self, claims: Sequence[Claim], verifications: Sequence[Verification]) -> None:
        count = f"{len(verifications)} verification{'' if len(verifications) == 1 else 's'}"
        super().__init__(f"This sends {count} of “{claims[0]}” back to review: confirm it.")
        self.claims = tuple(claims)
        self.verifications = tuple(verifications)


@dataclass(frozen=True, slots=True)
class _PublicState:
    """What a claim says to readers, and the accepted quotes by their ids."""

    text: str
    speaker: int | None
    said_on: date | None
    gone: bool
    quotes: dict[int, tuple[str, int | None]]
    is_public: bool
    needs_note: bool
    has_verdict: bool

    def differs(self, now: "_PublicState") -> bool:
        """Whether what readers saw is another now. One more appearance changes nothing but what a verdict judged."""
        if (self.text, self.speaker, self.said_on, self.gone) != (now.text, now.speaker, now.said_on, now.gone):
            return True
        lost = any(now.quotes.get(pk) != quote for pk, quote in self.quotes.items())
        return lost or (self.has_verdict and self.quotes != now.quotes)


class PublicChange:
    """A change in the making: the claims it may touch, as readers saw them before, and the verdicts it reopened."""

    def __init__(self) -> None:
        self.before: dict[int, _PublicState] = {}
        self.reopened: list[Verification] = []

    def look(self, claims: Iterable[int | None]) -> None:
        """Note how readers see the claims with these ids now, and lock them; what was looked at before stays noted."""
        new = {pk for pk in claims if pk} - self.before.keys()
        list(Claim.objects.select_for_update().filter(pk__in=new).order_by("pk").values_list("pk"))
        self.before |= _load_public_states(new)


def requires_public_note(claim: Claim) -> bool:
    """Whether a change of it takes a public note: readers see it, with a verdict or for longer than GRACE."""
    seen = _load_public_states({claim.pk}).get(claim.pk)
    return bool(seen and seen.needs_note)


def list_live_verifications(claims: Iterable[Claim]) -> list[Verification]:
    """The verifications of these claims that a change of what they judge sends back to review."""
    live = [VerificationState.SUBMITTED, VerificationState.PUBLISHED]
    rows = Verification.objects.filter(claim__in=[claim.pk for claim in claims], state__in=live)
    return list(rows.select_related("claim", "rating", "author", "approver").order_by("pk"))


@contextmanager
def require_confirmation(*, note: PublicNote | None, confirmed: bool) -> Iterator[None]:
    """What is done while this is open has this `note`, and sends no verdict back to review unless that is `confirmed`.

    For faces, which show first what a change would do: services raise NoteNeededError and ReopensError until they are
    given what they ask for.
    """
    token = _confirmation.set((note, confirmed or note is not None))
    try:
        yield
    finally:
        _confirmation.reset(token)


@contextmanager
def public_change(
    *, editor: User, note: PublicNote | None = None, claims: Iterable[int | None] = ()
) -> Iterator[PublicChange]:
    """One transaction that changes these claims or their quotes; more of them are named with `look` before they change.

    Within another it is part of that, whose note counts. At its end verdicts on what changed go back to review. If
    readers see a claim otherwise than before, `note` becomes a public correction by `editor`; a claim that they see no
    more is retracted with it, and leaves a stub.

    Raises NoteNeededError if `needs_note` of such a claim and there is none, RefusedError if it is blank, and
    ReopensError within `asking`.
    """
    note = note or _confirmation.get()[0]
    if note and not (note.what.strip() and note.why.strip()):
        raise RefusedError("Say in the public note both what was changed and why.")
    if outer := _current_change.get():
        outer.look(claims)
        yield outer
        return
    change = PublicChange()
    token = _current_change.set(change)
    try:
        with transaction.atomic():
            change.look(claims)
            yield change
            _finish_change(change, editor=editor, note=note)
    finally:
        _current_change.reset(token)


def refuse_silent_withdrawal(*, claim: Claim, released_at: datetime | None) -> None:
    """Whether the claim's release may be set so.

    Raises RefusedError if readers see the claim now and would not any more: that is said in the open, by retracting it.
    """
    withdrawn = released_at is None or released_at > timezone.now()
    if withdrawn and Claim.objects.released().filter(pk=claim.pk).exists():
        raise RefusedError("Readers see this claim: retract it and say why, instead of taking it back in silence.")


def retract_claim(*, claim: Claim, editor: User, reason: str) -> Correction:
    """Take a released claim back; a public correction says so, and its address answers with a stub.

    Raises RefusedError if readers do not see it, if it was retracted before, or without a reason.
    """
    with audit.operation(verb="retract", summary=f"Retracted: “{claim.text[:200]}”", editor=editor):
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        if claim.retracted_at:
            raise RefusedError(f"“{claim}” was retracted already.")
        if not Claim.objects.released().filter(pk=claim.pk).exists():
            raise RefusedError(f"Readers do not see “{claim}”: there is nothing to retract.")
        if not reason.strip():
            raise RefusedError("Say why the claim is retracted.")
        with public_change(editor=editor, note=PublicNote("The claim was retracted.", reason), claims=[claim.pk]):
            _mark_retracted(claim, reason, editor=editor)
        return claim.corrections.filter(kind=CorrectionKind.RETRACTION).latest("pk")


def _finish_change(change: PublicChange, *, editor: User, note: PublicNote | None) -> None:
    after = _load_public_states(change.before)
    rows = list(Claim.objects.filter(pk__in=change.before).order_by("pk"))
    changed = [row for row in rows if change.before[row.pk].differs(after[row.pk])]
    if asking := [row for row in changed if change.before[row.pk].needs_note and not note]:
        stale = workflow.outdated_verifications(rows)
        for row in asking:
            row.text = change.before[row.pk].text  # by which the editor knows it
        raise PublicNoteRequiredError(asking, stale)
    confirmed = note is not None or _confirmation.get()[1]
    stale = [] if confirmed else workflow.outdated_verifications(rows)
    if stale:
        raise ReopenConfirmationRequiredError([row for row in rows if row.pk == stale[0].claim_id], stale)
    for row in changed:
        before, now = change.before[row.pk], after[row.pk]
        if note and before.is_public:
            hidden = not now.is_public and row.merged_into_id is None
            if hidden:
                _mark_retracted(row, note.why, editor=editor)
            gone = hidden or (now.gone and not before.gone)
            kind = CorrectionKind.RETRACTION if gone else CorrectionKind.CORRECTION
            _create_correction(row, kind, note, editor=editor)
    unseen = {pk for pk, seen in change.before.items() if not seen.is_public}
    change.reopened = workflow.reopen_outdated(claims=rows, editor=editor, unseen=unseen)


def _create_correction(claim: Claim, kind: CorrectionKind, note: PublicNote, *, editor: User) -> Correction:
    return Correction.objects.create(claim=claim, kind=kind, text=note.what, reason=note.why, made_by=editor)


def _mark_retracted(claim: Claim, why: str, *, editor: User) -> None:
    claim.retracted_at = timezone.now()
    audit.update([claim], ["retracted_at"], user=editor, reason=f"retracted: {why}")


def _load_public_states(claims: Iterable[int]) -> dict[int, _PublicState]:
    """How readers see each of the claims with these ids now, whether or not they do."""
    ids = list(claims)
    quotes: dict[int, dict[int, tuple[str, int | None]]] = {pk: {} for pk in ids}
    accepted = Quote.objects.accepted().filter(claim__in=ids).order_by("pk")
    for pk, claim, exact, speaker in accepted.values_list("pk", "claim", "exact", "speaker"):
        quotes[claim][pk] = (exact, speaker)
    published = Verification.objects.filter(claim=OuterRef("pk"), state=VerificationState.PUBLISHED)
    rows = Claim.objects.filter(pk__in=ids).annotate(has_verdict=Exists(published)).order_by("pk")
    return {row.pk: _build_public_state(row, quotes[row.pk]) for row in rows}


def _build_public_state(claim: Claim, quotes: dict[int, tuple[str, int | None]]) -> _PublicState:
    has_verdict: bool = claim.has_verdict  # type: ignore[attr-defined]  # as annotated
    released = claim.released_at
    open_now = bool(quotes and claim.is_open and released)
    is_stub = bool(claim.retracted_at and released and released <= claim.retracted_at)
    settled = bool(released and released <= timezone.now() - GRACE_PERIOD)
    return _PublicState(
        text=claim.text,
        speaker=claim.speaker_id,
        said_on=claim.said_on,
        gone=claim.retracted_at is not None,
        quotes=quotes,
        is_public=open_now or is_stub,
        needs_note=is_stub or (open_now and (has_verdict or settled)),
        has_verdict=has_verdict,
    )
