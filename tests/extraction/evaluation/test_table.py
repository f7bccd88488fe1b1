"""The tables as they are printed."""

from claims.extraction.evaluation.quotes import Subset
from claims.extraction.evaluation.reliability import Bin
from claims.extraction.evaluation.scores import Count, Measure
from claims.extraction.evaluation.table import reliability_table, scores_table

EXACT = (Measure.EXACT, Subset.ALL)
ALL, DIRECT = (Measure.ATTRIBUTED, Subset.ALL), (Measure.ATTRIBUTED, Subset.DIRECT)
SPEAKER = (Measure.SPEAKER, Subset.ALL)


def test_systems_stand_side_by_side() -> None:
    one = {EXACT: Count(1, 2, 4), DIRECT: Count(1, 1, 3), ALL: Count(2, 3, 4), SPEAKER: Count(2, 3, 3)}
    table = scores_table(
        {"rules 1": one, "a-name-that-is-longer-than-its-column-may-be.jsonl": {EXACT: Count(4, 4, 4)}}
    )
    assert table.splitlines() == [
        "                                        rules 1                   …-is-longer-than-its-column-may-be.jsonl",
        "                             P     R     F  right/predicted/gold       P     R     F  right/predicted/gold",
        "exact                     50.0  25.0  33.3                 1/2/4   100.0 100.0 100.0                 4/4/4",
        "attributed",
        "  all                     66.7  50.0  57.1                 2/3/4     0.0   0.0   0.0                 0/0/0",
        "  direct                 100.0  33.3  50.0                 1/1/3     0.0   0.0   0.0                 0/0/0",
        "speaker right             66.7                               2/3     0.0                               0/0",
    ]


def test_reliability() -> None:
    assert reliability_table([Bin(0.4, 0.5, 33, 0, 0.4), Bin(0.9, 1.0, 8, 6, 0.953)]).splitlines() == [
        "confidence    mean   right  count",
        "0.4 to 0.5    40.0     0.0     33",
        "0.9 to 1.0    95.3    75.0      8",
    ]
