"""What a claim's page shows above its form."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from claims.admin.common.list_columns import quote_list_url
from claims.models import AmendmentState, Claim, ClaimRelation, Operation, RelationKind, RelationState
from claims.search.similar_claims import find_claims_similar_to_claim
from claims.services.history.undo import last_operation

MAX_PANEL_QUOTES = 100  # of quotes on a claim's page; the list has them all
MAX_RELATIONS = 50


def get_claim_panel_context(claim: Claim, *, editor: User) -> dict[str, Any]:
    """Its quotes, verifications, drafts and corrections, and the claims that have to do with it.

    And what `editor` did last, if that was done to it.
    """
    last = last_operation(editor)
    quotes = claim.quotes.select_related("speaker", "snapshot__source").defer("snapshot__text")
    shown = list(quotes.order_by("decision", "pk")[: MAX_PANEL_QUOTES + 1])
    related = list_relations(claim)
    known = {row["other"].pk for row in related}
    gone = claim.retracted_at or claim.merged_into_id
    alike = [] if gone else [each for each in find_claims_similar_to_claim(claim) if each.claim.pk not in known]
    return {
        "quotes": shown[:MAX_PANEL_QUOTES],
        "more_quotes": len(shown) > MAX_PANEL_QUOTES,
        "list_address": quote_list_url(claim__id__exact=claim),
        "verifications": claim.verifications.select_related("rating", "author", "approver").order_by("-pk"),
        "amendment": claim.amendments.filter(state=AmendmentState.OPEN)
        .select_related("author", "speaker", "was_speaker")
        .first(),
        "corrections": claim.corrections.select_related("made_by").order_by("-pk")[:20],
        "relations": [row for row in related if row["row"].state != RelationState.DISMISSED],
        "similar": alike[:5],
        "relation_kinds": RelationKind.choices,
        "last_operation": last if last and claim.pk in touched_claim_ids(last) else None,
    }


# How it is said of the second claim.
REVERSE_RELATION_LABELS = {RelationKind.REPEATS: "is repeated by", RelationKind.UPDATES: "is updated by"}


def _relation_label(row: ClaimRelation, claim: Claim) -> str:
    """As said of `claim`."""
    kind = RelationKind(row.kind)
    return str(kind.label) if row.first_id == claim.pk else REVERSE_RELATION_LABELS.get(kind, str(kind.label))


def touched_claim_ids(operation: Operation) -> set[int | None]:
    """The ids of the claims that it changed, or whose quotes it moved."""
    claims = {row["pk"] for row in operation.rows if row["model"] == "claim"}
    quotes = [row for row in operation.rows if row["model"] == "quote"]
    return claims | {(row[side] or {}).get("claim") for row in quotes for side in ("before", "after")}


def list_relations(claim: Claim) -> list[dict[str, Any]]:
    """How it stands to others: each row, the other claim, and whether this one is the first."""
    rows = ClaimRelation.objects.filter(Q(first=claim) | Q(second=claim)).order_by("state", "-score", "pk")
    found = rows.select_related("first__speaker", "second__speaker", "decided_by")[:MAX_RELATIONS]
    return [
        {
            "row": row,
            "other": row.second if row.first_id == claim.pk else row.first,
            "is_first": row.first_id == claim.pk,
            "words": _relation_label(row, claim),
        }
        for row in found
    ]
