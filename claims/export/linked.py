"""Claims, quotes and verdicts as linked data: schema.org's vocabulary as JSON-LD, made of the API's own rows."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

MEDIA_TYPE = "application/ld+json"
CONTEXT = "https://schema.org"

Node = dict[str, Any]
Row = Mapping[str, Any]

_SPEAKERS = {"person": "Person", "unnamed": "Person", "organization": "Organization", "group": "Organization"}


def document(kind: str, row: Row) -> Node:
    """One row as a document of its own."""
    return {"@context": CONTEXT, **NODES[kind](row)}


def page(kind: str, rows: Iterable[Row], *, address: str) -> Node:
    """A page of a list; the neighbours are in the `Link` header."""
    items = [NODES[kind](row) for row in rows]
    return {"@context": CONTEXT, "@type": "ItemList", "@id": address, "url": address, "itemListElement": items}


def claim(row: Row) -> Node:
    """A ClaimReview where the claim has a published verdict; else the Claim itself."""
    said = _claim(row)
    verdict = row["verification"]
    if verdict is None:
        return said
    return _review(verdict, row["rating"], said, dateModified=row["updated_at"])


def verification(row: Row) -> Node:
    """A ClaimReview."""
    said = row["claim"]
    return _review(row, row["rating"], _node("Claim", said["url"], text=said["text"]))


def quote(row: Row) -> Node:
    """A Quotation, and the claim that it makes."""
    about = row.get("claim")
    return _quotation(row) | _told(
        {"about": _node("Claim", about["url"], text=about["text"]) if about else None},
    )


NODES = {"claims": claim, "quotes": quote, "verifications": verification}


def site() -> Node:
    """Who publishes what is here."""
    base = settings.FACTBASE_BASE_URL
    return {"@type": "Organization", "name": urlsplit(base).hostname, "url": f"{base}/"}


def _review(verdict: Row, rating: Row, said: Node, **more: Any) -> Node:
    return _node(
        "ClaimReview",
        verdict["url"],
        claimReviewed=said["text"],
        itemReviewed=said,
        reviewRating=_told(
            {
                "@type": "Rating",
                "alternateName": rating["name"],
                # One that stands outside the scale has no place on it.
                **({} if rating["value"] is None else _scale(rating)),
            }
        ),
        reviewBody=verdict["explanation"],
        datePublished=verdict["published_at"],
        author=site(),
        citation=[_evidence(each) for each in verdict["evidence"]],
        **more,
    )


def _scale(rating: Row) -> Node:
    return {"ratingValue": rating["value"], "worstRating": rating["worst"], "bestRating": rating["best"]}


def _claim(row: Row) -> Node:
    return _node(
        "Claim",
        row["url"],
        text=row["text"],
        author=_speaker(row["speaker"]),
        dateCreated=row["said_on"],
        datePublished=row["released_at"],
        dateModified=row["updated_at"],
        about=[{"@type": "Thing", "@id": topic["url"], "name": topic["name"]} for topic in row["topics"]],
        appearance=[_quotation(each) for each in row["quotes"]],
    )


def _quotation(row: Row) -> Node:
    return _node(
        "Quotation",
        row["url"],
        text=row["exact"],
        spokenByCharacter=_speaker(row["speaker"]),
        isPartOf=_source(row["source"]),
        inLanguage=row["source"]["language"],
        datePublished=row["source"]["published_on"],
        dateModified=row["updated_at"],
    )


def _speaker(row: Row | None) -> Node | None:
    if row is None:
        return None
    wikidata = f"http://www.wikidata.org/entity/{row['wikidata_id']}" if row["wikidata_id"] else None
    return _node(_SPEAKERS[row["kind"]], row["url"], name=row["name"], sameAs=wikidata)


def _source(row: Row | None) -> Node | None:
    if row is None:
        return None
    return _told(
        {
            "@type": "CreativeWork",
            "@id": row["api_url"],
            "url": row["url"],
            "name": row["title"],
            "publisher": {"@type": "Organization", "name": row["publisher"]} if row["publisher"] else None,
            "datePublished": row["published_on"],
            "inLanguage": row["language"],
        }
    )


def _evidence(row: Row) -> Node:
    kept = _source(row["source"]) or {"@type": "CreativeWork"}
    more = {"url": row["url"] or kept.get("url"), "archivedAt": row["archive_url"], "abstract": row["excerpt"]}
    return kept | _told(more)


def _node(kind: str, address: str, **properties: Any) -> Node:
    return _told({"@type": kind, "@id": address, "url": address, **properties})


def _told(properties: Mapping[str, Any]) -> Node:
    """Without what is not known."""
    return {name: value for name, value in properties.items() if value not in (None, "", [])}
