"""Charts of the dashboard, as coordinates that the template draws as SVG."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from claims.admin.dashboard.metrics import DecisionMetrics
from claims.models import QuoteDecision

CHART_HEIGHT = 100  # in units of the chart
DAY_WIDTH, DAY_GAP = 10, 2  # the width of a day, and the part of it that stays empty
MIN_DECISIONS_FOR_SHARE = 20  # fewer decisions make a percentage meaningless
MIN_BAR_WIDTH = 0.8  # per cent; keeps small values visible


@dataclass(frozen=True, slots=True)
class DayBar:
    """The bar of one day: accepted quotes at the bottom, rejected ones above. Coordinates are in units of the chart."""

    day: date
    accepted: int
    rejected: int
    url: str
    x: int
    accepted_y: float
    accepted_height: float
    rejected_y: float
    rejected_height: float


@dataclass(frozen=True, slots=True)
class DecisionChart:
    """Decisions per day. `largest` is the number of decisions that the full height stands for."""

    bars: list[DayBar]
    largest: int
    accepted: int
    rejected: int
    width: int
    height: int = CHART_HEIGHT
    bar_width: int = DAY_WIDTH - DAY_GAP
    day_width: int = DAY_WIDTH


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, with links to the lists of both."""

    name: str
    part: int
    whole: int
    part_url: str
    whole_url: str

    @property
    def has_enough_data(self) -> bool:
        return self.whole >= MIN_DECISIONS_FOR_SHARE

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 % means all."""
        return 100 * self.part // self.whole if self.whole else 0


def bar_width(count: int, largest: int) -> float:
    """The width of a bar in per cent, at least `MIN_BAR_WIDTH` unless the count is 0."""
    return max(round(100 * count / largest, 1), MIN_BAR_WIDTH) if count else 0


def build_decision_chart(decisions: DecisionMetrics, list_url: Callable[..., str]) -> DecisionChart:
    """A bar for every day of the period, including days without decisions."""
    days = [decisions.first + timedelta(days=n) for n in range((decisions.last - decisions.first).days + 1)]
    counts = [
        (decisions.daily[day, QuoteDecision.ACCEPTED], decisions.daily[day, QuoteDecision.REJECTED]) for day in days
    ]
    largest = max(accepted + rejected for accepted, rejected in counts)

    def height(count: int) -> float:
        return round(CHART_HEIGHT * count / largest, 2) if largest else 0

    bars = [
        DayBar(
            day=day,
            accepted=accepted,
            rejected=rejected,
            url=list_url(decided=f"{day}"),
            x=index * DAY_WIDTH + DAY_GAP // 2,
            accepted_y=round(CHART_HEIGHT - height(accepted), 2),
            accepted_height=height(accepted),
            rejected_y=round(CHART_HEIGHT - height(accepted) - height(rejected), 2),
            rejected_height=height(rejected),
        )
        for index, (day, (accepted, rejected)) in enumerate(zip(days, counts, strict=True))
    ]
    return DecisionChart(
        bars,
        largest,
        accepted=sum(accepted for accepted, _ in counts),
        rejected=sum(rejected for _, rejected in counts),
        width=DAY_WIDTH * len(days),
    )
