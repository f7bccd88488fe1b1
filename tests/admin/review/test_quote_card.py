"""The card beside the article on the review screen."""

import pytest

from claims.admin.review.quote_card import quote_activity
from claims.models import HistoryCause
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cause", "reason", "expected"),
    [
        (HistoryCause.DECIDED, "", ""),
        (HistoryCause.DECIDED, "rejected: A headline", "rejected: A headline"),
        (HistoryCause.SPEAKER_SET, "", ""),
        (HistoryCause.CLAIM_SET, "", ""),
        (HistoryCause.REWORDED, "split in two", "split in two"),
        (HistoryCause.REWORDED, None, ""),
        (HistoryCause.REEXTRACTED, "", "re-extracted"),
        (HistoryCause.EDITED, "", ""),
        (HistoryCause.EDITED, "corrected", "corrected"),
    ],
)
def test_activity_has_the_reason_or_a_cause_that_the_change_does_not_show(
    cause: HistoryCause, reason: str | None, expected: str
) -> None:
    quote = make.QuoteFactory()
    quote.history.update(history_cause=cause, history_change_reason=reason)
    [entry], _ = quote_activity(quote)
    assert entry.why == expected
