"""The images of claims and quotes: what is drawn, and that it always fits."""

import io

import pytest
from django.test import Client
from PIL import Image, ImageDraw

from claims.pages.embeds.card_image import SIZE, Card, drawable, render_card
from claims.pages.embeds.sharing import quote_card
from tests import factories as f


def card(**fields: str) -> Card:
    texts = {"site_name": "Harbour Facts", "quotation": "Rivers are full.", "speaker": "Lena Ford", "origin": "Herald"}
    return Card(**(texts | fields))


def test_image_is_a_png_of_the_size_that_sites_expect_and_always_the_same() -> None:
    image = Image.open(io.BytesIO(render_card(card(verdict="True", scale="high"))))
    assert (image.format, image.size) == ("PNG", SIZE)
    assert render_card(card()) == render_card(card())


@pytest.mark.parametrize("field", ["site_name", "quotation", "speaker", "origin", "verdict"])
def test_every_text_is_drawn(field: str) -> None:
    assert render_card(card(**{field: "Another"})) != render_card(card(**{field: ""}))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("quotation", text) for text in ("", " ", "w" * 5_000, "word " * 1_000, "…" * 300, "\n\t\x00\u202e")),
        *((field, "w" * 5_000) for field in ("speaker", "verdict", "origin", "site_name")),
    ],
)
def test_any_text_stays_within_the_margins(field: str, text: str) -> None:
    image = Image.open(io.BytesIO(render_card(card(**{field: text}))))
    for box in ((0, 0, 60, SIZE[1]), (SIZE[0] - 60, 0, *SIZE), (0, SIZE[1] - 24, *SIZE)):
        assert image.crop(box).getcolors() == [(image.crop(box).width * image.crop(box).height, (255, 254, 251))]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("“Мы — готовы”, №5", "“Мы — готовы”, №5"),
        ("Καλημέρα ő ğ ł", "Καλημέρα ő ğ ł"),
        ("Ferry 😀 back", "Ferry back"),
        ("نحن مستعدون", ""),  # a letter is missing
        ("Lena 中国", ""),
        ("a\u00a0b\n c", "a b c"),
    ],
)
def test_text_is_drawn_whole_or_not_at_all(text: str, drawn: str) -> None:
    assert drawable(text) == drawn


@pytest.mark.parametrize(
    ("kind", "language", "ending"),
    [("direct", "en", "…”"), ("direct", "ru", "…»"), ("indirect", "en", "…")],
    ids=["direct", "russian", "indirect"],
)
@pytest.mark.parametrize("word_count", [150, 1_000])
def test_a_quote_that_is_cut_keeps_its_closing_mark(
    monkeypatch: pytest.MonkeyPatch, kind: str, language: str, ending: str, word_count: int
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(ImageDraw.ImageDraw, "text", lambda self, xy, text, **style: drawn.append(text))
    source = {"publisher": "", "title": "", "published_on": None, "url": "", "language": language}
    row = {"kind": kind, "text": "word " * word_count, "speaker": {"name": ""}, "source": source, "claim": None}
    render_card(quote_card(row))
    [last_line] = [text for text in drawn if "…" in text]
    assert last_line.endswith(ending)


def test_only_a_direct_quote_is_in_quotation_marks(settings) -> None:
    source = {"publisher": "Herald", "title": "", "published_on": "2026-03-02", "url": "", "language": ""}
    row = {"text": "Rivers are full", "speaker": {"name": "Lena Ford"}, "source": source, "claim": None}
    assert quote_card(row | {"kind": "direct"}).quotation == "“Rivers are full”"
    assert quote_card(row | {"kind": "indirect"}).quotation == "Rivers are full"
    assert quote_card(row | {"kind": "direct"}).origin == "Herald, 2 March 2026"


@pytest.mark.django_db(transaction=True)
def test_image_is_not_drawn_again_for_who_has_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    quote = f.QuoteFactory(accepted=True)
    etag = client.get(f"/og/quotes/{quote.pk}.png")["ETag"]
    monkeypatch.setattr("claims.pages.embeds.views.render_card", None)
    assert client.get(f"/og/quotes/{quote.pk}.png", headers={"If-None-Match": etag}).status_code == 304
