import datetime as dt

import pytest
from django.contrib.auth.models import User

from claims.models import (
    ClaimRelation,
    RelationKind,
    RelationState,
)
from claims.services.claims.claim_vectors import update_vectors
from claims.services.claims.relations import dismiss_relation, dismiss_similar_claim, relate_claims, suggest_relations
from claims.services.errors import RefusedError
from tests import factories as make
from tests.services.claims.claim_states import dump_claims
from tests.services.history.undo_last import undo_last
from tests.verifications import PUBLIC_NOTE

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 5, 16)


def test_the_later_claim_is_suggested_to_repeat_the_earlier(editor: User) -> None:
    later = make.ClaimFactory(text="Rivers are full.", said_on=DAY)
    earlier = make.ClaimFactory(text="Rivers are full", said_on=DAY - dt.timedelta(days=1))
    undated = make.ClaimFactory(text="Rivers are full, again.")
    same_day = make.ClaimFactory(text="Rivers are full.", said_on=DAY, speaker=later.speaker)
    assert sum(update_vectors()) == 4
    suggested = suggest_relations(claim=later, editor=editor)
    assert {(row.first, row.kind, row.second) for row in suggested} == {
        (later, "repeats", earlier),
        (later, "same", undated),
    }, "claims of one speaker and date are duplicates, not related"
    assert all(row.state == "suggested" and row.score and row.reason for row in suggested)
    assert not ClaimRelation.objects.filter(second=same_day).exists()


@pytest.mark.parametrize(
    ("text", "other", "is_same_speaker", "kind"),
    [
        ("The march drew 400,000 people.", "The march drew 40,000 people.", True, "updates"),
        ("The march drew 400,000 people.", "The march drew 40,000 people.", False, "repeats"),
        ("The bridge will not open.", "The bridge will open.", False, "contradicts"),
        ("Norvia attacked Sudmark.", "Sudmark attacked Norvia.", True, "contradicts"),
    ],
    ids=["another-figure-of-the-speaker", "another-figure-of-another", "negation", "roles"],
)
def test_claims_that_differ_are_never_suggested_to_be_the_same(
    text: str, other: str, is_same_speaker: bool, kind: str, editor: User
) -> None:
    later = make.ClaimFactory(text=text, said_on=DAY)
    earlier = make.ClaimFactory(
        text=other,
        said_on=DAY - dt.timedelta(days=1),
        speaker=later.speaker if is_same_speaker else make.SpeakerFactory(),
    )
    assert sum(update_vectors()) == 2
    for claim in (earlier, later):
        ClaimRelation.objects.all().delete()
        [row] = suggest_relations(claim=claim, editor=editor)
        assert (row.kind, "differs in" in row.reason) == (kind, True)
        assert kind == "contradicts" or (row.first, row.second) == (later, earlier)


def test_a_dismissed_relation_is_not_suggested_again(editor: User) -> None:
    first, second = make.ClaimFactory(text="Rivers are full."), make.ClaimFactory(text="Rivers are full.")
    assert sum(update_vectors()) == 2
    (row,) = suggest_relations(claim=first, editor=editor)
    assert suggest_relations(claim=second, editor=editor) == [], "from either side"
    dismiss_relation(relation=row, editor=editor)
    assert suggest_relations(claim=first, editor=editor) == []
    assert ClaimRelation.objects.get().state == "dismissed"


@pytest.mark.parametrize("kind", RelationKind)
def test_relating_two_claims_is_undone(kind: RelationKind, editor: User) -> None:
    second, first = make.ClaimFactory(), make.ClaimFactory()
    before = dump_claims("Verification")
    row = relate_claims(first=first, second=second, kind=kind, editor=editor)
    assert (row.state, row.decided_by) == (RelationState.CONFIRMED, editor)
    symmetric = kind in {"same", "contradicts"}
    assert (row.first, row.second) == ((second, first) if symmetric else (first, second))
    undo_last(editor, PUBLIC_NOTE)
    assert dump_claims("Verification") == before


def test_a_new_relation_replaces_the_former(editor: User) -> None:
    first, second = make.ClaimFactory(), make.ClaimFactory()
    relate_claims(first=first, second=second, kind=RelationKind.UPDATES, editor=editor)
    relate_claims(first=second, second=first, kind=RelationKind.REPEATS, editor=editor)
    row = ClaimRelation.objects.get()
    assert (row.first, row.second, row.kind) == (second, first, "repeats")
    dismiss_similar_claim(first=first, second=second, editor=editor)
    assert ClaimRelation.objects.get().state == RelationState.DISMISSED


def test_a_claim_is_not_related_to_itself(editor: User) -> None:
    claim = make.ClaimFactory()
    with pytest.raises(RefusedError, match="to itself"):
        relate_claims(first=claim, second=claim, kind=RelationKind.SAME, editor=editor)
