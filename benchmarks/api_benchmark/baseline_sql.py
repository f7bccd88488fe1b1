"""Hand-written SQL: for the baseline of a list, and for the table of the CSV export of claims."""

STATUS_SQL = """COALESCE(r.slug, CASE WHEN EXISTS (SELECT 1 FROM claims_verification w
  WHERE w.claim_id = c.id AND w.state = 'submitted') THEN 'in-review' ELSE 'unreviewed' END)"""
CLAIM_ROWS_SQL = """FROM claims_claim c
LEFT JOIN claims_speaker s ON s.id = c.speaker_id
LEFT JOIN claims_verification v ON v.claim_id = c.id AND v.state = 'published'
LEFT JOIN claims_rating r ON r.id = v.rating_id
JOIN claims_quote q ON q.id = (SELECT MIN(f.id) FROM claims_quote f WHERE f.claim_id = c.id AND f.decision = 'accepted')
JOIN claims_snapshot sn ON sn.id = q.snapshot_id
JOIN claims_source so ON so.id = sn.source_id
WHERE c.released_at <= CURRENT_TIMESTAMP AND c.retracted_at IS NULL
ORDER BY c.released_at DESC, c.id DESC"""
# Select the fifty claims first: with a join of all claims, SQLite would read every verdict.
_PAGE_SQL = """(SELECT * FROM claims_claim c
  WHERE c.released_at <= CURRENT_TIMESTAMP AND c.retracted_at IS NULL AND EXISTS
  (SELECT 1 FROM claims_quote f WHERE f.claim_id = c.id AND f.decision = 'accepted')
  ORDER BY c.released_at DESC, c.id DESC LIMIT 50) c"""
LIST_SQL = f"""SELECT c.id, c.text, c.said_on, c.released_at, {STATUS_SQL},
s.id, s.name, s.kind, s.wikidata_id, q.id, q.exact, so.id, so.title, so.publisher, so.url
{CLAIM_ROWS_SQL.replace("FROM claims_claim c", f"FROM {_PAGE_SQL}")}"""  # all of it stands here

COUNTS_SQL = """SELECT q.speaker_id, s.name, COUNT(*) FROM claims_quote q JOIN claims_speaker s ON s.id = q.speaker_id
WHERE q.decision = 'accepted' GROUP BY q.speaker_id, s.name ORDER BY COUNT(*) DESC, q.speaker_id LIMIT 100"""

_TOPICS_SQL = {
    "sqlite": "group_concat(t.name, ';')",
    "postgresql": "string_agg(t.name, ';' ORDER BY t.name)",
}
_TABLE_SQL = f"""SELECT c.id, c.text, {STATUS_SQL}, r.value, v.explanation, CAST(v.published_at AS date), s.id, s.name,
s.wikidata_id, q.role, c.said_on, q.id, q.exact, q.kind, q.start, q."end", so.id, so.publisher, so.title, so.url,
so.published_on, sn.sha256, (SELECT {{topics}} FROM claims_claim_topics ct JOIN claims_topic t ON t.id = ct.topic_id
WHERE ct.claim_id = c.id), (SELECT COUNT(*) FROM claims_quote a WHERE a.claim_id = c.id AND a.decision = 'accepted'),
c.updated_at, 'http://127.0.0.1:8000/api/v1/claims/' || c.id || '/' {CLAIM_ROWS_SQL}"""


def table_sql(vendor: str) -> str:
    """Returns the statement for the whole table."""
    return _TABLE_SQL.format(topics=_TOPICS_SQL[vendor]).replace("\n", " ")
