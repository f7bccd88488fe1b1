"""Linking fact-checks of other publishers to claims, from the pages of claims and quotes and from the review queue."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from claims.admin.claims.claim_views import get_row_or_404, refuse_get
from claims.admin.common.base import current_user
from claims.admin.common.confirmation import return_url
from claims.admin.common.formatting import truncate_line
from claims.admin.common.object_actions import ObjectActionsAdmin, run_and_redirect
from claims.models import Claim, ExternalReview
from claims.services.reviews import external_reviews


def link_view(model_admin: ObjectActionsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """POST: links the fact-check to the `claim`, or to none if that is empty, and returns to the page `back`."""
    refuse_get(request)
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    review = get_row_or_404(ExternalReview.objects.all(), str(pk))
    claim = get_row_or_404(Claim.objects.all(), request.POST["claim"]) if request.POST.get("claim") else None

    def change_link() -> str:
        if claim is None:
            external_reviews.unlink_review(review=review, editor=current_user(request))
            return f"The fact-check of {review.publisher} is no longer linked."
        external_reviews.link_review(review=review, claim=claim, editor=current_user(request))
        return f"The fact-check of {review.publisher} is linked to “{truncate_line(claim.text, 100)}”."

    page = claim or review.claim
    own_page = reverse("admin:claims_claim_change", args=[page.pk]) if page else reverse("admin:index")
    return run_and_redirect(request, model_admin, change_link, back=return_url(request, own_page))
