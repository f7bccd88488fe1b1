"""What a run found, as files: all of it as JSON, and the cost of pages against the number of claims as a plot."""

import json

from benchmarks.api_benchmark.limits import FiguresByRun, evaluate_limits
from benchmarks.api_benchmark.svg_plot import PlotLine, draw_plot

PLOTTED_PAGES = {
    "list": ("factbase: list of 50", "a"),
    "frequent": ("factbase: search, frequent word", "b"),
    "rare": ("factbase: search, rare word", "c"),
    "floor": ("plain view: list of 50", "floor"),
}
PLOTTED_PEER_PAGES = {
    "table": ("Datasette: table of 50", "a peer"),
    "their frequent": ("Datasette: search, frequent word", "b peer"),
    "their rare": ("Datasette: search, rare word", "c peer"),
}


def results_as_json(runs: FiguresByRun) -> str:
    """All of it as JSON."""
    musts = [
        {
            "name": must.name,
            "must": must.said(),
            "database": vendor,
            "claims": claims,
            "value": value,
            "holds": must.holds(vendor, value),
        }
        for must, values in evaluate_limits(runs)
        for (vendor, claims), value in values.items()
    ]
    figures = [{"database": vendor, "size": claims, "figures": found} for (vendor, claims), found in runs.items()]
    return json.dumps({"musts": musts, "runs": figures}, indent=1) + "\n"


def results_as_svg(runs: FiguresByRun) -> str:
    """Cost against size."""
    panels: dict[str, list[PlotLine]] = {}
    titles = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    for vendor in dict.fromkeys(vendor for vendor, _ in runs):
        sizes = {claims: figures for (of, claims), figures in runs.items() if of == vendor}
        lines = [
            PlotLine(name, look, [(n, 1000 * each[part][page]["cpu"]) for n, each in sizes.items() if part in each])
            for part, pages in (("pages", PLOTTED_PAGES), ("peer", PLOTTED_PEER_PAGES))
            for page, (name, look) in pages.items()
        ]
        panels[titles[vendor]] = [line for line in lines if line.points]
    return draw_plot("CPU of a page, by the number of claims", panels, across="claims", up="ms of CPU for a page of 50")
