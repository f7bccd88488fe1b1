"""Changes the state of a row, if the table of its state machine allows it. An undo reverses a change of state."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, TextChoices

from claims.models import (
    AMENDMENT_TRANSITIONS,
    CLAIM_TRANSITIONS,
    DECISION_TRANSITIONS,
    DELIVERY_TRANSITIONS,
    ERROR_REPORT_TRANSITIONS,
    FEED_TRANSITIONS,
    MERGE_SUGGESTION_TRANSITIONS,
    RELATION_TRANSITIONS,
    VERIFICATION_TRANSITIONS,
    Claim,
    ClaimAmendment,
    ClaimRelation,
    Delivery,
    ErrorReport,
    Feed,
    MergeSuggestion,
    Quote,
    SourceRelation,
    Verification,
)
from claims.services.errors import RefusedError


@dataclass(frozen=True, slots=True)
class StateMachine:
    """The states that each state can change to, and the attribute of the model that holds the state."""

    transitions: Mapping[Any, Collection[Any]]
    attribute: str = "state"


STATE_MACHINES: dict[type[Model], StateMachine] = {
    Quote: StateMachine(DECISION_TRANSITIONS, "decision"),
    Claim: StateMachine(CLAIM_TRANSITIONS),
    Verification: StateMachine(VERIFICATION_TRANSITIONS),
    ClaimAmendment: StateMachine(AMENDMENT_TRANSITIONS),
    ClaimRelation: StateMachine(RELATION_TRANSITIONS),
    SourceRelation: StateMachine(RELATION_TRANSITIONS),
    MergeSuggestion: StateMachine(MERGE_SUGGESTION_TRANSITIONS),
    Delivery: StateMachine(DELIVERY_TRANSITIONS),
    Feed: StateMachine(FEED_TRANSITIONS),
    ErrorReport: StateMachine(ERROR_REPORT_TRANSITIONS),
}


def can_change_state(row: Model, to: TextChoices) -> bool:
    machine = STATE_MACHINES[type(row)]
    return to in machine.transitions[getattr(row, machine.attribute)]


def refuse_change_of_state(row: Model, to: TextChoices, *, refusal: str = "") -> None:
    """Raises RefusedError, with `refusal` or the states that can change to this one, unless the row's state can."""
    if can_change_state(row, to):
        return
    machine = STATE_MACHINES[type(row)]
    state = type(to)(getattr(row, machine.attribute))
    sources = [source.label.lower() for source, targets in machine.transitions.items() if to in targets]
    raise RefusedError(
        refusal or f"This {row._meta.verbose_name} is {state.label.lower()}, not {' or '.join(sources)}."
    )


def change_state(row: Model, to: TextChoices, *, refusal: str = "") -> None:
    """Set the state without storing it. Raises as `refuse_change_of_state` does."""
    refuse_change_of_state(row, to, refusal=refusal)
    setattr(row, STATE_MACHINES[type(row)].attribute, to)
