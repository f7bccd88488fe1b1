"""The full-text index on PostgreSQL: the functions that split words, tables of tsvectors, and their triggers."""

import hashlib
from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.database.definitions import DerivedObject, ObjectKind, function, trigger
from claims.database.full_text import (
    DOCUMENT_KINDS,
    INDEXED_CHANGES,
    ITSELF,
    SPEAKER,
    DocumentKind,
    IndexedChange,
    fill_documents,
    insert_documents,
)
from claims.search import tokenizer

VENDOR = "postgresql"
PARSER_BOUNDARY = "betweenplaces"  # a boundary for PostgreSQL's parser, which accepts only a word


def quote_literal(text: str) -> str:
    """Returns a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def lower_expression(connection: BaseDatabaseWrapper) -> str:
    """Returns the lower-casing expression: by the database's default collation if that knows more than ASCII."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('Я') = 'я', EXISTS (SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu')")
        knows_cyrillic, has_icu = cursor.fetchone()
    return 'lower({} COLLATE "und-x-icu")' if has_icu and not knows_cyrillic else "lower({})"


def word_functions(connection: BaseDatabaseWrapper) -> Iterator[DerivedObject]:
    """Yields the functions. `claims_words` is `tokenizer.normalize_text`, except that it does not truncate words."""
    yield number_function()
    yield stem_function()
    upper = "".join(chr(code) for code in range(ord("A"), ord("Z") + 1))
    plain = "[^a-z0-9\\u001e]+"
    text = "normalize(t, NFKD)"
    for letter in tokenizer.LETTERS_WITH_KEPT_MARKS:
        text = f"replace({text}, normalize({quote_literal(letter)}, NFD), {quote_literal(letter)})"
    removed = quote_literal(f"[{escape_for_regex(tokenizer.REMOVED_MARKS)}]+")
    text = f"normalize(regexp_replace({text}, {removed}, '', 'g'), NFKC)"
    text = lower_expression(connection).format(text)
    text = f"translate({text}, {quote_literal(tokenizer.LETTER_FOLDS[0])}, {quote_literal(tokenizer.LETTER_FOLDS[1])})"
    for letter, letters in tokenizer.LETTER_EXPANSIONS.items():
        text = f"replace({text}, {quote_literal(letter)}, {quote_literal(letters)})"
    gap = quote_literal(f" {tokenizer.BOUNDARY_WORD} ")
    separators = quote_literal(f"[{escape_for_regex(tokenizer.SEPARATORS)}]+")
    text = f"regexp_replace(claims_numbers({text}), {separators}, ' ', 'g')"
    single = quote_literal(f"([{escape_for_regex(tokenizer.SINGLE_CHARACTER_TOKENS)}])")
    text = f"regexp_replace({text}, {single}, ' \\1 ', 'g')"
    yield function(
        "claims_words",
        f"""
        CREATE FUNCTION claims_words(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT CASE WHEN octet_length(t) = length(t)
            THEN replace(
                regexp_replace(translate(claims_numbers(t), '{upper}', '{upper.lower()}'), '{plain}', ' ', 'g'),
                chr(30), {gap})
            ELSE replace({text}, chr(30), {gap}) END $$""",
    )
    yield function(
        "claims_positions",
        f"""
        CREATE FUNCTION claims_positions(t text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT coalesce(string_agg(
            '''' || left(word, {tokenizer.MAX_TOKEN_LENGTH}) || ''':' || least(n, 16383), ' '), '')::tsvector
        FROM unnest(string_to_array(btrim(regexp_replace(t, ' +', ' ', 'g')), ' ')) WITH ORDINALITY w(word, n)
        WHERE word NOT IN ('', '{tokenizer.BOUNDARY_WORD}') $$""",
    )
    # For ASCII letters alone, the database's own parser gives the same result in a tenth of the time.
    yield function(
        "claims_vector",
        f"""
        CREATE FUNCTION claims_vector(t text, weight "char") RETURNS tsvector
        LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
        DECLARE
            words text := claims_words(left(t, {tokenizer.MAX_INDEXED_CHARACTERS}));
            vector tsvector;
            stems text;
        BEGIN
            IF words ~ '[^a-z {tokenizer.BOUNDARY_WORD}]|[a-z]{{{tokenizer.MAX_TOKEN_LENGTH + 1}}}|{PARSER_BOUNDARY}'
            THEN vector := claims_positions(words);
            ELSE
                words := replace(words, '{tokenizer.BOUNDARY_WORD}', '{PARSER_BOUNDARY}');
                vector := ts_delete(to_tsvector('pg_catalog.simple', words), '{PARSER_BOUNDARY}');
            END IF;
            SELECT string_agg(DISTINCT '{tokenizer.STEM_SIGN}' || stem || ':1', ' ') INTO stems
                FROM (SELECT lexeme, claims_stem(lexeme) AS stem FROM unnest(vector)) s WHERE stem <> lexeme;
            RETURN setweight(CASE WHEN stems IS NULL THEN vector ELSE vector || stems::tsvector END, weight);
        END $$""",
    )


def number_function() -> DerivedObject:
    """Returns the function that removes what separates groups of three digits, where `tokenizer.GROUPED_NUMBER` does.

    This one looks at each separator: at the number that ends before it, and at the three digits behind.
    """
    signs = tokenizer.DIGIT_GROUP_SEPARATORS
    separators = []
    for separator, signs_before in [*((sign, f" {signs}") for sign in signs), (" ", signs)]:
        start = f"(?:^|[^0-9{signs_before}]|(?:^|[^0-9])[{signs_before}])"
        separators.append(
            f"(?<={start}[0-9]{{1,3}}(?:[{separator}][0-9]{{3}})*)[{separator}](?=[0-9]{{3}}(?:[^0-9]|$))"
        )
    group = quote_literal(f"[0-9][ {signs}][0-9]{{3}}")
    return function(
        "claims_numbers",
        f"""
        CREATE FUNCTION claims_numbers(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT CASE WHEN t ~ {group} THEN regexp_replace(t, {quote_literal("|".join(separators))}, '', 'g')
            ELSE t END $$""",
    )


def stem_function() -> DerivedObject:
    """Returns `tokenizer.stem_word`, and the dictionaries that it needs: PostgreSQL's own leave out frequent words.

    A dictionary stays when the function is dropped.
    """
    cases, dictionaries = [], []
    for language, letters in tokenizer.STEMMED_LETTERS.items():
        pattern = f"^[{letters}]{{{tokenizer.MIN_STEMMED_LENGTH},}}$"
        cases.append(f"WHEN word ~ '{pattern}' THEN (ts_lexize('claims_{language}', word))[1]")
        dictionaries.append(
            f"""
            DO $$ BEGIN
                CREATE TEXT SEARCH DICTIONARY claims_{language} (TEMPLATE = pg_catalog.snowball, Language = {language});
            EXCEPTION WHEN unique_violation THEN NULL; END $$"""
        )
    create = f"""
        CREATE FUNCTION claims_stem(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
        BEGIN RETURN CASE {" ".join(cases)} END; END $$"""
    return DerivedObject(ObjectKind.FUNCTION, "claims_stem", (create, *dictionaries))


def escape_for_regex(characters: str) -> str:
    """Writes characters as PostgreSQL's regular expressions do."""
    return "".join(
        c if c.isascii() else f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in characters
    )


def words_table(kind: DocumentKind, functions: list[DerivedObject]) -> Iterator[DerivedObject]:
    """Yields the table of a kind, filled, and its index, which takes less time than filling an indexed table."""
    splitting = hashlib.sha256("".join(map(str, functions)).encode()).hexdigest()[:16]
    create = (
        f"CREATE TABLE {kind.table} /* words are split by {splitting} */ "
        "(rowid bigint PRIMARY KEY, row_id bigint NOT NULL UNIQUE, words tsvector NOT NULL)"
    )
    # The plan depends on how rare a word is: keep statistics of 10,000 words instead of 1,000.
    statistics = f"ALTER TABLE {kind.table} ALTER COLUMN words SET STATISTICS 1000"
    yield DerivedObject(ObjectKind.TABLE, kind.table, (create, statistics, fill_documents(kind, VENDOR)))
    index = f"{kind.table}_gin"
    statements = f"CREATE INDEX {index} ON {kind.table} USING gin (words)", f"ANALYZE {kind.table}"
    yield DerivedObject(ObjectKind.INDEX, index, statements)


def refresh_function(kind: DocumentKind) -> DerivedObject:
    """Returns a function that rebuilds the documents of some rows.

    It first locks the rows that the documents are built from, so that the second of two concurrent transactions sees
    the changes of the first.
    """
    locks = {
        "quote": [
            ("claims_claim", "SELECT q.claim_id FROM claims_quote q WHERE q.id = ANY(ids)", "NO KEY UPDATE"),
            ("claims_speaker", "SELECT q.speaker_id FROM claims_quote q WHERE q.id = ANY(ids)", "SHARE"),
            (
                "claims_source",
                "SELECT t.source_id FROM claims_quote q "
                "JOIN claims_snapshot t ON t.id = q.snapshot_id WHERE q.id = ANY(ids)",
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
                "SELECT c.speaker_id FROM claims_verification v "
                "JOIN claims_claim c ON c.id = v.claim_id WHERE v.id = ANY(ids)",
                "SHARE",
            ),
        ],
    }.get(kind.name, [])
    lock_statements = "".join(
        f"PERFORM 1 FROM {table} h WHERE h.id IN ({which}) ORDER BY h.id FOR {strength}; "
        for table, which, strength in locks
    )
    name = f"{kind.table}_refresh"
    return function(
        name,
        f"""
        CREATE FUNCTION {name}(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF ids IS NULL THEN RETURN; END IF;
            {lock_statements}
            DELETE FROM {kind.table} WHERE row_id = ANY(ids);
            {insert_documents(kind, "d.id = ANY(ids)", VENDOR)}
            ON CONFLICT (row_id) DO UPDATE SET rowid = EXCLUDED.rowid, words = EXCLUDED.words;
        END $$""",
    )


def word_triggers(change: IndexedChange) -> Iterator[DerivedObject]:
    """Yields a function and a statement-level trigger for each event."""
    for event in change.events:
        lines = []
        for kind, which, column in change.affected:
            changed = " OR ".join(f"o.{name} IS DISTINCT FROM n.{name}" for name in change.columns)
            sides = {
                "insert": [("n", "newer n")],
                "delete": [("o", "older o")],
                "update": [
                    ("o", f"older o JOIN newer n ON n.id = o.id AND ({changed})"),
                    ("n", f"older o JOIN newer n ON n.id = o.id AND ({changed})"),
                ],
            }[event]
            both = " OR ".join(change.condition.format(row=row) for row, _ in sides)
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
        tables = {"insert": "NEW TABLE AS newer", "delete": "OLD TABLE AS older"}
        tables["update"] = f"{tables['delete']} {tables['insert']}"
        body = "\n".join(lines)
        name = f"{change.name}_words_{event}"
        yield function(
            name,
            f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE found bigint[];
        BEGIN
            {body}
            RETURN NULL;
        END $$""",
        )
        yield trigger(
            name,
            change.table,
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON {change.table} REFERENCING {tables[event]} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        )


def truncate_trigger(kind: DocumentKind) -> Iterator[DerivedObject]:
    """Yields what empties the documents of a table that is truncated."""
    name = f"{kind.base}_words_truncate"
    yield function(
        name,
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN TRUNCATE {kind.table}; RETURN NULL; END $$""",
    )
    yield trigger(
        name,
        kind.base,
        f"CREATE TRIGGER {name} AFTER TRUNCATE ON {kind.base} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    )


def full_text_objects(connection: BaseDatabaseWrapper) -> Iterator[DerivedObject]:
    functions = list(word_functions(connection))
    yield from functions
    for kind in DOCUMENT_KINDS:
        yield refresh_function(kind)
        yield from words_table(kind, functions)
        yield from truncate_trigger(kind)
    for change in INDEXED_CHANGES:
        yield from word_triggers(change)
