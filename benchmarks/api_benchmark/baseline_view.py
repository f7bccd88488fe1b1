"""The baseline that the API's lists are compared with: a plain Django view with one hand-written SQL statement.

The view runs behind the same middleware as the API, converts the rows to dicts and serialises them with orjson. For 50
claims it returns id, text, both dates, status, the speaker (id, name, kind, Wikidata id, URL), and the first quote's
id, words and source (id, title, publisher, URL). It has no verdicts, topics, counts, quote anchors, cursor, `fields` or
filters. The baseline of an export is the same table as the API's CSV, written by the database's own client.
"""

from typing import Any

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from benchmarks.api_benchmark.baseline_sql import COUNTS_SQL, LIST_SQL
from factbase.urls import urlpatterns as ours


def baseline_view(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(LIST_SQL)
        rows = cursor.fetchall()
    base = f"{request.scheme}://{request.get_host()}/api/v1"
    return HttpResponse(
        orjson.dumps({"results": [_claim_record(base, *row) for row in rows]}), content_type="application/json"
    )


def counts_view(_: HttpRequest) -> HttpResponse:
    """The hundred speakers with the most accepted quotes, embargoed claims or not."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS_SQL)
        rows = cursor.fetchall()
    results = [{"value": speaker, "label": name, "count": count} for speaker, name, count in rows]
    return HttpResponse(orjson.dumps({"results": results}), content_type="application/json")


def _claim_record(base: str, pk: int, text: str, *rest: Any) -> dict[str, Any]:
    said_on, released_at, status, speaker, name, kind, wikidata_id, quote, exact, source, title, publisher, url = rest
    return {
        "id": pk,
        "text": text,
        "said_on": said_on,
        "released_at": released_at,
        "status": status,
        "speaker": {
            "id": speaker,
            "name": name,
            "kind": kind,
            "wikidata_id": wikidata_id,
            "url": f"{base}/speakers/{speaker}/",
        },
        "quote": {"id": quote, "exact": exact, "url": f"{base}/quotes/{quote}/"},
        "source": {"id": source, "title": title, "publisher": publisher, "url": url},
        "url": f"{base}/claims/{pk}/",
    }


urlpatterns = [
    path("api/baseline/", baseline_view),
    path("api/baseline/counts/", counts_view),
    path("", include(ours)),
]
