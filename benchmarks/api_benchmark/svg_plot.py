"""Draws a log-log plot as SVG, with a panel per database, for light and dark colour schemes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 440, 360
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 40, 44
LEGEND_ROW_HEIGHT, LEGEND_ENTRY_WIDTH = 20, 270  # in the legend
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; font-size: 14px; }
.grid { stroke: #8c959f; stroke-opacity: .3; }
.a { stroke: #0969da; } .b { stroke: #bc4c00; } .c { stroke: #1a7f37; } .d { stroke: #8250df; }
polyline, .key { fill: none; stroke-width: 2.2; }
.peer { stroke-dasharray: 6 4; } .baseline { stroke: #57606a; stroke-dasharray: 2 3; }
circle { stroke-width: 2.2; fill: #fff; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } circle { fill: #0d1117; }
  .a { stroke: #58a6ff; } .b { stroke: #f0883e; } .c { stroke: #3fb950; } .d { stroke: #bc8cff; }
  .baseline { stroke: #9da7b3; }
}"""

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class PlotLine:
    """A line of the plot; `css_class` is one or more classes of the style."""

    name: str
    css_class: str
    points: Points


def draw_plot(title: str, panels: Mapping[str, Sequence[PlotLine]], *, x_label: str, y_label: str) -> str:
    """Returns the SVG. All panels have the same scales."""
    points = [point for lines in panels.values() for line in lines for point in line.points]
    xs, ys = _decades([x for x, _ in points]), _decades([y for _, y in points])
    legend = list({line.name: line for lines in panels.values() for line in lines}.values())
    width = WIDTH * len(panels)
    columns = width // LEGEND_ENTRY_WIDTH
    rows = ceil(len(legend) / columns)
    height = HEIGHT + 30 + rows * LEGEND_ROW_HEIGHT
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{escape(title)}">']
    parts.append(f"<title>{escape(title)}</title><style>{STYLE}</style>")
    for number, (name, lines) in enumerate(panels.items()):
        parts.append(
            f'<g transform="translate({number * WIDTH} 0)">{_draw_panel(name, lines, xs, ys, (x_label, y_label))}</g>'
        )
    for number, line in enumerate(legend):
        x, y = LEFT + number % columns * (width - LEFT) / columns, HEIGHT + 18 + number // columns * LEGEND_ROW_HEIGHT
        parts.append(f'<path class="key {line.css_class}" d="M{x:.0f} {y}h26"/>{_svg_text(x + 32, y + 4, line.name)}')
    return "".join([*parts, "</svg>\n"])


def _draw_panel(
    name: str, lines: Sequence[PlotLine], xs: tuple[int, int], ys: tuple[int, int], axes: tuple[str, str]
) -> str:
    def place(x: float, y: float) -> tuple[float, float]:
        return (
            LEFT + (log10(x) - xs[0]) / (xs[1] - xs[0]) * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - (log10(y) - ys[0]) / (ys[1] - ys[0]) * (HEIGHT - TOP - BOTTOM),
        )

    x_label, y_label = axes
    parts = [
        _svg_text(LEFT, 18, name, "title"),
        _svg_text(LEFT, 33, y_label),
        _svg_text(WIDTH - RIGHT, HEIGHT - 6, x_label, anchor="end"),
    ]
    for decade in range(xs[0], xs[1] + 1):
        x, y = place(10**decade, 10 ** ys[0])
        parts.append(f'<path class="grid" d="M{x:.1f} {TOP}V{y:.1f}"/>')
        parts.append(_svg_text(x, y + 18, _format_power_of_ten(decade), anchor="middle"))
    for decade in range(ys[0], ys[1] + 1):
        x, y = place(10 ** xs[0], 10**decade)
        parts.append(f'<path class="grid" d="M{x:.1f} {y:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(_svg_text(x - 6, y + 4, _format_power_of_ten(decade), anchor="end"))
    for line in lines:
        places = [place(*point) for point in line.points]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline class="{line.css_class}" points="{joined}"/>')
        parts += [f'<circle class="{line.css_class.split()[0]}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places]
    return "".join(parts)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = floor(log10(min(values)) + 1e-9), ceil(log10(max(values)) - 1e-9)
    return low, max(high, low + 1)


def _format_power_of_ten(decade: int) -> str:
    for exponent, unit in ((6, "M"), (3, "k")):
        if decade >= exponent:
            return f"{10 ** (decade - exponent)}{unit}"
    return f"{10**decade:g}"


def _svg_text(x: float, y: float, text: str, css_class: str = "", anchor: str = "start") -> str:
    attribute = f' class="{css_class}"' if css_class else ""
    return f'<text{attribute} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
