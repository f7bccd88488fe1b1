"""Changes of public claims: they take a public note, and send the verdicts that they concern back to review.

Whatever changes a claim or its quotes does so within `public_change`, which compares what readers see before and after.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst, get_text_list

from claims.models import (
    Claim,
    ClaimState,
    CorrectedFieldName,
    Correction,
    CorrectionKind,
    OperationVerb,
    Quote,
    Verification,
    VerificationState,
)
from claims.services.claims.correction_entries import CLAIM_RETRACTED, EARLY_EDIT, TAKEN_BACK, Subject, store_correction
from claims.services.claims.public_state import (
    PublicDifference,
    PublicState,
    find_differences,
    load_public_state,
)
from claims.services.claims.repeats import notify_of_added_quotes
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.people.account_ties import explain_ties, find_alias_ties
from claims.services.transitions import refuse_change_of_state
from claims.services.verification import workflow


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
    """Readers would notice these `differences`, and there is no public note.

    `claims` are those that they are about, `verifications` those that the change would send back to review.
    """

    def __init__(
        self,
        differences: Sequence[PublicDifference],
        claims: Sequence[Claim],
        verifications: Sequence[Verification],
    ) -> None:
        first = f"“{differences[0].subject}”"
        what = "claims" if claims else "quotes"
        subject = (
            f"{first} is public."
            if len(differences) == 1
            else f"This changes {len(differences)} {what} that are public, {first} among them."
        )
        super().__init__(f"{subject} Add a public note that says what was changed and why.")
        self.differences = tuple(differences)
        self.claims = tuple(claims)
        self.verifications = tuple(verifications)


class ReopenConfirmationRequiredError(RefusedError):
    """The change of these `claims` would send `verifications` back to review, and the editor has not confirmed it."""

    def __init__(self, claims: Sequence[Claim], verifications: Sequence[Verification]) -> None:
        count = f"{len(verifications)} verification{'' if len(verifications) == 1 else 's'}"
        super().__init__(f"This sends {count} of “{claims[0]}” back to review. Please confirm.")
        self.claims = tuple(claims)
        self.verifications = tuple(verifications)


class PublicChange:
    """An open change: the claims and quotes it may affect, as they were before, and the verifications it reopened."""

    def __init__(self) -> None:
        self.before = PublicState()
        self.reopened: list[Verification] = []

    def track(self, claims: Iterable[int | None] = (), *, quotes: Iterable[int] = ()) -> None:
        """Lock the claims with these ids, and remember their state and that of their quotes and of these quotes.

        What is tracked already keeps its first state.
        """
        new_ids = {pk for pk in claims if pk} - self.before.claims.keys()
        list(Claim.objects.select_for_update().filter(pk__in=new_ids).order_by("pk").values_list("pk"))
        state = load_public_state(new_ids, set(quotes) - self.before.quotes.keys())
        self.before = PublicState(state.claims | self.before.claims, state.quotes | self.before.quotes)


@contextmanager
def public_change(
    *, editor: User, note: Note = None, claims: Iterable[int | None] = (), quotes: Iterable[int] = ()
) -> Iterator[PublicChange]:
    """One transaction that changes these claims, their quotes or these quotes; others are tracked before they change.

    At the end, verifications of what changed go back to review. If readers see a difference, `note` becomes a public
    correction by `editor`; a claim that is no longer public is retracted with it. A difference that takes no note is
    a public correction, too, of the kind `edit`.

    Raises PublicNoteRequiredError if the difference takes a note and there is none, RefusedError if the note is
    incomplete or `editor` releases a claim whose verdict they imported, and ReopenConfirmationRequiredError if
    verifications would go back to review `Unconfirmed`.
    """
    if isinstance(note, PublicNote):
        note.refuse_if_incomplete()
    change = PublicChange()
    with transaction.atomic():
        change.track(claims, quotes=quotes)
        yield change
        _finish_change(change, editor=editor, note=note)


def refuse_publication_time(*, claim: Claim, released_at: datetime | None) -> None:
    """Raises RefusedError for a publication time that publishes or hides what the editor does not see.

    It would hide a public claim, which has to be retracted instead, or lift the embargo on accepted quotes.
    """
    would_hide = released_at is None or released_at > timezone.now()
    if would_hide and Claim.objects.released().filter(pk=claim.pk).exists():
        raise RefusedError("This claim is public. Retract it with a reason instead of hiding it.")
    lifts_embargo = released_at is None and claim.state == ClaimState.EMBARGOED
    if lifts_embargo and claim.quotes.accepted().exists():
        raise RefusedError(
            "Without the embargo, the accepted quotes of this claim would be public at once. Reset them to pending"
            " first, or set another time."
        )


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
        with public_change(editor=editor, note=PublicNote(CLAIM_RETRACTED, reason), claims=[claim.pk]):
            _mark_retracted(claim, reason, editor=editor)
        return claim.corrections.filter(kind=CorrectionKind.RETRACTION).latest("pk")


def _finish_change(change: PublicChange, *, editor: User, note: Note) -> None:
    before = change.before
    after = load_public_state(before.claims.keys(), before.quotes.keys())
    _refuse_silent_deletion(before, after)
    claims = list(Claim.objects.filter(pk__in=before.claims).order_by("pk"))
    _refuse_release_by_importer(before, claims, editor=editor)
    differences = find_differences(before, after)
    if not isinstance(note, PublicNote):
        _refuse_without_note(differences, claims, is_confirmed=note is None)
    claims_by_id = {claim.pk: claim for claim in claims}
    for difference in differences:
        claim = claims_by_id.get(difference.claim or 0)
        is_hidden = claim is not None and difference.is_gone and claim.merged_into_id is None
        if claim and is_hidden and isinstance(note, PublicNote):
            claim.released_at = before.claims[claim.pk].released_at  # an undo may have cleared it
            _mark_retracted(claim, note.why, editor=editor)
            _record_difference(replace(difference, is_retracted=True), note, editor=editor)
        else:
            _record_difference(difference, note if isinstance(note, PublicNote) else None, editor=editor)
    never_public = {pk for pk, claim in before.claims.items() if not claim.is_public}
    subjects = {row.claim: Subject(row.subject, row.speaker) for row in differences if row.claim}
    change.reopened = workflow.reopen_outdated(
        claims=claims, editor=editor, not_public=never_public, former_subjects=subjects
    )
    former_claims = {pk: quote.claim for pk, quote in before.quotes.items()}
    added = {pk for pk, quote in after.quotes.items() if quote.claim and former_claims.get(pk) != quote.claim}
    notify_of_added_quotes(quotes=added, editor=editor)


def _refuse_release_by_importer(before: PublicState, claims: Iterable[Claim], *, editor: User) -> None:
    """Raises RefusedError for the release of a claim whose imported verdict nobody but this editor has seen.

    Such a verdict has no approver: whoever releases its claim is the second person who stands for it.
    """
    released = [claim.pk for claim in claims if claim.released_at and not before.claims[claim.pk].released_at]
    if not released:
        return
    published = Verification.objects.filter(claim__in=released, state=VerificationState.PUBLISHED)
    for verification in published.exclude(review_url="").select_related("claim"):
        ties = find_alias_ties(editor, {verification.author_id: verification.created_at})
        if ties or verification.author_id == editor.pk:
            raise RefusedError(
                f"“{verification.claim}” has a verdict that you imported. Another person has to release it."
                + (f" {explain_ties(ties)}" if ties else "")
            )


def _refuse_silent_deletion(before: PublicState, after: PublicState) -> None:
    """Raises RefusedError if something is gone whose change takes a note: it would have no page to show that."""
    # Readers find the quotes of a claim that a split had made under the other claim again, when the split is undone.
    shown = {quote for claim in after.claims.values() if claim.is_public for quote in claim.quotes}
    for pk, claim in before.claims.items():
        if pk not in after.claims and claim.needs_note and not (claim.quotes and claim.quotes.keys() <= shown):
            raise RefusedError(f"“{claim.text}” is public. Retract it with a reason instead.")
    lost = {pk for pk, quote in before.quotes.items() if quote.needs_note and pk not in after.quotes}
    if deleted := lost - set(Quote.objects.filter(pk__in=lost).values_list("pk", flat=True)):
        raise RefusedError(f"“{before.quotes[min(deleted)].text}” is public. Reject it with a public note instead.")


def _refuse_without_note(
    differences: Sequence[PublicDifference], claims: Sequence[Claim], *, is_confirmed: bool
) -> None:
    """Raises the error that asks for a note for readers, or for the confirmation that verifications are reopened."""
    lacking = [difference for difference in differences if difference.needs_note]
    if not lacking and is_confirmed:
        return
    outdated = workflow.outdated_verifications(claims)
    if lacking:
        texts = {difference.claim: difference.subject for difference in lacking}
        public = [claim for claim in claims if claim.pk in texts]
        for claim in public:
            claim.text = texts[claim.pk]  # the text that the editor knows it by
        raise PublicNoteRequiredError(lacking, public, outdated)
    if outdated:
        raise ReopenConfirmationRequiredError([claim for claim in claims if claim.pk == outdated[0].claim_id], outdated)


def _record_difference(difference: PublicDifference, note: PublicNote | None, *, editor: User) -> None:
    """Publish the note, or, if the difference took none, that there was an early edit."""
    if difference.is_retracted:
        kind = CorrectionKind.RETRACTION
    elif note is None:
        kind = CorrectionKind.EDIT
    elif difference.claim is None and difference.is_gone:
        kind = CorrectionKind.WITHDRAWAL
    else:
        kind = CorrectionKind.CORRECTION
    correction = Correction(
        claim_id=difference.claim,
        quote_id=difference.quote,
        kind=kind,
        subject=difference.subject,
        speaker=difference.speaker,
        text=note.what if note else _describe(difference),
        reason=note.why if note else EARLY_EDIT,
        made_by=editor,
    )
    store_correction(correction, difference.changes)


def _describe(difference: PublicDifference) -> str:
    """Says what was changed, where no editor did."""
    if difference.is_retracted:
        return CLAIM_RETRACTED
    if difference.is_gone:
        return TAKEN_BACK
    labels = dict.fromkeys(CorrectedFieldName(change.field).label for change in difference.changes)
    return f"{capfirst(get_text_list(list(labels) or ['details'], 'and'))} changed."


def _mark_retracted(claim: Claim, why: str, *, editor: User) -> None:
    refuse_change_of_state(claim, ClaimState.RETRACTED)
    claim.retracted_at = timezone.now()
    claim.wording_confirmed_at = claim.wording_confirmed_at or claim.released_at  # an undo may have cleared it
    fields = ["released_at", "retracted_at", "wording_confirmed_at"]
    audit.update([claim], fields, user=editor, reason=f"retracted: {why}")
