"""The pages whose cost is measured, in turns with each other."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from benchmarks.readers.asking import Question, Site
from benchmarks.readers.filling import public_claims
from benchmarks.workbench.articles import FREQUENT, MIDDLING, RARE
from claims.api.pagination import SIGNER
from claims.models import Claim, Quote

DEEPEST = 500_000
FLOOR = "/api/floor/"  # below /api/ as what is measured: some of the middleware is left out there
LIST = "/api/v1/claims/"
# What the floor gives, no more and no less (of all the first quotes, not of one).
SPEAKER = ",".join(f"speaker.{name}" for name in ("id", "name", "kind", "wikidata_id", "url"))
QUOTE = ",".join(f"quotes.{name}" for name in ("id", "exact", "url"))
SOURCE = ",".join(f"quotes.source.{name}" for name in ("id", "title", "publisher", "url"))
NARROW = f"{LIST}?fields=id,text,said_on,released_at,status,url,{SPEAKER},{QUOTE},{SOURCE}"
WORDS = {"frequent": FREQUENT, "mid": MIDDLING, "rare": RARE}


def measured(claims: int, repetitions: int, say: Callable[[str], None]) -> dict[str, Any]:
    """The figures of each, and how many claims there are."""
    site = Site()
    questions = asked(site, claims)
    for question in questions.values():  # what is made once is made
        site.cost(question)
    costs = {name: site.cost(question) for name, question in questions.items()}
    for turn in range(repetitions):
        for name, question in questions.items():
            site.measure(question, costs[name])
        say(f"Pages, {turn + 1} of {repetitions}")
    found = {word: _with(word) for word in WORDS.values()}
    return {"pages": {name: cost.figures() for name, cost in costs.items()}, "claims": public_claims(), "words": found}


def asked(site: Site, claims: int) -> dict[str, Question]:
    """What is asked."""
    tag: str = site.ask(Question(LIST)).headers.get("ETag", "")
    questions = {
        "floor": Question(FLOOR),
        "list": Question(LIST),
        "narrow": Question(NARROW),
        "quotes": Question("/api/v1/quotes/"),
        "bare floor": Question(FLOOR, bare=True),
        "deep": Question(deep(min(DEEPEST, claims // 2))),
        **{name: Question(f"{LIST}?{urlencode({'q': word})}") for name, word in WORDS.items()},
        **{f"narrow {name}": Question(f"{NARROW}&{urlencode({'q': word})}") for name, word in WORDS.items()},
    }
    if tag:
        questions["unchanged"] = Question(LIST, {"If-None-Match": tag}, status=304)
    return questions


def deep(depth: int) -> str:
    """The address of the page so many rows from the beginning, as `next` would lead there."""
    pk, released = Claim.objects.released().order_by("-released_at", "-id").values_list("pk", "released_at")[depth]
    place = ["Claim -released_at -id", False, released.isoformat().replace("+00:00", "Z"), pk]
    return f"{LIST}?{urlencode({'cursor': SIGNER.sign_object(place)})}"


def _with(word: str) -> int:
    """How many quotes have it."""
    return int(Quote.objects.filter(exact__icontains=word).count())
