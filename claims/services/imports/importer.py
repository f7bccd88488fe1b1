"""Import of a table: rehearsed first, with what becomes of each row; then carried out as a whole, or not at all.

A rehearsal does everything and takes it back, so that it cannot promise what the rules refuse. What is carried out must
come to just what was rehearsed: if the database is another by then, nothing is stored.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import NoReturn

from django.contrib.auth.models import User

from claims.models import Claim, Quote, Verification
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.imports.claims import import_claims
from claims.services.imports.decisions import import_decisions
from claims.services.imports.row_outcomes import CHANGED, NEW, REFUSED, UNCHANGED, RowOutcome
from claims.services.imports.spreadsheet import Spreadsheet

MAX_SHOWN_FILE_NAME = 60


@dataclass(frozen=True, slots=True)
class ImportKind:
    """What can be imported: the columns that are read, the one it takes, and what does it."""

    columns: tuple[str, ...]
    needed: str
    run: Callable[[Spreadsheet, User], list[RowOutcome]]


IMPORT_KINDS = {
    "claims": ImportKind(("claim_id", "claim", "speaker", "speaker_id", "said_on", "topics"), "claim", import_claims),
    "decisions": ImportKind(("quote_id", "decision", "reason", "speaker", "speaker_id"), "quote_id", import_decisions),
}


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What becomes of each row, and the claims whose verdicts go back to review with it."""

    fates: tuple[RowOutcome, ...]
    reopened: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What tells this plan from another."""
        said = json.dumps([[asdict(fate) for fate in self.fates], self.reopened], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    def count(self, outcome: str) -> int:
        """How many rows come to this."""
        return sum(fate.outcome == outcome for fate in self.fates)

    @property
    def refused(self) -> int:
        """How many rows a rule refuses."""
        return self.count(REFUSED)

    @property
    def can_be_stored(self) -> bool:
        """Whether something changes and nothing is refused."""
        return not self.refused and bool(self.count(NEW) + self.count(CHANGED))

    def __str__(self) -> str:
        counts = [f"{self.count(outcome)} {outcome}" for outcome in (NEW, CHANGED, UNCHANGED, REFUSED)]
        return ", ".join(count for count in counts if not count.startswith("0 ")) or "no rows"


class PlanChangedError(RefusedError):
    """The database is not as it was at the rehearsal; `plan` is what would come of the import now."""

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__("Something was changed since the dry run: look at what would become of the rows now.")
        self.plan = plan


class _DryRunRollbackError(Exception):
    def __init__(self, plan: ImportPlan) -> None:
        super().__init__()
        self.plan = plan


def dry_run_import(*, kind: str, sheet: Spreadsheet, name: str, editor: User) -> ImportPlan:
    """What would become of each row. Nothing is stored."""

    def take_back(plan: ImportPlan, _: audit.Journal) -> NoReturn:
        raise _DryRunRollbackError(plan)

    try:
        _import_rows(kind, sheet, name, editor, take_back)
    except _DryRunRollbackError as rehearsed:
        return rehearsed.plan
    raise AssertionError  # `take_back` never returns


def run_import(*, kind: str, sheet: Spreadsheet, name: str, editor: User, digest: str) -> ImportPlan:
    """Store all rows in one transaction, as one operation. `digest` is that of the plan that was agreed to.

    Raises AnotherPlanError if it comes to something else by now, and RefusedError if a row is refused or none changes
    anything; nothing is stored then.
    """

    def agree(plan: ImportPlan, operation: audit.Journal) -> None:
        if plan.digest != digest:
            raise PlanChangedError(plan)
        if not plan.can_be_stored:
            raise RefusedError(f"Nothing was stored: {plan}.")
        operation.summary = f"Imported {kind} from “{name[:MAX_SHOWN_FILE_NAME]}”: {plan}"

    return _import_rows(kind, sheet, name, editor, agree)


def _import_rows(
    kind: str, sheet: Spreadsheet, name: str, editor: User, then: Callable[[ImportPlan, audit.Journal], None]
) -> ImportPlan:
    with audit.operation(verb="import", summary="", editor=editor) as operation:
        newest = Verification.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0
        with audit.reason_prefix(f"imported from {name[:MAX_SHOWN_FILE_NAME]}", Claim, Quote):
            fates = IMPORT_KINDS[kind].run(sheet, editor)
        # Nothing of an import changes a verification but what sends it back to review.
        touched = Verification.history.filter(history_id__gt=newest, history_user=editor).values("claim")
        reopened = Claim.objects.filter(pk__in=touched).order_by("pk").values_list("text", flat=True)
        plan = ImportPlan(tuple(sorted(fates, key=lambda fate: fate.line)), tuple(text[:200] for text in reopened))
        then(plan, operation)
    return plan
