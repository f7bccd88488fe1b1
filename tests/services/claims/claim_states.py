"""Claims as readers see them, or do not."""

import datetime as dt

from django.utils import timezone

from claims.models import Claim
from claims.services.claims.corrections import public_change, retract_claim
from claims.services.claims.public_state import GRACE_PERIOD
from tests import factories as make
from tests.table_contents import dump_models


def make_public_claim(age: dt.timedelta = 2 * GRACE_PERIOD) -> Claim:
    """A claim that has been public for so long."""
    claim = make.QuoteFactory(accepted=True).claim
    Claim.objects.filter(pk=claim.pk).update(released_at=timezone.now() - age)
    return Claim.objects.get(pk=claim.pk)


def make_retracted_claim() -> Claim:
    claim = make_public_claim()
    retract_claim(claim=claim, editor=make.UserFactory(), reason="A hoax.")
    return claim


def requires_public_note(claim: Claim) -> bool:
    with public_change(editor=make.UserFactory(), claims=[claim.pk]) as change:
        return change.before.claims[claim.pk].needs_note


def dump_claims(*models: str) -> dict[str, object]:
    """Everything about claims and rows of `models`; topics without the ids of the links, which an undo replaces."""
    topics = Claim.topics.through.objects.order_by("claim", "topic").values_list("claim", "topic")
    return dump_models("Claim", "Quote", "ClaimAmendment", "ClaimRelation", *models) | {"topics": list(topics)}
