"""What is stored of what extraction says: what was stated, by whom, and how it was found."""

import pytest

from claims.extraction import EXTRACTOR, EXTRACTOR_VERSION
from claims.models import Quote, Speaker
from claims.services.ingestion.ingest import ingest
from tests.sample_articles import make_article

pytestmark = pytest.mark.django_db


def test_what_somebody_wants_or_denies_is_no_quote() -> None:
    text = (
        "Lena Ford said that the rivers are full.\n\nLena Ford wants to close the dam.\n\n"
        "Tom Hale did not say that the rivers are full.\n\nTom Hale believes that the dam will hold."
    )
    ingest(article=make_article(text))
    assert set(Quote.objects.values_list("mention", "act")) == {("Lena Ford", "speech"), ("Tom Hale", "thought")}


def test_officials_of_one_article_are_not_those_of_another() -> None:
    ingest(article=make_article("Officials said that the rivers are full."))
    ingest(article=make_article("A source said that the rivers are full, and officials said that the dam holds."))
    assert not Speaker.objects.exists()
    assert {tuple(quote.candidates) for quote in Quote.objects.all()} == {("Officials",), ("A source",), ("officials",)}


def test_a_quote_carries_its_receipts() -> None:
    ingest(article=make_article("The rivers are full.\n\n“The dam will hold for a year,” Lena Ford said."))
    quote = Quote.objects.get()
    assert (quote.extractor, quote.extractor_version, quote.act) == (EXTRACTOR, EXTRACTOR_VERSION, "speech")
    assert 0.5 < quote.confidence < 1
    assert quote.repaired == []


def test_a_quote_tells_what_of_it_a_rule_repaired() -> None:
    ingest(article=make_article("Lena Ford spoke on Monday. In her opinion, the dam will hold."))
    assert Quote.objects.get(exact="the dam will hold").repaired == ["content"]
