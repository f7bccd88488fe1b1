"""Reads with the models that datamodel-code-generator made: `python … URL RETRACTED_CLAIM`."""

import json
import sys
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from facts_models import (
    Counts,
    Gone,
    PaginatedClaimList,
    PaginatedQuoteList,
    ParameterProblem,
    Problem,
    Quote,
)

API = f"{sys.argv[1]}/api/v1"


def fetch(path: str, **parameters: object) -> bytes:
    try:
        with urlopen(f"{API}/{path}?{urlencode(parameters, doseq=True)}") as response:
            content: bytes = response.read()
            return content
    except HTTPError as error:
        return error.read()


first = PaginatedQuoteList.model_validate_json(fetch("quotes/", page_size=2, expand="speaker"))
assert first.next
with urlopen(str(first.next)) as response:
    second = PaginatedQuoteList.model_validate_json(response.read())
assert second.next is None
quotes: list[Quote] = first.results + second.results
texts: list[str] = [quote.text for quote in quotes if quote.text is not None]
speaker = first.results[0].speaker
assert speaker is not None
names = speaker.names

kinds = PaginatedQuoteList.model_validate_json(fetch("quotes/", kind=["mixed", "indirect"], fields="id,speaker.name"))
assert all(quote.text is None for quote in kinds.results)
claims = PaginatedClaimList.model_validate_json(fetch("claims/"))
changes = PaginatedQuoteList.model_validate_json(fetch("quotes/", updated_since="2020-01-01"))
assert changes.updated_since is not None
counts = Counts.model_validate_json(fetch("quotes/counts/", by="kind"))
missing = Problem.model_validate_json(fetch("quotes/999999/"))
gone = Gone.model_validate_json(fetch(f"claims/{sys.argv[2]}/"))
refused = ParameterProblem.model_validate_json(fetch("quotes/", publisher="\0"))
assert refused.errors is not None

result = {
    "texts": texts,
    "names": names,
    "kinds": len(kinds.results),
    "claims": len(claims.results),
    "changes": len(changes.results),
    "counts": {row.value: row.count for row in counts.results},
    "csv": fetch("quotes.csv").count(b"\n"),
    "missing": missing.status,
    "gone": gone.cause.value,
    "refused": refused.errors[0].parameter,
}
sys.stdout.write(json.dumps(result))
