"""What is stored of an extracted quotation."""

import pytest

from claims.extraction import EXTRACTOR, EXTRACTOR_VERSION
from claims.models import Quote, Speaker
from claims.services.ingestion.ingest import ingest
from tests.sample_articles import make_article

pytestmark = pytest.mark.django_db


def test_wishes_and_denials_are_no_quotes() -> None:
    text = (
        "Lena Ford said that the rivers are full.\n\nLena Ford wants to close the dam.\n\n"
        "Tom Hale did not say that the rivers are full.\n\nTom Hale believes that the dam will hold."
    )
    ingest(article=make_article(text))
    assert set(Quote.objects.values_list("mention", "act")) == {("Lena Ford", "speech"), ("Tom Hale", "thought")}


def test_groups_and_unnamed_sources_are_not_resolved() -> None:
    ingest(article=make_article("Officials said that the rivers are full."))
    ingest(article=make_article("A source said that the rivers are full, and officials said that the dam holds."))
    assert not Speaker.objects.exists()
    assert {tuple(quote.candidates) for quote in Quote.objects.all()} == {("Officials",), ("A source",), ("officials",)}


def test_extractor_and_confidence_are_stored() -> None:
    ingest(article=make_article("The rivers are full.\n\n“The dam will hold for a year,” Lena Ford said."))
    quote = Quote.objects.get()
    assert (quote.extractor, quote.extractor_version, quote.act) == (EXTRACTOR, EXTRACTOR_VERSION, "speech")
    assert 0.5 < quote.confidence < 1
    assert quote.repaired == []


def test_repaired_parts_are_stored() -> None:
    ingest(article=make_article("Lena Ford spoke on Monday. In her opinion, the dam will hold."))
    assert Quote.objects.get(exact="the dam will hold").repaired == ["content"]


def test_the_kind_of_mention_and_the_confidence_of_the_speaker_are_stored() -> None:
    text = (
        "Lena Ford, minister of rivers, said that the rivers are full.\n\nShe said that the dam will hold.\n\n"
        "The minister said that the roads are dry.\n\nOfficials said that the bridges are old."
    )
    ingest(article=make_article(text))
    assert list(Quote.objects.order_by("start").values_list("speaker__name", "mention_kind", "speaker_confidence")) == [
        ("Lena Ford", "name", 0.95),
        ("Lena Ford", "pronoun", 0.9),
        ("Lena Ford", "nominal", 0.5),
        (None, "nominal", None),
    ]
    assert [quote.is_speaker_inferred for quote in Quote.objects.order_by("start")] == [False, True, True, False]
