"""How other sites show a claim or a quote: its card, its embed, and where they are found."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from claims.models import QuoteKind
from claims.models.rating import translate_rating
from claims.pages.common.rows import APIRow
from claims.pages.embeds.card_image import MAX_QUOTATION_LENGTH, Card
from claims.resources.permalinks import absolute_url, page_url
from claims.templatetags.pages import in_marks, long_date, scale_position, source_name


def claim_card(claim: APIRow) -> Card:
    return Card(
        site_name=settings.FACTBASE_SITE_NAME,
        quotation=claim["text"],
        speaker=claim["speaker"]["name"] if claim["speaker"] else "",
        origin=long_date(claim["said_on"]),
        **_verdict(claim),
    )


def quote_card(quote: APIRow, *, max_quoted: int = MAX_QUOTATION_LENGTH) -> Card:
    source = quote["source"]
    quotation = in_marks(quote, max_quoted)
    return Card(
        site_name=settings.FACTBASE_SITE_NAME,
        quotation=quotation,
        closing_mark=quotation[-1] if quote["kind"] == QuoteKind.DIRECT else "",
        speaker=quote["speaker"]["name"],
        origin=", ".join(filter(None, [source["publisher"] or source_name(source), long_date(source["published_on"])])),
        **_verdict(quote["claim"]),
    )


def _verdict(claim: APIRow | None) -> dict[str, str]:
    rating = claim and claim["rating"]
    return {"verdict": translate_rating(rating["name"]), "scale": scale_position(rating)} if rating else {}


CARDS: Mapping[str, Callable[[APIRow], Card]] = {"claims": claim_card, "quotes": quote_card}


def share_fields(resource: str, row: APIRow) -> dict[str, Any]:
    """Returns the fields of a claim's or quote's `Page` by which other sites show it."""
    kind = resource.removesuffix("s")
    return {
        "image_url": absolute_url(f"og-{kind}", row["id"]),
        "image_alt": card_in_words(CARDS[resource](row)),
        "oembed_url": f"{absolute_url('oembed')}?{urlencode({'url': page_url(resource, row['id'])})}",
    }


def card_in_words(card: Card) -> str:
    words = f"{card.speaker}: {card.quotation}" if card.speaker else card.quotation
    return _("%(words)s Verdict: %(verdict)s.") % {"words": words, "verdict": card.verdict} if card.verdict else words
