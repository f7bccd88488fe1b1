"""What a speaker was, and when: as a time line, and at the day of a source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.models import Position

MAX_NAMED_POSITIONS = 2  # positions named beside a quote
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One row of a time line: a position, or a gap of which nothing is known.

    `left` and `width` are per cent of the whole line; both 0 where no date is known.
    """

    when: str
    position: Position | None = None
    overlaps: tuple[str, ...] = ()
    left: float = 0
    width: float = 0


def describe_positions_on(positions: Iterable[Position], day: date | None) -> str:
    """What the speaker was that day, such as "then Deputy minister, Ministry of Rivers"; "" if it is not known."""
    held = [str(position) for position in positions if day and position.was_held_on(day)]
    more = f" and {len(held) - MAX_NAMED_POSITIONS} more" if len(held) > MAX_NAMED_POSITIONS else ""
    return f"then {'; '.join(held[:MAX_NAMED_POSITIONS])}{more}" if held else ""


def build_timeline(positions: Sequence[Position], *, today: date) -> list[TimelineRow]:
    """The positions by when they began, with the gaps between them; those without any date come last."""
    dated = [row for row in positions if row.held_from or row.held_to]
    dated.sort(key=lambda row: (row.held_from or date.min, row.held_to or date.max, row.pk or 0))
    known = [day for row in dated for day in (row.held_from, row.held_to) if day]
    first, last = min(known, default=today), max([*known, today])
    whole = max((last - first).days, 1)

    def stretch(when: str, since: date, until: date, position: Position | None, *overlaps: str) -> TimelineRow:
        left, width = (100 * (end - begin).days / whole for begin, end in ((first, since), (since, until)))
        return TimelineRow(
            when=when, position=position, overlaps=overlaps, left=round(left, 2), width=max(round(width, 2), 1)
        )

    line: list[TimelineRow] = []
    reached: date | None = None
    for row in dated:
        since, until = row.held_from or first, row.held_to or last
        if reached and since - reached > ONE_DAY:
            gap = f"{reached + ONE_DAY:%Y-%m-%d} – {since - ONE_DAY:%Y-%m-%d}"
            line.append(stretch(gap, reached, since, None))
        others = [str(other) for other in dated if other is not row and row.overlaps(other)]
        line.append(
            stretch(
                f"{_format_position_day(row.held_from)} – {_format_position_day(row.held_to)}",
                since,
                until,
                row,
                *others,
            )
        )
        reached = until if reached is None else max(reached, until)
    undated = [row for row in positions if not (row.held_from or row.held_to)]
    return [*line, *(TimelineRow(when="dates not known", position=row) for row in undated)]


def _format_position_day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "…"
