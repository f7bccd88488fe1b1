"""Imports: a dry run first, then all rows or none."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.export.tabular import model_table
from claims.export.tabular.admin_tables import ADMIN_TABLES
from claims.export.tabular.csv_injection import remove_guard
from claims.models import Claim, Operation, Quote, VerificationState
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.undo import undo_operation
from claims.services.imports import importer, spreadsheet
from claims.services.imports.decisions import MAX_REASON_LENGTH
from claims.services.imports.importer import ImportPlan, PlanChangedError
from claims.services.quotes.decisions import decide_quotes
from claims.services.speakers import directory
from claims.services.speakers.merge import merge_speakers
from tests import factories as make
from tests import verifications
from tests.services.sources.newer_snapshots import change_source
from tests.table_contents import dump_app

pytestmark = pytest.mark.django_db


def build_sheet(kind: str, *rows: dict[str, object]) -> spreadsheet.Spreadsheet:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    return parse_sheet(kind, text.getvalue())


def parse_sheet(kind: str, text: str) -> spreadsheet.Spreadsheet:
    import_kind = importer.IMPORT_KINDS[kind]
    return spreadsheet.parse_spreadsheet(
        text, columns=import_kind.columns, required=import_kind.required, clean_cell=remove_guard
    )


def dry_run(kind: str, editor: User, *rows: dict[str, object]) -> ImportPlan:
    before = dump_app()
    plan = importer.dry_run_import(kind=kind, sheet=build_sheet(kind, *rows), name="x.csv", editor=editor)
    assert dump_app() == before, "nothing is stored"
    return plan


def import_rows(kind: str, editor: User, *rows: dict[str, object]) -> ImportPlan:
    plan = dry_run(kind, editor, *rows)
    sheet = build_sheet(kind, *rows)
    return importer.run_import(kind=kind, sheet=sheet, name="x.csv", editor=editor, digest=plan.digest)


def list_outcomes(plan: ImportPlan) -> list[tuple[str, tuple[tuple[str, str, str], ...]]]:
    return [(outcome.status, outcome.changes) for outcome in plan.outcomes]


# --- Claims -----------------------------------------------------------------------------------------------------------


def test_new_changed_and_unchanged_claims(editor: User) -> None:
    water, roads = make.TopicFactory(name="Water"), make.TopicFactory(name="Roads")
    old, same = make.ClaimFactory(text="Rivers are full."), make.ClaimFactory(text="Roads are dry.")
    audit.set_topics([old], {old.pk: [roads.pk]}, user=editor, reason="given")
    ann = directory.add_speaker(name="Ann Wu", editor=editor)
    rows: list[dict[str, object]] = [
        {
            "claim_id": "",
            "claim": "Bridges hold.",
            "speaker": "ann  WU",
            "said_on": "2026-01-31",
            "topics": "Water; Roads",
        },
        {"claim_id": old.pk, "claim": "Rivers are dry.", "speaker": ann.pk, "said_on": "", "topics": "Water"},
        {"claim_id": same.pk, "claim": same.text, "speaker": same.speaker.name, "said_on": "", "topics": ""},
    ]
    plan = import_rows("claims", editor, *rows)
    assert list_outcomes(plan) == [
        (
            "new",
            (
                ("speaker", "nothing", "Ann Wu"),
                ("said on", "nothing", "2026-01-31"),
                ("topics", "nothing", "Roads; Water"),
            ),
        ),
        (
            "changed",
            (
                ("claim", "Rivers are full.", "Rivers are dry."),
                ("speaker", old.speaker.name, "Ann Wu"),
                ("topics", "Roads", "Water"),
            ),
        ),
        ("unchanged", ()),
    ]
    assert str(plan) == "1 new, 1 changed, 1 unchanged"
    added = Claim.objects.get(text="Bridges hold.")
    assert (added.speaker, added.said_on, set(added.topics.all()), added.released_at) == (
        ann,
        date(2026, 1, 31),
        {water, roads},
        None,
    )
    old.refresh_from_db()
    assert (old.text, old.speaker, list(old.topics.all())) == ("Rivers are dry.", ann, [water])
    newest = old.history.first()
    assert (newest.history_user, newest.history_change_reason) == (editor, "imported from x.csv")
    assert same.history.count() == 1


def test_the_import_is_one_operation_and_is_undone_as_one(editor: User) -> None:
    old = make.ClaimFactory(text="Rivers are full.")
    import_rows("claims", editor, {"claim_id": "", "claim": "New."}, {"claim_id": old.pk, "claim": "Changed."})
    operation = Operation.objects.get()
    assert operation.summary == "Imported claims from “x.csv”: 1 new, 1 changed"
    undo_operation(operation=operation, editor=editor)
    assert list(Claim.objects.values_list("text", flat=True)) == ["Rivers are full."]


def test_importing_twice_changes_nothing(editor: User) -> None:
    ann = make.SpeakerFactory(name="Ann Wu")
    row: dict[str, object] = {"claim": "Bridges hold.", "speaker_id": ann.pk, "said_on": "2026-01-31"}
    import_rows("claims", editor, row)
    again = dry_run("claims", editor, row)
    assert list_outcomes(again) == [("unchanged", ())]
    with pytest.raises(RefusedError, match="Nothing was imported: 1 unchanged"):
        import_rows("claims", editor, row)
    assert Claim.objects.count() == 1


def test_missing_columns_change_nothing(editor: User) -> None:
    claim = make.ClaimFactory(said_on=date(2026, 1, 2))
    speaker = claim.speaker
    import_rows("claims", editor, {"claim_id": claim.pk, "claim": "Changed."})
    claim.refresh_from_db()
    assert (claim.said_on, claim.speaker) == (date(2026, 1, 2), speaker)


REJECTED_CLAIM_ROWS: list[Any] = [
    pytest.param(lambda e: {"claim": " ", "said_on": "2026-01-31"}, "Claim text is empty", id="empty"),
    pytest.param(lambda e: {"claim": "A", "claim_id": "x"}, "“x” is not a valid claim_id", id="no id"),
    pytest.param(lambda e: {"claim": "A", "claim_id": "-1"}, "is not a valid claim_id", id="negative id"),
    pytest.param(lambda e: {"claim": "A", "claim_id": "9" * 30}, "is not a valid claim_id", id="huge id"),
    pytest.param(lambda e: {"claim": "A", "claim_id": "٣"}, "is not a valid claim_id", id="other digits"),
    pytest.param(lambda e: {"claim": "A", "claim_id": "9" * 18}, f"Claim {'9' * 18} does not exist", id="unknown id"),
    pytest.param(lambda e: {"claim": "A", "speaker": "Nobody"}, "No speaker named “Nobody”", id="unknown name"),
    pytest.param(lambda e: {"claim": "A", "speaker": "999"}, "Speaker 999 does not exist", id="unknown speaker"),
    pytest.param(
        lambda e: {"claim": "A", "speaker_id": "Ann"}, "“Ann” is not a valid speaker_id", id="a name for an id"
    ),
    pytest.param(lambda e: {"claim": "A", "said_on": "31.01.2026"}, "is not a date", id="a day as in Europe"),
    pytest.param(lambda e: {"claim": "A", "said_on": "2026-02-30"}, "is not a date", id="no such day"),
    pytest.param(lambda e: {"claim": "A", "topics": "Water;"}, "No topic named “Water”", id="unknown topic"),
]


@pytest.mark.parametrize(("row", "error"), REJECTED_CLAIM_ROWS)
def test_rejected_rows_of_claims(row: Callable[[User], dict[str, object]], error: str, editor: User) -> None:
    plan = dry_run("claims", editor, row(editor), {"claim": "Bridges hold."})
    assert error in plan.outcomes[0].error
    assert [outcome.status for outcome in plan.outcomes] == ["rejected", "new"]
    with pytest.raises(RefusedError, match="Nothing was imported: 1 new, 1 rejected"):
        import_rows("claims", editor, row(editor), {"claim": "Bridges hold."})
    assert not Claim.objects.exists()


def test_an_ambiguous_name_is_rejected_with_the_ids(editor: User) -> None:
    one, other = make.SpeakerFactory(name="Ann Wu"), make.SpeakerFactory(name="Ann Wu")
    plan = dry_run("claims", editor, {"claim": "A", "speaker": "Ann Wu"})
    assert f"{one.pk}, {other.pk}." in plan.outcomes[0].error


def test_merged_speakers_and_contradictions_are_rejected(editor: User) -> None:
    kept, merged = make.SpeakerFactory(name="Ann Wu"), make.SpeakerFactory(name="Anne Wu")
    merge_speakers(kept=kept, merged=merged, editor=editor)
    plan = dry_run(
        "claims",
        editor,
        {"claim": "A", "speaker_id": merged.pk, "speaker": ""},
        {"claim": "B", "speaker_id": kept.pk, "speaker": "Lena Ford"},
        {"claim": "C", "speaker_id": kept.pk, "speaker": "Anne Wu"},
    )
    assert [outcome.error for outcome in plan.outcomes] == [
        f"Speaker {merged.pk} was merged into “Ann Wu” ({kept.pk}).",
        f"Speaker {kept.pk} is “Ann Wu”, not “Lena Ford”. Clear one of the two cells.",
        "",
    ]


def test_duplicate_rows_are_rejected(editor: User) -> None:
    claim = make.ClaimFactory()
    plan = dry_run("claims", editor, {"claim_id": claim.pk, "claim": "A"}, {"claim_id": f"0{claim.pk}", "claim": "B"})
    assert ["in several rows" in outcome.error for outcome in plan.outcomes] == [True, True]
    plan = dry_run("claims", editor, {"claim": "A"}, {"claim": " A "})
    assert [outcome.error for outcome in plan.outcomes] == ["", "Duplicate of line 2."]


def test_an_existing_claim_is_changed_only_by_its_id(editor: User) -> None:
    claim = make.ClaimFactory(text="Bridges hold.")
    plan = dry_run("claims", editor, {"claim": claim.text, "speaker_id": claim.speaker_id, "said_on": "2026-01-31"})
    assert f"Claim {claim.pk} already has this text" in plan.outcomes[0].error


def test_public_claims_are_not_changed_without_a_note(editor: User) -> None:
    public, stub = make.QuoteFactory(accepted=True).claim, make.ClaimFactory(released=True)
    stub.retracted_at = stub.released_at
    stub.save()
    topic = make.TopicFactory(name="Water")
    plan = dry_run(
        "claims", editor, {"claim_id": public.pk, "claim": "Changed."}, {"claim_id": stub.pk, "claim": "Changed."}
    )
    assert "claim is public" in plan.outcomes[0].error
    assert "Retracted claims cannot be changed" in plan.outcomes[1].error
    import_rows("claims", editor, {"claim_id": public.pk, "claim": public.text, "topics": "Water"})
    assert list(public.topics.all()) == [topic]


def test_an_edited_claim_sends_a_submitted_verification_back(editor: User) -> None:
    row = verifications.make_submitted(make.ClaimFactory(text="Rivers are full."))
    plan = import_rows("claims", editor, {"claim_id": row.claim_id, "claim": "Rivers are dry."})
    assert plan.reopened == ("Rivers are dry.",)
    row.refresh_from_db()
    assert row.state == VerificationState.DRAFT


def test_an_export_can_be_imported_unchanged(editor: User) -> None:
    water = make.TopicFactory(name="Water")
    for text in ("=1+1", "'=1+1", "+ we are ready", 'a "b"; c,\r\nd', "שלום", "plain "):
        claim = make.ClaimFactory(text=text, said_on=date(1789, 7, 14))
        audit.set_topics([claim], {claim.pk: [water.pk, make.TopicFactory().pk]}, user=editor, reason="given")
    make.ClaimFactory(speaker=None)
    make.QuoteFactory(accepted=True)
    for model, kind in ((Claim, "claims"), (Quote, "decisions")):
        written = b"".join(
            model_table.stream_table_csv(ADMIN_TABLES[model], model_table.collect_ids(model.objects.order_by("pk")))
        )
        plan = importer.dry_run_import(
            kind=kind, sheet=parse_sheet(kind, spreadsheet.decode_upload(written)), name="x.csv", editor=editor
        )
        assert {outcome.status for outcome in plan.outcomes} == {"unchanged"}, plan.outcomes
        assert len(plan.outcomes) == model.objects.count()


# --- Decisions --------------------------------------------------------------------------------------------------------


def test_decisions_and_speakers(editor: User) -> None:
    accepted, rejected, unresolved, decided, left = (
        make.QuoteFactory(),
        make.QuoteFactory(),
        make.QuoteFactory(speaker=None, claim__speaker=None),
        make.QuoteFactory(accepted=True),
        make.QuoteFactory(),
    )
    ann = directory.add_speaker(name="Ann Wu", editor=editor)
    plan = import_rows(
        "decisions",
        editor,
        {"quote_id": accepted.pk, "decision": "Accepted"},
        {"quote_id": rejected.pk, "decision": "rejected", "reason": "A headline."},
        {"quote_id": unresolved.pk, "decision": "accepted", "speaker": "Ann Wu"},
        {"quote_id": decided.pk, "decision": "accepted"},
        {"quote_id": left.pk},
    )
    assert list_outcomes(plan) == [
        ("changed", (("decision", "Pending", "Accepted"),)),
        ("changed", (("decision", "Pending", "Rejected"),)),
        ("changed", (("speaker", "nothing", "Ann Wu"), ("decision", "Pending", "Accepted"))),
        ("unchanged", ()),
        ("unchanged", ()),
    ]
    for quote in (accepted, rejected, unresolved, left):
        quote.refresh_from_db()
    assert [q.decision for q in (accepted, rejected, unresolved, left)] == [
        "accepted",
        "rejected",
        "accepted",
        "pending",
    ]
    assert (unresolved.speaker, unresolved.claim.speaker, accepted.decided_by) == (ann, ann, editor)
    assert rejected.history.first().history_change_reason == "imported from x.csv: A headline."
    undo_operation(operation=Operation.objects.get(), editor=editor)
    assert Quote.objects.pending().count() == 4


REJECTED_DECISION_ROWS: list[Any] = [
    pytest.param({"quote_id": "", "decision": "accepted"}, "quote_id is empty", id="no id"),
    pytest.param({"quote_id": "7x", "decision": "accepted"}, "is not a valid quote_id", id="nonsense"),
    pytest.param({"quote_id": "9" * 18, "decision": "accepted"}, "does not exist", id="unknown"),
    pytest.param({"quote_id": "QUOTE", "decision": "maybe"}, "“maybe” is not a decision", id="no decision"),
    pytest.param({"quote_id": "QUOTE", "decision": "accepted"}, "no speaker yet", id="no speaker"),
    pytest.param(
        {"quote_id": "QUOTE", "decision": "rejected", "reason": "x" * (MAX_REASON_LENGTH + 1)},
        f"longer than {MAX_REASON_LENGTH}",
        id="long reason",
    ),
    pytest.param({"quote_id": "QUOTE", "speaker": "Nobody"}, "No speaker named", id="unknown name"),
]


@pytest.mark.parametrize(("row", "error"), REJECTED_DECISION_ROWS)
def test_rejected_rows_of_decisions(row: dict[str, str], error: str, editor: User) -> None:
    quote, other = make.QuoteFactory(speaker=None, claim__speaker=None), make.QuoteFactory()
    decided: dict[str, object] = {name: text.replace("QUOTE", str(quote.pk)) for name, text in row.items()}
    plan = dry_run("decisions", editor, decided, {"quote_id": other.pk, "decision": "accepted"})
    assert error in plan.outcomes[0].error
    assert [outcome.status for outcome in plan.outcomes] == ["rejected", "changed"]
    with pytest.raises(RefusedError, match="Nothing was imported"):
        import_rows("decisions", editor, decided, {"quote_id": other.pk, "decision": "accepted"})
    assert Quote.objects.pending().count() == 2


def test_a_public_quote_is_rejected(editor: User) -> None:
    row = verifications.make_published()
    quote = row.claim.quotes.get()
    plan = dry_run("decisions", editor, {"quote_id": quote.pk, "decision": "rejected"})
    assert "This quote or its claim is public" in plan.outcomes[0].error


def test_a_quote_of_a_changed_source_is_not_accepted(editor: User) -> None:
    quote = make.QuoteFactory()
    change_source(quote)
    [outcome] = dry_run("decisions", editor, {"quote_id": quote.pk, "decision": "accepted"}).outcomes
    assert outcome.status == "rejected"
    assert outcome.error.startswith("Cannot be accepted: its source has changed")


def test_a_repeated_quote_is_rejected(editor: User) -> None:
    quote = make.QuoteFactory()
    rows: list[dict[str, object]] = [{"quote_id": quote.pk, "decision": word} for word in ("accepted", "rejected")]
    assert ["in several rows" in outcome.error for outcome in dry_run("decisions", editor, *rows).outcomes] == [
        True,
        True,
    ]


# --- Dry run and storing ----------------------------------------------------------------------------------------------


def test_the_import_must_match_the_dry_run(editor: User) -> None:
    quote = make.QuoteFactory()
    row: dict[str, object] = {"quote_id": quote.pk, "decision": "accepted"}
    plan = dry_run("decisions", editor, row)
    decide_quotes(quotes=[quote.pk], decision="rejected", editor=make.UserFactory())
    before = dump_app()
    sheet = build_sheet("decisions", row)
    with pytest.raises(PlanChangedError) as raised:
        importer.run_import(kind="decisions", sheet=sheet, name="x.csv", editor=editor, digest=plan.digest)
    assert dump_app() == before
    assert raised.value.plan.outcomes[0].changes == (("decision", "Rejected", "Accepted"),)


def test_valid_rows_are_planned_and_imported_without_the_rejected_ones(editor: User) -> None:
    claim = make.ClaimFactory()
    rows: list[dict[str, object]] = [
        {"claim_id": "", "claim": "Bridges hold.", "speaker": ""},
        {"claim_id": claim.pk, "claim": "Roads are dry.", "speaker": "Nobody"},
        {"claim_id": "", "claim": "", "speaker": ""},
        {"claim_id": claim.pk, "claim": "Roads are dry.", "speaker": ""},
    ]
    sheet = build_sheet("claims", *rows)
    plan = dry_run("claims", editor, *rows)
    before = dump_app()
    valid = importer.dry_run_valid_rows(kind="claims", sheet=sheet, name="x.csv", editor=editor, plan=plan)
    assert dump_app() == before, "nothing is stored"
    assert sorted(valid.errors) == [3, 5], "the blank row is skipped"
    assert str(valid.plan) == "1 new"
    with pytest.raises(PlanChangedError):
        importer.run_import(kind="claims", sheet=sheet, name="x.csv", editor=editor, digest=valid.plan.digest)
    importer.run_import(
        kind="claims",
        sheet=sheet.without_rows(valid.errors),
        name="x.csv",
        editor=editor,
        digest=valid.plan.digest,
    )
    assert Claim.objects.filter(text="Bridges hold.").count() == 1
    assert Claim.objects.count() == 2


def test_an_import_fails_as_a_whole(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = make.TopicFactory(name="Water")
    row: dict[str, object] = {"claim": "A", "topics": topic.name}
    plan = dry_run("claims", editor, row)
    before = dump_app()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(audit, "set_topics", fail)
    with pytest.raises(ZeroDivisionError):
        importer.run_import(
            kind="claims", sheet=build_sheet("claims", row), name="x", editor=editor, digest=plan.digest
        )
    assert dump_app() == before


@pytest.mark.parametrize("kind", ["claims", "decisions"])
def test_query_count_does_not_grow_with_rows(kind: str, editor: User) -> None:
    def count_queries(row_count: int) -> int:
        rows: list[dict[str, object]] = []
        for _ in range(row_count):
            quote = make.QuoteFactory()
            rows.append(
                {"quote_id": quote.pk, "decision": "accepted"} if kind == "decisions" else {"claim": quote.claim.text}
            )
        with CaptureQueriesContext(connection) as captured:
            importer.dry_run_import(kind=kind, sheet=build_sheet(kind, *rows), name="x.csv", editor=editor)
        return len(captured)

    count_queries(1)
    assert count_queries(12) == count_queries(3)
