"""What the API's lists and exports are measured against: the statement that one would write by hand.

The floor of a list is a plain Django view, behind the site's own middleware like the API: the statement, its rows made
into dicts, orjson. Of 50 claims it gives id, text, the two dates, the status, the speaker (id, name, kind, Wikidata id,
address) and the first quote's id, words and source (id, title, publisher, address): no verdicts, no topics, no counts, no
anchors of the quotes, no cursor, no `fields`, no filters. The floor of an export is the same table that the API's CSV is,
as the database's own client writes it.
"""

from typing import Any

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from factbase.urls import urlpatterns as ours

STATUS = """COALESCE(r.slug, CASE WHEN EXISTS (SELECT 1 FROM claims_verification w
  WHERE w.claim_id = c.id AND w.state = 'submitted') THEN 'in-review' ELSE 'unreviewed' END)"""
ROWS = """FROM claims_claim c
LEFT JOIN claims_speaker s ON s.id = c.speaker_id
LEFT JOIN claims_verification v ON v.claim_id = c.id AND v.state = 'published'
LEFT JOIN claims_rating r ON r.id = v.rating_id
JOIN claims_quote q ON q.id = (SELECT MIN(f.id) FROM claims_quote f WHERE f.claim_id = c.id AND f.decision = 'accepted')
JOIN claims_snapshot sn ON sn.id = q.snapshot_id
JOIN claims_source so ON so.id = sn.source_id
WHERE c.released_at <= CURRENT_TIMESTAMP AND c.retracted_at IS NULL
ORDER BY c.released_at DESC, c.id DESC"""
LIST = f"""SELECT c.id, c.text, c.said_on, c.released_at, {STATUS},
s.id, s.name, s.kind, s.wikidata_id, q.id, q.exact, so.id, so.title, so.publisher, so.url {ROWS} LIMIT 50"""  # noqa: S608

_TOPICS = {
    "sqlite": "group_concat(t.name, ';')",
    "postgresql": "string_agg(t.name, ';' ORDER BY t.name)",
}
_TABLE = f"""SELECT c.id, c.text, {STATUS}, r.value, v.explanation, CAST(v.published_at AS date), s.id, s.name,
s.wikidata_id, q.role, c.said_on, q.id, q.exact, q.kind, q.start, q."end", so.id, so.publisher, so.title, so.url,
so.published_on, sn.sha256, (SELECT {{topics}} FROM claims_claim_topics ct JOIN claims_topic t ON t.id = ct.topic_id
WHERE ct.claim_id = c.id), (SELECT COUNT(*) FROM claims_quote a WHERE a.claim_id = c.id AND a.decision = 'accepted'),
c.updated_at, 'http://127.0.0.1:8000/api/v1/claims/' || c.id || '/' {ROWS}"""  # noqa: S608  # all of it stands here


def table(vendor: str) -> str:
    """The statement of the whole table."""
    return _TABLE.format(topics=_TOPICS[vendor]).replace("\n", " ")


def floor(request: HttpRequest) -> HttpResponse:
    """Fifty claims."""
    with connection.cursor() as cursor:
        cursor.execute(LIST)
        rows = cursor.fetchall()
    base = f"{request.scheme}://{request.get_host()}/api/v1"
    return HttpResponse(
        orjson.dumps({"results": [_claim(base, *row) for row in rows]}), content_type="application/json"
    )


def _claim(base: str, pk: int, text: str, *rest: Any) -> dict[str, Any]:
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


urlpatterns = [path("floor/", floor), path("", include(ours))]
