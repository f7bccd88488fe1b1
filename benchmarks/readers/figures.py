"""What must hold of the figures, and the table of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]  # of one database at one size
Runs = Mapping[tuple[str, int], Figures]  # by database and number of claims
Get = Callable[[Figures], float]


@dataclass(frozen=True, slots=True)
class Must:
    """A limit; `least` where the figure must not be below it. `get` finds the figure, or there is none."""

    name: str
    limit: float
    get: Get
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
class Missed:
    """A must that does not hold."""

    name: str
    database: str
    claims: int
    value: float
    limit: float

    def __str__(self) -> str:
        return f"{self.name}: {self.value:.2f}, must be {self.limit:g} ({self.database}, {self.claims:,} claims)"


def _cpu(page: str, floor: str = "floor") -> Get:
    return lambda figures: figures["pages"][page]["cpu"] / figures["pages"][floor]["cpu"]


def _served(ours: str, theirs: str, what: str = "cpu") -> Get:
    return lambda figures: figures["peer"][ours][what] / figures["peer"][theirs][what]


def _load(way: str) -> Get:
    return lambda figures: figures["load"][way]["rows_a_second"] / figures["load"]["raw"]["rows_a_second"]


WORDS = ("frequent", "mid", "rare")
MUSTS = (
    Must("list of 50 (speaker, source, status): CPU of the floor's", 2.5, _cpu("narrow")),
    Must("list of 50: statements", 1, lambda figures: figures["pages"]["list"]["queries"], whole=True),
    Must("list of 50: CPU of Datasette's table page", 0.5, _served("list", "table")),
    Must("page at half depth (500,000 at most): CPU of page 1's", 1.5, _cpu("deep", "list")),
    *(Must(f"full text, {word} word: CPU of the list floor's", 3, _cpu(f"narrow {word}")) for word in WORDS),
    *(Must(f"full text, {word} word: CPU of Datasette's", 0.25, _served(word, f"their {word}")) for word in WORDS),
    Must("conditional GET (304): CPU of the 200's", 0.4, _cpu("unchanged", "list")),
    Must(
        "CSV over HTTP: rows a second of the database's client's",
        0.25,
        lambda figures: figures["csv"]["rows_a_second"] / figures["client"]["rows_a_second"],
        least=True,
        limits={"postgresql": 0.8},
    ),
    Must("CSV over HTTP: MB of memory more", 100, lambda figures: figures["csv"]["memory"], whole=True),
    Must("CSV while four read: seconds to the first byte", 0.1, lambda figures: figures["shared"]["first"]),
    Must("CSV while four read: MB of memory more", 10, lambda figures: figures["shared"]["memory"], whole=True),
    Must(
        "CSV while four read: their errors",
        0,
        lambda figures: sum(figures["shared"]["beside"]["wrong"].values()),
        whole=True,
    ),
    Must(
        "CSV while four read: ms that they wait (p95)",
        100,
        lambda figures: 1000 * figures["shared"]["beside"]["p95"],
        whole=True,
    ),
    Must(
        "rows a second with names: of Datasette's `_stream`",
        2,
        lambda figures: figures["csv"]["rows_a_second"] / figures["peer"]["stream"]["rows_a_second"],
        least=True,
    ),
    Must("bulk load: rows a second of raw executemany's", 0.85, _load("orm"), least=True),
    Must("bulk load, full text filled once: of raw executemany's", 1.5, _load("once"), least=True),
    Must("load run beside an ingest: errors", 0, lambda figures: figures["pressure"]["wrong"], whole=True),
)
# From the smallest size to the largest.
GROWTH = (
    ("list", "list of 50", {}),
    ("deep", "page at half depth", {}),
    *((word, f"full text, {word} word", {"postgresql": 2.5}) for word in ("frequent", "mid")),
)


def all_musts(runs: Runs) -> list[tuple[Must, dict[tuple[str, int], float]]]:
    """Each with what was measured, where it was."""
    found = []
    for must in MUSTS:
        values = {key: value for key, figures in runs.items() if (value := must.figure(figures)) is not None}
        found.append((must, values))
    vendors = dict.fromkeys(vendor for vendor, _ in runs)
    for page, name, limits in GROWTH:
        must = Must(f"{name}: CPU with most claims of that with fewest", 1.5, _never, limits=limits)
        grown = {}
        for vendor in vendors:
            sizes = sorted(claims for of, claims in runs if of == vendor)
            pages = [runs[vendor, claims].get("pages", {}).get(page) for claims in (sizes[0], sizes[-1])]
            if len(sizes) > 1 and all(pages):
                grown[vendor, sizes[-1]] = pages[1]["cpu"] / pages[0]["cpu"]
        found.append((must, grown))
    return found


def missed(runs: Runs) -> list[Missed]:
    """All that does not hold."""
    return [
        Missed(must.name, vendor, claims, value, must.limit_of(vendor))
        for must, values in all_musts(runs)
        for (vendor, claims), value in values.items()
        if not must.holds(vendor, value)
    ]


def table(runs: Runs) -> str:
    """As Markdown: what was missed stands in bold, what was not measured is a dash."""
    heads = [f"{vendor}, {_short(claims)}" for vendor, claims in runs]
    lines = [_line(["", "must", *heads]), _line(["---", *["--:"] * (1 + len(heads))])]
    for must, values in all_musts(runs):
        cells = [_cell(must, key, values.get(key)) for key in runs]
        lines.append(_line([must.name, must.said(), *cells]))
    return "\n".join(lines)


def costs(runs: Runs) -> str:
    """What the ratios are made of: milliseconds of CPU, and by the clock."""
    pages = dict.fromkeys(page for figures in runs.values() for page in figures.get("pages", {}))
    heads = [f"{vendor}, {_short(claims)}" for vendor, claims in runs]
    lines = [_line(["ms of CPU / by the clock (statements)", *heads]), _line(["---", *["--:"] * len(heads)])]
    for page in pages:
        found = [figures.get("pages", {}).get(page) for figures in runs.values()]
        lines.append(_line([page, *(_cost(each) for each in found)]))
    return "\n".join(lines)


def rates(runs: Runs) -> str:
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


def _never(_: Figures) -> float:
    raise KeyError


def _cell(must: Must, key: tuple[str, int], value: float | None) -> str:
    if value is None:
        return "–"
    said = f"{value:.0f}" if must.whole else f"{value:.2f}"
    return said if must.holds(key[0], value) else f"**{said}**"


def _cost(page: Mapping[str, float] | None) -> str:
    return f"{1000 * page['cpu']:.1f} / {page['ms']:.1f} ({page['queries']})" if page else "–"


def _short(claims: int) -> str:
    return f"{claims // 1_000_000}M" if claims >= 1_000_000 else f"{claims // 1000}k" if claims >= 1000 else str(claims)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
