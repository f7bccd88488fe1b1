"""What answers look like: a made-up one of each resource, for the API's description of itself."""

from typing import Any

from claims.export.addresses import address, list_address

MOMENT = "2025-05-16T09:30:00Z"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_EXACT = "The river has not been this high since 1993"


def _speaker() -> dict[str, Any]:
    return {"id": 7, "name": "Lena Ford", "kind": "person", "wikidata_id": "Q42", "url": address("speakers", 7)}


def _source() -> dict[str, Any]:
    return {
        "id": 3,
        "title": "River at a record",
        "publisher": "The Example",
        "url": "https://example.org/river",
        "published_on": "2025-05-15",
        "language": "en",
        "translated_from": "",
        "api_url": address("sources", 3),
    }


def _rating() -> dict[str, Any]:
    return {"slug": "mostly-true", "name": "Mostly true", "value": 4, "worst": 1, "best": 5}


def _claim() -> dict[str, Any]:
    return {
        "id": 12,
        "text": "The river is higher than at any time since 1993.",
        "status": "mostly-true",
        "url": address("claims", 12),
    }


def _evidence() -> dict[str, Any]:
    return {
        "url": "https://example.org/gauges",
        "archive_url": "",
        "stance": "supports",
        "excerpt": "",
        "note": "The gauge at the bridge, every day since 1950.",
        "source": None,
    }


def _verdict() -> dict[str, Any]:
    return {
        "id": 5,
        "explanation": "In 2002 it was as high for one day.",
        "evidence": [_evidence()],
        "published_at": MOMENT,
        "url": address("verifications", 5),
    }


def _appearance() -> dict[str, Any]:
    return {
        "id": 31,
        "kind": "direct",
        "act": "speech",
        "exact": _EXACT,
        "spans": [[120, 120 + len(_EXACT)]],
        "start": 120,
        "end": 120 + len(_EXACT),
        "prefix": "on Thursday. “",
        "suffix": "”, said Lena Ford",
        "cue": "said",
        "mention": "Lena Ford",
        "role": "hydrologist",
        "outlet": "",
        "speaker": _speaker(),
        "source": _source(),
        "snapshot_sha256": DIGEST,
        "confidence": 0.97,
        "extractor": "tagger",
        "extractor_version": "3",
        "accepted_at": MOMENT,
        "updated_at": MOMENT,
        "url": address("quotes", 31),
    }


def rows() -> dict[str, dict[str, Any]]:
    """One row of each list, by the list's name. Its addresses are this installation's."""
    topic = {"slug": "rivers", "name": "Rivers", "url": address("topics", 2)}
    return {
        "quotes": _appearance() | {"claim": _claim()},
        "claims": _claim()
        | {
            "rating": _rating(),
            "speaker": _speaker(),
            "said_on": "2025-05-15",
            "topics": [topic],
            "verification": _verdict(),
            "appearances": 1,
            "quotes": [_appearance()],
            "quotes_url": list_address("quotes", claim=12),
            "released_at": MOMENT,
            "updated_at": MOMENT,
        },
        "speakers": _speaker()
        | {
            "names": ["Lena Ford", "L. Ford"],
            "description": "Measures rivers.",
            "positions": [
                {
                    "title": "Hydrologist",
                    "organization": "River Office",
                    "held_from": "2019-01-01",
                    "held_to": None,
                }
            ],
            "quotes": 1,
            "quotes_url": list_address("quotes", speaker=7),
            "claims": 1,
            "claims_url": list_address("claims", speaker=7),
            "updated_at": MOMENT,
        },
        "sources": _source()
        | {
            "kind": "article",
            "authors": "Kim Lo",
            "translator": "",
            "snapshots": [{"sha256": DIGEST, "retrieved_at": MOMENT, "reader": "html", "reader_version": "2"}],
            "quotes": 1,
            "quotes_url": list_address("quotes", source=3),
            "created_at": MOMENT,
            "updated_at": MOMENT,
        },
        "verifications": _verdict() | {"claim": _claim(), "rating": _rating()},
        "topics": topic
        | {"id": 2, "description": "", "claims": 1, "claims_url": list_address("claims", topic="rivers")},
        "corrections": {
            "id": 4,
            "kind": "correction",
            "text": "The year was 1993, not 1983.",
            "reason": "A slip of the pen.",
            "made_at": MOMENT,
            "claim_id": 12,
            "claim_url": address("claims", 12),
            "url": address("corrections", 4),
        },
        "ratings": _rating()
        | {"id": 2, "explanation": "Right but for a detail that changes little.", "url": address("ratings", 2)},
    }
