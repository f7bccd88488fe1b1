"""Relations are suggested again for all claims: what is wrong by now is withdrawn, what was decided stays."""

import pytest
from django.contrib.auth.models import User

from claims.matching import EncoderError
from claims.models import Claim, ClaimRelation, ClaimVector
from claims.search.matches import claim_index
from claims.services.claims import relation_renewal
from claims.services.claims.claim_vectors import update_vectors
from claims.services.claims.relation_renewal import Renewal, count_due, renew_due_relations, request_renewal
from claims.services.claims.relations import dismiss_relation, relate_claims
from claims.services.ingestion.periodic_work import renew_relations
from tests import factories as make

pytestmark = pytest.mark.django_db

MARCH, MORE = "The march drew 40,000 people.", "The march drew 400,000 people."
RIVERS, RIVERS_TOO = "Rivers are full.", "The rivers are full."


def claims_of(*texts: str) -> list[Claim]:
    claims = [make.ClaimFactory(text=text) for text in texts]
    assert sum(update_vectors()) == len(claims)
    return claims


def renew() -> Renewal:
    assert request_renewal() == ClaimVector.objects.exclude(text_digest="").count()
    renewal = sum(renew_due_relations(), start=Renewal())
    assert count_due() == 0
    return renewal


def relate(first: Claim, second: Claim, kind: str, **fields: object) -> ClaimRelation:
    if kind in {"same", "contradicts"} and first.pk > second.pk:
        first, second = second, first
    return ClaimRelation.objects.create(first=first, second=second, kind=kind, **fields)


def test_twice_is_once() -> None:
    claims_of(MARCH, MORE, RIVERS, RIVERS_TOO, "Exports of coffee fell by 8 percent.")
    assert renew() == Renewal(claims=5, new=2)
    stored = list(ClaimRelation.objects.values().order_by("pk"))
    assert {(row["kind"], row["state"], row["decided_by_id"]) for row in stored} == {
        ("repeats", "suggested", None),
        ("same", "suggested", None),
    }
    assert renew() == Renewal(claims=5)
    assert list(ClaimRelation.objects.values().order_by("pk")) == stored


def test_what_is_no_longer_suggested_is_withdrawn_with_a_trace() -> None:
    march, coffee, rivers, rivers_too = claims_of(MARCH, "Exports of coffee fell.", RIVERS, RIVERS_TOO)
    wrong = relate(march, coffee, "same", score=1.0, reason="100 %")
    right = relate(rivers, rivers_too, "same", score=0.4, reason="40 %")
    assert renew() == Renewal(claims=4, withdrawn=1)
    assert ClaimRelation.objects.get() == right
    entry = ClaimRelation.history.get(id=wrong.pk, history_type="-")
    assert (entry.history_user, entry.history_change_reason) == (None, "no longer suggested")


def test_a_suggestion_of_another_kind_is_changed() -> None:
    march, more = claims_of(MARCH, MORE)
    wrong = relate(march, more, "same", score=1.0, reason="100 %")
    assert renew() == Renewal(claims=2, changed=1)
    row = ClaimRelation.objects.get()
    assert (row.pk, row.kind, row.first, row.second) == (wrong.pk, "repeats", more, march)
    assert "differs in: " in row.reason
    assert renew() == Renewal(claims=2)


def test_suggestions_to_retracted_claims_are_withdrawn() -> None:
    rivers, gone = claims_of(RIVERS, RIVERS_TOO)
    relate(rivers, gone, "same")
    Claim.objects.filter(pk=gone.pk).update(merged_into=rivers)
    assert list(update_vectors())
    assert renew() == Renewal(claims=1, withdrawn=1)


@pytest.mark.parametrize("state", ["confirmed", "dismissed"])
def test_what_an_editor_decided_stays(state: str, editor: User) -> None:
    march, coffee, rivers, rivers_too = claims_of(MARCH, "Exports of coffee fell.", RIVERS, RIVERS_TOO)
    decided = {"state": state, "decided_by": editor}
    relate(march, coffee, "repeats", **decided), relate(rivers, rivers_too, "same", **decided)
    before = list(ClaimRelation.objects.values().order_by("pk"))
    assert renew() == Renewal(claims=4)
    assert list(ClaimRelation.objects.values().order_by("pk")) == before


def test_what_was_confirmed_as_the_same_but_differs_is_for_review(editor: User) -> None:
    march, more = claims_of(MARCH, MORE)
    relation = relate(march, more, "same", state="confirmed", decided_by=editor, reason="100 %")
    assert renew() == Renewal(claims=2, doubts=1)
    relation.refresh_from_db()
    assert (relation.state, relation.kind, relation.decided_by) == ("confirmed", "same", editor)
    assert relation.doubt == "“40,000” instead of “400,000”"
    assert renew() == Renewal(claims=2), "once is enough"
    relate_claims(first=march, second=more, kind="same", editor=editor)
    relation.refresh_from_db()
    assert (relation.state, relation.doubt) == ("confirmed", "")
    assert renew() == Renewal(claims=2), "an editor has seen it"


def test_a_doubt_goes_with_the_relation(editor: User) -> None:
    march, more = claims_of(MARCH, MORE)
    relation = relate(march, more, "same", state="confirmed", decided_by=editor)
    assert renew().doubts == 1
    dismiss_relation(relation=relation, editor=editor)
    relation.refresh_from_db()
    assert (relation.state, relation.doubt) == ("dismissed", "")
    assert renew() == Renewal(claims=2)


def test_what_is_broken_off_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relation_renewal, "CLAIMS_PER_BATCH", 2)
    claims_of(MARCH, MORE, RIVERS, RIVERS_TOO, "Exports of coffee fell.")
    request_renewal()
    renewals = renew_due_relations()
    assert next(renewals) == Renewal(claims=1, new=1)
    next(renewals), next(renewals)
    renewals.close()
    assert count_due() == 2
    assert sum(renew_due_relations(), start=Renewal()).claims == 2
    assert ClaimRelation.objects.count() == 2


def test_a_damaged_encoder_loses_nothing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise EncoderError("encoder.onnx: damaged")

    claims_of(MARCH, MORE)
    request_renewal()
    with monkeypatch.context() as patch:
        patch.setattr(claim_index, "load_encoder", fail)
        renew_relations()
    assert "relations are not suggested: encoder.onnx: damaged" in caplog.text
    assert count_due() == 2
    renew_relations()
    assert (count_due(), ClaimRelation.objects.count()) == (0, 1)
