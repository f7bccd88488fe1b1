"""What is stored of an extracted quotation."""

import pytest

from claims.extraction import (
    EXTRACTOR,
    EXTRACTOR_VERSION,
    Ambiguous,
    EntityKind,
    Kind,
    Quotation,
    Resolved,
    Span,
    SpeakerCandidate,
    Unresolved,
)
from claims.extraction import Speaker as ResolvedSpeaker
from claims.models import Quote, Speaker
from claims.services.ingestion.ingest import ingest
from claims.services.ingestion.quote_factory import candidate_names
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
    assert list(Quote.objects.order_by("start").values_list("speaker__name", "mention_kind")) == [
        ("Lena Ford", "name"),
        ("Lena Ford", "pronoun"),
        ("Lena Ford", "nominal"),
        (None, "nominal"),
    ]
    *confidences, officials = Quote.objects.order_by("start").values_list("speaker_confidence", flat=True)
    assert all(confidence is not None and 0.5 < confidence < 1 for confidence in confidences)
    assert officials is None
    assert [quote.is_speaker_inferred for quote in Quote.objects.order_by("start")] == [False, True, True, False]


LENA = SpeakerCandidate("Lena Ford", 0.6)
TOM = SpeakerCandidate("Tom Hale", 0.4)


@pytest.mark.parametrize(
    ("speaker", "candidates", "has_speaker", "names"),
    [
        (Resolved("Lena Ford", EntityKind.PERSON), (), True, []),
        (Resolved("Lena Ford", EntityKind.PERSON), (LENA, TOM), True, ["Tom Hale"]),
        (Resolved("Lena Ford", EntityKind.PERSON), (LENA, TOM), False, ["Lena Ford"]),
        (Resolved("officials", EntityKind.GROUP), (), False, ["officials"]),
        (Ambiguous(("Lena Ford", "Tom Hale")), (TOM, LENA), False, ["Tom Hale", "Lena Ford"]),
        (Unresolved(), (), False, []),
    ],
    ids=["certain", "uncertain", "name of several speakers", "group", "ambiguous", "unresolved"],
)
def test_candidates_are_whom_else_the_mention_may_refer_to(
    speaker: ResolvedSpeaker, candidates: tuple[SpeakerCandidate, ...], names: list[str], *, has_speaker: bool
) -> None:
    quotation = Quotation(
        Kind.DIRECT, (Span(0, 1),), (), (), None, None, speaker, 0.9, candidates=candidates, extractor=EXTRACTOR
    )
    assert candidate_names(quotation, has_speaker=has_speaker) == names
