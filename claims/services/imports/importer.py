"""Imports a spreadsheet in two steps: a dry run that shows the result of each row, then all rows or none.

If the dry run rejects rows, the others can be imported without them, after a dry run of their own.

The dry run does everything and rolls it back, so it cannot promise what the rules refuse. The import must come to
exactly the result that the dry run showed; if the data has changed in between, nothing is stored.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass

from django.contrib.auth.models import User

from claims.models import Claim, OperationVerb, Verification
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.imports.claims import import_claims
from claims.services.imports.decisions import import_decisions
from claims.services.imports.row_outcomes import RowOutcome, RowStatus
from claims.services.imports.spreadsheet import Spreadsheet

MAX_SHOWN_FILE_NAME = 60


@dataclass(frozen=True, slots=True)
class ImportKind:
    """What can be imported: the recognized columns, the required one, and the function that imports the rows.

    Its arguments are the rows, the editor and the reason for the history.
    """

    columns: tuple[str, ...]
    required: str
    import_rows: Callable[[Spreadsheet, User, str], list[RowOutcome]]


IMPORT_KINDS = {
    "claims": ImportKind(("claim_id", "claim", "speaker", "speaker_id", "said_on", "topics"), "claim", import_claims),
    "decisions": ImportKind(
        ("quote_id", "decision", "rejection_reason", "reason", "speaker", "speaker_id"), "quote_id", import_decisions
    ),
}


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The outcome of each row, and the text of each claim whose verdict goes back to review."""

    outcomes: tuple[RowOutcome, ...]
    reopened: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 (lowercase hex) of the plan: two plans with one digest are equal."""
        content = json.dumps([[asdict(outcome) for outcome in self.outcomes], self.reopened], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def count(self, status: RowStatus) -> int:
        return sum(outcome.status == status for outcome in self.outcomes)

    @property
    def rejected(self) -> int:
        return self.count(RowStatus.REJECTED)

    @property
    def can_be_stored(self) -> bool:
        """Whether something changes and no row is rejected."""
        return not self.rejected and bool(self.count(RowStatus.NEW) + self.count(RowStatus.CHANGED))

    def __str__(self) -> str:
        counts = {status: self.count(status) for status in RowStatus}
        return ", ".join(f"{count} {status}" for status, count in counts.items() if count) or "no rows"


@dataclass(frozen=True, slots=True)
class ValidRowsPlan:
    """The plan for the rows that are not rejected, and the error of each rejected one by its line."""

    plan: ImportPlan
    errors: dict[int, str]


class PlanChangedError(RefusedError):
    """The data has changed since the dry run; `plan` is what the import would do now."""

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__("The data has changed since the dry run. Check the results again.")
        self.plan = plan


class _DryRunRollbackError(Exception):
    """Rolls the transaction of a dry run back."""


def dry_run_import(*, kind: str, sheet: Spreadsheet, name: str, editor: User) -> ImportPlan:
    """What importing the file `name` would do. Nothing is stored."""
    with suppress(_DryRunRollbackError), _import_rows(kind, sheet, name, editor) as (plan, _):
        raise _DryRunRollbackError
    return plan


def dry_run_valid_rows(*, kind: str, sheet: Spreadsheet, name: str, editor: User, plan: ImportPlan) -> ValidRowsPlan:
    """What importing the file without the rows that its `plan` rejects would do. Nothing is stored."""
    errors = _list_errors(plan)
    new_errors = errors
    # Without a rejected row, another one may be rejected.
    while new_errors:
        plan = dry_run_import(kind=kind, sheet=sheet.without_rows(errors), name=name, editor=editor)
        new_errors = _list_errors(plan)
        errors |= new_errors
    return ValidRowsPlan(plan, errors)


def _list_errors(plan: ImportPlan) -> dict[int, str]:
    return {outcome.line: outcome.error for outcome in plan.outcomes if outcome.status == RowStatus.REJECTED}


def run_import(*, kind: str, sheet: Spreadsheet, name: str, editor: User, digest: str) -> ImportPlan:
    """Import all rows as one operation. `digest` is that of the plan that the editor confirmed.

    Raises PlanChangedError if the plan is another now, and RefusedError if a row is rejected or nothing changes; then
    nothing is stored.
    """
    with _import_rows(kind, sheet, name, editor) as (plan, journal):
        if plan.digest != digest:
            raise PlanChangedError(plan)
        if not plan.can_be_stored:
            raise RefusedError(f"Nothing was imported: {plan}.")
        journal.summary = f"Imported {kind} from “{name[:MAX_SHOWN_FILE_NAME]}”: {plan}"
    return plan


@contextmanager
def _import_rows(kind: str, sheet: Spreadsheet, name: str, editor: User) -> Iterator[tuple[ImportPlan, audit.Journal]]:
    """Import the rows; an error in the body rolls everything back."""
    with audit.operation(verb=OperationVerb.IMPORT, editor=editor) as journal:
        newest = Verification.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0
        outcomes = IMPORT_KINDS[kind].import_rows(sheet, editor, f"imported from {name[:MAX_SHOWN_FILE_NAME]}")
        # An import changes a verification only by sending it back to review.
        reopened_claims = Verification.history.filter(history_id__gt=newest, history_user=editor).values("claim")
        texts = Claim.objects.filter(pk__in=reopened_claims).order_by("pk").values_list("text", flat=True)
        outcomes.sort(key=lambda outcome: outcome.line)
        yield ImportPlan(tuple(outcomes), tuple(text[:200] for text in texts)), journal
