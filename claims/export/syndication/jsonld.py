"""Claims, quotes and verdicts as JSON-LD in the schema.org vocabulary, made of the API's rows."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from claims.models import QuoteKind, RelationKind
from claims.resources.permalinks import quote_kind_scheme
from claims.resources.relations import RelationDirection
from claims.resources.said_on import SaidOnFrom

MEDIA_TYPE = "application/ld+json"
CONTEXT = "https://schema.org"

JSONLDNode = dict[str, Any]
APIRow = Mapping[str, Any]

_SPEAKER_TYPES = {"person": "Person", "unnamed": "Person", "organization": "Organization", "group": "Organization"}


def jsonld_document(resource: str, row: APIRow) -> JSONLDNode:
    return {"@context": CONTEXT, **NODE_BUILDERS[resource](row)}


def jsonld_page(resource: str, rows: Iterable[APIRow], *, url: str) -> JSONLDNode:
    """Returns an ItemList. The neighbouring pages are in the `Link` header."""
    items = [NODE_BUILDERS[resource](row) for row in rows]
    return {"@context": CONTEXT, "@type": "ItemList", "@id": url, "url": url, "itemListElement": items}


def claim_node(row: APIRow) -> JSONLDNode:
    """Returns a ClaimReview if the claim has a published verdict, else a Claim."""
    claim = _plain_claim_node(row)
    verdict = row["verification"]
    if verdict is None:
        return claim
    return _review_node(verdict, row["rating"], claim, dateModified=row["updated_at"])


def verification_node(row: APIRow) -> JSONLDNode:
    """Returns a ClaimReview."""
    claim = row["claim"]
    return _review_node(row, row["rating"], _build_node("Claim", claim["url"], text=claim["text"]))


def quote_node(row: APIRow) -> JSONLDNode:
    """Returns a quote about the claim that it makes."""
    claim = row.get("claim")
    return _appearance_node(row) | _without_empty(
        {"about": _build_node("Claim", claim["url"], text=claim["text"]) if claim else None},
    )


NODE_BUILDERS = {"claims": claim_node, "quotes": quote_node, "verifications": verification_node}


def publisher_node() -> JSONLDNode:
    base_url = settings.FACTBASE_BASE_URL
    return {"@type": "Organization", "name": urlsplit(base_url).hostname, "url": f"{base_url}/"}


def _review_node(verdict: APIRow, rating: APIRow, claim: JSONLDNode, **properties: object) -> JSONLDNode:
    return _build_node(
        "ClaimReview",
        verdict["url"],
        claimReviewed=claim["text"],
        itemReviewed=claim,
        reviewRating=_without_empty(
            {
                "@type": "Rating",
                "alternateName": rating["name"],
                # A rating outside the scale has no value on it.
                **({} if rating["value"] is None else _scale_properties(rating)),
            }
        ),
        reviewBody=verdict["explanation"],
        datePublished=verdict["published_at"],
        author=publisher_node(),
        citation=[_evidence_node(evidence) for evidence in verdict["evidence"]],
        **properties,
    )


def _scale_properties(rating: APIRow) -> JSONLDNode:
    return {"ratingValue": rating["value"], "worstRating": rating["worst"], "bestRating": rating["best"]}


def _plain_claim_node(row: APIRow) -> JSONLDNode:
    return _build_node(
        "Claim",
        row["url"],
        text=row["text"],
        author=_speaker_node(row["speaker"]),
        dateCreated=row["said_on"] if row["said_on_from"] == SaidOnFrom.CLAIM else None,
        datePublished=row["released_at"],
        dateModified=row["updated_at"],
        about=[{"@type": "Thing", "@id": topic["url"], "name": topic["name"]} for topic in row["topics"]],
        **_relation_properties(row["relations"]),
        appearance=[_appearance_node(quote) for quote in row["quotes"]],
    )


def _relation_properties(relations: Iterable[APIRow]) -> JSONLDNode:
    """Returns the claims that a claim is related to.

    For variations of one claim, schema.org has `sameAs`; what repeats or updates a claim is based on it. It has nothing
    for contradictions: these are mentioned, and the description says what they are.
    """
    nodes: dict[str, list[object]] = {"sameAs": [], "isBasedOn": [], "mentions": []}
    for relation in relations:
        claim = _build_node("Claim", relation["claim_url"], text=relation["text"])
        if relation["kind"] == RelationKind.SAME:
            nodes["sameAs"].append(relation["claim_url"])
        elif relation["kind"] == RelationKind.CONTRADICTS:
            nodes["mentions"].append(claim | {"description": "Contradicts this claim."})
        elif relation["direction"] == RelationDirection.TO:
            nodes["isBasedOn"].append(claim)
    return dict(nodes)


def _appearance_node(row: APIRow) -> JSONLDNode:
    """Returns a Quotation if all words are verbatim, else a Statement of the speaker, as a Claim is."""
    is_verbatim = row["kind"] == QuoteKind.DIRECT
    return _build_node(
        "Quotation" if is_verbatim else "Statement",
        row["url"],
        text=row["text"],
        keywords={"@type": "DefinedTerm", "termCode": row["kind"], "inDefinedTermSet": quote_kind_scheme()},
        **{"spokenByCharacter" if is_verbatim else "author": _speaker_node(row["speaker"])},
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
    source = _source_node(row["source"]) or {"@type": "CreativeWork"}
    properties = {"url": row["url"] or source.get("url"), "archivedAt": row["archive_url"], "abstract": row["excerpt"]}
    return source | _without_empty(properties)


def _build_node(type_name: str, url: str, **properties: object) -> JSONLDNode:
    return _without_empty({"@type": type_name, "@id": url, "url": url, **properties})


def _without_empty(properties: Mapping[str, object]) -> JSONLDNode:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}
