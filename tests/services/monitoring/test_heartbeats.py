"""Signs of life of workers."""

from datetime import timedelta
from threading import Event

import pytest
from django import db
from django.utils import timezone

from claims.models import Worker
from claims.services.ingestion import delivery_work
from claims.services.monitoring import heartbeats


@pytest.mark.django_db(transaction=True)
def test_a_worker_gives_signs_of_life_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    beat, second_beat = heartbeats._beat, Event()

    def count_beats(name: str) -> None:
        beat(name)
        if Worker.objects.get().seen_at > Worker.objects.get().started_at:
            second_beat.set()

    monkeypatch.setattr(heartbeats, "SECONDS_BETWEEN_BEATS", 0.01)
    monkeypatch.setattr(heartbeats, "_beat", count_beats)
    with heartbeats.signs_of_life():
        assert heartbeats.living_workers(timezone.now()) == 1
        assert second_beat.wait(60)
    assert not Worker.objects.exists()


@pytest.mark.django_db
def test_workers_that_died_long_ago_are_forgotten() -> None:
    Worker.objects.create(name="dead", seen_at=timezone.now() - timedelta(days=2))
    Worker.objects.create(name="silent", seen_at=timezone.now() - timedelta(minutes=2))
    heartbeats._beat("alive")
    assert set(Worker.objects.values_list("name", flat=True)) == {"silent", "alive"}
    assert heartbeats.living_workers(timezone.now()) == 1


@pytest.mark.django_db
def test_a_database_that_is_away_does_not_end_the_worker(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(**_: object) -> None:
        raise db.OperationalError("gone\nperhaps")

    monkeypatch.setattr(Worker.objects, "update_or_create", refuse)
    heartbeats._beat("alive")
    assert caplog.messages == ["the worker gives no sign of life: gone"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite_suffices
def test_work_is_what_gives_them(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(delivery_work, "do_periodic_work", lambda: seen.append(Worker.objects.count()))
    delivery_work.work(stop=Event(), drain=True)
    assert seen == [1]
