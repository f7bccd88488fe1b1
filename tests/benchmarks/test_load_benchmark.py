"""The load benchmark: its tables, what it counts as a fault, and the plan that it computes from costs."""

from typing import Any

import pytest

from benchmarks import load
from benchmarks.load_benchmark.capacity import CORES_PER_MACHINE, MIX, UTILISATION, format_plan, make_plan
from benchmarks.load_benchmark.connections import percentile


def kind_figures(p50: float | None = 0.010, **errors: int) -> dict[str, Any]:
    return {"requests": 5, "errors": errors, "p50": p50, "p99": p50 and 4 * p50}


def load_figures(condition: str, *, edit_errors: int = 0, **kinds: dict[str, Any]) -> dict[str, Any]:
    return {"connections": 8, "condition": condition, "kinds": kinds, "edits": 3, "edit_errors": edit_errors}


def run_figures(*, soak: tuple[int, ...] = (), **beside: Any) -> dict[str, Any]:
    return {
        "database": "sqlite",
        "claims": 1000,
        "loads": [
            load_figures(load.ALONE, lists=kind_figures(), CSV=kind_figures(None)),
            load_figures(load.BESIDE, lists=kind_figures(0.020, **beside), CSV=kind_figures(1.0)),
        ],
        "memory": [100_000_000, 120_000_000],
        "soak": [load_figures(load.BESIDE) | {"memory": size} for size in soak],
    }


def test_a_row_shows_a_kind_of_request_alone_and_beside_work() -> None:
    rows = load.format_loads([run_figures()]).splitlines()
    assert rows[2:] == [
        "| sqlite, 1,000 claims | 8 | lists | 10 | 40 | 0 | 20 | 80 | 0 |",
        "| sqlite, 1,000 claims | 8 | CSV | – | – | 0 | 1000 | 4000 | 0 |",
    ]


def test_errors_are_faults() -> None:
    assert load.list_faults([run_figures()]) == []
    assert load.list_faults([run_figures(**{"503": 2, "TimeoutError": 1})]) == ["sqlite, 1,000 claims: 3 errors"]


@pytest.mark.parametrize(
    ("sizes", "is_fault"),
    [((50, *[100] * 18, 109), False), ((50, *[100] * 18, 111), True), ((50, 90, *[100] * 18), False)],
    ids=["flat", "growing", "warming up"],
)
def test_memory_may_grow_by_a_tenth_after_the_warm_up(sizes: tuple[int, ...], is_fault: bool) -> None:
    run = run_figures(soak=sizes)
    assert bool(load.list_faults([run])) == is_fault
    assert f"{100 * load.soak_growth(run['soak']):.1f} %" in load.format_memory([run])


def test_percentiles_are_those_of_the_nearest_rank() -> None:
    times = [float(number) for number in range(1, 101)]
    assert (percentile(times, 50), percentile(times, 99), percentile([7.0], 99)) == (50.0, 99.0, 7.0)
    assert percentile([], 50) is None


def cost_figures(claims: int, site: float, database: float) -> dict[str, Any]:
    kinds = {kind: {"site": site, "database": database} for kind in (*MIX, "plain view")}
    kinds["1,000 rows of CSV"] = {"site": 0.0, "database": 0.0}
    article = {"site": 200.0, "database": 20.0}
    return {"claims": claims, "kinds": kinds, "article": article, "bytes": 1000 * claims, "index_bytes": 300 * claims}


def test_the_mix_is_whole() -> None:
    assert sum(MIX.values()) == pytest.approx(1)


def test_cores_follow_from_costs_and_rate() -> None:
    same = [cost_figures(claims, 3.0, 1.2) for claims in (1_000, 10_000)]
    plan = make_plan(same, claims=10_000_000, rate=1_000)
    assert plan.cores == pytest.approx({"site": 3.0 / UTILISATION, "database": 1.2 / UTILISATION})
    assert plan.first_bottleneck == "site"
    assert plan.rate_of_a_machine("site") == pytest.approx(CORES_PER_MACHINE * UTILISATION / 0.003)
    assert plan.disk_bytes == pytest.approx(10e9)
    assert "First bottleneck: the CPU of the sites, at 1600 requests a second for a machine." in format_plan(plan)


def test_what_grows_with_the_claims_goes_on_growing() -> None:
    growing = [cost_figures(1_000, 3.0, 1.0), cost_figures(10_000, 3.0, 2.0)]
    plan = make_plan(growing, claims=100_000, rate=1_000)
    assert plan.milliseconds == pytest.approx({"site": 3.0, "database": 4.0})
    assert plan.first_bottleneck == "database"
    falling = [cost_figures(1_000, 3.0, 2.0), cost_figures(10_000, 3.0, 1.0)]
    assert make_plan(falling, claims=100_000, rate=1_000).milliseconds["database"] == pytest.approx(1.0)
