"""Each outcome is found in the drafts of the corpus, and found only there."""

import pytest

from benchmarks.dataset.draft_corpus import MIN_SCORE, read_drafts, score_drafts, store_sources
from claims.services.drafts.findings import Outcome

pytestmark = pytest.mark.django_db


def test_every_outcome_is_found_and_rarely_wrongly() -> None:
    store_sources()
    scores = score_drafts()
    print("\n".join([*scores.rows(), *scores.mistakes]))  # noqa: T201  # shown where it fails
    assert len(read_drafts()) >= 60
    for outcome in Outcome:
        score = scores.outcomes[outcome]
        assert score.expected >= 8, outcome
        assert score.precision >= MIN_SCORE, outcome
        assert score.recall >= MIN_SCORE, outcome
