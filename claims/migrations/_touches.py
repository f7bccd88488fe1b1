"""Triggers that note what a transaction touched of what readers may see, for `claims.services.changes`.

They are in the database so that nothing gets past them: services, the admin's forms, a shell, a restored file. They
hold no rule of what is public but the coarsest (a quote that is not accepted is nobody's business), so that loading
pending quotes, or claims that nobody released, costs nothing.

Both functions may be run at any time, and twice. SQLite loses the triggers of a table that a later migration makes
anew: `install_triggers` of `_triggers` makes these again too.
"""

from claims.migrations._trigrams import tables

NOTES = "claims_touched"


def any_of(*columns):
    """Whether one of these changed."""
    return "(" + " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns) + ")"


def note(kind, pk, *, wide="FALSE", when="TRUE", by=("", "NULL")):
    """What is noted: kind, id, whether what others show of it changed, under which condition, on whose account."""
    return kind, pk, wide, when, *by


def moved(column, kind, *, wide="FALSE", by):
    """That the row to which it referred before is touched, where it refers to another now."""
    return note(kind, f"OLD.{column}", wide=wide, when=any_of(column), by=by)


def state(row):
    """The state of the verification that a piece of evidence is of."""
    return f"coalesce((SELECT v.state FROM claims_verification v WHERE v.id = {row}.verification_id), '')"


SOURCE_OF_OLD = "(SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id)"
SOURCE_SHOWN = ("title", "publisher", "url", "published_on", "language", "translated_from")
RATING_SHOWN = ("name", "slug", "value", "worst", "best")
CLAIM_SHOWN = ("text", "said_on", "released_at", "retracted_at", "merged_into_id", "speaker_id")
QUOTE, CLAIM = ("quotes", "OLD.id"), ("claims", "OLD.id")
CITED = ("verifications", "OLD.verification_id")

# table, event, on which rows, what is noted
WATCHED = [
    ("claims_quote", "INSERT", "NEW.decision = 'accepted'", [note("quotes", "NEW.id", wide="TRUE")]),
    (
        "claims_quote",
        "UPDATE",
        "OLD.decision = 'accepted' OR NEW.decision = 'accepted'",
        [
            note("quotes", "NEW.id", wide=any_of("decision", "claim_id", "speaker_id", "snapshot_id")),
            moved("claim_id", "claims", wide="TRUE", by=QUOTE),
            moved("speaker_id", "speakers", by=QUOTE),
            note("sources", SOURCE_OF_OLD, when=any_of("snapshot_id"), by=QUOTE),
        ],
    ),
    (
        "claims_quote",
        "DELETE",
        "OLD.decision = 'accepted'",
        [
            note("quotes", "OLD.id", wide="TRUE"),
            note("claims", "OLD.claim_id", wide="TRUE", by=QUOTE),
            note("speakers", "OLD.speaker_id", by=QUOTE),
            note("sources", SOURCE_OF_OLD, by=QUOTE),
        ],
    ),
    (
        "claims_claim",
        "UPDATE",
        "OLD.released_at IS NOT NULL OR NEW.released_at IS NOT NULL",
        [note("claims", "NEW.id", wide=any_of(*CLAIM_SHOWN)), moved("speaker_id", "speakers", by=CLAIM)],
    ),
    (
        "claims_claim",
        "DELETE",
        "OLD.released_at IS NOT NULL",
        [note("claims", "OLD.id", wide="TRUE"), note("speakers", "OLD.speaker_id", by=CLAIM)],
    ),
    ("claims_speaker", "UPDATE", "TRUE", [note("speakers", "NEW.id", wide=any_of("name", "kind", "wikidata_id"))]),
    ("claims_speaker", "DELETE", "TRUE", [note("speakers", "OLD.id")]),
    *(
        (table, event, "TRUE", [note("speakers", f"{row}.speaker_id", wide=wide) for row in rows])
        # Quotes are found by any name of their speaker: who follows those found so is told.
        for table, wide in (("claims_speakername", "TRUE"), ("claims_position", "FALSE"))
        for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"]))
    ),
    ("claims_source", "UPDATE", "TRUE", [note("sources", "NEW.id", wide=any_of(*SOURCE_SHOWN))]),
    ("claims_source", "DELETE", "TRUE", [note("sources", "OLD.id")]),
    ("claims_snapshot", "UPDATE", "TRUE", [note("sources", "NEW.source_id")]),
    ("claims_verification", "INSERT", "NEW.state <> 'draft'", [note("verifications", "NEW.id", wide="TRUE")]),
    (
        "claims_verification",
        "UPDATE",
        "OLD.state <> NEW.state OR NEW.state = 'published' OR (NEW.state = 'submitted' AND OLD.claim_id <> NEW.claim_id)",
        [
            note("verifications", "NEW.id", wide="TRUE"),
            moved("claim_id", "claims", wide="TRUE", by=("", "NULL")),
        ],
    ),
    (
        "claims_verification",
        "DELETE",
        "OLD.state <> 'draft'",
        [note("verifications", "OLD.id", wide="TRUE"), note("claims", "OLD.claim_id", wide="TRUE")],
    ),
    (
        "claims_evidence",
        "INSERT",
        f"{state('NEW')} <> 'draft'",
        [note("verifications", "NEW.verification_id", wide=f"({state('NEW')} = 'published')")],
    ),
    (
        "claims_evidence",
        "UPDATE",
        f"{state('NEW')} <> 'draft'",
        [
            note("verifications", "NEW.verification_id", wide=f"({state('NEW')} = 'published')"),
            note("verifications", "OLD.verification_id", wide="TRUE", when=any_of("verification_id")),
            moved("source_id", "sources", by=CITED),
        ],
    ),
    (
        "claims_evidence",
        "DELETE",
        f"{state('OLD')} <> 'draft'",
        [
            note("verifications", "OLD.verification_id", wide=f"({state('OLD')} <> 'submitted')"),
            note("sources", "OLD.source_id", by=CITED),
        ],
    ),
    ("claims_topic", "UPDATE", "TRUE", [note("topics", "NEW.id", wide=any_of("name", "slug"))]),
    ("claims_topic", "DELETE", "TRUE", [note("topics", "OLD.id")]),
    *(
        (
            "claims_claim_topics",
            event,
            "TRUE",
            [note("claims", f"{row}.claim_id", wide="TRUE"), note("topics", f"{row}.topic_id", by=("claims", f"{row}.claim_id"))],
        )
        for event, row in (("INSERT", "NEW"), ("DELETE", "OLD"))
    ),
    ("claims_rating", "INSERT", "TRUE", [note("ratings", "NEW.id")]),
    ("claims_rating", "UPDATE", "TRUE", [note("ratings", "NEW.id", wide=any_of(*RATING_SHOWN))]),
    ("claims_rating", "DELETE", "TRUE", [note("ratings", "OLD.id")]),
    ("claims_correction", "INSERT", "TRUE", [note("corrections", "NEW.id")]),
    ("claims_correction", "UPDATE", "TRUE", [note("corrections", "NEW.id")]),
    ("claims_correction", "DELETE", "TRUE", [note("corrections", "OLD.id")]),
]


def trigger_of(table, event):
    """What the trigger is called."""
    return f"{table}_touched_{event.lower()}"


def body_of(notes, differs):
    """The statements of a trigger."""
    for kind, pk, wide, when, by, by_id in notes:
        yield (
            f"INSERT INTO {NOTES} (kind, object_id, wide, \"by\", by_id, step)"
            f" SELECT '{kind}', {pk}, {wide}, '{by}', {by_id}, 0 WHERE {when} AND {pk} IS NOT NULL;"
        ).replace("{differs}", differs)


def install_touches(schema_editor):
    """Make the triggers, in place of those that are there; only where there is the table that they write to."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        with schema_editor.connection.cursor() as cursor:
            there = set(schema_editor.connection.introspection.table_names(cursor))
    else:
        there = tables(schema_editor)
    if NOTES not in there:
        return
    for table, event, rows, notes in WATCHED:
        name = trigger_of(table, event)
        if postgresql:
            body = " ".join(body_of(notes, "IS DISTINCT FROM"))
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN IF ({rows}) THEN {body} END IF; RETURN NULL; END $$",
                params=None,
            )
            schema_editor.execute(
                f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            body = " ".join(body_of(notes, "IS NOT"))
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
            schema_editor.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {rows} BEGIN {body} END", params=None)


def remove_touches(schema_editor):
    """Take the triggers away that are there."""
    for table, event, _, _ in WATCHED:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {trigger_of(table, event)}() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger_of(table, event)}")
