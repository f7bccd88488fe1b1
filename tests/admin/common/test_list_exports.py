"""Export of changelists and of selected rows as CSV and XLSX."""

import csv
import io
import zipfile
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.export.tabular import model_table, xlsx
from claims.export.tabular.admin_tables import ADMIN_TABLES
from claims.export.tabular.csv_injection import remove_guard
from claims.models import Claim, Quote, Topic
from tests import factories as make
from tests.admin.admin_client import admin_url, displayed_messages, run_list_action
from tests.admin.sample_data import create_sample_rows

pytestmark = pytest.mark.both_databases

CLAIMS_MODELS = [model for model in admin.site._registry if model._meta.app_label == "claims"]


def response_bytes(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content)


def csv_rows(response: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response_bytes(response).decode(), newline="")))


def export_list(client: Client, model: Any, form: str = "csv", **query: object) -> HttpResponse:
    return client.get(admin_url("export", model, form), query)


def test_every_list_exports_all_rows(client: Client, editor: User) -> None:
    create_sample_rows(2, by=editor)
    for model in CLAIMS_MODELS:
        listing = client.get(admin_url("changelist", model), {"all": 1})
        displayed = [str(row.pk) for row in listing.context["cl"].get_queryset(listing.wsgi_request)]
        response = csv_rows(export_list(client, model))
        assert [next(iter(row.values())) for row in response] == displayed, model
        assert displayed, model
        assert [link["name"] for link in listing.context["exports"]][-2:] == ["CSV", "XLSX"], model


def test_export_query_count_is_constant(client: Client, editor: User) -> None:
    def costs() -> dict[str, int]:
        result = {}
        for model in CLAIMS_MODELS:
            with CaptureQueriesContext(connection) as captured:
                response_bytes(export_list(client, model))
            result[model.__name__] = len(captured)
        return result

    create_sample_rows(1, by=editor)
    costs()
    one = costs()
    create_sample_rows(3, by=editor)
    assert costs() == one


def test_export_has_all_columns_of_a_quote(client: Client) -> None:
    quote = make.QuoteFactory(accepted=True, role="Minister", candidates=["Lena Ford", "L. Ford"])
    (row,) = csv_rows(export_list(client, Quote))
    assert row["quote_id"] == str(quote.pk)
    assert (row["quote"], row["start"], row["end"], row["spans"]) == ("Rivers are full.", "17", "33", "17-33")
    assert (row["speaker_id"], row["speaker"]) == (str(quote.speaker_id), quote.speaker.name)
    assert (row["source_title"], row["snapshot_sha256"]) == (quote.snapshot.source.title, quote.snapshot.sha256)
    assert (row["decision"], row["decided_by"]) == ("accepted", quote.decided_by.username)
    assert row["decided_at"].endswith("Z")
    assert row["candidates"] == "Lena Ford; L. Ford"
    assert quote.snapshot.text[int(row["start"]) : int(row["end"])] == row["quote"]


def test_export_follows_filters_search_and_order(client: Client) -> None:
    pending = make.QuoteFactory.create_batch(3)
    make.QuoteFactory(accepted=True)
    rows = csv_rows(export_list(client, Quote, decision__exact="pending", p=2, all=1, e=1))
    assert [row["quote_id"] for row in rows] == [str(quote.pk) for quote in pending]
    searched = csv_rows(export_list(client, Quote, q=pending[1].snapshot.source.title))
    assert [row["quote_id"] for row in searched] == [str(pending[1].pk)]
    listing = client.get(admin_url("changelist", Quote), {"decision__exact": "pending", "p": 2})
    assert [link["url"].partition("?")[2] for link in listing.context["exports"]] == ["decision__exact=pending"] * 2


def test_selected_rows_are_exported(client: Client) -> None:
    first, _, third = make.QuoteFactory.create_batch(3)
    response = csv_rows(run_list_action(client, "rows_as_csv", first, third))
    assert [row["quote_id"] for row in response] == [str(first.pk), str(third.pk)]
    assert response_bytes(run_list_action(client, "rows_as_xlsx", first))[:2] == b"PK"


def test_export_requires_view_permission(db: None) -> None:
    make.QuoteFactory()
    user = make.UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename="view_quote"))
    client = Client()
    client.force_login(user)
    assert len(csv_rows(export_list(client, Quote))) == 1
    assert export_list(client, Claim).status_code == 403
    assert export_list(Client(), Quote).status_code == 302
    offered = client.get(admin_url("changelist", Quote)).context["action_form"].fields["action"].choices
    assert [name for name, _ in offered if name] == ["rows_as_csv", "rows_as_xlsx"]


@pytest.mark.parametrize("form", ["pdf", "xls", "csvx"])
def test_unknown_export_format_is_not_found(client: Client, form: str) -> None:
    assert export_list(client, Quote, form).status_code == 404


@pytest.mark.parametrize(
    "query", [{"id__exact": "9" * 23}, {"id__exact": "abc"}, {"speaker__id__exact": "\0"}, {"q": "\0"}]
)
def test_values_out_of_range_are_refused(client: Client, query: dict[str, str]) -> None:
    assert export_list(client, Quote, **query).status_code in {200, 302, 400}


HOSTILE = [
    "=1+1",
    "@SUM(A1)",
    "-2",
    "\t=1",
    "'=1",
    "''+x",
    "'plain",
    "plain",
    'a"b;c,d\r\ne',
    "שלום = שלום",
    "e\u0301\U0001f600",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_guarded_cell_is_imported_unchanged(client: Client, text: str) -> None:
    make.ClaimFactory(text=text)
    (row,) = csv_rows(export_list(client, Claim))
    assert not row["claim"].startswith(("=", "@", "-", "\t"))
    assert remove_guard(row["claim"]) == text


def worksheet_xml(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()


def test_workbook_stores_text_as_text(client: Client) -> None:
    make.ClaimFactory(text="=HYPERLINK(1)", said_on="1789-07-14")
    make.ClaimFactory(text="https://example.org", said_on="2026-01-02")
    written = worksheet_xml(response_bytes(export_list(client, Claim, "xlsx")))
    assert "<f>" not in written
    assert "=HYPERLINK(1)" in written
    assert "1789-07-14" in written
    assert "<v>46024</v>" in written, "a day that Excel can count is one"


def test_data_exceeding_workbook_limits_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    long = make.ClaimFactory(text="ж" * 32_768)
    response = export_list(client, Claim, "xlsx", speaker__id__exact=long.speaker_id)
    assert response.status_code == 302
    assert response.url == f"{admin_url('changelist', Claim)}?speaker__id__exact={long.speaker_id}"
    assert displayed_messages(response) == [
        "An Excel cell holds at most 32,767 characters, and a text in row 2 has 32,768. Export as CSV."
    ]
    assert len(csv_rows(export_list(client, Claim))[0]["claim"]) == 32_768
    Claim.objects.update(text="ж" * 32_767)
    assert len(response_bytes(export_list(client, Claim, "xlsx"))) > 5000
    Claim.objects.update(text="\U0001f600" * 20_000)
    assert "has 40,000" in displayed_messages(export_list(client, Claim, "xlsx"))[-1], "a cell counts as UTF-16 does"
    Claim.objects.update(text="Short.")
    monkeypatch.setattr(xlsx, "MAX_SHEET_ROWS", 2)
    make.ClaimFactory()
    assert response_bytes(export_list(client, Claim, "xlsx")).startswith(b"PK")
    make.ClaimFactory()
    assert (
        "This list has 3 rows, and an Excel sheet holds at most 2."
        in displayed_messages(export_list(client, Claim, "xlsx"))[-1]
    )
    assert "3 rows" in displayed_messages(run_list_action(client, "rows_as_xlsx", *Claim.objects.all()))[-1]


def test_blocks_keep_the_order_and_skip_deleted_rows(db: None) -> None:
    claims = make.ClaimFactory.create_batch(5)
    ids = [claims[at].pk for at in (3, 0, 4, 1, 2)]
    claims[0].delete()
    result = [row[0] for block in model_table.iter_table_blocks(ADMIN_TABLES[Claim], ids, size=2) for row in block]
    assert result == [pk for pk in ids if pk != ids[1]]


def test_blocks_are_streamed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_table, "TABLE_BLOCK_SIZE", 2)
    ids = [topic.pk for topic in make.TopicFactory.create_batch(5)]
    fetched: list[int] = []
    filtered = QuerySet.filter

    def counted(rows: Any, *args: Any, **kwargs: Any) -> Any:
        fetched.append(len(kwargs.get("pk__in", ())))
        return filtered(rows, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "filter", counted)
    stream = model_table.stream_table_csv(ADMIN_TABLES[Topic], ids)
    next(stream)
    assert sum(fetched) == 0
    next(stream)
    assert max(fetched) == 2
