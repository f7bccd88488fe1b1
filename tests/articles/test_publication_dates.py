"""What is read as a date of publication, and which of several stated ones counts."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from claims.articles.article import WarningCode
from claims.articles.publication_dates import choose_publication_date, parse_publication_date

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = date(2026, 3, 2)
MOMENT = datetime(2026, 3, 2, 23, 30, tzinfo=timezone(timedelta(hours=-5)))

PARSED = [
    ("ISO day", "2026-03-02", DAY, None),
    ("ISO time without a zone", "2026-03-02T23:30", DAY, None),
    ("ISO moment, the day is that of its zone", "2026-03-02T23:30:00-05:00", DAY, MOMENT),
    ("zone without a colon", "2026-03-02T23:30:00-0500", DAY, MOMENT),
    ("zone of hours", "2026-03-02 23:30:00 -05", DAY, MOMENT),
    ("named UTC", "2026-03-02 23:30:00 UTC", DAY, datetime(2026, 3, 2, 23, 30, tzinfo=UTC)),
    ("lower case", "2026-03-02t23:30:00z", DAY, datetime(2026, 3, 2, 23, 30, tzinfo=UTC)),
    ("milliseconds", "2026-03-02T23:30:00.000Z", DAY, datetime(2026, 3, 2, 23, 30, tzinfo=UTC)),
    ("slashes", "2026/03/02", DAY, None),
    ("compact", "20260302", DAY, None),
    ("compact with minutes", "202603022330", DAY, None),
    ("compact with seconds", "20260302233000", DAY, None),
    ("mail", "Mon, 02 Mar 2026 23:30:00 -0500", DAY, MOMENT),
    ("mail without its zone", "Mon, 02 Mar 2026 23:30:00", DAY, None),
    ("Unix seconds", "1772445600", DAY, datetime(2026, 3, 2, 10, tzinfo=UTC)),
    ("Unix seconds as a number", 1772445600, DAY, datetime(2026, 3, 2, 10, tzinfo=UTC)),
    ("Unix seconds with a fraction", 1772445600.5, DAY, datetime(2026, 3, 2, 10, tzinfo=UTC)),
    ("Unix milliseconds", "1772445600123", DAY, datetime(2026, 3, 2, 10, tzinfo=UTC)),
    ("month first in words", "March 2, 2026", DAY, None),
    ("abbreviated", "Mar. 2nd, 2026 10:00 am", DAY, None),
    ("day first in words", "Monday, 2 March 2026", DAY, None),
    ("day first with points", "02.03.2026", DAY, None),
    ("quoted", "“2026-03-02”", DAY, None),
]

NOT_PARSED = [
    *(
        "",
        "soon",
        "2026",
        "2026-03",
        "March 2026",
        "03/02/2026",
        "2026-02-30",
        "31.04.2026",
        "Marching 2, 2026",
        "1e999",
    ),
    *(None, True, 0, 5, -1, float("nan"), float("inf"), 10**30, [], {}, "9" * 5000, "٢٠٢٦-٠٣-٠٢"),
]


@pytest.mark.parametrize(("value", "day", "moment"), [case[1:] for case in PARSED], ids=[case[0] for case in PARSED])
def test_parsed(value: object, day: date, moment: datetime | None) -> None:
    published = parse_publication_date(value)
    assert published is not None
    assert (published.day, published.moment) == (day, moment)
    assert moment is None or (published.moment and published.moment.utcoffset() == moment.utcoffset())


@pytest.mark.parametrize("value", NOT_PARSED)
def test_not_parsed(value: object) -> None:
    assert parse_publication_date(value) is None


CHOSEN = [
    ("first", ["2026-03-02", "2026-03-04"], DAY, None, ""),
    ("the first that is a date", ["soon", None, "2026-03-02"], DAY, None, ""),
    ("the moment of the same day", ["2026-03-02", "2026-03-02T23:30:00-05:00"], DAY, MOMENT, ""),
    ("no moment of another day", ["2026-03-02", "2026-03-03T04:30:00Z"], DAY, None, ""),
    ("tomorrow, as it is in Kiribati", ["2026-06-02"], date(2026, 6, 2), None, ""),
    ("future", ["2099-01-01"], None, None, "2099-01-01, is in the future. It was left out."),
    ("two days ahead", ["2026-06-03"], None, None, "2026-06-03, is in the future"),
    ("future, and another", ["2099-01-01", "2026-03-02"], DAY, None, ""),
    ("epoch", ["1970-01-01T00:00:00Z"], None, None, "1970-01-01, stands for a missing value"),
    ("epoch west of Greenwich", ["1969-12-31T19:00:00-05:00"], None, None, "1969-12-31, stands for a missing value"),
    ("first day of spreadsheets", ["1899-12-30"], None, None, "1899-12-30, stands for a missing value"),
    ("year one", ["0001-01-01T00:00:00"], None, None, "0001-01-01, stands for a missing value"),
    ("epoch, and another", ["1970-01-01", "2026-03-02"], DAY, None, ""),
    ("old paper", ["1861-03-03"], date(1861, 3, 3), None, "1861-03-03, is before 1990. Check it."),
    ("last day of 1989", ["1989-12-31"], date(1989, 12, 31), None, "1989-12-31, is before 1990"),
    ("first day of 1990", ["1990-01-01"], date(1990, 1, 1), None, ""),
    ("old, and a likely one", ["1861-03-03", "2026-03-02"], DAY, None, ""),
    ("none", ["soon"], None, None, ""),
]


@pytest.mark.parametrize(
    ("values", "day", "moment", "warning"), [case[1:] for case in CHOSEN], ids=[case[0] for case in CHOSEN]
)
def test_chosen(values: list[object], day: date | None, moment: datetime | None, warning: str) -> None:
    choice = choose_publication_date(values, now=NOW)
    assert (choice.day, choice.moment) == (day, moment)
    assert [item.code for item in choice.warnings] == [WarningCode.UNLIKELY_DATE] * bool(warning)
    assert all(warning in item.message for item in choice.warnings)
