"""The timeline of a speaker's positions, and the positions on a given day."""

import datetime as dt

import pytest
from django.test import Client

from claims.admin.speakers.position_timeline import build_timeline, describe_positions_on
from claims.models import Position, Speaker
from tests import factories as make
from tests.admin.admin_client import admin_url

TODAY = dt.date(2025, 1, 1)


def build_position(title: str, since: str | None = None, until: str | None = None, organization: str = "") -> Position:
    days = [dt.date.fromisoformat(day) if day else None for day in (since, until)]
    return Position(title=title, organization=organization, held_from=days[0], held_to=days[1])


DEPUTY = build_position("Deputy minister", "2019-03-01", "2022-05-31", "Rivers")
COUNCIL = build_position("Councillor", "2021-01-01", "2023-02-01")
HEAD = build_position("Head", "2024-02-01", None, "Board")
ONCE = build_position("Mayor", None, "2000-01-01")
UNDATED = build_position("Engineer")


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2019-02-28", ""),
        ("2019-03-01", "then Deputy minister, Rivers"),
        ("2021-06-01", "then Deputy minister, Rivers; Councillor"),
        ("2022-05-31", "then Deputy minister, Rivers; Councillor"),
        ("2022-06-01", "then Councillor"),
        ("2023-06-01", ""),
        ("2030-01-01", "then Head, Board"),
        ("1999-01-01", "then Mayor"),
        (None, ""),
    ],
    ids=str,
)
def test_positions_on_a_day(day: str | None, message: str) -> None:
    positions = [DEPUTY, COUNCIL, HEAD, ONCE, UNDATED]
    assert describe_positions_on(positions, dt.date.fromisoformat(day) if day else None) == message


def test_many_positions_are_summarized() -> None:
    many = [build_position(f"Member {n}", "2020-01-01") for n in range(5)]
    assert describe_positions_on(many, TODAY) == "then Member 0; Member 1 and 3 more"


def test_timeline_with_gaps_and_overlaps() -> None:
    line = build_timeline([HEAD, UNDATED, COUNCIL, DEPUTY], today=TODAY)
    assert [(each.when, str(each.position or "gap"), each.overlaps) for each in line] == [
        ("2019-03-01 – 2022-05-31", "Deputy minister, Rivers", ("Councillor",)),
        ("2021-01-01 – 2023-02-01", "Councillor", ("Deputy minister, Rivers",)),
        ("2023-02-02 – 2024-01-31", "gap", ()),
        ("2024-02-01 – …", "Head, Board", ()),
        ("Dates unknown", "Engineer", ()),
    ]
    bars = [(each.left, each.left + each.width) for each in line if each.width]
    assert bars[0][0] == 0
    assert all(0 <= left < right <= 101 for left, right in bars)


@pytest.mark.parametrize(
    "positions",
    [
        [],
        [UNDATED],
        [ONCE],
        [build_position("Today", "2025-01-01", "2025-01-01")],
        [build_position("To come", "2030-01-01")],
    ],
    ids=["none", "undated", "only-an-end", "one-day", "in-the-future"],
)
def test_unusual_timelines(positions: list[Position]) -> None:
    assert len(build_timeline(positions, today=TODAY)) == len(positions)


def test_consecutive_positions_leave_no_gap() -> None:
    line = build_timeline(
        [build_position("A", "2020-01-01", "2020-12-31"), build_position("B", "2021-01-01")], today=TODAY
    )
    assert len(line) == 2


def test_page_shows_timeline_and_quotes(client: Client) -> None:
    quote = make.QuoteFactory(snapshot__source__published_on=dt.date(2020, 6, 1))
    DEPUTY.pk, DEPUTY.speaker = None, quote.speaker
    DEPUTY.save()
    page = client.get(admin_url("change", quote.speaker))
    assert [each.when for each in page.context["timeline"]] == ["2019-03-01 – 2022-05-31"]
    assert page.context["latest"] == [(quote, "then Deputy minister, Rivers")]
    assert "then Deputy minister, Rivers" in page.content.decode()


def test_new_name_or_position_updates_merge_suggestions(client: Client) -> None:
    first, second = make.SpeakerFactory(name="Bogdan Bezpalko"), make.SpeakerFactory(name="Bohdan Bespalko")
    Position.objects.create(speaker=first, title="Minister")
    form = {
        "name": second.name,
        "kind": second.kind,
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
        "positions-TOTAL_FORMS": 1,
        "positions-INITIAL_FORMS": 0,
        "positions-0-title": "Minister",
        "positions-0-speaker": second.pk,
    }
    assert client.post(admin_url("change", second), form).status_code == 302
    suggestion = Speaker.objects.get(pk=first.pk).suggestions_as_first.get()
    assert suggestion.reason.startswith("same position and similar names")
