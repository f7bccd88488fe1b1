"""What a verification's page shows above its form: the claim, its quotes in their contexts, and former verdicts."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Value
from django.db.models.functions import Greatest, Least, Substr

from claims.admin.common.highlight import TextMark, highlight_spans
from claims.admin.quotes.quote_context import quote_source_url
from claims.models import Claim, Operation, Quote, Verification, VerificationState
from claims.services.history.undo import last_operation
from claims.services.verification import workflow
from claims.services.verification.evidence_urls import find_duplicate_urls

MAX_EXCERPTS = 10
MAX_EARLIER_VERDICTS = 20
MAX_EXCERPT_CONTEXT = 160  # code points shown on either side of a quote
MAX_EXCERPT_LENGTH = 3000  # of all that is shown of one
EXCERPT_BREAK_WINDOW = 40  # the text is cut at a space, if there is one among this many code points at its end


def get_verification_panel_context(row: Verification, *, user: User) -> dict[str, Any]:
    """The claim it judges, the quotes that carry it, what was found before, and what to mind.

    And what `user` did last, if that was done to it.
    """
    last = last_operation(user)
    own = row.state == VerificationState.SUBMITTED and user.pk in workflow.contributor_ids(row)
    wordings = list(row.claim.history.order_by("history_date", "history_id").values_list("history_date", "text"))
    urls = row.evidence.values_list("url", flat=True) if row.state == VerificationState.DRAFT else []
    return {
        "verification": row,
        "quotes": list_quote_excerpts(row.claim),
        "former": [
            {"row": each, "wording": _claim_text_at_submission(wordings, each), "now": row.claim.text}
            for each in _earlier_verdicts(row)
        ],
        "judged": _claim_text_at_submission(wordings, row),
        "waits_for_another": own,
        "duplicates": find_duplicate_urls(urls),
        "last_operation": last if last and _affects_verification(last, row) else None,
    }


def _affects_verification(operation: Operation, verification: Verification) -> bool:
    """Whether it changed the verification, or evidence that is, or was, there."""
    evidence = [row for row in operation.rows if row["model"] == "evidence"]
    if any((row["before"] or {}).get("verification") == verification.pk for row in evidence):
        return True
    there = verification.evidence.filter(pk__in=[row["pk"] for row in evidence])
    own = any((row["model"], row["pk"]) == ("verification", verification.pk) for row in operation.rows)
    return own or (bool(evidence) and there.exists())


def list_quote_excerpts(claim: Claim) -> list[dict[str, Any]]:
    """The first of its quotes, accepted ones first, each with some of the text around it and its source; one query."""
    rows = Quote.objects.filter(claim=claim).select_related("speaker", "snapshot__source").defer("snapshot__text")
    rows = rows.annotate(
        first=Greatest(F("start") - MAX_EXCERPT_CONTEXT, Value(0)),
        window=Substr(
            "snapshot__text",
            F("first") + 1,
            Least(F("end") - F("first") + MAX_EXCERPT_CONTEXT, Value(MAX_EXCERPT_LENGTH)),
        ),  # SQL counts from 1
    )
    return [_quote_excerpt(row) for row in rows.order_by("decision", "pk")[:MAX_EXCERPTS]]


def _quote_excerpt(quote: Any) -> dict[str, Any]:
    marks = [TextMark(spans=quote.spans, style=f"quote-{quote.decision}")]
    text, first = quote.window, quote.first
    if first and 0 <= (space := text.find(" ", 0, EXCERPT_BREAK_WINDOW)) < quote.start - first:
        text, first = text[space + 1 :], first + space + 1
    # Where less than was asked for came, the text ends there.
    more = quote.first + len(quote.window) >= min(quote.end + MAX_EXCERPT_CONTEXT, quote.first + MAX_EXCERPT_LENGTH)
    if more and (space := text.rfind(" ", max(len(text) - EXCERPT_BREAK_WINDOW, quote.end - first))) >= 0:
        text = text[:space]
    return {
        "quote": quote,
        "text": highlight_spans(text, marks, offset=first),
        "cut_before": first > 0,
        "cut_after": more,
        "source_address": quote_source_url(quote),
    }


def _earlier_verdicts(row: Verification) -> list[Verification]:
    """Verdicts on the claim that were published, other than this one."""
    rows = row.claim.verifications.filter(published_at__isnull=False).exclude(pk=row.pk)
    return list(
        rows.select_related("rating", "author", "approver").order_by("-published_at", "-pk")[:MAX_EARLIER_VERDICTS]
    )


def _claim_text_at_submission(wordings: list[tuple[Any, str]], row: Verification) -> str:
    """How the claim read when this was submitted; "" if it was not, or is older than the claim's history."""
    if row.submitted_at is None:
        return ""
    return next((text for date, text in reversed(wordings) if date <= row.submitted_at), "")
