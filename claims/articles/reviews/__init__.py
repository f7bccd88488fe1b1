"""Reads fact-checks that were published elsewhere: ClaimReview in JSON-LD, in data feeds and in web pages."""

from claims.articles.reviews.claim_reviews import read_claim_reviews
from claims.articles.reviews.review import Review, ReviewError, ReviewFields, build_review
from claims.articles.reviews.review_documents import ReviewEntry, read_review_document

__all__ = [
    "Review",
    "ReviewEntry",
    "ReviewError",
    "ReviewFields",
    "build_review",
    "read_claim_reviews",
    "read_review_document",
]
