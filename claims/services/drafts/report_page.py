"""What the templates of a report show."""

from typing import Any

from claims.services.drafts.annotated_text import annotate
from claims.services.drafts.descriptions import alteration_labels, outcome_label, passage_note
from claims.services.drafts.findings import Audience, DraftReport, Finding, FoundPassage
from claims.services.drafts.records import claim_url, passage_url


def report_context(report: DraftReport, audience: Audience) -> dict[str, Any]:
    """Returns the context of `claims/drafts/report.html`."""
    shown = {finding.number: _shown_finding(finding, audience) for finding in report.findings}
    return {
        "parts": [(part, shown[part.finding.number] if part.finding else None) for part in annotate(report)],
        "findings": list(shown.values()),
        "counts": [(outcome, outcome_label(outcome), count) for outcome, count in report.count_outcomes().items()],
    }


def _shown_finding(finding: Finding, audience: Audience) -> dict[str, Any]:
    return {
        "finding": finding,
        "label": outcome_label(finding.outcome),
        "alterations": ", ".join(alteration_labels(finding)).capitalize(),
        "diff": [(op.value, text.rstrip(), " " if text[-1:].isspace() else "") for op, text in finding.diff],
        "note": passage_note(finding),
        "passages": [
            _shown_passage(passage, audience) for passage in (finding.passage, finding.joined_with) if passage
        ],
        "claim_url": claim_url(finding.claim, audience) if finding.claim else "",
    }


def _shown_passage(passage: FoundPassage, audience: Audience) -> dict[str, Any]:
    return {"passage": passage, "source": passage.snapshot.source, "url": passage_url(passage, audience)}
