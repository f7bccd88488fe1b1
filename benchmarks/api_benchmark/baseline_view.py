"""What the API's lists and exports are measured against: the statement that one would write by hand.

The floor of a list is a plain Django view, behind the site's own middleware like the API: the statement, its rows made
into dicts, orjson. Of 50 claims it gives id, text, the two dates, the status, the speaker (id, name, kind, Wikidata id,
address) and the first quote's id, words and source (id, title, publisher, address): no verdicts, no topics, no counts,
no anchors of the quotes, no cursor, no `fields`, no filters. The floor of an export is the same table that the API's
CSV is, as the database's own client writes it.
"""

from typing import Any

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from benchmarks.api_benchmark.baseline_sql import LIST_SQL
from factbase.urls import urlpatterns as ours


def baseline_view(request: HttpRequest) -> HttpResponse:
    """Fifty claims."""
    with connection.cursor() as cursor:
        cursor.execute(LIST_SQL)
        rows = cursor.fetchall()
    base = f"{request.scheme}://{request.get_host()}/api/v1"
    return HttpResponse(
        orjson.dumps({"results": [_claim_record(base, *row) for row in rows]}), content_type="application/json"
    )


def _claim_record(base: str, pk: int, text: str, *rest: Any) -> dict[str, Any]:
    said, released, status, speaker, name, kind, wikidata, quote, exact, source, title, publisher, url = rest
    return {
        "id": pk,
        "text": text,
        "said_on": said,
        "released_at": released,
        "status": status,
        "speaker": {
            "id": speaker,
            "name": name,
            "kind": kind,
            "wikidata_id": wikidata,
            "url": f"{base}/speakers/{speaker}/",
        },
        "quote": {"id": quote, "exact": exact, "url": f"{base}/quotes/{quote}/"},
        "source": {"id": source, "title": title, "publisher": publisher, "url": url},
        "url": f"{base}/claims/{pk}/",
    }


urlpatterns = [path("api/floor/", baseline_view), path("", include(ours))]
