"""CSV on the Web: the metadata that a CSV links to describes that CSV, whatever its query.

The rules are those of W3C's Model for Tabular Data and Metadata: metadata that does not name the very URL of the table
is ignored, and the header row must have the titles of all columns in their order.
"""

import csv
import datetime as dt
import io
import re
from urllib.parse import unquote, urljoin

import pytest

from claims.resources import RESOURCES
from tests import factories as f
from tests.api.formats import response_content

SITE = "http://testserver"
# RFC 6570, as the standard requires of names; and what a URL may consist of (RFC 3986).
VARIABLE_NAME = re.compile(r"([A-Za-z0-9]|%[0-9A-F]{2})([A-Za-z0-9_.]|%[0-9A-F]{2})*")
URI = re.compile(r"([A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
PARSERS = {
    "integer": int,
    "double": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": dt.date.fromisoformat,
    "dateTime": dt.datetime.fromisoformat,
    "string": str,
}


def check_described(client, address, **headers):
    """Checks the CSV at this address by the metadata that it links to. Returns its URL, its columns and its rows."""
    response = client.get(address, headers=headers)
    assert response["Content-Type"].startswith("text/csv")
    url = urljoin(SITE + address, response["Content-Location"])
    link = re.fullmatch('<([^<>]*)>; rel="describedby"; type="application/csvm\\+json"', response["Link"])[1]
    described = client.get(link.removeprefix(SITE))
    assert described["Content-Type"] == "application/csvm+json"
    metadata = described.json()
    assert URI.fullmatch(link)
    assert URI.fullmatch(url)
    assert urljoin(link, metadata["url"]) == url
    content = response_content(client.get(url.removeprefix(SITE)))
    assert content == response_content(response)
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    schema = metadata["tableSchema"]
    columns = schema["columns"]
    assert [column["titles"] for column in columns] == header
    names = [column["name"] for column in columns]
    assert len(set(names)) == len(names)
    assert all(VARIABLE_NAME.fullmatch(name) for name in names)
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            check_cell(cell, column)
    if "primaryKey" in schema:
        keys = [row[names.index(schema["primaryKey"])] for row in rows]
        assert len(set(keys)) == len(keys)
    return url, header, rows, schema.get("primaryKey")


def check_cell(cell, column):
    assert cell or not column.get("required"), column
    parts = cell.split(column["separator"]) if "separator" in column else [cell]
    for part in filter(None, parts):
        PARSERS[column["datatype"]](part)


ADDRESSES = [  # the path of a CSV, that of its own URL if it has another one, and its primary key
    ("quotes.csv?kind=direct&fields=id,text", None, "id"),
    ("quotes.csv?fields=text,id,speaker.name", None, "id"),
    ("quotes.csv?fields=text&fields=speaker", None, None),
    ("quotes.csv?fields=speaker.id,source.id", None, None),
    ("quotes.csv?expand=speaker,source,claim", None, "quote_id"),
    ("quotes.csv?bom=1&raw=1&ordering=oldest", None, "quote_id"),
    ("quotes.csv?kind=direct&kind=indirect&fields=id%2Ckind", None, "id"),
    ("quotes.csv?q=%22a+b%22%20c&fields=id", None, "id"),
    ("quotes.csv?q=%0d%0aX-Injected:%201%3E%3B%20rel%3Dnext", None, "quote_id"),
    ("quotes.csv?updated_since=2000-01-01T00:00:00Z&fields=id", None, "id"),
    ("quotes.csv", None, "quote_id"),
    ("quotes.csv?", "quotes.csv", "quote_id"),
    ("quotes.csv?format=csv&fields=id", "quotes.csv?fields=id", "id"),
    ("quotes/?format=csv", "quotes.csv", "quote_id"),
    ("quotes/?kind=direct&format=csv&fields=id,text", "quotes.csv?kind=direct&fields=id,text", "id"),
    ("quotes/?%66ormat=csv&fields=id", "quotes.csv?fields=id", "id"),
    ("claims.csv?fields=id,text,topics,corrections", None, "id"),
    ("claims/?format=csv&expand=speaker", "claims.csv?expand=speaker", "claim_id"),
    # Not URLs, but servers let them pass.
    ('quotes.csv?q="a>; rel=next, <b"', "quotes.csv?q=%22a%3E;%20rel=next,%20%3Cb%22", "quote_id"),
    ("quotes.csv?q=налог&fields=id", "quotes.csv?q=%D0%BD%D0%B0%D0%BB%D0%BE%D0%B3&fields=id", "id"),
]


@pytest.mark.sqlite_suffices
@pytest.mark.parametrize(("path", "own_path", "primary_key"), ADDRESSES, ids=[case[0] for case in ADDRESSES])
def test_the_metadata_is_of_the_csv_that_links_to_it(client, full_quote, path, own_path, primary_key):
    url, header, _, key = check_described(client, f"/api/v1/{path}")
    assert url == f"{SITE}/api/v1/{own_path or path}"
    assert key == primary_key
    if wanted := re.search("[?&]fields=([^&]*)$", unquote(path)):
        assert {name.partition(".")[0] for name in header} >= {name.partition(".")[0] for name in wanted[1].split(",")}


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_list_is_described_with_all_its_fields(client, full_quote, resource):
    fields = ",".join(RESOURCES[resource].serializer_class().fields)
    _, header, rows, key = check_described(client, f"/api/v1/{resource}.csv?fields={fields}")
    assert key == "id"
    assert rows
    assert len(header) >= len(fields.split(","))


def test_the_metadata_of_a_filtered_list_is_of_its_rows(client, full_quote):
    f.QuoteFactory(accepted=True)
    path = f"/api/v1/quotes/?speaker={full_quote.speaker_id}&fields=id,text"
    url, header, rows, _ = check_described(client, path, accept="text/csv")
    assert url == f"{SITE}/api/v1/quotes.csv?speaker={full_quote.speaker_id}&fields=id,text"
    assert header == ["id", "text"]
    assert [int(row[0]) for row in rows] == [full_quote.pk]


@pytest.mark.sqlite_suffices
@pytest.mark.parametrize("character", ["#", "%23"])
def test_a_number_sign_stays_in_the_query(client, full_quote, character):
    response = client.get("/api/v1/quotes.csv", QUERY_STRING=f"q=a{character}b&fields=id")
    assert response["Content-Location"] == f"{SITE}/api/v1/quotes.csv?q=a%23b&fields=id"
    assert "csv-metadata.json?q=a%23b&fields=id>" in response["Link"]


@pytest.mark.sqlite_suffices
@pytest.mark.parametrize(
    "query",
    ["nosuch=1", "fields=nosuch", "fields=", "kind=nosuch", "speaker=x", "speaker=1&speaker=x", "cursor=a",
     "page_size=5", "ordering=relevance&q=a", "ordering=nosuch", "raw=maybe", "count=exact", "format=csv2",
     "target=article", "said_after=2021-01-01&said_before=2020-01-01", "status=nosuch"],
)  # fmt: skip
def test_the_metadata_refuses_what_the_csv_refuses(client, db, query):
    answers = [client.get(f"/api/v1/quotes.{suffix}?{query}") for suffix in ("csv", "csv-metadata.json")]
    assert [answer.status_code for answer in answers] == [400, 400]
    table, metadata = ([error["parameter"] for error in answer.json()["errors"]] for answer in answers)
    assert table == metadata


@pytest.mark.sqlite_suffices
def test_the_metadata_is_not_a_format_of_the_list(client, db):
    assert client.get("/api/v1/quotes/?format=csv-metadata.json").status_code == 400
    assert client.get("/api/v1/quotes/", headers={"accept": "application/csvm+json"}).status_code == 406
    assert "Link" not in client.head("/api/v1/quotes.xlsx")
