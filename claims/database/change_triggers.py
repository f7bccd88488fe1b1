"""Triggers that record the public objects that a transaction touches, for `claims.services.changefeed`.

They live in the database so that no write bypasses them: services, the admin's forms, a shell, a restored file. They
know only the coarsest rule of what is public (a quote that is not accepted is not), so that loading pending quotes, or
claims that were never released, costs nothing.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.database.definitions import DerivedObject, function, trigger

TOUCHED_TABLE = "claims_touched"


class TouchRecord(NamedTuple):
    """A row to record, in SQL: kind, id, whether other objects show the change, condition, object that caused it."""

    kind: str
    pk: str
    wide: str = "FALSE"
    when: str = "TRUE"
    by: tuple[str, str] = ("", "NULL")


def any_column_changed(*columns: str) -> str:
    """Returns the condition that one of these columns changed."""
    return "(" + " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns) + ")"


def touch_previous(column: str, kind: str, *, wide: str = "FALSE", by: tuple[str, str]) -> TouchRecord:
    """Records the object that the column referred to before, if it now refers to another."""
    return TouchRecord(kind, f"OLD.{column}", wide=wide, when=any_column_changed(column), by=by)


def verification_state(row: str) -> str:
    """Returns the state of the verification that the evidence in `row` belongs to."""
    return f"coalesce((SELECT v.state FROM claims_verification v WHERE v.id = {row}.verification_id), '')"


SOURCE_OF_OLD_ROW = "(SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id)"
SOURCE_PUBLIC_COLUMNS = ("title", "publisher", "url", "published_on", "language", "translated_from")
RATING_PUBLIC_COLUMNS = ("name", "slug", "value", "worst", "best")
CLAIM_PUBLIC_COLUMNS = ("text", "said_on", "released_at", "retracted_at", "merged_into_id", "speaker_id")
BY_QUOTE, BY_CLAIM = ("quotes", "OLD.id"), ("claims", "OLD.id")
BY_VERIFICATION = ("verifications", "OLD.verification_id")

# table, event, condition on the row, what to record
CHANGE_TRIGGERS: list[tuple[str, str, str, list[TouchRecord]]] = [
    ("claims_quote", "INSERT", "NEW.decision = 'accepted'", [TouchRecord("quotes", "NEW.id", wide="TRUE")]),
    (
        "claims_quote",
        "UPDATE",
        "OLD.decision = 'accepted' OR NEW.decision = 'accepted'",
        [
            TouchRecord(
                "quotes", "NEW.id", wide=any_column_changed("decision", "claim_id", "speaker_id", "snapshot_id")
            ),
            touch_previous("claim_id", "claims", wide="TRUE", by=BY_QUOTE),
            touch_previous("speaker_id", "speakers", by=BY_QUOTE),
            TouchRecord("sources", SOURCE_OF_OLD_ROW, when=any_column_changed("snapshot_id"), by=BY_QUOTE),
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
            TouchRecord("sources", SOURCE_OF_OLD_ROW, by=BY_QUOTE),
        ],
    ),
    (
        "claims_claim",
        "UPDATE",
        "OLD.released_at IS NOT NULL OR NEW.released_at IS NOT NULL",
        [
            TouchRecord("claims", "NEW.id", wide=any_column_changed(*CLAIM_PUBLIC_COLUMNS)),
            touch_previous("speaker_id", "speakers", by=BY_CLAIM),
        ],
    ),
    (
        "claims_claim",
        "DELETE",
        "OLD.released_at IS NOT NULL",
        [TouchRecord("claims", "OLD.id", wide="TRUE"), TouchRecord("speakers", "OLD.speaker_id", by=BY_CLAIM)],
    ),
    (
        "claims_speaker",
        "UPDATE",
        "TRUE",
        [TouchRecord("speakers", "NEW.id", wide=any_column_changed("name", "kind", "wikidata_id"))],
    ),
    ("claims_speaker", "DELETE", "TRUE", [TouchRecord("speakers", "OLD.id")]),
    *(
        (table, event, "TRUE", [TouchRecord("speakers", f"{row}.speaker_id", wide=wide) for row in rows])
        # Quotes are found by any name of their speaker, so that a new name changes the results of such a search.
        for table, wide in (("claims_speakername", "TRUE"), ("claims_position", "FALSE"))
        for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"]))
    ),
    (
        "claims_source",
        "UPDATE",
        "TRUE",
        [TouchRecord("sources", "NEW.id", wide=any_column_changed(*SOURCE_PUBLIC_COLUMNS))],
    ),
    ("claims_source", "DELETE", "TRUE", [TouchRecord("sources", "OLD.id")]),
    ("claims_snapshot", "UPDATE", "TRUE", [TouchRecord("sources", "NEW.source_id")]),
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
        f"{verification_state('NEW')} <> 'draft'",
        [
            TouchRecord("verifications", "NEW.verification_id", wide=f"({verification_state('NEW')} = 'published')"),
            TouchRecord(
                "verifications", "OLD.verification_id", wide="TRUE", when=any_column_changed("verification_id")
            ),
            touch_previous("source_id", "sources", by=BY_VERIFICATION),
        ],
    ),
    (
        "claims_evidence",
        "DELETE",
        f"{verification_state('OLD')} <> 'draft'",
        [
            TouchRecord("verifications", "OLD.verification_id", wide=f"({verification_state('OLD')} <> 'submitted')"),
            TouchRecord("sources", "OLD.source_id", by=BY_VERIFICATION),
        ],
    ),
    ("claims_topic", "UPDATE", "TRUE", [TouchRecord("topics", "NEW.id", wide=any_column_changed("name", "slug"))]),
    ("claims_topic", "DELETE", "TRUE", [TouchRecord("topics", "OLD.id")]),
    *(
        (
            "claims_claim_topics",
            event,
            "TRUE",
            [
                TouchRecord("claims", f"{row}.claim_id", wide="TRUE"),
                TouchRecord("topics", f"{row}.topic_id", by=("claims", f"{row}.claim_id")),
            ],
        )
        for event, row in (("INSERT", "NEW"), ("DELETE", "OLD"))
    ),
    ("claims_rating", "INSERT", "TRUE", [TouchRecord("ratings", "NEW.id")]),
    (
        "claims_rating",
        "UPDATE",
        "TRUE",
        [TouchRecord("ratings", "NEW.id", wide=any_column_changed(*RATING_PUBLIC_COLUMNS))],
    ),
    ("claims_rating", "DELETE", "TRUE", [TouchRecord("ratings", "OLD.id")]),
    ("claims_correction", "INSERT", "TRUE", [TouchRecord("corrections", "NEW.id")]),
    ("claims_correction", "UPDATE", "TRUE", [TouchRecord("corrections", "NEW.id")]),
    ("claims_correction", "DELETE", "TRUE", [TouchRecord("corrections", "OLD.id")]),
]


def change_trigger_name(table: str, event: str) -> str:
    return f"{table}_touched_{event.lower()}"


def change_trigger_body(records: list[TouchRecord], differs: str) -> str:
    return " ".join(
        f'INSERT INTO {TOUCHED_TABLE} (kind, object_id, wide, "by", by_id, step)'
        f" SELECT '{kind}', {pk}, {wide}, '{by[0]}', {by[1]}, 0 WHERE {when} AND {pk} IS NOT NULL;"
        for kind, pk, wide, when, by in records
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
