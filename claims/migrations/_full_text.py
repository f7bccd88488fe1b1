"""The index of words that readers' full text asks (`claims.search.full_text`), on both databases.

One document for each row that readers may come to see, with the words of all places it is found by: no question joins
indexes, and what is pending, rejected or retracted has none. On SQLite each kind has an FTS5 table, on PostgreSQL a
table with a tsvector and its GIN index. Triggers keep them, whatever writes the rows; those on SQLite call the function
`claims_words` (`claims.search.tokenizer.normalize_text`), which the application gives to each connection (`claims.apps`): a
plain `sqlite3` reads the database, but is refused when it writes to a table searched. All functions may be run twice.

A document's key says where its row stands in the list, so that the newest come first without sorting: the second of its
moment in the upper 32 bits and its id in the lower 31 (two thousand million rows of a kind). Of lists by name it is the id.
"""

from claims.search import tokenizer

POSTGRESQL_BOUNDARY_TOKEN = "betweenplaces"  # a gap, where the database's parser takes no other sign for a word
ID_BITS = 31  # bits of a key that are the row's id


class DocumentKind:
    """Documents of one kind: of which rows (`d`), by which moment, with which words."""

    def __init__(self, name, moment, rows, exists, *places):
        self.name, self.base, self.table = name, f"claims_{name}", f"claims_{name}_words"
        self.moment, self.rows, self.exists, self.places = moment, rows, exists, places


def speaker_names(speaker):
    """The names of the speaker in this column."""
    return f"(SELECT {{together}}(n.name, {{boundary}}{{by_name}}) FROM claims_speakername n WHERE n.speaker_id = {speaker})"


def accepted_quote_column(column, of="d.text"):
    """What the accepted quotes of a claim hold beside what the claim itself does."""
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

# Which rows of a kind a change concerns, as conditions on `d`; {ids} stands for a list of ids of what was changed.
ITSELF = "d.id IN ({ids})"
OF_CLAIM = "d.claim_id IN ({ids})"
OF_SPEAKER = "d.speaker_id IN ({ids})"
QUOTES_IN = "d.snapshot_id IN (SELECT t.id FROM claims_snapshot t WHERE t.source_id IN ({ids}))"
CLAIMS_IN = (
    "d.id IN (SELECT a.claim_id FROM claims_quote a JOIN claims_snapshot t ON t.id = a.snapshot_id "
    "WHERE a.decision = 'accepted' AND t.source_id IN ({ids}))"
)
OF_CLAIMS_SPEAKER = "d.claim_id IN (SELECT l.id FROM claims_claim l WHERE l.speaker_id IN ({ids}))"

# table, columns whose change matters, condition on a row for it to matter at all,
# [(kind, condition on its rows, the column that says which)]
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
    """The table it is a change of: the second kind of one table's changes is named after it."""
    return change.removesuffix("_text").removesuffix("_title")


def change_events(change):
    """Whatever concerns rows that refer to the one changed, concerns none when it is new or gone."""
    return EVENTS if changed_table(change) == change else ("update",)


def is_postgresql(schema_editor):
    """Which of the two it is."""
    return schema_editor.connection.vendor == "postgresql"


# --- What both have ---------------------------------------------------------------------------------------------------


def document_key(kind, row, postgresql):
    """The key of a row's document."""
    if kind.moment is None:
        return f"{row}.id"
    moment = kind.moment.replace("d.", f"{row}.")
    second = (
        f"floor(extract(epoch FROM {moment}))::bigint" if postgresql else f"CAST(strftime('%s', {moment}) AS INTEGER)"
    )
    least, greatest = ("least", "greatest") if postgresql else ("min", "max")
    return f"(({least}({greatest}(coalesce({second}, 0), -4294967295), 4294967295) << {ID_BITS}) | {row}.id)"


def select_documents(kind, which, postgresql):
    """The documents of these rows, as a select."""
    given = {
        "together": "string_agg" if postgresql else "group_concat",
        "boundary": "chr(30)" if postgresql else "char(30)",
        # So that the same rows always make the same document. SQLite takes them by an index, and so by id anyway.
        "by_name": " ORDER BY n.id" if postgresql else "",
        "by_quote": " ORDER BY q.id" if postgresql else "",
    }
    places = f" || {given['boundary']} || ".join(f"coalesce({each}, '')".format(**given) for each in kind.places)
    function = "claims_vector" if postgresql else "claims_words"
    return (
        f"SELECT {document_key(kind, 'd', postgresql)} AS rowid, d.id AS row_id, {function}({places}) AS words FROM {kind.rows} "
        f"WHERE {kind.exists} AND {which}"
    )


def fill_documents(schema_editor, kind):
    """Make all documents of a kind, oldest first, in place of those that are there."""
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
    """How many documents there are that should not be so, or are not there, as a query."""
    right = select_documents(kind, "TRUE", postgresql)
    there = f"SELECT rowid, row_id, words FROM {kind.table}"
    either = f"(SELECT * FROM ({right}) r EXCEPT {there})", f"(SELECT * FROM ({there}) t EXCEPT {right})"
    if not postgresql:
        either = tuple(each.removeprefix("(").removesuffix(")") for each in either)
    return " UNION ".join(f"SELECT row_id FROM ({each}) x{n}" for n, each in enumerate(either)).join(
        ("SELECT count(*) FROM (", ") y")
    )


# --- SQLite -----------------------------------------------------------------------------------------------------------


def sqlite_fts5_table(kind):
    """Words come as `claims_words` gives them; beginnings of two and three letters have an index of their own."""
    return (
        f"CREATE VIRTUAL TABLE {kind.table} USING fts5("
        f"words, row_id UNINDEXED, tokenize = \"ascii tokenchars '{tokenizer.BOUNDARY_TOKEN}'\", prefix = '2 3')"
    )


def sqlite_full_text_triggers():
    """The triggers: name and body."""
    for change, columns, matters, concerned in INDEXED_CHANGES:
        for event in change_events(change):
            rows = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}[event]
            when = f"({' OR '.join(matters.format(row=row) for row in rows)})"
            if event == "update":
                when += f" AND ({' OR '.join(f'OLD.{column} IS NOT NEW.{column}' for column in columns)})"
            body = []
            for kind, which, column in concerned:
                ids = ", ".join(f"{row}.{column}" for row in rows)
                chosen = which.format(ids=ids)
                if kind.base == changed_table(change) and which == ITSELF and column == "id":
                    if event != "insert":
                        body.append(f"DELETE FROM {kind.table} WHERE rowid = {document_key(kind, 'OLD', False)};")
                else:
                    gone = f"SELECT {document_key(kind, 'd', False)} FROM {kind.base} d WHERE {chosen} AND {kind.exists}"
                    body.append(f"DELETE FROM {kind.table} WHERE rowid IN ({gone});")
                # In order: FTS5 writes what it holds to the disk whenever a key is lower than the one before.
                body.append(f"INSERT INTO {kind.table} (rowid, row_id, words) {select_documents(kind, chosen, False)} ORDER BY 1;")
            of = f" OF {', '.join(columns)}" if event == "update" else ""
            yield (
                f"{change}_words_{event}",
                f"AFTER {event.upper()}{of} ON {changed_table(change)} WHEN {when} BEGIN {' '.join(body)} END",
            )


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


def quote_literal(text):
    """As a constant."""
    return "'" + text.replace("'", "''") + "'"


def lower_function(schema_editor):
    """How letters are made small: by the database's own rules where these know more than ASCII."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT lower('Я') = 'я', EXISTS (SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu')")
        knows, icu = cursor.fetchone()
    return 'lower({} COLLATE "und-x-icu")' if icu and not knows else "lower({})"


def postgresql_functions(schema_editor):
    """`claims_words` is `tokens.normalised` but for the length of words; `claims_vector` has the places of its words."""
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
    gap = quote_literal(f" {tokenizer.BOUNDARY_TOKEN} ")
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
        WHERE word NOT IN ('', '{tokenizer.BOUNDARY_TOKEN}') $$"""
    # Of letters of ASCII alone, the database's own parser makes the same in a tenth of the time.
    yield f"""
        CREATE OR REPLACE FUNCTION claims_vector(t text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
        DECLARE words text := claims_words(left(t, {tokenizer.MAX_INDEXED_CHARACTERS}));
        BEGIN
            IF words ~ '[^a-z {tokenizer.BOUNDARY_TOKEN}]|[a-z]{{{tokenizer.MAX_TOKEN_LENGTH + 1}}}|{POSTGRESQL_BOUNDARY_TOKEN}' THEN RETURN claims_positions(words); END IF;
            RETURN ts_delete(to_tsvector('pg_catalog.simple', replace(words, '{tokenizer.BOUNDARY_TOKEN}', '{POSTGRESQL_BOUNDARY_TOKEN}')), '{POSTGRESQL_BOUNDARY_TOKEN}');
        END $$"""


def escape_for_regex(characters):
    """As PostgreSQL's regular expressions spell them."""
    return "".join(
        each if each.isascii() else f"\\u{ord(each):04x}" if ord(each) < 0x10000 else f"\\U{ord(each):08x}"
        for each in characters
    )


def postgresql_table(kind):
    """The documents of a kind, and what makes those of some rows anew."""
    yield (
        f"CREATE TABLE IF NOT EXISTS {kind.table} "
        "(rowid bigint PRIMARY KEY, row_id bigint NOT NULL UNIQUE, words tsvector NOT NULL)"
    )
    # Whether a word is rare decides how it is looked for: 10,000 words are counted instead of 1,000.
    yield f"ALTER TABLE {kind.table} ALTER COLUMN words SET STATISTICS 1000"


def postgresql_refresh(kind):
    """A function that makes the documents of these rows anew.

    What they are made of is held first, so that of two who change it at the same time the second sees the first's.
    """
    held = {
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
    holding = "".join(
        f"PERFORM 1 FROM {table} h WHERE h.id IN ({which}) ORDER BY h.id FOR {strength}; "
        for table, which, strength in held
    )
    yield f"""
        CREATE OR REPLACE FUNCTION {kind.table}_refresh(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF ids IS NULL THEN RETURN; END IF;
            {holding}
            DELETE FROM {kind.table} WHERE row_id = ANY(ids);
            INSERT INTO {kind.table} (rowid, row_id, words) {select_documents(kind, "d.id = ANY(ids)", True)}
            ON CONFLICT (row_id) DO UPDATE SET rowid = EXCLUDED.rowid, words = EXCLUDED.words;
        END $$"""


def postgresql_triggers():
    """Functions and triggers, one for each statement, however many rows it changes: name, table, event, body."""
    for change, columns, matters, concerned in INDEXED_CHANGES:
        for event in change_events(change):
            lines = []
            for kind, which, column in concerned:
                changed = " OR ".join(f"o.{each} IS DISTINCT FROM n.{each}" for each in columns)
                sides = {
                    "insert": [("n", "newer n")],
                    "delete": [("o", "older o")],
                    "update": [
                        ("o", f"older o JOIN newer n ON n.id = o.id AND ({changed})"),
                        ("n", f"older o JOIN newer n ON n.id = o.id AND ({changed})"),
                    ],
                }[event]
                both = " OR ".join(matters.format(row=row) for row, _ in sides)
                ids = " UNION ".join(f"SELECT {row}.{column} FROM {rows} WHERE ({both})" for row, rows in sides)
                if which == ITSELF:  # also of those that are gone
                    lines.append(f"found := ARRAY(SELECT i FROM ({ids}) x(i) WHERE i IS NOT NULL ORDER BY i);")
                else:
                    if kind is not SPEAKER and column == "speaker_id":
                        lines.append(f"PERFORM 1 FROM claims_speaker h WHERE h.id IN ({ids}) ORDER BY h.id FOR NO KEY UPDATE;")
                    lines.append(
                        f"found := ARRAY(SELECT d.id FROM {kind.base} d WHERE {which.format(ids=ids)} "
                        f"AND {kind.exists} ORDER BY d.id);"
                    )
                lines.append(f"IF cardinality(found) > 0 THEN PERFORM {kind.table}_refresh(found); END IF;")
            yield f"{change}_words_{event}", changed_table(change), event, "\n".join(lines)


def postgresql_trigger(name, table, event, body):
    """The statements that make one."""
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
    """A table that is emptied takes its documents along."""
    for kind in DOCUMENT_KINDS:
        name = f"{kind.base}_words_truncate"
        yield f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN TRUNCATE {kind.table}; RETURN NULL; END $$"""
        yield (
            f"CREATE OR REPLACE TRIGGER {name} AFTER TRUNCATE ON {kind.base} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


# --- What migrations call ---------------------------------------------------------------------------------------------


def index_exists(schema_editor):
    """Whether the index has been made."""
    with schema_editor.connection.cursor() as cursor:
        return TOPIC.table in schema_editor.connection.introspection.table_names(cursor)


def install_full_text_triggers(schema_editor):
    """Make the triggers, in place of those that are there; only where the index is."""
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
    """What the triggers are called that keep the index on this connection's database."""
    if connection.vendor == "postgresql":
        return {row[0] for row in postgresql_triggers()} | {f"{kind.base}_words_truncate" for kind in DOCUMENT_KINDS}
    return {name for name, _ in sqlite_full_text_triggers()}


def remove_full_text_triggers(schema_editor):
    """Take those away that are there."""
    if is_postgresql(schema_editor):
        for name in sorted(full_text_trigger_names(schema_editor.connection)):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
        return
    for name in sorted(full_text_trigger_names(schema_editor.connection)):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


def install_full_text_index(apps, schema_editor):
    """Make the index of the rows that are there, and have it kept."""
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
    """Take the index away."""
    remove_full_text_triggers(schema_editor)
    for kind in DOCUMENT_KINDS:
        if is_postgresql(schema_editor):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {kind.table}_refresh(bigint[])")
        schema_editor.execute(f"DROP TABLE IF EXISTS {kind.table}")
    if is_postgresql(schema_editor):
        schema_editor.execute("DROP FUNCTION IF EXISTS claims_vector(text)")
        schema_editor.execute("DROP FUNCTION IF EXISTS claims_positions(text)")
        schema_editor.execute("DROP FUNCTION IF EXISTS claims_words(text)")
