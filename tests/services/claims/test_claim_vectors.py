"""Claims have vectors while they can be found: made after the commit, or by the workers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.utils import timezone

from claims.matching.encoder import EncoderError
from claims.models import Claim, ClaimVector
from claims.services.claims import claim_vectors
from claims.services.claims.claim_vectors import update_vectors
from claims.services.claims.editing import add_claim, edit_claim
from claims.services.claims.split_merge import merge_claims
from claims.services.ingestion.periodic_work import index_claims
from tests import factories as make

pytestmark = pytest.mark.django_db
Commit = Callable[..., AbstractContextManager[Any]]


def found_ids() -> set[int]:
    return set(ClaimVector.objects.exclude(text_digest="").values_list("pk", flat=True))


def test_an_editors_claim_has_a_vector_once_it_is_stored(django_capture_on_commit_callbacks: Commit) -> None:
    editor = make.UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        claim = add_claim(values={"text": "Exports of coffee fell."}, editor=editor)
    first = ClaimVector.objects.get()
    assert (first.pk, len(first.vector)) == (claim.pk, 384)
    with django_capture_on_commit_callbacks(execute=True):
        edit_claim(claim=claim, changes={"text": "Exports of tea rose."}, editor=editor)
    second = ClaimVector.objects.get()
    assert second.sequence > first.sequence
    assert bytes(second.vector) != bytes(first.vector)
    assert list(update_vectors()) == [], "nothing is left to do"


def test_proposals_retracted_and_merged_claims_have_none(django_capture_on_commit_callbacks: Commit) -> None:
    make.ClaimFactory(proposed=True)
    make.ClaimFactory(released_at=timezone.now(), retracted_at=timezone.now())
    kept, merged = make.ClaimFactory.create_batch(2, speaker=None)
    assert list(update_vectors()) == [2]
    assert found_ids() == {kept.pk, merged.pk}
    before = ClaimVector.objects.get(pk=merged.pk).sequence
    with django_capture_on_commit_callbacks(execute=True):
        merge_claims(kept=kept, emptied=merged, editor=make.UserFactory())
    assert found_ids() == {kept.pk}
    assert ClaimVector.objects.get(pk=merged.pk).sequence > before, "indexes are told"
    Claim.objects.filter(pk=merged.pk).update(merged_into=None)
    assert list(update_vectors()) == [1]
    assert found_ids() == {kept.pk, merged.pk}


def test_workers_make_what_is_missing(
    django_capture_on_commit_callbacks: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise EncoderError("encoder.onnx: no such file")

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(claim_vectors, "load_encoder", fail)
        claim = add_claim(values={"text": "Exports of coffee fell."}, editor=make.UserFactory())
    assert not found_ids(), "the failure was logged, the claim is stored"
    index_claims()
    assert found_ids() == {claim.pk}


def test_vectors_of_another_encoder_are_made_again() -> None:
    claim = make.ClaimFactory()
    assert list(update_vectors()) == [1]
    ClaimVector.objects.update(encoder="01234567", vector=bytes(384))
    assert list(update_vectors()) == [1]
    assert any(ClaimVector.objects.get(pk=claim.pk).vector)


def test_the_number_of_a_deleted_claim_is_not_given_again() -> None:
    first, second = make.ClaimFactory.create_batch(2)
    assert list(update_vectors()) == [2]
    last = ClaimVector.objects.order_by("-sequence").first()
    assert last is not None
    (first if last.pk == first.pk else second).delete()
    make.ClaimFactory()
    assert list(update_vectors()) == [1]
    assert ClaimVector.objects.filter(sequence__gt=last.sequence).count() == 1
