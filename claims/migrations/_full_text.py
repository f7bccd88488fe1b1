"""The full-text index of public rows (`claims.search.full_text`), on both databases.

Each row that is or may become public has one document with the words of all its places, so that no query joins indexes;
pending, rejected and retracted rows have none. On SQLite each kind of document has an FTS5 table, on PostgreSQL a table
with a tsvector and its GIN index. Triggers update them, whatever writes the rows. On SQLite they call the function
`claims_words` (`claims.search.tokenizer.normalize_text`), which `claims.apps` registers on each connection: a plain
`sqlite3` shell can read the database, but not write to a searched table. All functions may run repeatedly.

A document's key gives its row's place in the list, so that the newest rows come first without sorting: the timestamp in
seconds in the upper 32 bits and the id in the lower 31 (two billion rows of a kind). In lists sorted by name, it is the
id.
"""

from claims.search import tokenizer

POSTGRESQL_BOUNDARY_WORD = "betweenplaces"  # stands for a boundary: PostgreSQL's parser accepts only a word
ID_BITS = 31  # bits of a document's key that hold the row's id


class DocumentKind:
    """A kind of documents: name, timestamp, rows (`d`), condition for a document to exist, places of its words."""

    def __init__(self, name, moment, rows, exists, *places):
        self.name, self.base, self.table = name, f"claims_{name}", f"claims_{name}_words"
        self.moment, self.rows, self.exists, self.places = moment, rows, exists, places


def speaker_names(speaker):
    """Returns the names of the speaker in this column."""
    return f"(SELECT {{together}}(n.name, {{boundary}}{{by_name}}) FROM claims_speakername n WHERE n.speaker_id = {speaker})"


def accepted_quote_column(column, of="d.text"):
    """Returns a column of the accepted quotes of a claim, unless it equals `of`."""
    return (
        f"(SELECT {{together}}({column}, {{boundary}}{{by_quote}}) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id "
        f"JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND {column} <> {of})"
    )


DOCUMENT_KINDS = [
    DocumentKind(
        "quote",
        "d.decided_at",
        "claims_quote d JOIN claims_snapshot s ON s.id = d.snapshot_id JOIN claims_source o ON o.id = s.source_id "
        "LEFT JOIN claims_claim c ON c.id = d.claim_id",
        "d.decision = 'accepted'",
        "d.exact",
        "CASE WHEN c.text <> d.exact THEN c.text END",
        speaker_names("d.speaker_id"),
        "o.title",
    ),
    DocumentKind(
        "claim",
        "d.released_at",
        "claims_claim d",
        "d.released_at IS NOT NULL AND d.retracted_at IS NULL",
        "d.text",
        speaker_names("d.speaker_id"),
        accepted_quote_column("q.exact"),
        accepted_quote_column("o.title", "''"),
    ),
    DocumentKind(
        "verification",
        "d.published_at",
        "claims_verification d JOIN claims_claim c ON c.id = d.claim_id",
        "d.state = 'published'",
        "d.explanation",
        "c.text",
        speaker_names("c.speaker_id"),
    ),
    DocumentKind("source", "d.created_at", "claims_source d", "TRUE", "d.title", "d.publisher"),
    DocumentKind("speaker", None, "claims_speaker d", "TRUE", "d.name", speaker_names("d.id")),
    DocumentKind("topic", None, "claims_topic d", "TRUE", "d.name", "d.description"),
]
QUOTE, CLAIM, VERIFICATION, SOURCE, SPEAKER, TOPIC = DOCUMENT_KINDS

# Conditions on `d` for the rows of a kind that a change affects; {ids} stands for the ids of the changed objects.
ITSELF = "d.id IN ({ids})"
OF_CLAIM = "d.claim_id IN ({ids})"
OF_SPEAKER = "d.speaker_id IN ({ids})"
QUOTES_IN = "d.snapshot_id IN (SELECT t.id FROM claims_snapshot t WHERE t.source_id IN ({ids}))"
CLAIMS_IN = (
    "d.id IN (SELECT a.claim_id FROM claims_quote a JOIN claims_snapshot t ON t.id = a.snapshot_id "
    "WHERE a.decision = 'accepted' AND t.source_id IN ({ids}))"
)
OF_CLAIMS_SPEAKER = "d.claim_id IN (SELECT l.id FROM claims_claim l WHERE l.speaker_id IN ({ids}))"

# table, columns that are indexed, condition on the changed row,
# [(kind of documents, condition on their rows, column with the id)]
INDEXED_CHANGES = [
    (
        "claims_quote",
        ["exact", "decision", "decided_at", "speaker_id", "claim_id", "snapshot_id"],
        "{row}.decision = 'accepted'",
        [(QUOTE, ITSELF, "id"), (CLAIM, ITSELF, "claim_id")],
    ),
    (
        "claims_claim",
        ["text", "speaker_id", "released_at", "retracted_at"],
        "TRUE",
        [(CLAIM, ITSELF, "id")],
    ),
    (
        "claims_claim_text",
        ["text", "speaker_id"],
        "TRUE",
        [(QUOTE, OF_CLAIM, "id"), (VERIFICATION, OF_CLAIM, "id")],
    ),
    (
        "claims_verification",
        ["explanation", "state", "claim_id", "published_at"],
        "{row}.state = 'published'",
        [(VERIFICATION, ITSELF, "id")],
    ),
    ("claims_source", ["title", "publisher", "created_at"], "TRUE", [(SOURCE, ITSELF, "id")]),
    ("claims_source_title", ["title"], "TRUE", [(QUOTE, QUOTES_IN, "id"), (CLAIM, CLAIMS_IN, "id")]),
    (
        "claims_speakername",
        ["name", "speaker_id"],
        "TRUE",
        [
            (SPEAKER, ITSELF, "speaker_id"),
            (QUOTE, OF_SPEAKER, "speaker_id"),
            (CLAIM, OF_SPEAKER, "speaker_id"),
            (VERIFICATION, OF_CLAIMS_SPEAKER, "speaker_id"),
        ],
    ),
    ("claims_speaker", ["name"], "TRUE", [(SPEAKER, ITSELF, "id")]),
    ("claims_topic", ["name", "description"], "TRUE", [(TOPIC, ITSELF, "id")]),
]
EVENTS = ("insert", "update", "delete")


def changed_table(change):
    """Returns the table of a change; the second entry of a table has a suffix after its name."""
    return change.removesuffix("_text").removesuffix("_title")


def change_events(change):
    """Returns the events of a change; rows that refer to the changed row are affected by updates alone."""
    return EVENTS if changed_table(change) == change else ("update",)


def is_postgresql(schema_editor):
    return schema_editor.connection.vendor == "postgresql"


# --- Both databases ---------------------------------------------------------------------------------------------------


def document_key(kind, row, postgresql):
    """Returns the key of a row's document."""
    if kind.moment is None:
        return f"{row}.id"
    moment = kind.moment.replace("d.", f"{row}.")
    second = (
        f"floor(extract(epoch FROM {moment}))::bigint" if postgresql else f"CAST(strftime('%s', {moment}) AS INTEGER)"
    )
    least, greatest = ("least", "greatest") if postgresql else ("min", "max")
    return f"(({least}({greatest}(coalesce({second}, 0), -4294967295), 4294967295) << {ID_BITS}) | {row}.id)"


def select_documents(kind, condition, postgresql):
    """Returns a select of the documents of the rows that satisfy a condition."""
    functions = {
        "together": "string_agg" if postgresql else "group_concat",
        "boundary": "chr(30)" if postgresql else "char(30)",
        # Sorted, so that equal rows yield equal documents. SQLite reads them from an index, sorted by id anyway.
        "by_name": " ORDER BY n.id" if postgresql else "",
        "by_quote": " ORDER BY q.id" if postgresql else "",
    }
    places = f" || {functions['boundary']} || ".join(
        f"coalesce({place}, '')".format(**functions) for place in kind.places
    )
    function = "claims_vector" if postgresql else "claims_words"
    return (
        f"SELECT {document_key(kind, 'd', postgresql)} AS rowid, d.id AS row_id, {function}({places}) AS words FROM {kind.rows} "
        f"WHERE {kind.exists} AND {condition}"
    )


def fill_documents(schema_editor, kind):
    """Rebuilds all documents of a kind, oldest first."""
    if is_postgresql(schema_editor):
        schema_editor.execute(f"DROP INDEX IF EXISTS {kind.table}_gin")
        schema_editor.execute(f"TRUNCATE {kind.table}")
    else:
        schema_editor.execute(f"DROP TABLE IF EXISTS {kind.table}")
        schema_editor.execute(sqlite_fts5_table(kind), params=None)
    select = select_documents(kind, "TRUE", is_postgresql(schema_editor))
    schema_editor.execute(f"INSERT INTO {kind.table} (rowid, row_id, words) {select} ORDER BY 1", params=None)
    if is_postgresql(schema_editor):
        schema_editor.execute(f"CREATE INDEX {kind.table}_gin ON {kind.table} USING gin (words)")
        schema_editor.execute(f"ANALYZE {kind.table}")


def count_wrong_documents(kind, postgresql):
    """Returns a query for the number of documents that are missing or differ from their rows."""
    expected = select_documents(kind, "TRUE", postgresql)
    stored = f"SELECT rowid, row_id, words FROM {kind.table}"
    differences = f"(SELECT * FROM ({expected}) r EXCEPT {stored})", f"(SELECT * FROM ({stored}) t EXCEPT {expected})"
    if not postgresql:
        differences = tuple(select.removeprefix("(").removesuffix(")") for select in differences)
    return " UNION ".join(f"SELECT row_id FROM ({select}) x{n}" for n, select in enumerate(differences)).join(
        ("SELECT count(*) FROM (", ") y")
    )


# --- SQLite -----------------------------------------------------------------------------------------------------------


def sqlite_fts5_table(kind):
    """Returns the statement that creates an FTS5 table of normalised words, with indexes of two- and three-letter prefixes."""
    return (
        f"CREATE VIRTUAL TABLE {kind.table} USING fts5("
        f"words, row_id UNINDEXED, tokenize = \"ascii tokenchars '{tokenizer.BOUNDARY_WORD}'\", prefix = '2 3')"
    )


def sqlite_full_text_triggers():
    """Yields the name and the body of each trigger."""
    for change, columns, condition, affected in INDEXED_CHANGES:
        for event in change_events(change):
            rows = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}[event]
            when = f"({' OR '.join(condition.format(row=row) for row in rows)})"
            if event == "update":
                when += f" AND ({' OR '.join(f'OLD.{column} IS NOT NEW.{column}' for column in columns)})"
            body = []
            for kind, which, column in affected:
                ids = ", ".join(f"{row}.{column}" for row in rows)
                chosen = which.format(ids=ids)
                if kind.base == changed_table(change) and which == ITSELF and column == "id":
                    if event != "insert":
                        body.append(f"DELETE FROM {kind.table} WHERE rowid = {document_key(kind, 'OLD', False)};")
                else:
                    stale = (
                        f"SELECT {document_key(kind, 'd', False)} FROM {kind.base} d WHERE {chosen} AND {kind.exists}"
                    )
                    body.append(f"DELETE FROM {kind.table} WHERE rowid IN ({stale});")
                # Sorted: FTS5 flushes its buffer to the disk whenever a key is lower than the one before.
                body.append(
                    f"INSERT INTO {kind.table} (rowid, row_id, words) {select_documents(kind, chosen, False)} ORDER BY 1;"
                )
            of = f" OF {', '.join(columns)}" if event == "update" else ""
            yield (
                f"{change}_words_{event}",
                f"AFTER {event.upper()}{of} ON {changed_table(change)} WHEN {when} BEGIN {' '.join(body)} END",
            )


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


def quote_literal(text):
    """Returns a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def lower_function(schema_editor):
    """Returns the lower-casing expression: by the database's default collation if that knows more than ASCII."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT lower('Я') = 'я', EXISTS (SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu')")
        knows_cyrillic, has_icu = cursor.fetchone()
    return 'lower({} COLLATE "und-x-icu")' if has_icu and not knows_cyrillic else "lower({})"


def postgresql_functions(schema_editor):
    """Yields the functions. `claims_words` equals `tokenizer.normalize_text`, except that it does not truncate words."""
    upper = "".join(chr(code) for code in range(ord("A"), ord("Z") + 1))
    plain = "[^a-z0-9\\u001e]+"
    text = "normalize(t, NFKD)"
    for letter in tokenizer.LETTERS_WITH_KEPT_MARKS:
        text = f"replace({text}, normalize({quote_literal(letter)}, NFD), {quote_literal(letter)})"
    text = f"normalize(regexp_replace({text}, {quote_literal(f'[{escape_for_regex(tokenizer.REMOVED_MARKS)}]+')}, '', 'g'), NFKC)"
    text = lower_function(schema_editor).format(text)
    text = f"translate({text}, {quote_literal(tokenizer.LETTER_FOLDS[0])}, {quote_literal(tokenizer.LETTER_FOLDS[1])})"
    for letter, letters in tokenizer.LETTER_EXPANSIONS.items():
        text = f"replace({text}, {quote_literal(letter)}, {quote_literal(letters)})"
    gap = quote_literal(f" {tokenizer.BOUNDARY_WORD} ")
    separators = escape_for_regex(tokenizer.SEPARATORS)
    text = f"regexp_replace({text}, {quote_literal(f'[{separators}]+')}, ' ', 'g')"
    text = f"regexp_replace({text}, {quote_literal(f'([{escape_for_regex(tokenizer.SINGLE_CHARACTER_TOKENS)}])')}, ' \\1 ', 'g')"
    yield f"""
        CREATE OR REPLACE FUNCTION claims_words(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT CASE WHEN octet_length(t) = length(t)
            THEN replace(regexp_replace(translate(t, '{upper}', '{upper.lower()}'), '{plain}', ' ', 'g'), chr(30), {gap})
            ELSE replace({text}, chr(30), {gap}) END $$"""
    yield f"""
        CREATE OR REPLACE FUNCTION claims_positions(t text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT coalesce(string_agg('''' || left(word, {tokenizer.MAX_TOKEN_LENGTH}) || ''':' || least(n, 16383), ' '), '')::tsvector
        FROM unnest(string_to_array(btrim(regexp_replace(t, ' +', ' ', 'g')), ' ')) WITH ORDINALITY w(word, n)
        WHERE word NOT IN ('', '{tokenizer.BOUNDARY_WORD}') $$"""
    # For ASCII letters alone, the database's own parser gives the same result in a tenth of the time.
    yield f"""
        CREATE OR REPLACE FUNCTION claims_vector(t text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
        DECLARE words text := claims_words(left(t, {tokenizer.MAX_INDEXED_CHARACTERS}));
        BEGIN
            IF words ~ '[^a-z {tokenizer.BOUNDARY_WORD}]|[a-z]{{{tokenizer.MAX_TOKEN_LENGTH + 1}}}|{POSTGRESQL_BOUNDARY_WORD}' THEN RETURN claims_positions(words); END IF;
            RETURN ts_delete(to_tsvector('pg_catalog.simple', replace(words, '{tokenizer.BOUNDARY_WORD}', '{POSTGRESQL_BOUNDARY_WORD}')), '{POSTGRESQL_BOUNDARY_WORD}');
        END $$"""


def escape_for_regex(characters):
    """Writes characters as PostgreSQL's regular expressions do."""
    return "".join(
        c if c.isascii() else f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in characters
    )


def postgresql_table(kind):
    """Yields the statements that create the table of a kind."""
    yield (
        f"CREATE TABLE IF NOT EXISTS {kind.table} "
        "(rowid bigint PRIMARY KEY, row_id bigint NOT NULL UNIQUE, words tsvector NOT NULL)"
    )
    # The plan depends on how rare a word is: keep statistics of 10,000 words instead of 1,000.
    yield f"ALTER TABLE {kind.table} ALTER COLUMN words SET STATISTICS 1000"


def postgresql_refresh(kind):
    """Yields a function that rebuilds the documents of some rows.

    It first locks the rows that the documents are built from, so that the second of two concurrent transactions sees
    the changes of the first.
    """
    locks = {
        "quote": [
            ("claims_claim", "SELECT q.claim_id FROM claims_quote q WHERE q.id = ANY(ids)", "NO KEY UPDATE"),
            ("claims_speaker", "SELECT q.speaker_id FROM claims_quote q WHERE q.id = ANY(ids)", "SHARE"),
            (
                "claims_source",
                "SELECT t.source_id FROM claims_quote q JOIN claims_snapshot t ON t.id = q.snapshot_id WHERE q.id = ANY(ids)",
                "SHARE",
            ),
        ],
        "claim": [
            ("claims_claim", "SELECT unnest(ids)", "NO KEY UPDATE"),
            ("claims_speaker", "SELECT c.speaker_id FROM claims_claim c WHERE c.id = ANY(ids)", "SHARE"),
        ],
        "verification": [
            ("claims_claim", "SELECT v.claim_id FROM claims_verification v WHERE v.id = ANY(ids)", "NO KEY UPDATE"),
            (
                "claims_speaker",
                "SELECT c.speaker_id FROM claims_verification v JOIN claims_claim c ON c.id = v.claim_id WHERE v.id = ANY(ids)",
                "SHARE",
            ),
        ],
    }.get(kind.name, [])
    lock_statements = "".join(
        f"PERFORM 1 FROM {table} h WHERE h.id IN ({which}) ORDER BY h.id FOR {strength}; "
        for table, which, strength in locks
    )
    yield f"""
        CREATE OR REPLACE FUNCTION {kind.table}_refresh(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF ids IS NULL THEN RETURN; END IF;
            {lock_statements}
            DELETE FROM {kind.table} WHERE row_id = ANY(ids);
            INSERT INTO {kind.table} (rowid, row_id, words) {select_documents(kind, "d.id = ANY(ids)", True)}
            ON CONFLICT (row_id) DO UPDATE SET rowid = EXCLUDED.rowid, words = EXCLUDED.words;
        END $$"""


def postgresql_triggers():
    """Yields name, table, event and body of each statement-level trigger."""
    for change, columns, condition, affected in INDEXED_CHANGES:
        for event in change_events(change):
            lines = []
            for kind, which, column in affected:
                changed = " OR ".join(f"o.{name} IS DISTINCT FROM n.{name}" for name in columns)
                sides = {
                    "insert": [("n", "newer n")],
                    "delete": [("o", "older o")],
                    "update": [
                        ("o", f"older o JOIN newer n ON n.id = o.id AND ({changed})"),
                        ("n", f"older o JOIN newer n ON n.id = o.id AND ({changed})"),
                    ],
                }[event]
                both = " OR ".join(condition.format(row=row) for row, _ in sides)
                ids = " UNION ".join(f"SELECT {row}.{column} FROM {rows} WHERE ({both})" for row, rows in sides)
                if which == ITSELF:  # deleted rows as well
                    lines.append(f"found := ARRAY(SELECT i FROM ({ids}) x(i) WHERE i IS NOT NULL ORDER BY i);")
                else:
                    if kind is not SPEAKER and column == "speaker_id":
                        lines.append(
                            f"PERFORM 1 FROM claims_speaker h WHERE h.id IN ({ids}) ORDER BY h.id FOR NO KEY UPDATE;"
                        )
                    lines.append(
                        f"found := ARRAY(SELECT d.id FROM {kind.base} d WHERE {which.format(ids=ids)} "
                        f"AND {kind.exists} ORDER BY d.id);"
                    )
                lines.append(f"IF cardinality(found) > 0 THEN PERFORM {kind.table}_refresh(found); END IF;")
            yield f"{change}_words_{event}", changed_table(change), event, "\n".join(lines)


def postgresql_trigger(name, table, event, body):
    """Yields the statements that create a trigger."""
    tables = {"insert": "NEW TABLE AS newer", "delete": "OLD TABLE AS older"}
    tables["update"] = f"{tables['delete']} {tables['insert']}"
    yield f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE found bigint[];
        BEGIN
            {body}
            RETURN NULL;
        END $$"""
    yield (
        f"CREATE OR REPLACE TRIGGER {name} AFTER {event.upper()} ON {table} REFERENCING {tables[event]} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def postgresql_truncations():
    """Yields triggers that empty the documents of a table that is truncated."""
    for kind in DOCUMENT_KINDS:
        name = f"{kind.base}_words_truncate"
        yield f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN TRUNCATE {kind.table}; RETURN NULL; END $$"""
        yield (
            f"CREATE OR REPLACE TRIGGER {name} AFTER TRUNCATE ON {kind.base} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


# --- For migrations ---------------------------------------------------------------------------------------------------


def index_exists(schema_editor):
    with schema_editor.connection.cursor() as cursor:
        return TOPIC.table in schema_editor.connection.introspection.table_names(cursor)


def install_full_text_triggers(schema_editor):
    """Creates or replaces the triggers, if the index exists."""
    if not index_exists(schema_editor):
        return
    if is_postgresql(schema_editor):
        for row in postgresql_triggers():
            for statement in postgresql_trigger(*row):
                schema_editor.execute(statement, params=None)
        for statement in postgresql_truncations():
            schema_editor.execute(statement, params=None)
        return
    for name, body in sqlite_full_text_triggers():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        schema_editor.execute(f"CREATE TRIGGER {name} {body}", params=None)


def full_text_trigger_names(connection):
    """Returns the names of the triggers that update the index on this connection's database."""
    if connection.vendor == "postgresql":
        return {row[0] for row in postgresql_triggers()} | {f"{kind.base}_words_truncate" for kind in DOCUMENT_KINDS}
    return {name for name, _ in sqlite_full_text_triggers()}


def remove_full_text_triggers(schema_editor):
    """Drops the triggers that exist."""
    if is_postgresql(schema_editor):
        for name in sorted(full_text_trigger_names(schema_editor.connection)):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
        return
    for name in sorted(full_text_trigger_names(schema_editor.connection)):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


def install_full_text_index(apps, schema_editor):
    """Creates the index of all rows, and its triggers."""
    if is_postgresql(schema_editor):
        for statement in postgresql_functions(schema_editor):
            schema_editor.execute(statement, params=None)
        for kind in DOCUMENT_KINDS:
            for statement in [*postgresql_table(kind), *postgresql_refresh(kind)]:
                schema_editor.execute(statement, params=None)
    for kind in DOCUMENT_KINDS:
        fill_documents(schema_editor, kind)
    install_full_text_triggers(schema_editor)


def remove_full_text_index(apps, schema_editor):
    remove_full_text_triggers(schema_editor)
    for kind in DOCUMENT_KINDS:
        if is_postgresql(schema_editor):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {kind.table}_refresh(bigint[])")
        schema_editor.execute(f"DROP TABLE IF EXISTS {kind.table}")
    if is_postgresql(schema_editor):
        schema_editor.execute("DROP FUNCTION IF EXISTS claims_vector(text)")
        schema_editor.execute("DROP FUNCTION IF EXISTS claims_positions(text)")
        schema_editor.execute("DROP FUNCTION IF EXISTS claims_words(text)")
