"""The pages whose cost is measured, in turns with each other."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from benchmarks.api_benchmark.wsgi_client import PageRequest, WsgiClient
from benchmarks.dataset.generated_articles import FREQUENT_WORD, MEDIUM_WORD, RARE_WORD
from benchmarks.dataset.public_claim_database import count_public_claims
from claims.api.query.pagination import CURSOR_SIGNER
from claims.models import Claim, Quote

MAX_DEPTH = 500_000
BASELINE_URL = "/api/floor/"  # below /api/ as what is measured: some of the middleware is left out there
CLAIMS_URL = "/api/v1/claims/"
# What the floor gives, no more and no less (of all the first quotes, not of one).
SPEAKER_FIELDS = ",".join(f"speaker.{name}" for name in ("id", "name", "kind", "wikidata_id", "url"))
QUOTE_FIELDS = ",".join(f"quotes.{name}" for name in ("id", "exact", "url"))
SOURCE_FIELDS = ",".join(f"quotes.source.{name}" for name in ("id", "title", "publisher", "url"))
NARROW_URL = (
    f"{CLAIMS_URL}?fields=id,text,said_on,released_at,status,url,{SPEAKER_FIELDS},{QUOTE_FIELDS},{SOURCE_FIELDS}"
)
WORDS_BY_FREQUENCY = {"frequent": FREQUENT_WORD, "mid": MEDIUM_WORD, "rare": RARE_WORD}


def measure_api_pages(claims: int, repetitions: int, say: Callable[[str], None]) -> dict[str, Any]:
    """The figures of each, and how many claims there are."""
    site = WsgiClient()
    questions = list_requests(site, claims)
    for question in questions.values():  # what is made once is made
        site.cost(question)
    costs = {name: site.cost(question) for name, question in questions.items()}
    for turn in range(repetitions):
        for name, question in questions.items():
            site.measure(question, costs[name])
        say(f"Pages, {turn + 1} of {repetitions}")
    found = {word: _count_quotes_with(word) for word in WORDS_BY_FREQUENCY.values()}
    return {
        "pages": {name: cost.figures() for name, cost in costs.items()},
        "claims": count_public_claims(),
        "words": found,
    }


def list_requests(site: WsgiClient, claims: int) -> dict[str, PageRequest]:
    """What is asked."""
    tag: str = site.ask(PageRequest(CLAIMS_URL)).headers.get("ETag", "")
    questions = {
        "floor": PageRequest(BASELINE_URL),
        "list": PageRequest(CLAIMS_URL),
        "narrow": PageRequest(NARROW_URL),
        "quotes": PageRequest("/api/v1/quotes/"),
        "bare floor": PageRequest(BASELINE_URL, bare=True),
        "deep": PageRequest(deep_page_url(min(MAX_DEPTH, claims // 2))),
        **{name: PageRequest(f"{CLAIMS_URL}?{urlencode({'q': word})}") for name, word in WORDS_BY_FREQUENCY.items()},
        **{
            f"narrow {name}": PageRequest(f"{NARROW_URL}&{urlencode({'q': word})}")
            for name, word in WORDS_BY_FREQUENCY.items()
        },
    }
    if tag:
        questions["unchanged"] = PageRequest(CLAIMS_URL, {"If-None-Match": tag}, status=304)
    return questions


def deep_page_url(depth: int) -> str:
    """The address of the page so many rows from the beginning, as `next` would lead there."""
    pk, released = Claim.objects.released().order_by("-released_at", "-id").values_list("pk", "released_at")[depth]
    place = ["Claim -released_at -id", False, released.isoformat().replace("+00:00", "Z"), pk]
    return f"{CLAIMS_URL}?{urlencode({'cursor': CURSOR_SIGNER.sign_object(place)})}"


def _count_quotes_with(word: str) -> int:
    """How many quotes have it."""
    return int(Quote.objects.filter(exact__icontains=word).count())
