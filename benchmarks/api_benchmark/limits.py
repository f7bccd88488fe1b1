"""Limits for the figures, and tables of both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]  # of one database at one size
FiguresByRun = Mapping[tuple[str, int], Figures]  # by database and number of claims
FigureGetter = Callable[[Figures], float]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit for a figure: a maximum, or a minimum if `is_minimum`. `get` raises KeyError if it was not measured."""

    name: str
    bound: float
    get: FigureGetter
    is_minimum: bool = False
    bounds: Mapping[str, float] | None = None  # of databases with a different bound
    is_integer: bool = False  # shown without decimals

    def bound_for(self, vendor: str) -> float:
        return (self.bounds or {}).get(vendor, self.bound)

    def figure(self, figures: Figures) -> float | None:
        """Returns the measured value, or None."""
        try:
            return self.get(figures)
        except KeyError:
            return None

    def holds(self, vendor: str, value: float) -> bool:
        bound = self.bound_for(vendor)
        return value >= bound if self.is_minimum else value <= bound

    def describe(self) -> str:
        others = "".join(f" ({vendor} {bound:g})" for vendor, bound in (self.bounds or {}).items())
        return f"{'≥' if self.is_minimum else '≤'} {self.bound:g}{others}"


@dataclass(frozen=True, slots=True)
class MissedLimit:
    name: str
    database: str
    claims: int
    value: float
    bound: float

    def __str__(self) -> str:
        return f"{self.name}: {self.value:.2f}, must be {self.bound:g} ({self.database}, {self.claims:,} claims)"


def _cpu_ratio(page: str, baseline: str = "baseline") -> FigureGetter:
    return lambda figures: figures["pages"][page]["cpu"] / figures["pages"][baseline]["cpu"]


def _slowest(prefix: str, figures: Figures) -> float:
    """Returns the CPU seconds of the slowest of the pages whose names begin like this."""
    costs = [page["cpu"] for name, page in figures["pages"].items() if name.startswith(prefix)]
    if not costs:
        raise KeyError(prefix)
    return float(max(costs))


def _served_ratio(ours: str, theirs: str, what: str = "cpu") -> FigureGetter:
    return lambda figures: figures["peer"][ours][what] / figures["peer"][theirs][what]


def _load_ratio(way: str) -> FigureGetter:
    return lambda figures: figures["load"][way]["rows_a_second"] / figures["load"]["raw"]["rows_a_second"]


WORD_FREQUENCIES = ("frequent", "mid", "rare")
API_LIMITS = (
    Limit("list of 50 (speaker, source, status): CPU ÷ baseline", 2.5, _cpu_ratio("narrow")),
    Limit("list of 50: queries", 2, lambda figures: figures["pages"]["list"]["queries"], is_integer=True),
    Limit("list of 50: CPU ÷ Datasette's table page", 0.5, _served_ratio("list", "table")),
    Limit("page at half depth (500,000 at most): CPU ÷ first page", 1.5, _cpu_ratio("deep", "list")),
    *(Limit(f"full text, {word} word: CPU ÷ baseline", 3, _cpu_ratio(f"narrow {word}")) for word in WORD_FREQUENCIES),
    *(
        Limit(f"full text, {word} word: CPU ÷ Datasette", 0.25, _served_ratio(word, f"their {word}"))
        for word in WORD_FREQUENCIES
    ),
    Limit(
        "first page of the slowest list: CPU ÷ that of `quotes/`",
        3,
        lambda figures: _slowest("list of ", figures) / figures["pages"]["list of quotes"]["cpu"],
    ),
    Limit(
        "slowest filter that finds nothing: ms of CPU",
        50,
        lambda figures: 1000 * _slowest("nothing: ", figures),
        is_integer=True,
    ),
    Limit(
        "search by relevance, frequent word: ms of CPU",
        50,
        lambda figures: 1000 * figures["pages"]["relevance"]["cpu"],
        is_integer=True,
    ),
    Limit(
        "quotes counted by speaker: ms of CPU",
        300,
        lambda figures: 1000 * figures["pages"]["counts"]["cpu"],
        is_integer=True,
    ),
    Limit("conditional GET (304): CPU ÷ 200 response", 0.4, _cpu_ratio("unchanged", "list")),
    Limit(
        "CSV over HTTP: rows per second ÷ database client",
        0.25,
        lambda figures: figures["csv"]["rows_a_second"] / figures["client"]["rows_a_second"],
        is_minimum=True,
        bounds={"postgresql": 0.8},
    ),
    Limit("CSV over HTTP: growth of memory, MB", 100, lambda figures: figures["csv"]["memory"], is_integer=True),
    Limit("CSV beside four readers: seconds to the first byte", 0.1, lambda figures: figures["shared"]["first"]),
    Limit(
        "CSV beside four readers: growth of memory, MB",
        10,
        lambda figures: figures["shared"]["memory"],
        is_integer=True,
    ),
    Limit(
        "CSV beside four readers: their errors",
        0,
        lambda figures: sum(figures["shared"]["beside"]["wrong"].values()),
        is_integer=True,
    ),
    Limit(
        "CSV beside four readers: their response time, ms (p95)",
        100,
        lambda figures: 1000 * figures["shared"]["beside"]["p95"],
        is_integer=True,
    ),
    Limit(
        "CSV over HTTP: rows per second ÷ Datasette's `_stream`",
        2,
        lambda figures: figures["csv"]["rows_a_second"] / figures["peer"]["stream"]["rows_a_second"],
        is_minimum=True,
    ),
    Limit("bulk load: rows per second ÷ raw executemany", 0.85, _load_ratio("orm"), is_minimum=True),
    Limit(
        "bulk load, index rebuilt once: rows per second ÷ raw executemany", 1.5, _load_ratio("once"), is_minimum=True
    ),
    Limit("readers beside an ingest: errors", 0, lambda figures: figures["pressure"]["wrong"], is_integer=True),
)
# Limits for the growth of CPU time from the smallest size to the largest.
GROWTH_LIMITS = (
    ("list", "list of 50", {}),
    ("deep", "page at half depth", {}),
    *((word, f"full text, {word} word", {"postgresql": 2.5}) for word in ("frequent", "mid")),
)


def evaluate_limits(runs: FiguresByRun) -> list[tuple[Limit, dict[tuple[str, int], float]]]:
    """Returns each limit with the measured values by run."""
    results = []
    for limit in API_LIMITS:
        values = {run: value for run, figures in runs.items() if (value := limit.figure(figures)) is not None}
        results.append((limit, values))
    vendors = dict.fromkeys(vendor for vendor, _ in runs)
    for page, name, bounds in GROWTH_LIMITS:
        limit = Limit(f"{name}: CPU with most ÷ fewest claims", 1.5, _not_measured, bounds=bounds)
        growth = {}
        for vendor in vendors:
            sizes = sorted(claims for run_vendor, claims in runs if run_vendor == vendor)
            pages = [runs[vendor, claims].get("pages", {}).get(page) for claims in (sizes[0], sizes[-1])]
            if len(sizes) > 1 and all(pages):
                growth[vendor, sizes[-1]] = pages[1]["cpu"] / pages[0]["cpu"]
        results.append((limit, growth))
    return results


def list_missed_limits(runs: FiguresByRun) -> list[MissedLimit]:
    return [
        MissedLimit(limit.name, vendor, claims, value, limit.bound_for(vendor))
        for limit, values in evaluate_limits(runs)
        for (vendor, claims), value in values.items()
        if not limit.holds(vendor, value)
    ]


def format_limit_table(runs: FiguresByRun) -> str:
    """Returns a Markdown table: missed limits are bold, and values that were not measured are dashes."""
    headings = [f"{vendor}, {_format_size(claims)}" for vendor, claims in runs]
    lines = [_markdown_row(["", "must", *headings]), _markdown_row(["---", *["--:"] * (1 + len(headings))])]
    for limit, values in evaluate_limits(runs):
        cells = [_format_figure(limit, run, values.get(run)) for run in runs]
        lines.append(_markdown_row([limit.name, limit.describe(), *cells]))
    return "\n".join(lines)


def format_cost_table(runs: FiguresByRun) -> str:
    """Returns a Markdown table of CPU and wall-clock milliseconds."""
    pages = dict.fromkeys(page for figures in runs.values() for page in figures.get("pages", {}))
    headings = [f"{vendor}, {_format_size(claims)}" for vendor, claims in runs]
    lines = [
        _markdown_row(["ms of CPU / wall clock (queries)", *headings]),
        _markdown_row(["---", *["--:"] * len(headings)]),
    ]
    for page in pages:
        costs = [figures.get("pages", {}).get(page) for figures in runs.values()]
        lines.append(_markdown_row([page, *map(_format_cost, costs)]))
    return "\n".join(lines)


def format_throughput(runs: FiguresByRun) -> str:
    """Describes the throughput of exports and loads, and the response times of readers meanwhile."""
    lines = []
    for (vendor, claims), figures in runs.items():
        parts = []
        if "csv" in figures:
            parts.append(f"CSV {figures['csv']['rows_a_second']:,.0f} rows/s")
        if "client" in figures:
            parts.append(f"{figures['client']['name']} {figures['client']['rows_a_second']:,.0f}")
        if "stream" in figures.get("peer", {}):
            parts.append(f"Datasette's stream {figures['peer']['stream']['rows_a_second']:,.0f}")
        for method, load in figures.get("load", {}).items():
            parts.append(f"load {method} {load['rows_a_second']:,.0f}")
        if "shared" in figures:
            p95_times = (f"{1000 * figures['shared'][when]['p95']:.0f}" for when in ("alone", "beside"))
            parts.append("p95 of readers {} ms alone, {} ms beside the export".format(*p95_times))
        if "pressure" in figures:
            load_test = figures["pressure"]
            parts.append(
                f"{load_test['asked']:,} requests beside an ingest, {load_test['wrong']} errors ({load_test['by']})"
            )
        lines.append(f"- {vendor}, {claims:,} claims: {'; '.join(parts)}")
    return "\n".join(lines)


def _not_measured(_: Figures) -> float:
    raise KeyError


def _format_figure(limit: Limit, run: tuple[str, int], value: float | None) -> str:
    if value is None:
        return "–"
    text = f"{value:.0f}" if limit.is_integer else f"{value:.2f}"
    return text if limit.holds(run[0], value) else f"**{text}**"


def _format_cost(page: Mapping[str, float] | None) -> str:
    return f"{1000 * page['cpu']:.1f} / {page['ms']:.1f} ({page['queries']})" if page else "–"


def _format_size(claims: int) -> str:
    return f"{claims // 1_000_000}M" if claims >= 1_000_000 else f"{claims // 1000}k" if claims >= 1000 else str(claims)


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
