"""Writing rows with history."""

import pytest

from claims.models import Claim, Speaker
from claims.services.history import audit
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_more_rows_than_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "BATCH_SIZE", 2)
    rows = audit.create([Speaker(name=f"Speaker {n}") for n in range(5)], user=None, reason="five")
    assert all(row.pk for row in rows)
    for row in rows:
        row.description = "Known."
    audit.update(rows, ["description"], user=(user := make.UserFactory()), reason="described")
    assert set(Speaker.objects.values_list("description", flat=True)) == {"Known."}
    for row in Speaker.objects.all():
        assert [entry.history_change_reason for entry in row.history.all()] == ["described", "five"]
        assert row.history.latest().history_user == user


def test_no_rows_write_nothing() -> None:
    assert audit.create([], user=None, reason="none") == []
    audit.update([], ["name"], user=None, reason="none")
    assert not Speaker.history.exists()


def test_a_long_reason_is_truncated() -> None:
    audit.create([Speaker(name="Ann Lee")], user=None, reason="r" * 300)
    assert Speaker.history.get().history_change_reason == "r" * 100


def test_an_update_sets_updated_at_and_keeps_topics() -> None:
    claims = [make.ClaimFactory(), make.ClaimFactory()]
    topic = make.TopicFactory()
    claims[0].topics.add(topic)
    before = {claim.pk: claim.updated_at for claim in claims}
    audit.update(claims, [], user=None, reason="touched")
    for claim in Claim.objects.all():
        assert claim.updated_at > before[claim.pk]
    assert [[row.topic for row in claim.history.latest().topics.all()] for claim in claims] == [[topic], []]
