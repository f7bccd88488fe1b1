"""`/metrics`: what is counted, and under how many labels."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django import db
from django.db import connection
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from claims.models import Delivery, DeliveryState, Worker
from claims.monitoring import metrics
from claims.services.ingestion.delivery_work import work_on
from claims.services.site.scheduled_backups import NAME_FORMAT
from tests.services.ingestion import rivers_page

pytestmark = pytest.mark.django_db


def read_metrics() -> dict[str, dict[tuple[str, ...], float]]:
    """Returns the value of each sample, by its name and the values of its labels."""
    samples: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(Client().get("/metrics").content.decode()):
        for sample in family.samples:
            samples.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return samples


def test_requests_are_counted_by_route() -> None:
    labels = ("GET", "page-claims", "200")
    before = read_metrics().get("factbase_http_requests_total", {}).get(labels, 0)
    Client().get("/claims/?q=one")
    Client().get("/claims/?q=two")
    after = read_metrics()
    assert after["factbase_http_requests_total"][labels] == before + 2
    assert after["factbase_http_request_duration_seconds_count"][("GET", "page-claims")] >= 2


def test_labels_are_bounded() -> None:
    Client().get("/nothing")
    before = len(read_metrics()["factbase_http_requests_total"])
    for number in range(20):
        Client().generic(f"METHOD{number}", f"/nothing/{number}")
        Client().get(f"/claims/{9_000_000 + number}/")
    assert len(read_metrics()["factbase_http_requests_total"]) <= before + 2


def test_the_queue_and_the_work_on_it() -> None:
    before = read_metrics().get("factbase_delivery_attempts_total", {}).get(("stored",), 0)
    later, _ = rivers_page.request(url="https://example.org/later"), rivers_page.request(url="https://example.org/now")
    Delivery.objects.filter(pk=later.pk).update(next_at=timezone.now() - timedelta(minutes=5))
    values = read_metrics()
    assert values["factbase_queued_deliveries"] == {("waiting",): 2, ("working",): 0}
    assert 300 <= values["factbase_queue_delay_seconds"][()] < 360
    delivery = rivers_page.request()
    work_on(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.STORED
    values = read_metrics()
    assert values["factbase_delivery_attempts_total"] == {("stored",): before + 1}
    assert values["factbase_delivery_attempt_seconds_total"][("stored",)] > 0
    assert values["factbase_extracted_quotes_total"][()] == delivery.quote_count > 0


def test_workers_are_counted_while_they_live() -> None:
    Worker.objects.create(name="a 1")
    Worker.objects.create(name="b 2", seen_at=timezone.now() - timedelta(minutes=2))
    assert read_metrics()["factbase_workers"][()] == 1


def test_failed_statements_are_counted() -> None:
    metrics._watch_connection(connection)
    metrics._watch_connection(connection)
    kind = "ProgrammingError" if connection.vendor == "postgresql" else "OperationalError"
    before = metrics.DATABASE_ERRORS.labels(kind)._value.get()
    with pytest.raises(db.Error), connection.cursor() as cursor, db.transaction.atomic():
        cursor.execute("SELECT no_such_column")
    assert read_metrics()["factbase_database_errors_total"][(kind,)] == before + 1
    connection.execute_wrappers.remove(metrics._count_if_failed)


def test_what_is_known_without_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise db.OperationalError("gone")

    assert read_metrics()["factbase_database_up"][()] == 1
    monkeypatch.setattr(connection, "cursor", refuse)
    values = read_metrics()
    assert values["factbase_database_up"][()] == 0
    assert values["factbase_data_free_bytes"][()] > 0
    assert "factbase_workers" not in values


def test_the_age_of_the_newest_backup(tmp_path: Path, settings: Any) -> None:
    settings.FACTBASE_BACKUP_DIR = None
    assert "factbase_backup_age_seconds" not in read_metrics()
    settings.FACTBASE_BACKUP_DIR = tmp_path
    assert "factbase_backup_age_seconds" not in read_metrics(), "the first is under way"
    for days in (3, 1):
        (tmp_path / (timezone.now() - timedelta(days=days)).strftime(NAME_FORMAT)).touch()
    (age,) = read_metrics()["factbase_backup_age_seconds"].values()
    assert 86_400 <= age < 86_400 + 600
    settings.FACTBASE_BACKUP_DIR = tmp_path / "away"
    assert "factbase_backup_age_seconds" not in read_metrics()


@pytest.mark.both_databases
def test_connections_of_postgresql() -> None:
    values = read_metrics()
    if connection.vendor == "postgresql":
        assert sum(values["factbase_database_connections"].values()) >= 1
    else:
        assert "factbase_database_connections" not in values


COUNT_ONE = """
from prometheus_client import CollectorRegistry, Counter
Counter("factbase_http_requests", "", ["method", "route", "status"], registry=CollectorRegistry()).labels(
    "GET", "other-process", "200"
).inc(3)
"""


def test_any_process_answers_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    for _ in range(2):
        subprocess.run([sys.executable, "-c", COUNT_ONE], env=os.environ, check=True)
    assert read_metrics()["factbase_http_requests_total"] == {("GET", "other-process", "200"): 6}
