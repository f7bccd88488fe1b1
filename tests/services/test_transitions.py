"""The tables of transitions: what services do in each state, what the database holds, and what the guide draws."""

import ast
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from claims.models import (
    VERIFICATION_TRANSITIONS,
    AmendmentState,
    Claim,
    ClaimAmendment,
    ClaimRelation,
    ClaimState,
    MergeSuggestion,
    MergeSuggestionState,
    Quote,
    QuoteDecision,
    RelationKind,
    RelationState,
    Verification,
    VerificationState,
)
from claims.services.claims import correction_drafts, editing, relations, split_merge
from claims.services.claims.corrections import retract_claim
from claims.services.errors import RefusedError
from claims.services.quotes.decisions import decide_quotes
from claims.services.speakers import merge, merge_suggestions
from claims.services.transitions import STATE_MACHINES, change_state, refuse_change_of_state
from claims.services.verification import workflow
from tests import factories as make
from tests import verifications
from tests.services.claims.claim_states import make_public_claim
from tests.table_contents import dump_app
from tests.verifications import PUBLIC_NOTE

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


# Prepares the call of a service with the row.
Service = Callable[[Any, User], Callable[[], object]]
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Workflow:
    """`makers` build a row in a state; `services` may change it."""

    makers: tuple[Callable[[Any], Any], ...]
    services: dict[str, Service]


def make_quote(state: QuoteDecision) -> Quote:
    quote: Quote = make.QuoteFactory(**({} if state == QuoteDecision.PENDING else {state.value: True}))
    return quote


def decide(decision: QuoteDecision) -> Service:
    return lambda quote, editor: partial(decide_quotes, quotes=[quote.pk], decision=decision, editor=editor)


def make_claim(state: ClaimState) -> Claim:
    claim: Claim = make.QuoteFactory(accepted=True).claim
    if state == ClaimState.RETRACTED:
        retract(claim, make.UserFactory())()
    elif state == ClaimState.MERGED:
        merge_into_other(claim, make.UserFactory())()
    else:
        released_at = {ClaimState.EMBARGOED: timezone.now() + DAY, ClaimState.RELEASED: timezone.now() - DAY}.get(state)
        Claim.objects.filter(pk=claim.pk).update(released_at=released_at)
    return Claim.objects.get(pk=claim.pk)


def make_claim_without_accepted_quote(state: ClaimState) -> Claim:
    claim = make_claim(state)
    claim.quotes.update(decision=QuoteDecision.PENDING, decided_by=None, decided_at=None)
    return claim


def set_release(delay: dt.timedelta | None) -> Service:
    released_at = None if delay is None else timezone.now() + delay
    return lambda claim, editor: partial(
        editing.edit_claim, claim=claim, changes={"released_at": released_at}, editor=editor, note=PUBLIC_NOTE
    )


def retract(claim: Claim, editor: User) -> Callable[[], object]:
    return partial(retract_claim, claim=claim, editor=editor, reason="Wrong.")


def merge_into_other(claim: Claim, editor: User) -> Callable[[], object]:
    kept = make.ClaimFactory(speaker=claim.speaker, released_at=claim.released_at)
    return partial(split_merge.merge_claims, kept=kept, emptied=claim, editor=editor, note=PUBLIC_NOTE)


def accept_a_quote(claim: Claim, editor: User) -> Callable[[], object]:
    quote = make.QuoteFactory(claim=claim, speaker=claim.speaker)
    return partial(decide_quotes, quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor, note=PUBLIC_NOTE)


def publish_another(verification: Verification, editor: User) -> Callable[[], object]:
    other = verifications.make_submitted(verification.claim)
    return partial(workflow.publish_verification, verification=other, approver=editor)


def reword_claim(verification: Verification, editor: User) -> Callable[[], object]:
    changes = {"text": "Rivers rise."}
    return partial(editing.edit_claim, claim=verification.claim, changes=changes, editor=editor, note=PUBLIC_NOTE)


def make_correction_draft(state: AmendmentState) -> ClaimAmendment:
    draft = correction_drafts.save_correction_draft(
        claim=make_public_claim(),
        text="Rivers rise.",
        speaker=None,
        said_on=None,
        note=PUBLIC_NOTE,
        author=make.UserFactory(),
    )
    if state != AmendmentState.OPEN:
        WORKFLOWS[ClaimAmendment].services[state](draft, draft.author)()
    return ClaimAmendment.objects.get(pk=draft.pk)


def make_relation(state: RelationState) -> ClaimRelation:
    _, second = (make.ClaimFactory(text="Rivers are full.") for _ in range(2))
    (relation,) = relations.suggest_relations(claim=second, editor=make.UserFactory())
    if state != RelationState.SUGGESTED:
        WORKFLOWS[ClaimRelation].services[state](relation, make.UserFactory())()
    return ClaimRelation.objects.get(pk=relation.pk)


def confirm(relation: ClaimRelation, editor: User) -> Callable[[], object]:
    first, second, kind = relation.first, relation.second, RelationKind(relation.kind)
    return partial(relations.relate_claims, first=first, second=second, kind=kind, editor=editor)


def merge_claim_with_relation(relation: ClaimRelation, editor: User) -> Callable[[], object]:
    """Merge a claim with a decided relation into one of the two."""
    other = make.ClaimFactory(speaker=relation.first.speaker)
    relations.relate_claims(first=other, second=relation.second, kind=RelationKind.UPDATES, editor=editor)
    return partial(split_merge.merge_claims, kept=relation.first, emptied=other, editor=editor)


def make_suggestion(state: MergeSuggestionState) -> MergeSuggestion:
    first, second = make.SpeakerFactory(name="Ann Lee"), make.SpeakerFactory(name="Anne Lee")
    merge_suggestions.suggest_merges([second])
    suggestion = MergeSuggestion.objects.get(first=first, second=second)
    if state != MergeSuggestionState.OPEN:
        WORKFLOWS[MergeSuggestion].services[state](suggestion, make.UserFactory())()
    return MergeSuggestion.objects.get(pk=suggestion.pk)


WORKFLOWS: dict[type[Model], Workflow] = {
    Quote: Workflow((make_quote,), {decision: decide(decision) for decision in QuoteDecision}),
    Claim: Workflow(
        (make_claim, make_claim_without_accepted_quote),
        {
            "clear the time": set_release(None),
            "future time": set_release(2 * DAY),
            "past time": set_release(-2 * DAY),
            "accept a quote": accept_a_quote,
            "retract": retract,
            "merge": merge_into_other,
        },
    ),
    Verification: Workflow(
        (verifications.make_in_state,),
        {
            "submit": lambda row, editor: partial(workflow.submit_verification, verification=row, editor=row.author),
            "publish": lambda row, editor: partial(workflow.publish_verification, verification=row, approver=editor),
            "send back": lambda row, editor: partial(
                workflow.send_back_verification, verification=row, editor=editor, comment="Which gauges?"
            ),
            "withdraw": lambda row, editor: partial(
                workflow.withdraw_verification, verification=row, editor=editor, reason="A gauge broke."
            ),
            "publish another": publish_another,
            "reword the claim": reword_claim,
            "merge the claim": lambda row, editor: merge_into_other(row.claim, editor),
        },
    ),
    ClaimAmendment: Workflow(
        (make_correction_draft,),
        {
            AmendmentState.PUBLISHED: lambda draft, editor: partial(
                correction_drafts.publish_correction_draft, amendment=draft, editor=editor
            ),
            AmendmentState.DISCARDED: lambda draft, editor: partial(
                correction_drafts.discard_correction_draft, amendment=draft, editor=editor, comment="No."
            ),
        },
    ),
    ClaimRelation: Workflow(
        (make_relation,),
        {
            RelationState.CONFIRMED: confirm,
            RelationState.DISMISSED: lambda row, editor: partial(
                relations.dismiss_relation, relation=row, editor=editor
            ),
            "suggest again": lambda row, editor: partial(relations.suggest_relations, claim=row.first, editor=editor),
            "merge a claim": merge_claim_with_relation,
        },
    ),
    MergeSuggestion: Workflow(
        (make_suggestion,),
        {
            MergeSuggestionState.MERGED: lambda row, editor: partial(
                merge.merge_speakers, kept=row.first, merged=row.second, editor=editor
            ),
            MergeSuggestionState.DISMISSED: lambda row, editor: partial(
                merge_suggestions.dismiss_merge_suggestion, suggestion=row, editor=editor
            ),
            "suggest again": lambda row, editor: partial(merge_suggestions.suggest_merges, [row.second]),
        },
    ),
}


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
            assert model is Claim or getattr(row.history.latest(), machine.attribute) == new
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
    MergeSuggestion: "Merge suggestion",
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
