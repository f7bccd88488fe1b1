"""The measured pages of the API."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from benchmarks.api_benchmark.wsgi_client import PageRequest, WsgiClient
from benchmarks.dataset.generated_articles import FREQUENT_WORD, MEDIUM_WORD, RARE_WORD
from benchmarks.dataset.public_claim_database import count_public_claims
from claims.api.query.pagination import CURSOR_SIGNER
from claims.models import Claim, Quote
from claims.resources import RESOURCES

MAX_DEPTH = 500_000
BASELINE_URL = "/api/baseline/"  # below /api/, where some middleware is skipped, like the measured pages
CLAIMS_URL = "/api/v1/claims/"
# The fields of the baseline view, no more and no less (but of several quotes instead of one).
SPEAKER_FIELDS = ",".join(f"speaker.{name}" for name in ("id", "name", "kind", "wikidata_id", "url"))
QUOTE_FIELDS = ",".join(f"quotes.{name}" for name in ("id", "exact", "url"))
SOURCE_FIELDS = ",".join(f"quotes.source.{name}" for name in ("id", "title", "publisher", "url"))
NARROW_URL = (
    f"{CLAIMS_URL}?fields=id,text,said_on,released_at,status,url,{SPEAKER_FIELDS},{QUOTE_FIELDS},{SOURCE_FIELDS}"
)
COUNTS_BASELINE_URL = "/api/baseline/counts/"
COUNTS_URL = "/api/v1/quotes/counts/?by=speaker"
NOTHING_PREFIX = "nothing: "  # of the names of filters that find nothing
LONG_AGO, IN_FUTURE = "1900-01-01", "2090-01-01"
EMPTY_LISTS = (
    *(f"quotes/?said_{end}" for end in (f"before={LONG_AGO}", f"after={IN_FUTURE}")),
    *(f"claims/?said_{end}" for end in (f"before={LONG_AGO}", f"after={IN_FUTURE}")),
    *(f"{name}/?published_after={IN_FUTURE}" for name in ("quotes", "claims", "sources")),
    *(f"{name}/?publisher=Nobody" for name in ("quotes", "claims")),
    *(f"{name}/?speaker=999999999" for name in ("quotes", "claims", "sources")),
    *(f"{name}/?site=nowhere.example.org" for name in ("quotes", "claims", "sources")),
    f"quotes/?accepted_before={LONG_AGO}",
    f"claims/?verified_before={LONG_AGO}",
    f"quotes/?{urlencode({'q': FREQUENT_WORD, 'said_after': IN_FUTURE})}",
)
WORDS_BY_FREQUENCY = {"frequent": FREQUENT_WORD, "mid": MEDIUM_WORD, "rare": RARE_WORD}


def measure_api_pages(claims: int, repetitions: int, log: Callable[[str], None]) -> dict[str, Any]:
    """Measures all pages in turns and returns their figures, and the number of claims."""
    client = WsgiClient()
    requests = list_requests(client, claims)
    for request in requests.values():  # fill all caches
        client.count_queries(request)
    costs = {name: client.count_queries(request) for name, request in requests.items()}
    for repetition in range(repetitions):
        for name, request in requests.items():
            client.measure(request, costs[name])
        log(f"Pages, {repetition + 1} of {repetitions}")
    word_counts = {word: _count_quotes_with(word) for word in WORDS_BY_FREQUENCY.values()}
    return {
        "pages": {name: cost.figures() for name, cost in costs.items()},
        "claims": count_public_claims(),
        "words": word_counts,
    }


def list_requests(client: WsgiClient, claims: int) -> dict[str, PageRequest]:
    etag: str = client.get(PageRequest(CLAIMS_URL)).headers.get("ETag", "")
    requests = {
        "baseline": PageRequest(BASELINE_URL),
        "list": PageRequest(CLAIMS_URL),
        "narrow": PageRequest(NARROW_URL),
        "baseline without middleware": PageRequest(BASELINE_URL, bare=True),
        "deep": PageRequest(deep_page_url(min(MAX_DEPTH, claims // 2))),
        **{name: PageRequest(f"{CLAIMS_URL}?{urlencode({'q': word})}") for name, word in WORDS_BY_FREQUENCY.items()},
        "relevance": PageRequest(f"{CLAIMS_URL}?{urlencode({'q': FREQUENT_WORD, 'ordering': 'relevance'})}"),
        **{f"list of {name}": PageRequest(f"/api/v1/{name}/") for name in RESOURCES},
        **{f"{NOTHING_PREFIX}{path}": PageRequest(f"/api/v1/{path}") for path in EMPTY_LISTS},
        "counts": PageRequest(COUNTS_URL),
        "counts baseline": PageRequest(COUNTS_BASELINE_URL),
        **{
            f"narrow {name}": PageRequest(f"{NARROW_URL}&{urlencode({'q': word})}")
            for name, word in WORDS_BY_FREQUENCY.items()
        },
    }
    if etag:
        requests["unchanged"] = PageRequest(CLAIMS_URL, {"If-None-Match": etag}, status=304)
    return requests


def deep_page_url(depth: int) -> str:
    """Returns the URL of the page after so many rows, as in `next`."""
    pk, released = Claim.objects.released().order_by("-released_at", "-id").values_list("pk", "released_at")[depth]
    cursor = ["Claim -released_at -id", False, released.isoformat().replace("+00:00", "Z"), pk]
    return f"{CLAIMS_URL}?{urlencode({'cursor': CURSOR_SIGNER.sign_object(cursor)})}"


def _count_quotes_with(word: str) -> int:
    return int(Quote.objects.filter(exact__icontains=word).count())
