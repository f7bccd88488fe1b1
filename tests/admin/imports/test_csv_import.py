"""CSV import: a dry run, then all rows or none."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from claims.models import Claim, Operation, Quote
from claims.services.history import audit
from tests import factories as make
from tests.admin.admin_client import admin_url, displayed_messages, run_list_action
from tests.admin.common.test_list_exports import response_bytes
from tests.table_contents import dump_app


def upload_csv(client: Client, model: Any, text: str | bytes, name: str = "x.csv") -> HttpResponse:
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(admin_url("import", model), {"file": SimpleUploadedFile(name, data)})


def confirm_import(client: Client, model: Any, page: HttpResponse) -> HttpResponse:
    return client.post(admin_url("import", model), {"draft": page.context["draft"]})


def login_importer(*names: str) -> Client:
    user = make.UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def test_dry_run_shows_each_result_and_stores_nothing(client: Client) -> None:
    old = make.ClaimFactory(text="Rivers are full.")
    before = dump_app()
    page = upload_csv(client, Claim, f"claim_id,claim,source\n{old.pk},Rivers are dry.,x\n,Bridges hold.,y\n")
    html = page.content.decode()
    assert "1 new, 1 changed" in html
    assert "<bdi>Rivers are full.</bdi> → <bdi>Rivers are dry.</bdi>" in html
    assert "Ignored columns: <bdi>source</bdi>" in html
    assert admin_url("change", old) in html
    assert dump_app() == before


def test_confirming_imports_all_rows(client: Client) -> None:
    page = upload_csv(client, Claim, "claim;topics\r\nBridges hold.;\r\nRoads are dry.;\r\n")
    done = confirm_import(client, Claim, page)
    assert displayed_messages(done) == ["“x.csv” imported: 2 new."]
    assert done.url == admin_url("changelist", Claim)
    assert Claim.objects.count() == 2
    assert Operation.objects.get().summary == "Imported claims from “x.csv”: 2 new"
    again = confirm_import(client, Claim, page)
    assert "The data has changed since the dry run" in displayed_messages(again)[-1]
    assert Claim.objects.count() == 2


def test_rejected_row_prevents_the_import(client: Client) -> None:
    page = upload_csv(client, Claim, "claim,speaker\nBridges hold.,Nobody\n")
    html = page.content.decode()
    assert "No speaker named" in html
    assert "Nothing was imported" in html
    assert "Import the valid rows" not in html
    assert not Claim.objects.exists()


MIXED = "claim,speaker,topics,remark\nBridges hold.,,,ok\nRoads are dry.,Nobody,,=1+1\n,,,empty\n"


def test_the_valid_rows_are_imported_and_the_rejected_ones_downloaded(client: Client) -> None:
    page = upload_csv(client, Claim, MIXED, name="claims 1.csv")
    html = page.content.decode()
    assert "Dry run of “claims 1.csv”: 1 new, 2 rejected" in html
    assert "2 rows cannot be" in html
    assert not Claim.objects.exists()
    done = confirm_import(client, Claim, page)
    assert "“claims 1.csv” imported: 1 new." in done.content.decode()
    assert "2 rows were not imported" in done.content.decode()
    assert Claim.objects.get().text == "Bridges hold."
    assert Operation.objects.get().summary == "Imported claims from “claims 1.csv”: 1 new"
    for shown in (page, done):
        file = client.post(admin_url("import", Claim), {"draft": shown.context["draft"], "rejected": "1"})
        assert file["Content-Disposition"] == 'attachment; filename="claims-1-rejected.csv"'
        assert file.content.decode("utf-8-sig") == (
            "claim,speaker,topics,remark,error\r\n"
            "Roads are dry.,Nobody,,'=1+1,No speaker named “Nobody”. Add the speaker first.\r\n"
            ",,,empty,Claim text is empty.\r\n"
        )
    confirm_import(client, Claim, page)
    assert Claim.objects.count() == 1, "the second time, nothing is new"


def test_rejected_rows_can_be_mended_and_imported(client: Client) -> None:
    page = upload_csv(client, Claim, MIXED)
    confirm_import(client, Claim, page)
    file = client.post(admin_url("import", Claim), {"draft": page.context["draft"], "rejected": "1"})
    again = upload_csv(client, Claim, file.content)
    assert "2 rejected" in again.content.decode()
    twice = client.post(admin_url("import", Claim), {"draft": again.context["draft"], "rejected": "1"})
    assert twice.content == file.content, "one column of errors, and one guard"
    mended = upload_csv(
        client, Claim, file.content.decode("utf-8-sig").replace("Nobody,", ",").replace(",,,empty", "Ok,,,")
    )
    confirm_import(client, Claim, mended)
    assert set(Claim.objects.values_list("text", flat=True)) == {"Bridges hold.", "Roads are dry.", "Ok"}


def test_valid_decisions_are_imported_without_the_rejected_ones(client: Client) -> None:
    good, without_speaker = make.QuoteFactory(), make.QuoteFactory(speaker=None)
    rows = "".join(f"{quote.pk},accepted\n" for quote in (good, without_speaker))
    page = upload_csv(client, Quote, f"quote_id,decision\n{rows}999,rejected\n")
    assert not Quote.objects.accepted().exists()
    confirm_import(client, Quote, page)
    assert list(Quote.objects.accepted()) == [good]
    file = client.post(admin_url("import", Quote), {"draft": page.context["draft"], "rejected": "1"})
    assert [line.split(",")[:2] for line in file.content.decode("utf-8-sig").splitlines()] == [
        ["quote_id", "decision"],
        [str(without_speaker.pk), "accepted"],
        ["999", "rejected"],
    ]


def test_valid_rows_must_match_their_dry_run(client: Client) -> None:
    claim = make.ClaimFactory(text="Rivers are full.")
    page = upload_csv(client, Claim, f"claim_id,claim\n{claim.pk},Rivers are dry.\n999,Roads\n")
    claim.text = "Rivers are wide."
    audit.update([claim], ["text"], user=make.UserFactory(), reason="reworded")
    response = confirm_import(client, Claim, page)
    assert "The data has changed since the dry run" in displayed_messages(response)[0]
    assert Claim.objects.get().text == "Rivers are wide."


def test_changes_since_the_dry_run_are_shown(client: Client) -> None:
    claim = make.ClaimFactory(text="Rivers are full.")
    page = upload_csv(client, Claim, f"claim_id,claim\n{claim.pk},Rivers are dry.\n")
    claim.text = "Rivers are wide."
    audit.update([claim], ["text"], user=make.UserFactory(), reason="reworded")
    response = confirm_import(client, Claim, page)
    assert "The data has changed since the dry run" in displayed_messages(response)[0]
    assert "<bdi>Rivers are wide.</bdi> → <bdi>Rivers are dry.</bdi>" in response.content.decode()
    assert Claim.objects.get().text == "Rivers are wide."
    confirm_import(client, Claim, response)
    assert Claim.objects.get().text == "Rivers are dry."


def test_import_decisions(client: Client) -> None:
    quote = make.QuoteFactory()
    page = upload_csv(client, Quote, f"quote_id,decision\n{quote.pk},accepted\n")
    assert "decision: <bdi>Pending</bdi> → <bdi>Accepted</bdi>" in page.content.decode()
    confirm_import(client, Quote, page)
    quote.refresh_from_db()
    assert quote.decision == "accepted"


def test_exported_list_can_be_imported(client: Client) -> None:
    quotes = make.QuoteFactory.create_batch(2)
    exported = response_bytes(run_list_action(client, "rows_as_csv", *quotes)).decode()
    page = upload_csv(client, Quote, exported.replace("pending", "rejected", 1))
    assert "1 changed, 1 unchanged" in page.content.decode()
    confirm_import(client, Quote, page)
    assert sorted(Quote.objects.values_list("decision", flat=True)) == ["pending", "rejected"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "is empty"),
        (b"\xff", "not UTF-8"),
        (b"claim\nx\0", "null character"),
        (b"x" * 1_000_001, "more than 1,000,000 bytes"),
        (b"text\nx", "column “claim” is missing"),
        (b"claim,claim\nx,y", "appears twice"),
        (b"claim\n" + b"x," * 400_000, "400,001 cells"),
    ],
    ids=["empty", "no text", "NUL", "too long", "no column", "twice", "many cells"],
)
def test_invalid_file_is_explained(client: Client, text: bytes, why: str) -> None:
    page = upload_csv(client, Claim, text)
    assert page.status_code == 200
    assert why in page.content.decode()


def test_missing_file_is_explained(client: Client) -> None:
    assert "This field is required" in client.post(admin_url("import", Claim)).content.decode()


def test_cells_are_escaped(client: Client) -> None:
    hostile = "<script>alert(1)</script>"
    page = upload_csv(client, Claim, f"claim,speaker,{hostile}\n{hostile},{hostile},x\n", name=f"{hostile}.csv")
    assert hostile not in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()


@pytest.mark.parametrize("draft", ["", "x", "a:b:c", "\0", "eyJ9:1:2" * 1000])
def test_forged_draft_is_refused(client: Client, draft: str) -> None:
    response = client.post(admin_url("import", Claim), {"draft": draft})
    assert "This dry run is invalid or has expired" in displayed_messages(response)[0]
    assert not Claim.objects.exists()


def test_draft_of_another_user_is_refused(client: Client, colleague: Client) -> None:
    page = upload_csv(client, Claim, "claim\nBridges hold.\n")
    assert colleague.post(admin_url("import", Claim), {"draft": page.context["draft"]}).status_code == 403
    assert client.post(admin_url("import", Quote), {"draft": page.context["draft"]}).status_code == 403
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("model", "enough", "too_little"),
    [
        (Claim, ("view_claim", "add_claim", "change_claim"), ("view_claim", "change_claim")),
        (Quote, ("view_quote", "decide_quote"), ("view_quote", "change_quote")),
    ],
    ids=["claims", "decisions"],
)
def test_import_requires_all_permissions(
    model: Any, enough: tuple[str, ...], too_little: tuple[str, ...], db: None
) -> None:
    page = admin_url("import", model)
    may, may_not = login_importer(*enough), login_importer(*too_little)
    assert may.get(page).status_code == 200
    assert may_not.get(page).status_code == may_not.post(page, {"draft": "x"}).status_code == 403
    listed = [client.get(admin_url("changelist", model)).context["imports"] for client in (may, may_not)]
    assert [bool(links) for links in listed] == [True, False]
    assert Client().get(page).status_code == 302
