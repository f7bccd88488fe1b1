"""The full-text index of public rows (`claims.search.full_text`): which rows have which words, on both databases.

Each row that is or may become public has one document with the words of all its places, so that no query joins indexes;
pending, rejected and retracted rows have none. On SQLite each kind of document has an FTS5 table with a column for each
place, on PostgreSQL a table with a tsvector, in which each place has a weight, and its GIN index. Triggers update them,
whatever writes the rows. On SQLite they call the function `claims_words` (`claims.search.tokenizer.indexed_text`),
which `claims.apps` registers on each connection: a plain `sqlite3` shell can read the database, but not write to a
searched table.

A document's key gives its row's place in the list, so that the newest rows come first without sorting: the timestamp in
seconds in the upper 32 bits and the id in the lower 31 (two billion rows of a kind). In lists sorted by name, it is the
id.
"""

from dataclasses import dataclass
from typing import NamedTuple

from claims.models import (
    ClaimWords,
    QuoteWords,
    SourceWords,
    SpeakerWords,
    TopicWords,
    VerificationWords,
)
from claims.models.search_document import PLACE_WEIGHTS, SearchDocument

ID_BITS = 31  # bits of a document's key that hold the row's id


@dataclass(frozen=True)
class DocumentKind:
    """A kind of documents: its name, timestamp, rows (`d`), condition for a document to exist, texts of its places."""

    name: str
    document: type[SearchDocument]
    moment: str | None
    rows: str
    exists: str
    places: tuple[str, ...]

    @property
    def base(self) -> str:
        return f"claims_{self.name}"

    @property
    def table(self) -> str:
        return f"claims_{self.name}_words"

    def columns(self, vendor: str) -> list[str]:
        """Returns the columns that hold words."""
        return ["words"] if vendor == "postgresql" else list(self.document.places)

    def place_texts(self, vendor: str) -> list[str]:
        """Returns the expressions for the text in each place."""
        is_postgresql = vendor == "postgresql"
        functions = {
            "together": "string_agg" if is_postgresql else "group_concat",
            "boundary": _boundary(vendor),
            # Sorted, so that equal rows yield equal documents. SQLite reads them from an index, sorted by id anyway.
            "by_name": " ORDER BY n.id" if is_postgresql else "",
            "by_quote": " ORDER BY q.id" if is_postgresql else "",
        }
        return [f"coalesce({place}, '')".format(**functions) for place in self.places]


def _boundary(vendor: str) -> str:
    return "chr(30)" if vendor == "postgresql" else "char(30)"


def speaker_names(speaker: str) -> str:
    """Returns the names of the speaker in this column."""
    return (
        "(SELECT {together}(n.name, {boundary}{by_name}) FROM claims_speakername n "
        f"WHERE n.speaker_id = {speaker})"
    )


def accepted_quote_column(column: str, of: str = "d.text") -> str:
    """Returns a column of the accepted quotes of a claim, unless it equals `of`."""
    return (
        f"(SELECT {{together}}({column}, {{boundary}}{{by_quote}}) FROM claims_quote q "
        "JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id "
        f"WHERE q.claim_id = d.id AND q.decision = 'accepted' AND {column} <> {of})"
    )


DOCUMENT_KINDS = [
    DocumentKind(
        "quote",
        QuoteWords,
        "d.decided_at",
        "claims_quote d JOIN claims_snapshot s ON s.id = d.snapshot_id JOIN claims_source o ON o.id = s.source_id "
        "LEFT JOIN claims_claim c ON c.id = d.claim_id",
        "d.decision = 'accepted'",
        (
            "d.exact",
            # No search finds a claim that has not been released.
            "CASE WHEN c.released_at IS NOT NULL AND c.text <> d.exact THEN c.text END",
            speaker_names("d.speaker_id"),
            "o.title",
        ),
    ),
    DocumentKind(
        "claim",
        ClaimWords,
        "d.released_at",
        "claims_claim d",
        "d.released_at IS NOT NULL AND d.retracted_at IS NULL",
        (
            "d.text",
            speaker_names("d.speaker_id"),
            accepted_quote_column("q.exact"),
            accepted_quote_column("o.title", "''"),
        ),
    ),
    DocumentKind(
        "verification",
        VerificationWords,
        "d.published_at",
        "claims_verification d JOIN claims_claim c ON c.id = d.claim_id",
        "d.state = 'published'",
        ("d.explanation", "c.text", speaker_names("c.speaker_id")),
    ),
    DocumentKind("source", SourceWords, "d.created_at", "claims_source d", "TRUE", ("d.title", "d.publisher")),
    DocumentKind(
        "speaker",
        SpeakerWords,
        None,
        "claims_speaker d",
        "TRUE",
        (f"d.name || {{boundary}} || coalesce({speaker_names('d.id')}, '')",),
    ),
    DocumentKind("topic", TopicWords, None, "claims_topic d", "TRUE", ("d.name", "d.description")),
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


class IndexedChange(NamedTuple):
    """A change of a table's columns, on a condition, and the documents that it affects.

    Each of those is a kind, a condition on its rows, and the column of the changed row with the id. The second entry of
    a table has a suffix after its name; the rows that it affects refer to the changed row.
    """

    name: str
    columns: tuple[str, ...]
    condition: str
    affected: list[tuple[DocumentKind, str, str]]

    @property
    def table(self) -> str:
        return self.name.removesuffix("_text").removesuffix("_title")

    @property
    def events(self) -> tuple[str, ...]:
        """The events that affect documents: rows that refer to the changed one are affected by updates alone."""
        return ("insert", "update", "delete") if self.table == self.name else ("update",)


INDEXED_CHANGES = [
    IndexedChange(
        "claims_quote",
        ("exact", "decision", "decided_at", "speaker_id", "claim_id", "snapshot_id"),
        "{row}.decision = 'accepted'",
        [(QUOTE, ITSELF, "id"), (CLAIM, ITSELF, "claim_id")],
    ),
    IndexedChange(
        "claims_claim",
        ("text", "speaker_id", "released_at", "retracted_at"),
        "TRUE",
        [(CLAIM, ITSELF, "id")],
    ),
    IndexedChange(
        "claims_claim_text",
        ("text", "speaker_id", "released_at"),
        "TRUE",
        [(QUOTE, OF_CLAIM, "id"), (VERIFICATION, OF_CLAIM, "id")],
    ),
    IndexedChange(
        "claims_verification",
        ("explanation", "state", "claim_id", "published_at"),
        "{row}.state = 'published'",
        [(VERIFICATION, ITSELF, "id")],
    ),
    IndexedChange("claims_source", ("title", "publisher", "created_at"), "TRUE", [(SOURCE, ITSELF, "id")]),
    IndexedChange("claims_source_title", ("title",), "TRUE", [(QUOTE, QUOTES_IN, "id"), (CLAIM, CLAIMS_IN, "id")]),
    IndexedChange(
        "claims_speakername",
        ("name", "speaker_id"),
        "TRUE",
        [
            (SPEAKER, ITSELF, "speaker_id"),
            (QUOTE, OF_SPEAKER, "speaker_id"),
            (CLAIM, OF_SPEAKER, "speaker_id"),
            (VERIFICATION, OF_CLAIMS_SPEAKER, "speaker_id"),
        ],
    ),
    IndexedChange("claims_speaker", ("name",), "TRUE", [(SPEAKER, ITSELF, "id")]),
    IndexedChange("claims_topic", ("name", "description"), "TRUE", [(TOPIC, ITSELF, "id")]),
]


def document_key(kind: DocumentKind, row: str, vendor: str) -> str:
    """Returns the key of a row's document."""
    if kind.moment is None:
        return f"{row}.id"
    moment = kind.moment.replace("d.", f"{row}.")
    if vendor == "postgresql":
        second, least, greatest = f"floor(extract(epoch FROM {moment}))::bigint", "least", "greatest"
    else:
        second, least, greatest = f"CAST(strftime('%s', {moment}) AS INTEGER)", "min", "max"
    return f"(({least}({greatest}(coalesce({second}, 0), -4294967295), 4294967295) << {ID_BITS}) | {row}.id)"


def select_documents(kind: DocumentKind, condition: str, vendor: str) -> str:
    """Returns a select of the documents of the rows that satisfy a condition."""
    texts = kind.place_texts(vendor)
    if vendor == "postgresql":
        # A boundary before each place but the first keeps its words from being adjacent to those of the place before.
        texts = [texts[0], *(f"{_boundary(vendor)} || {text}" for text in texts[1:])]
        vectors = (f"claims_vector({text}, '{weight}')" for text, weight in zip(texts, PLACE_WEIGHTS, strict=False))
        words = f"{' || '.join(vectors)} AS words"
    else:
        words = ", ".join(
            f"claims_words({text}) AS {column}" for text, column in zip(texts, kind.columns(vendor), strict=True)
        )
    return (
        f"SELECT {document_key(kind, 'd', vendor)} AS rowid, d.id AS row_id, {words} "
        f"FROM {kind.rows} WHERE {kind.exists} AND {condition}"
    )


def insert_documents(kind: DocumentKind, condition: str, vendor: str) -> str:
    """Returns the statement that inserts the documents of the rows that satisfy a condition."""
    columns = ", ".join(["rowid", "row_id", *kind.columns(vendor)])
    return f"INSERT INTO {kind.table} ({columns}) {select_documents(kind, condition, vendor)}"


def fill_documents(kind: DocumentKind, vendor: str) -> str:
    """Returns the statement that inserts all documents of a kind, oldest first."""
    return f"{insert_documents(kind, 'TRUE', vendor)} ORDER BY 1"


def count_wrong_documents(kind: DocumentKind, vendor: str) -> str:
    """Returns a query for the number of documents that are missing or differ from their rows."""
    expected = select_documents(kind, "TRUE", vendor)
    stored = f"SELECT {', '.join(['rowid', 'row_id', *kind.columns(vendor)])} FROM {kind.table}"
    differences = [f"SELECT * FROM ({expected}) r EXCEPT {stored}", f"SELECT * FROM ({stored}) t EXCEPT {expected}"]
    row_ids = " UNION ".join(f"SELECT row_id FROM ({select}) x{n}" for n, select in enumerate(differences))
    return f"SELECT count(*) FROM ({row_ids}) y"
