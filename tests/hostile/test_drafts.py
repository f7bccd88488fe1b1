"""Generated drafts: each is checked or refused, and what is found stands where it is said to stand."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.models import Quote
from claims.services.drafts.check import MAX_DRAFT_CHARACTERS, check_draft
from claims.services.drafts.findings import Audience
from claims.services.drafts.records import to_record
from claims.services.errors import RefusedError
from tests.services.drafts.test_check import SAID, store_quote

pytestmark = pytest.mark.django_db

WORDS = [
    *SAID.split(),
    SAID,
    SAID[:20],
    f"“{SAID},” said Lena Ford.",
    "Lena Ford said",
    "he wrote",
    "according to Ford",
]
MARKS = ["“", "”", '"', "'", "«", "»", "„", "(", "[…]", "...", ",", ".", "\n", "\n\n", ": ", " — ", "“" * 300]
ODD = ["\0", "\u202e", "\ufeff", "e\u0301" * 50, "😀🏽", "<p>", "&quot;", "\x85", "\u2028", "İ" * 20, "ß" * 20]
drafts = st.lists(st.sampled_from([*WORDS, *MARKS, *ODD]) | st.text(max_size=5), max_size=25).map(" ".join)


@pytest.fixture
def stored_quote() -> Quote:
    return store_quote(accepted=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draft=drafts, audience=st.sampled_from(Audience))
@example(draft="“", audience=Audience.READERS)
@example(draft="“a” " * (MAX_DRAFT_CHARACTERS // 4), audience=Audience.READERS)
@example(draft=f"“{SAID}" * 500, audience=Audience.EDITORS)
@example(draft="a" * (MAX_DRAFT_CHARACTERS + 1), audience=Audience.EDITORS)
def test_any_draft_is_checked_or_refused(stored_quote: Quote, draft: str, audience: Audience) -> None:
    try:
        report = check_draft(draft, audience=audience)
    except RefusedError as error:
        assert "draft" in str(error)  # noqa: PT017  # most drafts are checked
        return
    assert to_record(report, audience)["quotations"] or not report.findings
    for finding in report.findings:
        assert all(0 <= start < end <= len(draft) for start, end in finding.quotation.spans)
        if passage := finding.passage:
            whole = passage.snapshot.text if audience is Audience.EDITORS else stored_quote.exact
            assert whole[passage.start : passage.end] == passage.text
