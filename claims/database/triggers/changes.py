"""Triggers that record the public objects that a transaction touches, for `claims.services.changefeed`.

They live in the database so that no write bypasses them: services, the admin's forms, a shell, a restored file. They
know only the coarsest rule of what is public (a quote that is not accepted is not), so that loading pending quotes, or
claims that were never released, costs nothing.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.database.definitions import DerivedObject, function, trigger
from claims.database.related_objects import columns_shown_elsewhere
from claims.models import Claim, Correction
from claims.resources import RESOURCES

TOUCHED_TABLE = "claims_touched"


class TouchRecord(NamedTuple):
    """A row of `Touched` to write `when` a condition holds: the values of its columns, in SQL."""

    kind: str
    object_id: str
    wide: str = "FALSE"
    when: str = "TRUE"
    by: tuple[str, str] = ("", "NULL")


ChangeTrigger = tuple[str, str, str, list[TouchRecord]]  # table, event, condition on the row, what to record


def any_column_changed(*columns: str) -> str:
    """Returns the condition that one of these columns changed."""
    return "(" + " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns) + ")"


def touch_previous(column: str, kind: str, *, wide: str = "FALSE", by: tuple[str, str]) -> TouchRecord:
    """Records the object that the column referred to before, if it now refers to another."""
    return TouchRecord(kind, f"OLD.{column}", wide=wide, when=any_column_changed(column), by=by)


def verification_state(row: str) -> str:
    """Returns the state of the verification that the evidence in `row` belongs to."""
    return f"coalesce((SELECT v.state FROM claims_verification v WHERE v.id = {row}.verification_id), '')"


def is_quote_accepted(quote: str) -> str:
    return f"coalesce((SELECT q.decision = 'accepted' FROM claims_quote q WHERE q.id = {quote}), FALSE)"


def related_sources(*rows: str) -> list[TouchRecord]:
    return [TouchRecord("sources", f"{row}.{column}") for row in rows for column in ("first_id", "second_id")]


def copied_verifications(*rows: str, when: str = "TRUE") -> list[TouchRecord]:
    """Records the verifications with the evidence that was copied, if they may be public."""
    return [
        TouchRecord("verifications", verification, wide="TRUE", when=when)
        for row in rows
        for verification in [
            "(SELECT v.id FROM claims_verification v JOIN claims_evidence e ON e.verification_id = v.id"
            f" WHERE e.id = {row}.evidence_id AND v.state = 'published')"
        ]
    ]


def plain_triggers(kind: str, *events: str) -> Iterator[ChangeTrigger]:
    """Yields the triggers of a resource any of whose rows may be public: for updates, deletions and these events.

    Other objects show some of the columns. They refer to no row that is new, nor to one that is deleted.
    """
    model = RESOURCES[kind].model
    columns = columns_shown_elsewhere(model)
    for event in (*events, "UPDATE", "DELETE"):
        wide = any_column_changed(*columns) if event == "UPDATE" and columns else "FALSE"
        record = TouchRecord(kind, "OLD.id" if event == "DELETE" else "NEW.id", wide=wide)
        yield (model._meta.db_table, event, "TRUE", [record])


def triggers_of_parts(table: str, records: Callable[[str], list[TouchRecord]]) -> Iterator[ChangeTrigger]:
    """Yields the triggers of a table whose rows are parts of other objects: those before and after a change."""
    for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
        yield (table, event, "TRUE", [record for row in rows for record in records(row)])


SOURCE_OF_OLD_ROW = "(SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id)"
# Not shown elsewhere, but what is public, counted or found elsewhere depends on them.
QUOTE_COLUMNS = ("decision", "claim_id", "speaker_id", "snapshot_id")
CLAIM_COLUMNS = ("said_on", "released_at", "retracted_at", "merged_into_id", "speaker_id")
CORRECTION_COLUMNS = (*columns_shown_elsewhere(Correction), "claim_id")  # claims and verdicts show them
BY_CORRECTION = ("corrections", "OLD.id")
BY_QUOTE, BY_CLAIM = ("quotes", "OLD.id"), ("claims", "OLD.id")
BY_RELATION = ("relations", "OLD.id")
BY_VERIFICATION = ("verifications", "OLD.verification_id")
EVIDENCE_COPY_COLUMNS = (*("evidence_id", "retrieved_at", "sha256", "exact", "prefix", "suffix", '"start"', '"end"'),)
HAS_OTHER_SNAPSHOT = "EXISTS (SELECT 1 FROM claims_snapshot s WHERE s.source_id = NEW.source_id AND s.id <> NEW.id)"
# When a page was found gone, as readers see it.
GONE_AS_OF = "(CASE WHEN {row}.gone_at IS NOT NULL THEN {row}.last_checked_at END)"
GONE_AS_OF_CHANGED = f"({GONE_AS_OF.format(row='OLD')} {{differs}} {GONE_AS_OF.format(row='NEW')})"

CHANGE_TRIGGERS: list[ChangeTrigger] = [
    ("claims_quote", "INSERT", "NEW.decision = 'accepted'", [TouchRecord("quotes", "NEW.id", wide="TRUE")]),
    (
        "claims_quote",
        "UPDATE",
        "OLD.decision = 'accepted' OR NEW.decision = 'accepted'",
        [
            TouchRecord("quotes", "NEW.id", wide=any_column_changed(*QUOTE_COLUMNS)),
            touch_previous("claim_id", "claims", wide="TRUE", by=BY_QUOTE),
            touch_previous("speaker_id", "speakers", by=BY_QUOTE),
            touch_previous("translation_of_id", "quotes", by=BY_QUOTE),
            # Wide, as here and below: related sources no longer name one that is not public any more.
            TouchRecord("sources", SOURCE_OF_OLD_ROW, "TRUE", when=any_column_changed("snapshot_id"), by=BY_QUOTE),
        ],
    ),
    (
        "claims_quote",
        "DELETE",
        "OLD.decision = 'accepted'",
        [
            TouchRecord("quotes", "OLD.id", wide="TRUE"),
            TouchRecord("claims", "OLD.claim_id", wide="TRUE", by=BY_QUOTE),
            TouchRecord("speakers", "OLD.speaker_id", by=BY_QUOTE),
            TouchRecord("quotes", "OLD.translation_of_id", by=BY_QUOTE),
            TouchRecord("sources", SOURCE_OF_OLD_ROW, wide="TRUE", by=BY_QUOTE),
        ],
    ),
    (
        "claims_claim",
        "UPDATE",
        "OLD.released_at IS NOT NULL OR NEW.released_at IS NOT NULL",
        [
            TouchRecord("claims", "NEW.id", wide=any_column_changed(*columns_shown_elsewhere(Claim), *CLAIM_COLUMNS)),
            touch_previous("speaker_id", "speakers", by=BY_CLAIM),
        ],
    ),
    (
        "claims_claim",
        "DELETE",
        "OLD.released_at IS NOT NULL",
        [TouchRecord("claims", "OLD.id", wide="TRUE"), TouchRecord("speakers", "OLD.speaker_id", by=BY_CLAIM)],
    ),
    *plain_triggers("speakers"),
    # Quotes are found by any name of their speaker, so that a new name changes the results of such a search.
    *triggers_of_parts("claims_speakername", lambda row: [TouchRecord("speakers", f"{row}.speaker_id", wide="TRUE")]),
    *triggers_of_parts("claims_position", lambda row: [TouchRecord("speakers", f"{row}.speaker_id")]),
    *plain_triggers("sources"),
    # The first snapshot of a source says nothing new of what is public.
    ("claims_snapshot", "INSERT", HAS_OTHER_SNAPSHOT, [TouchRecord("sources", "NEW.source_id")]),
    (
        "claims_snapshot",
        "UPDATE",
        "TRUE",
        [TouchRecord("sources", "NEW.source_id", wide=any_column_changed("retrieved_at", "positions"))],
    ),
    ("claims_snapshot", "DELETE", "TRUE", [TouchRecord("sources", "OLD.source_id")]),
    *triggers_of_parts(
        "claims_anchor",
        lambda row: [TouchRecord("quotes", f"{row}.quote_id", when=is_quote_accepted(f"{row}.quote_id"))],
    ),
    (
        "claims_watch",
        "INSERT",
        "NEW.last_checked_at IS NOT NULL",
        [TouchRecord("sources", "NEW.source_id", wide="(NEW.gone_at IS NOT NULL)")],
    ),
    (
        "claims_watch",
        "UPDATE",
        "TRUE",
        [
            TouchRecord(
                "sources",
                f"{row}.source_id",
                wide=f"(OLD.source_id <> NEW.source_id OR {GONE_AS_OF_CHANGED})",
                when=any_column_changed("source_id", "last_checked_at", "gone_at", "reason"),
            )
            for row in ("OLD", "NEW")
        ],
    ),
    (
        "claims_watch",
        "DELETE",
        "OLD.last_checked_at IS NOT NULL",
        [TouchRecord("sources", "OLD.source_id", wide="(OLD.gone_at IS NOT NULL)")],
    ),
    ("claims_verification", "INSERT", "NEW.state <> 'draft'", [TouchRecord("verifications", "NEW.id", wide="TRUE")]),
    (
        "claims_verification",
        "UPDATE",
        "OLD.state <> NEW.state OR NEW.state = 'published'"
        " OR (NEW.state = 'submitted' AND OLD.claim_id <> NEW.claim_id)",
        [
            TouchRecord("verifications", "NEW.id", wide="TRUE"),
            touch_previous("claim_id", "claims", wide="TRUE", by=("", "NULL")),
        ],
    ),
    (
        "claims_verification",
        "DELETE",
        "OLD.state <> 'draft'",
        [TouchRecord("verifications", "OLD.id", wide="TRUE"), TouchRecord("claims", "OLD.claim_id", wide="TRUE")],
    ),
    (
        "claims_evidence",
        "INSERT",
        f"{verification_state('NEW')} <> 'draft'",
        [TouchRecord("verifications", "NEW.verification_id", wide=f"({verification_state('NEW')} = 'published')")],
    ),
    (
        "claims_evidence",
        "UPDATE",
        f"{verification_state('OLD')} <> 'draft' OR {verification_state('NEW')} <> 'draft'",
        [
            TouchRecord("verifications", "NEW.verification_id", wide=f"({verification_state('NEW')} = 'published')"),
            TouchRecord(
                "verifications", "OLD.verification_id", wide="TRUE", when=any_column_changed("verification_id")
            ),
            TouchRecord(
                "sources",
                "OLD.source_id",
                wide="TRUE",
                when=any_column_changed("source_id", "verification_id"),
                by=BY_VERIFICATION,
            ),
        ],
    ),
    (
        "claims_evidence",
        "DELETE",
        f"{verification_state('OLD')} <> 'draft'",
        [
            TouchRecord("verifications", "OLD.verification_id", wide=f"({verification_state('OLD')} <> 'submitted')"),
            TouchRecord("sources", "OLD.source_id", wide="TRUE", by=BY_VERIFICATION),
        ],
    ),
    ("claims_evidencecopy", "INSERT", "TRUE", copied_verifications("NEW")),
    (
        "claims_evidencecopy",
        "UPDATE",
        "TRUE",
        copied_verifications(
            *("OLD", "NEW"), when=f"({any_column_changed(*EVIDENCE_COPY_COLUMNS)} OR {GONE_AS_OF_CHANGED})"
        ),
    ),
    ("claims_evidencecopy", "DELETE", "TRUE", copied_verifications("OLD")),
    ("claims_claimrelation", "INSERT", "NEW.state = 'confirmed'", [TouchRecord("relations", "NEW.id", wide="TRUE")]),
    (
        "claims_claimrelation",
        "UPDATE",
        "OLD.state = 'confirmed' OR NEW.state = 'confirmed'",
        [
            TouchRecord("relations", "NEW.id", wide=any_column_changed("state", "kind", "first_id", "second_id")),
            touch_previous("first_id", "claims", by=BY_RELATION),
            touch_previous("second_id", "claims", by=BY_RELATION),
        ],
    ),
    (
        "claims_claimrelation",
        "DELETE",
        "OLD.state = 'confirmed'",
        [
            TouchRecord("relations", "OLD.id", wide="TRUE"),
            TouchRecord("claims", "OLD.first_id", by=BY_RELATION),
            TouchRecord("claims", "OLD.second_id", by=BY_RELATION),
        ],
    ),
    ("claims_sourcerelation", "INSERT", "NEW.state = 'confirmed'", related_sources("NEW")),
    (
        "claims_sourcerelation",
        "UPDATE",
        "OLD.state = 'confirmed' OR NEW.state = 'confirmed'",
        related_sources("OLD", "NEW"),
    ),
    ("claims_sourcerelation", "DELETE", "OLD.state = 'confirmed'", related_sources("OLD")),
    *plain_triggers("topics"),
    *triggers_of_parts(
        "claims_claim_topics",
        lambda row: [
            TouchRecord("claims", f"{row}.claim_id", wide="TRUE"),
            TouchRecord("topics", f"{row}.topic_id", by=("claims", f"{row}.claim_id")),
        ],
    ),
    *plain_triggers("ratings", "INSERT"),
    ("claims_correction", "INSERT", "TRUE", [TouchRecord("corrections", "NEW.id", wide="TRUE")]),
    (
        "claims_correction",
        "UPDATE",
        "TRUE",
        [
            TouchRecord("corrections", "NEW.id", wide=any_column_changed(*CORRECTION_COLUMNS)),
            touch_previous("claim_id", "claims", wide="TRUE", by=BY_CORRECTION),
        ],
    ),
    (
        "claims_correction",
        "DELETE",
        "TRUE",
        [
            TouchRecord("corrections", "OLD.id", wide="TRUE"),
            TouchRecord("claims", "OLD.claim_id", wide="TRUE", by=BY_CORRECTION),
        ],
    ),
    *triggers_of_parts("claims_externalreview", lambda row: [TouchRecord("claims", f"{row}.claim_id")]),
    *triggers_of_parts("claims_correctedfield", lambda row: [TouchRecord("corrections", f"{row}.correction_id")]),
]


def change_trigger_name(table: str, event: str) -> str:
    return f"{table}_touched_{event.lower()}"


def change_trigger_body(records: list[TouchRecord], differs: str) -> str:
    return " ".join(
        f'INSERT INTO {TOUCHED_TABLE} (kind, object_id, wide, "by", by_id, step)'
        f" SELECT '{kind}', {object_id}, {wide}, '{by[0]}', {by[1]}, 0 WHERE {when} AND {object_id} IS NOT NULL;"
        for kind, object_id, wide, when, by in records
    ).replace("{differs}", differs)


def change_triggers(connection: BaseDatabaseWrapper) -> Iterator[DerivedObject]:
    for table, event, condition, records in CHANGE_TRIGGERS:
        name = change_trigger_name(table, event)
        if connection.vendor == "postgresql":
            body = change_trigger_body(records, "IS DISTINCT FROM")
            yield function(
                name,
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN IF ({condition}) THEN {body} END IF; RETURN NULL; END $$",
            )
            yield trigger(
                name, table, f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            body = change_trigger_body(records, "IS NOT")
            yield trigger(
                name, table, f"CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {condition} BEGIN {body} END"
            )
