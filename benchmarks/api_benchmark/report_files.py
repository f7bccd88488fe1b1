"""The results of a run as files: all figures as JSON, and a plot of the cost of pages by the number of claims."""

import json

from benchmarks.api_benchmark.limits import FiguresByRun, evaluate_limits
from benchmarks.api_benchmark.svg_plot import PlotLine, draw_plot

PLOTTED_PAGES = {
    "list": ("factbase: list of 50", "a"),
    "frequent": ("factbase: search, frequent word", "b"),
    "rare": ("factbase: search, rare word", "c"),
    "baseline": ("plain view: list of 50", "baseline"),
}
PLOTTED_PEER_PAGES = {
    "table": ("Datasette: table of 50", "a peer"),
    "their frequent": ("Datasette: search, frequent word", "b peer"),
    "their rare": ("Datasette: search, rare word", "c peer"),
}


def results_as_json(runs: FiguresByRun) -> str:
    limits = [
        {
            "name": limit.name,
            "must": limit.describe(),
            "database": vendor,
            "claims": claims,
            "value": value,
            "holds": limit.holds(vendor, value),
        }
        for limit, values in evaluate_limits(runs)
        for (vendor, claims), value in values.items()
    ]
    figures = [{"database": vendor, "size": claims, "figures": values} for (vendor, claims), values in runs.items()]
    return json.dumps({"musts": limits, "runs": figures}, indent=1) + "\n"


def results_as_svg(runs: FiguresByRun) -> str:
    panels: dict[str, list[PlotLine]] = {}
    titles = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    for vendor in dict.fromkeys(vendor for vendor, _ in runs):
        sizes = {claims: figures for (run_vendor, claims), figures in runs.items() if run_vendor == vendor}
        lines = [
            PlotLine(
                name, css_class, [(size, 1000 * run[part][page]["cpu"]) for size, run in sizes.items() if part in run]
            )
            for part, pages in (("pages", PLOTTED_PAGES), ("peer", PLOTTED_PEER_PAGES))
            for page, (name, css_class) in pages.items()
        ]
        panels[titles[vendor]] = [line for line in lines if line.points]
    return draw_plot(
        "CPU of a page, by the number of claims", panels, x_label="claims", y_label="ms of CPU for a page of 50"
    )
