"""The tables of transitions: what services do in each state, what the database holds, and what the guide draws."""

import ast
import datetime as dt
import re
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from claims.models import (
    VERIFICATION_TRANSITIONS,
    Claim,
    ClaimAmendment,
    ClaimRelation,
    ClaimState,
    Delivery,
    ErrorReport,
    Feed,
    MergeSuggestion,
    Quote,
    SourceRelation,
    Verification,
    VerificationState,
)
from claims.services.errors import RefusedError
from claims.services.transitions import STATE_MACHINES, change_state, refuse_change_of_state
from tests import factories as make
from tests.services.workflows import WORKFLOWS
from tests.table_contents import dump_app

WITHOUT_HISTORY = {Claim, Delivery, Feed}  # a claim's state is no column; the others are records of their own
PAIRS = [
    (model, old, new)
    for model, machine in STATE_MACHINES.items()
    for old, new in product(machine.transitions, repeat=2)
]
PAIR_IDS = [f"{model._meta.model_name}-{old}-{new}" for model, old, new in PAIRS]


def in_memory(model: type[Model], state: str) -> Any:
    if model is not Claim:
        return model(**{STATE_MACHINES[model].attribute: state})
    now, day = timezone.now(), dt.timedelta(days=1)
    columns = {
        ClaimState.DRAFT: {"wording_confirmed_at": now - day},
        ClaimState.EMBARGOED: {"released_at": now + day},
        ClaimState.RELEASED: {"released_at": now - day},
        ClaimState.RETRACTED: {"released_at": now - day, "retracted_at": now},
        ClaimState.MERGED: {"released_at": now - day, "merged_into_id": 1},
    }
    return Claim(**columns.get(ClaimState(state), {}))


@pytest.mark.parametrize(("model", "old", "new"), PAIRS, ids=PAIR_IDS)
def test_the_table_decides(model: type[Model], old: Any, new: Any) -> None:
    machine, row = STATE_MACHINES[model], in_memory(model, old)
    change = refuse_change_of_state if model is Claim else change_state  # a claim's state follows from its columns
    if new in machine.transitions[old]:
        change(row, new)
    else:
        with pytest.raises(RefusedError, match=f"^This {model._meta.verbose_name} is {old.label.lower()}, not "):
            change(row, new)
        assert getattr(row, machine.attribute) == old
    assert model is Claim or getattr(row, machine.attribute) == (new if new in machine.transitions[old] else old)


@pytest.mark.parametrize("model", STATE_MACHINES)
def test_every_state_is_in_the_table_and_can_be_reached(model: type[Model]) -> None:
    states = [*STATE_MACHINES[model].transitions]
    assert set(states) == set(type(states[0]))
    reached = {states[0]}
    for _ in states:
        reached |= {target for state in reached for target in STATE_MACHINES[model].transitions[state]}
    assert reached == set(states)


@pytest.mark.django_db
@pytest.mark.parametrize("model", STATE_MACHINES)
def test_services_make_the_transitions_of_the_table_and_no_others(model: type[Model]) -> None:
    """In each state, each service makes a transition of the table, leaves the state, or refuses and writes nothing."""
    machine = STATE_MACHINES[model]
    changes: set[tuple[str, str]] = set()
    makers, services = WORKFLOWS[model].makers, WORKFLOWS[model].services.items()
    for old, make_row, (name, prepare) in product(machine.transitions, makers, services):
        with transaction.atomic():
            row, editor = make_row(old), make.UserFactory()
            assert getattr(row, machine.attribute) == old
            call_service = prepare(row, editor)
            before, refusal = dump_app(), ""
            try:
                call_service()
            except RefusedError as error:
                refusal = str(error)
            assert not refusal or dump_app() == before, f"{name} in {old}"
            new = getattr(model._base_manager.get(pk=row.pk), machine.attribute)
            assert new == old or new in machine.transitions[old], f"{name} in {old}"
            if model not in WITHOUT_HISTORY:
                assert getattr(row.history.latest(), machine.attribute) == new
            changes |= {(old, new)} if new != old else set()
            transaction.set_rollback(True)
    assert changes == table_edges(model)


def table_edges(model: type[Model]) -> set[tuple[str, str]]:
    return {(old, new) for old, targets in STATE_MACHINES[model].transitions.items() for new in targets}


@pytest.mark.django_db
@pytest.mark.parametrize("new", VerificationState)
@pytest.mark.parametrize("old", VerificationState)
def test_the_trigger_holds_the_table_from_publication_on(old: VerificationState, new: VerificationState) -> None:
    row = make.VerificationFactory(published=True, state=old)
    allowed = old == new or new in VERIFICATION_TRANSITIONS[old]
    if allowed or old in {VerificationState.DRAFT, VerificationState.SUBMITTED}:
        Verification.objects.filter(pk=row.pk).update(state=new)
    else:
        with pytest.raises(IntegrityError, match="verification_ends_for_good"), transaction.atomic():
            Verification.objects.filter(pk=row.pk).update(state=new)


STATE_ATTRIBUTES = {machine.attribute for machine in STATE_MACHINES.values()}
# Modules that set an attribute of this name themselves.
SET_BY_HAND = {
    "sources/anchors.py",  # an anchor's state says how the quote was found: no workflow
    "sources/resolve_anchor.py",  # likewise
    "quotes/split_join.py",  # the second part is a new quote
    "speakers/merge.py",  # undoing a merge
}


def sets_state_by_hand(code: str) -> bool:
    """Whether the code assigns to an attribute of this name, or updates a column of it."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store()) if name in STATE_ATTRIBUTES:
                return True
            case ast.Call(func=ast.Attribute(attr="update"), keywords=columns):
                if STATE_ATTRIBUTES & {column.arg for column in columns}:
                    return True
    return False


def test_services_set_states_through_the_tables() -> None:
    services = settings.BASE_DIR / "claims" / "services"
    by_hand = {
        path.relative_to(services).as_posix()
        for path in services.rglob("*.py")
        if sets_state_by_hand(path.read_text(encoding="utf-8"))
    }
    assert by_hand == SET_BY_HAND


GUIDE = (settings.BASE_DIR / "docs" / "states.md").read_text(encoding="utf-8")
DIAGRAMS = {
    section.splitlines()[0]: section.split("```mermaid\nstateDiagram-v2\n")[1].split("```")[0]
    for section in GUIDE.split("\n## ")[1:]
}
HEADINGS: dict[type[Model], str] = {
    Quote: "Quote",
    Claim: "Claim",
    Verification: "Verification",
    ClaimAmendment: "Draft correction",
    ClaimRelation: "Relation between two claims",
    SourceRelation: "Relation between two sources",
    MergeSuggestion: "Merge suggestion",
    Delivery: "Delivery",
    Feed: "Feed",
    ErrorReport: "Error report",
}


def test_the_guide_draws_every_state_machine() -> None:
    assert set(HEADINGS) == set(STATE_MACHINES)
    assert set(DIAGRAMS) == set(HEADINGS.values())


@pytest.mark.parametrize("model", STATE_MACHINES)
def test_the_guide_draws_the_table(model: type[Model]) -> None:
    transitions = STATE_MACHINES[model].transitions
    drawn = re.findall(r"^ +(\S+) --> ([^\s:]+)(?:: \S.*)?$", DIAGRAMS[HEADINGS[model]], re.MULTILINE)
    assert len(drawn) == len(DIAGRAMS[HEADINGS[model]].splitlines()), "every line is an arrow"
    ends = {(state, "[*]") for state, targets in transitions.items() if not targets}
    assert set(drawn) == table_edges(model) | ends | {("[*]", next(iter(transitions)))}
