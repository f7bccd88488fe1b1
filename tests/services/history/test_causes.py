"""The causes in the history: which service writes which, that rules read nothing else, and those of earlier entries."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.db import connection

from claims.models import Evidence, HistoryCause, Operation, OperationVerb, Quote, QuoteDecision, Snapshot, Verification
from claims.services.claims.claim_release import release_claim
from claims.services.history import audit
from claims.services.history.restore import restore_fields
from claims.services.history.undo import undo_operation
from claims.services.imports import importer, spreadsheet
from claims.services.ingestion.ingest import ingest
from claims.services.ingestion.reextraction import reextract
from claims.services.ingestion.reextraction_plan import ReextractionOutcome, plan_reextraction
from claims.services.quotes.claim_links import set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.speaker_assignment import set_speaker
from claims.services.quotes.wording import change_wording
from claims.services.speakers.merge import merge_speakers, undo_merge
from claims.services.verification import workflow
from claims.services.verification.approvers import approvable_verifications
from tests import factories as make
from tests import verifications
from tests.sample_articles import RIVERS_URL, make_article
from tests.services.quotes.quoted_text import make_quote_of, make_snapshot, select_words

pytestmark = pytest.mark.django_db
HISTORIES = [model for model in apps.get_app_config("claims").get_models() if hasattr(model, "history_cause")]
stored_history = import_module("claims.migrations.0017_causes_of_stored_history")


def ingest_article(editor: User) -> Snapshot:
    return ingest(article=make_article(url=RIVERS_URL), editor=editor).snapshot


def extract_again(editor: User) -> None:
    """One quote is updated, one is gone."""
    snapshot = ingest_article(editor)
    first, second, _ = snapshot.quotes.order_by("pk")
    Quote.objects.filter(pk=first.pk).update(confidence=0.1)
    Quote.objects.filter(pk=second.pk).update(
        spans=[[20, 24]], start=20, end=24, exact=snapshot.text[20:24], cue="", cue_spans=[], mention="",
        mention_spans=[],
    )  # fmt: skip
    reextract(snapshot=snapshot, editor=editor)


def accept_quote(editor: User) -> Quote:
    quote: Quote = make.QuoteFactory()
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
    return quote


def release_proposal(editor: User) -> None:
    release_claim(claim=make.QuoteFactory(before_claim=True).claim, text="Rivers rise.", editor=editor)


def undo_acceptance(editor: User) -> None:
    accept_quote(editor)
    undo_operation(operation=Operation.objects.get(), editor=editor)


def undo_extraction(editor: User) -> None:
    extract_again(editor)
    undo_operation(operation=Operation.objects.get(), editor=editor)


def change_speaker(editor: User) -> Quote:
    quote: Quote = make.QuoteFactory()
    set_speaker(quote=quote, speaker=make.SpeakerFactory(), editor=editor)
    return quote


def change_claim(editor: User, *, of_proposal: bool = False) -> Quote:
    quote: Quote = make.QuoteFactory(claim__proposed=of_proposal)
    set_quote_claim(quote=quote, claim=make.ClaimFactory(), editor=editor)
    return quote


def correct_words(editor: User) -> None:
    quote = make_quote_of(make_snapshot(), "Rivers are full")
    change_wording(quote=quote, selection=select_words(quote.snapshot, "Rivers"), editor=editor)


def restore(change: Callable[[User], Quote], name: str) -> Callable[[User], None]:
    def run(editor: User) -> None:
        quote = change(editor)
        quote.refresh_from_db()
        key = str(quote.history.earliest().history_id)
        restore_fields(row=quote, key=key, names=[name], editor=editor, note=verifications.PUBLIC_NOTE)

    return run


def import_rows(kind: str, make_rows: Callable[[], str]) -> Callable[[User], None]:
    def run(editor: User) -> None:
        columns, required = importer.IMPORT_KINDS[kind].columns, importer.IMPORT_KINDS[kind].required
        sheet = spreadsheet.parse_spreadsheet(make_rows(), columns=columns, required=required, clean_cell=str)
        plan = importer.dry_run_import(kind=kind, sheet=sheet, name="x.csv", editor=editor)
        importer.run_import(kind=kind, sheet=sheet, name="x.csv", editor=editor, digest=plan.digest)

    return run


def reopen_verdict(editor: User) -> Verification:
    return reopen(verifications.make_submitted(), editor=editor)


def reopen(row: Verification, *, editor: User) -> Verification:
    """Publish it and change its claim; returns the copy that goes back to review."""
    row = workflow.publish_verification(verification=row, approver=make.UserFactory())
    row.claim.text = "Rivers are very full."
    audit.update([row.claim], ["text"], user=editor)
    [copy] = workflow.reopen_outdated(claims=[row.claim], editor=editor)
    return copy


# What the editor does, a model, and the newest entries of its history, the last one first: their type and cause.
WRITTEN: list[tuple[Callable[[User], Any], str, list[tuple[str, str]]]] = [
    (ingest_article, "quote", [("+", "extracted")]),
    (ingest_article, "source", [("+", "edited")]),
    (extract_again, "quote", [("+", "reextracted"), ("~", "reextracted"), ("-", "reextracted")]),
    (accept_quote, "quote", [("~", "decided")]),
    (accept_quote, "claim", [("~", "quote_decided")]),
    (undo_acceptance, "quote", [("~", "undone"), ("~", "decided")]),
    (release_proposal, "claim", [("~", "released")]),
    (partial(change_claim, of_proposal=True), "claim", [("-", "unclaimed")]),
    (undo_extraction, "quote", [("-", "undone"), ("+", "undone"), ("~", "undone"), ("+", "reextracted")]),
    (change_speaker, "quote", [("~", "speaker_set")]),
    (change_claim, "quote", [("~", "claim_set")]),
    (correct_words, "quote", [("~", "reworded")]),
    (restore(accept_quote, "decision"), "quote", [("~", "restored"), ("~", "decided")]),
    (restore(change_speaker, "speaker"), "quote", [("~", "restored"), ("~", "speaker_set")]),
    (restore(change_claim, "claim"), "quote", [("~", "restored"), ("~", "claim_set")]),
    (import_rows("claims", lambda: "claim\nRoads are dry."), "claim", [("+", "imported")]),
    (
        import_rows("decisions", lambda: f"quote_id,decision\n{make.QuoteFactory().pk},accepted"),
        "quote",
        [("~", "imported")],
    ),
    (
        import_rows("decisions", lambda: f"quote_id,speaker_id\n{make.QuoteFactory().pk},{make.SpeakerFactory().pk}"),
        "quote",
        [("~", "imported")],
    ),
    (reopen_verdict, "verification", [("+", "copied_for_review"), ("~", "reopened")]),
    (reopen_verdict, "evidence", [("+", "copied_for_review")]),
]


@pytest.mark.parametrize(
    ("act", "model", "expected"), WRITTEN, ids=[f"{n}-{model}" for n, (_, model, _) in enumerate(WRITTEN)]
)
def test_services_write_the_cause(
    editor: User, act: Callable[[User], Any], model: str, expected: list[tuple[str, str]]
) -> None:
    act(editor)
    history = apps.get_model("claims", f"historical{model}").objects.order_by("-history_id")
    assert list(history.values_list("history_type", "history_cause")[: len(expected)]) == expected


def test_undoing_a_new_row_writes_the_cause_of_its_deletion(editor: User) -> None:
    with audit.operation(verb=OperationVerb.DESCRIBE, summary="Added", editor=editor):
        audit.create([make.TopicFactory.build()], user=editor)
    undo_operation(operation=Operation.objects.get(), editor=editor)
    topics = apps.get_model("claims", "historicaltopic").objects.order_by("history_id")
    assert list(topics.values_list("history_type", "history_cause")) == [("+", "edited"), ("-", "undone")]


# --- Rules ------------------------------------------------------------------------------------------------------------

# Each was the reason of a cause that a rule tells apart, or is none.
REASONS = [
    *("", "found in the article", "read again", "a quote of it was decided"),
    *("taken over for review", "what it judged was changed", "added by hand"),
]


def rewrite_reasons(reason: str) -> None:
    for model in HISTORIES:
        model._default_manager.update(history_change_reason=reason)


@pytest.mark.parametrize("reason", REASONS)
def test_reasons_do_not_change_who_may_approve(editor: User, reason: str) -> None:
    draft, helper = verifications.make_draft(), make.UserFactory()
    for user in (editor, helper):
        user.user_permissions.add(Permission.objects.get(codename="publish_verification"))
    audit.create([Evidence(verification=draft, url="https://example.org/x", stance="context")], user=helper)
    submitted = workflow.submit_verification(verification=draft, editor=draft.author)
    copy = reopen(submitted, editor=editor)
    rewrite_reasons(reason)
    assert workflow.contributor_ids(copy) == {draft.author_id, helper.pk}
    assert list(approvable_verifications(by=editor)) == [copy], "copying evidence is not adding it"
    assert list(approvable_verifications(by=helper)) == []


@pytest.mark.parametrize("reason", REASONS)
def test_reasons_do_not_change_what_extracting_again_leaves_alone(editor: User, reason: str) -> None:
    snapshot = ingest_article(editor)
    rivers, roads, bridges = snapshot.quotes.order_by("pk")
    rivers.role = "Mayor"
    audit.update([rivers], ["role"], user=editor)
    decide_quotes(quotes=[roads.pk], decision=QuoteDecision.REJECTED, editor=editor)
    Quote.objects.filter(pk=roads.pk).update(decision="pending", rejection_reason="", decided_by=None, decided_at=None)
    roads.history.all().delete()  # what is left is that its claim was touched by a decision
    rewrite_reasons(reason)
    outcomes = {planned.quote: planned.outcome for planned in plan_reextraction(snapshot=snapshot).quotes}
    assert outcomes == {
        rivers: ReextractionOutcome.STAYS,
        roads: ReextractionOutcome.KEPT,
        bridges: ReextractionOutcome.KEPT,
    }


@pytest.mark.parametrize("reason", REASONS)
def test_reasons_do_not_change_what_a_merge_counts(editor: User, reason: str) -> None:
    kept, merged = make.SpeakerFactory(), make.SpeakerFactory()
    verifications.make_published(make.QuoteFactory(speaker=merged, accepted=True, claim__speaker=merged).claim)
    merge = merge_speakers(kept=kept, merged=merged, editor=editor)
    rewrite_reasons(reason)
    (warning,) = undo_merge(merge=merge, editor=editor).warnings
    assert warning.startswith("1 verdict went back to review")


def test_the_reason_that_people_read() -> None:
    for reason, cause, expected in (
        ("A headline.", HistoryCause.DECIDED, "A headline."),
        ("", HistoryCause.SPEAKER_SET, "speaker set"),
        (None, HistoryCause.UNDONE, "undone"),
        ("", HistoryCause.EDITED, ""),
        (None, HistoryCause.EDITED, ""),
    ):
        entry = Quote.history.model(history_change_reason=reason, history_cause=cause)
        assert entry.history_reason == expected


# --- Entries from before the causes -----------------------------------------------------------------------------------

# model, reason, cause
STORED = [
    ("quote", "found in the article", "extracted"),
    ("quote", "read again", "reextracted"),
    ("quote", "quote accepted", "decided"),
    ("quote", "quote rejected", "decided"),
    ("quote", "quote pending", "decided"),
    ("quote", "speaker set", "speaker_set"),
    ("quote", "claim set", "claim_set"),
    ("quote", "words corrected", "reworded"),
    ("quote", "It is a title.", "edited"),
    ("quote", "added by hand", "edited"),
    ("quote", "imported from x.csv: speaker set", "imported"),
    ("quote", "undone: Accepted: “Rivers are full.”", "undone"),
    ("quote", "restored from 2026-01-31 12:00: claim set", "restored"),
    ("quote", "a quote of it was decided", "edited"),
    ("quote", None, "edited"),
    ("quote", "", "edited"),
    ("claim", "a quote of it was decided", "quote_decided"),
    ("claim", "read again", "reextracted"),
    ("claim", "imported from x.csv: imported", "imported"),
    ("claim", "quote accepted", "edited"),
    ("verification", "what it judged was changed", "reopened"),
    ("verification", "what was judged was changed", "copied_for_review"),
    ("verification", "what it judges was changed again", "edited"),
    ("evidence", "taken over for review", "copied_for_review"),
    ("evidence", "evidence added", "edited"),
    ("topic", "undone: Topics set", "undone"),
]
MAKERS: dict[str, Callable[[], Any]] = {
    "quote": make.QuoteFactory,
    "claim": make.ClaimFactory,
    "verification": make.VerificationFactory,
    "evidence": make.EvidenceFactory,
    "topic": make.TopicFactory,
}


@pytest.mark.parametrize(("model", "reason", "cause"), STORED)
def test_causes_are_read_from_stored_reasons(model: str, reason: str | None, cause: str) -> None:
    entries = MAKERS[model]().history
    entries.update(history_change_reason=reason)
    stored_history.read_causes(apps, connection.schema_editor())
    assert list(entries.values_list("history_cause", "history_change_reason")) == [(cause, reason)]


READ_BY_EARLIER_RULES = [
    ("quote", "extracted", "found in the article"),
    ("quote", "reextracted", "read again"),
    ("quote", "decided", "quote pending"),
    ("claim", "quote_decided", "a quote of it was decided"),
    ("claim", "reextracted", "read again"),
    ("verification", "reopened", "what it judged was changed"),
    ("verification", "copied_for_review", "what was judged was changed"),
    ("evidence", "copied_for_review", "taken over for review"),
]


@pytest.mark.parametrize(("model", "cause", "reason"), READ_BY_EARLIER_RULES)
def test_backwards_the_reasons_return(model: str, cause: str, reason: str) -> None:
    entries = MAKERS[model]().history
    entries.update(history_cause=cause, history_change_reason="")
    stored_history.write_reasons(apps, connection.schema_editor())
    assert list(entries.values_list("history_change_reason", flat=True)) == [reason]
