"""The chart of a speaker's quotes over time."""

import pytest

from claims.pages.speakers.timeline import MAX_BARS, Timeline, build_timeline


def build(**counts: int) -> Timeline:
    timeline = build_timeline({name[1:].replace("_", "-"): count for name, count in counts.items()}, speaker_id=7)
    assert timeline
    return timeline


@pytest.mark.parametrize("counts", [{}, {"2025-05": 3}])
def test_less_than_two_months_are_no_chart(counts: dict[str, int]) -> None:
    assert build_timeline(counts, speaker_id=7) is None


def test_months_without_quotes_have_empty_bars() -> None:
    timeline = build(m2024_12=2, m2025_02=4)
    assert [(bar.label, bar.count, bar.height, bar.y) for bar in timeline.bars] == [
        ("December 2024", 2, 50, 50),
        ("January 2025", 0, 0, 100),
        ("February 2025", 4, 100, 0),
    ]
    assert [bar.x for bar in timeline.bars] == [1, 11, 21]
    assert (timeline.unit, timeline.width, timeline.total, timeline.highest.label) == (1, 30, 6, "February 2025")


def test_few_of_many_are_still_to_be_seen() -> None:
    assert build(m2025_01=1, m2025_02=1000).bars[0].height == 1


@pytest.mark.parametrize(
    ("last", "unit", "labels"),
    [
        ("m2023_12", 1, ("January 2020", "December 2023")),
        ("m2024_01", 12, ("2020", "2024")),
        ("m2067_12", 12, ("2020", "2067")),
        ("m2068_01", 120, ("2020–2029", "2060–2069")),
        ("m9999_12", 1200, ("2000–2099", "9900–9999")),
    ],
)
def test_bars_are_as_long_as_it_takes(last: str, unit: int, labels: tuple[str, str]) -> None:
    timeline = build(m2020_01=1, **{last: 1})
    assert (timeline.unit, timeline.bars[0].label, timeline.bars[-1].label) == (unit, *labels)
    assert len(timeline.bars) <= max(MAX_BARS, 80)


def test_bars_lead_to_their_quotes() -> None:
    by_month, by_year = build(m2024_02=1, m2024_03=1), build(m1990_02=1, m2024_03=1)
    assert by_month.bars[0].path == "/quotes/?speaker=7&said_after=2024-02-01&said_before=2024-02-29"
    assert by_year.bars[-1].path == "/quotes/?speaker=7&said_after=2024-01-01&said_before=2024-12-31"


def test_first_century_begins_with_the_first_year() -> None:
    timeline = build(m0001_01=1, m2024_03=1)
    assert "said_after=0001-01-01" in timeline.bars[0].path
    assert len(timeline.bars) == 21
