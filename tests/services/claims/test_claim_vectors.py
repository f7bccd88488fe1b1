"""Claims have vectors while they can be found: made after the commit, or by the workers."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.utils import timezone

from claims.matching.encoder import EncoderError
from claims.models import Claim, ClaimVector
from claims.services.claims import claim_vectors
from claims.services.claims.claim_vectors import VectorUpdater, update_vectors
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


def test_only_what_was_changed_since_the_last_complete_run_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    updater, now = VectorUpdater(), timezone.now()
    old = make.ClaimFactory()
    assert list(updater.run()) == [1]
    year_ago = now - dt.timedelta(days=365)
    Claim.objects.filter(pk=old.pk).update(text="Reworded behind the back of the site.", updated_at=year_ago)
    new, gone = make.ClaimFactory(), make.ClaimFactory(merged_into=old)
    assert list(updater.run()) == [1], "the old one is not looked at"
    assert found_ids() == {old.pk, new.pk}
    Claim.objects.filter(pk=gone.pk).update(merged_into=None)
    Claim.objects.filter(pk=new.pk).update(merged_into=old)
    assert list(updater.run()) == [1, 1], "what left and what came back"
    assert found_ids() == {old.pk, gone.pk}
    assert list(VectorUpdater().run()) == [1], "a process that has just started looks at all of them"


def test_a_run_that_is_broken_off_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_vectors, "CLAIMS_PER_BATCH", 1)
    updater = VectorUpdater()
    make.ClaimFactory.create_batch(2, updated_at=timezone.now() - dt.timedelta(days=1))
    Claim.objects.update(updated_at=timezone.now() - dt.timedelta(days=1))
    next(updater.run())
    assert list(updater.run()) == [1]


def test_a_clock_that_is_set_back_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    updater, now = VectorUpdater(), timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: now + dt.timedelta(days=1))
        assert list(updater.run()) == []
    claim = make.ClaimFactory()
    assert list(updater.run()) == [1]
    assert found_ids() == {claim.pk}


def test_a_worker_goes_on_without_the_encoder(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise EncoderError("encoder.onnx: no such file")

    make.ClaimFactory()
    with monkeypatch.context() as patch:
        patch.setattr(claim_vectors, "load_encoder", fail)
        index_claims()
    assert "claims are not indexed: encoder.onnx: no such file" in caplog.text
    index_claims()
    assert len(found_ids()) == 1
