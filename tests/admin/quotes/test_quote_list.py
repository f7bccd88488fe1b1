"""The changelist of quotes."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.admin.common.filters import ConfidenceFilter
from claims.admin.dashboard import metrics
from claims.admin.review.queue import ReviewQueue
from claims.admin.review.quote_card import describe_doubts
from claims.models import Quote
from tests import factories as make
from tests.admin.admin_client import admin_url
from tests.services.quotes.quoted_text import make_quote_of
from tests.services.sources.newer_snapshots import change_source

# The confidences at the ends of each band, in it; the doubt that a quote of the band is shown with.
CONFIDENCE_BANDS = {
    "low": ([0, 0.699], "Low confidence"),
    "medium": ([0.7, 0.899], "Medium confidence"),
    "high": ([0.9, 1], None),
}
CASES = [
    ("officials are nobody else", "Officials", ["Officials"], None),
    ("one of two", "Ford", ["Lena Ford", "Tom Ford"], "perhaps Lena Ford, Tom Ford"),
    ("somebody unknown", "he", [], None),
]


@pytest.mark.parametrize(("mention", "candidates", "message"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_candidates_are_shown_if_they_differ_from_the_mention(
    mention: str, candidates: list[str], message: str | None
) -> None:
    displayed = admin.site.get_model_admin(Quote).speaker_column(Quote(mention=mention, candidates=candidates))
    assert mention in displayed
    assert ("perhaps" in displayed) == (message is not None)
    assert message is None or message in displayed


@pytest.mark.parametrize("letters", [240, 900, 1100])
def test_only_very_long_quotes_are_truncated(client: Client, letters: int) -> None:
    text = ("Gauge by gauge " * 100)[:letters].strip()
    make_quote_of(make.SnapshotFactory(text=text), text)
    page = client.get(reverse("admin:claims_quote_changelist")).content.decode()
    assert (text in page) == (letters <= 1000)
    assert text[:200] in page


def test_quotes_of_changed_sources_are_marked_and_can_be_filtered(client: Client) -> None:
    changed, moved = make.QuoteFactory(), make.QuoteFactory()
    change_source(changed)
    change_source(moved, "Lena", "Mrs Lena")
    address = reverse("admin:claims_quote_changelist")
    assert client.get(address).content.decode().count(">Source changed<") == 1
    assert list(client.get(address, {"changed": "yes"}).context["cl"].result_list) == [changed]


def test_empty_list_has_a_message(client: Client) -> None:
    address = reverse("admin:claims_quote_changelist")
    assert "Nothing here yet." in client.get(address).content.decode()
    assert "No results." in client.get(address, {"q": "gauge"}).content.decode()


@pytest.fixture
def quotes_by_confidence(db: None) -> dict[float, int]:
    """The id of a quote of each confidence in `CONFIDENCE_BANDS`."""
    confidences = [confidence for ends, _ in CONFIDENCE_BANDS.values() for confidence in ends]
    return {confidence: make.QuoteFactory(confidence=confidence).pk for confidence in confidences}


def test_all_confidence_bands_are_known() -> None:
    assert set(ConfidenceFilter.BANDS) == set(ConfidenceFilter.LABELS) == set(CONFIDENCE_BANDS)


@pytest.mark.parametrize("band", CONFIDENCE_BANDS)
def test_confidence_bands_exclude_their_upper_bound(
    client: Client, editor: User, quotes_by_confidence: dict[float, int], band: str
) -> None:
    confidences, doubt = CONFIDENCE_BANDS[band]
    expected = {quotes_by_confidence[confidence] for confidence in confidences}
    listed = client.get(admin_url("changelist", Quote), {"confidence": band}).context["cl"].result_list
    assert {quote.pk for quote in listed} == expected
    queued = ReviewQueue(editor=editor, confidence=band).rows()
    assert {quote.pk for quote in queued} == expected
    doubts = {text for quote in queued for text in describe_doubts(quote) if "confidence" in text}
    assert doubts == ({doubt} if doubt else set())


@pytest.mark.parametrize(
    ("fields", "doubts"),
    [
        ({"speaker_confidence": 0.95}, []),
        ({"speaker_confidence": 0.62}, ["Speaker uncertain (62%)"]),
        (
            {"speaker_confidence": 0.75, "candidates": ["Lena Ford", "Ida Roy"]},
            ["Speaker uncertain (75%): may also be Lena Ford or Ida Roy"],
        ),
        ({"speaker_confidence": 1, "candidates": ["Lena Ford"]}, []),  # an editor chose the speaker
    ],
    ids=["certain", "low confidence", "other candidates", "editor"],
)
@pytest.mark.django_db
def test_an_uncertain_speaker_is_a_doubt(fields: dict[str, Any], doubts: list[str]) -> None:
    quote = make.QuoteFactory(**fields)
    assert [doubt for doubt in describe_doubts(quote) if doubt.startswith("Speaker")] == doubts


@pytest.mark.parametrize("band", CONFIDENCE_BANDS)
def test_the_dashboard_counts_each_quote_in_one_confidence_band(
    quotes_by_confidence: dict[float, int], band: str
) -> None:
    for confidence in quotes_by_confidence:
        make.QuoteFactory(accepted=True, confidence=confidence)
    assert metrics.acceptance_counts(metrics.count_decisions().by_band, band) == (2, 2)


@pytest.mark.parametrize("found_by", ["name", "pronoun", "nominal", "editor"])
def test_quotes_are_filtered_by_what_their_speaker_was_found_by(client: Client, found_by: str) -> None:
    quotes = {
        "name": make.QuoteFactory(),
        "pronoun": make.QuoteFactory(mention_kind="pronoun", speaker_confidence=0.9),
        "nominal": make.QuoteFactory(mention_kind="nominal", speaker_confidence=0.5),
        "editor": make.QuoteFactory(mention_kind="pronoun", speaker_confidence=1),
        "nobody": make.QuoteFactory(mention_kind="pronoun", speaker=None),
    }
    response = client.get(reverse("admin:claims_quote_changelist"), {"speaker_by": found_by})
    assert list(response.context["cl"].result_list) == [quotes[found_by]]
    assert ("by pronoun" in response.content.decode()) == (found_by == "pronoun")
