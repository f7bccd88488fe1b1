"""Claims, quotes and verdicts as linked data: schema.org's vocabulary as JSON-LD, made of the API's own rows."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

MEDIA_TYPE = "application/ld+json"
CONTEXT = "https://schema.org"

JSONLDNode = dict[str, Any]
APIRow = Mapping[str, Any]

_SPEAKER_TYPES = {"person": "Person", "unnamed": "Person", "organization": "Organization", "group": "Organization"}


def jsonld_document(kind: str, row: APIRow) -> JSONLDNode:
    """One row as a document of its own."""
    return {"@context": CONTEXT, **NODE_BUILDERS[kind](row)}


def jsonld_page(kind: str, rows: Iterable[APIRow], *, address: str) -> JSONLDNode:
    """A page of a list; the neighbours are in the `Link` header."""
    items = [NODE_BUILDERS[kind](row) for row in rows]
    return {"@context": CONTEXT, "@type": "ItemList", "@id": address, "url": address, "itemListElement": items}


def claim_node(row: APIRow) -> JSONLDNode:
    """A ClaimReview where the claim has a published verdict; else the Claim itself."""
    said = _plain_claim_node(row)
    verdict = row["verification_node"]
    if verdict is None:
        return said
    return _review_node(verdict, row["rating"], said, dateModified=row["updated_at"])


def verification_node(row: APIRow) -> JSONLDNode:
    """A ClaimReview."""
    said = row["claim_node"]
    return _review_node(row, row["rating"], _build_node("Claim", said["url"], text=said["text"]))


def quote_node(row: APIRow) -> JSONLDNode:
    """A Quotation, and the claim that it makes."""
    about = row.get("claim")
    return _quotation_node(row) | _without_empty(
        {"about": _build_node("Claim", about["url"], text=about["text"]) if about else None},
    )


NODE_BUILDERS = {"claims": claim_node, "quotes": quote_node, "verifications": verification_node}


def publisher_node() -> JSONLDNode:
    """Who publishes what is here."""
    base = settings.FACTBASE_BASE_URL
    return {"@type": "Organization", "name": urlsplit(base).hostname, "url": f"{base}/"}


def _review_node(verdict: APIRow, rating: APIRow, said: JSONLDNode, **more: Any) -> JSONLDNode:
    return _build_node(
        "ClaimReview",
        verdict["url"],
        claimReviewed=said["text"],
        itemReviewed=said,
        reviewRating=_without_empty(
            {
                "@type": "Rating",
                "alternateName": rating["name"],
                # One that stands outside the scale has no place on it.
                **({} if rating["value"] is None else _scale_properties(rating)),
            }
        ),
        reviewBody=verdict["explanation"],
        datePublished=verdict["published_at"],
        author=publisher_node(),
        citation=[_evidence_node(each) for each in verdict["evidence"]],
        **more,
    )


def _scale_properties(rating: APIRow) -> JSONLDNode:
    return {"ratingValue": rating["value"], "worstRating": rating["worst"], "bestRating": rating["best"]}


def _plain_claim_node(row: APIRow) -> JSONLDNode:
    return _build_node(
        "Claim",
        row["url"],
        text=row["text"],
        author=_speaker_node(row["speaker"]),
        dateCreated=row["said_on"],
        datePublished=row["released_at"],
        dateModified=row["updated_at"],
        about=[{"@type": "Thing", "@id": topic["url"], "name": topic["name"]} for topic in row["topics"]],
        appearance=[_quotation_node(each) for each in row["quotes"]],
    )


def _quotation_node(row: APIRow) -> JSONLDNode:
    return _build_node(
        "Quotation",
        row["url"],
        text=row["exact"],
        spokenByCharacter=_speaker_node(row["speaker"]),
        isPartOf=_source_node(row["source"]),
        inLanguage=row["source"]["language"],
        datePublished=row["source"]["published_on"],
        dateModified=row["updated_at"],
    )


def _speaker_node(row: APIRow | None) -> JSONLDNode | None:
    if row is None:
        return None
    wikidata = f"http://www.wikidata.org/entity/{row['wikidata_id']}" if row["wikidata_id"] else None
    return _build_node(_SPEAKER_TYPES[row["kind"]], row["url"], name=row["name"], sameAs=wikidata)


def _source_node(row: APIRow | None) -> JSONLDNode | None:
    if row is None:
        return None
    return _without_empty(
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


def _evidence_node(row: APIRow) -> JSONLDNode:
    kept = _source_node(row["source"]) or {"@type": "CreativeWork"}
    more = {"url": row["url"] or kept.get("url"), "archivedAt": row["archive_url"], "abstract": row["excerpt"]}
    return kept | _without_empty(more)


def _build_node(kind: str, address: str, **properties: Any) -> JSONLDNode:
    return _without_empty({"@type": kind, "@id": address, "url": address, **properties})


def _without_empty(properties: Mapping[str, Any]) -> JSONLDNode:
    """Without what is not known."""
    return {name: value for name, value in properties.items() if value not in (None, "", [])}
