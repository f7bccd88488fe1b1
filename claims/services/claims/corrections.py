"""Changes of public claims: they take a public note, and send the verdicts that they concern back to review.

Whatever changes a claim or its quotes does so within `public_change`, which compares what readers see before and after.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.models import (
    Claim,
    ClaimState,
    Correction,
    CorrectionKind,
    OperationVerb,
    Quote,
    Verification,
    VerificationState,
)
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.transitions import refuse_change_of_state
from claims.services.verification import workflow

# Mistakes noticed right after publication are not corrections: a claim without a verdict takes no public note until
# this long after its release.
GRACE_PERIOD = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class PublicNote:
    """What readers are told of a change: what was changed, and why."""

    what: str
    why: str

    def refuse_if_incomplete(self) -> None:
        if not (self.what.strip() and self.why.strip()):
            raise RefusedError("The public note must say what was changed and why.")


class Unconfirmed:
    """In place of a note: the editor has not agreed yet that verifications go back to review."""


# The argument `note` of the services that may change what readers see. None: there is no note, and verifications may go
# back to review. An interface that shows the consequences first passes Unconfirmed() until the editor agrees.
Note: TypeAlias = PublicNote | Unconfirmed | None


class PublicNoteRequiredError(RefusedError):
    """The change is visible to readers of these `claims`, and there is no public note.

    `verifications` are those that the change would send back to review.
    """

    def __init__(self, claims: Sequence[Claim], verifications: Sequence[Verification]) -> None:
        subject = (
            f"“{claims[0]}” is public."
            if len(claims) == 1
            else f"This changes {len(claims)} claims that are public, “{claims[0]}” among them."
        )
        super().__init__(f"{subject} Add a public note that says what was changed and why.")
        self.claims = tuple(claims)
        self.verifications = tuple(verifications)


class ReopenConfirmationRequiredError(RefusedError):
    """The change of these `claims` would send `verifications` back to review, and the editor has not confirmed it."""

    def __init__(self, claims: Sequence[Claim], verifications: Sequence[Verification]) -> None:
        count = f"{len(verifications)} verification{'' if len(verifications) == 1 else 's'}"
        super().__init__(f"This sends {count} of “{claims[0]}” back to review. Please confirm.")
        self.claims = tuple(claims)
        self.verifications = tuple(verifications)


@dataclass(frozen=True, slots=True)
class _PublicState:
    """What readers see of a claim; `quotes` maps the ids of its accepted quotes to their text and speaker."""

    text: str
    speaker: int | None
    said_on: date | None
    released_at: datetime | None
    is_retracted: bool
    quotes: dict[int, tuple[str, int | None]]
    is_public: bool
    needs_note: bool
    has_verdict: bool

    def differs_from(self, later: "_PublicState") -> bool:
        """Whether readers would notice. An added quote counts only if there is a verdict, which did not judge it."""
        if (self.text, self.speaker, self.said_on, self.is_retracted) != (
            later.text,
            later.speaker,
            later.said_on,
            later.is_retracted,
        ):
            return True
        lost_quotes = any(later.quotes.get(pk) != quote for pk, quote in self.quotes.items())
        return lost_quotes or (self.has_verdict and self.quotes != later.quotes)


class PublicChange:
    """An open change: the claims that it may affect, as readers saw them before, and the verifications it reopened."""

    def __init__(self) -> None:
        self.before: dict[int, _PublicState] = {}
        self.reopened: list[Verification] = []

    def track(self, claims: Iterable[int | None]) -> None:
        """Lock the claims with these ids and remember their state; those tracked already keep their first state."""
        new_ids = {pk for pk in claims if pk} - self.before.keys()
        list(Claim.objects.select_for_update().filter(pk__in=new_ids).order_by("pk").values_list("pk"))
        self.before |= _load_public_states(new_ids)


@contextmanager
def public_change(*, editor: User, note: Note = None, claims: Iterable[int | None] = ()) -> Iterator[PublicChange]:
    """One transaction that changes these claims or their quotes; further claims are tracked before they change.

    At the end, verifications of what changed go back to review. If readers see a difference, `note` becomes a public
    correction by `editor`; a claim that is no longer public is retracted with it.

    Raises PublicNoteRequiredError if the difference takes a note and there is none, RefusedError if the note is
    incomplete, and ReopenConfirmationRequiredError if verifications would go back to review `Unconfirmed`.
    """
    if isinstance(note, PublicNote):
        note.refuse_if_incomplete()
    change = PublicChange()
    with transaction.atomic():
        change.track(claims)
        yield change
        _finish_change(change, editor=editor, note=note)


def refuse_silent_withdrawal(*, claim: Claim, released_at: datetime | None) -> None:
    """Raises RefusedError if this publication date would hide a public claim; it has to be retracted instead."""
    would_hide = released_at is None or released_at > timezone.now()
    if would_hide and Claim.objects.released().filter(pk=claim.pk).exists():
        raise RefusedError("This claim is public. Retract it with a reason instead of hiding it.")


def retract_claim(*, claim: Claim, editor: User, reason: str) -> Correction:
    """Retract a public claim: a public correction says so, and a stub stays at its address.

    Raises RefusedError if it is not public, if it is already retracted, and without a reason.
    """
    with audit.operation(verb=OperationVerb.RETRACT, summary=f"Retracted: “{claim.text[:200]}”", editor=editor):
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        if claim.retracted_at:
            raise RefusedError(f"“{claim}” is already retracted.")
        if not Claim.objects.released().filter(pk=claim.pk).exists():
            raise RefusedError(f"“{claim}” is not public, so it cannot be retracted.")
        if not reason.strip():
            raise RefusedError("Give a reason for the retraction.")
        with public_change(editor=editor, note=PublicNote("The claim was retracted.", reason), claims=[claim.pk]):
            _mark_retracted(claim, reason, editor=editor)
        return claim.corrections.filter(kind=CorrectionKind.RETRACTION).latest("pk")


def _finish_change(change: PublicChange, *, editor: User, note: Note) -> None:
    after = _load_public_states(change.before)
    claims = list(Claim.objects.filter(pk__in=change.before).order_by("pk"))
    changed = [claim for claim in claims if change.before[claim.pk].differs_from(after[claim.pk])]
    # Readers find the quotes of a claim that a split had made under the other claim again, when the split is undone.
    shown = {quote for state in after.values() if state.is_public for quote in state.quotes}
    for pk, state in change.before.items():
        if pk not in after and state.needs_note and not (state.quotes and state.quotes.keys() <= shown):
            raise RefusedError(f"“{state.text}” is public. Retract it with a reason instead.")
    if not isinstance(note, PublicNote):
        _refuse_without_note(change, claims, changed, is_confirmed=note is None)
    for claim in changed:
        before, later = change.before[claim.pk], after[claim.pk]
        if isinstance(note, PublicNote) and before.is_public:
            hidden = not later.is_public and claim.merged_into_id is None
            if hidden:
                claim.released_at = before.released_at  # an undo may have cleared it
                _mark_retracted(claim, note.why, editor=editor)
            retracted = hidden or (later.is_retracted and not before.is_retracted)
            kind = CorrectionKind.RETRACTION if retracted else CorrectionKind.CORRECTION
            Correction.objects.create(claim=claim, kind=kind, text=note.what, reason=note.why, made_by=editor)
    never_public = {pk for pk, state in change.before.items() if not state.is_public}
    change.reopened = workflow.reopen_outdated(claims=claims, editor=editor, not_public=never_public)


def _refuse_without_note(
    change: PublicChange, claims: Sequence[Claim], changed: Sequence[Claim], *, is_confirmed: bool
) -> None:
    """Raises the error that asks for a note for readers, or for the confirmation that verifications are reopened."""
    lacking = [claim for claim in changed if change.before[claim.pk].needs_note]
    if not lacking and is_confirmed:
        return
    outdated = workflow.outdated_verifications(claims)
    if lacking:
        for claim in lacking:
            claim.text = change.before[claim.pk].text  # the text that the editor knows it by
        raise PublicNoteRequiredError(lacking, outdated)
    if outdated:
        raise ReopenConfirmationRequiredError([claim for claim in claims if claim.pk == outdated[0].claim_id], outdated)


def _mark_retracted(claim: Claim, why: str, *, editor: User) -> None:
    refuse_change_of_state(claim, ClaimState.RETRACTED)
    claim.retracted_at = timezone.now()
    audit.update([claim], ["released_at", "retracted_at"], user=editor, reason=f"retracted: {why}")


def _load_public_states(claim_ids: Iterable[int]) -> dict[int, _PublicState]:
    """The states of the claims with these ids, public or not."""
    ids = list(claim_ids)
    quotes: dict[int, dict[int, tuple[str, int | None]]] = {pk: {} for pk in ids}
    accepted = Quote.objects.accepted().filter(claim__in=ids).order_by("pk")
    for pk, claim_id, exact, speaker_id in accepted.values_list("pk", "claim", "exact", "speaker"):
        quotes[claim_id][pk] = (exact, speaker_id)
    published = Verification.objects.filter(claim=OuterRef("pk"), state=VerificationState.PUBLISHED)
    claims_with_verdict = Claim.objects.filter(pk__in=ids).annotate(has_verdict=Exists(published)).order_by("pk")
    return {
        claim.pk: _build_public_state(claim, quotes[claim.pk], has_verdict=claim.has_verdict)  # type: ignore[attr-defined]  # annotated
        for claim in claims_with_verdict
    }


def _build_public_state(claim: Claim, quotes: dict[int, tuple[str, int | None]], *, has_verdict: bool) -> _PublicState:
    released = claim.released_at
    is_visible = bool(quotes and claim.is_open and released)
    is_stub = bool(claim.retracted_at and released and released <= claim.retracted_at)
    grace_period_over = bool(released and released <= timezone.now() - GRACE_PERIOD)
    return _PublicState(
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
