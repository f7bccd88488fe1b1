"""The benchmark of matching: generated claims are found, and the exit status says whether the limits hold."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import matching

SOURCE_TEXTS = 12


def test_the_nearest_of_the_generated_claims_are_found(tmp_path: Path) -> None:
    source = matching.read_source(SOURCE_TEXTS)
    texts, vectors = matching.generate_claims(source, 50, seed=1)
    assert matching.generate_claims(source, 50, seed=1)[0] == texts
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    result = matching.measure(source, 300, 5, tmp_path)
    assert result.recall == 1
    assert min(result.query, result.fts_query, result.size) > 0


@pytest.mark.parametrize(("limit", "status"), [(1e6, 0), (0.0, 1)], ids=["within", "exceeded"])
def test_the_exit_status_says_whether_the_limit_holds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], limit: float, status: int
) -> None:
    monkeypatch.setattr(matching, "LIMIT_MS", limit)
    monkeypatch.setattr(matching, "PAIRS", matching.PAIRS[:1])
    assert matching.main(["--claims", "100", "--queries", "2"]) == status
    assert "| 100 | meaning and words | " in capsys.readouterr().out


def test_the_size_of_a_million_claims_is_limited() -> None:
    large = matching.Result(2_000_000, size=1_500_000_000)
    assert matching.exceeded_limits(large) == ["2,000,000 claims take 1,500 MB, the limit is 700.0 a million."]
    assert matching.exceeded_limits(matching.Result(1_000_000, size=600_000_000)) == []
