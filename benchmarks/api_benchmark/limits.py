"""What must hold of the figures, and the table of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]  # of one database at one size
FiguresByRun = Mapping[tuple[str, int], Figures]  # by database and number of claims
FigureGetter = Callable[[Figures], float]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit; `least` where the figure must not be below it. `get` finds the figure, or there is none."""

    name: str
    limit: float
    get: FigureGetter
    least: bool = False
    limits: Mapping[str, float] | None = None  # of databases for which it is another
    whole: bool = False  # shown without a fraction

    def limit_of(self, vendor: str) -> float:
        """For this database."""
        return (self.limits or {}).get(vendor, self.limit)

    def figure(self, figures: Figures) -> float | None:
        """What was measured; None where it was not."""
        try:
            return self.get(figures)
        except KeyError:
            return None

    def holds(self, vendor: str, value: float) -> bool:
        """Whether it is within the limit."""
        limit = self.limit_of(vendor)
        return value >= limit if self.least else value <= limit

    def said(self) -> str:
        """The limit."""
        others = "".join(f" ({vendor} {limit:g})" for vendor, limit in (self.limits or {}).items())
        return f"{'≥' if self.least else '≤'} {self.limit:g}{others}"


@dataclass(frozen=True, slots=True)
class MissedLimit:
    """A must that does not hold."""

    name: str
    database: str
    claims: int
    value: float
    limit: float

    def __str__(self) -> str:
        return f"{self.name}: {self.value:.2f}, must be {self.limit:g} ({self.database}, {self.claims:,} claims)"


def _cpu_ratio(page: str, floor: str = "floor") -> FigureGetter:
    return lambda figures: figures["pages"][page]["cpu"] / figures["pages"][floor]["cpu"]


def _served_ratio(ours: str, theirs: str, what: str = "cpu") -> FigureGetter:
    return lambda figures: figures["peer"][ours][what] / figures["peer"][theirs][what]


def _load_ratio(way: str) -> FigureGetter:
    return lambda figures: figures["load"][way]["rows_a_second"] / figures["load"]["raw"]["rows_a_second"]


WORD_FREQUENCIES = ("frequent", "mid", "rare")
API_LIMITS = (
    Limit("list of 50 (speaker, source, status): CPU of the floor's", 2.5, _cpu_ratio("narrow")),
    Limit("list of 50: statements", 1, lambda figures: figures["pages"]["list"]["queries"], whole=True),
    Limit("list of 50: CPU of Datasette's table page", 0.5, _served_ratio("list", "table")),
    Limit("page at half depth (500,000 at most): CPU of page 1's", 1.5, _cpu_ratio("deep", "list")),
    *(
        Limit(f"full text, {word} word: CPU of the list floor's", 3, _cpu_ratio(f"narrow {word}"))
        for word in WORD_FREQUENCIES
    ),
    *(
        Limit(f"full text, {word} word: CPU of Datasette's", 0.25, _served_ratio(word, f"their {word}"))
        for word in WORD_FREQUENCIES
    ),
    Limit("conditional GET (304): CPU of the 200's", 0.4, _cpu_ratio("unchanged", "list")),
    Limit(
        "CSV over HTTP: rows a second of the database's client's",
        0.25,
        lambda figures: figures["csv"]["rows_a_second"] / figures["client"]["rows_a_second"],
        least=True,
        limits={"postgresql": 0.8},
    ),
    Limit("CSV over HTTP: MB of memory more", 100, lambda figures: figures["csv"]["memory"], whole=True),
    Limit("CSV while four read: seconds to the first byte", 0.1, lambda figures: figures["shared"]["first"]),
    Limit("CSV while four read: MB of memory more", 10, lambda figures: figures["shared"]["memory"], whole=True),
    Limit(
        "CSV while four read: their errors",
        0,
        lambda figures: sum(figures["shared"]["beside"]["wrong"].values()),
        whole=True,
    ),
    Limit(
        "CSV while four read: ms that they wait (p95)",
        100,
        lambda figures: 1000 * figures["shared"]["beside"]["p95"],
        whole=True,
    ),
    Limit(
        "rows a second with names: of Datasette's `_stream`",
        2,
        lambda figures: figures["csv"]["rows_a_second"] / figures["peer"]["stream"]["rows_a_second"],
        least=True,
    ),
    Limit("bulk load: rows a second of raw executemany's", 0.85, _load_ratio("orm"), least=True),
    Limit("bulk load, full text filled once: of raw executemany's", 1.5, _load_ratio("once"), least=True),
    Limit("load run beside an ingest: errors", 0, lambda figures: figures["pressure"]["wrong"], whole=True),
)
# From the smallest size to the largest.
GROWTH_LIMITS = (
    ("list", "list of 50", {}),
    ("deep", "page at half depth", {}),
    *((word, f"full text, {word} word", {"postgresql": 2.5}) for word in ("frequent", "mid")),
)


def evaluate_limits(runs: FiguresByRun) -> list[tuple[Limit, dict[tuple[str, int], float]]]:
    """Each with what was measured, where it was."""
    found = []
    for must in API_LIMITS:
        values = {key: value for key, figures in runs.items() if (value := must.figure(figures)) is not None}
        found.append((must, values))
    vendors = dict.fromkeys(vendor for vendor, _ in runs)
    for page, name, limits in GROWTH_LIMITS:
        must = Limit(f"{name}: CPU with most claims of that with fewest", 1.5, _not_measured, limits=limits)
        grown = {}
        for vendor in vendors:
            sizes = sorted(claims for of, claims in runs if of == vendor)
            pages = [runs[vendor, claims].get("pages", {}).get(page) for claims in (sizes[0], sizes[-1])]
            if len(sizes) > 1 and all(pages):
                grown[vendor, sizes[-1]] = pages[1]["cpu"] / pages[0]["cpu"]
        found.append((must, grown))
    return found


def list_missed_limits(runs: FiguresByRun) -> list[MissedLimit]:
    """All that does not hold."""
    return [
        MissedLimit(must.name, vendor, claims, value, must.limit_of(vendor))
        for must, values in evaluate_limits(runs)
        for (vendor, claims), value in values.items()
        if not must.holds(vendor, value)
    ]


def format_limit_table(runs: FiguresByRun) -> str:
    """As Markdown: what was missed stands in bold, what was not measured is a dash."""
    heads = [f"{vendor}, {_format_size(claims)}" for vendor, claims in runs]
    lines = [_markdown_row(["", "must", *heads]), _markdown_row(["---", *["--:"] * (1 + len(heads))])]
    for must, values in evaluate_limits(runs):
        cells = [_format_figure(must, key, values.get(key)) for key in runs]
        lines.append(_markdown_row([must.name, must.said(), *cells]))
    return "\n".join(lines)


def format_cost_table(runs: FiguresByRun) -> str:
    """What the ratios are made of: milliseconds of CPU, and by the clock."""
    pages = dict.fromkeys(page for figures in runs.values() for page in figures.get("pages", {}))
    heads = [f"{vendor}, {_format_size(claims)}" for vendor, claims in runs]
    lines = [
        _markdown_row(["ms of CPU / by the clock (statements)", *heads]),
        _markdown_row(["---", *["--:"] * len(heads)]),
    ]
    for page in pages:
        found = [figures.get("pages", {}).get(page) for figures in runs.values()]
        lines.append(_markdown_row([page, *(_format_cost(each) for each in found)]))
    return "\n".join(lines)


def format_throughput(runs: FiguresByRun) -> str:
    """Of exports and loads, and what readers met meanwhile."""
    lines = []
    for (vendor, claims), figures in runs.items():
        said = []
        if "csv" in figures:
            said.append(f"CSV {figures['csv']['rows_a_second']:,.0f} rows/s")
        if "client" in figures:
            said.append(f"{figures['client']['name']} {figures['client']['rows_a_second']:,.0f}")
        if "stream" in figures.get("peer", {}):
            said.append(f"Datasette's stream {figures['peer']['stream']['rows_a_second']:,.0f}")
        for way, found in figures.get("load", {}).items():
            said.append(f"load {way} {found['rows_a_second']:,.0f}")
        if "shared" in figures:
            waits = (f"{1000 * figures['shared'][when]['p95']:.0f}" for when in ("alone", "beside"))
            said.append("readers wait (p95) {} ms alone, {} ms beside the export".format(*waits))
        if "pressure" in figures:
            found = figures["pressure"]
            said.append(f"{found['asked']:,} requests beside an ingest, {found['wrong']} errors ({found['by']})")
        lines.append(f"- {vendor}, {claims:,} claims: {'; '.join(said)}")
    return "\n".join(lines)


def _not_measured(_: Figures) -> float:
    raise KeyError


def _format_figure(must: Limit, key: tuple[str, int], value: float | None) -> str:
    if value is None:
        return "–"
    said = f"{value:.0f}" if must.whole else f"{value:.2f}"
    return said if must.holds(key[0], value) else f"**{said}**"


def _format_cost(page: Mapping[str, float] | None) -> str:
    return f"{1000 * page['cpu']:.1f} / {page['ms']:.1f} ({page['queries']})" if page else "–"


def _format_size(claims: int) -> str:
    return f"{claims // 1_000_000}M" if claims >= 1_000_000 else f"{claims // 1000}k" if claims >= 1000 else str(claims)


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
