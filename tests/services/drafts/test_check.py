"""A draft is checked against what its audience may see, at a bounded cost, and nothing of it is kept."""

import logging
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim, Quote, QuoteDecision
from claims.services.claims.claim_vectors import update_vectors
from claims.services.drafts import check
from claims.services.drafts.annotated_text import annotate
from claims.services.drafts.check import check_draft
from claims.services.drafts.findings import Audience, DraftReport, Outcome
from claims.services.drafts.records import to_record
from claims.services.errors import RefusedError
from tests import factories as make

pytestmark = pytest.mark.django_db

SAID = "The old dam will hold until the spring comes"
TEXT = f"A story. “{SAID},” said Lena Ford. The river rose by four metres within a single night, the mayor wrote."
DRAFT = f"“{SAID},” Lena Ford said on Monday."


def store_quote(text: str = TEXT, said: str = SAID, **values: Any) -> Quote:
    start = text.index(said)
    blank: dict[str, Any] = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": [], "mention_kind": ""}
    quote: Quote = make.QuoteFactory(
        snapshot__text=text, start=start, end=start + len(said), **blank | {"speaker__name": "Lena Ford"} | values
    )
    return quote


def outcomes(draft: str, audience: Audience = Audience.EDITORS) -> list[Outcome]:
    return [finding.outcome for finding in check_draft(draft, audience=audience).findings]


def test_a_finding_has_its_proof() -> None:
    quote = store_quote(accepted=True)
    [finding] = check_draft(DRAFT, audience=Audience.EDITORS).findings
    passage = finding.passage
    assert passage is not None
    assert (finding.outcome, passage.quote, passage.snapshot) == (Outcome.VERBATIM, quote, quote.snapshot)
    assert quote.snapshot.text[passage.start : passage.end] == passage.text == SAID
    assert DRAFT[slice(*finding.quotation.spans[0])].rstrip(",") == SAID


def test_an_accepted_quote_comes_before_its_copies() -> None:
    for _ in range(6):
        store_quote(TEXT.replace("A story", f"Copy {_}"))
    quote = store_quote(accepted=True)
    for n in range(6):
        store_quote(TEXT.replace("A story", f"Later copy {n}"))
    [finding] = check_draft(DRAFT, audience=Audience.EDITORS).findings
    assert finding.passage is not None
    assert finding.passage.quote == quote


@pytest.mark.parametrize(
    ("values", "for_readers"),
    [
        ({"accepted": True}, Outcome.VERBATIM),
        ({"before_claim": True}, Outcome.VERBATIM),
        ({}, Outcome.NOT_FOUND),
        ({"rejected": True}, Outcome.NOT_FOUND),
        ({"accepted": True, "claim__released_at": timezone.now() + timezone.timedelta(days=3)}, Outcome.NOT_FOUND),
        ({"accepted": True, "claim__retracted_at": timezone.now()}, Outcome.NOT_FOUND),
    ],
    ids=["released", "accepted", "pending", "rejected", "embargoed", "retracted"],
)
def test_readers_see_what_is_released(values: dict[str, Any], for_readers: Outcome) -> None:
    store_quote(**values)
    assert outcomes(DRAFT, Audience.READERS) == [for_readers]
    assert outcomes(DRAFT) == [Outcome.VERBATIM]  # a rejected quote stands in the text all the same


@pytest.mark.parametrize("hidden", ["text", "claim", "another quote"])
def test_nothing_unreleased_is_said_to_readers(hidden: str) -> None:
    """Neither the text around a released quote, nor an unreleased quote, claim or verdict."""
    quote = store_quote(accepted=True)
    secret = "The river rose by four metres within a single night"
    if hidden == "another quote":
        store_quote(TEXT.replace("A story", "Another"), secret, speaker=quote.speaker)
    elif hidden == "claim":
        text = "Hidden story. “Every reactor in this country leaks into the sea,” said Olga Stein."
        secret = "Every reactor in this country leaks into the sea"
        claim = store_quote(text, secret, claim__text=secret, speaker__name="Olga Stein").claim
        make.VerificationFactory(claim=claim, published=True)
        Claim.objects.filter(pk=claim.pk).update(wording_confirmed_at=timezone.now())
        list(update_vectors())
    draft = f"“{secret},” Lena Ford said. “{SAID},” Lena Ford said."
    report = check_draft(draft, audience=Audience.READERS)
    assert [finding.outcome for finding in report.findings] == [Outcome.NOT_FOUND, Outcome.VERBATIM]
    record = str(to_record(report, Audience.READERS))
    assert "Another" not in record
    assert "Hidden" not in record
    assert Outcome.NOT_FOUND not in outcomes(draft)


def test_differences_for_readers_have_no_words_from_outside_the_quote() -> None:
    store_quote(accepted=True)
    report = check_draft(
        "“The old dam will hold until the spring and the river rose,” Ford said.", audience=Audience.READERS
    )
    [finding] = report.findings
    assert finding.outcome is Outcome.ALTERED
    assert "metres" not in str(to_record(report, Audience.READERS))


def test_nothing_of_a_draft_is_stored_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    store_quote(accepted=True)
    canary = "zanzibarquokka"
    caplog.set_level(logging.DEBUG)
    said = (
        f"“The {canary} dam will hold until the spring comes,” Lena Ford said. “My {canary} sleeps all day,” he said."
    )
    with CaptureQueriesContext(connection) as queries:
        assert len(outcomes(said)) == 2
    statements = [query["sql"].lstrip("( ") for query in queries.captured_queries]
    assert {statement.split()[0] for statement in statements} == {"SELECT"}
    assert canary not in " ".join(statements).lower()
    assert canary not in caplog.text.lower()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed:
            assert canary not in repr(list(model._base_manager.values_list())).lower(), model


@pytest.mark.parametrize("rows", [1, 5])
def test_queries_do_not_grow_with_what_is_found(rows: int) -> None:
    drafts = []
    for n in range(rows):
        said = SAID.replace("old", f"number {n} of these")
        store_quote(f"Story {n}. “{said},” said Lena Ford.", said, accepted=True, speaker__name=f"Lena Ford {n}")
        drafts.append(f"“{said},” Lena Ford {n} said.")
    with CaptureQueriesContext(connection) as queries:
        assert outcomes("\n\n".join(drafts)) == [Outcome.VERBATIM] * rows
    tables = [query["sql"] for query in queries.captured_queries if "claims_snapshot_shingles" not in query["sql"]]
    assert len(tables) == 6


def test_all_of_the_text_is_shown() -> None:
    store_quote(accepted=True)
    for draft in (DRAFT, f"Before. {DRAFT}\n\nAfter “one two three four five six”.", "Nothing here.", ""):
        report: DraftReport = check_draft(draft, audience=Audience.EDITORS)
        assert "".join(part.text for part in annotate(report)) == draft


def test_long_drafts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedError, match="longer than 100,000 characters"):
        check_draft("a" * 100_001, audience=Audience.EDITORS)
    monkeypatch.setattr(check, "MAX_QUOTATIONS", 0)
    with pytest.raises(RefusedError, match="more than 0 quotations"):
        check_draft(DRAFT, audience=Audience.EDITORS)


def test_rejected_quotes_say_nothing_of_the_speaker() -> None:
    store_quote(rejected=True, speaker__name="Tom Ray")
    assert Quote.objects.get().decision == QuoteDecision.REJECTED
    assert outcomes(DRAFT) == [Outcome.VERBATIM]
