"""How many quotes of a speaker are from which month, year, decade or century, as a bar chart and a table."""

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format

from claims.resources.permalinks import list_page_path

MAX_BARS = 48
UNITS = (1, 12, 120, 1200)  # months: the first in which there are at most MAX_BARS
BAR_WIDTH, BAR_GAP, CHART_HEIGHT = 8, 2, 100  # in units of the chart


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    count: int
    path: str
    x: int
    height: int

    @property
    def y(self) -> int:
        return CHART_HEIGHT - self.height


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars of one width, those without quotes included. `unit` is the number of months of a bar."""

    unit: int
    bars: list[Bar]

    @property
    def width(self) -> int:
        return len(self.bars) * (BAR_WIDTH + BAR_GAP)

    @property
    def total(self) -> int:
        return sum(bar.count for bar in self.bars)

    @property
    def highest(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.count)

    @property
    def middle(self) -> Bar | None:
        return self.bars[len(self.bars) // 2] if len(self.bars) > 4 else None


def build_timeline(counts: Mapping[str, int], *, speaker_id: int) -> Timeline | None:
    """Builds it from numbers of quotes by month (`2025-05`); None if they are all from one."""
    months = {int(month[:4]) * 12 + int(month[5:]) - 1: count for month, count in counts.items()}
    if len(months) < 2:
        return None
    first, last = min(months), max(months)
    unit = next((unit for unit in UNITS if last // unit - first // unit < MAX_BARS), UNITS[-1])
    by_unit: Counter[int] = Counter()
    for month, count in months.items():
        by_unit[month // unit] += count
    most = max(by_unit.values())
    bars = [
        Bar(
            label=_label(start * unit, unit),
            count=by_unit[start],
            path=_quotes_path(start * unit, unit, speaker_id),
            x=index * (BAR_WIDTH + BAR_GAP) + BAR_GAP // 2,
            height=-(-by_unit[start] * CHART_HEIGHT // most),
        )
        for index, start in enumerate(range(first // unit, last // unit + 1))
    ]
    return Timeline(unit, bars)


def _label(first_month: int, unit: int) -> str:
    year = first_month // 12
    if unit == 1:
        return date_format(_first_day(first_month), "F Y")
    return str(year) if unit == 12 else f"{year}–{year + unit // 12 - 1}"


def _first_day(month: int) -> dt.date:
    return dt.date(max(month // 12, dt.MINYEAR), month % 12 + 1, 1)


def _quotes_path(first_month: int, unit: int, speaker_id: int) -> str:
    first_day, last_month = _first_day(first_month), _first_day(first_month + unit - 1)
    last_day = last_month.replace(day=calendar.monthrange(last_month.year, last_month.month)[1])
    return list_page_path("quotes", speaker=speaker_id, said_after=first_day, said_before=last_day)
