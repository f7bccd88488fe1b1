import csv
import datetime as dt
import io
import itertools

import pytest
from django.db import connection
from django.utils import timezone

from claims.export.tabular import csv_injection, csvw, pg_copy, resource_csv
from claims.export.tabular.csv_format import format_csv, format_csv_columns
from claims.models import Claim, Quote
from claims.resources import RESOURCES
from claims.resources.claims import CLAIMS
from tests import factories as f

CONTRACT = (  # noqa: SIM905  # the published header
    "claim_id, claim, status, rating_value, explanation, verified_on, speaker_id, speaker, speaker_wikidata, "
    "speaker_role, said_on, quote_id, quote, quote_kind, quote_start, quote_end, source_id, publisher, source_title, "
    "source_url, published_on, snapshot_sha256, topics, appearances, updated_at, url"
).split(", ")


def claims_csv_text(**options) -> str:
    return b"".join(resource_csv.stream_csv(CLAIMS, CLAIMS.rows(), **options)).decode()


def iter_claim_blocks(size: int):
    return resource_csv.iter_cell_blocks(CLAIMS.table, CLAIMS.rows(), CLAIMS.default_ordering, size=size)


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.django_db
def test_a_claim_is_one_row():
    quote = f.QuoteFactory(
        accepted=True,
        role="Minister",
        speaker__wikidata_id="Q42",
        snapshot__source__published_on=dt.date(2025, 5, 16),
    )
    later = f.QuoteFactory(accepted=True, claim=quote.claim, speaker=quote.speaker)
    f.QuoteFactory(claim=quote.claim)
    Claim.objects.update(said_on=dt.date(2025, 5, 15), updated_at=dt.datetime(2025, 5, 17, 1, 2, 3, tzinfo=dt.UTC))
    quote.claim.topics.add(f.TopicFactory(name="Water"), f.TopicFactory(name="Roads"))
    f.VerificationFactory(claim=quote.claim, published=True, published_at=dt.datetime(2025, 6, 1, 23, tzinfo=dt.UTC))
    (row,) = read_csv(claims_csv_text())
    assert list(row) == CONTRACT
    source = quote.snapshot.source
    assert row == {
        "claim_id": str(quote.claim_id),
        "claim": quote.claim.text,
        "status": "true",
        "rating_value": "5",
        "explanation": "Two gauges show it.",
        "verified_on": "2025-06-01",
        "speaker_id": str(quote.speaker_id),
        "speaker": quote.speaker.name,
        "speaker_wikidata": "Q42",
        "speaker_role": "Minister",
        "said_on": "2025-05-15",
        "quote_id": str(quote.pk),
        "quote": "Rivers are full.",
        "quote_kind": "direct",
        "quote_start": "17",
        "quote_end": "33",
        "source_id": str(source.pk),
        "publisher": source.publisher,
        "source_title": source.title,
        "source_url": source.url,
        "published_on": "2025-05-16",
        "snapshot_sha256": quote.snapshot.sha256,
        "topics": "Roads; Water",
        "appearances": "2",
        "updated_at": "2025-05-17T01:02:03Z",
        "url": f"http://127.0.0.1:8000/api/v1/claims/{quote.claim_id}/",
    }
    Quote.objects.filter(pk=quote.pk).update(decision="rejected")
    (row,) = read_csv(claims_csv_text())
    assert (row["quote_id"], row["appearances"]) == (str(later.pk), "1")


@pytest.mark.django_db
def test_the_first_released_quote_is_used():
    pending = f.QuoteFactory()
    accepted = f.QuoteFactory(accepted=True, claim=pending.claim, speaker=pending.speaker)
    Claim.objects.update(released_at=timezone.now(), wording_confirmed_at=timezone.now())
    assert [row["quote_id"] for row in read_csv(claims_csv_text())] == [str(accepted.pk)]


@pytest.mark.django_db
def test_a_claim_without_speaker_and_verdict():
    quote = f.QuoteFactory(accepted=True)
    Claim.objects.update(speaker=None)
    (row,) = read_csv(claims_csv_text())
    assert (row["status"], row["rating_value"], row["verified_on"], row["speaker_id"]) == ("unreviewed", "", "", "")
    assert row["quote_id"] == str(quote.pk)


@pytest.mark.django_db
def test_line_ends_and_quoting_follow_rfc_4180():
    f.QuoteFactory(accepted=True)
    Claim.objects.update(text='He said "a, b"\nand\r\nc; я')
    text = claims_csv_text()
    assert text.startswith("claim_id,claim,status,")
    assert text.count("\r\n") == 3
    assert text.endswith("\r\n")
    assert '"He said ""a, b""\nand\r\nc; я"' in text
    assert read_csv(text)[0]["claim"] == 'He said "a, b"\nand\r\nc; я'


FORMULA = "cmd|'/C calc'!A0"
# Stated here, not taken from the guard: a sign that the guard leaves out must fail.
FORMULA_SIGNS = "=+-@＝＋－＠"  # the last four are the fullwidth forms of the first
CELL_OPENINGS = "\t\r\n"  # and NUL, which PostgreSQL does not store, see below
# A blank, or an invisible character, of each range in `csv_injection.BLANKS`.
SOME_BLANKS = [" ", "\t", "\x1f", "\x85", "\xa0", "\u1680", "\u200b", "\u2028", "\u202f", "\u2060", "\u3000", "\ufeff"]
GUARDED_PREFIXES = [
    *FORMULA_SIGNS,
    *CELL_OPENINGS,
    *(blank + sign for blank in SOME_BLANKS for sign in ("=", "＝")),
]
UNGUARDED_TEXTS = ["3 - 2 = 1", "'quoted'", " plain", "—"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "is_guarded"),
    [(prefix + FORMULA, True) for prefix in GUARDED_PREFIXES]
    + [("- We are ready, he said", True)]
    + [(text, False) for text in UNGUARDED_TEXTS],
)
def test_text_that_a_spreadsheet_would_run_is_guarded(text, is_guarded):
    f.QuoteFactory(accepted=True)
    Claim.objects.update(text=text)
    assert read_csv(claims_csv_text())[0]["claim"] == ("'" + text if is_guarded else text)
    assert read_csv(claims_csv_text(raw=True))[0]["claim"] == text


def test_all_formula_signs_are_known():
    assert set(csv_injection.FORMULAS) == set(FORMULA_SIGNS)
    assert set(csv_injection.OPENINGS) == set(CELL_OPENINGS + "\0")


@pytest.mark.parametrize("prefix", GUARDED_PREFIXES)
def test_formula_is_guarded(prefix):
    text = prefix + FORMULA
    assert csv_injection.guard_formula(text) == csv_injection.guard_reversibly(text) == "'" + text


def test_nul_is_guarded_and_numbers_are_not():
    assert csv_injection.guard_formula("\0=1") == "'\0=1"
    assert csv_injection.guard_formula(-1) == -1


@pytest.mark.parametrize("prefix", [*GUARDED_PREFIXES, "'=", "''=", "'", ""])
def test_a_reversible_guard_is_reversed(prefix):
    text = prefix + FORMULA
    assert csv_injection.remove_guard(str(csv_injection.guard_reversibly(text))) == text


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_python_and_copy_write_the_same_bytes(size, monkeypatch):
    texts = [
        "=1",
        " x",
        "",
        "'",
        '"',
        "a\rb",
        "a\n1,2",
        "\x1c=2",
        "\x85@",
        "\u2060+",
        "＝",
        "“-”",
        "ё",
        "é",
        "\\.",
        ",",
        "@",
    ]
    at = dt.datetime(2025, 5, 17, 1, 2, 3, tzinfo=dt.UTC)
    for index, text in enumerate(texts):
        quote = f.QuoteFactory(accepted=True, role=text, snapshot__source__publisher=text, speaker__name=text or "x")
        quote.claim.topics.add(*(f.TopicFactory(name=f"{text} {name}{index}") for name in ("b", "B", "я")))
        updated_at = at + dt.timedelta(microseconds=index % 3)
        Claim.objects.filter(pk=quote.claim_id).update(text=text or "x", updated_at=updated_at, released_at=updated_at)
        f.VerificationFactory(claim=quote.claim, published=True, explanation=text or "x", published_at=at)
    for resource, raw in itertools.product(RESOURCES.values(), (False, True)):
        by_database = b"".join(resource_csv.stream_csv(resource, raw=raw, size=size, first=2))
        # Some rows are read in another way than the whole list.
        assert by_database == b"".join(resource_csv.stream_csv(resource, resource.rows(), raw=raw, size=size, first=2))
        with monkeypatch.context() as patched:
            patched.setattr(pg_copy, "is_copy_available", lambda: False)
            by_python = b"".join(resource_csv.stream_csv(resource, resource.rows(), raw=raw))
        assert by_database == by_python
        assert len(read_csv(by_python.decode())) == resource.rows().count()
    assert len(read_csv(claims_csv_text())) == len(texts)


@pytest.mark.parametrize("width", [1, 2, 3])
def test_columns_are_written_as_rows_are(width):
    texts = [
        "",
        None,
        "a",
        'a"b',
        '"',
        "a,b",
        "a\nb",
        "a\rb",
        "a\r\nb",
        " a ",
        "'",
        "\\.",
        "\0",
        "ё",
        "\u2028",
        7,
        -1.5,
    ]
    rows = list(itertools.product(texts, repeat=width))
    assert format_csv_columns(list(zip(*rows, strict=True))) == format_csv(rows)


@pytest.mark.django_db
def test_bom_adds_a_byte_order_mark():
    assert claims_csv_text(bom=True) == "\ufeff" + claims_csv_text()


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 50])
def test_blocks_contain_every_claim_once_in_list_order(client, size):
    at = timezone.now()
    for _ in range(7):
        claim = f.QuoteFactory(accepted=True).claim
        Claim.objects.filter(pk=claim.pk).update(released_at=at)
    blocks = list(iter_claim_blocks(size=size))
    ids = [row[0] for block in blocks for row in block]
    assert ids == [row["id"] for row in client.get("/api/v1/claims/").json()["results"]]
    assert len(ids) == len(set(ids)) == 7
    assert all(len(block) <= size for block in blocks)


@pytest.mark.django_db
def test_one_query_per_block_or_one_in_all(django_assert_num_queries):
    for _ in range(7):
        f.QuoteFactory(accepted=True)
    with django_assert_num_queries(3):
        assert sum(len(block) for block in iter_claim_blocks(size=3)) == 7
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 3):  # one COPY, or blocks
        assert sum(block.count(b"\r\n") for block in resource_csv.stream_csv(CLAIMS, CLAIMS.rows(), size=3)) == 8


@pytest.mark.django_db
def test_a_quote_rejected_during_the_export_removes_its_row():
    for _ in range(4):
        f.QuoteFactory(accepted=True)
    blocks = iter_claim_blocks(size=2)
    first = next(blocks)
    Quote.objects.update(decision="rejected")
    assert len(first) == 2
    assert list(blocks) == []


@pytest.mark.django_db
def test_the_api_returns_the_same_csv(client):
    f.QuoteFactory(accepted=True)
    Claim.objects.update(text="=1+1")
    response = client.get("/api/v1/claims/?format=csv&raw=1&bom=true&kind=direct")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="claims.csv"'
    assert b"".join(response.streaming_content).decode() == claims_csv_text(raw=True, bom=True)
    assert read_csv(b"".join(client.get("/api/v1/claims/?format=csv&kind=mixed").streaming_content).decode()) == []
    metadata_url = response["Link"].partition("<")[2].partition(">")[0]
    assert response["Link"].endswith('; rel="describedby"; type="application/csvm+json"')
    url = "http://testserver/api/v1/claims.csv?raw=1&bom=true&kind=direct"
    assert client.get(metadata_url).json() == csvw.csvw_metadata("claims", CLAIMS.table.columns, url=url)


@pytest.mark.django_db
def test_the_metadata_describes_the_columns():
    columns = csvw.csvw_metadata("claims", CLAIMS.table.columns, url="claims.csv")["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == CLAIMS.table.header == CONTRACT
    types = {column["name"]: (column["datatype"], column.get("required")) for column in columns}
    assert types["claim_id"] == ("integer", True)
    assert types["rating_value"] == ("integer", False)
    assert types["said_on"] == ("date", False)
    assert types["updated_at"] == ("dateTime", True)
    assert types["claim"] == ("string", None)
    assert [column["name"] for column in columns if "separator" in column] == ["topics"]
