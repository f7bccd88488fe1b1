"""Keeps the repeats of claims after their verdicts, and counts what they change as changed."""

from claims.models import ClaimRelation, Repeat, ResourceKind, Verification, VerificationState
from claims.services.changefeed.change_dependencies import IdQuerySet
from claims.services.claims.repeats import RepeatRow, find_public_repeats


def update_repeats(touched: IdQuerySet | None) -> dict[str, set[int]]:
    """Finds anew the repeats of the `touched` claims, and of those that these may repeat (with None, of all claims).

    Returns the ids of the claims and of the quotes of which something changed, by their kind.
    """
    verdicts, kept = Verification.objects.filter(state=VerificationState.PUBLISHED), Repeat.objects.all()
    if touched is not None:
        claims = _with_repeated_claims(touched)
        verdicts, kept = verdicts.filter(claim__in=claims), kept.filter(claim__in=claims)
    old = {RepeatRow(*values): pk for pk, *values in kept.order_by().values_list("pk", *RepeatRow._fields)}
    new = set(find_public_repeats(set(verdicts.order_by().values_list("claim", flat=True))))
    Repeat.objects.filter(pk__in=[pk for row, pk in old.items() if row not in new]).delete()
    Repeat.objects.bulk_create((Repeat(**row._asdict()) for row in new - old.keys()), batch_size=1000)
    changed = new ^ old.keys()
    return {
        ResourceKind.CLAIMS: {row.claim_id for row in changed},
        ResourceKind.QUOTES: {row.quote_id for row in changed},
    }


def _with_repeated_claims(touched: IdQuerySet) -> IdQuerySet:
    """Returns the ids of these claims, and of all that they are related to."""
    firsts = ClaimRelation.objects.filter(second__in=touched).order_by().values("first")
    seconds = ClaimRelation.objects.filter(first__in=touched).order_by().values("second")
    return touched.union(firsts, seconds)
