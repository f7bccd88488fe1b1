"""The context of a verification's page: a preview for its editors, the claim with its quotes, and earlier verdicts."""

from typing import Any

import orjson
from django.contrib.auth.models import User
from django.db.models import F, Value
from django.db.models.functions import Greatest, Least, Substr

from claims.admin.claims.claim_status import rating_label
from claims.admin.common.highlight import TextMark, highlight_spans
from claims.admin.quotes.quote_context import quote_source_url, trim_partial_words
from claims.admin.verification.evidence_copies import list_copies
from claims.models import Claim, Operation, Quote, Verification, VerificationState
from claims.resources.claims import ClaimSerializer
from claims.resources.sql.sql_serializer import sql_serializer_for
from claims.resources.verifications import VerificationSerializer
from claims.services.history.undo import last_operation
from claims.services.people.account_ties import find_alias_ties
from claims.services.verification import workflow
from claims.services.verification.evidence_urls import find_duplicate_urls

MAX_EXCERPTS = 10
MAX_EARLIER_VERDICTS = 20
MAX_EXCERPT_CONTEXT = 160  # code points on either side of a quote
MAX_EXCERPT_LENGTH = 3000  # code points, context included
PREVIEWED_CLAIM_FIELDS = ["text", "speaker", "said_on", "quotes"]
PREVIEWED_VERDICT_FIELDS = ["explanation", "evidence"]
UNPUBLISHED_STATES = {VerificationState.DRAFT, VerificationState.SUBMITTED}


def get_verification_panel_context(verification: Verification, *, user: User) -> dict[str, object]:
    """Returns the quotes in context, earlier verdicts, the claim's text when submitted, and warnings.

    Includes the user's last operation if it affected this verification, so that the page can offer to undo it.
    """
    operation = last_operation(user)
    is_submitted = verification.state == VerificationState.SUBMITTED
    contributions = workflow.find_contributions(verification)
    approver = user if is_submitted else verification.approver
    history = verification.claim.history.order_by("history_date", "history_id")
    claim_texts = list(history.values_list("history_date", "text"))
    is_draft = verification.state == VerificationState.DRAFT
    urls = verification.evidence.values_list("url", flat=True) if is_draft else []
    return get_claim_context(verification.claim) | {
        "verification": verification,
        "preview": preview_verdict(verification) if verification.state in UNPUBLISHED_STATES else None,
        "earlier_verdicts": [
            {
                "verification": earlier,
                "claim_text": _claim_text_at_submission(claim_texts, earlier),
                "current_text": verification.claim.text,
            }
            for earlier in _earlier_verdicts(verification)
        ],
        "submitted_text": _claim_text_at_submission(claim_texts, verification),
        "needs_other_approver": is_submitted and user.pk in contributions,
        "approver_ties": find_alias_ties(approver, contributions) if approver else (),
        "duplicate_urls": find_duplicate_urls(urls),
        "copies": list_copies(verification),
        "last_operation": operation if operation and _affects_verification(operation, verification) else None,
    }


def get_claim_context(claim: Claim) -> dict[str, object]:
    """Returns the claim to judge, and its quotes in context."""
    return {"claim": claim, "excerpts": list_quote_excerpts(claim)}


def preview_verdict(verification: Verification) -> dict[str, Any]:
    """Returns the claim and the verdict as the API would return them. Takes two queries."""
    claims = sql_serializer_for(ClaimSerializer, PREVIEWED_CLAIM_FIELDS)
    verdicts = sql_serializer_for(VerificationSerializer, PREVIEWED_VERDICT_FIELDS)
    rows = (
        *claims.rows(Claim.objects.filter(pk=verification.claim_id).order_by("id")),
        *verdicts.rows(Verification.objects.filter(pk=verification.pk).order_by("id")),
    )
    claim, verdict = orjson.loads(orjson.dumps(rows))
    rating = verification.rating
    label = rating_label(rating.name, rating.value, rating.worst, rating.best) if rating else ""
    return {"claim": claim, "rating": label, **verdict}


def _affects_verification(operation: Operation, verification: Verification) -> bool:
    """Tells whether the operation changed the verification, or evidence that belongs or belonged to it."""
    if any((row["model"], row["pk"]) == ("verification", verification.pk) for row in operation.rows):
        return True
    evidence = [row for row in operation.rows if row["model"] == "evidence"]
    if any((row["before"] or {}).get("verification") == verification.pk for row in evidence):
        return True
    return bool(evidence) and verification.evidence.filter(pk__in=[row["pk"] for row in evidence]).exists()


def list_quote_excerpts(claim: Claim) -> list[dict[str, object]]:
    """Returns the claim's first quotes, accepted ones first, each with its context and source. Takes one query."""
    quotes = Quote.objects.filter(claim=claim).select_related("speaker", "snapshot__source").defer("snapshot__text")
    quotes = quotes.annotate(
        excerpt_start=Greatest(F("start") - MAX_EXCERPT_CONTEXT, Value(0)),
        excerpt=Substr(
            "snapshot__text",
            F("excerpt_start") + 1,  # SQL counts from 1
            Least(F("end") - F("excerpt_start") + MAX_EXCERPT_CONTEXT, Value(MAX_EXCERPT_LENGTH)),
        ),
    )
    return [_quote_excerpt(quote) for quote in quotes.order_by("decision", "pk")[:MAX_EXCERPTS]]


def _quote_excerpt(quote: Any) -> dict[str, object]:
    start = quote.excerpt_start
    # An excerpt that is shorter than requested ends where the snapshot ends.
    text_goes_on = start + len(quote.excerpt) >= min(quote.end + MAX_EXCERPT_CONTEXT, start + MAX_EXCERPT_LENGTH)
    text, removed = trim_partial_words(
        quote.excerpt, at_start=start > 0, at_end=text_goes_on, keep_until=quote.end - start
    )
    marks = [TextMark(spans=quote.spans, style=f"quote-{quote.decision}")]
    return {
        "quote": quote,
        "text": highlight_spans(text, marks, offset=start + removed),
        "cut_before": start + removed > 0,
        "cut_after": text_goes_on,
        "source_url": quote_source_url(quote),
    }


def _earlier_verdicts(verification: Verification) -> list[Verification]:
    """The other verdicts on the claim that are, or were, published."""
    published = verification.claim.verifications.filter(published_at__isnull=False).exclude(pk=verification.pk)
    latest_first = published.select_related("rating", "author", "approver").order_by("-published_at", "-pk")
    return list(latest_first[:MAX_EARLIER_VERDICTS])


def _claim_text_at_submission(claim_texts: list[tuple[Any, str]], verification: Verification) -> str:
    """The claim's text when the verification was submitted; "" if it was not, or before the claim's history."""
    submitted_at = verification.submitted_at
    if submitted_at is None:
        return ""
    return next((text for changed_at, text in reversed(claim_texts) if changed_at <= submitted_at), "")
