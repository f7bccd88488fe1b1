"""A web page with the sample article, as it is handed in."""

from typing import Any

from claims.articles import Article, RawContent, read_content
from claims.models import Delivery, DeliveryOrigin
from claims.services.ingestion.deliveries import request_delivery
from tests.sample_articles import RIVERS_TEXT, RIVERS_URL

URL = RIVERS_URL
AMP_URL = "https://example.org/amp/rivers"
MEDIA_TYPE = "text/html; charset=utf-8"


def body(text: str = RIVERS_TEXT, *, url: str = URL) -> bytes:
    """The page of a text; its canonical address is `url`."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.strip().split("\n\n"))
    head = f'<title>Rivers are full</title><link rel="canonical" href="{url}">'
    return (
        f"<!doctype html><html lang=en><head>{head}</head><body><article>{paragraphs}</article></body></html>".encode()
    )


def read() -> Article:
    return read_content("rivers", RawContent(body(), MEDIA_TYPE))


def request(page: bytes | None = None, **options: Any) -> Delivery:
    content = RawContent(body() if page is None else page, MEDIA_TYPE)
    return request_delivery(**{"url": URL, "content": content, "origin": DeliveryOrigin.API, **options})
