"""What clients owe is counted for all processes together, by the database's clock, without their addresses."""

import pytest
from django.db import connection
from django.db.models.functions import Now

from claims.http.rate_limit import RateLimiter
from claims.models import RequestDebt
from claims.services.request_debts import add_debt, forget_paid_off
from tests.concurrency import run_concurrently

if connection.vendor == "postgresql":  # on SQLite, each process counts by itself

    @pytest.mark.django_db(transaction=True)
    def test_debts_add_up_and_are_paid_off_with_time() -> None:
        assert add_debt("address 192.0.2.7", 5.0) == pytest.approx(5, abs=0.5)
        debts = run_concurrently(*[lambda: add_debt("address 192.0.2.7", 10.0)] * 3)
        assert max(debts) == pytest.approx(35, abs=5)
        assert add_debt("address 192.0.2.8", 1.0) == pytest.approx(1, abs=0.5), "clients are told apart"
        assert not RequestDebt.objects.filter(client__contains="192.0.2").exists()
        RequestDebt.objects.update(paid_off_at=Now())
        assert add_debt("address 192.0.2.7", 5.0) == pytest.approx(5, abs=0.5), "what is paid off does not count"
        forget_paid_off()
        assert RequestDebt.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_processes_share_a_quota_to_the_request() -> None:
        """A quota so small that each request is shared: two processes together accept exactly so many."""
        processes = [RateLimiter(window=3600, add_debt=add_debt) for _ in range(2)]
        states = [processes[number % 2].take("192.0.2.7", policy="reports", quota=6) for number in range(10)]
        assert [state.wait is None for state in states] == [True] * 6 + [False] * 4
        assert states[5].remaining == 0

else:

    def test_sqlite_shares_nothing(db: None) -> None:
        assert add_debt("address 192.0.2.7", 5.0) is None
        assert not RequestDebt.objects.exists()
