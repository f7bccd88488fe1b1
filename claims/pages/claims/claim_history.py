"""The public history of a claim: its release, its current verdict, and what corrections changed."""

from dataclasses import dataclass

from claims.models import CorrectedFieldName
from claims.pages.common.rows import APIRow


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """At an ISO 8601 timestamp, a correction was made; without one, the current verdict was published."""

    at: str
    correction: APIRow | None = None


@dataclass(frozen=True, slots=True)
class ClaimHistory:
    """The events are newest first. `has_earlier` says whether there were more corrections than these.

    `first_wording` is what the claim was released with, if it is known and another than today's.
    """

    events: list[HistoryEvent]
    has_earlier: bool
    first_wording: str


def claim_history(claim: APIRow) -> ClaimHistory:
    """Returns the history of a claim, which has its newest corrections, newest first."""
    corrections = claim["corrections"]
    events = [HistoryEvent(row["made_at"], row) for row in corrections]
    if claim["verification"]:
        events.append(HistoryEvent(claim["verification"]["published_at"]))
    events.sort(key=lambda event: event.at, reverse=True)
    has_earlier = claim["corrections_count"] > len(corrections)
    wordings = [
        change["before"]
        for row in corrections
        for change in row["changes"]
        if change["field"] == CorrectedFieldName.WORDING
    ]
    return ClaimHistory(events, has_earlier, wordings[-1] if wordings and not has_earlier else "")
