"""Worker processes: they share the work, and whatever kills them, nothing is lost or done twice."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from claims.articles import RawContent
from claims.models import Delivery, DeliveryOrigin, DeliveryState, Quote, Snapshot, Source, Speaker
from claims.services.ingestion.deliveries import request_delivery
from tests.database_templates import database_url
from tests.sample_articles import RIVERS_TEXT
from tests.services.ingestion import rivers_page

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.django_db(transaction=True)


def request_articles(count: int) -> None:
    """Articles of two quotes each: one of a speaker of its own, one of a speaker whom all of them quote."""
    for number in range(count):
        text = f'"Gauge {number} is full," said Lena Ford.\n\n"So is gauge {number}," said Ann N{number}.'
        content = RawContent(text.encode(), "text/plain")
        request_delivery(url=f"https://example.org/{number}", content=content, origin=DeliveryOrigin.API)


def run_workers(*, workers: int, kills: int = 0, seed: int = 0, seconds: float = 0.02) -> list[dict[str, Any]]:
    """What the workers say."""
    command = [sys.executable, "-m", "tests.services.ingestion.worker_pool", *map(str, (workers, kills, seed, seconds))]
    environment = os.environ | {"DATABASE_URL": database_url()}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{") and line.endswith("}")]


def check_each_stored_once(count: int) -> None:
    states = Counter(Delivery.objects.values_list("state", flat=True))
    assert states == {DeliveryState.STORED: count}
    assert (Source.objects.count(), Snapshot.objects.count()) == (count, count)
    assert (Quote.objects.count(), Speaker.objects.count()) == (2 * count, count + 1)
    assert len(set(Delivery.objects.values_list("snapshot", flat=True))) == count


@pytest.mark.parametrize(
    ("count", "kills"), [(10, 5), pytest.param(200, 100, marks=pytest.mark.nightly)], ids=["some", "many"]
)
def test_killed_workers_lose_nothing_and_do_nothing_twice(count: int, kills: int) -> None:
    request_articles(count)
    run_workers(workers=2, kills=kills)
    check_each_stored_once(count)


def test_the_second_signal_ends_a_worker_in_the_middle_of_an_article() -> None:
    environment = os.environ | {"DATABASE_URL": database_url()}
    delivery = rivers_page.request(rivers_page.body(RIVERS_TEXT * 3000))
    with subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment) as process:
        while Delivery.objects.get().state == DeliveryState.WAITING:
            assert process.poll() is None
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=2)  # it finishes the article
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == -signal.SIGINT
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WORKING


@pytest.mark.nightly
def test_a_lease_lasts_as_long_as_its_worker() -> None:
    """Each article takes longer than the lease of the pool: only that of the killed worker is read anew."""
    request_articles(2)
    run_workers(workers=2, kills=1, seconds=5)
    check_each_stored_once(2)
    assert sum(Delivery.objects.values_list("attempts", flat=True)) <= 3


@pytest.mark.nightly
@pytest.mark.parametrize("count", [40, 500])
def test_two_workers_share_the_work(count: int) -> None:
    request_articles(count)
    lines = [line for line in run_workers(workers=2) if line["event"] == "delivery"]
    check_each_stored_once(count)
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}
    assert Counter(line["state"] for line in lines) == {DeliveryState.STORED: count}
    assert len({line["pid"] for line in lines}) == 2
