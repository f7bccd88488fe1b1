import pytest

from claims.articles import ArticleError
from claims.models import Quote
from claims.services.ingestion.ingest import IngestOutcome, IngestResult, ingest_all
from tests.sample_articles import make_article

pytestmark = pytest.mark.django_db


def test_articles_are_stored_in_order_and_errors_are_passed_on() -> None:
    texts = [f"Lena Ford said that river {number} is full." for number in range(9)]
    refused = ArticleError("rivers.txt", "too wet")
    articles = [*(make_article(text) for text in texts[:5]), refused, *(make_article(text) for text in texts[4:])]
    results = [result for _, result in ingest_all(articles=articles)]
    assert results[5] is refused
    outcomes = [result.outcome for result in results if isinstance(result, IngestResult)]
    assert outcomes == [*[IngestOutcome.NEW] * 5, IngestOutcome.UNCHANGED, *[IngestOutcome.NEW] * 4]
    assert [quote.exact for quote in Quote.objects.order_by("pk")] == [text[20:-1] for text in texts]


def test_the_same_article_twice_in_a_batch_is_stored_once() -> None:
    articles = [make_article("Lena Ford said that the river is full.")] * 3
    assert [result.outcome for _, result in ingest_all(articles=articles) if isinstance(result, IngestResult)] == [
        IngestOutcome.NEW,
        IngestOutcome.UNCHANGED,
        IngestOutcome.UNCHANGED,
    ]
