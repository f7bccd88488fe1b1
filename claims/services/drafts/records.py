"""A report on a draft as JSON, with addresses of what was found: admin pages for editors, the API's for readers."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from claims.resources.permalinks import permalink, snapshot_url
from claims.services.drafts.findings import Audience, DraftReport, Finding, FoundClaim, FoundPassage

Record = dict[str, Any]


def to_record(report: DraftReport, audience: Audience) -> Record:
    """Returns the report. Offsets are code points of the draft, end exclusive."""
    return {
        "counts": {str(outcome): count for outcome, count in report.count_outcomes().items()},
        "quotations": [_finding_record(finding, audience) for finding in report.findings],
    }


def _finding_record(finding: Finding, audience: Audience) -> Record:
    quotation = finding.quotation
    return {
        "number": finding.number,
        "outcome": str(finding.outcome),
        "spans": [list(span) for span in quotation.spans],
        "text": finding.text,
        "is_reported": quotation.is_reported,
        "speaker": quotation.speaker.name if quotation.speaker else None,
        "mention": quotation.mention,
        "alterations": [str(alteration) for alteration in finding.alterations],
        "diff": [{"op": op.value, "text": text} for op, text in finding.diff],
        "passage": finding.passage and _passage_record(finding.passage, audience),
        "joined_with": finding.joined_with and _passage_record(finding.joined_with, audience),
        "claim": finding.claim and _claim_record(finding.claim, audience),
    }


def _passage_record(passage: FoundPassage, audience: Audience) -> Record:
    source, quote = passage.snapshot.source, passage.quote
    record: Record = {
        "text": passage.text,
        "is_quoted": passage.is_quoted,
        "source": {
            "id": source.pk,
            "title": source.title,
            "publisher": source.publisher,
            "published_on": source.published_on and source.published_on.isoformat(),
            "source_url": source.url,
            "url": passage_url(passage, audience),
        },
        "sha256": passage.snapshot.sha256,
        "quote": None,
        "proof": None,
    }
    if audience is Audience.EDITORS:
        record |= {"start": passage.start, "end": passage.end}
    if quote is not None:
        record["quote"] = {
            "id": quote.pk,
            "kind": quote.kind,
            "text": quote.text,
            "speaker": quote.speaker.name if quote.speaker else None,
            "decision": quote.decision,
            "url": _url("quotes", "quote", quote.pk, audience),
        }
        if audience is Audience.READERS:
            record["proof"] = f"{permalink('quotes', quote.pk)}proof/"
    return record


def passage_url(passage: FoundPassage, audience: Audience) -> str:
    """Returns where the version of the source is shown, with the quote marked for editors."""
    source = passage.snapshot.source_id
    if audience is Audience.READERS:
        return snapshot_url(source, passage.snapshot.sha256)
    marked = f"&quote={passage.quote.pk}" if passage.quote else ""
    page = f"{reverse('admin:claims_source_change', args=[source])}?snapshot={passage.snapshot.pk}{marked}"
    return f"{settings.FACTBASE_BASE_URL}{page}"


def claim_url(claim: FoundClaim, audience: Audience) -> str:
    return _url("claims", "claim", claim.claim.pk, audience)


def _url(resource: str, model: str, pk: int, audience: Audience) -> str:
    if audience is Audience.READERS:
        return permalink(resource, pk)
    return f"{settings.FACTBASE_BASE_URL}{reverse(f'admin:claims_{model}_change', args=[pk])}"


def _claim_record(found: FoundClaim, audience: Audience) -> Record:
    rating = found.verification.rating
    return {
        "id": found.claim.pk,
        "text": found.claim.text,
        "rating": rating and rating.slug,
        "rating_name": rating and rating.name,
        "explanation": found.verification.explanation,
        "differences": [
            {"kind": str(difference.kind), "draft": difference.own, "claim": difference.other}
            for difference in found.differences
        ],
        "url": claim_url(found, audience),
    }
