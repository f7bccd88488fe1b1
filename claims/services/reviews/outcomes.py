"""What an import does with each fact-check of a file."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class ReviewStatus(StrEnum):
    """The values are shown to the editor."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WAITING = "waiting"  # for a person to map its rating
    EDITED = "edited here"  # since it was imported: the changed fact-check is only reported
    REJECTED = "rejected"


STORED = (ReviewStatus.NEW, ReviewStatus.CHANGED)
NOT_IMPORTED = (ReviewStatus.WAITING, ReviewStatus.EDITED, ReviewStatus.REJECTED)


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """`place` says where in the file it stands; `publisher` is empty for one of ours."""

    place: str
    status: ReviewStatus
    label: str
    publisher: str = ""
    detail: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UsedRating:
    """A rating of our own fact-checks in the file, and the slug of the rating that it is mapped to, if it is."""

    publisher: str
    words: str
    mapped_to: str


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    outcomes: tuple[ReviewOutcome, ...]
    ratings: tuple[UsedRating, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 (lowercase hex) of the plan: two plans with one digest are equal."""
        content = json.dumps(asdict(self), ensure_ascii=False)
        return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()

    def count(self, *statuses: ReviewStatus) -> int:
        return sum(outcome.status in statuses for outcome in self.outcomes)

    @property
    def can_be_stored(self) -> bool:
        return bool(self.count(*STORED))

    @property
    def unmapped(self) -> tuple[UsedRating, ...]:
        return tuple(rating for rating in self.ratings if not rating.mapped_to)

    @property
    def is_complete(self) -> bool:
        """Whether every fact-check of the file is in the database once it is imported."""
        return not self.count(*NOT_IMPORTED)

    def __str__(self) -> str:
        counts = {status: self.count(status) for status in ReviewStatus}
        return ", ".join(f"{count} {status}" for status, count in counts.items() if count) or "nothing"
