"""Invariants that span two tables, which a check constraint cannot say: held by triggers on both databases.

Each refuses with the name of the invariant, as an IntegrityError. A later migration that alters one of these tables on
SQLite makes the table anew and loses its triggers: run `install_triggers` again after it (a test of each invariant
says so if it is forgotten).
"""

from django.db import migrations

# table, name, [(column of spans, what their characters must be)], what is wrong of the first and last offset
SLICES = [
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
# table, name, columns that never change, under which condition on the old row
FROZEN = [
    ("claims_snapshot", "snapshot_is_immutable", ["source_id", "text", "sha256"], "TRUE"),
    (
        "claims_verification",
        "verification_is_append_only",
        ["claim_id", "rating_id", "explanation", "author_id", "approver_id", "fingerprint", "published_at"],
        "OLD.state IN ('published', 'superseded', 'withdrawn')",
    ),
    (
        "claims_verification",
        "verification_ends_for_good",
        ["state"],
        "OLD.state IN ('superseded', 'withdrawn')"
        " OR (OLD.state = 'published' AND NEW.state NOT IN ('superseded', 'withdrawn'))",
    ),
    (
        "claims_evidence",
        "evidence_is_append_only",
        ["verification_id", "url", "source_id", "archive_url", "stance", "excerpt", "note"],
        "(SELECT v.state FROM claims_verification v WHERE v.id = OLD.verification_id)"
        " IN ('published', 'superseded', 'withdrawn')",
    ),
]


def watched(columns, ends):
    """The columns whose change calls for a check: a decision on a quote need not read its whole article again."""
    words = [expected.removeprefix("NEW.") for _, expected in columns if expected.startswith("NEW.")]
    others = ['"start"', '"end"'] if ends else ["quote_id"]
    return ", ".join(["snapshot_id", *(spans for spans, _ in columns), *words, *others])


def sqlite_slices(table, name, columns, ends):
    """Two triggers (insert, update) that compare the slices with what they must be."""
    wrong = []
    for column, expected in columns:
        spans = f"NEW.{column}"
        start, end = "json_extract(s.value, '$[0]')", "json_extract(s.value, '$[1]')"
        # Slices are put together in the order of the array (json_each's key), also where the planner might not.
        slices = (
            f"(SELECT group_concat(part, ' ') FROM (SELECT substr(t.text, {start} + 1, {end} - {start}) AS part "
            f"FROM claims_snapshot t, json_each({spans}) s WHERE t.id = NEW.snapshot_id ORDER BY s.key))"
        )
        disorder = (
            f"EXISTS (SELECT 1 FROM json_each({spans}) s LEFT JOIN json_each({spans}) p ON p.key = s.key - 1 "
            f"WHERE json_type(s.value) <> 'array' OR json_array_length(s.value) <> 2 "
            f"OR typeof({start}) <> 'integer' OR typeof({end}) <> 'integer' OR {start} < 0 OR {start} >= {end} "
            f"OR {end} > (SELECT length(t.text) FROM claims_snapshot t WHERE t.id = NEW.snapshot_id) "
            f"OR {start} < json_extract(p.value, '$[1]'))"
        )
        wrong.append(
            f"({spans} IS NOT NULL AND (json_type({spans}) <> 'array' OR {disorder} "
            f"OR coalesce({slices}, '') IS NOT {expected}))"
        )
    if ends:
        first, last = "json_extract(NEW.spans, '$[0][0]')", "json_extract(NEW.spans, '$[#-1][1]')"
        wrong.append(f"({ends.format(differs='IS NOT', first=first, last=last)})")
    for event, of in (("INSERT", ""), ("UPDATE", f" OF {watched(columns, ends)}")):
        yield (
            f"CREATE TRIGGER {name}_{event.lower()} BEFORE {event}{of} ON {table} WHEN {' OR '.join(wrong)} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )


def postgresql_slices(table, name, columns, ends):
    """A function and one trigger that compares the slices with what they must be."""
    raise_it = f"RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', TABLE = '{table}';"
    checks = []
    for column, expected in columns:
        spans = f"NEW.{column}"
        # Shape first: a cast of something that is no number would end in another error than ours.
        checks.append(
            f"""
            IF {spans} IS NOT NULL THEN
              IF jsonb_typeof({spans}) <> 'array' THEN {raise_it} END IF;
              IF EXISTS (SELECT 1 FROM jsonb_array_elements({spans}) s
                         WHERE jsonb_typeof(s) <> 'array' OR jsonb_array_length(s) <> 2
                            OR s->>0 !~ '^[0-9]{{1,9}}$' OR s->>1 !~ '^[0-9]{{1,9}}$'
                            OR jsonb_typeof(s->0) <> 'number' OR jsonb_typeof(s->1) <> 'number')
              THEN {raise_it} END IF;
              SELECT coalesce(string_agg(substr(body, a + 1, b - a), ' ' ORDER BY n), ''),
                     coalesce(bool_or(a >= b OR b > length(body) OR a < before), false)
                INTO slices, disorder
                FROM (SELECT (s.value->>0)::int AS a, (s.value->>1)::int AS b, s.ordinality AS n,
                             lag((s.value->>1)::int) OVER (ORDER BY s.ordinality) AS before
                        FROM jsonb_array_elements({spans}) WITH ORDINALITY s) parts;
              IF disorder OR slices IS DISTINCT FROM {expected} THEN {raise_it} END IF;
            END IF;"""
        )
    if ends:
        first, last = "(NEW.spans->0->>0)::int", "(NEW.spans->-1->>1)::int"
        differ = ends.format(differs="IS DISTINCT FROM", first=first, last=last)
        checks.append(f"IF {differ} THEN {raise_it} END IF;")
    yield f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE body text; slices text; disorder boolean;
        BEGIN
            SELECT t.text INTO body FROM claims_snapshot t WHERE t.id = NEW.snapshot_id;
            {"".join(checks)}
            RETURN NEW;
        END $$"""
    yield (
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {watched(columns, ends)} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def sqlite_frozen(table, name, columns, when):
    """A trigger that refuses an update of any of the columns."""
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    yield (
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN ({when}) AND ({changed}) "
        f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
    )


def postgresql_frozen(table, name, columns, when):
    """The same as a function and a trigger."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    yield f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF ({when}) AND ({changed}) THEN
                RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', TABLE = '{table}';
            END IF;
            RETURN NEW;
        END $$"""
    yield f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def install_triggers(apps, schema_editor):
    """Make every trigger."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table, name, columns, ends in SLICES:
        for statement in (postgresql_slices if postgresql else sqlite_slices)(table, name, columns, ends):
            schema_editor.execute(statement, params=None)
    for table, name, columns, when in FROZEN:
        for statement in (postgresql_frozen if postgresql else sqlite_frozen)(table, name, columns, when):
            schema_editor.execute(statement, params=None)


def remove_triggers(apps, schema_editor):
    """Take every trigger away."""
    if schema_editor.connection.vendor == "postgresql":
        for name in [row[1] for row in SLICES + FROZEN]:
            schema_editor.execute(f"DROP FUNCTION {name}() CASCADE")
        return
    for name in [f"{row[1]}_{event}" for row in SLICES for event in ("insert", "update")] + [row[1] for row in FROZEN]:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = [migrations.RunPython(install_triggers, remove_triggers)]
