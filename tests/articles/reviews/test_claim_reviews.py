"""ClaimReview as publishers, data feeds and factbase itself write it, and what nobody should."""

import datetime as dt
import json
import time
from typing import Any

import pytest

from claims.articles.reviews import Review, ReviewError, ReviewFields, build_review, read_review_document
from claims.articles.reviews.review import MAX_MARKUP_LENGTH, plain_text

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example.org/2024/rivers",
    "claimReviewed": "Rivers rose by 5 percent.",
    "datePublished": "2024-03-05",
    "author": {"@type": "Organization", "name": "Checks of Kisumu", "url": "https://checks.example.org"},
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": "2",
        "bestRating": "5",
        "worstRating": "1",
        "alternateName": "Mostly false",
    },
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Achieng Otieno"},
        "datePublished": "2024-03-01",
    },
}
EXPECTED = Review(
    claim="Rivers rose by 5 percent.",
    rating="Mostly false",
    review_url="https://checks.example.org/2024/rivers",
    publisher="Checks of Kisumu",
    speaker="Achieng Otieno",
    said_on=dt.date(2024, 3, 1),
    published=dt.date(2024, 3, 5),
)
SECOND = REVIEW | {"url": "https://checks.example.org/2024/lakes", "claimReviewed": "Lakes fell."}


def read(document: object) -> list[Review | ReviewError]:
    body = document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode()
    return [entry.content for entry in read_review_document(body)]


def in_page(data: str) -> bytes:
    script = f'<script type="application/ld+json">{data}</script>'
    return f"<!DOCTYPE html><html><head><title>A</title>{script}</head><body><p>Text</p></body></html>".encode()


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(REVIEW, id="object"),
        pytest.param([REVIEW], id="list"),
        pytest.param({"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, REVIEW]}, id="graph"),
        pytest.param(
            {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]}, id="data feed"
        ),
        pytest.param({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": REVIEW}]}, id="item list"),
        pytest.param({"@type": "WebPage", "mainEntity": REVIEW}, id="of a page"),
        pytest.param(in_page(json.dumps(REVIEW)), id="page"),
        pytest.param(in_page(f"<!-- {json.dumps(REVIEW)} -->"), id="page with a comment around it"),
        pytest.param(b"\xef\xbb\xbf \n" + json.dumps(REVIEW).encode(), id="byte order mark"),
        pytest.param(REVIEW | {"@type": ["Article", "schema:ClaimReview"]}, id="several types"),
        pytest.param(REVIEW | {"@type": "http://schema.org/ClaimReview"}, id="type as an address"),
    ],
)
def test_reads_a_review_wherever_it_stands(document: object) -> None:
    assert read(document) == [EXPECTED]


def change(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in (REVIEW | fields).items() if value is not None}


@pytest.mark.parametrize(
    ("document", "name", "expected"),
    [
        pytest.param(
            change(reviewRating={"ratingValue": 2, "worstRating": 1, "bestRating": 5}), "rating", "2 (1 to 5)",
            id="scale",
        ),
        pytest.param(change(reviewRating={"ratingValue": 2.0}), "rating", "2", id="number without a scale"),
        pytest.param(change(reviewRating={"name": "Fake"}), "rating", "Fake", id="name"),
        pytest.param(change(reviewRating=[{"alternateName": ["Falso", "False"]}]), "rating", "Falso", id="lists"),
        pytest.param(
            change(reviewRating={"alternateName": {"@value": "Неправда", "@language": "ru"}}), "rating", "Неправда",
            id="text with a language",
        ),
        pytest.param(
            change(claimReviewed="<p>Rivers &amp; <b>lakes</b> rose.</p>"), "claim", "Rivers & lakes rose.", id="HTML"
        ),
        pytest.param(change(claimReviewed="5 < 7 and 7 > 5"), "claim", "5 < 7 and 7 > 5", id="comparison"),
        pytest.param(
            change(claimReviewed="A<script>alert(1)</script>B\u0000"), "claim", "AB", id="script and control character"
        ),
        pytest.param(
            change(claimReviewed="A&lt;img src=x onerror=alert(1)&gt;B"), "claim", "AB", id="escaped markup"
        ),
        pytest.param(
            change(claimReviewed=None, itemReviewed={"@type": "Claim", "text": "Lakes fell."}), "claim", "Lakes fell.",
            id="claim of the item",
        ),
        pytest.param(change(itemReviewed={"author": "Nguyễn Lan"}), "speaker", "Nguyễn Lan", id="speaker as text"),
        pytest.param(
            change(itemReviewed={"author": [{"name": "Ana Pop"}, {"name": "Ion Dan"}]}), "speaker", "Ana Pop, Ion Dan",
            id="two speakers",
        ),
        pytest.param(
            change(author=[{"@type": "Person", "name": "Ifeoma Obi"}, {"@type": "Organization", "name": "Sahara"}]),
            "author", "Ifeoma Obi", id="author beside the organization",
        ),
        pytest.param(
            change(author=[{"@type": "Person", "name": "Ifeoma Obi"}, {"@type": "Organization", "name": "Sahara"}]),
            "publisher", "Sahara", id="organization beside the author",
        ),
        pytest.param(change(author=None), "publisher", "checks.example.org", id="publisher from the address"),
        pytest.param(
            {"@graph": [change(author={"@id": "#us"}), {"@id": "#us", "@type": "Organization", "name": "Us"}]},
            "publisher", "Us", id="reference",
        ),
        pytest.param(change(datePublished="2024-03-05T23:30:00+03:00"), "published", dt.date(2024, 3, 5), id="moment"),
        pytest.param(change(datePublished=None), "published", None, id="no date"),
        pytest.param(
            change(itemReviewed={"datePublished": "2024-03-04", "appearance": [{"datePublished": "2024-03-02"}]}),
            "said_on", dt.date(2024, 3, 2), id="day of the appearance",
        ),
        pytest.param(
            change(itemReviewed={"datePublished": "2024-03-04", "appearance": [{}], "dateCreated": "2024-03-01"}),
            "said_on", dt.date(2024, 3, 1), id="day that the claim states",
        ),
        pytest.param(change(reviewBody="<p>One.</p><p>Two.</p>"), "explanation", "One.\nTwo.", id="paragraphs"),
        pytest.param(
            change(reviewRating={"alternateName": "False", "ratingExplanation": "No."}), "explanation", "No.",
            id="explanation of the rating",
        ),
        pytest.param(change(url=None, mainEntityOfPage={"@id": "https://a.example/1"}), "review_url",
                     "https://a.example/1", id="address of the page"),
    ],
)  # fmt: skip
def test_reads_each_value(document: object, name: str, expected: object) -> None:
    [review] = read(document)
    assert getattr(review, name) == expected


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"url": None}, "The URL of the review is missing.", id="no address"),
        pytest.param({"url": "javascript:alert(1)"}, "must be an HTTP or HTTPS URL", id="script as address"),
        pytest.param({"url": "data:text/html,x"}, "must be an HTTP or HTTPS URL", id="data as address"),
        pytest.param({"url": "/2024/rivers"}, "must be an HTTP or HTTPS URL", id="relative address"),
        pytest.param({"url": "https://a:b@example.org/"}, "user name or password", id="address with a password"),
        pytest.param({"url": f"https://example.org/{'a' * 3000}"}, "the limit is 2,000", id="long address"),
        pytest.param({"claimReviewed": None}, "The claim is missing.", id="no claim"),
        pytest.param({"claimReviewed": "<p> </p>"}, "The claim is missing.", id="claim of tags"),
        pytest.param({"claimReviewed": "a" * 2001}, "the limit is 2,000", id="long claim"),
        pytest.param({"reviewRating": None}, "The rating is missing.", id="no rating"),
        pytest.param({"reviewRating": {"ratingValue": True}}, "The rating is missing.", id="rating of no kind"),
        pytest.param({"datePublished": "05/06/2024"}, "is not a date", id="date with two meanings"),
        pytest.param({"datePublished": "2024-02-30"}, "is not a date", id="no such day"),
        pytest.param({"datePublished": "yesterday"}, "is not a date", id="no date"),
        pytest.param({"itemReviewed": {"datePublished": "0001-01-01"}}, "is not a date", id="missing value as date"),
        pytest.param({"author": {"name": "a" * 201}}, "the limit is 200", id="long publisher"),
    ],
)
def test_one_bad_review_does_not_keep_back_the_others(fields: dict[str, object], message: str) -> None:
    bad, good = read([change(**fields), SECOND])
    assert isinstance(bad, ReviewError)
    assert message in str(bad)
    assert isinstance(good, Review)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        pytest.param(b"{", "The JSON is malformed at line 1, column 2", id="broken JSON"),
        pytest.param(b'{"a": NaN}', "malformed", id="not a number"),
        pytest.param(b"[" * 500 + b"]" * 500, "nested too deeply", id="nested too deeply"),
        pytest.param(b"[" * 100_000, "malformed", id="nested endlessly"),
        pytest.param(b"%PDF-1.7", "neither JSON nor a web page", id="another format"),
    ],
)
def test_refuses_a_document_that_cannot_be_read(document: bytes, message: str) -> None:
    with pytest.raises(ReviewError, match=message):
        read(document)


def test_a_broken_script_of_a_page_is_listed() -> None:
    [good, bad] = read(in_page(json.dumps(REVIEW)) + in_page("{"))
    assert good == EXPECTED
    assert "not valid JSON" in str(bad)


@pytest.mark.parametrize("document", [{"@type": "NewsArticle"}, [], {}, in_page('{"@type": "Review"}')])
def test_other_data_has_no_reviews(document: object) -> None:
    assert read(document) == []


@pytest.mark.parametrize("hostile", ["<a", "<!", "<script>", "</script", "&lt;", "&amp;lt;a"])
def test_removes_markup_in_linear_time(hostile: str) -> None:
    for value in (hostile * MAX_MARKUP_LENGTH, f"<{hostile[-1] * MAX_MARKUP_LENGTH}"):
        started = time.process_time()
        plain_text(value[:MAX_MARKUP_LENGTH])
        assert time.process_time() < started + 5  # quadratic, it takes a minute


def test_a_number_stands_with_its_scale() -> None:
    fields = ReviewFields(claim="Rivers rose.", rating="3", rating_scale="1–5", review_url="https://example.org/1")
    assert build_review(fields).rating == "3 (1–5)"
    assert build_review(fields | {"rating": "False"}).rating == "False"
