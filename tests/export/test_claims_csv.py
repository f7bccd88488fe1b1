"""Claims as CSV."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone

from claims.export.tabular import claim_rows as flat
from claims.export.tabular import claims_csv, csv_injection, csvw
from claims.models import Claim, Quote
from tests import factories as f

CONTRACT = (  # noqa: SIM905  # as design.md has it
    "claim_id, claim, status, rating_value, explanation, verified_on, speaker_id, speaker, speaker_wikidata, "
    "speaker_role, said_on, quote_id, quote, quote_kind, quote_start, quote_end, source_id, publisher, source_title, "
    "source_url, published_on, snapshot_sha256, topics, appearances, updated_at, url"
).split(", ")


def released_claims_with_status():
    return Claim.objects.released().with_status()


def claims_csv_text(**options) -> str:
    return b"".join(claims_csv.stream_claims_csv(released_claims_with_status(), **options)).decode()


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.django_db
def test_a_row():
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
def test_the_first_quote_is_the_first_that_is_released():
    pending = f.QuoteFactory()
    accepted = f.QuoteFactory(accepted=True, claim=pending.claim, speaker=pending.speaker)
    Claim.objects.update(released_at=timezone.now())
    assert [row["quote_id"] for row in read_csv(claims_csv_text())] == [str(accepted.pk)]


@pytest.mark.django_db
def test_a_claim_of_which_little_is_known():
    quote = f.QuoteFactory(accepted=True)
    Claim.objects.update(speaker=None)
    (row,) = read_csv(claims_csv_text())
    assert (row["status"], row["rating_value"], row["verified_on"], row["speaker_id"]) == ("unreviewed", "", "", "")
    assert row["quote_id"] == str(quote.pk)


@pytest.mark.django_db
def test_lines_and_quoting_are_those_of_rfc_4180():
    f.QuoteFactory(accepted=True)
    Claim.objects.update(text='He said "a, b"\nand\r\nc; я')
    text = claims_csv_text()
    assert text.startswith("claim_id,claim,status,")
    assert text.count("\r\n") == 3
    assert text.endswith("\r\n")
    assert '"He said ""a, b""\nand\r\nc; я"' in text
    assert read_csv(text)[0]["claim"] == 'He said "a, b"\nand\r\nc; я'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        (start + "cmd|'/C calc'!A0", True)
        for start in ("=", "+", "-", "@", "\t", "\r", "\n", " =", "\ufeff=", "\u200b-", "＝", "\xa0@")
    ]
    + [("- We are ready, he said", True), ("3 - 2 = 1", False), ("'quoted'", False), (" plain", False), ("—", False)],
)
def test_what_a_spreadsheet_would_run_is_guarded(text, guarded):
    f.QuoteFactory(accepted=True)
    Claim.objects.update(text=text)
    assert read_csv(claims_csv_text())[0]["claim"] == ("'" + text if guarded else text)
    assert read_csv(claims_csv_text(raw=True))[0]["claim"] == text


def test_nul_is_guarded_and_numbers_are_not():
    assert csv_injection.guard_formula("\0=1") == "'\0=1"
    assert csv_injection.guard_formula(-1) == -1


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_either_database_writes_the_same_bytes(size, monkeypatch):
    """The rows as Python writes them are the rows as PostgreSQL does (`COPY`), to the byte."""
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
    for n, text in enumerate(texts):
        quote = f.QuoteFactory(accepted=True, role=text, snapshot__source__publisher=text, speaker__name=text or "x")
        quote.claim.topics.add(*(f.TopicFactory(name=f"{text} {name}{n}") for name in ("b", "B", "я")))
        moment = at + dt.timedelta(microseconds=n % 3)
        Claim.objects.filter(pk=quote.claim_id).update(text=text or "x", updated_at=moment, released_at=moment)
        f.VerificationFactory(claim=quote.claim, published=True, explanation=text or "x", published_at=at)
    for raw in (False, True):
        by_this_database = b"".join(
            claims_csv.stream_claims_csv(released_claims_with_status(), raw=raw, size=size, first=2)
        )
        with monkeypatch.context() as patched:
            patched.setattr(claims_csv.copying, "possible", lambda: False)
            by_python = b"".join(claims_csv.stream_claims_csv(released_claims_with_status(), raw=raw))
        assert by_this_database == by_python
        assert len(read_csv(by_python.decode())) == len(texts)


@pytest.mark.django_db
def test_excel_gets_a_mark():
    assert claims_csv_text(bom=True) == "\ufeff" + claims_csv_text()


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 50])
def test_blocks_meet_every_claim_once_in_the_order_of_the_list(client, size):
    at = timezone.now()
    for _ in range(7):
        claim = f.QuoteFactory(accepted=True).claim
        Claim.objects.filter(pk=claim.pk).update(released_at=at)
    blocks = list(flat.iter_claim_blocks(released_claims_with_status(), size=size))
    ids = [row[0] for block in blocks for row in block]
    assert ids == [row["id"] for row in client.get("/api/v1/claims/").json()["results"]]
    assert len(ids) == len(set(ids)) == 7
    assert all(len(block) <= size for block in blocks)


@pytest.mark.django_db
def test_the_cost_is_that_of_the_blocks(django_assert_num_queries):
    for _ in range(7):
        f.QuoteFactory(accepted=True)
    with django_assert_num_queries(3):
        assert sum(len(block) for block in flat.iter_claim_blocks(released_claims_with_status(), size=3)) == 7
    with django_assert_num_queries(3):
        assert (
            sum(block.count(b"\r\n") for block in claims_csv.stream_claims_csv(released_claims_with_status(), size=3))
            == 8
        )


@pytest.mark.django_db
def test_a_quote_rejected_during_the_export_takes_its_row_along():
    for _ in range(4):
        f.QuoteFactory(accepted=True)
    blocks = flat.iter_claim_blocks(released_claims_with_status(), size=2)
    first = next(blocks)
    Quote.objects.update(decision="rejected")
    assert len(first) == 2
    assert list(blocks) == []


@pytest.mark.django_db
def test_the_same_over_http(client):
    f.QuoteFactory(accepted=True)
    Claim.objects.update(text="=1+1")
    response = client.get("/api/v1/claims/?format=csv&raw=1&bom=true&kind=direct")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="claims.csv"'
    assert b"".join(response.streaming_content).decode() == claims_csv_text(raw=True, bom=True)
    assert read_csv(b"".join(client.get("/api/v1/claims/?format=csv&kind=mixed").streaming_content).decode()) == []
    address = response["Link"].partition("<")[2].partition(">")[0]
    assert response["Link"].endswith('; rel="describedby"; type="application/csvm+json"')
    assert client.get(address).json() == csvw.csvw_metadata("claims", flat.CLAIM_COLUMNS)


@pytest.mark.django_db
def test_the_description_describes_the_columns():
    described = csvw.csvw_metadata("claims", flat.CLAIM_COLUMNS)["tableSchema"]["columns"]
    assert [column["name"] for column in described] == list(claims_csv.CSV_HEADER) == CONTRACT
    types = {column["name"]: (column["datatype"], column.get("required")) for column in described}
    assert types["claim_id"] == ("integer", True)
    assert types["rating_value"] == ("integer", False)
    assert types["said_on"] == ("date", False)
    assert types["updated_at"] == ("dateTime", True)
    assert types["claim"] == ("string", None)
    assert [column["name"] for column in described if "separator" in column] == ["topics"]
