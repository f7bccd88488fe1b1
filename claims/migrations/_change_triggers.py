"""Triggers that record the public objects that a transaction touches, for `claims.services.changefeed`.

They live in the database so that no write bypasses them: services, the admin's forms, a shell, a restored file. They
know only the coarsest rule of what is public (a quote that is not accepted is not), so that loading pending quotes, or
claims that were never released, costs nothing.

Both functions may run at any time, and repeatedly. SQLite drops the triggers of a table that a later migration
rebuilds; `install_invariant_triggers` creates these again, too.
"""

from claims.migrations._trigram_index import sqlite_tables

TOUCHED_TABLE = "claims_touched"


def any_column_changed(*columns):
    """Returns the condition that one of these columns changed."""
    return "(" + " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns) + ")"


def touch(kind, pk, *, wide="FALSE", when="TRUE", by=("", "NULL")):
    """Returns a row to record: kind, id, whether other objects show the change, condition, and object that caused it."""
    return kind, pk, wide, when, *by


def touch_previous(column, kind, *, wide="FALSE", by):
    """Records the object that the column referred to before, if it now refers to another."""
    return touch(kind, f"OLD.{column}", wide=wide, when=any_column_changed(column), by=by)


def verification_state(row):
    """Returns the state of the verification that the evidence in `row` belongs to."""
    return f"coalesce((SELECT v.state FROM claims_verification v WHERE v.id = {row}.verification_id), '')"


SOURCE_OF_OLD_ROW = "(SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id)"
SOURCE_PUBLIC_COLUMNS = ("title", "publisher", "url", "published_on", "language", "translated_from")
RATING_PUBLIC_COLUMNS = ("name", "slug", "value", "worst", "best")
CLAIM_PUBLIC_COLUMNS = ("text", "said_on", "released_at", "retracted_at", "merged_into_id", "speaker_id")
BY_QUOTE, BY_CLAIM = ("quotes", "OLD.id"), ("claims", "OLD.id")
BY_VERIFICATION = ("verifications", "OLD.verification_id")

# table, event, condition on the row, what to record
CHANGE_TRIGGERS = [
    ("claims_quote", "INSERT", "NEW.decision = 'accepted'", [touch("quotes", "NEW.id", wide="TRUE")]),
    (
        "claims_quote",
        "UPDATE",
        "OLD.decision = 'accepted' OR NEW.decision = 'accepted'",
        [
            touch("quotes", "NEW.id", wide=any_column_changed("decision", "claim_id", "speaker_id", "snapshot_id")),
            touch_previous("claim_id", "claims", wide="TRUE", by=BY_QUOTE),
            touch_previous("speaker_id", "speakers", by=BY_QUOTE),
            touch("sources", SOURCE_OF_OLD_ROW, when=any_column_changed("snapshot_id"), by=BY_QUOTE),
        ],
    ),
    (
        "claims_quote",
        "DELETE",
        "OLD.decision = 'accepted'",
        [
            touch("quotes", "OLD.id", wide="TRUE"),
            touch("claims", "OLD.claim_id", wide="TRUE", by=BY_QUOTE),
            touch("speakers", "OLD.speaker_id", by=BY_QUOTE),
            touch("sources", SOURCE_OF_OLD_ROW, by=BY_QUOTE),
        ],
    ),
    (
        "claims_claim",
        "UPDATE",
        "OLD.released_at IS NOT NULL OR NEW.released_at IS NOT NULL",
        [touch("claims", "NEW.id", wide=any_column_changed(*CLAIM_PUBLIC_COLUMNS)), touch_previous("speaker_id", "speakers", by=BY_CLAIM)],
    ),
    (
        "claims_claim",
        "DELETE",
        "OLD.released_at IS NOT NULL",
        [touch("claims", "OLD.id", wide="TRUE"), touch("speakers", "OLD.speaker_id", by=BY_CLAIM)],
    ),
    ("claims_speaker", "UPDATE", "TRUE", [touch("speakers", "NEW.id", wide=any_column_changed("name", "kind", "wikidata_id"))]),
    ("claims_speaker", "DELETE", "TRUE", [touch("speakers", "OLD.id")]),
    *(
        (table, event, "TRUE", [touch("speakers", f"{row}.speaker_id", wide=wide) for row in rows])
        # Quotes are found by any name of their speaker, so that a new name changes the results of such a search.
        for table, wide in (("claims_speakername", "TRUE"), ("claims_position", "FALSE"))
        for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"]))
    ),
    ("claims_source", "UPDATE", "TRUE", [touch("sources", "NEW.id", wide=any_column_changed(*SOURCE_PUBLIC_COLUMNS))]),
    ("claims_source", "DELETE", "TRUE", [touch("sources", "OLD.id")]),
    ("claims_snapshot", "UPDATE", "TRUE", [touch("sources", "NEW.source_id")]),
    ("claims_verification", "INSERT", "NEW.state <> 'draft'", [touch("verifications", "NEW.id", wide="TRUE")]),
    (
        "claims_verification",
        "UPDATE",
        "OLD.state <> NEW.state OR NEW.state = 'published' OR (NEW.state = 'submitted' AND OLD.claim_id <> NEW.claim_id)",
        [
            touch("verifications", "NEW.id", wide="TRUE"),
            touch_previous("claim_id", "claims", wide="TRUE", by=("", "NULL")),
        ],
    ),
    (
        "claims_verification",
        "DELETE",
        "OLD.state <> 'draft'",
        [touch("verifications", "OLD.id", wide="TRUE"), touch("claims", "OLD.claim_id", wide="TRUE")],
    ),
    (
        "claims_evidence",
        "INSERT",
        f"{verification_state('NEW')} <> 'draft'",
        [touch("verifications", "NEW.verification_id", wide=f"({verification_state('NEW')} = 'published')")],
    ),
    (
        "claims_evidence",
        "UPDATE",
        f"{verification_state('NEW')} <> 'draft'",
        [
            touch("verifications", "NEW.verification_id", wide=f"({verification_state('NEW')} = 'published')"),
            touch("verifications", "OLD.verification_id", wide="TRUE", when=any_column_changed("verification_id")),
            touch_previous("source_id", "sources", by=BY_VERIFICATION),
        ],
    ),
    (
        "claims_evidence",
        "DELETE",
        f"{verification_state('OLD')} <> 'draft'",
        [
            touch("verifications", "OLD.verification_id", wide=f"({verification_state('OLD')} <> 'submitted')"),
            touch("sources", "OLD.source_id", by=BY_VERIFICATION),
        ],
    ),
    ("claims_topic", "UPDATE", "TRUE", [touch("topics", "NEW.id", wide=any_column_changed("name", "slug"))]),
    ("claims_topic", "DELETE", "TRUE", [touch("topics", "OLD.id")]),
    *(
        (
            "claims_claim_topics",
            event,
            "TRUE",
            [touch("claims", f"{row}.claim_id", wide="TRUE"), touch("topics", f"{row}.topic_id", by=("claims", f"{row}.claim_id"))],
        )
        for event, row in (("INSERT", "NEW"), ("DELETE", "OLD"))
    ),
    ("claims_rating", "INSERT", "TRUE", [touch("ratings", "NEW.id")]),
    ("claims_rating", "UPDATE", "TRUE", [touch("ratings", "NEW.id", wide=any_column_changed(*RATING_PUBLIC_COLUMNS))]),
    ("claims_rating", "DELETE", "TRUE", [touch("ratings", "OLD.id")]),
    ("claims_correction", "INSERT", "TRUE", [touch("corrections", "NEW.id")]),
    ("claims_correction", "UPDATE", "TRUE", [touch("corrections", "NEW.id")]),
    ("claims_correction", "DELETE", "TRUE", [touch("corrections", "OLD.id")]),
]


def change_trigger_name(table, event):
    return f"{table}_touched_{event.lower()}"


def change_trigger_body(records, differs):
    """Yields the statements of a trigger."""
    for kind, pk, wide, when, by, by_id in records:
        yield (
            f"INSERT INTO {TOUCHED_TABLE} (kind, object_id, wide, \"by\", by_id, step)"
            f" SELECT '{kind}', {pk}, {wide}, '{by}', {by_id}, 0 WHERE {when} AND {pk} IS NOT NULL;"
        ).replace("{differs}", differs)


def install_change_triggers(schema_editor):
    """Creates or replaces the triggers, if the table that they write to exists."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        with schema_editor.connection.cursor() as cursor:
            existing = set(schema_editor.connection.introspection.table_names(cursor))
    else:
        existing = sqlite_tables(schema_editor)
    if TOUCHED_TABLE not in existing:
        return
    for table, event, condition, records in CHANGE_TRIGGERS:
        name = change_trigger_name(table, event)
        if postgresql:
            body = " ".join(change_trigger_body(records, "IS DISTINCT FROM"))
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN IF ({condition}) THEN {body} END IF; RETURN NULL; END $$",
                params=None,
            )
            schema_editor.execute(
                f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            body = " ".join(change_trigger_body(records, "IS NOT"))
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
            schema_editor.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {condition} BEGIN {body} END", params=None)


def remove_change_triggers(schema_editor):
    """Drops the triggers that exist."""
    for table, event, _, _ in CHANGE_TRIGGERS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {change_trigger_name(table, event)}() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {change_trigger_name(table, event)}")
