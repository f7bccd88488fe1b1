"""Claims, quotes, verdicts, speakers and sources as JSON-LD in the schema.org vocabulary, made of the API's rows.

`@id` is what the API calls a thing, and does not change; `url` is its page for readers.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.templatetags.static import static

from claims.models import QuoteKind, RelationKind
from claims.resources.permalinks import page_url, quote_kind_scheme
from claims.resources.quotes import CounterpartRole
from claims.resources.relations import RelationDirection
from claims.resources.sql.said_on import SaidOnFrom

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
    return _review_node(row, row["rating"], _claim_reference(row["claim"]))


def quote_node(row: APIRow) -> JSONLDNode:
    """Returns a quote about the claim that it makes."""
    claim = row.get("claim")
    return _appearance_node(row) | ({"about": _claim_reference(claim)} if claim else {})


def speaker_node(row: APIRow) -> JSONLDNode:
    """Returns a Person or Organization, from a speaker or a speaker's summary."""
    return _build_node(
        _SPEAKER_TYPES[row["kind"]],
        row["url"],
        page_url("speakers", row["id"], row["name"]),
        name=row["name"],
        alternateName=[name for name in row.get("names", ()) if name != row["name"]],
        description=row.get("description"),
        sameAs=f"http://www.wikidata.org/entity/{row['wikidata_id']}" if row["wikidata_id"] else None,
    )


def source_node(row: APIRow) -> JSONLDNode:
    """Returns a CreativeWork, from a source or a source's summary; its `url` is the publisher's, if that is known."""
    return _build_node(
        "CreativeWork",
        row["api_url"],
        row["url"] or page_url("sources", row["id"], row["title"]),
        name=row["title"],
        publisher={"@type": "Organization", "name": row["publisher"]} if row["publisher"] else None,
        datePublished=row["published_on"],
        inLanguage=row["language"],
    )


def speaker_document(row: APIRow) -> JSONLDNode:
    """Returns a Person with the positions that they held, or an Organization."""
    node = {"@context": CONTEXT, **speaker_node(row)}
    if node["@type"] == "Person":
        node["hasOccupation"] = [_position_node(position) for position in row["positions"]]
    return _without_empty(node)


def source_document(row: APIRow) -> JSONLDNode:
    """Returns a CreativeWork with its authors and translator."""
    authors = [{"@type": "Person", "name": name} for name in map(str.strip, row["authors"].split(";")) if name]
    translator = {"@type": "Person", "name": row["translator"]} if row["translator"] else None
    return _without_empty({"@context": CONTEXT, **source_node(row), "author": authors, "translator": translator})


NODE_BUILDERS = {"claims": claim_node, "quotes": quote_node, "verifications": verification_node}


def publisher_node() -> JSONLDNode:
    base_url = settings.FACTBASE_BASE_URL
    return {
        "@type": "Organization",
        "name": settings.FACTBASE_PUBLISHER,
        "url": f"{base_url}/",
        "logo": f"{base_url}{static(settings.FACTBASE_LOGO)}",
    }


def _review_node(verdict: APIRow, rating: APIRow, claim: JSONLDNode, **properties: object) -> JSONLDNode:
    return _build_node(
        "ClaimReview",
        verdict["url"],
        claim["url"],  # a verdict is read on its claim's page
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
        page_url("claims", row["id"], row["text"]),
        text=row["text"],
        author=speaker_node(row["speaker"]) if row["speaker"] else None,
        dateCreated=row["said_on"] if row["said_on_from"] == SaidOnFrom.CLAIM else None,
        datePublished=row["released_at"],
        dateModified=row["updated_at"],
        about=[{"@type": "Thing", "@id": topic["url"], "name": topic["name"]} for topic in row["topics"]],
        **_relation_properties(row["relations"]),
        appearance=[_appearance_node(quote) for quote in row["quotes"]],
    )


def _claim_reference(row: APIRow) -> JSONLDNode:
    """Returns a claim that is described elsewhere, from its summary."""
    return _build_node("Claim", row["url"], page_url("claims", row["id"], row["text"]), text=row["text"])


def _relation_properties(relations: Iterable[APIRow]) -> JSONLDNode:
    """Returns the claims that a claim is related to.

    For variations of one claim, schema.org has `sameAs`; what repeats or updates a claim is based on it. It has nothing
    for contradictions: these are mentioned, and the description says what they are.
    """
    nodes: dict[str, list[object]] = {"sameAs": [], "isBasedOn": [], "mentions": []}
    for relation in relations:
        page = page_url("claims", relation["claim_id"], relation["text"])
        claim = _build_node("Claim", relation["claim_url"], page, text=relation["text"])
        if relation["kind"] == RelationKind.SAME:
            nodes["sameAs"].append(page)
        elif relation["kind"] == RelationKind.CONTRADICTS:
            nodes["mentions"].append(claim | {"description": "Contradicts this claim."})
        elif relation["direction"] == RelationDirection.TO:
            nodes["isBasedOn"].append(claim)
    return dict(nodes)


def _appearance_node(row: APIRow) -> JSONLDNode:
    """Returns a Quotation if all words are verbatim, else a Statement of the speaker, as a Claim is."""
    is_verbatim = row["kind"] == QuoteKind.DIRECT
    speaker = speaker_node(row["speaker"])
    return _build_node(
        "Quotation" if is_verbatim else "Statement",
        row["url"],
        page_url("quotes", row["id"]),
        text=row["text"],
        keywords={"@type": "DefinedTerm", "termCode": row["kind"], "inDefinedTermSet": quote_kind_scheme()},
        creator=speaker,
        spokenByCharacter=speaker if is_verbatim else None,
        isBasedOn=source_node(row["source"]),
        inLanguage=row["source"]["language"],
        datePublished=row["source"]["published_on"],
        dateModified=row["updated_at"],
        **_counterpart_properties(row["counterparts"]),
    )


def _counterpart_properties(counterparts: Iterable[APIRow]) -> JSONLDNode:
    """Returns the same words in the original and in translations of the source."""
    nodes: dict[CounterpartRole, list[JSONLDNode]] = {role: [] for role in CounterpartRole}
    for row in counterparts:
        node = _build_node(
            "Quotation" if row["kind"] == QuoteKind.DIRECT else "Statement",
            row["url"],
            page_url("quotes", row["id"]),
            text=row["text"],
            inLanguage=row["source"]["language"],
            isBasedOn=source_node(row["source"]),
        )
        nodes[CounterpartRole(row["role"])].append(node)
    return {
        "translationOfWork": nodes[CounterpartRole.ORIGINAL],
        "workTranslation": nodes[CounterpartRole.TRANSLATION],
    }


def _position_node(row: APIRow) -> JSONLDNode:
    """Returns a Role: an Occupation with its dates and its organization."""
    occupation = {"@type": "Occupation", "name": row["title"]}
    node = {"@type": "Role", "hasOccupation": occupation, "startDate": row["held_from"], "endDate": row["held_to"]}
    return _without_empty(node | {"description": row["organization"]})


def _evidence_node(row: APIRow) -> JSONLDNode:
    source = source_node(row["source"]) if row["source"] else {"@type": "CreativeWork"}
    properties = {"url": row["url"] or source.get("url"), "archivedAt": row["archive_url"], "abstract": row["excerpt"]}
    return source | _without_empty(properties)


def _build_node(type_name: str, identifier: str, url: str, **properties: object) -> JSONLDNode:
    return _without_empty({"@type": type_name, "@id": identifier, "url": url, **properties})


def _without_empty(properties: Mapping[str, object]) -> JSONLDNode:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}
