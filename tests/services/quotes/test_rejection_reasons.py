"""Why a quote was rejected: a code that each way of rejecting sets, and that readers of a public quote are told."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from claims.models import Operation, Quote, QuoteDecision, RejectionReason
from claims.services.history import audit
from claims.services.history.restore import restore_fields
from claims.services.history.undo import last_operation, undo_operation
from claims.services.imports import importer, spreadsheet
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.review_decisions import review_quote
from claims.services.quotes.split_join import join_quotes, split_quote
from tests import factories as make
from tests import verifications
from tests.services.quotes.quoted_text import make_quote_of, make_snapshot

pytestmark = pytest.mark.django_db
REJECTED, PENDING = QuoteDecision.REJECTED, QuoteDecision.PENDING
stored_reasons = import_module("claims.migrations.0028_rejection_reasons_of_history")


def review(quote: Quote, editor: User) -> None:
    reason = RejectionReason.WRONG_SPEAKER
    review_quote(quote=quote, decision=REJECTED, editor=editor, rejection_reason=reason, comment="Ask Kim.")


def review_with_a_comment(quote: Quote, editor: User) -> None:
    review_quote(quote=quote, decision=REJECTED, editor=editor, comment="Ask Kim.")


def decide(quote: Quote, editor: User) -> None:
    decide_quotes(quotes=[quote.pk], decision=REJECTED, editor=editor)


def import_row(quote: Quote, editor: User) -> None:
    rows = f"quote_id,decision,rejection_reason,reason\n{quote.pk},rejected,Source changed,Ask Kim."
    kind = importer.IMPORT_KINDS["decisions"]
    sheet = spreadsheet.parse_spreadsheet(rows, columns=kind.columns, required=kind.required, clean_cell=str)
    plan = importer.dry_run_import(kind="decisions", sheet=sheet, name="x.csv", editor=editor)
    importer.run_import(kind="decisions", sheet=sheet, name="x.csv", editor=editor, digest=plan.digest)


def join(quote: Quote, editor: User) -> None:
    other = make_quote_of(quote.snapshot, "roads are dry", speaker=quote.speaker)
    join_quotes(first=other, second=quote, editor=editor)


def restore_rejection(quote: Quote, editor: User) -> None:
    review(quote, editor)
    key = str(quote.history.latest().history_id)
    decide_quotes(quotes=[quote.pk], decision=PENDING, editor=editor)
    restore_fields(row=Quote.objects.get(pk=quote.pk), key=key, names=["decision"], editor=editor)


def undo_reset(quote: Quote, editor: User) -> None:
    review(quote, editor)
    decide_quotes(quotes=[quote.pk], decision=PENDING, editor=editor)
    operation = last_operation(editor)
    assert operation
    undo_operation(operation=operation, editor=editor)


@pytest.mark.parametrize(
    ("reject", "reason"),
    [
        (review, "wrong-speaker"),
        (review_with_a_comment, "other"),
        (decide, "other"),
        (import_row, "source-changed"),
        (join, "duplicate"),
        (restore_rejection, "wrong-speaker"),
        (undo_reset, "wrong-speaker"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_each_way_of_rejecting_sets_a_reason(reject: Callable[[Quote, User], None], reason: str) -> None:
    quote, editor = make.QuoteFactory(), make.UserFactory()
    reject(quote, editor)
    quote.refresh_from_db()
    assert (quote.decision, quote.rejection_reason) == (REJECTED, reason)
    assert quote.history.latest().rejection_reason == reason
    decide_quotes(quotes=[quote.pk], decision=PENDING, editor=editor)
    quote.refresh_from_db()
    assert quote.rejection_reason == ""


def test_the_part_of_a_rejected_quote_is_not_rejected() -> None:
    quote, editor = make_quote_of(make_snapshot(), "Rivers are full"), make.UserFactory()
    decide(quote, editor)
    _, second = split_quote(quote=quote, at=quote.start + 7, editor=editor)
    assert (second.decision, second.rejection_reason) == (PENDING, "")


def test_a_rejection_older_than_its_reason_can_be_undone() -> None:
    quote, editor = make.QuoteFactory(), make.UserFactory()
    decide(quote, editor)
    operation = Operation.objects.get()
    for values in (operation.rows[0]["before"], operation.rows[0]["after"]):
        del values["rejection_reason"]
    operation.save()
    undo_operation(operation=operation, editor=editor)
    quote.refresh_from_db()
    assert (quote.decision, quote.rejection_reason) == (PENDING, "")


def test_an_unknown_reason_is_refused_by_name() -> None:
    quote, kind = make.QuoteFactory(), importer.IMPORT_KINDS["decisions"]
    rows = f"quote_id,decision,rejection_reason\n{quote.pk},rejected,dull"
    sheet = spreadsheet.parse_spreadsheet(rows, columns=kind.columns, required=kind.required, clean_cell=str)
    plan = importer.dry_run_import(kind="decisions", sheet=sheet, name="x.csv", editor=make.UserFactory())
    assert plan.outcomes[0].error.startswith("“dull” is not a rejection_reason; use no-quote, ")


@pytest.mark.parametrize(
    ("reason", "detail"),
    [
        (RejectionReason.DUPLICATE, "Withdrawn: it duplicates another quote."),
        (RejectionReason.WRONG_SPEAKER, "Withdrawn: somebody else said it."),
        (RejectionReason.OTHER, "Withdrawn by an editor."),
        ("", "Withdrawn by an editor."),
    ],
)
def test_readers_are_told_why_a_quote_is_gone(client: Client, reason: RejectionReason, detail: str) -> None:
    quote = make.QuoteFactory(accepted=True)
    since = get_json(client, "quotes/?updated_since=2000-01-01")["updated_since"]
    decide_quotes(
        quotes=[quote.pk],
        decision=REJECTED,
        rejection_reason=reason or RejectionReason.OTHER,
        reason="Ask Kim.",
        editor=make.UserFactory(),
        note=verifications.PUBLIC_NOTE,
    )
    Quote.objects.update(rejection_reason=reason)
    response = client.get(f"/api/v1/quotes/{quote.pk}/")
    stub = response.json()
    assert (response.status_code, stub["cause"], stub["rejection_reason"]) == (410, "rejected", reason)
    assert stub["detail"] == detail
    assert b"Kim" not in response.content
    [tombstone] = get_json(client, f"quotes/?updated_since={since}")["tombstones"]
    assert (tombstone["cause"], tombstone["rejection_reason"]) == ("rejected", reason)


def get_json(client: Client, url: str) -> Any:
    return client.get(f"/api/v1/{url}").json()


def test_other_rows_have_no_rejection_reason(client: Client) -> None:
    quote = make.QuoteFactory(accepted=True)
    get_json(client, "quotes/")
    get_json(client, "quotes/?updated_since=2000-01-01")
    decide_quotes(quotes=[quote.pk], decision=PENDING, editor=make.UserFactory(), note=verifications.PUBLIC_NOTE)
    for url in (f"quotes/{quote.pk}/", f"claims/{quote.claim_id}/", f"speakers/{quote.speaker_id}/"):
        assert "rejection_reason" not in get_json(client, url)


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        (["rejected: Duplicate"], "duplicate"),
        (["rejected: Wrong words: see the first line"], "wrong-words"),
        (["rejected: A headline"], "other"),
        (["joined into quote 7"], "duplicate"),
        (["rejected: Duplicate", "role corrected"], "duplicate"),
        (["rejected: Duplicate", None, "imported from x.csv"], ""),
        (["imported from x.csv: Not a quote"], ""),
        ([""], ""),
    ],
)
def test_reasons_of_stored_history(reasons: list[str | None], expected: str) -> None:
    """None stands for a reset to pending."""
    quote, editor = make.QuoteFactory(rejected=True), make.UserFactory()
    for reason in reasons:
        quote.decision = PENDING if reason is None else REJECTED
        quote.decided_by, quote.decided_at = (None, None) if reason is None else (editor, quote.created_at)
        audit.update([quote], ["decision", "decided_by", "decided_at"], user=editor, reason=reason or "")
    stored_reasons.read_reasons(apps, connection.schema_editor())
    quote.refresh_from_db()
    assert quote.rejection_reason == expected
    assert quote.history.latest().rejection_reason == expected
