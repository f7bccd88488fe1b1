"""The context of a claim's page above and below its form."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from claims.admin.claims.similar_claims import search_or_explain
from claims.admin.common.list_columns import quote_list_url
from claims.models import AmendmentState, Claim, ClaimRelation, Operation, Quote, RelationKind, RelationState
from claims.resources.permalinks import list_page_path
from claims.search.matches.similar_claims import find_claims_similar_to_claim
from claims.search.matches.similar_reviews import find_similar_reviews
from claims.services.claims.repeats import find_repeats
from claims.services.history.undo import last_operation

MAX_PANEL_QUOTES = 100
MAX_RELATIONS = 50
MAX_SIMILAR = 5
MAX_LINKED_REVIEWS = 20


def get_claim_panel_context(claim: Claim, *, editor: User) -> dict[str, object]:
    """Returns the claim's quotes, verifications, corrections, relations, similar claims and fact-checks of others.

    Includes the editor's last operation if it affected this claim, so that the page can offer to undo it.
    """
    operation = last_operation(editor)
    quotes = claim.quotes.select_related("speaker", "snapshot__source").defer("snapshot__text")
    first_quotes = list(quotes.order_by("decision", "pk")[: MAX_PANEL_QUOTES + 1])
    related = list_relations(claim)
    is_current = not (claim.retracted_at or claim.merged_into_id)
    similar, similar_problem = search_or_explain(lambda: find_claims_similar_to_claim(claim) if is_current else [])
    similar_reviews, _ = search_or_explain(
        lambda: find_similar_reviews(claim.text, limit=MAX_SIMILAR) if is_current else []
    )
    linked_reviews = list(claim.external_reviews.all()[: MAX_LINKED_REVIEWS + 1])
    related_ids = {relation["other"].pk for relation in related}
    return {
        "quotes": first_quotes[:MAX_PANEL_QUOTES],
        "more_quotes": len(first_quotes) > MAX_PANEL_QUOTES,
        "quote_list_url": quote_list_url(claim__id__exact=claim),
        "repeats": list_repeats(claim),
        "repeats_list_url": list_page_path("quotes", repeats_claim=claim.pk),
        "verifications": claim.verifications.select_related("rating", "author", "approver").order_by("-pk"),
        "correction_draft": claim.amendments.filter(state=AmendmentState.OPEN)
        .select_related("author", "speaker", "was_speaker")
        .first(),
        "corrections": claim.corrections.select_related("made_by").prefetch_related("changes").order_by("-pk")[:20],
        "relations": [entry for entry in related if entry["relation"].state != RelationState.DISMISSED],
        "similar": [candidate for candidate in similar if candidate.claim.pk not in related_ids][:MAX_SIMILAR],
        "similar_problem": similar_problem,
        "linked_reviews": linked_reviews[:MAX_LINKED_REVIEWS],
        "more_linked_reviews": len(linked_reviews) > MAX_LINKED_REVIEWS,
        "similar_reviews": similar_reviews,
        "last_operation": operation if operation and claim.pk in touched_claim_ids(operation) else None,
    }


def list_repeats(claim: Claim) -> list[tuple[date, Quote]]:
    """Returns the quotes that say the claim again after its verdict, and their days, the last first."""
    days = {row.quote_id: row.said_on for row in find_repeats([claim.pk])}
    quotes = Quote.objects.filter(pk__in=days).select_related("speaker", "snapshot__source").defer("snapshot__text")
    rows = [(days[quote.pk], quote) for quote in quotes]
    return sorted(rows, key=lambda row: (row[0], row[1].pk), reverse=True)


# The labels as read from the second claim.
REVERSE_RELATION_LABELS = {RelationKind.REPEATS: "is repeated by", RelationKind.UPDATES: "is updated by"}


def _relation_label(relation: ClaimRelation, claim: Claim) -> str:
    """The kind of relation as read from `claim`."""
    kind = RelationKind(relation.kind)
    return str(kind.label) if relation.first_id == claim.pk else REVERSE_RELATION_LABELS.get(kind, str(kind.label))


def touched_claim_ids(operation: Operation) -> set[int | None]:
    """Returns the ids of the claims that the operation changed, or to or from which it moved quotes."""
    claims = {row["pk"] for row in operation.rows if row["model"] == "claim"}
    quotes = [row for row in operation.rows if row["model"] == "quote"]
    return claims | {(row[side] or {}).get("claim") for row in quotes for side in ("before", "after")}


def list_relations(claim: Claim) -> list[dict[str, Any]]:
    """Returns the claim's relations, dismissed ones included, each with the other claim and the label to show."""
    relations = ClaimRelation.objects.filter(Q(first=claim) | Q(second=claim)).order_by("state", "-score", "pk")
    return [
        {
            "relation": relation,
            "other": relation.second if relation.first_id == claim.pk else relation.first,
            "is_first": relation.first_id == claim.pk,
            "label": _relation_label(relation, claim),
        }
        for relation in relations.select_related("first__speaker", "second__speaker", "decided_by")[:MAX_RELATIONS]
    ]
