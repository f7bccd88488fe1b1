"""A made-up row of each resource, as an example in the OpenAPI schema."""

from claims.resources.permalinks import list_url, permalink

EXAMPLE_TIMESTAMP = "2025-05-16T09:30:00Z"
EXAMPLE_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_EXAMPLE_QUOTE = "The river has not been this high since 1993"


def _example_speaker() -> dict[str, object]:
    return {"id": 7, "name": "Lena Ford", "kind": "person", "wikidata_id": "Q42", "url": permalink("speakers", 7)}


def _example_source() -> dict[str, object]:
    return {
        "id": 3,
        "title": "River at a record",
        "publisher": "The Example",
        "url": "https://example.org/river",
        "published_on": "2025-05-15",
        "language": "en",
        "translated_from": "",
        "api_url": permalink("sources", 3),
    }


def _example_rating() -> dict[str, object]:
    return {"slug": "mostly-true", "name": "Mostly true", "value": 4, "worst": 1, "best": 5}


def _example_claim() -> dict[str, object]:
    return {
        "id": 12,
        "text": "The river is higher than at any time since 1993.",
        "status": "mostly-true",
        "url": permalink("claims", 12),
    }


def _example_evidence() -> dict[str, object]:
    return {
        "url": "https://example.org/gauges",
        "archive_url": "",
        "stance": "supports",
        "excerpt": "",
        "note": "Daily levels at the bridge since 1950.",
        "source": None,
    }


def _example_verdict() -> dict[str, object]:
    return {
        "id": 5,
        "explanation": "It was as high for one day in 2002.",
        "evidence": [_example_evidence()],
        "published_at": EXAMPLE_TIMESTAMP,
        "url": permalink("verifications", 5),
    }


def _example_appearance() -> dict[str, object]:
    return {
        "id": 31,
        "kind": "direct",
        "act": "speech",
        "exact": _EXAMPLE_QUOTE,
        "spans": [[120, 120 + len(_EXAMPLE_QUOTE)]],
        "start": 120,
        "end": 120 + len(_EXAMPLE_QUOTE),
        "prefix": "on Thursday. “",
        "suffix": "”, said Lena Ford",
        "cue": "said",
        "mention": "Lena Ford",
        "role": "hydrologist",
        "outlet": "",
        "speaker": _example_speaker(),
        "source": _example_source(),
        "snapshot_sha256": EXAMPLE_SHA256,
        "confidence": 0.97,
        "extractor": "tagger",
        "extractor_version": "3",
        "accepted_at": EXAMPLE_TIMESTAMP,
        "updated_at": EXAMPLE_TIMESTAMP,
        "url": permalink("quotes", 31),
    }


def example_rows() -> dict[str, dict[str, object]]:
    """Returns an example row of each resource. Its URLs are those of this site."""
    topic = {"slug": "rivers", "name": "Rivers", "url": permalink("topics", 2)}
    return {
        "quotes": _example_appearance() | {"claim": _example_claim()},
        "claims": _example_claim()
        | {
            "rating": _example_rating(),
            "speaker": _example_speaker(),
            "said_on": "2025-05-15",
            "topics": [topic],
            "verification": _example_verdict(),
            "appearances": 1,
            "quotes": [_example_appearance()],
            "quotes_url": list_url("quotes", claim=12),
            "released_at": EXAMPLE_TIMESTAMP,
            "updated_at": EXAMPLE_TIMESTAMP,
        },
        "speakers": _example_speaker()
        | {
            "names": ["Lena Ford", "L. Ford"],
            "description": "Hydrologist at the River Office.",
            "positions": [
                {
                    "title": "Hydrologist",
                    "organization": "River Office",
                    "held_from": "2019-01-01",
                    "held_to": None,
                }
            ],
            "quotes": 1,
            "quotes_url": list_url("quotes", speaker=7),
            "claims": 1,
            "claims_url": list_url("claims", speaker=7),
            "updated_at": EXAMPLE_TIMESTAMP,
        },
        "sources": _example_source()
        | {
            "kind": "article",
            "authors": "Kim Lo",
            "translator": "",
            "snapshots": [
                {"sha256": EXAMPLE_SHA256, "retrieved_at": EXAMPLE_TIMESTAMP, "reader": "html", "reader_version": "2"}
            ],
            "quotes": 1,
            "quotes_url": list_url("quotes", source=3),
            "created_at": EXAMPLE_TIMESTAMP,
            "updated_at": EXAMPLE_TIMESTAMP,
        },
        "verifications": _example_verdict() | {"claim": _example_claim(), "rating": _example_rating()},
        "topics": topic | {"id": 2, "description": "", "claims": 1, "claims_url": list_url("claims", topic="rivers")},
        "corrections": {
            "id": 4,
            "kind": "correction",
            "text": "The year was 1993, not 1983.",
            "reason": "Typing error.",
            "made_at": EXAMPLE_TIMESTAMP,
            "claim_id": 12,
            "claim_url": permalink("claims", 12),
            "url": permalink("corrections", 4),
        },
        "ratings": _example_rating()
        | {"id": 2, "explanation": "Accurate except for a minor detail.", "url": permalink("ratings", 2)},
    }
