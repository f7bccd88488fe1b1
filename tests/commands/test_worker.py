"""`worker` as an operator meets it."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.utils import timezone

from claims.articles import Article
from claims.extraction import ModelError
from claims.management.commands import worker
from claims.models import Delivery, DeliveryState, Source
from claims.services.ingestion import delivery_attempt, delivery_work
from tests.commands.shell import Shell
from tests.database_templates import database_url
from tests.services.ingestion import rivers_page

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_suffices]


@pytest.fixture(autouse=True)
def _logger_as_before() -> Iterator[None]:
    logger = logging.getLogger("claims.deliveries")
    yield
    logger.handlers, logger.propagate = [], True


def test_what_is_due_is_done_and_said_as_json(shell: Shell) -> None:
    rivers_page.request()
    later = rivers_page.request(url="https://example.org/later")
    Delivery.objects.filter(pk=later.pk).update(next_at=timezone.now() + timedelta(hours=1))
    result = shell("worker", "--drain")
    assert (result.status, result.err) == (0, "")
    (line,) = map(json.loads, result.out.splitlines())
    assert (line["event"], line["state"], line["url"], line["quotes"]) == ("delivery", "stored", rivers_page.URL, 3)
    assert line["source"] == Source.objects.get().pk
    assert Delivery.objects.open().get() == later


def test_a_terminal_reads_sentences(monkeypatch: pytest.MonkeyPatch, shell: Shell) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    rivers_page.request()
    rivers_page.request(b"", url="https://example.org/empty")
    out = shell("worker", "--drain").out
    assert f"stored     {rivers_page.URL}: 3 new quotes (source {Source.objects.get().pk})\n" in out
    assert "refused    https://example.org/empty: " in out


def test_a_damaged_model_is_said_at_once(monkeypatch: pytest.MonkeyPatch, shell: Shell) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ModelError("tagger.onnx: damaged")

    monkeypatch.setattr(worker, "extract", fail)
    result = shell("worker", "--drain")
    assert (result.status, result.err) == (1, "CommandError: tagger.onnx: damaged\n")


def test_a_worker_waits_for_deliveries_until_it_is_stopped() -> None:
    command = [sys.executable, "manage.py", "worker"]
    environment = os.environ | {"DATABASE_URL": database_url()}
    first = rivers_page.request()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["delivery"] == first.pk
        rivers_page.request()
        assert json.loads(process.stdout.readline())["state"] == DeliveryState.UNCHANGED
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=120)[0] == ""
    assert process.returncode == 0


def test_a_stopped_worker_takes_nothing_more() -> None:
    rivers_page.request()
    stop = Event()
    stop.set()
    delivery_work.work(stop=stop)
    assert Delivery.objects.get().state == DeliveryState.WAITING


def test_a_failing_article_does_not_end_the_worker(monkeypatch: pytest.MonkeyPatch, shell: Shell) -> None:
    prepare = delivery_attempt.prepare_article

    def prepare_or_fail(article: Article) -> Any:
        if article.url.endswith("odd"):
            raise IndexError("list index out of range")
        return prepare(article)

    monkeypatch.setattr(delivery_attempt, "prepare_article", prepare_or_fail)
    odd = rivers_page.request(rivers_page.body(url=""), url="https://example.org/odd")
    rivers_page.request()
    lines = [json.loads(line) for line in shell("worker", "--drain").out.splitlines()]
    assert [line["level"] for line in lines] == ["error", "info", "info"]
    assert [error["type"] for error in lines[0]["exception"]] == ["builtins.IndexError"]
    assert Source.objects.count() == 1
    odd.refresh_from_db()
    assert (odd.state, odd.reason) == (DeliveryState.WAITING, "IndexError: list index out of range")
