"""The page of a claim: where it is, what it says to machines, and what it costs."""

import datetime as dt
import json
import re
from html import escape, unescape

import pytest
from django.test import Client
from django.utils import timezone

from claims.articles import RawContent as Bytes
from claims.models import (
    Claim,
    ClaimRelation,
    CorrectedField,
    Correction,
    EvidenceCopy,
    Quote,
    RawContent,
    Snapshot,
)
from claims.resources.permalinks import page_path
from claims.services.claims.corrections import retract_claim
from claims.services.verification.evidence_copies import anchor_excerpts
from claims.services.verification.workflow import withdraw_verification
from tests import factories as f
from tests.pages.search.links import alternates

pytestmark = pytest.mark.django_db


def claim_path(quote: Quote) -> str:
    return page_path("claims", quote.claim_id, quote.claim.text)


def test_page_shows_the_claim_with_its_verdict_and_quotes(client: Client, full_quote: Quote) -> None:
    response = client.get(claim_path(full_quote))
    assert response.status_code == 200
    html = response.content.decode()
    assert full_quote.claim.text in html
    assert full_quote.text in html
    assert full_quote.claim.verifications.get().rating.name in html


@pytest.mark.parametrize("slug", ["", "another/", "%D1%81%D0%BB%D0%BE%D0%B2%D0%BE/"])
def test_wrong_or_missing_slug_redirects(client: Client, full_quote: Quote, slug: str) -> None:
    response = client.get(f"/claims/{full_quote.claim_id}/{slug}?utm=1")
    assert (response.status_code, response["Location"]) == (301, f"{claim_path(full_quote)}?utm=1")


@pytest.mark.parametrize("path", ["/claims/0/", "/claims/99999/", f"/claims/{10**30}/", "/claims/x/", "/claims/-1/"])
def test_unknown_claim_is_404(client: Client, db, path: str) -> None:
    assert client.get(path).status_code == 404


def test_unreleased_claim_is_404(client: Client) -> None:
    quote = f.QuoteFactory()
    assert client.get(f"/claims/{quote.claim_id}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_unchanged_page_is_304_until_something_changes(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    first = client.get(claim_path(quote))
    headers = {"If-None-Match": first["ETag"]}
    assert client.get(claim_path(quote), headers=headers).status_code == 304
    assert first["Cache-Control"] == "public, no-cache"
    assert not first.cookies
    quote.speaker.name = "Lena Changed"
    quote.speaker.save()
    changed = client.get(claim_path(quote), headers=headers)
    assert (changed.status_code, b"Lena Changed" in changed.content) == (200, True)


def test_structured_data_cannot_end_its_element(client: Client) -> None:
    text = "</script><script>alert(1)</script> <!-- & ]]>"
    quote = f.QuoteFactory(accepted=True, claim__text=text)
    html = client.get(page_path("claims", quote.claim_id, text)).content.decode()
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert json.loads(script)["text"] == text
    assert "<script>alert" not in html


def test_retracted_claim_is_gone_and_says_why(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    retract_claim(claim=quote.claim, editor=f.UserFactory(), reason="The speaker was misheard.")
    response = client.get(f"/claims/{quote.claim_id}/")
    assert response.status_code == 410
    assert b"The speaker was misheard." in response.content
    assert b'content="noindex"' in response.content


def test_verdict_has_its_definition_reason_date_and_evidence(client: Client, full_quote: Quote) -> None:
    verification = full_quote.claim.verifications.get()
    verification.rating.explanation = "The claim contradicts what is known."
    verification.rating.save()
    evidence = verification.evidence.get()
    html = client.get(claim_path(full_quote)).content.decode()
    assert "The claim contradicts what is known." in html
    assert verification.explanation in html
    assert f'<time datetime="{verification.published_at:%Y-%m-%d}' in html
    assert {"supports": "Supports the claim", "refutes": "Contradicts the claim"}[evidence.stance] in html
    assert evidence.excerpt in html
    assert 'href="https://archive.example/1"' in html
    assert escape(evidence.source.title) in html


def test_evidence_that_is_no_web_address_is_not_linked(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    verification = f.VerificationFactory(claim=quote.claim, published=True)
    f.EvidenceFactory(verification=verification, url="javascript:alert(1)", archive_url="data:text/html,x")
    html = client.get(claim_path(quote)).content.decode()
    assert 'href="javascript' not in html
    assert 'href="data:' not in html


def test_appearance_links_to_the_words_on_the_publishers_page(client: Client, full_quote: Quote) -> None:
    html = client.get(claim_path(full_quote)).content.decode()
    assert f'href="{full_quote.snapshot.source.url}#:~:text=' in html


@pytest.mark.parametrize(
    ("kind", "from_first", "from_second"),
    [
        ("same", "Says the same as", "Says the same as"),
        ("contradicts", "Contradicts", "Contradicts"),
        ("repeats", "Repeats", "Repeated by"),
        ("updates", "Updates", "Updated by"),
    ],
)
def test_relations_read_from_both_claims(client: Client, kind: str, from_first: str, from_second: str) -> None:
    first, second = f.QuoteFactory(accepted=True), f.QuoteFactory(accepted=True)
    ClaimRelation.objects.create(
        first=first.claim, second=second.claim, kind=kind, state="confirmed", decided_by=f.UserFactory()
    )
    for quote, other, words in ((first, second, from_first), (second, first, from_second)):
        html = client.get(claim_path(quote)).content.decode()
        assert f'<span class="label">{words}</span> <a href="{claim_path(other)}"' in html


def test_only_the_first_quotes_are_shown_with_a_link_to_all(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    html = client.get(claim_path(quote)).content.decode()
    assert f'href="/quotes/?claim={quote.claim_id}' not in html
    f.QuoteFactory.create_batch(10, accepted=True, claim=quote.claim)
    html = client.get(claim_path(quote)).content.decode()
    assert html.count("<figure") == 10
    assert f'href="/quotes/?claim={quote.claim_id}">All 11 quotes</a>' in html


def test_history_compares_wordings_and_verdicts(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True, claim__text="Rivers were full in May.")
    f.VerificationFactory(claim=quote.claim, published=True)
    Claim.objects.filter(pk=quote.claim_id).update(text="Rivers were full in June.")
    editor = f.UserFactory(username="a-secret-name")
    correction = Correction.objects.create(
        claim=quote.claim, kind="correction", text="The month.", reason="It was misread.", made_by=editor
    )
    for field, before, after in (
        ("wording", "Rivers were full in May.", "Rivers were full in June."),
        ("verdict", "True", ""),
    ):
        CorrectedField.objects.create(correction=correction, field=field, before=before, after=after)
    html = client.get(f"/claims/{quote.claim_id}/", follow=True).content.decode()
    assert "<span>Rivers were full in </span><del>May</del><ins>June</ins><span>.</span>" in html
    assert re.search(r"<del>.*True</del>", html)
    assert html.count("The month.") == 2  # at the top, and in the history
    assert html.index("This page was corrected") < html.index("<h1")
    assert '<p dir="auto">Rivers were full in May.</p>' in html  # what it was published with
    assert "a-secret-name" not in html


def test_an_edit_soon_after_publication_is_in_the_history_alone(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    Correction.objects.create(claim=quote.claim, kind="edit", text="A comma.", reason="Typo.", made_by=f.UserFactory())
    html = client.get(claim_path(quote)).content.decode()
    assert html.count("A comma.") == 1
    assert "This page was corrected" not in html


def test_a_withdrawn_verdict_is_told_on_top(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    verification = f.VerificationFactory(claim=quote.claim, published=True)
    withdraw_verification(verification=verification, editor=f.UserFactory(), reason="The source was forged.")
    html = client.get(claim_path(quote)).content.decode()
    assert html.index("Verdict withdrawn") < html.index("<h1")
    assert "The source was forged." in html
    assert verification.explanation not in html


def test_alternates_are_the_claim_its_quotes_and_its_corrections(client: Client, full_quote: Quote) -> None:
    html = client.get(claim_path(full_quote)).content.decode()
    formats = alternates(html)
    formats.pop("application/json+oembed")
    assert list(formats) == ["application/json", "application/ld+json", "text/csv", "application/atom+xml"]
    for url in formats.values():
        assert client.get(url).status_code == 200, url
    assert full_quote.text in client.get(formats["text/csv"]).getvalue().decode()


def test_description_is_one_line_and_there_is_one_without_a_verdict(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True, claim__text="Rivers are full.", speaker__name="Lena Ford")
    assert '<meta name="description" content="Lena Ford: Rivers are full.">' in (
        client.get(claim_path(quote)).content.decode()
    )
    verification = f.VerificationFactory(claim=quote.claim, published=True, explanation="The gauge says\n\nso.")
    assert f'<meta name="description" content="{verification.rating.name}: The gauge says so.">' in (
        client.get(claim_path(quote)).content.decode()
    )


def test_corrections_are_bounded(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    for number in range(25):
        Correction.objects.create(
            claim=quote.claim, kind="correction", text=f"Change {number}!", reason="Wrong.", made_by=f.UserFactory()
        )
    html = client.get(claim_path(quote)).content.decode()
    assert "Change 24!" in html
    assert "Change 5!" in html
    assert "Change 4!" not in html
    assert html.count(f'href="/corrections/?claim={quote.claim_id}"') == 2


def test_embed_code_is_the_embeds_and_escaped_twice(client: Client) -> None:
    text = '"Full" </textarea><script>alert(1)</script>'
    quote = f.QuoteFactory(accepted=True, claim__text=text)
    html = client.get(claim_path(quote)).content.decode()
    (code,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    frame = unescape(code)
    assert frame.startswith(f'<iframe src="http://127.0.0.1:8000/embed/claims/{quote.claim_id}/" title="')
    assert unescape(frame.partition('title="')[2].partition('"')[0]) == text
    assert "<script>alert" not in html


def test_cost(client: Client, full_quote: Quote, django_assert_max_num_queries) -> None:
    f.QuoteFactory.create_batch(9, accepted=True, claim=full_quote.claim)
    Correction.objects.create(
        claim=full_quote.claim, kind="correction", text="A.", reason="B.", made_by=f.UserFactory()
    )
    path = claim_path(full_quote)
    client.get(path)  # prepares the queries
    with django_assert_max_num_queries(1):
        response = client.get(path)
    assert len(response.content) <= 30_000


@pytest.mark.parametrize(
    ("extension", "media_type", "part"),
    [
        ("bib", "application/x-bibtex; charset=utf-8", "@misc{factbase-claim-"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "TY  - ELEC\r\n"),
        ("json", "application/vnd.citationstyles.csl+json; charset=utf-8", '"type":"webpage"'),
    ],
)
def test_citation_files(client: Client, full_quote: Quote, extension: str, media_type: str, part: str) -> None:
    path = f"/claims/{full_quote.claim_id}/cite.{extension}"
    assert f'href="{path}"' in client.get(claim_path(full_quote)).content.decode()
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, media_type)
    assert response["Content-Disposition"].startswith('attachment; filename="factbase-claim-')
    assert part in response.content.decode()
    assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_citation_files_of_what_is_not_public(client: Client, full_quote: Quote) -> None:
    retract_claim(claim=full_quote.claim, editor=f.UserFactory(), reason="Misheard.")
    assert client.get(f"/claims/{full_quote.claim_id}/cite.bib").status_code == 410
    assert client.get("/claims/99999/cite.bib").status_code == 404
    assert client.get(f"/claims/{full_quote.claim_id}/cite.pdf").status_code == 404


def test_evidence_is_shown_in_its_place_in_the_copy(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    verification = f.VerificationFactory(claim=quote.claim, published=True)
    evidence = f.EvidenceFactory(verification=verification, excerpt="nine metres on Monday")
    text = f"Gauges of the northern rivers. The gauge stood at {evidence.excerpt}, read by hand every day of the year."
    raw = RawContent.of(Bytes(text.encode(), "text/plain")).get_or_save()
    copied_at = dt.datetime(2025, 5, 20, 9, tzinfo=dt.UTC)
    digest = Snapshot.digest(text)
    copy = EvidenceCopy.objects.create(
        evidence=evidence, url="https://example.org/1", text=text, sha256=digest, raw=raw, retrieved_at=copied_at
    )
    anchor_excerpts(EvidenceCopy.objects.all())
    path = claim_path(quote)
    html = client.get(path).content.decode()
    assert f"The gauge stood at <mark>{evidence.excerpt}</mark>, read by hand every day" in html
    assert "Our copy of the page: 20 May 2025" in html
    assert digest in html
    assert "could not be found" not in html
    EvidenceCopy.objects.filter(pk=copy.pk).update(gone_at=copied_at, last_checked_at=copied_at, reason="no such page")
    assert "The page could not be found when last checked on 20 May 2025." in client.get(path).content.decode()


def test_an_excerpt_that_is_not_in_the_copy_is_shown_as_it_was_given(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    verification = f.VerificationFactory(claim=quote.claim, published=True)
    evidence = f.EvidenceFactory(verification=verification, excerpt="nine metres on Monday")
    EvidenceCopy.objects.create(evidence=evidence, url="https://example.org/1", gone_at=timezone.now(), reason="gone")
    html = client.get(claim_path(quote)).content.decode()
    assert f'<blockquote dir="auto"><p>{evidence.excerpt}</p></blockquote>' in html
    assert "Our copy" not in html
