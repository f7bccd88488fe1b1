from claims.extraction.evaluation.comparable_quotes import Subset
from claims.extraction.evaluation.comparison import MatchCounts, Measure
from claims.extraction.evaluation.reliability import ReliabilityBin
from claims.extraction.evaluation.score_tables import format_reliability, format_scores

EXACT = (Measure.EXACT, Subset.ALL)
ALL, DIRECT = (Measure.ATTRIBUTED, Subset.ALL), (Measure.ATTRIBUTED, Subset.DIRECT)
SPEAKER = (Measure.SPEAKER, Subset.ALL)


def test_scores_of_two_systems() -> None:
    one = {
        EXACT: MatchCounts(1, 2, 4),
        DIRECT: MatchCounts(1, 1, 3),
        ALL: MatchCounts(2, 3, 4),
        SPEAKER: MatchCounts(2, 3, 3),
    }
    table = format_scores(
        {"rules 1": one, "a-name-that-is-longer-than-its-column-may-be.jsonl": {EXACT: MatchCounts(4, 4, 4)}}
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
    assert format_reliability(
        [ReliabilityBin(0.4, 0.5, 33, 0, 0.4), ReliabilityBin(0.9, 1.0, 8, 6, 0.953)]
    ).splitlines() == [
        "confidence    mean   right  count",
        "0.4 to 0.5    40.0     0.0     33",
        "0.9 to 1.0    95.3    75.0      8",
    ]
