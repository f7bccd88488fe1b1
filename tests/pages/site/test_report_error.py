"""The form for errors: what is stored, what is refused, and who may send how much."""

from collections.abc import Iterator

import pytest
from django.test import Client

from claims.models import ErrorReport, Quote
from claims.pages.site import report_error
from claims.services.site import error_reports
from tests import factories as f

pytestmark = pytest.mark.django_db
REPORT = "/report/"


@pytest.fixture(autouse=True)
def unlimited() -> Iterator[None]:
    report_error.RATE_LIMITER.clear()
    yield
    report_error.RATE_LIMITER.clear()


def test_a_report_on_each_kind_of_row_reaches_the_queue(client: Client, full_quote: Quote) -> None:
    subjects = {
        "claim": (full_quote.claim_id, full_quote.claim.text),
        "quote": (full_quote.pk, full_quote.text),
        "speaker": (full_quote.speaker_id, full_quote.speaker.name),
        "source": (full_quote.snapshot.source_id, full_quote.snapshot.source.title),
    }
    for name, (pk, title) in subjects.items():
        page = client.get(f"{REPORT}?{name}={pk}")
        assert page.status_code == 200
        assert title in page.content.decode()
        assert 'name="robots" content="noindex"' in page.content.decode()
        response = client.post(f"{REPORT}?{name}={pk}", {"text": " Wrong\r\ndate. ", "contact": "ann@example.org"})
        assert (response.status_code, response["Location"]) == (302, "/report/sent/")
        report = ErrorReport.objects.first()
        assert (report.kind, report.object_id, report.subject) == (f"{name}s", pk, title[:300])
        assert (report.text, report.contact, report.state) == ("Wrong\ndate.", "ann@example.org", "new")
    assert client.get("/report/sent/").status_code == 200


def test_a_report_on_the_site_needs_a_text_alone(client: Client) -> None:
    assert client.post(REPORT, {"text": "The search is broken."}).status_code == 302
    report = ErrorReport.objects.get()
    assert (report.kind, report.object_id, report.contact) == ("", None, "")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "This field is required."),
        ({"text": " \r\n "}, "This field is required."),
        ({"text": "x" * 5001}, "at most 5000 characters"),
        ({"text": "x", "contact": "nobody"}, "Enter a valid email address."),
        ({"text": "x", "contact": "a" * 250 + "@example.org"}, "at most 254 characters"),
        ({"text": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_invalid_reports_are_shown_again(client: Client, data: dict[str, str], message: str) -> None:
    response = client.post(REPORT, data)
    assert response.status_code == 422
    html = response.content.decode()
    assert message in html
    assert data.get("contact", "") in html
    assert 'aria-invalid="true"' in html
    assert response["Cache-Control"] == "no-store"
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["claim=0", "claim=999999", f"claim={10**30}", "claim=x", "claim=", "claim=-1", "claim=1&quote=1", "quote=²"],
)
def test_a_report_on_nothing_public_is_404(client: Client, query: str) -> None:
    assert client.get(f"{REPORT}?{query}").status_code == 404
    assert client.post(f"{REPORT}?{query}", {"text": "x"}).status_code == 404


def test_unreleased_rows_are_not_named(client: Client) -> None:
    quote = f.QuoteFactory()
    for name, pk in (("claim", quote.claim_id), ("quote", quote.pk), ("source", quote.snapshot.source_id)):
        assert client.get(f"{REPORT}?{name}={pk}").status_code == 404


def test_what_fills_in_the_hidden_field_is_told_nothing_and_stores_nothing(client: Client) -> None:
    response = client.post(REPORT, {"text": "Buy", "website": "https://spam.example"})
    assert (response.status_code, ErrorReport.objects.count()) == (302, 0)


def test_an_address_is_limited_and_another_is_not(client: Client) -> None:
    first = {"REMOTE_ADDR": "2001:db8:1:2::1"}
    for _ in range(report_error.REPORTS_PER_HOUR):
        assert client.post(REPORT, {"text": "x"}, **first).status_code == 302
    refused = client.post(REPORT, {"text": "Not lost."}, REMOTE_ADDR="2001:db8:1:2:ffff::1")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3601
    assert "Not lost." in refused.content.decode()
    assert client.post(REPORT, {"text": "x"}, REMOTE_ADDR="2001:db8:1:3::1").status_code == 302
    assert ErrorReport.objects.count() == report_error.REPORTS_PER_HOUR + 1


def test_a_full_queue_takes_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(error_reports, "MAX_NEW_REPORTS", 1)
    assert client.post(REPORT, {"text": "x"}).status_code == 302
    assert client.post(REPORT, {"text": "y"}).status_code == 503
    assert ErrorReport.objects.count() == 1


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://testserver", 302), ("https://evil.example", 403), ("null", 403), ("", 403)],
)
def test_a_form_of_another_site_is_refused(origin: str, status: int) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(REPORT, {"text": "x"}, headers={"Origin": origin})
    assert response.status_code == status
    assert not response.cookies
    assert ErrorReport.objects.exists() == (status == 302)


def test_public_answers_are_shown_where_the_same_row_is_reported(client: Client, full_quote: Quote) -> None:
    path = f"{REPORT}?claim={full_quote.claim_id}"
    for text, is_public in (("It is <right>.", True), ("Internal.", False)):
        client.post(path, {"text": "Reader's words.", "contact": "ann@example.org"})
        report = ErrorReport.objects.new().get()
        error_reports.answer_report(report=report, answer=text, is_public=is_public, editor=f.UserFactory())
    for shown_at in (path, f"/claims/{full_quote.claim_id}/"):
        html = client.get(shown_at, follow=True).content.decode()
        assert "It is &lt;right&gt;." in html
        for hidden in ("Internal.", "Reader&#x27;s words.", "ann@example.org"):
            assert hidden not in html
    assert "It is &lt;" not in client.get(f"/quotes/{full_quote.pk}/").content.decode()
    assert "It is &lt;" not in client.get(f"{REPORT}?quote={full_quote.pk}").content.decode()
