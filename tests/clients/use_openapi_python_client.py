"""Uses the client that openapi-python-client generated: `python use_openapi_python_client.py URL RETRACTED_CLAIM`."""

import datetime as dt
import json
import sys
from urllib.parse import parse_qs, urlsplit

from facts import Client
from facts.api.claims import claims_list, claims_retrieve
from facts.api.quotes import quotes_counts, quotes_csv, quotes_list, quotes_retrieve
from facts.models import (
    Counts,
    Gone,
    PaginatedClaimList,
    PaginatedQuoteList,
    ParameterProblem,
    Problem,
    Quote,
    QuoteField,
    QuotesCountsBy,
    QuotesListExpandItem,
    QuotesListKindItem,
)
from facts.types import Unset

client = Client(base_url=sys.argv[1])

first = quotes_list.sync(client=client, page_size=2, expand=[QuotesListExpandItem.SPEAKER])
assert isinstance(first, PaginatedQuoteList)
assert first.next_
cursor = parse_qs(urlsplit(first.next_).query)["cursor"][0]
second = quotes_list.sync(client=client, page_size=2, cursor=cursor)
assert isinstance(second, PaginatedQuoteList)
assert second.next_ is None
quotes: list[Quote] = first.results + second.results
texts: list[str] = [quote.text for quote in quotes if not isinstance(quote.text, Unset)]
speaker = first.results[0].speaker
assert not isinstance(speaker, Unset)
names = speaker.names

kinds = quotes_list.sync(
    client=client,
    kind=[QuotesListKindItem.MIXED, QuotesListKindItem.INDIRECT],
    fields=[QuoteField.ID, QuoteField.SPEAKER_DOT_NAME],
)
assert isinstance(kinds, PaginatedQuoteList)
assert all(isinstance(quote.text, Unset) for quote in kinds.results)
claims = claims_list.sync(client=client)
assert isinstance(claims, PaginatedClaimList)
changes = quotes_list.sync(client=client, updated_since=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
assert isinstance(changes, PaginatedQuoteList)
assert isinstance(changes.updated_since, dt.datetime)
counts = quotes_counts.sync(client=client, by=QuotesCountsBy.KIND)
assert isinstance(counts, Counts)
table = quotes_csv.sync(client=client)
assert isinstance(table, str)

missing = quotes_retrieve.sync(999_999, client=client)
assert isinstance(missing, Problem)
gone = claims_retrieve.sync(int(sys.argv[2]), client=client)
assert isinstance(gone, Gone)
refused = quotes_list.sync(client=client, publisher=["\0"])
assert isinstance(refused, ParameterProblem)
assert not isinstance(refused.errors, Unset)

result = {
    "texts": texts,
    "names": names,
    "kinds": len(kinds.results),
    "claims": len(claims.results),
    "changes": len(changes.results),
    "counts": {row.value: row.count for row in counts.results},
    "csv": table.count("\n"),
    "missing": missing.status,
    "gone": gone.cause.value,
    "refused": refused.errors[0].parameter,
}
sys.stdout.write(json.dumps(result))
