"""Triggers for invariants that span two tables, which a check constraint cannot express; on both databases.

A trigger raises an IntegrityError with the name of the invariant.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.database.definitions import DerivedObject, function, trigger

SpanColumns = list[tuple[str, str]]

# table, name, [(column of spans, what their characters must equal)], condition that the first or last offset is wrong
SLICE_INVARIANTS: list[tuple[str, str, SpanColumns, str | None]] = [
    (
        "claims_quote",
        "quote_exact_is_slice",
        [("spans", "NEW.exact"), ("cue_spans", "NEW.cue"), ("mention_spans", "NEW.mention")],
        'NEW.start {differs} {first} OR NEW."end" {differs} {last}',
    ),
    (
        "claims_anchor",
        "anchor_is_slice",
        [("spans", "(SELECT q.exact FROM claims_quote q WHERE q.id = NEW.quote_id)")],
        None,
    ),
]
# table, name, columns that must not change, condition on the old row
FROZEN_COLUMNS = [
    ("claims_snapshot", "snapshot_is_immutable", ["source_id", "text", "sha256"], "TRUE"),
    (
        "claims_verification",
        "verification_is_append_only",
        [
            "claim_id",
            "rating_id",
            "explanation",
            "author_id",
            "approver_id",
            "fingerprint",
            "published_at",
            "reopened_from_id",
        ],
        "OLD.state IN ('published', 'superseded', 'withdrawn')",
    ),
    (
        "claims_verification",
        "verification_ends_for_good",
        ["state"],
        "OLD.state IN ('superseded', 'withdrawn')"
        " OR (OLD.state = 'published' AND NEW.state NOT IN ('superseded', 'withdrawn'))",
    ),
    ("claims_verification", "verification_is_imported_or_not", ["review_url"], "TRUE"),
    (
        "claims_evidence",
        "evidence_is_append_only",
        ["verification_id", "url", "source_id", "archive_url", "stance", "excerpt", "note"],
        "(SELECT v.state FROM claims_verification v WHERE v.id = OLD.verification_id)"
        " IN ('published', 'superseded', 'withdrawn')",
    ),
    (
        "claims_comment",
        "comment_is_not_edited",
        ["quote_id", "claim_id", "verification_id", "author_id", "text", "created_at"],
        "TRUE",
    ),
    ("claims_accounttie", "account_tie_is_what_happened", ["account_id", "person_id", "reason", "created_at"], "TRUE"),
    (
        "claims_accounttie",
        "account_tie_ends_for_good",
        ["confirmed_at", "confirmation", "confirmed_by_id"],
        "OLD.confirmed_at IS NOT NULL",
    ),
    (
        "claims_auditentry",
        "audit_entry_is_what_happened",
        ["at", "actor_id", "actor_name", "action", "kind", "object_id", "history_id"],
        "TRUE",
    ),
    (
        "claims_auditentry",
        "audit_entry_is_sealed",
        ["number", "details", "previous_hash", "hash"],
        "OLD.number IS NOT NULL",
    ),
]


def slice_columns(columns: SpanColumns, ends: str | None) -> str:
    """Returns the columns whose change needs a check: deciding on a quote need not read the whole article again."""
    words = [expected.removeprefix("NEW.") for _, expected in columns if expected.startswith("NEW.")]
    others = ['"start"', '"end"'] if ends else ["quote_id"]
    return ", ".join(["snapshot_id", *(spans for spans, _ in columns), *words, *others])


# The text may have millions of characters, so one window is cut from it once per row: from the first character of all
# spans to the last. A span that ends beyond the text shows in the lengths: its slice is shorter than its offsets say.


def sqlite_slice_triggers(table: str, name: str, columns: SpanColumns, ends: str | None) -> Iterator[DerivedObject]:
    """Yields the triggers (insert, update) that compare the slices with the expected words."""
    start, end = "json_extract(s.value, '$[0]')", "json_extract(s.value, '$[1]')"
    wrong, right = [], []
    for column, expected in columns:
        spans = f"NEW.{column}"
        # Nine digits at most, as on PostgreSQL: substr() takes offsets modulo 2 ** 32.
        wrong.append(
            f"({spans} IS NOT NULL AND (json_type({spans}) <> 'array' OR "
            f"EXISTS (SELECT 1 FROM json_each({spans}) s LEFT JOIN json_each({spans}) p ON p.key = s.key - 1 "
            f"WHERE json_type(s.value) <> 'array' OR json_array_length(s.value) <> 2 "
            f"OR typeof({start}) <> 'integer' OR typeof({end}) <> 'integer' OR {start} < 0 OR {start} >= {end} "
            f"OR {end} > 999999999 OR {start} < json_extract(p.value, '$[1]'))))"
        )
        # The slices are joined in the order of the array (json_each's key), whatever the planner chooses.
        right.append(
            f"({spans} IS NULL OR (SELECT coalesce(group_concat(part, ' '), '') IS {expected} "
            f"AND coalesce(sum(size) + count(*) - 1, 0) = length({expected}) "
            f"FROM (SELECT substr(w.body, {start} - w.low + 1, {end} - {start}) AS part, {end} - {start} AS size "
            f"FROM json_each({spans}) s ORDER BY s.key)))"
        )
    low = ", ".join(f"(json_extract(NEW.{column}, '$[0][0]'))" for column, _ in columns)
    high = ", ".join(f"(json_extract(NEW.{column}, '$[#-1][1]'))" for column, _ in columns)
    # The limits keep SQLite from merging these selects into one, which would cut the window again for every slice.
    window = (
        f"(SELECT substr(t.text, o.low + 1, o.high - o.low) AS body, o.low AS low FROM claims_snapshot t, "
        f"(SELECT (SELECT min(column1) FROM (VALUES {low})) AS low, (SELECT max(column1) FROM (VALUES {high})) AS high "
        f"LIMIT 1) o WHERE t.id = NEW.snapshot_id LIMIT 1)"
    )
    if ends:
        first, last = "json_extract(NEW.spans, '$[0][0]')", "json_extract(NEW.spans, '$[#-1][1]')"
        wrong.append(f"({ends.format(differs='IS NOT', first=first, last=last)})")
    wrong.append(f"NOT EXISTS (SELECT 1 FROM {window} w WHERE {' AND '.join(right)})")
    for event, of in (("INSERT", ""), ("UPDATE", f" OF {slice_columns(columns, ends)}")):
        yield trigger(
            f"{name}_{event.lower()}",
            table,
            f"CREATE TRIGGER {name}_{event.lower()} BEFORE {event}{of} ON {table} WHEN {' OR '.join(wrong)} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        )


def postgresql_slice_trigger(table: str, name: str, columns: SpanColumns, ends: str | None) -> Iterator[DerivedObject]:
    """Yields a function and a trigger that compare the slices with the expected words."""
    raise_it = f"RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', TABLE = '{table}';"
    shapes, slices = [], []
    for column, expected in columns:
        spans = f"NEW.{column}"
        parts = f"""(SELECT (s.value->>0)::int AS a, (s.value->>1)::int AS b, s.ordinality AS n,
                             lag((s.value->>1)::int) OVER (ORDER BY s.ordinality) AS before
                        FROM jsonb_array_elements({spans}) WITH ORDINALITY s) parts"""
        # Check the shape first, then the order: casting something that is not a number, or slicing a negative length,
        # would raise another error.
        shapes.append(
            f"""
            IF {spans} IS NOT NULL THEN
              IF jsonb_typeof({spans}) <> 'array' THEN {raise_it} END IF;
              IF EXISTS (SELECT 1 FROM jsonb_array_elements({spans}) s
                         WHERE jsonb_typeof(s) <> 'array' OR jsonb_array_length(s) <> 2
                            OR s->>0 !~ '^[0-9]{{1,9}}$' OR s->>1 !~ '^[0-9]{{1,9}}$'
                            OR jsonb_typeof(s->0) <> 'number' OR jsonb_typeof(s->1) <> 'number')
              THEN {raise_it} END IF;
              IF EXISTS (SELECT 1 FROM {parts} WHERE a >= b OR a < before) THEN {raise_it} END IF;
            END IF;"""
        )
        slices.append(
            f"""
            IF {spans} IS NOT NULL THEN
              SELECT coalesce(string_agg(substr(body, a - low + 1, b - a), ' ' ORDER BY n), ''),
                     coalesce(sum(b - a) + count(*) - 1, 0)
                INTO words, size
                FROM {parts};
              IF words IS DISTINCT FROM {expected} OR size IS DISTINCT FROM length(words) THEN {raise_it} END IF;
            END IF;"""
        )
    low = ", ".join(f"(NEW.{column}->0->>0)::int" for column, _ in columns)
    high = ", ".join(f"(NEW.{column}->-1->>1)::int" for column, _ in columns)
    if ends:
        first, last = "(NEW.spans->0->>0)::int", "(NEW.spans->-1->>1)::int"
        differ = ends.format(differs="IS DISTINCT FROM", first=first, last=last)
        shapes.append(f"IF {differ} THEN {raise_it} END IF;")
    yield function(
        name,
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE body text; words text; size bigint; low int; high int;
        BEGIN
            {"".join(shapes)}
            low := least({low});
            high := greatest({high});
            SELECT substr(t.text, low + 1, high - low) INTO body FROM claims_snapshot t WHERE t.id = NEW.snapshot_id;
            {"".join(slices)}
            RETURN NEW;
        END $$""",
    )
    yield trigger(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {slice_columns(columns, ends)} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


def sqlite_frozen_trigger(table: str, name: str, columns: list[str], when: str) -> Iterator[DerivedObject]:
    """Yields a trigger that refuses updates of any of the columns."""
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    yield trigger(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN ({when}) AND ({changed}) "
        f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
    )


def postgresql_frozen_trigger(table: str, name: str, columns: list[str], when: str) -> Iterator[DerivedObject]:
    """Yields a function and a trigger that refuse updates of any of the columns."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    yield function(
        name,
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF ({when}) AND ({changed}) THEN
                RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', TABLE = '{table}';
            END IF;
            RETURN NEW;
        END $$""",
    )
    yield trigger(name, table, f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def refusal_trigger(
    connection: BaseDatabaseWrapper, name: str, table: str, event: str, refused: str
) -> Iterator[DerivedObject]:
    """Yields a trigger that refuses an event of a row for which a condition holds."""
    if connection.vendor != "postgresql":
        yield trigger(
            name,
            table,
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{name}'); END",
        )
        return
    yield function(
        name,
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {refused} THEN
                RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', TABLE = '{table}';
            END IF;
            RETURN {"OLD" if event == "DELETE" else "NEW"};
        END $$""",
    )
    yield trigger(
        name, table, f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def invariant_triggers(connection: BaseDatabaseWrapper) -> Iterator[DerivedObject]:
    postgresql = connection.vendor == "postgresql"
    for invariant in SLICE_INVARIANTS:
        yield from (postgresql_slice_trigger if postgresql else sqlite_slice_triggers)(*invariant)
    for frozen in FROZEN_COLUMNS:
        yield from (postgresql_frozen_trigger if postgresql else sqlite_frozen_trigger)(*frozen)
