"""A speaker's positions: as a timeline, and as held on a given day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.models import Position

MAX_NAMED_POSITIONS = 2  # beside a quote
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One row of a timeline: a position, or a gap in which no position is known.

    `left` and `width` are percentages of the timeline's length; both are 0 if no date is known.
    """

    when: str
    position: Position | None = None
    overlaps: tuple[str, ...] = ()
    left: float = 0
    width: float = 0


def describe_positions_on(positions: Iterable[Position], day: date | None) -> str:
    """Describes the positions held that day, such as "then Deputy minister, Ministry of Rivers"; "" if unknown."""
    held = [str(position) for position in positions if day and position.was_held_on(day)]
    more = f" and {len(held) - MAX_NAMED_POSITIONS} more" if len(held) > MAX_NAMED_POSITIONS else ""
    return f"then {'; '.join(held[:MAX_NAMED_POSITIONS])}{more}" if held else ""


def build_timeline(positions: Sequence[Position], *, today: date) -> list[TimelineRow]:
    """Returns the positions by their beginning, with the gaps between them; positions without any date come last."""
    dated = [position for position in positions if position.held_from or position.held_to]
    dated.sort(key=lambda position: (position.held_from or date.min, position.held_to or date.max, position.pk or 0))
    days = [day for position in dated for day in (position.held_from, position.held_to) if day]
    first, last = min(days, default=today), max([*days, today])
    length = max((last - first).days, 1)

    def build_row(when: str, start: date, end: date, position: Position | None, *overlaps: str) -> TimelineRow:
        left, width = (round(100 * span.days / length, 2) for span in (start - first, end - start))
        return TimelineRow(when=when, position=position, overlaps=overlaps, left=left, width=max(width, 1))

    rows: list[TimelineRow] = []
    covered_until: date | None = None
    for position in dated:
        start, end = position.held_from or first, position.held_to or last
        if covered_until and start - covered_until > ONE_DAY:
            gap = f"{covered_until + ONE_DAY:%Y-%m-%d} – {start - ONE_DAY:%Y-%m-%d}"
            rows.append(build_row(gap, covered_until, start, None))
        overlaps = [str(other) for other in dated if other is not position and position.overlaps(other)]
        when = f"{_format_position_day(position.held_from)} – {_format_position_day(position.held_to)}"
        rows.append(build_row(when, start, end, position, *overlaps))
        covered_until = end if covered_until is None else max(covered_until, end)
    undated = [position for position in positions if not (position.held_from or position.held_to)]
    return [*rows, *(TimelineRow(when="Dates unknown", position=position) for position in undated)]


def _format_position_day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "…"
