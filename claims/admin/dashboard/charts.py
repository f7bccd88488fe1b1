"""Charts as shapes: what the template draws as SVG, with the same figures in words beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from claims.admin.dashboard.metrics import DecisionMetrics
from claims.models import QuoteDecision

CHART_HEIGHT = 100  # the height of the day chart, in its own units
DAY_WIDTH, DAY_GAP = 10, 2  # a day's width, and what of it stays free
MIN_DECISIONS_FOR_SHARE = 20  # with fewer decisions than this, a share says little


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day's bar: accepted at the bottom, rejected above. Lengths and places are in the chart's units."""

    day: date
    accepted: int
    rejected: int
    link: str
    x: int
    accepted_y: float
    accepted_high: float
    rejected_y: float
    rejected_high: float


@dataclass(frozen=True, slots=True)
class DecisionChart:
    """The chart of all days; `most` is what its height stands for."""

    bars: list[DayBar]
    most: int
    accepted: int
    rejected: int
    wide: int
    high: int = CHART_HEIGHT
    bar: int = DAY_WIDTH - DAY_GAP
    step: int = DAY_WIDTH


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, with the lists of both."""

    name: str
    part: int
    whole: int
    part_link: str
    whole_link: str

    @property
    def enough(self) -> bool:
        """Whether the share may be said."""
        return self.whole >= MIN_DECISIONS_FOR_SHARE

    @property
    def percent(self) -> int:
        """Rounded down: 99.9 % is not all of them."""
        return 100 * self.part // self.whole if self.whole else 0


def bar_width(n: int, most: int) -> float:
    """Of a bar, in per cent; what is not nothing can be seen."""
    return max(round(100 * n / most, 1), 0.8) if n else 0


def build_decision_chart(found: DecisionMetrics, link: Callable[..., str]) -> DecisionChart:
    """The bars of every day from the first to the last, also of those without a decision."""
    every = [found.first + timedelta(days=n) for n in range((found.last - found.first).days + 1)]
    counts = [(found.daily[day, QuoteDecision.ACCEPTED], found.daily[day, QuoteDecision.REJECTED]) for day in every]
    most = max(sum(each) for each in counts)
    bars = []
    for place, (day, (accepted, rejected)) in enumerate(zip(every, counts, strict=True)):
        low, high = (round(CHART_HEIGHT * n / most, 2) if most else 0 for n in (accepted, rejected))
        bars.append(
            DayBar(
                day=day,
                accepted=accepted,
                rejected=rejected,
                link=link(decided=f"{day}"),
                x=place * DAY_WIDTH + DAY_GAP // 2,
                accepted_y=round(CHART_HEIGHT - low, 2),
                accepted_high=low,
                rejected_y=round(CHART_HEIGHT - low - high, 2),
                rejected_high=high,
            )
        )
    accepted_all, rejected_all = (sum(each[side] for each in counts) for side in (0, 1))
    return DecisionChart(bars, most, accepted_all, rejected_all, wide=DAY_WIDTH * len(every))
