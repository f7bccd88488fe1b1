"""Public claims, the permissions of an editor, and URLs for the tests of claims."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from claims.models import (
    Claim,
)
from claims.services.claims.public_state import GRACE_PERIOD
from tests import factories as make

PUBLIC_NOTE = {"note-what": "The wording.", "note-why": "It was unclear."}


EDITOR_PERMISSIONS = (
    "view_claim",
    "change_claim",
    "view_quote",
    "change_quote",
    "decide_quote",
    "view_speaker",
    "view_topic",
)


def create_public_claim(**fields: object) -> Claim:
    """A claim that readers have seen for a while."""
    claim = make.QuoteFactory(accepted=True, **fields).claim
    Claim.objects.filter(pk=claim.pk).update(released_at=timezone.now() - 2 * GRACE_PERIOD)
    return Claim.objects.get(pk=claim.pk)


def claim_url(name: str, claim: Claim) -> str:
    return reverse(f"admin:claims_claim_{name}", args=[claim.pk])


def response_text(response: HttpResponse) -> str:
    return response.content.decode()
